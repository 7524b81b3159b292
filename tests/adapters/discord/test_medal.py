"""🏅: who may award nominates by a reaction."""

from pathlib import Path
from typing import Any

import pytest

from discord_town import Town, living, read

OPTIONS: dict[str, Any] = {"nominate": {"🏅": "kind", "🥈": "ranked@2", "⭐": "ranked"}}


async def reacted(town: Town, who: Any, emoji: str = "🏅", message: Any = None) -> Any:
    """The message of bob's that got a reaction, as it is now."""
    message = message or await town.bob.send(town.hall, "I carried the chairs")
    await who.react(message, emoji)
    await town.stage.rest()
    return next(each for each in town.hall.history() if each.id == message.id)


async def waiting(town: Town) -> list[Any]:
    """The open nominations."""
    return list(await town.stage.app.acts(town.stage.community).nominations.listed())


def ticks(message: Any) -> list[str]:
    return [str(reaction.emoji) for reaction in message.reactions if str(reaction.emoji) == "✅"]


def letters(who: Any) -> list[str]:
    """What the bot wrote to somebody in private."""
    return [read(message) for message in who.user.dm_channel.history()]


async def test_who_may_award_nominates_and_nobody_else_is_bothered(tmp_path: Path) -> None:
    async with living(tmp_path, **OPTIONS) as town:
        before = len(town.hall.history())
        message = await reacted(town, town.eve)
        (nomination,) = await waiting(town)
        assert (nomination.badge, list(nomination.evidence)) == ("kind", [message.jump_url])
        assert ticks(message) == ["✅"] and len(town.hall.history()) == before + 1 and letters(town.eve) == []


async def test_the_level_can_be_part_of_it(tmp_path: Path) -> None:
    async with living(tmp_path, **OPTIONS) as town:
        await reacted(town, town.eve, "🥈")
        assert [(one.badge, one.level) for one in await waiting(town)] == [("ranked", 2)]


async def test_who_may_not_award_only_reacts(tmp_path: Path) -> None:
    async with living(tmp_path, **OPTIONS) as town:
        message = await reacted(town, town.ana)
        assert await waiting(town) == [] and ticks(message) == [] and letters(town.ana) == []


@pytest.mark.parametrize("emoji", ["👍", "🎖️"])
async def test_another_emoji_nominates_nobody(tmp_path: Path, emoji: str) -> None:
    async with living(tmp_path, **OPTIONS) as town:
        await reacted(town, town.eve, emoji)
        assert await waiting(town) == []


async def test_to_react_again_changes_nothing_also_after_a_restart(tmp_path: Path) -> None:
    async with living(tmp_path, **OPTIONS) as town:
        message = await reacted(town, town.eve)
        (one,) = await waiting(town)
        await town.eve.unreact(message, "🏅")
        await reacted(town, town.eve, message=message)
        await town.stage.restart()
        await town.eve.unreact(message, "🏅")
        await reacted(town, town.eve, message=message)
        assert await waiting(town) == [one] and letters(town.eve) == []
        voices = await town.stage.app.acts(town.stage.community).nominations.voices(one.id)
        assert [voice.kind for voice in voices if voice.kind == "second"] == []


async def test_another_who_may_seconds(tmp_path: Path) -> None:
    async with living(tmp_path, **OPTIONS) as town:
        message = await reacted(town, town.eve)
        other = town.guild.add_member(town.env.create_user("fay"), roles=[town.guild.roles["Council"]])
        await reacted(town, other, message=message)
        (one,) = await waiting(town)
        voices = await town.stage.app.acts(town.stage.community).nominations.voices(one.id)
        assert "second" in [voice.kind for voice in voices]


async def test_why_it_was_refused_is_told_in_private(tmp_path: Path) -> None:
    async with living(tmp_path, **OPTIONS) as town:
        message = await reacted(town, town.eve, "⭐")
        (letter,) = letters(town.eve)
        assert "Ranked has several levels" in letter and message.jump_url in letter and ticks(message) == []


async def test_one_does_not_nominate_oneself(tmp_path: Path) -> None:
    async with living(tmp_path, **OPTIONS) as town:
        mine = await town.eve.send(town.hall, "look at me")
        await reacted(town, town.eve, message=mine)
        assert await waiting(town) == [] and "Nobody nominates themselves for it." in letters(town.eve)[0]
