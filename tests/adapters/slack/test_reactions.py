"""Reactions, given and taken back, and the emojis that say thanks."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal import counted, facts, journal
from laurels import Badge, Count, Level
from slack_events import react
from slack_stage import Stage, staged
from slack_town import Refusal

LIKED = Badge(slug="liked", name="Liked", measure=Count("reaction.added", to="event.data.author"), levels=(Level("", at=1),))


class Scene:
    """Ana wrote; Ben and Cem read it."""

    def __init__(self, stage: Stage) -> None:
        self.general = stage.town.room("general")
        self.ana, self.ben, self.cem = (stage.town.human(name) for name in ("ana", "ben", "cem"))

    async def begin(self) -> dict[str, Any]:
        return await self.ana.says(self.general, "look")


async def test_a_reaction_names_who_gave_it_and_whose_message_it_is_and_when(tmp_path: Path) -> None:
    async with staged(tmp_path, LIKED) as stage:
        scene = Scene(stage)
        message = await scene.begin()
        told = await react(scene.ben, scene.general, message, "tada")
        (event,) = await counted(stage, "reaction.added")
        its = f"T0TOWN:{scene.general.id}:{message['ts']}"
        assert (event.actor.name, event.place.name) == ("ben", "#general")
        assert facts(event) == {"emoji": "tada", "message": its, "author": f"slack:T0TOWN/{scene.ana.id}"}
        assert f"{event.time.timestamp():.6f}" == told["event"]["event_ts"]
        assert event.place.url == f"https://town.slack.com/archives/{scene.general.id}/p{message['ts'].replace('.', '')}"
        assert await stage.held(scene.ana) == ["liked@1"]
        await react(scene.ben, scene.general, message, "tada", on=False)
        assert await counted(stage, "reaction.added") == []
        assert await stage.held(scene.ana) == []


async def test_told_under_other_event_ids_it_is_one(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        told = await react(scene.ben, scene.general, await scene.begin(), "tada")
        for _ in range(10):
            await stage.town.tell(told["event"])
        assert len(await journal(stage, "reaction.added")) == 1


CHANGES = st.lists(st.tuples(st.sampled_from(["ana", "ben"]), st.sampled_from(["+1", "tada"]), st.booleans()), max_size=10)


@given(CHANGES, st.randoms())
@settings(max_examples=10, deadline=None)
def test_in_whatever_order_it_comes_the_last_word_counts(changes: Any, chance: Any) -> None:
    async def lived() -> None:
        with TemporaryDirectory() as folder:
            async with staged(Path(folder)) as stage:
                scene, told, last = Scene(stage), [], {}
                message = await scene.begin()
                deliver = stage.town.deliver

                async def hold(envelope: dict[str, Any]) -> None:
                    told.append(envelope)

                stage.town.deliver = hold
                for name, emoji, on in changes:
                    human = getattr(scene, name)
                    await react(human, scene.general, message, emoji, on=on)
                    last[human.id, emoji] = on
                chance.shuffle(told)
                for envelope in told:
                    await deliver(envelope)
                found = {(event.actor.id, event.data["emoji"]) for event in await counted(stage, "reaction.added")}
                assert found == {key for key, on in last.items() if on}

    asyncio.run(lived())


async def test_the_colours_of_an_emoji_are_one_reaction(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        message = await scene.begin()
        for name in ("+1", "+1::skin-tone-2", "+1::skin-tone-6"):
            await react(scene.ben, scene.general, message, name)
        assert [event.data["emoji"] for event in await counted(stage, "reaction.added")] == ["+1"]
        await react(scene.ben, scene.general, message, "+1::skin-tone-2", on=False)
        assert await counted(stage, "reaction.added") == []


async def test_an_emoji_of_the_settings_thanks_the_author_while_it_is_there(tmp_path: Path) -> None:
    async with staged(tmp_path, thanks=("pray", "blobheart")) as stage:
        scene = Scene(stage)
        message = await scene.begin()
        for name in ("pray::skin-tone-3", "blobheart", "tada"):
            await react(scene.ben, scene.general, message, name)
        await react(scene.ana, scene.general, message, "pray")  # her own
        thanks = await counted(stage, "thanks.given")
        assert {(event.actor.name, event.data["receiver"]) for event in thanks} == {("ben", f"slack:T0TOWN/{scene.ana.id}")}
        assert len(thanks) == 2
        await react(scene.ben, scene.general, message, "pray::skin-tone-3", on=False)
        await react(scene.ben, scene.general, message, "blobheart", on=False)
        assert await counted(stage, "thanks.given") == []


async def test_a_message_that_is_nobodys_can_be_reacted_to(tmp_path: Path) -> None:
    async with staged(tmp_path, thanks=("pray",)) as stage:
        scene = Scene(stage)
        await react(scene.ben, scene.general, {"ts": "1767225600.000100"}, "pray")
        assert [(event.type, "author" in event.data) for event in await counted(stage)] == [("reaction.added", False)]


async def test_files_and_the_apps_own_reactions_are_left_out(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        message = await scene.begin()
        told = {"type": "reaction_added", "user": scene.ben.id, "reaction": "tada", "event_ts": stage.town.next_ts()}
        answer = await stage.deliver({"type": "event_callback", "team_id": stage.town.team, "event": told | {"item": {"type": "file"}}})
        assert answer.status == 200
        own = stage.town.people[stage.town.bot_user] = stage.town.human("laurels")
        own.id = stage.town.bot_user
        await react(own, scene.general, message, "tada")
        assert await journal(stage, "reaction.added") == []


@pytest.mark.parametrize(("allowed", "kinds"), [(False, ("group", "im", "mpim")), (True, ("im", "mpim"))])
async def test_reactions_in_private_are_not_read(tmp_path: Path, allowed: bool, kinds: tuple[str, ...]) -> None:
    async with staged(tmp_path, private_channels=allowed) as stage:
        scene = Scene(stage)
        for kind in kinds:
            room = stage.town.room("staff", kind)
            room.facts = {"is_mpim": kind == "mpim"}
            await react(scene.ben, room, {"ts": "1767225600.000100", "user": scene.ana.id}, "tada")
        assert await journal(stage) == []


async def test_where_slack_does_not_say_whether_the_channel_is_private_it_is_asked_to_tell_again(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        deliver, answers = stage.town.deliver, []

        async def note(envelope: dict[str, Any]) -> None:
            answers.append((await deliver(envelope)).status)

        stage.town.deliver = note
        stage.town.refuse("conversations.info", Refusal("internal_error", 500))
        told = await react(scene.ben, scene.general, {"ts": "1767225600.000100", "user": scene.ana.id}, "tada")
        await stage.town.tell(told["event"])
        assert answers == [500, 200]
        assert len(await counted(stage, "reaction.added")) == 1


@pytest.mark.parametrize("kind", ["im", "mpim"])
async def test_a_reaction_among_people_who_talk_alone_is_not_read_also_where_slack_does_not_say_what_that_is(
    tmp_path: Path, kind: str
) -> None:
    async with staged(tmp_path, private_channels=True) as stage:
        ana, alone = stage.town.human("ana"), stage.town.room("", kind)
        stage.town.refuse("conversations.info", always=Refusal("missing_scope", needed="im:read"))
        await react(ana, alone, alone.keep({"user": stage.town.bot_user, "text": "hello"}), "tada")
        assert await journal(stage) == []
