"""Whom a platform still has to show what they hold, by roles for example."""

from typing import ClassVar

from .base import Filed


class RewardDue(Filed, frozen=True, kw_only=True):
    """What is held by whom an *account* (its key) belongs to has changed since the platform was told. Written with the awards.

    *attempts* failed so far with *error*; it is tried again *at*. *stamp* counts the changes, so that none is lost while one is told.
    """

    table: ClassVar[str] = "reward_due"
    key: ClassVar[tuple[str, ...]] = ("account",)
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("at",),)

    account: str
    at: int = 0
    attempts: int = 0
    error: str = ""
    stamp: int = 0
