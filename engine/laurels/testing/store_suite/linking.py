"""What holds for what every store keeps by account: links resolve it, nothing is rewritten."""

from dataclasses import replace

import pytest

from ...periods import to_micros
from ...records import AwardChange, Changes, Due, Given, Key, Pair, Parked, Stale
from ...store import Store
from .base import HERE, SPEC, Base, Ids, accept, happened


class Linking(Base):
    """Bob's account becomes Ana's, and is parted again."""

    @staticmethod
    async def _link(store: Store, ids: Ids, person: int | None, **more: object) -> None:
        await store.commit(Changes(HERE, links=[(ids.bob, person)], **more))  # type: ignore[arg-type]

    @pytest.mark.asyncio
    async def test_what_was_granted_to_an_account_is_the_persons(self, store: Store, ids: Ids) -> None:
        """Found by whoever they are by now; under the account by which they are known it is called 0."""
        given = [Given(ids.unit, person, ids.ana, Key(1, ""), (5, "e5"), 5, account=person) for person in (ids.ana, ids.bob)]
        await store.commit(Changes(HERE, given=given))
        assert [one.recipient for one in await store.granted(ids.unit, recipients=[ids.bob])] == [ids.bob]
        await self._link(store, ids, ids.ana)
        found = await store.granted(ids.unit, recipients=[ids.ana])
        assert sorted((one.recipient, one.account) for one in found) == [(ids.ana, 0), (ids.ana, ids.bob)]
        assert list(await store.granted(ids.unit, recipients=[ids.bob])) == []
        await self._link(store, ids, None)
        assert [one.recipient for one in await store.granted(ids.unit, recipients=[ids.bob])] == [ids.bob]

    @pytest.mark.asyncio
    async def test_what_was_frozen_or_parked_of_an_accounts_events_is_the_persons(self, store: Store, ids: Ids) -> None:
        """What there is of the account by which somebody is known goes before."""
        ana, bob = Pair(ids.unit, ids.ana), Pair(ids.unit, ids.bob)
        await store.commit(Changes(
            HERE, frozen=[(ana, 3, '"ana"'), (bob, 3, '"bob"'), (bob, 4, '"bob"')], parked=[Parked(bob, 7, "no", 1)],
        ))  # fmt: skip
        assert (await store.frozen(ana), set(await store.parked(ana))) == ({3: "ana"}, set())
        await self._link(store, ids, ids.ana)
        assert (await store.frozen(ana), set(await store.parked(ana))) == ({3: "ana", 4: "bob"}, {7})

    @pytest.mark.asyncio
    async def test_the_awards_of_somebody_come_with_all_that_is_said_of_them(self, store: Store, ids: Ids) -> None:
        """Written as they are read, they stay as they are."""
        award = AwardChange(
            ids.badge, ids.bob, Key(1, ""), "active", SPEC.cause, (5, "e5"), "Helper", "Bronze", "Cleo", "well done", ("link",), expires=9,
            hidden=True,
        )  # fmt: skip
        (made,) = await store.commit(Changes(HERE, awards=[award]))
        (row,) = await store.award_rows([ids.bob])
        assert row == replace(award, id=made.id, silent=True)
        await store.commit(Changes(HERE, awards=[row]))
        assert list(await store.award_rows([ids.ana, ids.bob])) == [row]
        assert list(await store.award_rows([])) == []

    @pytest.mark.asyncio
    async def test_whose_event_it_was_is_found_and_the_actor_goes_first(self, store: Store, ids: Ids) -> None:
        """By the accounts that are asked about alone."""
        await accept(store, happened("e1"))
        (row,) = await store.pending(9)
        traced = [(account, row.event.type, row.time, row.seq, account == ids.bob) for account in (ids.ana, ids.bob)]
        await store.commit(Changes(HERE, traced=traced))
        position = (to_micros(row.event.time), "e1")
        assert dict(await store.concerned([ids.ana, ids.bob], [position])) == {"e1": ids.bob}
        assert dict(await store.concerned([ids.ana], [position, (1, "e1")])) == {"e1": ids.ana}

    @pytest.mark.asyncio
    async def test_what_was_folded_of_somebody_who_became_part_of_another_is_thrown_away(self, store: Store, ids: Ids) -> None:
        """It is due still, so that whoever settles finds out, and drops it."""
        pair = Pair(ids.unit, ids.bob)
        await store.commit(Changes(HERE, due={pair: Due(pair, at=5)}))
        (due,) = await store.due(9, 9)
        await self._link(store, ids, ids.ana, unowed={ids.bob})
        with pytest.raises(Stale):
            await store.commit(Changes(HERE, settled=[due]))
        (again,) = await store.due(0, 9)
        await store.commit(Changes(HERE, settled=[again]))
        with pytest.raises(Stale):
            await store.commit(Changes(HERE, settled=[again]))
