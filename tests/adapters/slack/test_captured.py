"""What Slack really sent, to another app, goes through Bolt's dispatcher to the right end: see ``captured/README.md``."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from journal import counted, journal
from laurels import Badge, Event
from laurels_slack.commands import ANYWHERE, MESSAGE
from slack_stage import Stage, staged
from slack_town import Human, Room, Town

CAPTURED = Path(__file__).parent / "captured"
KIND = Badge(slug="kind", name="Kind Soul", nominations=True)
SEEN = {  # by payload: type, who did it, some of what is told, in the order of the journal
    "message": [("message.posted", "W111", {"words": 2, "files": 0})],
    "message_file_share": [("message.posted", "U111", {"files": 1}), ("file.shared", "U111", {"kind": "png", "size": 92582})],
    "message_thread_broadcast": [("message.posted", "U111", {"words": 2})],
    "message_changed": [("message.posted", "U111", {"words": 2})],
    "message_of_an_app": [("message.posted", "UB111", {"words": 7})],
    "message_of_a_classic_app": [("message.posted", "B888", {"words": 7})],
    "reaction_added": [("reaction.added", "W111", {"emoji": "heart_eyes", "message": "E111:C111:1599529504.000400"})],
    "reaction_added_shared": [("reaction.added", "W111", {"emoji": "heart_eyes"})],
    "member_joined_channel": [("channel.joined", "W111", {"inviter": "slack:E111/U222"})],
}


def captured(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((CAPTURED / f"{name}.json").read_text(encoding="utf-8"))
    return found


@asynccontextmanager
async def standing(folder: Path) -> AsyncIterator[Stage]:
    """The workspace in which the payloads were captured, as far as they tell of it."""
    town = Town("T111", enterprise="E111")
    town.people |= {id_: Human(town, id_, f"person {id_}") for id_ in ("U111", "U222", "W111", "W222")}
    town.people["UB111"] = Human(town, "UB111", "other app", is_bot=True)
    town.rooms["C111"] = Room(town, "C111", "random", "channel")
    async with staged(folder, KIND, town=town) as stage:
        yield stage


async def taken(stage: Stage, body: Mapping[str, Any]) -> str:
    """Have Bolt take it; what is answered at once."""
    answer = await stage.deliver(dict(body))
    assert answer.status == 200
    await stage.rest()
    return str(answer.body)


def told(event: Event, data: Mapping[str, Any]) -> tuple[str, str, dict[str, Any]]:
    return event.type, event.actor.id if event.actor else "", {name: event.data.get(name) for name in data}


@pytest.mark.parametrize("name", sorted(SEEN))
async def test_what_happened_is_counted_for_who_did_it(tmp_path: Path, name: str) -> None:
    async with standing(tmp_path) as stage:
        for _ in range(2):
            await taken(stage, captured(name))
        events = await journal(stage)
        assert [told(event, data) for event, (_, _, data) in zip(events, SEEN[name], strict=True)] == SEEN[name]
        assert {event.actor.realm for event in events if event.actor} == {"E111"}


@pytest.mark.parametrize("name", ["message_of_an_app", "message_of_a_classic_app"])
async def test_apps_are_known_as_such(tmp_path: Path, name: str) -> None:
    async with standing(tmp_path) as stage:
        await taken(stage, captured(name))
        assert [event.actor.bot for event in await journal(stage) if event.actor] == [True]


async def test_an_edit_holds_and_a_deletion_takes(tmp_path: Path) -> None:
    async with standing(tmp_path) as stage:
        await taken(stage, captured("message_changed"))
        (changed,) = await counted(stage, "message.posted")
        assert (changed.thing, changed.revised) == ("E111:C111:1665102338.901939", datetime(2022, 10, 7, 0, 26, 2, 13600, tzinfo=UTC))
        await taken(stage, captured("message_deleted"))
        assert {event.thing for event in await journal(stage) if not event.on} == {"E111:C111:1665368619.804829"}


async def test_who_leaves_a_channel_is_in_it_no_more(tmp_path: Path) -> None:
    async with standing(tmp_path) as stage:
        await taken(stage, captured("member_joined_channel"))
        await taken(stage, captured("member_left_channel"))
        assert [event.on for event in await journal(stage, "channel.joined")] == [True, False]


@pytest.mark.parametrize("name", ["app_uninstalled", "tokens_revoked", "view_closed"])
async def test_the_rest_is_taken(tmp_path: Path, name: str) -> None:
    async with standing(tmp_path) as stage:
        assert await taken(stage, captured(name)) == ""
        assert await journal(stage) == []


async def test_a_slash_command_is_answered(tmp_path: Path) -> None:
    async with standing(tmp_path) as stage:
        asked = captured("slash_command") | {"command": "/badges", "text": "show kind", "response_url": stage.town.response_url()}
        assert await taken(stage, asked) == ""
        assert "Kind Soul" in stage.town.responses[0]["text"]


async def test_a_mention_that_speaks_to_the_app_is_answered(tmp_path: Path) -> None:
    async with standing(tmp_path) as stage:
        asked = captured("app_mention")
        asked["event"]["text"] = f"<@{stage.town.bot_user}> show kind"
        await taken(stage, asked)
        assert "Kind Soul" in stage.town.rooms["C111"].texts[-1]


async def test_a_button_is_pressed(tmp_path: Path) -> None:
    async with standing(tmp_path) as stage:
        pressed = captured("block_actions") | {"response_url": stage.town.response_url()}
        pressed["actions"][0] |= {"action_id": "do:0", "value": '["badges","show","kind"]'}
        assert await taken(stage, pressed) == ""
        assert "Kind Soul" in stage.town.responses[0]["text"]


async def test_what_is_typed_into_a_select_is_completed(tmp_path: Path) -> None:
    async with standing(tmp_path) as stage:
        typed = captured("block_suggestion") | {"action_id": "badge", "block_id": "badge", "value": "ki"}
        assert [option["value"] for option in json.loads(await taken(stage, typed))["options"]] == ["kind"]


async def test_a_shortcut_opens_the_form_and_it_can_be_handed_in(tmp_path: Path) -> None:
    async with standing(tmp_path) as stage:
        assert await taken(stage, captured("shortcut") | {"callback_id": ANYWHERE}) == ""
        chosen = captured("message_action") | {"callback_id": MESSAGE}
        chosen["message"]["user"] = "U111"
        assert await taken(stage, chosen) == ""
        assert len(stage.town.views) == 2
        filled = {"badge": {"type": "external_select", "selected_option": {"value": "kind"}}}
        for block in stage.town.views[-1]["blocks"]:
            if block["type"] == "input":
                filled.setdefault(block["block_id"], {"type": block["element"]["type"], "value": None})
        handed = captured("view_submission")
        handed["view"] |= stage.town.views[-1] | {"state": {"values": {name: {name: value} for name, value in filled.items()}}}
        await taken(stage, handed)
        (nomination,) = await stage.app.acts(stage.community).nominations.listed()
        assert nomination.badge == "kind"
