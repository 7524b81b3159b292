"""What came of an entry of the journal that somebody waits for."""

from typing import ClassVar

from ..model import Result
from .base import Filed


class Asked(Filed, frozen=True, kw_only=True):
    """The outcome of journal entry *seq* for one account, or 0 where it is about none. See :class:`laurels.model.Outcome`."""

    table: ClassVar[str] = "asked"
    key: ClassVar[tuple[str, ...]] = ("seq", "account", "level")
    accounts: ClassVar[tuple[str, ...]] = ("account",)

    seq: int
    account: int = 0
    level: int = 0
    result: Result
    badge: str = ""
    occurrence: str = ""
    detail: str = ""
    reason: str = ""
