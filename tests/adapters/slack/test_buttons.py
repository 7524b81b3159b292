"""Buttons mean commands, for whoever presses them, before and after a restart."""

from pathlib import Path
from typing import Any

import pytest

from laurels import Badge, Command, Count, Level, Reply
from laurels_slack.commands import buttons, marks
from slack_office import Office, Seen, living
from slack_town import Refusal

MANY = [Badge(slug=f"badge-{number}", name=f"Badge {number}", description="Long. " * 50) for number in range(30)]


async def nominated(office: Office, badge: str = "kind") -> Seen:
    """The message with a nomination of bob's."""
    return await office.slash(office.ana, f"nominate {badge} {office.bob.mention} so kind")


async def test_a_nomination_goes_its_way_across_restarts_of_the_bot(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        made = await nominated(office)
        assert made.kind == "all" and made.labels == ["Accept", "Approve", "Decline"] and "“so kind”" in made.text
        office.stage.arrive()
        assert await office.press(office.bob, made, "Accept") == []
        assert "\nbob accepts Kind Soul. 1 approval missing yet." in made.text and made.labels == ["Accept", "Approve", "Decline"]
        office.stage.arrive()
        assert await office.press(office.eve, made, "Approve") == []
        assert made.text.endswith("\nbob has Kind Soul now.") and "bob accepts" in made.text and made.labels == []
        assert "bob has Kind Soul now." in made.shown["text"] and "bob accepts" in made.shown["text"]
        assert "kind@1" in await office.stage.held(office.bob)


async def test_who_may_not_decide_is_told_alone_and_the_buttons_stay(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        made = await nominated(office)
        before = made.text
        (refused,) = await office.press(office.zoe, made, "Approve")
        assert refused.kind == "alone" and refused.text.startswith("You may not do that.")
        (own,) = await office.press(office.ana, made, "Accept")
        assert own.kind == "alone" and made.text == before and made.labels == ["Accept", "Approve", "Decline"]


async def test_who_declines_closes_it(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        made = await nominated(office)
        await office.press(office.bob, made, "Decline")
        assert made.text.endswith("\nbob declined Kind Soul.") and made.labels == []


async def test_what_was_decided_elsewhere_takes_the_buttons_away_when_somebody_presses(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        made = await nominated(office)
        id_ = made.buttons[0]["value"].rpartition(",")[2].strip('"]')
        await office.slash(office.bob, f"nominations decline {id_}", room=office.cellar)
        (late,) = await office.press(office.eve, made, "Approve")
        assert late.kind == "alone" and "That nomination is over: declined." in late.text and made.labels == []


async def test_two_who_press_at_once_both_stand_on_the_message(tmp_path: Path) -> None:
    """Slack tells the second of the message as it was before the first."""
    async with living(tmp_path) as office:
        made = await nominated(office, "star")
        stale = Seen(made.kind, made.shown, made.room, made.ts)
        await office.press(office.bob, made, "Accept")
        await office.press(office.eve, stale, "Approve")
        assert "bob accepts Good Star." in stale.text and "1 approval missing yet" in stale.text.splitlines()[-1]


async def test_a_message_in_a_thread_is_answered_there(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        parent = await office.bob.says(office.hall, "look")
        mention = f"<@{office.town.bot_user}> nominate kind {office.bob.mention} x"
        (made,) = await office.mention(office.ana, mention, thread=parent["ts"])
        (refused,) = await office.press(office.zoe, made, "Approve")
        assert refused.shown["thread_ts"] == parent["ts"]


async def test_where_the_response_url_is_gone_the_message_is_updated(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        (made,) = await office.mention(office.ana, f"<@{office.town.bot_user}> nominate kind {office.bob.mention} x")
        stands = next(message for message in office.hall.messages if "is nominated" in message["text"])
        made.ts = stands["ts"]
        office.town.refuse("response_url", always=Refusal("used_url", 404))
        await office.press(office.bob, made, "Decline")
        (update,) = [given for given in office.town.asked("chat.update") if given["ts"] == made.ts]
        assert "bob declined Kind Soul." in update["text"] and stands["blocks"] == update["blocks"]


async def test_from_the_inbox_one_decides_and_the_rest_stays(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        await nominated(office, "kind")
        await nominated(office, "star")
        inbox = await office.slash(office.bob, "nominations")
        assert inbox.kind == "alone" and len(inbox.labels) == 4
        first = inbox.labels[1]
        assert await office.press(office.bob, inbox, first) == []
        assert inbox.text.startswith("bob declined") and len(inbox.labels) == 2 and first not in inbox.labels


async def test_what_began_in_private_goes_on_there(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        own = await office.slash(office.ana, "settings")
        assert await office.press(office.ana, own, "Don't track me") == [] and own.text == "Done."
        walk = await office.slash(office.eve, "setup", admin=True)
        for label in ("Step by step", "Answer only", "Next step"):
            assert await office.press(office.eve, walk, label) == []
        assert "Announce here" in walk.labels


async def test_what_only_shows_something_is_shown_to_who_pressed(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        shown = await office.slash(office.ana, "show talker")
        (why,) = await office.press(office.bob, shown, "Why?")
        assert why.kind == "alone" and "bob holds Bronze Talker." in why.text


async def test_an_award_is_undone_after_a_look_at_it(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        given = await office.slash(office.eve, f"award closed {office.bob.mention} x", admin=True)
        (refused,) = await office.press(office.ana, given, "Undo")
        assert refused.kind == "alone" and refused.text.startswith("You may not do that.")
        (preview,) = await office.press(office.eve, given, "Undo")
        assert preview.kind == "alone" and "Nothing is changed yet" in preview.text
        await office.press(office.eve, preview, "Undo")
        assert "withdrawn" in preview.text and "closed@1" not in await office.stage.held(office.bob)


async def test_long_lists_are_turned_by_who_asked(tmp_path: Path) -> None:
    async with living(tmp_path, *MANY) as office:
        seen = await office.slash(office.ana, "list")
        assert seen.labels == ["Next"] and "Page 1 of 3" in seen.text and "Badge 25" not in seen.text
        (refused,) = await office.press(office.bob, seen, "Next")
        assert refused.kind == "alone" and refused.text == "These buttons are for who asked. Ask yourself: /badges list"
        office.stage.arrive()
        assert await office.press(office.ana, seen, "Next") == [] and "Page 2 of 3" in seen.text and seen.labels == ["Back", "Next"]
        await office.press(office.ana, seen, "Next")
        assert "Badge 29" in seen.text and seen.labels == ["Back"]
        await office.press(office.ana, seen, "Back")
        assert "Page 2 of 3" in seen.text


async def test_what_became_private_is_not_turned_to_where_all_can_read_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def private(command: Command) -> Reply:
        return Reply("For you alone.", private=True)

    async with living(tmp_path, *MANY) as office:
        seen = await office.slash(office.ana, "list")
        monkeypatch.setattr(office.host, "ask", private)
        (alone,) = await office.press(office.ana, seen, "Next")
        assert (alone.kind, alone.text) == ("alone", "For you alone.") and "Page 1 of 3" in seen.text


async def test_what_does_something_says_what_it_leaves_out_instead_of_being_asked_again(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        people = [office.town.human(f"human{number}") for number in range(70)]
        words = " ".join(human.mention for human in people)
        seen = await office.slash(office.eve, f"award closed {words}", admin=True)
        assert seen.text.startswith("Done for 70 of 70:") and seen.text.endswith(" more") and seen.labels == ["Undo"]


async def test_leaderboards_turn_by_their_own_buttons(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        people = [office.town.human(f"human{number}") for number in range(25)]
        for human in people:
            await human.says(office.hall, "hi")
        await office.stage.rest()
        seen = await office.slash(office.ana, "leaderboard")
        assert await office.press(office.ana, seen, "More") == [] and "Back" in seen.labels


async def test_a_button_of_something_else_is_too_old(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        for kind in ("do:1", "turn:1"):
            element = {"type": "button", "text": {"type": "plain_text", "text": "Old"}, "action_id": kind, "value": "nonsense"}
            strange = Seen("all", {"text": "x", "blocks": [{"type": "actions", "elements": [element]}]}, office.hall, "1.1")
            (told,) = await office.press(office.ana, strange, "Old")
            assert told.kind == "alone" and told.text == "That button is too old. Please ask again."


async def test_one_press_that_is_delivered_twice_is_answered_once(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        made = await nominated(office)
        deliver, again = office.stage.deliver, list[Any]()

        async def twice(body: Any) -> Any:
            again.append(await deliver(body))
            return await deliver(body)

        office.stage.deliver = twice
        await office.press(office.bob, made, "Accept")
        assert again and made.text.count("bob accepts Kind Soul.") == 1


def test_what_is_more_than_slack_keeps_is_no_button() -> None:
    assert buttons.deed("x", "badges", ("list", "x" * 2000)) is None
    assert buttons.meaning('["badges","list"]') == ("badges", "list") and buttons.meaning("[]") is None


def test_a_line_is_added_where_nothing_was_said_in_rich_text() -> None:
    blocks = [{"type": "section", "text": {"type": "plain_text", "text": "x"}}, {"type": "actions", "elements": []}]
    assert [block["type"] for block in marks.added(blocks, "done")] == ["section", "rich_text", "actions"]


async def test_what_can_not_be_put_in_its_place_any_more_is_shown_beside_it(tmp_path: Path) -> None:
    """A message that only one sees is Slack's alone: without its address nothing replaces it."""
    async with living(tmp_path) as office:
        own = await office.slash(office.ana, "settings")
        office.town.refuse("response_url", always=Refusal("expired_url", 404))
        (done,) = await office.press(office.ana, own, "Don't track me")
        assert (done.kind, done.text) == ("alone", "Done.")


async def test_a_nomination_of_who_was_forgotten_loses_its_buttons_when_somebody_presses(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        made = await nominated(office)
        await office.slash(office.bob, "settings forget yes")
        (late,) = await office.press(office.eve, made, "Approve")
        assert late.kind == "alone" and "There is no nomination" in late.text and made.labels == []


async def test_who_says_nothing_turns_pages_too_and_so_does_who_begins_with_a_capital(tmp_path: Path) -> None:
    many = [
        Badge(slug=f"badge-{number}", name=f"Badge {number}", measure=Count("message.posted"), levels=(Level(at=1),))
        for number in range(40)
    ]
    async with living(tmp_path, *many) as office:
        own = await office.slash(office.ana, "")
        assert "Page 1 of 4" in own.text and own.labels == ["Help", "Next"]
        assert await office.press(office.ana, own, "Next") == []
        assert "Page 2 of 4" in own.text and own.labels == ["Help", "Back", "Next"]
        assert (await office.slash(office.ana, "List")).labels == ["Next"]


async def test_in_a_direct_message_pages_are_turned_where_they_are_and_answers_stay(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        (own,) = await office.direct(office.ana, "settings")
        assert await office.press(office.ana, own, "Next") == [] and "Page 2 of 2" in own.text
        (shown,) = await office.direct(office.ana, "show kind")
        (why,) = await office.press(office.ana, shown, "Why?")
        assert why.shown["response_type"] == "in_channel" and "ana does not hold Kind Soul." in why.text


async def test_what_was_said_to_the_bot_alone_is_nobodys_evidence(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        (made,) = await office.direct(office.ana, f"nominate kind {office.bob.mention} so kind")
        assert made.text.endswith("“so kind”") and "archives" not in (await office.slash(office.bob, "nominations")).text
