"""Asking the code of badges about a batch: in order for one person, at once for all."""

import asyncio
from collections.abc import Iterable
from typing import Final

from ..definition import Definition
from ..model import Account, Person
from ..records import Due, Pair, Row
from ..store import Store
from ..tally import Tally
from .batch import Batch
from .case import Case
from .community import Community
from .history import History
from .round import Round
from .suspension import TRIES, Suspensions, retry_at
from .watchdog import Watchdog

NOBODY: Final = Account("laurels", "nobody")


class Asking:
    """Runs cases and takes what came of them into a round."""

    def __init__(self, store: Store, watchdog: Watchdog, suspensions: Suspensions) -> None:
        self.store, self.watchdog, self.suspensions = store, watchdog, suspensions

    async def about(self, batch: Batch) -> list[Case]:
        """Every case of a batch, asked; those of badges that are left alone for a while are made due instead."""
        await self._freeze(batch)
        cases: list[Case] = []
        waiting = []
        for pair, rows in batch.inquiries.items():
            definition = batch.community.definitions(pair.unit)[0]
            if until := self.suspensions.until(definition.cause):
                batch.round.owe(pair, rows[0], whole=False, at=until)
                continue
            case = await self._case(batch, definition, pair, rows)
            cases.append(case)
            waiting.append(self._ask(case, rows, batch.round))
        if waiting:
            await asyncio.gather(*waiting)
        return cases

    async def _freeze(self, batch: Batch) -> None:
        """Let deferred badges keep what they will decide on; where that fails, the settler tries again and says so."""
        for pair, row in batch.freezing:
            case = await self._case(batch, batch.community.definitions(pair.unit)[0], pair, [row])
            case.keep_frozen(case.view(row, {}, {}), self.watchdog)
            batch.round.changes.frozen += case.frozen

    async def _case(self, batch: Batch, definition: Definition, pair: Pair, rows: list[Row]) -> Case:
        own = [row for row in batch.fresh if row.event.actor and batch.known[row.event.actor.key].person == pair.person]
        history = History(self.store, batch.community.registry, pair.person, own, frozenset(batch.removed))
        accounts: tuple[Account, ...] = (rows[0].event.actor or NOBODY,)
        if pair.person in batch.community.linked:
            accounts = tuple(account for _, account in await self.store.accounts_of(pair.person))
        person = Person(pair.person, batch.community.name, accounts[0].name or accounts[0].id, accounts)
        ids = {key: known.account for key, known in batch.known.items()}
        case = Case(definition, pair, batch.tallies.get(pair, Tally()), history, person, ids=ids)
        case.holds(await self.store.granted(pair.unit, subjects=[pair.person]))
        return case

    async def _ask(self, case: Case, rows: list[Row], round_: Round) -> None:
        for row in rows:
            if case.pair in round_.changes.due or not await case.decide(case.view(row, {}, {}), self.watchdog, self.suspensions):
                break

    async def take(self, round_: Round, cases: Iterable[Case], *, whole: bool = False) -> None:
        """Write the cases' tallies, grants and progress into the round; a case that failed is tried again later."""
        for case in cases:
            await self._take(round_, case, whole=whole)

    async def _take(self, round_: Round, case: Case, *, whole: bool) -> None:
        changes, definition = round_.changes, case.definition
        changes.tallies[case.pair] = case.tally
        changes.frozen += case.frozen
        known = await self.store.know(round_.community.name, case.accounts)
        if whole:
            subjects = {case.pair.person, *case.ids.values()}  # also what was granted upon an account's events before it was linked
            changes.ungiven |= {Pair(case.pair.unit, subject) for subject in subjects}
            for given in await self.store.granted(case.pair.unit, subjects=subjects):
                if given.subject in subjects:
                    round_.touch(definition, given.recipient)
        for given in case.grants(known):
            if given.recipient in round_.community.gone:
                continue
            round_.give(given)
            round_.touch(definition, given.recipient)
        for key, row in case.progress.items():
            round_.win(definition, case.pair.person, [key], row)
        self._note_reads(round_.community, case, round_)

    def _note_reads(self, community: Community, case: Case, round_: Round) -> None:
        reads = community.reads[case.definition.unit]
        if new := case.history.reads - reads - set(case.definition.badge.events):
            reads |= new
            round_.changes.reads[case.pair.unit] = sorted(reads)

    def retry(self, round_: Round, case: Case, due: Due | None, *, whole: bool) -> None:
        """Try the pair again later; after as many tries of one event as it gets, park that event and go on without it."""
        if case.failed is None:
            return
        row, error = case.failed
        attempts = due.attempts + 1 if due is not None and due.failed == row.seq else 1
        place = round_.place(row)
        now = round_.changes.now
        if attempts >= TRIES:
            round_.park(case.whose(row), row, error)
            round_.changes.due[case.pair] = Due(case.pair, whole, due.silent if due else False, now, 0, None, "", place)
        else:
            at = max(retry_at(now, attempts), self.suspensions.until(case.definition.cause))
            round_.changes.due[case.pair] = Due(case.pair, whole, due.silent if due else False, at, attempts, row.seq, error, place)
