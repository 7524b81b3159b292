"""``/badges-admin setup`` and ``roles``: a walk through what there is to decide."""

from typing import Any

import pytest

from laurels import Badge, Place
from laurels.testing import Member, World

OTHER = Place("world", "cellar", name="cellar")
ADMIN = ("admin",)


@pytest.fixture
def pack() -> list[Any]:
    return [Badge(slug="kind", name="Kind Soul")]


async def test_it_shows_how_things_are_and_what_is_open(ana: Member, admin: Any) -> None:
    found = await admin(ana, "setup")
    assert found.text.startswith("How this community is set. Nobody but administrators may give badges. The buttons lead through")
    assert dict(found.fields)["Awards are announced"] == "where they were won"
    assert dict(found.fields)["those who may award badges"] == "nobody"
    await admin(ana, "mode shadow")
    await admin(ana, "roles awarders everyone")
    found = await admin(ana, "setup")
    assert found.text.startswith("How this community is set. Nothing is posted yet. The buttons")
    assert dict(found.fields)["those who may award badges"] == "everyone"


async def test_the_walk_goes_through_mode_places_and_roles_by_buttons_alone(world: World, ana: Member, admin: Any, press: Any) -> None:
    at = await admin(ana, "setup")
    at = await press(ana, at, "Step by step", roles=ADMIN)
    assert at.text.startswith("1 of 4: the mode.") and [name for name, _ in at.fields] == ["shadow", "quiet", "live"]
    at = await press(ana, at, "Answer only", roles=ADMIN)
    at = await press(ana, at, "Next step", roles=ADMIN)
    assert at.text.startswith("2 of 4: where I announce. Now: where they were won.")
    at = await press(ana, at, "Announce here", roles=ADMIN)
    at = await press(ana, at, "Next step", roles=ADMIN)
    assert at.text.startswith("3 of 4: what I leave alone. Nothing counts at: none.")
    at = await press(ana, at, "Count nothing here", roles=ADMIN)
    at = await press(ana, at, "Next step", roles=ADMIN)
    assert at.text.startswith("4 of 4: who may do what.")
    at = await press(ana, at, "How it is set now", roles=ADMIN)
    rows = dict(at.fields)
    assert (rows["Awards are announced"], rows["Nothing counts at"]) == ("here", "here")
    its = world.app.config.communities[world.community]
    assert (its.mode, its.announce, its.ignored) == ("quiet", ("world:hall",), {"world:hall"})


async def test_what_was_set_can_be_taken_back_where_it_was_set(ana: Member, admin: Any, press: Any) -> None:
    await admin(ana, "announce here")
    await admin(ana, "ignore here")
    elsewhere = await admin(ana, "setup announce", place=OTHER)
    assert elsewhere.text.startswith("2 of 4: where I announce. Now: world:hall.")
    labels = [button.label for button in elsewhere.buttons]
    assert labels == ["Announce here", "Announce where it was won", "Next step"]
    await press(ana, elsewhere, "Announce where it was won", roles=ADMIN)
    await press(ana, await admin(ana, "setup ignored"), "Count what happens here", roles=ADMIN)
    rows = dict((await admin(ana, "setup")).fields)
    assert (rows["Awards are announced"], rows["Nothing counts at"]) == ("where they were won", "none")


async def test_a_role_of_the_platform_may_award_from_then_on(world: World, ana: Member, bob: Member, admin: Any) -> None:
    await bob.says("hi")
    judges = ("role:Judges",)
    refused = await admin(ana, "award kind bob", roles=judges)
    assert not refused.ok
    assert (await admin(ana, "roles awarders role:Judges")).text == "Done."
    assert (await admin(ana, "award kind bob", roles=judges)).text == "Bob has Kind Soul now."
    shown = await admin(ana, "roles")
    assert ("awarders: those who may award badges", "world:role:Judges") in shown.fields
    await admin(ana, "roles awarders role:Judges off")
    assert not (await admin(ana, "award kind ana", roles=judges)).ok


async def test_a_person_is_given_a_role_by_name(world: World, ana: Member, bob: Member, admin: Any) -> None:
    await bob.says("hi")
    await admin(ana, "roles badge-admins @bob")
    assert world.app.config.communities[world.community].roles.badge_admins == {bob.account.key}
    assert ("badge_admins: badge administrators", "Bob (world:bob)") in (await admin(ana, "roles")).fields


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("setup mod", "There is no step 'mod'; did you mean 'mode'?"),
        ("setup zzz", "There is no step 'zzz'. There are: mode, announce, ignored, roles."),
        ("roles awarder bob", "'awarder' is no role; did you mean 'awarders'?"),
        ("roles awarders", "Write `/badges-admin roles [admins|badge_admins|awarders|creators role:name|person|everyone [off]]`."),
        ("roles awarders zed", "I know nobody called 'zed' here."),
    ],
)
async def test_what_is_wrong_is_said(ana: Member, admin: Any, text: str, said: str) -> None:
    assert (await admin(ana, text)).text == said


async def test_only_admins_are_led(ana: Member, admin: Any) -> None:
    for text in ("setup", "setup mode", "roles", "roles admins ana"):
        assert (await admin(ana, text, roles=())).text == "You may not do that. It is for administrators.", text


async def test_it_speaks_german(ana: Member, admin: Any) -> None:
    found = await admin(ana, "setup roles", locale="de")
    assert found.text.startswith("4 von 4: wer was darf.")
