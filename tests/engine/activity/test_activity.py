"""Recent awards, what is new to somebody, and leaderboards that are right whatever happened to the awards."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laurels import Account, Actor, Badge, Count, Level, Refused
from laurels.activity.board import paged, ranked
from laurels.filed import BoardDue, Preference
from laurels.policy import SYSTEM
from laurels.testing import Member, World


@pytest.fixture
def pack() -> list[Badge]:
    talker = Badge(
        slug="talker", measure=Count("message.posted"), levels=(Level("Bronze", at=1), Level("Silver", at=3)), points=10, boards=("week",)
    )
    return [talker, Badge(slug="kind", points=5), Badge(slug="cake", repeatable=True), Badge(slug="brief", expires="2d", points=100)]


async def board(world: World, *args: str, **options: object) -> list[tuple[int, str, float]]:
    found = await world.acts.activity.leaderboard(*args, **options)
    return [(rank.rank, rank.name, rank.value) for rank in found.rows]


async def give(world: World, slug: str, *people: Member) -> None:
    await world.acts.awards.give(SYSTEM, slug, [person.account for person in people])
    await world.rest()


async def test_boards_by_badges_and_points_follow_the_awards(world: World, ana: Member, bob: Member) -> None:
    await ana.says("hi", times=3)
    await bob.says("hi")
    await give(world, "kind", bob)
    assert await board(world) == [(1, "Bob", 2), (2, "Ana", 1)]  # levels of one badge are one badge
    assert await board(world, "points") == [(1, "Ana", 20), (2, "Bob", 15)]
    await world.acts.awards.revoke(SYSTEM, "kind", bob.account, 1)
    await world.rest()
    assert await board(world) == [(1, "Ana", 1), (1, "Bob", 1)]
    await world.acts.awards.reinstate(SYSTEM, "kind", bob.account, 1)
    await world.rest()
    assert await board(world, "points", period="year") == [(1, "Ana", 20), (2, "Bob", 15)]


async def test_only_whose_awards_changed_is_looked_at(world: World, ana: Member, bob: Member) -> None:
    await ana.says("hi")
    await board(world)
    await bob.says("hi")
    account = (await world.app.store.know(world.community, [bob.account]))[bob.account.key].account
    assert await world.app.store.find(BoardDue, world.community) == [BoardDue(account=account)]


async def test_a_period_is_the_community_s_and_ends(world: World, ana: Member, bob: Member) -> None:
    await give(world, "cake", ana)
    await ana.says("hi")
    world.clock.forward(timedelta(days=8))
    await bob.says("hi")
    assert await board(world, period="week") == [(1, "Bob", 1)]
    assert await board(world, "talker", period="week") == [(1, "Bob", 1)]
    assert await board(world, "talker") == [(1, "Ana", 1), (1, "Bob", 1)]


async def test_what_expires_leaves_the_board_by_itself(world: World, ana: Member) -> None:
    await ana.says("hi")
    await give(world, "brief", ana)
    assert await board(world, "points") == [(1, "Ana", 110)]
    world.clock.forward(timedelta(days=3))
    assert await board(world, "points") == [(1, "Ana", 10)]


async def test_who_opted_out_leaves_no_gap(world: World, ana: Member, bob: Member) -> None:
    cleo = world.person("cleo")
    for person, times in ((ana, 3), (bob, 2), (cleo, 1)):
        await person.says("hi", times=times)
    known = (await world.app.store.know(world.community, [bob.account]))[bob.account.key]
    await world.app.store.save(world.community, Preference(account=known.account, name="leaderboard", value="off", time=1))
    assert await board(world, "talker") == [(1, "Ana", 3), (2, "cleo", 1)]
    found = await world.acts.activity.leaderboard("talker", asker=bob.account)
    assert (found.total, found.mine) == (2, None)


async def test_the_asker_sees_where_they_are_on_whatever_page(world: World) -> None:
    people = [world.person(f"p{number:02}") for number in range(12)]
    for number, person in enumerate(people):
        await person.says("hi", times=12 - number)
    found = await world.acts.activity.leaderboard("talker", page=2, asker=people[0].account)
    assert [(rank.rank, rank.name) for rank in found.rows] == [(11, "p10"), (12, "p11")]
    assert found.mine is not None
    assert (found.mine.rank, found.pages, found.total) == (1, 2, 12)


async def test_what_can_t_be_ranked_is_refused_with_what_would_help(world: World) -> None:
    with pytest.raises(Refused, match="counts nothing"):
        await world.acts.activity.leaderboard("kind")
    with pytest.raises(Refused, match="boards"):
        await world.acts.activity.leaderboard("talker", period="month")


async def test_tb31_tb40_awards_are_listed_by_person_and_badge(world: World, ana: Member, bob: Member) -> None:
    await ana.says("hi")
    await bob.says("hi")
    await give(world, "kind", ana, bob)
    recent = world.acts.activity.recent
    assert [(award.badge, award.person) for award in await recent(person=ana.account)] == [("kind", "Ana"), ("talker", "Ana")]
    assert {award.person for award in await recent(badge="kind")} == {"Ana", "Bob"}
    assert len(await recent(limit=3)) == 3


async def test_tb33_tb34_tb35_tb36_what_is_new_begins_with_the_first_look(world: World, ana: Member, bob: Member) -> None:
    by, unseen = Actor(bob.account), world.acts.activity.unseen
    await give(world, "kind", ana)
    await ana.says("hi", times=3)
    stranger = Actor(Account("world", "stranger"))
    assert await unseen(stranger) == []  # never seen: nothing, and no error
    assert await unseen(by) == []  # no marker yet: from now on
    world.clock.forward(timedelta(seconds=1))
    await give(world, "cake", ana)
    await give(world, "cake", ana)
    await world.acts.activity.recent()  # another list does not move the marker
    await give(world, "cake", ana)
    assert [award.badge for award in await unseen(by)] == ["cake"] * 3
    assert await unseen(by) == []


numbers = st.lists(st.tuples(st.integers(1, 30), st.integers(0, 5).map(float)), max_size=30, unique_by=lambda row: row[0])


@given(numbers, st.sets(st.integers(1, 30), max_size=10), st.integers(-1, 6))
def test_ranks_have_no_gap_but_for_ties_and_pages_lose_nobody(rows: list[tuple[int, float]], without: set[int], page: int) -> None:
    ranks = ranked(rows, without)
    assert {rank.person for rank in ranks} == {person for person, value in rows if value > 0} - without
    assert all(rank.rank == 1 + sum(other.value > rank.value for other in ranks) for rank in ranks)
    there, number, pages = paged(ranks, page, 4)
    assert list(there) == ranks[(number - 1) * 4 : number * 4]
    assert 1 <= number <= pages
