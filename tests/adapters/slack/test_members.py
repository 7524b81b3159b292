"""People who come into the workspace and its channels, and leave."""

from pathlib import Path

from journal import counted, facts, journal
from slack_events import arrive, change_profile, enter
from slack_stage import staged


async def test_who_is_new_in_the_workspace_has_joined_until_they_leave(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        ana = stage.town.human("ana")
        told = await arrive(ana)
        await stage.town.tell(told["event"])
        (event,) = await journal(stage)
        assert (event.type, event.actor.key, event.actor.name, event.place) == ("member.joined", f"slack:T0TOWN/{ana.id}", "ana", None)
        assert f"{event.time.timestamp():.6f}" == told["event"]["event_ts"]
        await change_profile(ana, real_name="Ana Maria")
        assert len(await journal(stage)) == 1
        await change_profile(ana, deleted=True)
        assert await counted(stage) == []


async def test_a_new_app_is_a_bot(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        await arrive(stage.town.human("robot", is_bot=True))
        assert [event.actor.bot for event in await journal(stage)] == [True]


async def test_who_comes_into_a_channel_is_in_it_until_they_leave(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        ana, ben, general = stage.town.human("ana"), stage.town.human("ben"), stage.town.room("general")
        await enter(ana, general, ben)
        await enter(ben, general)
        first, second = await counted(stage, "channel.joined")
        assert (first.actor.name, first.place.name, facts(first)) == ("ana", "#general", {"inviter": f"slack:T0TOWN/{ben.id}"})
        assert (second.actor.name, facts(second)) == ("ben", {})
        await enter(ana, general, on=False)
        assert [event.actor.name for event in await counted(stage)] == ["ben"]
        await enter(ana, general)
        assert {event.actor.name for event in await counted(stage)} == {"ana", "ben"}


async def test_private_channels_and_the_app_itself_are_left_out(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        ana, general = stage.town.human("ana"), stage.town.room("general")
        await enter(ana, stage.town.room("staff", "group"))
        own = stage.town.human("laurels")
        own.id = stage.town.bot_user
        await enter(own, general)
        assert await journal(stage) == []


async def test_who_is_brought_into_a_talk_of_several_is_not_heard_of(tmp_path: Path) -> None:
    async with staged(tmp_path, private_channels=True) as stage:
        ana, alone = stage.town.human("ana"), stage.town.room("mpdm-ana--ben-1", "mpim")
        alone.facts = {"is_mpim": True}
        await enter(ana, alone)
        assert await journal(stage) == []
