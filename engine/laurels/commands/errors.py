"""What is wrong with a command, as a text of the catalogue."""

from collections.abc import Sequence
from difflib import get_close_matches

from ..errors import LaurelsError


class Wrong(LaurelsError):
    """The text of this key, with *values*, says what is wrong; *near* are the right names that look like it."""

    def __init__(self, key: str, /, near: Sequence[str] = (), **values: object) -> None:
        super().__init__(f"{key} {values}")
        self.key, self.near, self.values = key, near, values


def near(name: str, known: Sequence[str]) -> Sequence[str]:
    """The names that a misspelt one may mean, case aside."""
    folded = {each.casefold(): each for each in known}
    return [folded[found] for found in get_close_matches(name.casefold(), list(folded), n=2, cutoff=0.5)]
