"""Codes by which somebody shows that another account is theirs too."""

from typing import ClassVar

from .base import Filed


class LinkCode(Filed, frozen=True, kw_only=True):
    """A code given to *asker* in private. *digest* is its hash; *shown* the account that showed it, or 0.

    *state*: ``given``, ``shown``, ``used`` (linked, or refused by the asker). The code itself is kept nowhere.
    """

    table: ClassVar[str] = "link_code"
    key: ClassVar[tuple[str, ...]] = ("digest",)
    accounts: ClassVar[tuple[str, ...]] = ("asker", "shown")

    digest: str
    asker: int
    time: int
    expires: int
    shown: int = 0
    state: str = "given"
