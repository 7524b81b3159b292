"""Commands by mention, in channels and threads, and in direct messages: what slash commands can't do."""

from pathlib import Path

import pytest

from laurels import ADMIN, Badge, Command, Count, Level, Reply
from laurels_slack.commands import typed
from slack_office import Office, living
from slack_town import Refusal

THANKED = Badge(slug="thanked", measure=Count("thanks.given", to="event.data.receiver"), levels=(Level(at=1), Level(at=2)))


def to_bot(office: Office, text: str) -> str:
    return f"<@{office.town.bot_user}> {text}"


async def test_in_a_thread_it_is_answered_there(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        parent = await office.bob.says(office.hall, "who knows?")
        (seen,) = await office.mention(office.ana, to_bot(office, "show kind"), thread=parent["ts"])
        assert (seen.kind, seen.shown["thread_ts"]) == ("all", parent["ts"]) and "For the good ones." in seen.text
        (alone,) = await office.mention(office.ana, to_bot(office, "settings"), thread=parent["ts"])
        assert (alone.kind, alone.shown["thread_ts"], alone.shown["user"]) == ("alone", parent["ts"], office.ana.id)


async def test_outside_of_threads_it_is_answered_in_the_channel(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        (seen,) = await office.mention(office.ana, f"<@{office.town.bot_user}>: show kind")
        assert seen.kind == "all" and "thread_ts" not in seen.shown


async def test_a_bare_mention_shows_ones_profile_and_the_way_to_help(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        (seen,) = await office.mention(office.ana, to_bot(office, ""))
        assert seen.text.startswith("ana has 1 badge. /badges help says what else you can ask.") and seen.labels == ["Help"]
        (help_,) = await office.press(office.ana, seen, "Help")
        assert help_.kind == "alone" and "what can be won" in help_.text


async def test_admin_is_the_first_word_of_what_administrators_ask(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        (given,) = await office.mention(office.eve, to_bot(office, f"admin award closed {office.bob.mention} well done"))
        assert given.kind == "all" and given.text.startswith("bob has Closed now.")
        (refused,) = await office.mention(office.ana, to_bot(office, f"admin award closed {office.bob.mention}"))
        assert refused.kind == "alone" and refused.text.startswith("You may not do that.")


async def test_who_speaks_about_the_bot_is_left_alone(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        assert await office.mention(office.ana, f"I like <@{office.town.bot_user}> a lot") == []


async def test_one_message_is_answered_once_under_however_many_ids(tmp_path: Path) -> None:
    async with living(tmp_path, THANKED) as office:
        message = {"user": office.ana.id, "text": to_bot(office, f"thanks {office.bob.mention}"), "ts": office.town.next_ts()}
        event = {**message, "type": "app_mention", "channel": office.hall.id, "event_ts": message["ts"]}
        office.hall.keep(message)
        answers = [await office.heard(event, office.hall) for _ in range(10)]
        office.stage.arrive()
        assert [len(each) for each in [*answers, await office.heard(event, office.hall)]] == [1] + [0] * 10
        assert "thanked@1" in await office.stage.held(office.bob) and "thanked@2" not in await office.stage.held(office.bob)


async def test_thanks_that_the_bot_is_told_to_give_are_given_once(tmp_path: Path) -> None:
    """Slack tells of the message twice: as one that mentions the bot, and as one of the channel."""
    async with living(tmp_path, THANKED) as office:
        message = await office.ana.says(office.hall, to_bot(office, f"thanks {office.bob.mention}"))
        await office.heard({**message, "type": "app_mention", "channel": office.hall.id, "event_ts": message["ts"]}, office.hall)
        held = await office.stage.held(office.bob)
        assert "thanked@1" in held and "thanked@2" not in held


async def test_other_bots_are_not_answered(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        message = {"user": office.ana.id, "bot_id": "B0OTHER", "text": to_bot(office, "list"), "ts": office.town.next_ts()}
        assert await office.heard({**message, "type": "app_mention", "channel": office.hall.id, "event_ts": message["ts"]}) == []


async def test_a_direct_message_is_a_command_and_never_counted(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        for text in ("show kind", "/badges show kind", "badges show kind", to_bot(office, "show kind")):
            (seen,) = await office.direct(office.zoe, text)
            assert seen.kind == "direct" and "For the good ones." in seen.text
        (own,) = await office.direct(office.zoe, "settings")
        assert own.kind == "direct" and office.zoe.told == []
        assert await office.stage.held(office.zoe) == []


async def test_what_began_in_a_direct_message_goes_on_there(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        (own,) = await office.direct(office.ana, "settings")
        assert await office.press(office.ana, own, "Don't track me") == [] and own.text == "Done."


async def test_where_the_bot_is_not_it_answers_alone(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        office.town.refuse("chat.postMessage", Refusal("not_in_channel"))
        (seen,) = await office.mention(office.ana, to_bot(office, "show kind"))
        assert seen.kind == "alone" and "For the good ones." in seen.text
        office.town.refuse("chat.postEphemeral", always=Refusal("user_not_in_channel"))
        *_, told = await office.mention(office.ana, to_bot(office, "settings"))
        assert told.kind == "direct" and office.ana.id in office.town.rooms[told.shown["channel"]].members


async def test_what_is_asked_says_who_asks_where_and_as_what(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Command] = []

    async def heard(command: Command) -> Reply:
        asked.append(command)
        return Reply("Done.")

    async with living(tmp_path) as office:
        assert office.stage.adapter.commands is not None
        monkeypatch.setattr(office.host, "ask", heard)
        parent = await office.bob.says(office.hall, "hi")
        await office.mention(office.eve, to_bot(office, f"thanks {office.zoe.mention}"), thread=parent["ts"])
        await office.slash(office.ana, "profile")
        first, second = asked
        assert (first.name, first.words) == ("badges", ("thanks", f"slack:{office.town.team}/{office.zoe.id}"))
        assert [(person.key, person.name) for person in first.people] == [(first.words[1], "zoe")]
        assert (first.actor.key, first.actor.name, first.realm) == (f"slack:{office.town.team}/{office.eve.id}", "eve", office.town.team)
        assert (first.locale, first.roles, second.roles) == ("en-US", (ADMIN,), ())
        assert (first.place.channel, first.place.thread, first.place.name) == (office.hall.id, parent["ts"], "#hall")
        assert first.message.startswith(f"https://town.slack.com/archives/{office.hall.id}/p") and not first.place.private
        assert (second.place.channel, second.place.thread, second.message) == (office.hall.id, "", "")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("show helper", ("show", "helper")),
        ("profile <@U1|ana>", ("profile", "slack:T1/U1")),
        ("claims give A-B for=<@U1>", ("claims", "give", "A-B", "for=slack:T1/U1")),
        ("ignore <#C1|general> <#C2|>", ("ignore", "slack:C1", "slack:C2")),
        ("roles awarders <!subteam^S1|@judges>", ("roles", "awarders", "group:S1")),
        ("edit x image=<https://x.example/a?b=1&amp;c=2|x.example>", ("edit", "x", "image=https://x.example/a?b=1&c=2")),
        ("list a &lt;b&gt; &amp;amp; <!here> <mailto:a@b.c|a@b.c>", ("list", "a", "<b>", "&amp;", "@here", "a@b.c")),
        ("nominate “Kind Soul” <@U9>", ("nominate", "“Kind", "Soul”", "@U9")),
    ],
)
def test_what_slack_puts_between_brackets_is_read(text: str, words: tuple[str, ...]) -> None:
    assert typed.read(text, {"U1": "slack:T1/U1"}) == words


def test_a_command_is_found_in_what_was_said() -> None:
    assert typed.command(("admin", "status"), "laurels") == (True, ("status",))
    assert typed.command(("/laurels-admin", "status"), "laurels") == (True, ("status",))
    assert typed.command(("Laurels", "show", "x"), "laurels") == (False, ("show", "x"))
    assert typed.command((), "laurels") == (False, ())
    assert typed.named("<@U1> and <@U1|x> or <@W2> in <#C1|y>") == ("U1", "W2")


def test_channels_and_groups_are_called_what_slack_calls_them() -> None:
    text = "<#C1|hall> <#C2|> <#C3> <!subteam^S1|@judges> <!subteam^S2> <@U1|ana> <!here> <slack://x> <https://x.example|x>"
    assert typed.labelled(text) == {"slack:C1": "#hall", "slack:C2": "", "slack:C3": "", "group:S1": "@judges", "group:S2": ""}


async def test_what_is_written_for_others_names_people_and_channels_as_they_are_called(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        lair = office.town.room("lair", "group", office.ana)
        why = f"helped <@{office.zoe.id}|zoe>, in <#{office.hall.id}|hall>, <#{office.cellar.id}|> and <#{lair.id}>"
        why += " with <!subteam^S1|@judges>"
        (made,) = await office.mention(office.ana, f"<@{office.town.bot_user}> nominate kind {office.bob.mention} {why}")
        assert f"“helped zoe, in #hall, #cellar and slack:{lair.id} with @\u200bjudges”" in made.text
        await office.slash(office.eve, f"award closed {office.bob.mention} {why}", admin=True)
        await office.slash(office.eve, f"revoke closed {office.bob.mention} not <@{office.bob.id}>", admin=True)
        (award,) = [
            award for award in await office.stage.app.store.awards(office.stage.community, standing=False) if award.badge == "closed"
        ]
        assert award.note == f"helped zoe, in #hall, #cellar and slack:{lair.id} with @judges"
