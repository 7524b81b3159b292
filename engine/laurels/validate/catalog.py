"""What a badge may name: event types and other badges."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct

from ..badge import Badge
from ..domain import DOMAIN
from ..errors import Problem
from ..event_type import EventType
from ..loaded import Loaded
from ..rules.fields import nearest

#: Types of the journal's own entries; no pack declares them.
RESERVED: Final = "laurels."

_GITHUB = re.compile(r"github(\.[a-z0-9_]+){0,2}(\.\*)?")


class Catalog(Struct, frozen=True):
    """The event types and badges there are, and whether the text of messages is kept."""

    types: Mapping[str, EventType]
    texts_kept: bool = False
    badges: Mapping[str, Badge] = {}

    def type(self, name: str) -> EventType:
        """The event type *name*; for ``github.x.y`` and the globs ``github.*`` and ``github.x.*`` one whose fields are dynamic.

        Raises ValueError, with the nearest right name, where nothing declares it.
        """
        found = self.types.get(name)
        if found is not None:
            return found
        if name != "github" and _GITHUB.fullmatch(name):
            return EventType(name)
        if "*" in name:
            raise ValueError(f"{name!r}: only github.* and github.<event>.* take a star; list the types")
        hint = nearest(name, self.types)
        raise ValueError(f"nothing declares the event type {name!r}" + (f"; {hint}" if hint else ""))


def types_of(loaded: Iterable[Loaded]) -> tuple[dict[str, EventType], tuple[Problem, ...]]:
    """The domain's event types and those that packs declare. Of two that differ under one name the first holds."""
    known = {type.name: type for type in DOMAIN}
    problems: list[Problem] = []
    for declared in (type for source in loaded for type in source.types):
        wrong = _wrong(declared, known)
        if wrong:
            problems += [Problem(f"event type {declared.name}", "", what) for what in wrong]
        else:
            known.setdefault(declared.name, declared)
    return known, tuple(problems)


def _wrong(declared: EventType, known: Mapping[str, EventType]) -> list[str]:
    wrong = declared.problems()
    if declared.name.startswith(RESERVED):
        wrong.append("names that begin with laurels. are the engine's own")
    earlier = known.get(declared.name)
    if earlier is not None and earlier.fields != declared.fields:
        wrong.append(f"declared twice with different fields; those of the first hold: {', '.join(earlier.fields) or 'none'}")
    return wrong
