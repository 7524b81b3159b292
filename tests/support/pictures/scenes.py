"""What is on the pictures, each played anew by laurels' own adapter."""

import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, NamedTuple

import laurels_badges
from discord_stage import staged
from laurels import Actor, Badge
from laurels.policy import SYSTEM
from laurels.testing.pack import gather

from .town import Town

KIND = Badge(slug="kind-soul", name="Kind Soul", description="For those who make this a good place.", emoji="💛", nominations=True)


class Scene(NamedTuple):
    """A picture's messages as data, and the files that they show."""

    messages: list[dict[str, Any]]
    files: dict[str, bytes]


async def award(town: Town) -> list[dict[str, Any]]:
    """One badge, given with a word."""
    said = await town.ana.send(town.hall, "Here is how I got the build down to a minute: the cache key was wrong.")
    await town.give("solver", town.ana, 2, "the whole team thanks you", said)
    await town.later()
    return town.shown([message for message in town.hall.history() if message.id >= said.id])


async def several(town: Town) -> list[dict[str, Any]]:
    """Several badges at once."""
    said = await town.bob.send(town.hall, "Welcome, everybody! Ask me anything.")
    await town.give("welcomer", town.bob, 1, said=said)
    await town.give("helper", town.bob, 3, said=said)
    await town.give("kind-soul", town.bob, said=said)
    await town.later()
    return town.shown([message for message in town.hall.history() if message.author.bot][-1:])


async def withdrawn(town: Town) -> list[dict[str, Any]]:
    """A badge that was taken back."""
    await town.talk()
    await town.give("helper", town.ana, 1)
    await town.later()
    await town.stage.app.acts(town.stage.community).awards.revoke(SYSTEM, "helper", town.account(town.ana), 1)
    await town.later()
    return town.shown([message for message in town.hall.history() if message.author.bot][-1:])


async def direct(town: Town) -> list[dict[str, Any]]:
    """What somebody is told who wants to be told alone."""
    await town.talk()
    await town.stage.app.acts(town.stage.community).privacy.set(Actor(town.account(town.ana)), "announce", "dm")
    await town.give("regular", town.ana, 3)
    await town.later()
    return town.shown(town.ana.user.dm_channel.history()[-1:])


async def show(town: Town) -> list[dict[str, Any]]:
    """A badge, as it is shown."""
    await town.talk()
    await town.give("helper", town.ana, 2)
    await town.later()
    return await _answer(town, "badges show", badge="helper")


async def profile(town: Town) -> list[dict[str, Any]]:
    """Somebody's badges."""
    await town.talk()
    for slug, level in (("helper", 2), ("regular", 3), ("solver", 1), ("kind-soul", None)):
        await town.give(slug, town.ana, level)
    await town.later()
    return await _answer(town, "badges profile")


async def leaderboard(town: Town) -> list[dict[str, Any]]:
    """Who has most."""
    await town.talk()
    for slug, whom, level in (("helper", town.ana, 2), ("regular", town.ana, 1), ("solver", town.bob, 1)):
        await town.give(slug, whom, level)
    await town.later()
    return await _answer(town, "badges leaderboard")


async def nomination(town: Town) -> list[dict[str, Any]]:
    """A nomination, with what to press."""
    await town.talk()
    return await _answer(town, "badges nominate", badge="kind-soul", person=town.bob, reason="always has a kind word")


async def _answer(town: Town, command: str, **options: Any) -> list[dict[str, Any]]:
    result = await town.ana.slash(town.hall, command, **options)
    await town.stage.rest()
    told = [result.response, *result.followups]
    return town.shown([one.message for one in told if one is not None], used=f"Ana /{command}")


#: By the name of the picture.
SCENES: dict[str, Callable[[Town], Awaitable[list[dict[str, Any]]]]] = {
    "award": award, "several": several, "withdrawn": withdrawn, "direct": direct, "show": show, "profile": profile,
    "leaderboard": leaderboard, "nomination": nomination,
}  # fmt: skip


async def played(name: str) -> Scene:
    """One scene in a town of its own."""
    with tempfile.TemporaryDirectory() as folder:
        async with staged(Path(folder), gather(laurels_badges) + gather(KIND)) as stage:
            town = Town(stage)
            return Scene(await SCENES[name](town), town.files)
