"""Collects the problems of one badge."""

from typing import Final

from ..badge import Badge
from ..errors import Problem
from ..loaded import Sourced

#: Where in a rule file an attribute of the measure is written.
_WRITTEN: Final = {
    "": "on",
    "types": "on",
    "field": "count",
    "period": "count.streak",
    "freezes": "count.freezes",
    "freeze_per": "count.freeze_per",
}


class Report:
    """The badge that is looked at, and what was found wrong with it so far."""

    def __init__(self, sourced: Sourced) -> None:
        self.sourced = sourced
        self.problems: list[Problem] = []

    @property
    def badge(self) -> Badge:
        """The badge itself."""
        return self.sourced.badge

    def wrong(self, place: str, what: str, hint: str = "") -> None:
        """Note, once, what is wrong at the attribute *place*; in a rule file the key that sets it is named."""
        problem = self.sourced.problem(self._key(place) if self.sourced.table else place, what, hint)
        if str(problem) not in map(str, self.problems):
            self.problems.append(problem)

    def _key(self, place: str) -> str:
        first, _, rest = place.partition(".")
        if first == "measure":
            return _WRITTEN.get(rest, rest)
        return "at" if first == "levels" and "levels" not in self.sourced.lines and "at" in self.sourced.lines else place
