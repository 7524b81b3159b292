"""Channels that are created, renamed, made private."""

from pathlib import Path

import pytest

from journal import counted, facts
from slack_events import create, react
from slack_stage import staged
from slack_town import Refusal


async def test_who_creates_a_channel_is_known(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        ana, plans = stage.town.human("ana"), stage.town.room("plans")
        told = await create(ana, plans)
        await stage.town.tell(told["event"])
        (event,) = await counted(stage)
        assert (event.type, event.actor.name, facts(event), event.place.name) == ("channel.created", "ana", {"name": "plans"}, "#plans")
        assert event.place.url == f"https://town.slack.com/archives/{plans.id}"


async def test_a_channel_that_is_renamed_is_called_so_from_then_on(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        ana, plans = stage.town.human("ana"), stage.town.room("plans")
        await ana.says(plans, "one")
        about = {"id": plans.id, "name": "ideas", "created": 1767225600}
        await stage.town.tell({"type": "channel_rename", "channel": about, "event_ts": stage.town.next_ts()})
        await ana.says(plans, "two")
        assert [event.place.name for event in await counted(stage)] == ["#plans", "#ideas"]
        assert len(stage.town.asked("conversations.info")) == 1


async def test_reactions_in_a_channel_that_was_made_private_are_not_read(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        ana, ben, plans = stage.town.human("ana"), stage.town.human("ben"), stage.town.room("plans")
        message = await ana.says(plans, "one")
        await react(ben, plans, message, "tada")
        plans.kind = "group"
        await ana.says(plans, "two")
        await react(ana, plans, message, "tada")
        assert [event.type for event in await counted(stage)] == ["message.posted", "reaction.added"]


@pytest.mark.parametrize("subtype", ["", "channel_convert_to_private"])
async def test_nor_are_they_while_slack_does_not_answer(tmp_path: Path, subtype: str) -> None:
    async with staged(tmp_path) as stage:
        ana, plans = stage.town.human("ana"), stage.town.room("plans")
        message = await ana.says(plans, "one")
        stage.town.refuse("conversations.info", always=Refusal("internal_error"))
        plans.kind = "group"
        await ana.says(plans, "two", **({"subtype": subtype} if subtype else {}))
        await react(ana, plans, message, "tada")
        assert [event.type for event in await counted(stage)] == ["message.posted"]
