"""What people want: their settings, whose events are not taken, and who is forgotten."""

from typing import ClassVar, Final

from .base import Filed

BEGINNING: Final = -(2**62)


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
    """A time whose events of one account are never taken: from *since* until before *until*; while that is None, none at all.

    *digest* is the keyed hash of the account's key. From the BEGINNING: of an account that was forgotten, *until* it came back.
    """

    table: ClassVar[str] = "shut"
    key: ClassVar[tuple[str, ...]] = ("digest", "since")

    digest: str
    since: int
    until: int | None = None

    @property
    def forgotten(self) -> bool:
        """Whether it is one of an account that was forgotten."""
        return self.since == BEGINNING


class Forgotten(Filed, frozen=True, kw_only=True):
    """*account* has been nobody's since *time*: a pseudonym in the journal, of somebody who holds nothing and wins nothing."""

    table: ClassVar[str] = "forgotten"
    key: ClassVar[tuple[str, ...]] = ("account",)
    accounts: ClassVar[tuple[str, ...]] = ("account",)

    account: int
    time: int
