"""Whatever happens in whatever order: in the end people were told just what stands, each award in one message."""

import asyncio
import random
from typing import Any

import pytest

from laurels import Later, Place

PEOPLE = ("Ana", "Bob", "Cem")
BADGES = ("helper", "reviewer", "solver")
PLACES = (Place("chat", "hall"), Place("chat", "kitchen"), Place("forge", "acme/rocket", thread="7"))


@pytest.mark.parametrize("seed", range(20))
async def test_in_the_end_what_is_shown_is_what_stands(scene: Any, seed: int) -> None:
    rng = random.Random(seed)
    announcers = [scene.announcer(), scene.announcer()]
    for _ in range(60):
        await _something_happens(scene, rng, announcers)
    for platform in (scene.chat, scene.forge):
        platform.script.clear()
    for _ in range(3):
        scene.passes(seconds=301)
        await announcers[0].rest()
    _assert_told(scene)
    assert all((shown == "won") == bool(wanted) and not fate for wanted, shown, fate in await scene.rows())


async def _something_happens(scene: Any, rng: random.Random, announcers: list[Any]) -> None:
    who, slug, place = rng.choice(PEOPLE), rng.choice(BADGES), rng.choice(PLACES)
    known = scene.awards.get((who, slug, 1, ""))
    act = rng.choice(("award", "award", "award meanwhile", "announce", "announce", "trouble", "time"))
    if act == "award" and known is None:
        await scene.wins(who, slug, place=place)
    elif act == "award":
        await (scene.loses if known.state == "active" else scene.regains)(who, slug)
    elif act == "award meanwhile" and known is not None:
        change = scene.loses if known.state == "active" else scene.regains
        await asyncio.gather(*(scene.dies(announcer) for announcer in announcers), change(who, slug))
    elif act == "trouble":
        platform = rng.choice((scene.chat, scene.forge))
        platform.script.append(rng.choice((Later(rng.uniform(0, 40)), OSError("down"), "lose", "die", "post and die")))
    elif act == "time":
        scene.passes(seconds=rng.uniform(0, 30))
    else:
        await scene.dies(rng.choice(announcers))


def _assert_told(scene: Any) -> None:
    standing = {(who, slug) for (who, slug, _, _), change in scene.awards.items() if change.state == "active"}
    messages = [versions for platform in (scene.chat, scene.forge) for versions in platform.messages.values()]
    claimed = [(last.person, won.badge) for *_, last in messages if not last.withdrawn for won in last.won]
    assert sorted(claimed) == sorted(standing)
    ever = [one for versions in messages for one in {(said.person, won.badge) for said in versions for won in said.won}]
    assert sorted(set(ever)) == sorted(ever), "an award was told in two messages"
