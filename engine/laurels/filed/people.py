"""What people want: their settings, and who is not to be tracked."""

from typing import ClassVar

from .base import Filed


class Preference(Filed, frozen=True, kw_only=True):
    """A setting of a person, kept at the account by which they set it; the newest of all their accounts holds."""

    table: ClassVar[str] = "preference"
    key: ClassVar[tuple[str, ...]] = ("account", "name")
    accounts: ClassVar[tuple[str, ...]] = ("account",)

    account: int
    name: str
    value: str
    time: int


class Shut(Filed, frozen=True, kw_only=True):
    """An account whose events are not taken: *digest* is the keyed hash of its key.

    *kind* is ``off`` (by its own wish; nothing is taken) or ``forgotten`` (nothing from before *time* is ever taken again).
    """

    table: ClassVar[str] = "shut"
    key: ClassVar[tuple[str, ...]] = ("digest", "kind")

    digest: str
    kind: str
    time: int
