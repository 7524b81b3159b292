"""One table of a rule file, while it is read."""

from collections.abc import Mapping
from typing import Any

from msgspec import structs

from ..errors import Problem, nearest
from ..loaded import Sourced
from .kinds import fault


class Table:
    """The content of one table, and the problems found in it, each with its key and line."""

    def __init__(self, name: str, content: Mapping[str, Any], numbers: Mapping[tuple[str, ...], int], source: Sourced) -> None:
        self.name, self.content = name, content
        places = {".".join(path): line for path, line in numbers.items()}
        self.source = structs.replace(source, table=name, lines=places)
        self.problems: list[Problem] = []

    def wrong(self, place: str, what: str, hint: str = "") -> None:
        """Note what is wrong with the key at *place*."""
        self.problems.append(self.source.problem(place, what, hint))

    def fits(self, place: str, value: Any, kind: Any) -> bool:
        """Whether *value* is of *kind*; if not, that is noted."""
        what = fault(value, kind)
        if what:
            self.wrong(place, what)
        return not what

    def only(self, place: str, content: Mapping[str, Any], known: tuple[str, ...]) -> None:
        """Note every key of *content* that isn't *known*."""
        for key in content:
            if key not in known:
                self.wrong(f"{place}.{key}" if place else key, "no such key", nearest(key, known) or f"known are {', '.join(known)}")
