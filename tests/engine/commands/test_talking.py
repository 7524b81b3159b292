"""Thanks, nominations, claims and searching: what everybody does."""

from typing import Any

import pytest

from laurels import Account, Badge, Command, Count, Level, Nominations, Place
from laurels.policy import SYSTEM
from laurels.testing import Member, World

THANKED = Badge(slug="thanked", measure=Count("thanks.given", to="event.data.receiver"), levels=(Level(at=2),))
KIND = Badge(slug="kind", name="Kind Soul", description="For the good ones.", tags=("people", "warm"), nominations=True)
STAR = Badge(slug="star", name="Good First Star", tags=("sky",), nominations=Nominations(approvals=2))
CLOSED = Badge(slug="closed")


@pytest.fixture
def pack() -> list[Any]:
    return [THANKED, KIND, STAR, CLOSED]


# -- thanks --------------------------------------------------------------------------------------------------------------------


async def test_thanks_count_like_those_in_a_message(world: World, ana: Member, bob: Member, cleo: Member, ask: Any) -> None:
    await bob.says("hi")
    await cleo.says("hi")
    await ana.thanks(bob)
    found = await ask(ana, "thanks @bob, @cleo for all the lamps")
    assert (found.text, found.private) == ("Ana thanks Bob and Cleo.", False)
    await world.rest()
    assert (world.awards(bob), world.awards(cleo)) == (["thanked"], [])


@pytest.mark.parametrize("text", ["@bob @cleo", "bob, cleo", "@bob and @cleo for it", "bob & world:cleo and all", "@bob,@cleo"])
async def test_several_are_named_in_many_ways(world: World, ana: Member, bob: Member, cleo: Member, ask: Any, text: str) -> None:
    await bob.says("hi")
    await cleo.says("hi")
    assert (await ask(ana, f"thanks {text}")).text == "Ana thanks Bob and Cleo."


async def test_nobody_thanks_themselves_or_nobody(world: World, ana: Member, ask: Any) -> None:
    await ana.says("hi")
    assert (await ask(ana, "thanks @ana")).text == "You can't thank yourself: thanks go to somebody else."
    assert (await ask(ana, "thanks me")).ok is False
    assert (await ask(ana, "thanks")).text == "Write `/badges thanks <person...> [words]`."
    assert await world.progress(ana, "thanked") == 0


async def test_a_command_that_is_delivered_twice_thanks_once(world: World, ana: Member, bob: Member, ask: Any) -> None:
    await bob.says("hi")
    for _ in range(2):
        await ask(ana, "thanks bob", message="https://git.example/1#comment-1")
    assert await world.progress(bob, "thanked") == 1
    await ask(ana, "thanks bob")
    assert world.awards(bob) == ["thanked"]


async def test_thanks_at_a_place_that_is_ignored_count_nothing(world: World, ana: Member, bob: Member, admin: Any) -> None:
    await bob.says("hi")
    await admin(ana, "ignore here")
    for channel in ("hall", "lounge"):
        command = Command("badges", ("thanks", "bob"), ana.account, Place("world", channel))
        assert (await world.app.host("world").ask(command)).ok
    await world.rest()
    assert await world.progress(bob, "thanked") == 1


async def test_a_badge_says_that_people_can_be_nominated(ana: Member, ask: Any) -> None:
    assert dict((await ask(ana, "show kind")).fields)["Nominations"] == "`/badges nominate kind <person>` proposes somebody"


# -- list: B11, B12 ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("list", ["thanked", "kind", "star", "closed"]),
        ("list GOOD", ["kind", "star"]),
        ("list good ones", ["kind"]),
        ('list "good first"', ["star"]),
        ('list "good ones"', ["kind"]),
        ("list good lamp", []),
        ("list tag:sky", ["star"]),
        ("list tag:People tag:warm soul", ["kind"]),
        ("list tag:people tag:sky", []),
        ("list mine", ["closed"]),
    ],
)
async def test_badges_are_found_by_words_phrases_and_tags(
    ana: Member, ask: Any, world: World, bob: Member, typed: str, found: list[str]
) -> None:
    await ana.says("hi")
    await world.gives(bob, "closed", ana)
    reply = await ask(ana, typed)
    assert [name.rpartition("(")[2].rstrip(")") for name, _ in reply.fields] == found


async def test_a_tag_that_nothing_has_is_answered_with_those_there_are(ana: Member, ask: Any) -> None:
    assert (await ask(ana, "list tag:moon")).text == "No badge fits 'tag:moon'. There are these tags: people, sky, warm."


# -- nominations ---------------------------------------------------------------------------------------------------------------


async def test_the_life_of_a_nomination(world: World, ana: Member, bob: Member, cleo: Member, ask: Any, press: Any) -> None:
    await bob.says("hi")
    made = await ask(ana, "nominate kind bob always there", message="https://chat.example/7")
    assert made.text == "Bob is nominated for Kind Soul. 1 approval missing yet."
    assert [button.label for button in made.buttons] == ["Accept", "Approve", "Decline"] and not made.private
    assert made.fields == (("", "“always there”"), ("", "https://chat.example/7"))
    assert (await press(cleo, made, "Approve")).text == "You may not do that. It is for administrators."

    inbox = await ask(bob, "nominations")
    assert inbox.private and inbox.fields[0] == ("", "1 nomination for you to accept:")
    id_ = made.buttons[0].words[2]
    assert inbox.fields[1] == (f"#{id_} Kind Soul for Bob", "by Ana; “always there”; 0 of 1 approval")
    accepted = await press(bob, inbox, f"Accept #{id_}")
    assert accepted.text == "Bob accepts Kind Soul. 1 approval missing yet." and not accepted.over

    inbox = await ask(cleo, "nominations", roles=("admin",))
    assert inbox.fields[1][1].endswith("accepted")
    approved = await press(cleo, inbox, f"Approve #{id_}", roles=("admin",))
    assert approved.text == "Bob has Kind Soul now." and approved.over
    (award,) = world.standing(bob)
    assert (award.cause, award.note, award.evidence) == (f"nomination:{id_}", "always there", ("https://chat.example/7",))
    assert ("Nominated", "by Ana; approved by Cleo") in (await ask(bob, "why kind")).fields
    over = await ask(bob, f"nominations decline {id_}")
    assert over.text == "That can't be done. That nomination is over: awarded." and over.over
    assert (await ask(bob, "nominations")).text == "No nomination waits for you, and none of yours is open."
    assert (await ask(bob, "nominations decline 999999")).over


async def test_an_answer_says_which_language_it_is_in(ana: Member, ask: Any) -> None:
    for locale, language in (("de-AT", "de"), ("pt-BR", "en"), ("", "en")):
        assert (await ask(ana, "list", locale=locale)).language == (await ask(ana, "nonsense", locale=locale)).language == language


async def test_who_was_picked_and_never_seen_has_the_name_that_the_platform_knows(ana: Member, ask: Any) -> None:
    zoe = Account("world", "77", name="Zoe")
    assert (await ask(ana, "profile world:77", people=(zoe,))).text == "Zoe has no badge yet."
    assert (await ask(ana, "profile world:77")).text.startswith("I know nobody called 'world:77' here")
    assert (await ask(ana, "nominate star world:77", people=(zoe,))).text.startswith("Zoe is nominated for Good First Star.")
    assert (await ask(ana, f"profile {ana.account.key}", people=(ana.account,))).text == "Ana has no badge yet."


async def test_a_bot_that_was_picked_is_known_for_one(ana: Member, ask: Any) -> None:
    robot = Account("world", "78", name="Robot", bot=True)
    assert (await ask(ana, "nominate star world:78", people=(robot,))).text == "That can't be done. Bots don't get it."


async def test_a_second_nomination_seconds_the_first(ana: Member, bob: Member, cleo: Member, ask: Any) -> None:
    await bob.says("hi")
    first = await ask(ana, "nominate star bob")
    assert (await ask(cleo, "nominate star @bob")).text == "Bob was nominated for Good First Star already: you second that."
    again = await ask(ana, "nominate star bob")
    assert again.text == f"That can't be done. You nominated them already: it is number {first.buttons[0].words[2]}."
    assert (await ask(ana, "nominate closed bob")).text == "That can't be done. Nobody can be nominated for it."
    assert (await ask(bob, "nominate kind me")).text == "That can't be done. Nobody nominates themselves for it."


@pytest.mark.parametrize(("who", "verb", "said"), [
    ("Ana", "withdraw", "Withdrawn."),
    ("Bob", "decline", "Bob declined Kind Soul."),
    ("Cleo", "reject", "You may not do that. It is for administrators."),
])  # fmt: skip
async def test_a_nomination_is_ended(world: World, ana: Member, bob: Member, ask: Any, who: str, verb: str, said: str) -> None:
    await bob.says("hi")
    made = await ask(ana, "nominate kind bob")
    assert (await ask(world.person(who), f"nominations {verb} #{made.buttons[0].words[2]} not now")).text == said


@pytest.mark.parametrize(("text", "said"), [
    ("nominations aprove 1", "Nominations can't be 'aprove'; did you mean 'approve'?"),
    ("nominations xyz", "Nominations can't be 'xyz'. There are accept, approve, decline, reject and withdraw."),
    ("nominations accept", "Write `/badges nominations [accept|approve|decline|reject|withdraw <id> [reason]]`."),
    ("nominations accept ana", "'ana' is no number of a nomination. `/badges nominations` shows them."),
    ("nominations accept 4711", "That can't be done. There is no nomination 4711."),
    ("nominate", "Which badge? `/badges nominate <badge> <person> [level=2] [reason]`; `/badges list` names them."),
    ("nominate kind", "Whom? `/badges nominate <badge> <person> [level=2] [reason]`"),
    ("nominate kind annna", "I know nobody called 'annna' here; did you mean 'Ana'?"),
])  # fmt: skip
async def test_what_is_no_nomination_is_said(ana: Member, ask: Any, text: str, said: str) -> None:
    await ana.says("hi")
    found = await ask(ana, text)
    assert (found.text, found.ok) == (said, False)


async def test_nominations_are_completed(ana: Member, bob: Member, ask: Any, suggest: Any) -> None:
    await bob.says("hi")
    made = await ask(ana, "nominate kind bob")
    assert await suggest(bob, "nominations", "acc") == ["accept"]
    assert await suggest(bob, "nominations", "accept", "") == [made.buttons[0].words[2]]
    assert await suggest(ana, "nominations", "withdraw", "") == [made.buttons[0].words[2]]


# -- claims --------------------------------------------------------------------------------------------------------------------


async def test_the_life_of_a_code(world: World, ana: Member, bob: Member, cleo: Member, ask: Any, admin: Any, press: Any) -> None:
    await bob.says("hi")
    await cleo.says("hi")
    made = await admin(ana, "claims make kind count=2 uses=1 expires=7d batch=meetup thanks for coming")
    assert made.text == "2 codes for Kind Soul, in the batch meetup. Whoever has a code has the badge: keep it safe."
    assert made.private and len(made.fields) == 2
    (_, first), (_, second) = made.fields
    claimed = await ask(bob, f"claim {first.lower().replace('-', ' ')}")
    assert (claimed.text, claimed.private) == ("Bob has Kind Soul now.", True)
    assert (await ask(bob, f"claim {first}", private=False)).private is False
    assert (await ask(cleo, f"claim {first}")).text == "That can't be done. That code was used up."
    assert (await ask(cleo, "claim nothing")).text == "That can't be done. There is no such code."
    listed = await admin(ana, "claims list meetup")
    assert set(listed.fields) == {(first, "That code was used up."), (second, "used 0 of 1 times; until 2024-06-10")}
    assert (await admin(ana, "claims")).private
    assert (await press(ana, listed, "Withdraw", roles=("admin",))).text == "1 code withdrawn."
    assert (await ask(cleo, f"claim {second}")).text == "That can't be done. That code was withdrawn."
    assert world.standing(bob)[0].cause == "claims:meetup"


async def test_many_codes_come_as_a_file(ana: Member, admin: Any) -> None:
    made = await admin(ana, "claims make kind count=30")
    assert made.file is not None and len(set(made.file.content.split())) == 30
    assert made.fields == ()


async def test_a_code_for_one_person_and_a_code_that_is_brought(
    world: World, ana: Member, bob: Member, cleo: Member, admin: Any, ask: Any
) -> None:
    await bob.says("hi")
    await cleo.says("hi")
    made = await admin(ana, "claims make kind for=@bob uses=any")
    (_, code) = made.fields[0]
    assert (await ask(cleo, f"claim {code}")).text == "That can't be done. That code is for somebody else."
    assert (await admin(ana, f"claims give {code} cleo")).text == "Cleo has Kind Soul now."
    assert world.awards(cleo) == ["kind"]


@pytest.mark.parametrize(("text", "said"), [
    ("claims make", "Which badge? `/badges-admin claims make|list|withdraw|give ...`; `/badges list` names them."),
    ("claims mak kind", "There is no `claims mak`; did you mean 'make'?"),
    ("claims make kind count=0", "'0' is no number of codes: from 1 to 1,000."),
    ("claims make kind uses=never", "'never' is no number of uses: 1 or more, or `any`."),
    ("claims make kind expires=soon", "'soon' is no duration: write a whole number and one of s, m, h, d, w, like `30d`."),
    ("claims make kind batch=A!",
     "'A!' is no name for codes: small letters, digits and dashes, like meetup-2026, and nothing like a code."),
    ("claims withdraw meetup", "That can't be done. There is no such code."),
    ("claims list knd", "No badge 'knd'; did you mean 'kind'?"),
    ("claims list", "There are no codes."),
])  # fmt: skip
async def test_what_is_wrong_with_codes_is_said(ana: Member, admin: Any, text: str, said: str) -> None:
    assert (await admin(ana, text)).text == said


async def test_codes_are_shown_to_nobody_else(world: World, ana: Member, bob: Member, admin: Any) -> None:
    for text in ("claims make kind", "claims list"):
        shown = await admin(ana, text, private=False)
        assert shown.text.startswith("The answer to that is for you alone") and not shown.ok
    assert await world.acts.claims.listed(SYSTEM) == []
    assert (await admin(bob, "claims list", roles=())).text == "You may not do that. It is for administrators."
    assert (await admin(bob, "claims make kind", roles=())).text == "You may not do that. It is for administrators."
