"""What hooks are still to be told, and the milestones that were reached."""

from typing import ClassVar

from .base import Filed


class HookCall(Filed, frozen=True, kw_only=True):
    """One hook is to be told of one thing. *subject* tells two calls of one verb apart; *news* is the JSON of what it is told.

    *attempts* failed so far with *error*; it is tried again *at*; *state* is ``due`` or ``parked``. A call that got through is gone.
    """

    table: ClassVar[str] = "hook_call"
    key: ClassVar[tuple[str, ...]] = ("hook", "verb", "subject")
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("at",),)

    hook: str
    verb: str
    subject: str
    news: str
    at: int
    attempts: int = 0
    error: str = ""
    state: str = "due"


class Milestone(Filed, frozen=True, kw_only=True):
    """Somebody (*account* is the first of their accounts) got to a *share* of the way to a level."""

    table: ClassVar[str] = "milestone"
    key: ClassVar[tuple[str, ...]] = ("badge", "account", "level", "share")
    accounts: ClassVar[tuple[str, ...]] = ("account",)

    badge: str
    account: int
    level: int
    share: float
    time: int
