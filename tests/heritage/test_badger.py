"""django-badger's own cases, as they are true here: awards, progress, prerequisites. Each test's name carries the case's id.

The cases of nominations, claim codes, badges made by people and lists of awards are beside the code that they are about.
"""

import asyncio
import sqlite3

import pytest

from heritage import HERE, asks, asks_as_admin, results, rows
from laurels import Account, Actor, Advance, Badge, Check, Command, Count, EventType, Level, Verdict, all_of
from laurels.activity.activity import LOOKED
from laurels.filed import HeldAward, Preference
from laurels.policy import SYSTEM
from laurels.testing import Member, World

GOAL = 250  # words


class Words(Badge):
    """Counts the words of posts, and is won once."""

    slug = "words"
    events = ("post.written",)
    levels = (Level(at=GOAL),)

    def award(self, check: Check) -> Verdict:
        """So many more."""
        return Advance(by=check.event.data["words"])


class Percent(Badge):
    """The same as a share of the goal."""

    slug = "percent"
    events = ("post.written",)
    levels = (Level(at=100),)

    def award(self, check: Check) -> Verdict:
        """How far it is now."""
        return Advance(to=check.value + 100 * check.event.data["words"] / GOAL)


PREREQUISITES = ("by-hand", "first-post", "from-a-friend", "course")


@pytest.fixture
def pack() -> list[object]:
    return [
        EventType("post.written", "Somebody wrote a post.", words=int),
        Words,
        Percent,
        Badge(slug="pages", by_hand=True, repeatable=True, levels=(Level(at=GOAL),)),
        Badge(slug="kind", name="Kind"),
        Badge(slug="by-hand"),
        Badge(slug="first-post", measure=Count("post.written"), levels=(Level(at=1),)),
        Badge(slug="from-a-friend"),
        Badge(slug="course", by_hand=True, levels=(Level(at=100),)),
        Badge(slug="master", requires=all_of(*PREREQUISITES)),
    ]


@pytest.fixture
def configuration() -> str:
    return """
[communities.default.badges.kind]
creator = "world:ana"
"""


async def writes(world: World, person: Member, *words: int) -> list[tuple[float | None, float | None]]:
    """Write posts; what the counter and the percentage are after each."""
    seen = []
    for number in words:
        await person.does("post.written", words=number)
        seen.append((await world.progress(person, "words"), await world.progress(person, "percent")))
    return seen


async def moves(world: World, slug: str, person: Member, to: float) -> str:
    (outcome,) = await world.acts.awards.move(SYSTEM, slug, person.account, amount=to, to=True)
    await world.rest()
    return outcome.result


async def test_tb03_a_badge_is_awarded_by_its_creator(world: World, ana: Member, bob: Member) -> None:
    await bob.says("hi")
    assert world.awards(bob) == []
    (outcome,) = await world.acts.awards.give(Actor(ana.account), "kind", [bob.account])
    await world.rest()
    assert (outcome.result, outcome.badge, outcome.account) == ("AWARDED", "kind", bob.account.key)
    assert world.awards(bob) == ["kind"]
    assert world.standing(bob)[0].giver == "Ana"


async def test_tb04_a_unique_badge_is_awarded_once(world: World, bob: Member) -> None:
    await bob.says("hi")
    at_once = await asyncio.gather(*(world.acts.awards.give(SYSTEM, "kind", [bob.account]) for _ in range(8)))
    assert sorted(outcome.result for (outcome,) in at_once) == ["ALREADY_HELD"] * 7 + ["AWARDED"]
    await world.rest()
    assert world.awards(bob) == ["kind"]
    (award,) = rows(world, "SELECT * FROM award")
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        rows(world, f"INSERT INTO award VALUES (NULL{', ?' * (len(award) - 1)})", *award[1:])
    assert rows(world, "SELECT count(*) FROM award") == [(1,)]


async def test_tb06_progress_towards_a_badge_that_is_held_is_refused_and_leaves_nothing(world: World, ana: Member) -> None:
    assert await moves(world, "course", ana, 100) == "MOVED"
    assert world.awards(ana) == ["course"]
    before = rows(world, "SELECT * FROM tally")
    assert await moves(world, "course", ana, 10) == "ALREADY_HELD"
    assert (world.awards(ana), rows(world, "SELECT * FROM tally")) == (["course"], before)
    assert await world.regraded() == []


async def test_tb26_the_first_post_is_awarded_and_the_second_is_not(world: World, ana: Member) -> None:
    await ana.does("post.written", words=1)
    assert "first-post" in world.awards(ana)
    await ana.does("post.written", words=1)
    assert world.awards(ana).count("first-post") == 1


async def test_tb27_a_counter_gives_the_badge_when_its_goal_is_reached_and_reading_it_writes_nothing(
    world: World, ana: Member, bob: Member
) -> None:
    assert [counter for counter, _ in await writes(world, ana, 5, 5, 90)] == [5, 10, 100]
    assert "words" not in world.awards(ana)
    await writes(world, ana, 150)
    assert world.awards(ana).count("words") == 1
    assert (await world.why(ana, "words")).goal is None

    await bob.says("hi")
    before = rows(world, "SELECT * FROM tally")
    assert await world.progress(bob, "words") == 0
    await asks(world, bob, "progress")
    assert rows(world, "SELECT * FROM tally") == before


async def test_tb27_what_can_be_won_again_reads_zero_after_it_was_won(world: World, ana: Member) -> None:
    await moves(world, "pages", ana, 100)
    assert "100 of 250" in str((await asks(world, ana, "progress")).fields)
    await moves(world, "pages", ana, GOAL)
    assert world.awards(ana) == ["pages"]
    assert "of 250" not in str((await asks(world, ana, "progress")).fields)


async def test_tb28_a_percentage_gives_the_badge_at_a_hundred(world: World, ana: Member) -> None:
    assert [percent for _, percent in await writes(world, ana, 5, 5, 90)] == [2, 4, 40]
    assert "percent" not in world.awards(ana)
    assert (await writes(world, ana, 150))[0][1] == 100
    assert world.awards(ana).count("percent") == 1
    assert (await world.why(ana, "percent")).goal is None


async def test_tb29_four_prerequisites_won_in_four_ways_give_the_meta_badge_once(world: World, ana: Member, bob: Member) -> None:
    held = await world.acts.awards.give(SYSTEM, "by-hand", [ana.account])  # waits until she appears
    await ana.does("post.written", words=1)
    await world.gives(bob, "from-a-friend", ana)
    assert (results(held), "master" in world.awards(ana)) == (["HELD_FOR"], False)
    await moves(world, "course", ana, 100)
    assert world.awards(ana) == ["by-hand", "first-post", "from-a-friend", "course", "master"]
    await world.gives(bob, "from-a-friend", ana)
    await world.regrade()
    assert world.awards(ana).count("master") == 1


async def test_tb30_the_same_progress_again_is_no_error_and_no_second_award(world: World, ana: Member) -> None:
    assert [await moves(world, "course", ana, percent) for percent in (50, 75, 100)] == ["MOVED"] * 3
    assert [await moves(world, "course", ana, percent) for percent in (50, 75, 100)] == ["ALREADY_HELD"] * 3
    assert world.awards(ana) == ["course"]


async def test_tb32_what_is_new_to_somebody_stays_new_whatever_else_happens_until_they_look(world: World, ana: Member, bob: Member) -> None:
    async def markers() -> list[Preference]:
        return list(await world.app.store.find(Preference, world.community, name=LOOKED))

    await bob.says("hi")
    await world.gives(ana, "kind", bob)
    await asks(world, bob, "profile")
    assert await markers() == []  # nobody looked: nothing is remembered
    await world.acts.activity.unseen(Actor(bob.account))
    before = await markers()
    world.later(hours=1)
    await bob.does("post.written", words=1)
    for words in (("recent",), ("profile",), ("show", "kind")):
        await asks(world, bob, *words)
    assert await markers() == before
    assert [award.badge for award in await world.acts.activity.unseen(Actor(bob.account))] == ["first-post"]


async def test_tb41_the_awards_of_one_badge_are_listed_with_their_holders(world: World, ana: Member) -> None:
    for name in ("Bob", "Cleo", "Dee"):
        await world.person(name).says("hi")
        await world.gives(ana, "kind", world.person(name))
        await world.gives(ana, "from-a-friend", world.person(name))
    listed = await world.acts.activity.recent(badge="kind")
    assert [(award.badge, award.person) for award in listed] == [("kind", "Dee"), ("kind", "Cleo"), ("kind", "Bob")]
    assert ("Held by", "3 people") in (await asks(world, ana, "show", "kind")).fields


async def test_tb45_several_are_named_in_one_breath_and_who_is_not_there_yet_has_it_held(world: World, ana: Member) -> None:
    known = [world.person(name) for name in ("Bob", "Cleo", "Dee")]
    for person in known:
        await person.says("hi")
    reply = await asks_as_admin(world, ana, "award", "kind", "@bob,@cleo", "world:dee,", "world:eve", "for the evening")
    assert reply.ok
    assert [world.awards(person) for person in known] == [["kind"]] * 3
    held = await world.app.store.find(HeldAward, world.community, state="held")
    eve = Account("world", "eve")
    assert [(one.badge, one.note) for one in held] == [("kind", "for the evening")]
    assert {account.key for account in (await world.app.store.accounts({one.account for one in held})).values()} == {eve.key}


async def test_tb44_only_who_may_issues_an_award_and_its_words_are_kept_and_shown(world: World, ana: Member, bob: Member) -> None:
    cleo = world.person("Cleo")
    await cleo.says("hi")
    (refused,) = await world.acts.awards.give(Actor(bob.account), "kind", [cleo.account], note="for no reason")
    assert (refused.result, refused.reason) == ("FORBIDDEN", "admins, creator")
    await world.rest()
    assert world.awards(cleo) == []

    evidence = ("https://example.org/post/1",)
    await world.acts.awards.give(Actor(ana.account), "kind", [cleo.account], note="helped me for hours", evidence=evidence)
    await world.rest()
    (award,) = world.standing(cleo)
    assert (award.note, award.evidence, award.giver) == ("helped me for hours", evidence, "Ana")
    assert "helped me for hours" in str((await asks(world, cleo, "why", "kind")).fields)


async def test_tb51_who_may_not_make_badges_is_told_who_may_and_who_may_sees_the_slug(world: World, ana: Member) -> None:
    wish = ('name="Café au lait"',)
    refused = await world.app.commands(world.community).answer(Command("badges-admin", ("create", *wish), ana.account, HERE))
    assert (refused.ok, "It is for administrators." in refused.text) == (False, True)
    assert "cafe-au-lait" not in world.registry.definitions
    reply = await asks_as_admin(world, ana, "create", *wish)
    assert (reply.ok, "cafe-au-lait" in str(reply)) == (True, True)
    assert world.registry.definition("cafe-au-lait").name == "Café au lait"


async def test_tb55_holders_may_give_an_award_up_and_strangers_may_not_take_it(world: World, ana: Member, bob: Member) -> None:
    await bob.says("hi")
    for slug in ("by-hand", "from-a-friend"):
        await world.gives(ana, slug, bob)
    await moves(world, "course", bob, 100)
    await bob.does("post.written", words=1)
    stranger = Actor(Account("world", "stranger"))
    assert results(await world.acts.awards.revoke(stranger, "by-hand", bob.account, 1)) == ["FORBIDDEN"]
    assert results(await world.acts.awards.revoke(Actor(bob.account), "by-hand", bob.account, 1, note="not mine")) == ["REVOKED"]
    await world.rest()
    assert "by-hand" not in world.awards(bob)
    assert "master" in world.awards(bob)  # what it led to stays
    kept = await world.app.store.awards(world.community, badge="by-hand", standing=False)
    assert [award.state for award in kept] == ["revoked"]
