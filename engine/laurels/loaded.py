"""What comes out of a badge pack or a rule file: badges with their origin, event types, hooks, and what is wrong."""

from collections.abc import Mapping
from pathlib import Path
from typing import Self

from msgspec import Struct, field

from .badge import Badge
from .errors import Problem
from .event_type import EventType
from .hook import Hook

#: The distribution of badges that come from the operator's own files.
LOCAL = "local"


class Sourced(Struct, frozen=True):
    """A badge and where it comes from.

    *origin* is ``module.Class`` or a rule file, *distribution* the installed package (``local`` for the operator's own files) and
    *release* its version. Images are relative to *folder*. A badge from a rule file has its *table* there, and *lines* says where each
    key of it stands.
    """

    badge: Badge
    origin: str
    distribution: str = LOCAL
    release: str = ""
    folder: Path | None = None
    table: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)

    def problem(self, place: str, what: str, hint: str = "") -> Problem:
        """A problem of this badge at *place*: an attribute, or a key of the table."""
        if not self.table:
            return Problem(self.origin, place, what, hint)
        line = self.lines.get(place) or self.lines.get(place.partition(".")[0]) or self.lines.get("")
        where = f"{self.origin}:{line}" if line else self.origin
        return Problem(where, f"[{self.table}].{place}" if place else f"[{self.table}]", what, hint)


class Loaded(Struct, frozen=True):
    """All that was found in one or more sources; what is broken is named in *problems* and left out."""

    badges: tuple[Sourced, ...] = ()
    types: tuple[EventType, ...] = ()
    problems: tuple[Problem, ...] = ()
    hooks: tuple[Hook, ...] = ()

    def __add__(self, other: Self) -> "Loaded":
        return Loaded(self.badges + other.badges, self.types + other.types, self.problems + other.problems, self.hooks + other.hooks)
