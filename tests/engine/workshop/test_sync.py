"""Definitions from packs and files are the truth for what they define; what people made stands beside them."""

from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from laurels import Actor, Badge, Command, Count, Level, Place
from laurels.generation import build
from laurels.loaded import Loaded
from laurels.policy import SYSTEM
from laurels.testing import Member, World
from laurels.testing.pack import gather
from laurels.workshop.sync import differences

FILE = '[night-owl]\nname = "Night Owl"\non = "message.posted"\nat = 2\n'
CODE = [
    Badge(slug="first-words", name="Said something", measure=Count("message.posted"), levels=(Level(at=1),)),
    Badge(slug="kind"),
]


@pytest.fixture
def configuration() -> str:
    return '[communities.acme.roles]\nbadge_admins = ["world:ana"]\n'


@pytest.fixture
def pack(tmp_path: Path) -> list[Any]:
    (tmp_path / "owls.toml").write_text(FILE)
    return [tmp_path / "owls.toml", CODE]


async def again(world: World, pack: Any) -> None:
    """As if laurels had been started with another pack."""
    world.app.inventory.packs = pack if isinstance(pack, Loaded) else gather(pack)
    assert await world.app.reload()
    await world.rest()


async def infos(world: World) -> dict[str, tuple[bool, int]]:
    """By slug, whether a badge is retired and how many hold it."""
    return {info.slug: (info.retired, info.holders) for info in await world.app.store.badge_infos("acme")}


async def test_tb24_badges_from_fixture_exist_with_their_titles_once_they_are_synced(world: World) -> None:
    assert world.registry.definition("night-owl").name == "Night Owl"
    assert [info.name for info in await world.app.store.badge_infos("acme") if info.slug == "night-owl"] == ["Night Owl"]


async def test_tb25_badges_from_code_exist_also_with_slugs_that_no_title_gives(world: World) -> None:
    assert {slug: world.registry.definition(slug).name for slug in ("first-words", "kind")} == {
        "first-words": "Said something", "kind": "Kind",
    }  # fmt: skip
    assert set(await infos(world)) == {"night-owl", "first-words", "kind"}


async def test_a_badge_that_disappeared_is_retired_stays_on_its_holders_and_comes_back(world: World, ana: Member, bob: Member) -> None:
    await ana.says("hi", times=2)
    await again(world, [CODE[1]])
    assert await infos(world) == {"night-owl": (True, 1), "first-words": (True, 1), "kind": (False, 0)}
    await bob.says("hi", times=2)
    reply = await world.app.commands("acme").answer(Command("badges", ("profile",), ana.account, Place("world", "general")))
    assert sorted(row[0] for row in reply.fields) == ["Night Owl", "Said something"]
    assert world.awards(bob) == []
    outcomes = await world.acts.awards.give(SYSTEM, "kind", [bob.account])
    assert [outcome.result for outcome in outcomes] == ["AWARDED"]
    await again(world, CODE)
    assert (await infos(world))["first-words"] == (False, 1)
    await bob.says("hi")
    assert world.awards(bob) == ["first-words", "kind"], "what happened while it was away counts, as of when it happened"
    assert await world.regraded() == []


async def test_a_made_badge_stands_beside_them_through_every_reload(world: World, ana: Member) -> None:
    await world.acts.workshop.create(Actor(ana.account), "talker", {"name": "Talker", "on": "message.posted", "at": 1})
    await again(world, [])
    assert list(world.registry.definitions) == ["talker"]
    await ana.says("hi")
    assert world.awards(ana) == ["talker"]


async def test_a_made_badge_that_rests_on_what_is_gone_is_left_out_and_nothing_else_breaks(world: World, ana: Member) -> None:
    workshop = world.acts.workshop
    await workshop.create(SYSTEM, "owlish", {"name": "Owlish", "requires": "night-owl"})
    await workshop.create(SYSTEM, "talker", {"name": "Talker", "on": "message.posted", "at": 1})
    await ana.says("hi", times=2)
    assert set(world.awards(ana)) == {"first-words", "talker", "night-owl", "owlish"}
    await again(world, CODE)
    assert [str(problem) for problem in world.problems] == ["people: [owlish].requires: no badge 'night-owl'"]
    assert set(world.registry.definitions) == {"first-words", "kind", "talker"}
    assert (await infos(world))["owlish"] == (True, 1)
    (outcome,) = await workshop.edit(SYSTEM, "owlish", {"requires": "first-words"})
    await world.rest()
    assert (outcome.result, world.problems) == ("EDITED", ())
    assert (await infos(world))["owlish"] == (False, 1)


async def test_a_pack_that_comes_with_the_slug_of_a_made_badge_gets_another_and_is_reported(world: World, ana: Member) -> None:
    await world.acts.workshop.create(SYSTEM, "talker", {"name": "Talker", "on": "message.posted", "at": 1})
    theirs = gather([Badge(slug="talker", name="Their Talker"), Badge(slug="more", requires="talker")])
    pack = Loaded(tuple(structs.replace(sourced, distribution="acme") for sourced in theirs.badges))
    generation = build(world.app.config, pack, world.app.inventory.made)
    registry = generation.registries["acme"]
    assert {slug: definition.name for slug, definition in registry.definitions.items()} == {
        "talker": "Talker", "acme:talker": "Their Talker", "more": "More",
    }  # fmt: skip
    assert registry.definition("more").needs == ("acme:talker",)
    assert [problem.what for problem in generation.problems] == ["'talker' is people's already"]


async def test_a_retired_made_badge_leaves_its_slug_to_a_pack_and_does_not_come_back_then(world: World, ana: Member) -> None:
    await world.acts.workshop.create(SYSTEM, "talker", {"name": "Talker", "on": "message.posted", "at": 1})
    await ana.says("hi")
    await world.acts.workshop.retire(SYSTEM, "talker")
    await again(world, [*CODE, Badge(slug="talker", name="Their Talker")])
    assert world.registry.definition("talker").name == "Their Talker"
    (outcome,) = await world.acts.workshop.restore(SYSTEM, "talker")
    assert (outcome.result, outcome.reason) == ("INVALID", "slug: 'talker' is another badge's by now")


async def test_a_broken_rule_file_keeps_no_made_badge_out(world: World, ana: Member) -> None:
    folder = world.app.config.folder / "badges"
    folder.mkdir()
    (folder / "own.toml").write_text('[own]\nname = "Own"\n')
    await again(world, CODE)
    (folder / "own.toml").write_text("[own\n")
    assert not await world.app.reload()
    (outcome,) = await world.acts.workshop.create(SYSTEM, "talker", {"name": "Talker"})
    assert (outcome.result, {"own", "talker"} <= world.registry.definitions.keys()) == ("CREATED", True)


async def test_differences_name_everything_that_is_not_as_the_database_knows_it(world: World, ana: Member) -> None:
    await ana.says("hi", times=2)
    await again(world, CODE)
    fresh = [
        Badge(slug="first-words", name="First Words", version=2, measure=Count("message.posted"), levels=(Level(at=3),)),
        Badge(slug="new"),
    ]  # fmt: skip
    registry = build(world.app.config, gather([world.app.config.folder.parent / "owls.toml", fresh])).registries["acme"]
    found = {(one.badge, one.kind): one for one in differences(registry, await world.app.store.badge_infos("acme"))}
    assert set(found) == {
        ("night-owl", "returns"), ("first-words", "rule"), ("first-words", "texts"), ("new", "new"), ("kind", "retires"),
    }  # fmt: skip
    rule = found["first-words", "rule"]
    assert (rule.before[:2], rule.now[:2], rule.holders, rule.now) == ("1#", "2#", 1, registry.definition("first-words").cause[-10:])
    assert (found["first-words", "texts"].before, found["first-words", "texts"].now) == ("Said something", "First Words")
    assert (found["night-owl", "returns"].holders, found["kind", "retires"].holders) == (1, 0)
