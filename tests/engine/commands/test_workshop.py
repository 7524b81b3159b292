"""Badges made by people, in chat."""

from typing import Any

import pytest

from laurels import Badge
from laurels.commands.admin.workshop import _table
from laurels.testing import Member, World


@pytest.fixture
def pack() -> list[Any]:
    return [Badge(slug="foreign")]


@pytest.fixture
def configuration() -> str:
    return '[communities.home]\nroles.creators = ["world:ana"]\n'


async def test_the_life_of_a_badge(world: World, ana: Member, bob: Member, ask: Any, admin: Any, press: Any) -> None:
    await bob.says("hi")
    made = await admin(ana, 'create good-egg name="Good Egg" emoji=🥚 tags=food,round description="Brings eggs."', roles=())
    assert made.text == "Good Egg can be won now."
    assert (await press(ana, made, "Show it")).text == "🥚 Good Egg\nBrings eggs."
    assert (await admin(ana, "award good-egg bob", roles=())).text == "Bob has Good Egg now."
    assert (
        await admin(bob, "edit good-egg name=Mine", roles=())
    ).text == "You may not do that. It is for administrators and who made the badge."
    assert (await admin(ana, 'edit good-egg name="Best Egg" tags=', roles=())).text == "Best Egg was changed."
    assert (await ask(bob, "profile")).fields[0][0] == "🥚 Best Egg"
    gone = await admin(ana, "retire best egg", roles=())
    assert gone.text == "Best Egg can't be won any more; who holds it keeps it."
    assert (await admin(ana, "award good-egg bob", roles=())).text == "No badge 'good-egg'."
    assert world.awards(bob) == ["good-egg"]
    assert (await press(ana, gone, "Restore")).text == "Best Egg stands again."
    told = await admin(ana, "history good-egg", roles=())
    assert told.text == "What was done to good-egg:"
    assert [name for name, _ in told.fields] == ["1. 2024-06-03, Ana", "2. 2024-06-03, Ana", "3. 2024-06-03, Ana", "4. 2024-06-03, Ana"]
    assert [value for _, value in told.fields][1:] == ["name = 'Best Egg', - tags", "retired", "restored"]


async def test_without_a_slug_it_is_made_from_the_name(ana: Member, admin: Any) -> None:
    assert (await admin(ana, 'create name="Ça va!"')).ok
    assert (await admin(ana, "history ca-va")).ok


@pytest.mark.parametrize(("text", "roles", "said"), [
    ("create", ("admin",), 'What shall it say? `/badges-admin create [slug] name="..." [key=value...]`'),
    ("create x name=X", (), "You may not do that. It is for administrators and those who may make badges."),
    ("edit foreign", ("admin",), "What shall it say? `/badges-admin edit <badge> key=value...`"),
    ("edit foreign name=X", ("admin",),
     "That can't be done. It comes from a pack or a file: only what people made can be changed here."),
    ("retire foreign", (), "You may not do that. It is for administrators."),
    ("restore nothing", ("admin",), "That can't be done. There is no such badge."),
    ("history nothing", ("admin",), "No person made nothing."),
    ("create foreign name=X", ("admin",), "That can't be done. There is, or was, another badge with that slug."),
])  # fmt: skip
async def test_what_is_wrong_is_said(bob: Member, admin: Any, text: str, roles: tuple[str, ...], said: str) -> None:
    found = await admin(bob, text, roles=roles)
    assert (found.text, found.ok) == (said, False)


async def test_every_fault_of_a_badge_is_named(ana: Member, admin: Any) -> None:
    found = await admin(ana, "create odd name=Odd levls=Bronze repeatable=maybe")
    assert found.text == "That is no badge yet; nothing was changed:"
    assert len(found.fields) == 2
    assert "did you mean 'levels'" in found.fields[0][1]
    assert "repeatable" in found.fields[1][1]
    assert found.wrong == "levls"


@pytest.mark.parametrize(("options", "table"), [
    ({"name": "2026", "tags": "a, b", "points": "5", "hidden": "yes", "repeatable": "nein"},
     {"name": "2026", "tags": ["a", "b"], "points": 5, "hidden": True, "repeatable": False}),
    ({"levels": "Bronze, Silver"}, {"levels": ["Bronze", "Silver"]}),
    ({"levels": "10=Bronze,50=Silver"}, {"levels": {"10": "Bronze", "50": "Silver"}}),
    ({"on": "push", "at": "3", "count": '{ distinct = "event.place.channel" }'},
     {"on": ["push"], "at": 3, "count": {"distinct": "event.place.channel"}}),
    ({"requires": "a, b@2", "milestones": "0.5,0.75"}, {"requires": ["a", "b@2"], "milestones": [0.5, 0.75]}),
    ({"description": "", "where": "event.data.length > 3"}, {"description": None, "where": "event.data.length > 3"}),
    ({"count": "{ broken", "points": "many"}, {"count": "{ broken", "points": "many"}),
])  # fmt: skip
def test_values_mean_what_their_keys_take(options: dict[str, str], table: dict[str, Any]) -> None:
    assert _table(options) == table
