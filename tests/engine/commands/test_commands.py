"""What people ask, and what they are answered."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

import laurels_badges
from laurels import Account, Badge, Count, Level, Place, Reply, all_of
from laurels.commands.table import EVERYONE
from laurels.testing import Member, World
from laurels.texts import catalogue

Ask = Callable[..., Awaitable[Reply]]

HALL = Place("world", "hall", name="hall")
CELLAR = Place("world", "cellar", name="cellar", private=True)

SECRET = Badge(slug="secret", name="Secret", hidden=True, measure=Count("star.added"), levels=(Level(at=2),))
DAILY = Badge(slug="daily", name="Daily", repeatable=True, measure=Count("star.added"), levels=(Level(at=2),))
FLEETING = Badge(slug="fleeting", name="Fleeting", expires="1d", measure=Count("fork.created"), levels=(Level(at=1),))
BOTH = Badge(slug="both", name="Both", requires=all_of("helper", "fleeting"))


@pytest.fixture
def pack() -> Any:
    return [laurels_badges, SECRET, DAILY, FLEETING, BOTH]


async def thanked(world: World, person: Member, by: int, place: Place = HALL) -> None:
    for number in range(by):
        await world.person(f"Fan{number}").does("thanks.given", receiver=person, place=place)


# -- profile -------------------------------------------------------------------------------------------------------------------


async def test_the_bare_command_is_the_asker_s_profile_and_says_where_to_go_on(world: World, ana: Member, ask: Ask) -> None:
    await thanked(world, ana, 15)
    await ana.says("you're welcome")
    assert await ask(ana, "") == Reply(
        "Ana has 1 badge. `/badges help` says what else you can ask.", (("🛟 Silver Helper", "since 2024-06-03"),), language="en"
    )


async def test_a_profile_shows_the_highest_level_and_how_often(world: World, ana: Member, bob: Member, ask: Ask) -> None:
    await ana.does("star.added", times=4)
    await bob.says("hello")
    found = await ask(bob, "profile @ana")
    assert found.text == "Ana has 2 badges."
    assert ("🏅 Daily, 2 times", "since 2024-06-03") in found.fields
    assert (await ask(bob, "profile")).text == "Bob has no badge yet."


async def test_who_was_never_seen_has_no_badge(world: World, ask: Ask) -> None:
    assert (await ask(world.person("Zoe"), "profile")).text == "Zoe has no badge yet."


async def test_an_award_that_expired_is_not_shown(world: World, ana: Member, ask: Ask) -> None:
    await ana.does("fork.created")
    assert (await ask(ana, "profile")).text == "Ana has 1 badge."
    assert (await ask(ana, "recent")).fields == (("Ana", "Fleeting, 2024-06-03"),)
    world.later(days=1)
    assert (await ask(ana, "profile")).text == "Ana has no badge yet."
    assert (await ask(ana, "recent")).text == "Nobody has won anything yet."


async def test_linked_accounts_are_one_person(world: World, ana: Member, ask: Ask) -> None:
    other = world.person("ana-codes", platform="github")
    await other.does("fork.created")
    await ana.says("hello")
    await world.links(ana, other)
    assert (await ask(ana, "profile")).fields == (await ask(other, "profile")).fields == (("🏅 Fleeting", "since 2024-06-03"),)


# -- who and what --------------------------------------------------------------------------------------------------------------


async def test_an_unknown_person_is_answered_with_the_nearest_name_in_private(world: World, ana: Member, ask: Ask) -> None:
    await ana.says("hello")
    assert await ask(ana, "profile anna") == Reply(
        "I know nobody called 'anna' here; did you mean 'Ana'?", private=True, ok=False, wrong="person", language="en"
    )


async def test_two_of_one_name_are_told_apart_by_their_accounts(world: World, ana: Member, bob: Member, ask: Ask) -> None:
    await ana.says("hello")
    await world.person("Ana", platform="github").does("fork.created")
    found = await ask(bob, "profile ana")
    assert found.text == "More than one person is called 'ana'; say which: github:ana, world:ana"
    assert (await ask(bob, "profile github:ana")).text == "Ana has 1 badge."


async def test_a_name_in_an_answer_pings_nobody(world: World, bob: Member, ask: Ask) -> None:
    rude = Member(world, Account("world", "rude", name="@everyone"))
    await rude.says("hello")
    assert (await ask(rude, "profile")).text == "@\u200beveryone has no badge yet."


@pytest.mark.parametrize("text", ["show helpr", "why helpr"])
async def test_an_unknown_badge_is_answered_with_the_nearest_one(ana: Member, ask: Ask, text: str) -> None:
    assert await ask(ana, text) == Reply("No badge 'helpr'; did you mean 'helper'?", private=True, ok=False, wrong="badge", language="en")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("show helpr", "badge"), ("show", "badge"), ("profile anna", "person"), ("nominate helper", "level"), ("help fly", ""), ("fly", "")],
)
async def test_an_answer_names_what_was_not_understood(ana: Member, ask: Ask, text: str, wrong: str) -> None:
    found = await ask(ana, text)
    assert (found.ok, found.wrong) == (False, wrong)


@pytest.mark.parametrize("text", ["show bridge-builder", "show Bridge Builder", "SHOW bridge builder"])
async def test_a_badge_is_found_by_slug_and_by_title(ana: Member, ask: Ask, text: str) -> None:
    assert (await ask(ana, text)).text.startswith("🌉 Bridge Builder\n")


@pytest.mark.parametrize("text", ["show", "why"])
async def test_a_missing_badge_is_asked_for(ana: Member, ask: Ask, text: str) -> None:
    found = await ask(ana, text)
    assert found.text.startswith("Which badge?")
    assert found.private and not found.ok


async def test_a_hidden_badge_is_unknown_until_somebody_has_it(ana: Member, bob: Member, ask: Ask, suggest: Any) -> None:
    assert (await ask(bob, "show secret")).ok is False
    assert "secret" not in str(await ask(bob, "list")) + str(await suggest(bob, "show", "s"))
    await ana.does("star.added", times=2)
    assert (await ask(bob, "show secret")).ok
    assert "secret" in str(await ask(bob, "list")) + str(await suggest(bob, "show", "s"))


# -- list, show, progress, recent, help ----------------------------------------------------------------------------------------


async def test_the_list_says_what_the_asker_holds(world: World, ana: Member, ask: Ask) -> None:
    await thanked(world, ana, 3)
    found = await ask(ana, "list")
    rows = dict(found.fields)
    assert len(rows) == 19
    assert rows["🛟 Helper (helper)"] == "Different people thanked you. ✓ Bronze Helper."
    assert rows["🧭 Explorer (explorer)"].startswith("Found a way") and "✓" not in rows["🧭 Explorer (explorer)"]


async def test_a_badge_is_shown_with_its_levels_and_holders(world: World, ana: Member, ask: Ask) -> None:
    await thanked(world, ana, 3)
    found = await ask(ana, "show helper")
    assert found.fields == (
        ("Bronze Helper", "Thanked by three people."),
        ("Silver Helper", "Thanked by fifteen people."),
        ("Gold Helper", "Thanked by fifty people."),
        ("Tags", "kindness"),
        ("Held by", "1 person"),
        ("Ana", "Bronze Helper, since 2024-06-03"),
    )
    assert found.image.endswith("laurels_badges/images/helper-1.svg")


async def test_a_meta_badge_says_what_it_needs(ana: Member, ask: Ask) -> None:
    rows = dict((await ask(ana, "show both")).fields)
    assert rows["Needs"] == "helper · fleeting; `/badges why both` says which you hold"


async def test_progress_goes_to_the_next_level_the_nearest_first(world: World, ana: Member, ask: Ask) -> None:
    await thanked(world, ana, 4)
    await ana.does("star.added", times=3)
    found = await ask(ana, "progress")
    assert found.text == "What Ana is on the way to:"
    assert found.fields[:2] == (("🏅 Daily", "▰▰▰▰▰▱▱▱▱▱ 1 of 2"), ("🛟 Silver Helper", "▰▰▱▱▱▱▱▱▱▱ 4 of 15"))
    assert found.fields[-1][1].startswith("and 13 badges to begin")


async def test_who_has_done_nothing_is_on_the_way_to_nothing(world: World, ask: Ask) -> None:
    assert (await ask(world.person("Zoe"), "progress")).text == "Zoe is on the way to no badge yet."


async def test_recent_awards_are_the_newest_of_everybody(world: World, ana: Member, bob: Member, ask: Ask) -> None:
    await ana.does("fork.created")
    world.later(hours=1)
    await thanked(world, bob, 3)
    assert (await ask(ana, "recent")).fields == (("Bob", "Bronze Helper, 2024-06-03"), ("Ana", "Fleeting, 2024-06-03"))


async def test_recent_awards_are_looked_for_by_person_and_by_badge(world: World, ana: Member, bob: Member, ask: Ask) -> None:
    await ana.does("fork.created")
    await bob.does("fork.created")
    assert (await ask(ana, "recent @bob")).fields == (("Bob", "Fleeting, 2024-06-03"),)
    assert (await ask(ana, "recent fleeting")).fields == (("Bob", "Fleeting, 2024-06-03"), ("Ana", "Fleeting, 2024-06-03"))
    assert (await ask(world.person("Zoe"), "recent me")).text == "Nobody has won anything yet."
    assert (await ask(ana, "recent fleting")).text == "'fleting' is nobody and no badge that I know here."
    assert (await ask(ana, "recent @bobb")).text == "I know nobody called 'bobb' here; did you mean 'Bob'?"


async def test_help_names_every_command(ana: Member, ask: Ask) -> None:
    usages = [f"/badges {catalogue('en').text(f'usage.{verb}')}" for verb in EVERYONE]
    assert [name for name, _ in (await ask(ana, "help")).fields] == [*usages, "/badges-admin help"]


# -- why -----------------------------------------------------------------------------------------------------------------------


async def test_why_names_the_event_that_decided_and_the_number(world: World, ana: Member, ask: Ask) -> None:
    await thanked(world, ana, 3)
    found = await ask(ana, "why helper")
    assert (found.text, found.private) == ("🛟 Ana holds Bronze Helper.", False)
    assert found.fields == (
        ("Bronze Helper", "2024-06-03, thanks.given by Fan2 in world:hall"),
        ("Counted", "3 of 15"),
        ("2024-06-03", "thanks.given by Fan2 in world:hall"),
        ("2024-06-03", "thanks.given by Fan1 in world:hall"),
        ("2024-06-03", "thanks.given by Fan0 in world:hall"),
    )


async def test_why_not_says_what_is_missing(world: World, ana: Member, ask: Ask) -> None:
    await thanked(world, ana, 2)
    found = await ask(ana, "why helper")
    assert found.text == "🛟 Ana does not hold Helper."
    assert found.fields[0] == ("Counted", "2 of 3")
    assert [row for _, row in (await ask(ana, "why both")).fields] == ["✗ all of", "✗   helper", "✗   fleeting"]


async def test_why_somebody_else_is_told_to_the_asker_alone(world: World, ana: Member, bob: Member, ask: Ask) -> None:
    await thanked(world, ana, 3)
    await bob.says("hello")
    assert (await ask(bob, "why helper ana")).private
    assert (await ask(bob, "why Bridge Builder Ana")).text == "🌉 Ana does not hold Bridge Builder."


async def test_why_for_who_was_never_seen(world: World, ask: Ask) -> None:
    assert "nothing that Zoe did has been counted" in (await ask(world.person("Zoe"), "why helper")).text


async def test_why_names_who_gave_it_and_what_for(world: World, ana: Member, bob: Member, ask: Ask) -> None:
    await world.gives(bob, "community-choice", ana, note="the cake")
    assert (await ask(ana, "why community-choice")).fields[0] == ("Community Choice", "2024-06-03, given by Bob: “the cake”")
    await world.revokes(bob, "community-choice", ana)
    found = await ask(ana, "why community-choice")
    assert found.text == "🌟 Ana does not hold Community Choice."
    assert found.fields[0][1].startswith("revoked; ")


async def test_a_private_place_is_named_only_inside_it(world: World, ana: Member, ask: Ask) -> None:
    await thanked(world, ana, 3, place=CELLAR)
    outside = str(await ask(ana, "why helper"))
    assert "cellar" not in outside and "Fan" not in outside
    assert "thanks.given in a private place" in outside
    assert "thanks.given by Fan2 in world:cellar" in str(await ask(ana, "why helper", place=CELLAR))


# -- what is no command --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("progres", "badges", "There is no `/badges progres`; did you mean 'progress' or 'profile'?"),
        ("xyzzy", "badges", "There is no `/badges xyzzy`. `/badges help` says what there is."),
        ("award", "badges", "That is `/badges-admin award`."),
        ("profile", "badges-admin", "That is `/badges profile`."),
        ("", "badge", "There is no command /badge. `/badges help` says what you can ask."),
    ],
)
async def test_what_is_no_command_is_answered_in_private(ana: Member, ask: Ask, text: str, name: str, said: str) -> None:
    assert await ask(ana, text, name=name) == Reply(said, private=True, ok=False, language="en")


# -- suggestions ---------------------------------------------------------------------------------------------------------------


async def test_commands_badges_and_people_are_completed(ana: Member, bob: Member, suggest: Any) -> None:
    await ana.says("hello")
    assert await suggest(ana, "pro") == ["profile", "progress"]
    assert await suggest(ana, "show", "bri") == ["bridge-builder"]
    assert await suggest(ana, "why", "helper", "@an") == ["Ana"]
    assert await suggest(ana) == list(EVERYONE)
    assert await suggest(ana, "list", "x") == await suggest(ana, "xyzzy", "x") == []
