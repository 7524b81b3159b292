"""A process that doesn't count learns of links that another one makes."""

from pathlib import Path

from laurels import Account
from laurels.store import Store
from laurels.stores import open_store
from small import NAME, small

ANA, HUB = Account("test", "ana"), Account("hub", "ana")


async def one_person(store: Store) -> bool:
    return len({its.person for its in (await store.know(NAME, [ANA, HUB])).values()}) == 1


async def test_who_only_takes_in_sees_at_once_who_is_who(tmp_path: Path) -> None:
    async with small(tmp_path / "x.db", []) as it, open_store(f"sqlite:///{tmp_path / 'x.db'}") as other:
        assert (await it.store.lead(), await other.lead()) == (True, False)
        assert not await one_person(other)
        await it.desk.link(ANA, HUB)
        await it.rest()
        assert await one_person(it.store)
        assert await one_person(other)
        await it.desk.unlink(HUB)
        await it.rest()
        assert not await one_person(other)


async def test_who_takes_over_knows_who_is_who(tmp_path: Path) -> None:
    async with open_store(f"sqlite:///{tmp_path / 'x.db'}") as other:
        async with small(tmp_path / "x.db", []) as it:
            await it.store.lead()
            await other.lead()
            assert not await one_person(other)
            await it.desk.link(ANA, HUB)
            await it.rest()
        assert await other.lead()
        assert await one_person(other)
