"""Giving, taking back, letting stand again, undoing."""

from collections.abc import Sequence
from typing import NamedTuple

from ..desk import fresh, level_of
from ..engine import decisions
from ..model import Account, Actor, Outcome, Place
from .acting import Acting


class Which(NamedTuple):
    """Which award of a badge, and what is said about it."""

    level: int
    occurrence: str
    note: str


class Awards(Acting):
    """What people decide about awards. Every verb answers one outcome for each account, in their order."""

    async def give(
        self, by: Actor, slug: str, accounts: Sequence[Account], *, level: int | None = None, note: str = "", evidence: Sequence[str] = (),
        place: Place | None = None,
    ) -> Sequence[Outcome]:  # fmt: skip
        """Give a badge to one or several. Who was never seen acting has it held for them.

        Raises UnknownBadge; Refused where the level is none of the badge's or has to be named.
        """
        definition = self.definition(slug)
        number = level_of(definition, level)
        several = list(dict.fromkeys(accounts))
        if forbidden := self.forbidden(by, "award", slug, several):
            return forbidden
        occurrence = fresh() if definition.badge.repeatable else ""
        data = {
            "badge": slug, "accounts": [(a.key, a.name) for a in several], "level": number, "occurrence": occurrence, "note": note,
            "evidence": list(evidence),
        }  # fmt: skip
        outcomes = {outcome.account: outcome for outcome in await self.done(decisions.AWARDED, data, by, place)}
        return [outcomes.get(a.key, Outcome("FAILED", a.key, slug)) for a in several]

    async def revoke(
        self, by: Actor, slug: str, account: Account, level: int, occurrence: str = "", *, note: str = ""
    ) -> Sequence[Outcome]:
        """Take one award back, until it is reinstated. Its holder, and who gave it, may too."""
        if not await self._own(by, slug, account, level, occurrence) and (no := self.forbidden(by, "revoke", slug, [account])):
            return no
        return await self._turn(decisions.REVOKED, by, slug, account, Which(level, occurrence, note))

    async def reinstate(
        self, by: Actor, slug: str, account: Account, level: int, occurrence: str = "", *, note: str = ""
    ) -> Sequence[Outcome]:
        """Let a revoked award stand again."""
        if no := self.forbidden(by, "reinstate", slug, [account]):
            return no
        return await self._turn(decisions.REINSTATED, by, slug, account, Which(level, occurrence, note))

    async def move(self, by: Actor, slug: str, account: Account, *, amount: float, to: bool = False, note: str = "") -> Sequence[Outcome]:
        """Move somebody's progress by an amount, or *to* it. Only where it is not counted from events."""
        self.definition(slug)
        if no := self.forbidden(by, "move", slug, [account]):
            return no
        data = {"badge": slug, "accounts": [(account.key, account.name)], "amount": amount, "to": to, "note": note}
        return await self.done(decisions.MOVED, data, by)

    async def undo(self, by: Actor, cause: str) -> Sequence[Outcome]:
        """Withdraw all that a cause gave up to now."""
        return self.forbidden(by, "undo", "") or await self.done(decisions.UNDONE, {"cause": cause}, by)

    async def _turn(self, type_: str, by: Actor, slug: str, account: Account, which: Which) -> Sequence[Outcome]:
        data = {"badge": slug, "accounts": [(account.key, account.name)], "level": which.level, "occurrence": which.occurrence}
        return await self.done(type_, {**data, "note": which.note}, by)

    async def _own(self, by: Actor, slug: str, account: Account, level: int, occurrence: str) -> bool:
        """Whether it is the actor's own award, or one that they gave."""
        known = await self.store.know(self.name, [by.account, account])
        mine, theirs = known[by.account.key], known[account.key]
        if mine.person == theirs.person:
            return True
        awards = await self.store.awards(self.name, person=theirs.person, badge=slug, hidden=True)
        seqs = [int(a.cause.rpartition(":")[2]) for a in awards if (a.level, a.occurrence) == (level, occurrence) and _given(a.cause)]
        givers = [entry.event.actor for entry in await self.store.entries(seqs)]
        persons = await self.store.know(self.name, [giver for giver in givers if giver is not None])
        return mine.person in {its.person for its in persons.values()}


def _given(cause: str) -> bool:
    return cause.startswith("command:")
