"""Badges made by people: created, edited, retired, brought back; who may, what is refused and why, and that it holds at once."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from laurels import Account, Actor, Badge, Command, Count, Level, Outcome, Place
from laurels.filed import MadeBadge
from laurels.periods import from_micros
from laurels.policy import SYSTEM
from laurels.testing import Member, World

CONFIGURATION = """
[communities.acme.roles]
creators = ["everyone"]
badge_admins = ["world:bob"]
"""
TALKER: Mapping[str, Any] = {"name": "Talker", "on": "message.posted", "levels": {"2": "Bronze", "4": "Silver"}}


@pytest.fixture
def configuration() -> str:
    return CONFIGURATION


@pytest.fixture
def pack() -> list[Badge]:
    return [Badge(slug="pioneer", name="Pioneer", measure=Count("member.joined"), levels=(Level(at=1),))]


async def make(world: World, by: Member | Actor, slug: str, **content: Any) -> Outcome:
    (outcome,) = await world.acts.workshop.create(_actor(by), slug, content)
    return outcome


async def edit(world: World, by: Member | Actor, slug: str, **changes: Any) -> Outcome:
    (outcome,) = await world.acts.workshop.edit(_actor(by), slug, changes)
    return outcome


def _actor(by: Member | Actor) -> Actor:
    return by if isinstance(by, Actor) else Actor(by.account)


def told(outcomes: Sequence[Outcome]) -> list[tuple[str, str, str]]:
    return [(outcome.result, outcome.badge, outcome.reason) for outcome in outcomes]


async def history(world: World, slug: str) -> Sequence[MadeBadge]:
    return await world.acts.workshop.history(slug)


# -- creating ------------------------------------------------------------------------------------------------------------------


async def test_tb01_get_badge_of_a_title_only_has_a_slug_of_it_and_one_day_of_creation_and_change(world: World, ana: Member) -> None:
    outcome = await make(world, ana, "", name="Café au lait!")
    assert (outcome.result, outcome.badge) == ("CREATED", "cafe-au-lait")
    assert world.registry.definition("cafe-au-lait").name == "Café au lait!"
    (only,) = await history(world, "cafe-au-lait")
    assert from_micros(only.time).date() == world.now.date() == date(2024, 6, 3)


async def test_tb02_unicode_slug_a_title_without_ascii_letters_keeps_its_characters_and_gets_a_slug(world: World, ana: Member) -> None:
    first = await make(world, ana, "", name="弁護士", image="https://example.org/lawyer.png")
    second = await make(world, ana, "", name="消防士")
    assert [first.badge, second.badge] == ["badge-1", "badge-2"]
    assert world.registry.definition("badge-1").name == "弁護士"
    assert world.registry.definition("badge-1").badge.image == "https://example.org/lawyer.png"
    assert (await make(world, ana, "bengoshi", name="弁護士さん")).badge == "bengoshi"


async def test_tb51_create_needs_somebody_who_may_and_a_title_and_shows_the_slug(world: World, ana: Member) -> None:
    assert told([await make(world, ana, "kind")]) == [("INVALID", "kind", "name: is missing")]
    assert told([await make(world, ana, "kind", name="Kind")]) == [("CREATED", "kind", "")]
    assert "kind" in world.registry.definitions


class TestWhereNotEverybodyCreates:
    """By default, only admins."""

    @pytest.fixture
    def configuration(self) -> str:
        return ""

    async def test_nobody_else_makes_badges(self, world: World, ana: Member) -> None:
        assert told([await make(world, ana, "kind", name="Kind")]) == [("FORBIDDEN", "kind", "admins")]
        assert await history(world, "kind") == []
        admin = Actor(ana.account, ("admin",))
        assert (await make(world, admin, "kind", name="Kind")).result == "CREATED"


async def test_a_made_badge_is_won_and_given_at_once(world: World, ana: Member, bob: Member) -> None:
    await make(world, ana, "talker", **TALKER)
    await make(world, ana, "kind", name="Kind", emoji="💛")
    await bob.says("hi", times=4)
    outcomes = await world.acts.awards.give(Actor(ana.account), "kind", [bob.account])
    assert [outcome.result for outcome in outcomes] == ["AWARDED"]
    await world.rest()
    assert world.awards(bob) == ["talker", "talker@2", "kind"]
    assert world.standing(bob)[0].cause == world.registry.definition("talker").cause
    assert world.standing(bob)[0].cause.startswith("badge:talker@1#")
    assert await world.regraded() == []


async def test_what_was_before_counts_at_the_next_event(world: World, ana: Member) -> None:
    await ana.says("hi", times=3)
    await make(world, ana, "talker", **TALKER)
    await world.rest()
    assert world.awards(ana) == []
    await ana.says("hi")
    assert world.awards(ana) == ["talker", "talker@2"]


@pytest.mark.parametrize(
    ("slug", "content", "reason"),
    [
        ("x", {"name": "X", "on": "mesage.posted", "at": 1}, "on: nothing declares the event type 'mesage.posted' (did you mean "),
        ("x", {"name": "X", "on": "message.posted", "at": 1, "cuont": "events"}, "cuont: no such key (did you mean 'count'"),
        ("x", {"name": "X", "awardrs": []}, "awardrs: no such key (did you mean 'awarders'"),
        ("x", {"name": "X", "points": True}, "points: expected a whole number, got true"),
        ("x", {"name": "X", "on": "message.posted", "at": 1, "where": "event.data.lenght > 3"}, "where: message.posted has no field"),
        ("x", {"name": "X", "requires": "pioner"}, "requires: no badge 'pioner' (did you mean 'pioneer'?)"),
        ("x", {"name": "X", "requires": "x"}, "requires: goes round in a circle: x -> x"),
        ("x", {"name": "X", "version": 3}, "version: no such key (laurels counts"),
        ("x", {"name": "X", "image": "http://example.org/a.png"}, "image: 'http://example.org/a.png' is no picture in the web"),
        ("x", {"name": "X", "image": "a.png"}, "image: 'a.png' is no picture"),
        ("x", {"name": "X", "emoji": "hello"}, "emoji: 'hello' is no emoji"),
        ("x", {"name": "X" * 101}, "name: 101 characters; at most 100"),
        ("x", {"name": "X\u202e"}, "name: has characters that can't be seen"),
        ("x", {"name": "X", "description": "x" * 1001}, "description: 1001 characters"),
        ("x", {"name": "X", "description": "x" * 20_000}, "20029 bytes; at most 16000"),
        ("x", {"name": "X", "levels": [{"name": "One", "image": "javascript:x"}, "Two"]}, "levels: level 1: image: 'javascript:x' is no"),
        ("x", {"name": "X", "levels": [f"L{n}" for n in range(51)]}, "levels: 51 are too many"),
        ("x", {"name": "X", "tags": ["t" * 41]}, "tags: a tag of 41 characters"),
        ("x", {"name": "X", "awarders": ["bob"]}, "awarders: 'bob' names nobody (an account like"),
        ("x", {"name": "X", "awarders": "bob"}, "awarders: expected a list of texts"),
        ("x", {"name": "pioneer"}, "name: 'pioneer' is called so already"),
        ("X y", {"name": "X"}, "slug: 'X y' is no slug"),
        ("x" * 61, {"name": "X"}, "slug: 61 characters; at most 60"),
        ("pioneer", {"name": "X"}, "slug: 'pioneer' is another badge's, or was"),
        ("", {"name": "Pioneer"}, "slug: 'pioneer' is another badge's, or was"),
        ("x", {"name": "X", "message": "{{ person.__class__ }}"}, "message: "),
        ("x", {"name": "\ud800"}, "it can't be written down"),
    ],
)  # fmt: skip
async def test_what_is_wrong_is_said_in_words_and_nothing_is_made(world: World, slug: str, content: dict[str, Any], reason: str) -> None:
    outcome = await make(world, SYSTEM, slug, **content)
    assert (outcome.result, outcome.reason[: len(reason)]) == ("INVALID", reason)
    assert (list(world.registry.definitions), world.problems) == (["pioneer"], ())
    assert await world.app.store.find(MadeBadge, "acme") == []


async def test_everything_that_is_wrong_is_said_together(world: World, ana: Member) -> None:
    outcome = await make(world, ana, "x", name="", image="x", tags=["t" * 41])
    assert [line.partition(":")[0] for line in outcome.reason.splitlines()] == ["name", "image", "tags"]


async def test_what_laurels_says_and_what_counts_on_leaderboards_is_for_who_looks_after_all_badges(
    world: World, ana: Member, bob: Member
) -> None:
    said = "message: only for admins and badge admins\npoints: only for admins and badge admins"
    assert told([await make(world, ana, "kind", name="Kind", message="Hurra!", points=1000)]) == [("INVALID", "kind", said)]
    await make(world, ana, "kind", name="Kind")
    assert (await edit(world, ana, "kind", points=1)).result == "INVALID"
    assert (await edit(world, bob, "kind", points=1, message="Well done, {{ person }}!")).result == "EDITED"
    assert (await edit(world, ana, "kind", description="Is kind.")).result == "EDITED", "what others set does not bar its creator"
    await world.acts.awards.give(SYSTEM, "kind", [bob.account])
    await bob.says("hi")
    assert world.transcript[-1].endswith("Well done, Bob!")


async def test_two_who_want_one_slug_at_once_get_one_badge(world: World, ana: Member, bob: Member) -> None:
    import asyncio

    outcomes = await asyncio.gather(*(make(world, who, "kind", name=f"Kind {who.name}") for who in (ana, bob)))
    assert sorted(outcome.result for outcome in outcomes) == ["CREATED", "INVALID"]
    assert len(await history(world, "kind")) == 1


# -- who may award it -----------------------------------------------------------------------------------------------------------


async def test_its_creator_and_whom_they_name_may_award_it_and_nobody_else(world: World, ana: Member, bob: Member, cleo: Member) -> None:
    await make(world, ana, "kind", name="Kind", awarders=["world:cleo"])
    dan = world.person("dan")
    give = world.acts.awards.give
    assert [outcome.result for who in (ana, cleo) for outcome in await give(Actor(who.account), "kind", [dan.account])] == [
        "HELD_FOR", "ALREADY_HELD",
    ]  # fmt: skip
    assert told(await give(Actor(dan.account), "kind", [ana.account])) == [
        ("FORBIDDEN", "kind", "admins, badge_admins, delegates, creator"),
    ]  # fmt: skip
    await edit(world, ana, "kind", awarders=None)
    assert told(await world.acts.awards.give(Actor(cleo.account), "kind", [ana.account]))[0][0] == "FORBIDDEN"


async def test_a_linked_account_is_its_creator_too_until_it_is_unlinked(world: World, ana: Member) -> None:
    await ana.says("hi")
    other = world.person("ana2", platform="github")
    await make(world, ana, "kind", name="Kind")
    assert (await edit(world, other, "kind", description="Is kind.")).result == "FORBIDDEN"
    await world.links(ana, other)
    await world.app.refresh()
    assert (await edit(world, other, "kind", description="Is kind.")).result == "EDITED"
    first, second = await history(world, "kind")
    assert first.creator == second.creator != second.author


# -- editing -------------------------------------------------------------------------------------------------------------------


async def test_tb52_edit_by_the_creator_changes_title_and_description(world: World, ana: Member) -> None:
    await make(world, ana, "kind", name="Kind", description="Helps.")
    assert told([await edit(world, ana, "kind", name="Kindness", description="Helps everybody.")]) == [("EDITED", "kind", "")]
    definition = world.registry.definition("kind")
    assert (definition.name, definition.badge.description) == ("Kindness", "Helps everybody.")


async def test_tb53_edit_preserves_creator_whoever_edits(world: World, ana: Member, bob: Member) -> None:
    await make(world, ana, "kind", name="Kind")
    assert (await edit(world, bob, "kind", name="Kindness")).result == "EDITED"
    assert (await edit(world, Actor(Account("world", "root"), ("admin",)), "kind", description="x")).result == "EDITED"
    editions = await history(world, "kind")
    accounts = await world.app.store.accounts({e.creator for e in editions} | {e.author for e in editions})
    assert [accounts[e.creator].key for e in editions] == ["world:ana"] * 3
    assert [accounts[e.author].key for e in editions] == ["world:ana", "world:bob", "world:root"]
    assert (await edit(world, ana, "kind", name="Kind again")).result == "EDITED", "it is still hers"


async def test_who_neither_made_it_nor_looks_after_badges_changes_nothing(world: World, ana: Member, cleo: Member) -> None:
    await make(world, ana, "kind", name="Kind")
    workshop, mallory = world.acts.workshop, Actor(cleo.account)
    outcomes = [
        *await workshop.edit(mallory, "kind", {"name": "Mine"}), *await workshop.retire(mallory, "kind"),
        *await workshop.restore(mallory, "kind"),
    ]  # fmt: skip
    assert told(outcomes) == [("FORBIDDEN", "kind", "admins, badge_admins, creator")] * 3
    assert len(await history(world, "kind")) == 1


async def test_only_a_changed_rule_is_another_version_and_every_edit_is_kept(world: World, ana: Member) -> None:
    await make(world, ana, "talker", **TALKER)
    before = world.registry.definition("talker").cause
    await edit(world, ana, "talker", description="Talks.")
    assert world.registry.definition("talker").cause == before
    await edit(world, ana, "talker", levels={"3": "Bronze", "4": "Silver"})
    await edit(world, ana, "talker", on=None, levels=None)
    editions = await history(world, "talker")
    assert [(e.edition, e.version) for e in editions] == [(1, 1), (2, 1), (3, 2), (4, 3)]
    assert json.loads(editions[0].content) == dict(TALKER)
    assert json.loads(editions[3].content) == {"name": "Talker", "description": "Talks."}
    assert world.registry.definition("talker").cause.startswith("badge:talker@3#")


async def test_an_edit_that_changes_nothing_or_breaks_something_is_refused(world: World, ana: Member) -> None:
    await make(world, ana, "ranks", name="Ranks", levels=["One", "Two"])
    await make(world, ana, "meta", name="Meta", requires="ranks@2")
    assert told([await edit(world, ana, "ranks", name="Ranks")]) == [("INVALID", "ranks", "that is what it says already")]
    assert told([await edit(world, ana, "ranks", levels=["One"])]) == [
        ("INVALID", "ranks", "meta requires it: 'ranks@2', but 'ranks' has one level"),
    ]  # fmt: skip
    assert told([await edit(world, ana, "ranks", requires="meta")])[0][2].endswith("ranks -> meta -> ranks (leave one of these out)")
    assert told([await edit(world, ana, "ranks", name=None)]) == [("INVALID", "ranks", "name: is missing")]
    assert told([await edit(world, SYSTEM, "rnaks", name="X")]) == [
        ("INVALID", "rnaks", "nobody made a badge 'rnaks'; did you mean 'ranks'?"),
    ]  # fmt: skip
    assert told([await edit(world, SYSTEM, "pioneer", name="X")]) == [
        ("INVALID", "pioneer", "'pioneer' comes from local.Badge: only what people made can be changed by people"),
    ]  # fmt: skip
    assert len(await history(world, "ranks")) == 1


# -- retiring ------------------------------------------------------------------------------------------------------------------


async def test_tb54_delete_tells_how_many_hold_it_and_they_keep_it_with_its_name(world: World, ana: Member, bob: Member) -> None:
    await make(world, ana, "talker", **TALKER)
    await ana.says("hi", times=4)
    await bob.says("hi", times=2)
    assert told(await world.acts.workshop.retire(Actor(ana.account), "talker")) == [("RETIRED", "talker", "2")]
    await bob.says("hi", times=5)
    assert "talker" not in world.registry.definitions
    assert (world.awards(ana), world.awards(bob)) == (["talker", "talker@2"], ["talker"])
    reply = await world.app.commands("acme").answer(Command("badges", ("profile",), bob.account, Place("world", "general")))
    assert [row[0] for row in reply.fields] == ["Bronze Talker"]
    outcomes = await world.acts.workshop.edit(Actor(ana.account), "talker", {"name": "X"})
    assert told(outcomes) == [("INVALID", "talker", "'talker' is retired")]


async def test_what_is_brought_back_counts_what_happened_meanwhile(world: World, ana: Member, bob: Member) -> None:
    await make(world, ana, "talker", **TALKER)
    await bob.says("hi", times=2)
    workshop = world.acts.workshop
    assert told(await workshop.restore(SYSTEM, "talker")) == [("INVALID", "talker", "'talker' is not retired")]
    await workshop.retire(SYSTEM, "talker")
    assert told(await workshop.retire(SYSTEM, "talker")) == [("INVALID", "talker", "'talker' is retired")]
    await bob.says("hi", times=2)
    assert told(await workshop.restore(Actor(ana.account), "talker")) == [("REINSTATED", "talker", "")]
    await bob.says("hi")
    assert world.awards(bob) == ["talker", "talker@2"]
    assert [(e.edition, e.version, e.state) for e in await history(world, "talker")] == [(1, 1, "good"), (2, 1, "retired"), (3, 1, "good")]
    assert await world.regraded() == []


async def test_a_badge_that_others_require_stays(world: World, ana: Member) -> None:
    await make(world, ana, "kind", name="Kind")
    await make(world, ana, "meta", name="Meta", requires="kind")
    assert told(await world.acts.workshop.retire(SYSTEM, "kind")) == [("INVALID", "kind", "meta requires it")]
    await world.acts.workshop.retire(SYSTEM, "meta")
    assert told(await world.acts.workshop.retire(SYSTEM, "kind")) == [("RETIRED", "kind", "0")]
    assert told(await world.acts.workshop.restore(SYSTEM, "meta")) == [("INVALID", "meta", "requires: no badge 'kind'")]


async def test_a_slug_is_never_used_again_for_another_badge(world: World, ana: Member) -> None:
    await make(world, ana, "kind", name="Kind")
    await world.acts.workshop.retire(SYSTEM, "kind")
    assert (await make(world, ana, "kind", name="Other")).result == "INVALID"


async def test_tb38_badge_detail_shows_title_and_description(world: World, ana: Member) -> None:
    await make(world, ana, "kind", name="Kind", description="Helps everybody.", emoji="💛")
    reply = await world.app.commands("acme").answer(Command("badges", ("show", "kind"), ana.account, Place("world", "general")))
    assert reply.text == "💛 Kind\nHelps everybody."
