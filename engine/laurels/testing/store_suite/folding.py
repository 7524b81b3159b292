"""What holds for what every store keeps for the fold."""

import pytest

from ...records import Changes, Given, Key, Pair, Parked, Ruling
from ...store import Store
from ...tally import Tally
from .base import HERE, Base, Ids, accept, happened


class Folding(Base):
    """Things, history, tallies, grants, decisions."""

    @pytest.mark.asyncio
    async def test_a_thing_has_all_its_states(self, store: Store) -> None:
        """Also the first, which didn't know that it would be one; what has one state is not listed."""
        events = [happened("m1"), happened("m1-gone", thing="m1", on=False), happened("m2"), happened("r-on", thing="r"),
                  happened("r-off", thing="r", on=False)]  # fmt: skip
        for event in events:
            await accept(store, event)
        rows = await store.pending(9)
        for asked in (rows, [row for row in rows if row.event.id in ("m1-gone", "r-on")]):
            states = await store.states(HERE, asked)
            assert {thing: sorted(row.event.id for row in its) for (_, thing), its in states.items()} == {
                "m1": ["m1", "m1-gone"], "r": ["r-off", "r-on"],
            }  # fmt: skip

    @pytest.mark.asyncio
    async def test_history_is_what_was_traced_in_the_order_in_which_it_happened(self, store: Store, ids: Ids) -> None:
        """By time, then id; own or not; of the types asked for, which may be a pattern."""
        said = [("b", "message.posted", 5), ("a", "message.posted", 5), ("c", "github.fork.created", 1), ("d", "push", 0)]
        for id_, type_, minutes in said:
            await accept(store, happened(id_, type_, minutes=minutes))
        rows = {row.event.id: row for row in await store.pending(9)}
        traced = [(ids.ana, row.event.type, row.time, row.seq, row.event.id != "a") for row in rows.values()]
        await store.commit(Changes(HERE, traced=traced))
        assert await self._ids(store, ids.ana, "message.posted", "github.*") == ["c", "a", "b"]
        assert await self._ids(store, ids.ana, "message.posted", "github.*", own=True) == ["c", "b"]
        assert await self._ids(store, ids.bob, "message.posted") == []
        await store.commit(Changes(HERE, untraced=[trace[:4] for trace in traced if trace[3] == rows["b"].seq]))
        assert await self._ids(store, ids.ana, "message.posted") == ["a"]

    @staticmethod
    async def _ids(store: Store, person: int, *types: str, own: bool = False) -> list[str]:
        return [row.event.id for row in await store.history(person, types, own=own)]

    @pytest.mark.asyncio
    async def test_tallies_and_remembered_values_come_back(self, store: Store, ids: Ids) -> None:
        """The last that was written; a reset forgets the values before."""
        pair = Pair(ids.unit, ids.ana)
        tally = Tally(2.5, 3, 1, (7, "e7"), {"window": [1, 2]})
        tally.fresh = ["x", "y"]
        await store.commit(Changes(HERE, tallies={pair: tally}))
        found = (await store.tallies([pair, Pair(ids.unit, ids.bob)]))[pair]
        assert (found.value, found.peak, found.wins, found.last, found.extra) == (2.5, 3, 1, (7, "e7"), {"window": [1, 2]})
        asked = [(*pair, value) for value in ("x", "z")]
        assert set(await store.remembered(asked)) == {(*pair, "x")}
        again = Tally(1, 1, 0, (8, "e8"))
        again.fresh = ["z"]
        await store.commit(Changes(HERE, tallies={pair: again}, reset={pair}))
        assert set(await store.remembered(asked)) == {(*pair, "z")}

    @pytest.mark.asyncio
    async def test_what_code_granted_is_replaced_as_a_whole(self, store: Store, ids: Ids) -> None:
        """By unit and subject; found by recipient and by subject; of the same grant the first in fold order stays."""
        late = Given(ids.unit, ids.bob, ids.ana, Key(1, ""), (9, "e9"), 9, "late", ("why",))
        early = late._replace(position=(5, "e5"), seq=5, note="early")
        await store.commit(Changes(HERE, given=[late, early]))
        assert list(await store.granted(ids.unit, recipients=[ids.bob])) == [early]
        assert list(await store.granted(ids.unit, subjects=[ids.ana])) == [early]
        await store.commit(Changes(HERE, ungiven={Pair(ids.unit, ids.ana)}, given=[late]))
        assert list(await store.granted(ids.unit, recipients=[ids.bob])) == [late]

    @pytest.mark.asyncio
    async def test_rulings_undone_causes_and_small_notes_come_back(self, store: Store, ids: Ids) -> None:
        """Whatever people decided, froze or gave up."""
        badge, unit = Pair(ids.badge, ids.ana), Pair(ids.unit, ids.ana)
        rulings = [Ruling(seq, ids.badge, ids.ana, Key(1, ""), kind, (seq, f"e{seq}")) for seq, kind in ((1, "given"), (2, "revoked"))]
        await store.commit(Changes(
            HERE, rulings=[(ids.ana, ruling) for ruling in rulings], undone=[(1, "command:1", (1, "a")), (2, "command:1", (4, "b"))],
            evaluated=[badge], frozen=[(unit, 3, '{"day":"2024-06-03"}')], parked=[Parked(unit, 4, "ValueError: no", 1)],
        ))  # fmt: skip
        assert list(await store.rulings([badge, Pair(ids.badge, ids.bob)])) == rulings
        assert await store.undone(HERE) == {"command:1": (4, "b")}
        assert await store.undone("there") == {}
        assert set(await store.evaluated([badge, Pair(ids.badge, ids.bob)])) == {badge}
        assert await store.frozen(unit) == {3: {"day": "2024-06-03"}}
        assert set(await store.parked(unit)) == {4}
        assert [(parked.error, parked.person) for parked in await store.parked_events()] == [("ValueError: no", ids.ana)]
