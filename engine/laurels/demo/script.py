"""What happens in the demo: ``script.txt``, read."""

from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.resources import files
from typing import Final, Literal, NamedTuple

Kind = Literal["heading", "remark", "chat", "webhook", "again"]

_SIGNS: Final[dict[str, Kind]] = {"== ": "heading", "-- ": "remark"}
_VERBS: Final[dict[str, Kind]] = {"POST ": "webhook", "AGAIN ": "again"}
_TIME: Final = len("2025-03-03 09:02")


class Step(NamedTuple):
    """One line of the script: *text* is what is said, or the payload's name. Headings and remarks have no time."""

    kind: Kind
    text: str
    time: datetime | None = None


def steps() -> Iterator[Step]:
    """The script, in order."""
    for line in files(__package__).joinpath("script.txt").read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield _step(line)


def payload(name: str) -> bytes:
    """The body of a webhook, byte by byte as it is signed."""
    return files(__package__).joinpath("payloads", f"{name}.json").read_bytes()


def _step(line: str) -> Step:
    for sign, kind in _SIGNS.items():
        if line.startswith(sign):
            return Step(kind, line.removeprefix(sign))
    time, text = datetime.fromisoformat(line[:_TIME]).replace(tzinfo=UTC), line[_TIME:].strip()
    for verb, kind in _VERBS.items():
        if text.startswith(verb):
            return Step(kind, text.removeprefix(verb), time)
    return Step("chat", text, time)
