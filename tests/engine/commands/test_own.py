"""What is one's own: linked accounts, settings, language; and what is told to nobody else."""

import json
from typing import Any

import pytest

from laurels import Badge, Count, Level, Place
from laurels.testing import Member, World

KIND = Badge(slug="kind", name="Kind Soul", nominations=True)
FORKER = Badge(slug="forker", measure=Count("fork.created"), levels=(Level(at=2),))

POINTER = "The answer to that is for you alone, and everybody could read it here. Nothing was done: ask me where I can answer in private."


@pytest.fixture
def pack() -> list[Any]:
    return [KIND, FORKER]


# -- link ----------------------------------------------------------------------------------------------------------------------


async def test_the_life_of_a_link(world: World, ana: Member, stranger: Member, ask: Any, press: Any) -> None:
    await ana.does("fork.created")
    await stranger.does("fork.created")
    given = await ask(ana, "link")
    code = given.text.split("`")[1]
    assert given.private and given.fields == (("Yours", "Ana (world:ana)"),)
    assert (await ask(ana, "link confirm")).text == "No account has shown a code of yours yet. `/badges link` gives you one."
    shown = await ask(stranger, f"link {code}", private=False, place=Place("github", "acme/lamp"))
    assert shown.text == "That code is good. Now confirm it where you were given it: `/badges link confirm`."
    asked = await press(ana, given, "Confirm")
    assert asked.fields == (("Here", "Ana (world:ana)"), ("There", "Zed (github:9)")) and asked.private
    assert world.awards(ana) == []
    linked = await press(ana, asked, "Yes, that is me")
    assert (linked.text, linked.private) == ("Your accounts are one person now.", True)
    assert world.awards(ana) == ["forker"]
    assert (await ask(ana, "link unlink zed")).text == "That account stands on its own again."
    assert world.awards(ana) == []


async def test_a_link_is_refused_by_who_was_given_the_code(ana: Member, stranger: Member, ask: Any, press: Any) -> None:
    code = (await ask(ana, "link")).text.split("`")[1]
    await ask(stranger, f"link {code}")
    assert (await press(ana, await ask(ana, "link"), "No, that is not me")).text == "Nothing was linked, and the code is void."
    assert (await ask(stranger, f"link {code}")).text == "That can't be done. That code was used already."


@pytest.mark.parametrize(("text", "said"), [
    ("link abcd", "That can't be done. There is no such code."),
    ("link cancel", "That can't be done. No account has shown a code of yours."),
    ("link unlink github:9", "'github:9' is none of your accounts. They are: world:ana."),
    ("link unlink", "Write `/badges link [code | confirm | cancel | unlink <account>]`."),
])  # fmt: skip
async def test_what_is_no_link_is_said(ana: Member, ask: Any, text: str, said: str) -> None:
    await ana.says("hi")
    assert (await ask(ana, text)).text == said


async def test_who_shows_their_own_code_is_told(ana: Member, ask: Any) -> None:
    code = (await ask(ana, "link")).text.split("`")[1]
    assert "with the other one" in (await ask(ana, f"link {code}")).text


# -- settings ------------------------------------------------------------------------------------------------------------------


async def test_settings_show_what_is_stored_and_switch_it_off(world: World, ana: Member, ask: Any, press: Any) -> None:
    await ana.does("fork.created", times=2)
    shown = await ask(ana, "settings")
    rows = dict(shown.fields)
    assert shown.private
    assert (rows["Your accounts"], rows["Tracking"], rows["Language"]) == ("Ana (world:ana)", "on", "as your platform or community has it")
    assert rows["What you did, and what others did that names you"] == "2"
    assert [button.label for button in shown.buttons] == [
        "Don't track me", "Leave me off leaderboards", "Tell me alone what I win", "Don't announce what I win", "Export", "Forget me",
    ]  # fmt: skip
    assert (await press(ana, shown, "Don't track me")).text == "Done."
    await ana.does("fork.created", times=2)
    assert await world.progress(ana, "forker") == 2
    assert "Track me" in [button.label for button in (await ask(ana, "settings")).buttons]


async def test_everything_can_be_taken_along_as_a_file(ana: Member, ask: Any) -> None:
    await ana.does("fork.created")
    found = await ask(ana, "settings export")
    assert found.private and found.file is not None
    assert found.file.name == "laurels-default.json"
    assert json.loads(found.file.content)["accounts"]


async def test_forgetting_asks_once_more(world: World, ana: Member, ask: Any, press: Any) -> None:
    await ana.does("fork.created", times=2)
    asked = await ask(ana, "settings forget")
    assert asked.text.startswith("This erases everything") and asked.private
    assert world.awards(ana) == ["forker"]
    assert (await press(ana, asked, "Forget me")).text == "Everything about you was erased."
    assert world.awards(ana) == []


async def test_an_award_is_hidden_and_shown(world: World, ana: Member, bob: Member, ask: Any) -> None:
    await ana.does("fork.created", times=2)
    await bob.says("hi")
    hidden = await ask(ana, "settings hide forker")
    assert (hidden.text, hidden.private) == ("Forker is hidden now: only you see it. It still counts.", True)
    assert (await ask(bob, "profile ana")).text == "Ana has no badge yet."
    assert dict((await ask(ana, "settings")).fields)["Hidden"] == "Forker"
    assert (await ask(ana, "settings show forker")).text == "Forker is shown again."
    assert (await ask(bob, "profile ana")).text == "Ana has 1 badge."


@pytest.mark.parametrize(("text", "said"), [
    ("settings trackin off", "There is no setting 'trackin'; did you mean 'tracking'?"),
    ("settings tracking", "`tracking` can be: on, off."),
    ("settings tracking maybe", "That can't be done. It can be: on, off."),
    ("settings language tlh", "`language` can be: de, en, auto."),
    ("settings hide frker", "No badge 'frker'; did you mean 'forker'?"),
    ("settings hide forker", "That can't be done. There is no such award."),
])  # fmt: skip
async def test_what_is_no_setting_is_said(ana: Member, ask: Any, text: str, said: str) -> None:
    await ana.says("hi")
    assert (await ask(ana, text)).text == said


async def test_settings_are_completed(ana: Member, suggest: Any) -> None:
    await ana.does("fork.created", times=2)
    assert await suggest(ana, "settings", "track") == ["tracking"]
    assert await suggest(ana, "settings", "language", "") == ["de", "en", "auto"]
    assert await suggest(ana, "settings", "hide", "") == ["forker"]
    assert await suggest(ana, "link", "unlink", "") == ["world:ana"]
    assert await suggest(ana, "link", "confirm", "") == []


# -- language ------------------------------------------------------------------------------------------------------------------


async def test_the_language_is_the_person_s_else_the_platform_s_else_the_community_s(ana: Member, ask: Any) -> None:
    assert (await ask(ana, "profile")).text == "Ana has no badge yet."
    assert (await ask(ana, "profile", locale="de-AT")).text == "Ana hat noch kein Abzeichen."
    assert (await ask(ana, "profile", locale="tlh")).text == "Ana has no badge yet."
    assert (await ask(ana, "settings language deutsch")).text == "Erledigt."
    assert (await ask(ana, "profile", locale="en")).text == "Ana hat noch kein Abzeichen."
    assert dict((await ask(ana, "settings")).fields)["Sprache"] == "Deutsch"
    assert (await ask(ana, "settings language auto")).ok
    assert (await ask(ana, "profile")).text == "Ana has no badge yet."


class TestGerman:
    @pytest.fixture
    def configuration(self) -> str:
        return '[communities.home]\nlanguage = "de"\n'

    async def test_a_community_is_answered_in_its_language(self, ana: Member, ask: Any, admin: Any) -> None:
        await ana.says("hi")
        assert (await ask(ana, "profil")).text == "`/badges profil` gibt es nicht; meinst du 'profile'?"
        assert (await admin(ana, "award kind anna")).text == "Hier kenne ich niemanden namens 'anna'; meinst du 'Ana'?"
        assert (await admin(ana, "award kind ich")).text == "Ana hat jetzt Kind Soul."
        assert (await admin(ana, "award kind ana", roles=())).text == "Das darfst du nicht. Das ist Sache von: Administratoren."
        assert (await ask(ana, "profile")).fields == (("🏅 Kind Soul", "seit 2024-06-03"),)
        assert (await ask(ana, "help")).text == "Frag nach Abzeichen:"


# -- private -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [
    "settings", "settings export", "settings forget yes", "settings tracking off", "settings language de", "settings hide forker",
    "link", "link confirm", "link cancel", "link unlink github:9", "nominations", "why forker bob", "why forker nobody-seen-yet",
])  # fmt: skip
async def test_what_is_private_is_answered_with_a_pointer_and_does_nothing(
    world: World, ana: Member, bob: Member, ask: Any, text: str
) -> None:
    await ana.does("fork.created", times=2)
    await bob.does("fork.created", times=2)
    before = await world.app.store.counted()
    found = await ask(ana, text, private=False)
    assert not found.private and not found.ok and not found.file and not found.fields and not found.buttons
    assert found.text == POINTER or found.text.startswith("I know nobody called 'nobody-seen-yet'")
    after = await world.app.store.counted()
    assert (after.journal, after.award) == (before.journal, before.award)
    assert world.awards(ana) == ["forker"]


async def test_a_refusal_is_told_where_nothing_can_be_private(ana: Member, bob: Member, admin: Any) -> None:
    await bob.says("hi")
    refused = await admin(ana, "award kind bob", roles=(), private=False)
    assert (refused.text, refused.private) == ("You may not do that. It is for administrators.", False)
