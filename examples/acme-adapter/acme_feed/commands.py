"""What people ask over the feed: ``"ask": "badges show kata"``. Pure."""

from laurels import Command

from .translate import Line, account, place


def command(line: Line) -> Command:
    """Read the words of *line.ask*; the first is the command's name."""
    name, *words = line.ask.split() or [""]
    return Command(name.removeprefix("/"), tuple(words), account(line), place())
