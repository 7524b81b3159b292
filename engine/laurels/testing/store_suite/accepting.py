"""What holds for the door of every store."""

import asyncio
from datetime import timedelta

import pytest

from ...model import Account
from ...records import Changes
from ...store import Store
from ...stores import open_store
from .base import ANA, BOB, HERE, NOON, SPEC, Base, Ids, accept, happened


class Accepting(Base):
    """Events, accounts, small things."""

    @pytest.mark.asyncio
    async def test_an_event_is_accepted_once_per_community_and_source(self, store: Store) -> None:
        """Under the same id it has no effect; elsewhere the id is another's."""
        first = await accept(store, happened("1"))
        assert first is not None
        assert await accept(store, happened("1", minutes=5)) is None
        elsewhere = [happened("1", source="other"), happened("1", community="there"), happened("2")]
        others = [await accept(store, event) for event in elsewhere]
        assert len({first, *others}) == 4
        assert None not in others

    @pytest.mark.asyncio
    async def test_of_many_who_accept_one_event_at_once_one_does(self, store: Store) -> None:
        """The database decides."""
        seqs = await asyncio.gather(*(accept(store, happened(str(number % 10))) for number in range(100)))
        taken = [seq for seq in seqs if seq is not None]
        assert len(taken) == len(set(taken)) == 10

    @pytest.mark.asyncio
    async def test_what_is_accepted_waits_in_order_with_all_it_said(self, store: Store) -> None:
        """The oldest first, up to the limit, until it is done."""
        whole = happened("1", others=(BOB,), data={"receiver": BOB.key, "list": [1, 2.5, "drei"]}, thing="t", realm="r")
        seqs = [await accept(store, event) for event in (whole, happened("2"), happened("3"))]
        waiting = await store.pending(2)
        assert [row.seq for row in waiting] == seqs[:2]
        assert waiting[0].event == whole
        await store.commit(Changes(HERE, done=[row.seq for row in waiting]))
        assert [row.event.id for row in await store.pending(9)] == ["3"]

    @pytest.mark.asyncio
    async def test_what_was_accepted_is_there_after_opening_again(self, store_url: str) -> None:
        """And as it was."""
        event = happened("1", on=False, revised=NOON + timedelta(hours=1), thing="t")
        async with open_store(store_url) as before:
            await accept(before, event)
        async with open_store(store_url) as after:
            assert [row.event for row in await after.pending(9)] == [event]

    @pytest.mark.asyncio
    async def test_one_process_leads(self, store_url: str) -> None:
        """Until it closes."""
        async with open_store(store_url) as first:
            assert await first.lead()
            assert await first.lead()
            async with open_store(store_url) as second:
                assert not await second.lead()
        async with open_store(store_url) as third:
            assert await third.lead()

    @pytest.mark.asyncio
    async def test_an_account_is_one_and_its_newest_name_holds(self, store: Store) -> None:
        """Without a name nothing is learnt; another community's is another account."""
        known = await store.know(HERE, [ANA])
        person = known[ANA.key].person
        for seen in (Account("world", "ana"), Account("world", "ana", name="Anna", bot=True), Account("world", "ana")):
            assert await store.know(HERE, [seen]) == known
        assert [(account.name, account.bot) for _, account in await store.accounts_of(person)] == [("Anna", True)]
        assert (await store.know("there", [ANA]))[ANA.key].person != person

    @pytest.mark.asyncio
    async def test_a_link_gives_an_account_to_another_person_and_takes_it_back(self, store: Store, ids: Ids) -> None:
        """Nothing is rewritten but whose it is."""
        await store.commit(Changes(HERE, links=[(ids.bob, ids.ana)]))
        assert (await store.know(HERE, [BOB]))[BOB.key].person == ids.ana
        assert {account for _, account in await store.accounts_of(ids.ana)} == {ANA, BOB}
        await store.commit(Changes(HERE, links=[(ids.bob, None)]))
        assert (await store.know(HERE, [BOB]))[BOB.key].person == ids.bob

    @pytest.mark.asyncio
    async def test_units_and_badges_keep_their_ids(self, store: Store, ids: Ids) -> None:
        """What is new has counted nothing before the journal's end; a badge that changed says what it was."""
        await accept(store, happened("1"))
        units, badges = await store.define(HERE, ["count", "sum"], [SPEC._replace(cause="badge:helper@1#2")])
        assert {unit.key: unit.since > 0 for unit in units} == {"count": False, "sum": True}
        assert next(unit.id for unit in units if unit.key == "count") == ids.unit
        assert [(badge.id, badge.changed, badge.settled) for badge in badges] == [(ids.badge, SPEC.cause, False)]
        assert [info.retired for info in await store.badge_infos(HERE)] == [False]
        await store.define(HERE, [], [])
        assert [info.retired for info in await store.badge_infos(HERE)] == [True]

    @pytest.mark.asyncio
    async def test_an_adapter_remembers_what_is_its_own(self, store: Store) -> None:
        """Any JSON value; None forgets."""
        await store.remember("one", "cursor", {"at": [1, None, "x"]})
        await store.remember("other", "cursor", 2)
        assert await store.recall("one", "cursor") == {"at": [1, None, "x"]}
        await store.remember("one", "cursor", None)
        assert (await store.recall("one", "cursor"), await store.recall("other", "cursor")) == (None, 2)

    @pytest.mark.asyncio
    async def test_what_an_adapter_remembers_is_found_by_how_its_keys_begin(self, store: Store) -> None:
        """Exactly so: the case matters, and no character stands for another."""
        for key in ("a:1", "a:2", "a:\U0001f3c5", "A:3", "a%:4", "ab"):
            await store.remember("one", key, key)
        await store.remember("other", "a:5", 5)
        assert await store.recall_all("one", "a:") == {"a:1": "a:1", "a:2": "a:2", "a:\U0001f3c5": "a:\U0001f3c5"}
        assert await store.recall_all("one", "a%") == {"a%:4": "a%:4"}
        assert await store.recall_all("one", "b") == {}

    @pytest.mark.asyncio
    async def test_of_several_who_take_something_one_gets_it(self, store: Store) -> None:
        """It is forgotten with that."""
        await store.remember("one", "ticket", {"at": 1})
        await store.remember("other", "ticket", 2)
        taken = await asyncio.gather(*(store.take("one", "ticket") for _ in range(5)))
        assert sorted(map(str, taken)) == ["None"] * 4 + ["{'at': 1}"]
        assert (await store.recall("one", "ticket"), await store.recall("other", "ticket")) == (None, 2)

    @pytest.mark.asyncio
    async def test_people_are_found_by_name_or_account_whatever_the_case(self, store: Store, ids: Ids) -> None:
        """In their own community."""
        await store.commit(Changes(HERE, firsts={ids.ana: 10, ids.bob: 10}))
        for text in ("ana", "ANA", "world:ana"):
            assert list(await store.find_people(HERE, text)) == [ids.ana]
        assert list(await store.find_people("there", "ana")) == []

    @pytest.mark.asyncio
    async def test_events_of_realms_that_nobody_named_are_counted(self, store: Store) -> None:
        """Per realm."""
        for realm in ("a", "b", "a"):
            await store.stranger("github", realm, 1)
        assert list(await store.strangers()) == [("github", "a", 2), ("github", "b", 1)]
