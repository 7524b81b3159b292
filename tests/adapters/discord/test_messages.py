"""What people write: posted, edited, deleted, thanks; and what of it is not read."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import discord
import pytest
from simcord.enums import MessageType

from discord_events import Scene, counted, journal, last_message, react, tell
from discord_stage import staged
from laurels import Badge, Count, Level
from laurels.app.host import AppHost
from laurels_discord import Settings

TALKER = Badge(slug="talker", name="Talker", measure=Count("message.posted"), levels=(Level("", at=1),))
DAY = 86_400


def facts(event: Any) -> dict[str, Any]:
    return {name: value for name, value in event.data.items() if name != "local_date"}


async def test_a_message_tells_its_facts_and_who_is_meant(tmp_path: Path) -> None:
    async with staged(tmp_path, message_content=True) as stage:
        scene = Scene(stage)
        asked = await scene.ben.send(scene.channel, "where is the door?")
        await scene.ana.send(scene.channel, f"there, {scene.cem.mention}", reply_to=asked, attachments=[("map.png", b"x")])
        first, second = await counted(stage)
        assert (first.type, first.actor.name, first.id, first.realm) == ("message.posted", "ben", str(asked.id), str(scene.guild.id))
        assert facts(first) == {"length": 18, "words": 4, "files": 0, "newcomer": True}
        said = f"there, {scene.cem.mention}"
        assert facts(second) == {
            "answered": f"discord:{scene.ben.id}", "mentions": [f"discord:{scene.cem.id}"],
            "length": len(said), "words": 2, "files": 1, "newcomer": True,
        }  # fmt: skip
        assert {person.name for person in second.others} == {"ben", "cem"}
        assert second.place.name == "#general" and not second.place.private
        assert second.place.url == f"https://discord.com/channels/{scene.guild.id}/{scene.channel.id}/{second.id}"


async def test_the_text_is_kept_only_where_the_community_keeps_texts(tmp_path: Path) -> None:
    keeping = "[communities.main]\nkeep_text = true\n"
    async with staged(tmp_path, message_content=True, configuration=keeping) as stage:
        scene = Scene(stage)
        await scene.ana.send(scene.channel, "hello")
        assert [event.data["text"] for event in await counted(stage)] == ["hello"]


async def test_without_the_content_intent_a_message_counts_and_claims_no_length(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        asked = await scene.ben.send(scene.channel, "where is the door?")
        await scene.ana.send(scene.channel, f"thanks {scene.cem.mention}", reply_to=asked)
        await scene.cem.send(scene.channel, f"hello <@{stage.env.bot.user.id}>")
        hidden, answer, seen = await counted(stage)
        assert facts(hidden) == {"newcomer": True}
        assert facts(answer) == {"answered": f"discord:{scene.ben.id}", "mentions": [f"discord:{scene.cem.id}"], "newcomer": True}
        assert facts(seen)["words"] == 2


async def test_somebody_is_a_newcomer_for_a_week(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        await stage.env.advance_time(6.9 * DAY)
        await scene.ana.send(scene.channel, "still new")
        await stage.env.advance_time(0.2 * DAY)
        await scene.ana.send(scene.channel, "no more")
        assert [event.data.get("newcomer") for event in await counted(stage)] == [True, None]


async def test_an_edit_changes_the_facts_and_not_the_time(tmp_path: Path) -> None:
    async with staged(tmp_path, message_content=True) as stage:
        scene = Scene(stage)
        message = await scene.ana.send(scene.channel, "one")
        await stage.env.advance_time(60)
        await scene.ana.edit(message, "one two")
        (event,) = await counted(stage)
        assert event.data["words"] == 2
        assert (event.time, event.revised - event.time) == (message.created_at, timedelta(seconds=60))
        assert len(await journal(stage)) == 2


async def test_what_discord_adds_to_a_message_is_no_edit(tmp_path: Path) -> None:
    async with staged(tmp_path, message_content=True) as stage:
        scene = Scene(stage)
        message = await scene.ana.send(scene.channel, "see https://example.org")
        tell(stage, "MESSAGE_UPDATE", **last_message(stage))  # with a preview
        assert len(await journal(stage, "message.posted")) == 1
        await scene.ana.edit(message, "see https://example.com")
        edited = {**last_message(stage), "edited_timestamp": stage.now.isoformat()}
        tell(stage, "MESSAGE_UPDATE", **edited)  # with a preview, too
        assert len(await journal(stage, "message.posted")) == 2
        assert stage.env.errors == []


async def test_a_deleted_message_never_was(tmp_path: Path) -> None:
    async with staged(tmp_path, TALKER) as stage:
        scene = Scene(stage)
        message = await scene.ana.send(scene.channel, "hello")
        await stage.rest()
        assert await stage.held(scene.ana) == ["talker@1"]
        await scene.ana.delete(message)
        assert await counted(stage) == []
        assert await stage.held(scene.ana) == []


async def test_what_moderators_delete_in_bulk_takes_nothing(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        messages = [await scene.ana.send(scene.channel, "hello") for _ in range(2)]
        stage.env.backend.bulk_delete_messages(scene.channel.id, [message.id for message in messages])
        assert len(await counted(stage)) == 2


async def test_a_message_told_twice_counts_once(tmp_path: Path) -> None:
    async with staged(tmp_path, message_content=True) as stage:
        scene = Scene(stage)
        await scene.ana.send(scene.channel, f"thanks {scene.ben.mention}")
        tell(stage, "MESSAGE_CREATE", **last_message(stage))
        assert [event.type for event in await journal(stage)] == ["message.posted", "thanks.given"]


THANKS = [
    ("thanks {ben}", ["ben"]),
    ("Thank you so much, {ben} and {cem}!", ["ben", "cem"]),
    ("thx {ben}, thx {ben}", ["ben"]),
    ("no thanks {ben}", []),
    ("thanks {ana}", []),
    ("`thanks {ben}`", []),
    ("```\nthanks {ben}\n```", []),
    ("> thanks {ben}\nindeed", []),
    (">>> all of this\nthanks {ben}", []),
    ("thanks everyone, {ben} too", []),
]


@pytest.mark.parametrize(("said", "thanked"), THANKS, ids=[said for said, _ in THANKS])
async def test_who_is_thanked_in_words(tmp_path: Path, said: str, thanked: list[str]) -> None:
    async with staged(tmp_path, message_content=True) as stage:
        scene = Scene(stage)
        people = {"ana": scene.ana, "ben": scene.ben, "cem": scene.cem}
        await scene.ana.send(scene.channel, said.format(**{name: person.mention for name, person in people.items()}))
        found = [event.data["receiver"] for event in await counted(stage, "thanks.given")]
        assert found == [f"discord:{people[name].id}" for name in thanked]


async def test_thanks_follow_the_edits_and_the_end_of_their_message(tmp_path: Path) -> None:
    async with staged(tmp_path, message_content=True) as stage:
        scene = Scene(stage)

        async def thanked() -> list[str]:
            return [event.others[0].name for event in await counted(stage, "thanks.given")]

        message = await scene.ana.send(scene.channel, f"thanks {scene.ben.mention} and {scene.cem.mention}")
        await stage.env.advance_time(1)
        await scene.ana.edit(message, f"thanks {scene.cem.mention}")
        assert await thanked() == ["cem"]
        await stage.restart()
        await stage.env.advance_time(1)
        await scene.ana.delete(message)
        assert await thanked() == []


async def test_a_message_without_thanks_leaves_no_trace_of_any_when_it_goes(tmp_path: Path) -> None:
    async with staged(tmp_path, message_content=True) as stage:
        scene = Scene(stage)
        await scene.ana.delete(await scene.ana.send(scene.channel, "hello"))
        assert await journal(stage, "thanks.given") == []


async def test_webhooks_and_what_discord_writes_are_nobody(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        await scene.guild.create_webhook(scene.channel, "ci").send("built")
        scene.guild.create_system_message(scene.channel, MessageType.GUILD_INVITE_REMINDER, author=scene.ana)
        await stage.env.bot.get_channel(scene.channel.id).send("I am the bot itself")
        assert await journal(stage) == []


async def test_other_bots_are_known_as_bots(tmp_path: Path) -> None:
    async with staged(tmp_path, TALKER) as stage:
        scene = Scene(stage)
        robot = scene.guild.add_member(stage.env.create_user("robot", bot=True))
        await robot.send(scene.channel, "beep")
        (event,) = await counted(stage)
        assert event.actor.bot
        assert await stage.held(robot) == []


async def test_direct_messages_are_not_read(tmp_path: Path) -> None:
    async with staged(tmp_path, message_content=True) as stage:
        scene = Scene(stage)
        await scene.ana.send_dm("between us")
        assert await journal(stage) == []


async def test_a_server_of_no_community_is_not_read_and_is_named_in_status(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with staged(tmp_path, message_content=True) as stage:
        known = Scene(stage)
        mine = str(known.guild.id)
        monkeypatch.setattr(AppHost, "community", lambda host, platform, realm: stage.community if realm == mine else None)
        strange = Scene(stage)
        message = await strange.ana.send(strange.channel, "hello")
        react(stage, strange.ben, message, "👍")
        await strange.ana.edit(message, "hello again")
        await strange.ana.delete(message)
        assert await journal(stage) == []
        assert await stage.app.store.strangers() == [("discord", str(strange.guild.id), 1)]  # for its being there, and nothing else


def private(scene: Scene) -> Any:
    return scene.guild.create_text_channel(
        "staff",
        overwrites={
            scene.guild.default_role: discord.PermissionOverwrite(view_channel=False),
            scene.ana: discord.PermissionOverwrite(view_channel=True),
        },
    )


async def test_private_channels_are_not_read(tmp_path: Path) -> None:
    async with staged(tmp_path, message_content=True) as stage:
        scene = Scene(stage)
        staff = private(scene)
        message = await scene.ana.send(staff, "secret")
        await scene.ana.edit(message, "more secret")
        await scene.ana.delete(message)
        assert await journal(stage) == []


async def test_private_channels_are_read_where_the_settings_name_them(tmp_path: Path) -> None:
    async with staged(tmp_path, private_channels=True) as stage:
        scene = Scene(stage)
        await scene.ana.send(private(scene), "secret")
        (event,) = await counted(stage)
        assert event.place.private


async def test_a_channel_that_becomes_private_is_no_longer_read(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        await scene.ana.send(scene.channel, "for all")
        await stage.rest()
        everyone = stage.env.bot.get_guild(scene.guild.id).default_role
        await stage.env.bot.get_channel(scene.channel.id).set_permissions(everyone, view_channel=False)
        await stage.rest()
        await scene.guild.add_member(scene.guild.owner).send(scene.channel, "for some")
        assert len(await counted(stage)) == 1


@pytest.mark.parametrize("written", ["soon", "24", "h", "-1h", "1000000h"])
def test_a_duration_that_is_none_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="catch_up"):
        Settings(token="t", catch_up=written)


async def test_a_message_that_was_edited_by_a_clock_ahead_of_ours_can_be_deleted(tmp_path: Path) -> None:
    async with staged(tmp_path, message_content=True) as stage:
        scene = Scene(stage)
        message = await scene.ana.send(scene.channel, "hello")
        await scene.ana.edit(message, "hello all")
        edited = (stage.now + timedelta(seconds=30)).isoformat()
        tell(stage, "MESSAGE_UPDATE", **{**last_message(stage), "edited_timestamp": edited})
        await scene.ana.delete(message)
        assert await counted(stage) == []
