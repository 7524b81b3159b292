"""What Discord answers, and what becomes of the announcement."""

from types import SimpleNamespace
from typing import Any

import discord
import pytest

from laurels import Account, Announcement, Holder, Later, Place, Unreachable, Won
from laurels_discord import DiscordAdapter, Settings
from laurels_discord.refusals import understood

NEWS = Announcement("laurels-1-1", "acme", Place("discord", "1", realm="2"), "ana", "ana earned it", (Won(1, "a", "A"),))


def answer(status: int, code: int = 0, text: str = "", **headers: str) -> discord.HTTPException:
    kind = {403: discord.Forbidden, 404: discord.NotFound}.get(status, discord.HTTPException)
    response: Any = SimpleNamespace(status=status, reason="", headers=headers)
    return kind(response, {"code": code, "message": text})


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (answer(403, 50013), "the bot may not write there"),
        (answer(403, 50001), "the bot may not see the channel"),
        (answer(403, 50007), "they take no direct messages from the bot"),
        (answer(404, 10003), "the channel is gone"),
        (answer(404, 10008), "the message was deleted"),
        (answer(400, 50083), "the thread is archived and locked"),
        (answer(403, 1, "Something new"), "Something new"),
        (answer(404, 1), "Discord answers 404"),
    ],
)
def test_what_is_refused_for_good_is_said_in_plain_words(error: discord.HTTPException, words: str) -> None:
    with pytest.raises(Unreachable, match=words), understood():
        raise error


@pytest.mark.parametrize(
    ("error", "seconds"),
    [
        (answer(429, **{"Retry-After": "7.5"}), 7.5), (answer(429, **{"Retry-After": "soon"}), 60), (answer(429), 60),
        (answer(400, 40003), 60), (discord.RateLimited(90), 90),
    ],
)  # fmt: skip
def test_what_has_to_wait_says_how_long(error: discord.DiscordException, seconds: float) -> None:
    with pytest.raises(Later) as later, understood():
        raise error
    assert later.value.seconds == seconds


def test_what_may_be_otherwise_next_time_is_tried_again() -> None:
    with pytest.raises(discord.HTTPException), understood():
        raise answer(500)


async def test_a_bot_that_is_not_connected_yet_asks_for_time() -> None:
    adapter = DiscordAdapter(Settings(token="x"))
    with pytest.raises(Later):
        await adapter.announce(NEWS, None)
    with pytest.raises(Later):
        await adapter.reward(Holder("acme", Account("discord", "1")))


def test_nothing_is_rewarded_without_roles() -> None:
    assert not DiscordAdapter(Settings(token="x")).rewarded
    assert DiscordAdapter(Settings(token="x", roles={"a": 1})).rewarded != DiscordAdapter(Settings(token="x", roles={"a": 2})).rewarded
