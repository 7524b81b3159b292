"""Mistakes can be undone, and what was undone can be won properly later."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from driver import at_rest
from laurels import Account, Badge, Count, Event, Level, all_of
from small import NAME, Small, small

START = datetime(2024, 6, 3, tzinfo=UTC)
PEOPLE = [Account("test", f"p{n}") for n in range(500)]


def talker(at: int) -> Badge:
    return Badge(slug="talker", measure=Count("message.posted"), levels=(Level("Talker", at=at),))


META = Badge(slug="meta", requires=all_of("talker"))


async def everybody_talks(it: Small, first: int, times: int) -> None:
    for n in range(first, first + times):
        time = START + timedelta(hours=n)
        await it.put(*(Event(f"{p.id}:{n}", "test", "message.posted", time, p, community=NAME) for p in PEOPLE))
    await it.rest()


async def test_a_wrong_threshold_is_undone_for_all_five_hundred_and_won_properly_later(tmp_path: Path):
    async with small(tmp_path / "x.db", [talker(at=1), META]) as it:
        await everybody_talks(it, 0, 1)
        assert len(await it.awards()) == 1000
        cause = (await it.store.awards(NAME, badge="talker"))[0].cause

        await it.desk.undo(cause)
        await it.rest()
        assert await it.awards() == set()

        await it.swap([talker(at=10), META])
        await everybody_talks(it, 1, 8)
        assert await it.awards() == set()
        await everybody_talks(it, 9, 1)
        assert await it.awards() == {(p.key, slug, 1, "") for p in PEOPLE for slug in ("talker", "meta")}


async def test_undoing_a_persons_command_withdraws_what_it_gave_and_nothing_else(tmp_path: Path):
    async with small(tmp_path / "x.db", [talker(at=3), Badge(slug="kind")]) as it:
        ana, bob = PEOPLE[:2]
        definition = it.engine.communities[NAME].registry.definition("kind")
        mistaken = await it.desk.award(definition, ana)
        await it.desk.award(definition, bob)
        await it.rest()
        await it.desk.undo(f"command:{mistaken}")
        await it.rest()
        assert await it.awards() == {(bob.key, "kind", 1, "")}

        await it.desk.award(definition, ana)
        await it.rest()
        assert await it.awards() == {(ana.key, "kind", 1, ""), (bob.key, "kind", 1, "")}


async def test_what_a_command_and_the_counting_both_support_survives_the_undo_of_one(tmp_path: Path):
    async with small(tmp_path / "x.db", [talker(at=2)]) as it:
        ana = PEOPLE[0]
        given = await it.desk.award(it.engine.communities[NAME].registry.definition("talker"), ana)
        await everybody_talks(it, 0, 2)
        await it.desk.undo(f"command:{given}")
        await it.rest()
        assert (ana.key, "talker", 1, "") in await it.awards()


async def test_what_is_heard_late_of_the_time_before_an_undo_wins_nothing_after_it(tmp_path: Path):
    """The first event in order was before the undo, though another was heard first."""
    ana = PEOPLE[0]

    def said(hour: int) -> Event:
        return Event(f"{hour}", "test", "message.posted", START + timedelta(hours=hour), ana, community=NAME)

    async with small(tmp_path / "x.db", [talker(at=1)]) as it:
        cause = it.engine.communities[NAME].registry.definition("talker").cause
        undone = {"cause": cause}
        await it.put(Event("undone", "laurels", "laurels.undone", START + timedelta(hours=5), data=undone, community=NAME), said(9))
        await it.rest()
        assert await it.awards() == {(ana.key, "talker", 1, "")}
        await it.put(said(1))
        await it.rest()
        assert await it.awards() == set()


async def test_where_anything_was_undone_late_events_are_folded_anew_also_by_the_badges_after_these(tmp_path: Path):
    ana = PEOPLE[0]
    opener = Badge(slug="opener", measure=Count("thread.started"), levels=(Level("Opener", at=1),))

    def did(what: str, hour: int) -> Event:
        return Event(f"{what}:{hour}", "test", what, START + timedelta(hours=hour), ana, community=NAME)

    async with small(tmp_path / "x.db", [talker(at=1), opener], run=False) as it:
        community = it.engine.communities[NAME]
        definitions = community.registry.definitions
        undone = {"cause": definitions["talker"].cause}
        await it.put(Event("undone", "laurels", "laurels.undone", START, data=undone, community=NAME))
        await it.put(did("message.posted", 9), did("thread.started", 9))
        await at_rest(it)
        await it.swap([talker(at=1), opener])
        await it.put(did("message.posted", 1), did("thread.started", 1))
        await it.engine.count_some()
        assert [await it.store.due_of(community.units[definitions[slug].unit].id) for slug in ("talker", "opener")] == [1, 1]
        await at_rest(it)
        assert await it.awards() == {(ana.key, "talker", 1, ""), (ana.key, "opener", 1, "")}
