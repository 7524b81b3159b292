"""Accounts that belong together, and the codes by which somebody shows that."""

from typing import ClassVar

from .base import Filed


class LinkCode(Filed, frozen=True, kw_only=True):
    """A code given to *asker* in private. *digest* is its hash; *shown* the account that showed it, or 0.

    *state*: ``given``, ``shown``, ``used`` (linked, or refused by the asker), ``void`` (another was asked for). The code itself is kept
    nowhere.
    """

    table: ClassVar[str] = "link_code"
    key: ClassVar[tuple[str, ...]] = ("digest",)
    accounts: ClassVar[tuple[str, ...]] = ("asker", "shown")
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("asker",),)

    digest: str
    asker: int
    time: int
    expires: int
    shown: int = 0
    state: str = "given"


class Link(Filed, frozen=True, kw_only=True):
    """Two accounts were shown to be one person's, by entry *seq*; accounts that links lead between are one person.

    *declared* ones come from the configuration and go with it; what people showed themselves is another link, and stays.
    """

    table: ClassVar[str] = "link"
    key: ClassVar[tuple[str, ...]] = ("account", "other", "declared")
    accounts: ClassVar[tuple[str, ...]] = ("account", "other")

    account: int
    other: int
    declared: bool
    seq: int
    time: int


class Brought(Filed, frozen=True, kw_only=True):
    """An award that *account* brought along when it was linked to others; kept as long as it is.

    What the journal says is folded again when accounts are linked or parted. An award that stands whatever the journal says, such as one
    of an earlier rule, could not be made again from it: this says whose it is.
    """

    table: ClassVar[str] = "brought"
    key: ClassVar[tuple[str, ...]] = ("account", "badge", "level", "occurrence")
    accounts: ClassVar[tuple[str, ...]] = ("account",)

    account: int
    badge: str
    level: int
    occurrence: str
    cause: str
    time: int
    event: str
    name: str
    level_name: str
    giver: str = ""
    note: str = ""
    evidence: tuple[str, ...] = ()
    expires: int | None = None
    hidden: bool = False
