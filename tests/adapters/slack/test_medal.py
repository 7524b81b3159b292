"""🏅: who may award nominates by a reaction."""

from pathlib import Path
from typing import Any

import pytest

from laurels import Badge, Count, Level
from slack_office import Office, living, read
from slack_town import Human, Refusal, Room

OPTIONS: dict[str, Any] = {"nominate": {"sports_medal": "kind", "second_place_medal": "ranked@2", "star": "ranked"}}


async def reacted(office: Office, who: Human, emoji: str = "sports_medal", message: Any = None, room: Room | None = None) -> Any:
    """The message of bob's that got a reaction."""
    room = room or office.hall
    message = message or room.keep({"type": "message", "user": office.bob.id, "text": "I carried the chairs"})
    item = {"type": "message", "channel": room.id, "ts": message["ts"]}
    event = {"type": "reaction_added", "user": who.id, "reaction": emoji, "item": item, "item_user": message["user"]}
    await office.town.tell({**event, "event_ts": office.town.next_ts()})
    await office.stage.rest()
    return message


async def waiting(office: Office) -> list[Any]:
    """The open nominations."""
    return list(await office.stage.app.acts(office.stage.community).nominations.listed())


def ticks(message: Any) -> list[str]:
    return [reaction["name"] for reaction in message.get("reactions", ())]


def letters(office: Office, who: Human) -> list[str]:
    """What the bot wrote to somebody in private."""
    rooms = [room for room in office.town.rooms.values() if room.kind == "im" and who.id in room.members]
    return [read(message["blocks"]) for room in rooms for message in room.messages]


async def test_who_may_award_nominates_and_nobody_else_is_bothered(tmp_path: Path) -> None:
    async with living(tmp_path, **OPTIONS) as office:
        message = await reacted(office, office.eve)
        (nomination,) = await waiting(office)
        link = f"https://town.slack.com/archives/{office.hall.id}/p{message['ts'].replace('.', '')}"
        assert (nomination.badge, list(nomination.evidence)) == ("kind", [link])
        assert (
            ticks(message) == ["white_check_mark"]
            and not any("nominated" in text for text in office.hall.texts)
            and letters(office, office.eve) == []
        )


async def test_the_reaction_is_counted_as_any(tmp_path: Path) -> None:
    reactor = Badge(slug="reactor", measure=Count("reaction.added"), levels=(Level(at=1),))
    async with living(tmp_path, reactor, **OPTIONS) as office:
        await reacted(office, office.eve)
        assert "reactor@1" in await office.stage.held(office.eve)


@pytest.mark.parametrize(("emoji", "found"), [("second_place_medal", [("ranked", 2)]), ("sports_medal::skin-tone-2", [("kind", 1)])])
async def test_the_level_can_be_part_of_it_and_colours_are_one(tmp_path: Path, emoji: str, found: list[Any]) -> None:
    async with living(tmp_path, **OPTIONS) as office:
        await reacted(office, office.eve, emoji)
        assert [(one.badge, one.level) for one in await waiting(office)] == found


async def test_who_may_not_award_only_reacts(tmp_path: Path) -> None:
    async with living(tmp_path, **OPTIONS) as office:
        message = await reacted(office, office.ana)
        assert await waiting(office) == [] and ticks(message) == [] and letters(office, office.ana) == []


async def test_another_emoji_nominates_nobody_and_neither_does_one_where_nothing_is_read(tmp_path: Path) -> None:
    async with living(tmp_path, **OPTIONS) as office:
        await reacted(office, office.eve, "thumbsup")
        await reacted(office, office.eve, room=office.town.room("secret", "group", office.eve))
        assert await waiting(office) == []


async def test_to_react_again_changes_nothing_also_after_a_restart(tmp_path: Path) -> None:
    async with living(tmp_path, **OPTIONS) as office:
        message = await reacted(office, office.eve)
        (one,) = await waiting(office)
        await reacted(office, office.eve, message=message)
        office.stage.arrive()
        await reacted(office, office.eve, message=message)
        assert await waiting(office) == [one] and letters(office, office.eve) == []


async def test_another_who_may_seconds(tmp_path: Path) -> None:
    async with living(tmp_path, **OPTIONS) as office:
        message = await reacted(office, office.eve)
        await reacted(office, office.town.human("fay", is_admin=True), message=message)
        (one,) = await waiting(office)
        voices = await office.stage.app.acts(office.stage.community).nominations.voices(one.id)
        assert "second" in [voice.kind for voice in voices]


async def test_why_it_was_refused_is_told_in_private_and_it_can_be_tried_again(tmp_path: Path) -> None:
    async with living(tmp_path, **OPTIONS) as office:
        message = await reacted(office, office.eve, "star")
        (letter,) = letters(office, office.eve)
        assert "Ranked has several levels" in letter and letter.endswith(message["ts"].replace(".", "")) and ticks(message) == []
        await reacted(office, office.eve, "star", message=message)
        assert len(letters(office, office.eve)) == 2


async def test_a_tick_that_can_not_be_given_changes_nothing(tmp_path: Path) -> None:
    async with living(tmp_path, **OPTIONS) as office:
        office.town.refuse("reactions.add", Refusal("missing_scope"))
        await reacted(office, office.eve)
        assert len(await waiting(office)) == 1
