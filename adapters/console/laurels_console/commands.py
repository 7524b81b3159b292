"""What people ask: ``ana: /badges show helper``. Pure."""

from laurels import Command

from .translate import Line


def command(line: Line) -> Command | None:
    """The command in *line*, or None where it is talk."""
    name, *words = line.text.split() or [""]
    return Command(name[1:], tuple(words), line.who, line.place) if name.startswith("/") and not line.mark else None
