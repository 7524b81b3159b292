"""Nominations, and who said what about them."""

from typing import ClassVar

from .base import Filed


class Nomination(Filed, frozen=True, kw_only=True):
    """Somebody proposed for a badge; *id* is the seq of the entry that proposed them.

    *state*: ``open``, ``awarded``, ``rejected`` (by who may award it), ``declined`` (by the nominee), ``withdrawn`` (by the nominator),
    ``lapsed``; an open one behind *expires* has lapsed whether or not that was written down. *accepted* is when the nominee accepted, or
    None; *needed* how many approve. *auto* says that its approval was automatic. *outcome* is the result of the award: also ALREADY_HELD
    or HIGHER_HELD, where the nominee got the badge otherwise before. *closer* said the word that ended it. *place* is JSON.
    """

    table: ClassVar[str] = "nomination"
    key: ClassVar[tuple[str, ...]] = ("id",)
    accounts: ClassVar[tuple[str, ...]] = ("nominee", "nominator", "closer")
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("state",), ("nominee",), ("nominator",))

    id: int
    badge: str
    level: int = 1
    nominee: int
    nominator: int
    reason: str = ""
    evidence: tuple[str, ...] = ()
    time: int
    expires: int | None = None
    state: str = "open"
    needed: int = 1
    auto: bool = False
    acceptance: bool = True
    accepted: int | None = None
    closer: int = 0
    closed: int | None = None
    closed_note: str = ""
    outcome: str = ""
    place: str | None = None


class Voice(Filed, frozen=True, kw_only=True):
    """Somebody's word on a nomination: *kind* is ``second``, ``approve`` or ``accept`` (by the nominee, or for them)."""

    table: ClassVar[str] = "voice"
    key: ClassVar[tuple[str, ...]] = ("nomination", "account", "kind")
    accounts: ClassVar[tuple[str, ...]] = ("account",)

    nomination: int
    account: int
    kind: str
    seq: int
    time: int
    note: str = ""
