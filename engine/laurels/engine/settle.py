"""The settler: whatever is due is folded from the journal and concluded, some pairs at a time, beside the live step."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

import structlog

from ..records import Due, Stale
from ..registry import Registry
from ..store import Store
from .asking import Asking
from .community import Community
from .conclude import Concluder
from .refold import Folded, Refold
from .round import Round
from .suspension import Suspensions
from .watchdog import Watchdog

log = structlog.get_logger()

CHUNK: Final = 64  # pairs settled in one transaction


class Settler:
    """Settles what is due. *turn* is the lock under which awards are concluded: one conclusion at a time sees all before it."""

    def __init__(self, store: Store, watchdog: Watchdog, suspensions: Suspensions, turn: asyncio.Lock, concluder: Concluder) -> None:
        self.store, self.watchdog, self.suspensions, self.turn, self.concluder = store, watchdog, suspensions, turn, concluder
        self.asking = Asking(store, watchdog, suspensions)

    async def settle(self, communities: Mapping[str, Community], now: int) -> int:
        """Settle one chunk of what is due by *now*. Returns how many pairs were looked at."""
        dues = await self.store.due(now, CHUNK)
        by_community: dict[str, list[Due]] = defaultdict(list)
        gone: list[Due] = []
        for due in dues:
            community = next((c for c in communities.values() if due.pair.unit in c.unit_keys), None)
            (by_community[community.name] if community else gone).append(due)
        for name, its in by_community.items():
            await self._settle(communities[name], its, now)
        if gone:
            await self._forget(next(iter(communities)), gone, now)
        return len(dues)

    async def _forget(self, community: str, gone: list[Due], now: int) -> None:
        """What no badge asks for any more is not due any more."""
        round_ = Round(Community(community, Registry((), {}), (), ()), now)
        round_.changes.settled = gone
        await self._commit(round_)

    async def _settle(self, community: Community, dues: Sequence[Due], now: int) -> None:
        refold = Refold(community, self.store, self.watchdog, self.suspensions)
        round_ = Round(community, now)
        awake = [due for due in dues if not self._idle(round_, due) and not self._postponed(round_, due)]
        folded = await asyncio.gather(*(refold.fold(due) for due in awake))
        async with self.turn:
            for one in folded:
                await self._take(round_, one)
            await self.concluder.conclude(round_)
            await self._commit(round_)

    def _idle(self, round_: Round, due: Due) -> bool:
        """Whether nothing can come of it: the number of who was forgotten. What badges' code gives upon their events may be others'."""
        idle = due.pair.person in round_.community.gone and round_.community.meter(due.pair.unit) is not None
        if idle:
            round_.changes.settled.append(due)
        return idle

    def _postponed(self, round_: Round, due: Due) -> bool:
        for definition in round_.community.definitions(due.pair.unit):
            if definition.code and (until := self.suspensions.until(definition.cause)):
                due.at = until
                round_.changes.settled.append(due)  # what is due can only come up earlier, unless it is replaced
                round_.changes.due[due.pair] = due
                return True
        return False

    async def _commit(self, round_: Round) -> None:
        try:
            await self.store.commit(round_.changes)
        except Stale:
            log.debug("due again while it was settled", community=round_.community.name)

    async def _take(self, round_: Round, folded: Folded) -> None:
        community, due, case = round_.community, folded.due, folded.case
        round_.changes.settled.append(due)
        if folded.gone:
            return
        if case is not None and case.failed is not None:
            await self._failed(round_, folded)
            return
        self._tally(round_, folded)
        if case is not None:
            await self.asking.take(round_, [case], whole=due.whole)
        for definition in community.definitions(due.pair.unit):
            touch = round_.touch(definition, due.pair.person, whole=definition.kind != "code" or due.whole, silent=due.silent)
            touch.place = touch.place or due.place
            touch.wins.update(folded.wins.get(definition.slug, {}))
            if not community.badges[definition.slug].settled:
                round_.changes.evaluated.append(community.badge_pair(definition, due.pair.person))

    def _tally(self, round_: Round, folded: Folded) -> None:
        pair = folded.due.pair
        meter = round_.community.meter(pair.unit)
        if meter is None:
            return
        round_.changes.tallies[pair] = folded.tally
        if meter.terms.remembers:
            round_.changes.reset.add(pair)

    async def _failed(self, round_: Round, folded: Folded) -> None:
        """Keep what was decided before the failure, where the pair goes on from there; a pair that is folded whole begins again."""
        due, case = folded.due, folded.case
        if case is None:
            return
        if not due.whole:
            await self.asking.take(round_, [case])
        self.asking.retry(round_, case, due, whole=due.whole)
