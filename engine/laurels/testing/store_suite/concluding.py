"""What holds for what every store keeps of awards."""

import asyncio
from datetime import timedelta

import pytest

from ...periods import to_micros
from ...records import AwardChange, Changes, Due, Key, Pair, Stale
from ...store import Store
from ...tally import Tally
from .base import HERE, NOON, SPEC, Base, Ids


class Concluding(Base):
    """Awards, and what is due."""

    @pytest.mark.asyncio
    async def test_an_award_is_made_once_however_many_make_it_at_once(self, store: Store, ids: Ids) -> None:
        """(badge, person, level, occurrence) is unique; only who made it is told so."""
        made = await asyncio.gather(*(store.commit(Changes(HERE, awards=[self._award(ids)])) for _ in range(10)))
        assert sorted(map(len, made)) == [0] * 9 + [1]
        more = [self._award(ids, Key(2, "")), self._award(ids, Key(1, "2024-W23")), self._award(ids)]
        assert [change.key for change in await store.commit(Changes(HERE, awards=more))] == [Key(2, ""), Key(1, "2024-W23")]
        assert len(await store.holdings([Pair(ids.badge, ids.ana)])) == 3

    @staticmethod
    def _award(ids: Ids, key: Key = Key(1, ""), minutes: int = 0, state: str = "active", id_: int = 0) -> AwardChange:  # noqa: B008
        position = (to_micros(NOON + timedelta(minutes=minutes)), f"e{minutes}")
        return AwardChange(ids.badge, ids.ana, key, state, SPEC.cause, position, "Helper", "Bronze", id=id_)

    @pytest.mark.asyncio
    async def test_awards_are_read_newest_first_and_those_that_stand(self, store: Store, ids: Ids) -> None:
        """Withdrawn ones only if asked for; another community sees none of them."""
        first, second = await store.commit(Changes(HERE, awards=[self._award(ids), self._award(ids, Key(2, ""), 5)]))
        assert [award.level for award in await store.awards(HERE)] == [2, 1]
        assert [award.id for award in await store.awards(HERE, person=ids.ana, badge="helper", limit=1)] == [second.id]
        await store.commit(Changes(HERE, awards=[self._award(ids, state="withdrawn", id_=first.id)]))
        assert [award.level for award in await store.awards(HERE)] == [2]
        assert [(award.level, award.state) for award in await store.awards(HERE, standing=False)] == [(2, "active"), (1, "withdrawn")]
        assert [held.key.level for held in await store.caused(HERE, SPEC.cause)] == [1, 2]
        assert list(await store.awards("there")) == []
        assert list(await store.caused("there", SPEC.cause)) == []

    @pytest.mark.asyncio
    async def test_what_is_due_comes_up_when_its_time_has_come(self, store: Store, ids: Ids) -> None:
        """Due twice is due once: whole, if either was, and silent, if both were."""
        pair = Pair(ids.unit, ids.ana)
        assert await store.next_due() is None
        await store.commit(Changes(HERE, due={pair: Due(pair, whole=True, silent=True, at=50)}))
        await store.commit(Changes(HERE, due={pair: Due(pair, whole=False, at=40)}))
        assert (await store.next_due(), list(await store.due(39, 9))) == (40, [])
        (due,) = await store.due(40, 9)
        assert (due.whole, due.silent) == (True, False)
        assert list(await store.owing([ids.ana, ids.bob])) == [pair]
        await store.commit(Changes(HERE, settled=[due]))
        assert list(await store.due(99, 9)) == []

    @pytest.mark.asyncio
    async def test_what_became_due_again_while_it_was_settled_is_not_done(self, store: Store, ids: Ids) -> None:
        """Stale is raised, and nothing of the transaction is written; others in the same group are."""
        pair, other = Pair(ids.unit, ids.ana), Pair(ids.unit, ids.bob)
        await store.commit(Changes(HERE, due={pair: Due(pair)}))
        (due,) = await store.due(0, 9)
        await store.commit(Changes(HERE, due={pair: Due(pair)}))
        stale, fresh = await asyncio.gather(
            store.commit(Changes(HERE, settled=[due], tallies={pair: Tally(1)})),
            store.commit(Changes(HERE, tallies={other: Tally(2)})),
            return_exceptions=True,
        )
        assert isinstance(stale, Stale)
        assert fresh == []
        assert list(await store.tallies([pair, other])) == [other]
        assert len(await store.due(0, 9)) == 1

    @pytest.mark.asyncio
    async def test_a_unit_is_due_for_everybody_or_for_those_seen_by_then(self, store: Store, ids: Ids) -> None:
        """Who was only named was not seen; with a commit, whoever it sees first is."""
        await store.commit(Changes(HERE, firsts={ids.ana: 10}, enrolled=[(ids.unit, (9, "x"))]))
        assert await store.due_of(ids.unit) == 0
        await store.commit(Changes(HERE, enrolled=[(ids.unit, (10, "x"))]))
        assert [due.pair.person for due in await store.due(0, 9)] == [ids.ana]
        assert await store.enroll(HERE, ids.unit, silent=True, whole=True) == 2
        assert {due.pair.person: (due.whole, due.silent) for due in await store.due(0, 9)} == {
            ids.ana: (True, False), ids.bob: (True, True),
        }  # fmt: skip

    @pytest.mark.asyncio
    async def test_who_is_enrolled_for_what_lies_before_their_tally_is_folded_whole(self, store: Store, ids: Ids) -> None:
        """A single step only goes on from where the fold stands; a day that is told late lies behind that."""
        tallies = {Pair(ids.unit, ids.ana): Tally(last=(20, "m")), Pair(ids.unit, ids.bob): Tally(last=(20, "k"))}
        await store.commit(Changes(HERE, firsts={ids.ana: 1, ids.bob: 1}, tallies=tallies, enrolled=[(ids.unit, (20, "l"))]))
        assert {due.pair.person: due.whole for due in await store.due(0, 9)} == {ids.ana: True, ids.bob: False}

    @pytest.mark.asyncio
    async def test_who_is_enrolled_while_they_are_settled_is_settled_again(self, store: Store, ids: Ids) -> None:
        """An enrolment is never lost to a fold that began before it."""
        await store.enroll(HERE, ids.unit, silent=False, whole=False)
        dues = await store.due(0, 9)
        await store.enroll(HERE, ids.unit, silent=False, whole=True)
        with pytest.raises(Stale):
            await store.commit(Changes(HERE, settled=list(dues)))
        assert [due.whole for due in await store.due(0, 9)] == [True, True]
