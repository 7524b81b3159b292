"""What its holder hides is shown to nobody else, and counts as before."""

import pytest

from laurels import Account, Actor, Badge, Command, Count, Level, Place, Reply
from laurels.policy import SYSTEM
from laurels.testing import Member, World

BADGES = [
    Badge(slug="kind"),
    Badge(slug="nice"),
    Badge(slug="pair", requires="kind"),
    Badge(slug="cake", repeatable=True),
    Badge(slug="talker", measure=Count("message.posted"), levels=(Level(at=1), Level(at=2), Level(at=3)), points=5),
]


@pytest.fixture
def pack() -> list[Badge]:
    return BADGES


def by(member: Member) -> Actor:
    return Actor(member.account)


def results(outcomes) -> list[tuple[str, int]]:
    return [(outcome.result, outcome.level) for outcome in outcomes]


async def shown(world: World) -> list[tuple[str, int]]:
    """What everybody can see."""
    return [(award.badge, award.level) for award in await world.app.store.awards(world.community)]


async def test_a11_a_hidden_award_still_counts_for_uniqueness(world: World, ana: Member) -> None:
    """In the original, hiding a unique award let it be awarded again."""
    await ana.says("hi")
    await world.gives(ana, "kind", ana)
    assert results(await world.acts.privacy.hide(by(ana), "kind")) == [("HIDDEN", 1)]
    (again,) = await world.acts.awards.give(SYSTEM, "kind", [ana.account])
    assert again.result == "ALREADY_HELD"
    await world.gives(ana, "kind", ana)
    await world.regrade()
    assert world.awards(ana) == ["talker", "kind", "pair"]
    assert [award.hidden for award in world.standing(ana)] == [False, True, False]


async def test_a11_it_is_in_no_list_and_on_no_board_and_its_holder_sees_it(world: World, ana: Member, bob: Member) -> None:
    await ana.says("hi")
    await bob.says("hi")
    await world.gives(bob, "kind", ana)
    await world.acts.privacy.hide(by(ana), "talker")
    assert sorted(await shown(world)) == [("kind", 1), ("pair", 1), ("talker", 1)]
    assert [(award.badge, award.person) for award in await world.acts.activity.recent(badge="talker")] == [("talker", "Bob")]
    assert [rank.name for rank in (await world.acts.activity.leaderboard("points")).rows] == ["Bob"]
    assert [award.badge for award in await world.acts.privacy.hidden(by(ana))] == ["talker"]
    assert results(await world.acts.privacy.show(by(ana), "talker")) == [("SHOWN", 1)]
    assert await world.acts.privacy.hidden(by(ana)) == []
    assert [rank.name for rank in (await world.acts.activity.leaderboard("points")).rows] == ["Ana", "Bob"]


async def test_a11_metas_rest_on_it_all_the_same(world: World, ana: Member) -> None:
    await ana.says("hi")
    await world.acts.privacy.hide(by(ana), "talker")
    await world.gives(ana, "kind", ana)
    await world.acts.privacy.hide(by(ana), "kind")
    await world.regrade()
    assert ("pair", 1) in await shown(world)
    assert await world.regraded() == []


async def test_one_level_or_all_one_occurrence_or_all(world: World, ana: Member) -> None:
    await ana.says("hi", times=3)
    await world.gives(ana, "cake", ana)
    await world.gives(ana, "cake", ana)
    assert results(await world.acts.privacy.hide(by(ana), "talker", 2)) == [("HIDDEN", 2)]
    assert results(await world.acts.privacy.hide(by(ana), "talker")) == [("HIDDEN", 1), ("HIDDEN", 2), ("HIDDEN", 3)]
    first, second = (award.occurrence for award in world.standing(ana) if award.badge == "cake")
    await world.acts.privacy.hide(by(ana), "cake", occurrence=first)
    await world.rest()
    assert {award.occurrence: award.hidden for award in world.standing(ana) if award.badge == "cake"} == {first: True, second: False}


async def test_nobody_hides_what_is_not_theirs(world: World, ana: Member, bob: Member) -> None:
    await ana.says("hi")
    outcomes = [*await world.acts.privacy.hide(by(bob), "talker"), *await world.acts.privacy.hide(by(bob), "nothing")]
    assert [(o.result, o.detail) for o in outcomes] == [("INVALID", "award-missing")] * 2
    assert await shown(world) == [("talker", 1)]


async def test_it_is_still_hidden_once_accounts_are_linked(world: World, ana: Member) -> None:
    other = world.person("Anna", platform="github")
    await ana.says("hi")
    await other.says("hi", times=2)
    await world.acts.privacy.hide(by(other), "talker", 2)
    await world.links(ana, other)
    assert world.awards(ana) == ["talker", "talker@2", "talker@3"]
    assert sorted(await shown(world)) == [("talker", 1), ("talker", 3)]


async def test_what_is_hidden_before_it_was_posted_is_not_posted(world: World, ana: Member) -> None:
    world.app.announcer.routing.adapters, adapters = {}, world.app.announcer.routing.adapters  # as while the platform is away
    await ana.says("hi")
    await world.acts.privacy.hide(by(ana), "talker")
    world.app.announcer.routing.adapters = adapters
    await world.rest()
    assert world.transcript == []


async def test_about_who_wants_it_quiet_nothing_is_posted(world: World, ana: Member, bob: Member) -> None:
    other = world.person("Anna", platform="github")
    await world.links(ana, other)
    assert results(await world.acts.privacy.set(by(other), "announce", "quiet")) == [("SET", 0)]
    await ana.says("hi")
    await bob.says("hi")
    assert [("Bob" in line, "Ana" in line) for line in world.transcript] == [(True, False)]
    await world.acts.privacy.set(by(ana), "announce", "place")
    await ana.says("hi")
    assert len(world.transcript) == 2
    assert world.awards(ana) == ["talker", "talker@2"]


async def test_who_is_on_no_leaderboard_leaves_no_gap(world: World, ana: Member, bob: Member) -> None:
    cleo = world.person("Cleo")
    for who, times in ((ana, 3), (bob, 2), (cleo, 1)):
        await who.says("hi", times=times)
    await world.acts.privacy.set(by(bob), "leaderboard", "off")
    board = await world.acts.activity.leaderboard("points", asker=bob.account)
    assert [(rank.rank, rank.name) for rank in board.rows] == [(1, "Ana"), (2, "Cleo")]
    assert (board.total, board.mine) == (2, None)


async def test_settings_say_what_is_stored(world: World, ana: Member) -> None:
    stranger = await world.acts.privacy.settings(Actor(Account("world", "nobody")))
    assert (stranger.accounts, stranger.counts) == ((), {})
    await ana.says("hi")
    await world.acts.privacy.set(by(ana), "locale", "de")
    stored = await world.acts.privacy.settings(by(ana))
    assert stored.accounts == (ana.account,)
    assert {name: stored.counts[name] for name in ("accounts", "awards", "events", "preferences", "progress")} == {
        "accounts": 1, "awards": 1, "events": 2, "preferences": 1, "progress": 1,
    }  # fmt: skip
    assert stored.switches == {"tracking": "on", "leaderboard": "on", "announce": "place", "locale": "de"}
    assert await world.app.store.find_people(world.community, "world:nobody") == {}


async def test_why_tells_nobody_else_of_it(world: World, ana: Member, bob: Member) -> None:
    await ana.says("hi")
    await bob.says("hi")
    commands, place = world.app.commands(world.community), Place("world", "hall")

    async def why(who: Member) -> Reply:
        return await commands.answer(Command("badges", ("why", "talker", "Ana"), who.account, place))

    before = await why(bob)
    await world.acts.privacy.hide(by(ana), "talker", 1)
    after = await why(bob)
    assert ("holds" in before.text, "does not hold" in after.text, after.fields) == (True, True, ())
    mine = await why(ana)
    assert ("does not hold" in mine.text, mine.private) == (False, True)
