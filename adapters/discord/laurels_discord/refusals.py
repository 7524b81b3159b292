"""What Discord's refusals mean for an announcement, in plain words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import discord

from laurels import Later, Unreachable

TOO_MANY: Final = 60.0  # seconds, where Discord does not say how long

# https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
_WORDS: Final = {
    10003: "the channel is gone",
    10008: "the message was deleted",
    10013: "there is no such person",
    50001: "the bot may not see the channel",
    50007: "they take no direct messages from the bot",
    50013: "the bot may not write there",
    50083: "the thread is archived and locked",
    50278: "they share no server with the bot",
    160005: "the thread is locked",
}
_OPENED_TOO_MANY: Final = 40003  # direct messages


@contextmanager
def understood() -> Iterator[None]:
    """Raise Later where Discord asks to wait, Unreachable where trying again won't help."""
    try:
        yield
    except discord.RateLimited as exc:
        raise Later(exc.retry_after) from exc
    except discord.HTTPException as exc:
        if exc.status == 429 or exc.code == _OPENED_TOO_MANY:
            raise Later(_seconds(exc)) from exc
        if exc.code in _WORDS:
            raise Unreachable(_WORDS[exc.code]) from exc
        if exc.status in (403, 404):
            raise Unreachable(exc.text or f"Discord answers {exc.status}") from exc
        raise


def _seconds(exc: discord.HTTPException) -> float:
    try:
        return float(exc.response.headers.get("Retry-After", TOO_MANY))
    except ValueError:
        return TOO_MANY
