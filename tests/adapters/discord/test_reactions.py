"""Reactions, given and taken back, told once or twice."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import discord
from hypothesis import given, settings
from hypothesis import strategies as st

from discord_events import Scene, counted, journal, react
from discord_stage import staged
from laurels import Badge, Count, Level
from laurels_discord import commands
from laurels_discord.translate.reactions import is_among

LIKED = Badge(slug="liked", name="Liked", measure=Count("reaction.added", to="event.data.author"), levels=(Level("", at=1),))


async def test_a_reaction_names_who_gave_it_and_whose_message_it_is(tmp_path: Path) -> None:
    async with staged(tmp_path, LIKED) as stage:
        scene = Scene(stage)
        message = await scene.ana.send(scene.channel, "look")
        react(stage, scene.ben, message, "👍")
        (event,) = await counted(stage, "reaction.added")
        assert (event.actor.name, event.data["emoji"], event.data["message"]) == ("ben", "👍", str(message.id))
        assert event.data["author"] == f"discord:{scene.ana.id}"
        assert event.place.url == message.jump_url
        assert await stage.held(scene.ana) == ["liked@1"]
        react(stage, scene.ben, message, "👍", on=False)
        assert await counted(stage, "reaction.added") == []
        assert await stage.held(scene.ana) == []


async def test_a_reaction_can_be_given_again(tmp_path: Path) -> None:
    async with staged(tmp_path, LIKED) as stage:
        scene = Scene(stage)
        message = await scene.ana.send(scene.channel, "look")
        for on in (True, False, True):
            react(stage, scene.ben, message, "👍", on=on)
        assert len(await counted(stage, "reaction.added")) == 1
        assert await stage.held(scene.ana) == ["liked@1"]


async def test_the_same_reaction_told_again_changes_nothing_not_even_its_time(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        message = await scene.ana.send(scene.channel, "look")
        react(stage, scene.ben, message, "👍")
        (before,) = await counted(stage, "reaction.added")
        await stage.env.advance_time(30)
        react(stage, scene.ben, message, "👍")
        assert await journal(stage, "reaction.added") == [before]


CHANGES = st.lists(
    st.tuples(st.sampled_from(["ana", "ben"]), st.sampled_from(["👍", "🎉"]), st.booleans(), st.integers(1, 2), st.booleans()),
    max_size=12,
)


@given(CHANGES)
@settings(max_examples=8, deadline=None)
def test_after_whatever_was_given_taken_told_twice_or_restarted_the_last_word_counts(changes) -> None:
    async def lived() -> None:
        with TemporaryDirectory() as folder:
            async with staged(Path(folder)) as stage:
                scene = Scene(stage)
                message = await scene.cem.send(scene.channel, "look")
                last: dict[tuple[str, str], bool] = {}
                for name, emoji, on, times, restarted in changes:
                    person = getattr(scene, name)
                    for _ in range(times):
                        react(stage, person, message, emoji, on=on)
                    last[str(person.id), emoji] = on
                    if restarted:
                        await stage.env.advance_time(1)
                        await stage.restart()
                found = {(event.actor.id, event.data["emoji"]) for event in await counted(stage, "reaction.added")}
                assert found == {key for key, on in last.items() if on}

    asyncio.run(lived())


async def test_what_moderators_clear_takes_nothing(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        message = await scene.ana.send(scene.channel, "look")
        for emoji in ("👍", "🎉"):
            react(stage, scene.ben, message, emoji)
        stage.env.backend.clear_reaction(scene.channel.id, message.id, "👍")
        stage.env.backend.clear_reactions(scene.channel.id, message.id)
        assert len(await counted(stage, "reaction.added")) == 2


async def test_an_emoji_of_the_settings_thanks_the_author_while_it_is_there(tmp_path: Path) -> None:
    async with staged(tmp_path, thanks=("❤", "🙏")) as stage:
        scene = Scene(stage)
        message = await scene.ana.send(scene.channel, "here is how")
        react(stage, scene.ben, message, "❤️")  # with the mark that asks for colour
        react(stage, scene.ben, message, "👍")
        react(stage, scene.ana, message, "🙏")  # her own
        (thanks,) = await counted(stage, "thanks.given")
        assert (thanks.actor.name, thanks.data["receiver"]) == ("ben", f"discord:{scene.ana.id}")
        react(stage, scene.ben, message, "❤️", on=False)
        assert await counted(stage, "thanks.given") == []


def test_custom_emojis_are_known_by_their_name() -> None:
    heart = discord.PartialEmoji(name="blobheart", id=42)
    assert all(is_among(heart, (written,)) for written in ("blobheart", ":blobheart:", "<:blobheart:42>"))
    assert not is_among(heart, ("heart", "42"))


async def test_reactions_in_private_channels_are_not_read(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        staff = scene.guild.create_text_channel(
            "staff", overwrites={scene.guild.default_role: discord.PermissionOverwrite(view_channel=False)}
        )
        message = await scene.guild.add_member(scene.guild.owner).send(staff, "look")
        react(stage, scene.ben, message, "👍")
        assert await journal(stage) == []


async def test_an_emoji_that_nominates_is_handed_on_once_and_only_where_the_bot_reads(tmp_path: Path, monkeypatch: Any) -> None:
    handed = []

    async def medal(client: Any, host: Any, wanted: Any, payload: Any) -> None:
        handed.append((payload.message_id, payload.user_id))

    monkeypatch.setattr(commands, "medal", medal)
    async with staged(tmp_path, nominate={"🏅": "kindness"}) as stage:
        scene = Scene(stage)
        message = await scene.ana.send(scene.channel, "look")
        for emoji in ("🏅", "🏅", "👍"):
            react(stage, scene.ben, message, emoji)
        hidden = {scene.guild.default_role: discord.PermissionOverwrite(view_channel=False)}
        staff = scene.guild.create_text_channel("staff", overwrites=hidden)
        react(stage, scene.ben, await scene.guild.add_member(scene.guild.owner).send(staff, "look"), "🏅")
        await stage.rest()
        assert handed == [(message.id, scene.ben.id)]
