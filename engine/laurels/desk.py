"""Decisions of people, put into the journal: from there they reach the engine like everything else that happens.

What is put here is taken as a fact, and nobody is asked whether it may be: see :mod:`laurels.acts` for what people do.
"""

import time
import uuid
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime

from .definition import Definition
from .engine import decisions
from .engine.intake import Intake
from .errors import Refused
from .filed import Asked
from .model import Account, Event, Outcome, Place
from .policy import OPERATOR
from .store import Store


class Desk:
    """Puts decisions of one community into the journal. Each verb returns the entry's seq; ``command:SEQ`` is the cause of what it does.

    *counted* returns once entries are counted, whichever process does it.
    """

    def __init__(
        self, community: str, intake: Intake, clock: Callable[[], datetime], counted: Callable[[Collection[int]], Awaitable[None]]
    ) -> None:
        self.community, self.intake, self.clock, self.counted = community, intake, clock, counted

    @property
    def store(self) -> Store:
        """Where the journal is."""
        return self.intake.store

    async def award(
        self, definition: Definition, account: Account, *, level: int | None = None, giver: Account = OPERATOR, note: str = "",
        evidence: Sequence[str] = (), place: Place | None = None,
    ) -> int:  # fmt: skip
        """Give a badge. Raises Refused where the level is not one of the badge's, or has to be named."""
        number = level_of(definition, level)
        identity = fresh()
        occurrence = identity if definition.badge.repeatable else ""
        data = {"level": number, "occurrence": occurrence, "note": note, "evidence": list(evidence)}
        return await self._entry(decisions.AWARDED, _about(definition, account) | data, giver, place, identity)

    async def revoke(
        self, definition: Definition, account: Account, level: int, occurrence: str = "", *, giver: Account = OPERATOR, note: str = ""
    ) -> int:
        """Take one award back, until it is reinstated."""
        data = {"level": level, "occurrence": occurrence, "note": note}
        return await self._entry(decisions.REVOKED, _about(definition, account) | data, giver)

    async def reinstate(
        self, definition: Definition, account: Account, level: int, occurrence: str = "", *, giver: Account = OPERATOR, note: str = ""
    ) -> int:
        """Let a revoked award stand again."""
        data = {"level": level, "occurrence": occurrence, "note": note}
        return await self._entry(decisions.REINSTATED, _about(definition, account) | data, giver)

    async def undo(self, cause: str, *, giver: Account = OPERATOR) -> int:
        """Withdraw all that a cause gave up to now."""
        return await self._entry(decisions.UNDONE, {"cause": cause}, giver)

    async def regrade(self, definition: Definition, *, giver: Account = OPERATOR) -> int:
        """Fold everybody's pairs of a badge anew, silently."""
        return await self._entry(decisions.REGRADE, {"badge": definition.slug}, giver)

    async def redefine(self, slug: str, before: str, now: str) -> int:
        """Note that a badge's rule changed from one cause to another."""
        return await self._entry(decisions.REDEFINED, {"badge": slug, "before": before, "now": now}, OPERATOR)

    async def link(self, person: Account, account: Account, *, giver: Account = OPERATOR) -> int:
        """Let *account* belong to whoever *person* belongs to."""
        return await self._entry(decisions.LINKED, {"person": person.key, "account": account.key}, giver)

    async def unlink(self, account: Account, *, giver: Account = OPERATOR) -> int:
        """Let *account* be a person of its own again."""
        return await self._entry(decisions.UNLINKED, {"account": account.key}, giver)

    async def declare(self, people: Iterable[Sequence[Account]]) -> int:
        """Let the accounts in each of *people* belong together, and none that were only declared to before."""
        return await self._entry(decisions.LINKS_DECLARED, {"people": [[account.key for account in its] for its in people]}, OPERATOR)

    async def done(self, type_: str, data: Mapping[str, object], by: Account, place: Place | None = None) -> Sequence[Outcome]:
        """Put an entry in, wait until it is counted, and say what came of it: an outcome for each account that it is about."""
        seq = await self._entry(type_, data, by, place)
        await self.counted([seq])
        asked = await self.store.find(Asked, self.community, seq=seq)
        accounts = await self.store.accounts({one.account for one in asked})
        return [
            Outcome(
                one.result, accounts[one.account].key if one.account in accounts else "", one.badge, one.level, one.occurrence, one.detail,
                one.reason, seq,
            )
            for one in asked
        ]  # fmt: skip

    async def _entry(self, type_: str, data: Mapping[str, object], giver: Account, place: Place | None = None, identity: str = "") -> int:
        seq = await self._accept(type_, data, giver, identity or fresh(), place)
        if seq is None:
            raise Refused("this was decided already")
        return seq

    async def _accept(
        self, type_: str, data: Mapping[str, object], giver: Account, identity: str, place: Place | None = None
    ) -> int | None:
        event = Event(identity, decisions.SOURCE, type_, self.clock(), giver, data, place, community=self.community)
        return await self.intake.put(event)


def fresh() -> str:
    """An id that nothing has. Those made later sort later, so that decisions of one moment keep their order."""
    return f"{time.time_ns():016x}-{uuid.uuid4().hex[:16]}"


def _about(definition: Definition, account: Account) -> dict[str, object]:
    return {"badge": definition.slug, "account": account.key, "name": account.name}


def level_of(definition: Definition, level: int | None) -> int:
    """The level that is meant; with one level it need not be said. Raises Refused."""
    levels = len(definition.levels)
    if level is None:
        if levels > 1:
            names = ", ".join(f"{number} {it.name}".strip() for number, it in enumerate(definition.levels, 1))
            raise Refused(f"{definition.slug} has {levels} levels; say which: {names}")
        return 1
    if not 1 <= level <= levels:
        raise Refused(f"{definition.slug} has no level {level}; levels go from 1 to {levels}")
    return level
