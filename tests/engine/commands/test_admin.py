"""``/badges-admin``: awarding, taking back, undoing, moving, looking."""

from typing import Any

import pytest

from laurels import Account, Badge, Button, Count, Level, Place
from laurels.testing import Member, World

KIND = Badge(slug="kind", name="Kind Soul")
RANK = Badge(slug="rank", levels=("Bronze", "Silver", "Gold"))
CAKE = Badge(slug="cake", repeatable=True)
SECRET = Badge(slug="secret", hidden=True)
PUSHES = Badge(slug="pusher", measure=Count("push"), levels=(Level(at=10),))


@pytest.fixture
def pack() -> list[Any]:
    return [KIND, RANK, CAKE, SECRET, PUSHES]


async def test_several_are_awarded_at_once_each_with_an_outcome(world: World, ana: Member, bob: Member, cleo: Member, admin: Any) -> None:
    await bob.says("hi")
    await cleo.says("hi")
    await admin(ana, "award kind cleo")
    found = await admin(ana, 'award "kind soul" bob @cleo world:dora for the cake', message="https://chat.example/1")
    assert found.text == "Done for 2 of 3:"
    assert found.fields == (
        ("Bob", "Bob has Kind Soul now."),
        ("Cleo", "Cleo has Kind Soul already."),
        ("dora", "Kind Soul waits for dora, whom I have not seen here yet: they get it with the first thing they do."),
    )
    assert found.ok and not found.private
    (award,) = world.standing(bob)
    assert (award.giver, award.note, award.evidence) == ("Ana", "for the cake", ("https://chat.example/1",))


async def test_an_award_can_be_undone_by_its_button_which_asks_first(
    world: World, ana: Member, bob: Member, admin: Any, press: Any
) -> None:
    await bob.says("hi")
    done = await admin(ana, "award rank bob level=silver")
    assert done.text == "Bob has Silver Rank now."
    asked = await press(ana, done, "Undo", roles=("admin",))
    assert asked.text.startswith("command:") and "gave 1 award to 1 person. Nothing is changed yet" in asked.text
    assert asked.fields == (("Bob", "Silver Rank, 2024-06-03"),)
    assert world.awards(bob) == ["rank@2"]
    undone = await press(ana, asked, "Undo", roles=("admin",))
    assert undone.text.endswith("withdrawn. What something else gives too stays.") and undone.text.startswith("1 award of command:")
    assert world.awards(bob) == []
    assert (
        await admin(ana, f"undo {asked.buttons[0].words[1]}")
    ).text == f"All that {asked.buttons[0].words[1]} gave is withdrawn already."


async def test_an_unknown_cause_is_answered_with_the_nearest(ana: Member, bob: Member, admin: Any) -> None:
    await bob.says("hi")
    done = await admin(ana, "award kind bob")
    cause = done.buttons[0].words[1]
    assert (await admin(ana, f"undo {cause.replace('command', 'comand')}")).text.endswith(f"did you mean '{cause}'?")
    assert (await admin(ana, "undo")).text == "Write `/badges-admin undo <cause> [yes]`."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("award", "Which badge? `/badges-admin award <badge> <person...> [level=2] [note]`; `/badges list` names them."),
        ("award knd bob", "No badge 'knd'; did you mean 'kind'?"),
        ("award kind", "Whom? `/badges-admin award <badge> <person...> [level=2] [note]`"),
        ("award kind bbo", "I know nobody called 'bbo' here; did you mean 'Bob'?"),
        ("award kind bob @bbo", "I know nobody called 'bbo' here; did you mean 'Bob'?"),
        ("award rank bob", "Rank has several levels. Say which with `level=`: 1 Bronze, 2 Silver, 3 Gold."),
        ("award rank bob level=4", "Rank has no level 4. There are: 1 Bronze, 2 Silver, 3 Gold."),
        ("award rank bob levl=3", "There is no option 'levl'; did you mean 'level'?"),
        ("award kind elsewhere:bob", "I know nobody called 'elsewhere:bob' here."),
        ("revoke kind bob", "That can't be done. There is no such award."),
        ("move pusher bob 5", "'5' is no amount. Write `+5`, `-5` or `=10`."),
        ("move pusher bob +5", "That can't be done. That is counted from what people do; it can't be moved by hand."),
        ("move kind bob +5", "That can't be done. There is no number on the way to that badge."),
        ("awrd kind bob", "There is no `/badges-admin awrd`; did you mean 'award'?"),
    ],
)
async def test_what_is_wrong_is_said_and_nothing_is_done(world: World, ana: Member, bob: Member, admin: Any, text: str, said: str) -> None:
    await bob.says("hi")
    before = (await world.app.store.counted()).award
    found = await admin(ana, text)
    assert (found.text, found.ok, found.private) == (said, False, True)
    assert (await world.app.store.counted()).award == before


async def test_a_name_that_begins_a_note_is_nobody(world: World, ana: Member, bob: Member, cleo: Member, admin: Any) -> None:
    await bob.says("hi")
    await cleo.says("hi")
    await admin(ana, "award kind bob cleo says so")
    assert (world.awards(bob), world.awards(cleo), world.standing(bob)[0].note) == (["kind"], [], "cleo says so")


async def test_what_was_taken_back_can_stand_again(world: World, ana: Member, bob: Member, admin: Any, press: Any) -> None:
    await bob.says("hi")
    await admin(ana, "award kind bob")
    gone = await admin(ana, "revoke kind bob by mistake")
    assert gone.text == "Kind Soul was taken back from Bob."
    assert world.awards(bob) == []
    assert (await admin(ana, "award kind bob")).text == "That can't be done. It was revoked; it can be reinstated."
    assert (await press(ana, gone, "Let it stand again", roles=("admin",))).text == "Kind Soul stands again."
    assert world.awards(bob) == ["kind"]


async def test_one_takes_back_what_one_holds_or_gave(world: World, ana: Member, bob: Member, admin: Any) -> None:
    await bob.says("hi")
    await admin(ana, "award kind bob")
    assert (await admin(bob, "revoke kind me", roles=())).ok
    assert world.awards(bob) == []


async def test_which_of_several_is_asked_for(world: World, ana: Member, bob: Member, admin: Any) -> None:
    await bob.says("hi")
    for _ in range(2):
        await admin(ana, "award cake bob")
    asked = await admin(ana, "revoke cake bob")
    assert asked.text.startswith("Bob has Cake 2 times. Say which with `occurrence=`") and not asked.ok
    assert (await admin(ana, "revoke cake bob occurrence=all")).text == "Done for 2 of 2:"
    assert world.awards(bob) == []


async def test_a_hidden_badge_is_there_for_who_may_award_it(ana: Member, bob: Member, admin: Any) -> None:
    await bob.says("hi")
    assert (await admin(bob, "award secret bob", roles=())).text == "No badge 'secret'."
    assert (await admin(ana, "award secret bob")).ok


async def test_help_and_completions(ana: Member, bob: Member, admin: Any, suggest: Any) -> None:
    await bob.says("hi")
    shown = await admin(ana, "")
    assert ("/badges-admin award <badge> <person...> [level=2] [note]", "give a badge to one or several people") in shown.fields
    about = await admin(ana, "help revoke")
    assert about.text == "/badges-admin revoke <badge> <person> [level=2] [note]: take a badge back from somebody"
    assert about.fields[0][1].startswith("Without `level=` every level")
    assert (await admin(ana, "help zzz")).text == "There is no `/badges-admin zzz`. `/badges-admin help` says what there is."
    assert await suggest(ana, "aw", name="badges-admin") == ["award"]
    assert await suggest(ana, "award", "ki", name="badges-admin") == ["kind"]
    assert await suggest(ana, "award", "kind", "@ana", "@bo", name="badges-admin") == ["Bob"]
    await admin(ana, "award kind bob")
    (cause,) = await suggest(ana, "undo", "", name="badges-admin", roles=("admin",))
    assert cause.startswith("command:")
    assert await suggest(bob, "undo", "", name="badges-admin") == []


async def test_how_things_stand_is_for_administrators_in_private(ana: Member, bob: Member, admin: Any) -> None:
    await bob.says("hi")
    shown = await admin(ana, "status")
    assert dict(shown.fields)["Badges"] == "5, of which 0 were won"
    assert shown.private
    refused = await admin(ana, "status", private=False)
    assert refused.text.startswith("The answer to that is for you alone") and not refused.fields and not refused.ok
    assert (await admin(bob, "status", roles=())).text == "You may not do that. It is for administrators."


async def test_a_failure_is_a_plain_sentence(world: World, ana: Member, admin: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: Any, **__: Any) -> Any:
        raise ZeroDivisionError("secret inside")

    monkeypatch.setattr(world.app.store, "causes", broken)
    found = await admin(ana, "undo command:1")
    assert found.text == "Something went wrong on my side, and it was written down. Please try again later."
    assert (found.ok, found.private) == (False, True)


async def test_nothing_that_is_typed_mentions_anybody(ana: Member, admin: Any) -> None:
    for text in (
        "award @everyone bob",
        "undo <!here>",
        "@everyone",
        "help @everyone",
        "award kind @everyone",
        "create @here name=@channel",
    ):
        found = await admin(ana, text)
        assert not any(f"{sign}{word}" in str(found) for sign, word in (("@", "everyone"), ("<", "!here"), ("@", "channel"))), text


async def test_a_button_is_the_same_as_typing_it(ana: Member, ask: Any) -> None:
    assert (await ask(ana, "show kind")).buttons[0] == Button("Why?", ("why", "kind"))


async def test_an_account_is_named_by_its_key_where_names_are_not_enough(world: World, bob: Member, ana: Member, admin: Any) -> None:
    await bob.says("hi")
    twin = Member(world, Account("world", "bob2", name="Bob"))
    await twin.says("hi")
    assert (await admin(ana, "award kind bob")).text == "More than one person is called 'bob'; say which: world:bob, world:bob2"
    assert (await admin(ana, "award kind world:bob2", place=Place("world", "hall"))).ok
    assert (world.awards(bob), world.awards(twin)) == ([], ["kind"])
