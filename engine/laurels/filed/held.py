"""Awards that wait for whom they are for."""

from typing import ClassVar

from .base import Filed


class HeldAward(Filed, frozen=True, kw_only=True):
    """An award by entry *seq* to an account that was never seen acting. *state*: ``held``, ``delivered``, ``withdrawn``."""

    table: ClassVar[str] = "held_award"
    key: ClassVar[tuple[str, ...]] = ("seq", "account", "level")
    accounts: ClassVar[tuple[str, ...]] = ("account",)
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("account",), ("state",))

    seq: int
    account: int
    level: int
    badge: str
    occurrence: str = ""
    cause: str
    giver: str = ""
    note: str = ""
    evidence: tuple[str, ...] = ()
    time: int
    state: str = "held"
