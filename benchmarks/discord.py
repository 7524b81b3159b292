"""What the Discord adapter adds to a message: ``python -m benchmarks.discord``.

MESSAGE_CREATE payloads go through discord.py's own parser (``ConnectionState.parse_message_create``), once with nobody listening and once
with the adapter behind it, whose events a host takes and drops: what keeping them costs is what ``python -m benchmarks`` measures. What the
adapter adds includes the task that discord.py makes for each message that somebody listens to.

The two run in turn, a few hundred messages at a time. What is printed is the processor's time in microseconds a message: the sum of the
best of each piece over all runs, and the median run. With ``--assert`` it ends with status 1 where the adapter takes longer than the
parser. Machines are noisy: compare only within one run of this command.
"""

import argparse
import asyncio
import statistics
import sys
from collections.abc import Sequence
from time import process_time
from typing import Any, Final

import discord

from laurels import Event
from laurels_discord import DiscordAdapter, Settings

from .gateway import BOT, guild, hidden, payload, user

MESSAGES: Final = 5_000
PIECE: Final = 250
AT_ONCE: Final = 10  # messages that one look at the gateway's socket brings


class Drain:
    """A host that takes every event and does nothing with it."""

    def __init__(self) -> None:
        self.taken = 0
        self.state, self.routes = self, None

    def community(self, platform: str, realm: str) -> str | None:
        """Every server belongs to one community."""
        return "bench"

    async def put(self, event: Event) -> None:
        """Count it."""
        self.taken += 1


def connected(client: discord.Client) -> Any:
    """discord.py's state as it is once the gateway has told of the server."""
    state: Any = client._connection
    state.shard_count, state.shard_ids = 1, [0]
    client.loop = state.loop = asyncio.get_running_loop()
    bot: Any = {**user(0), "id": str(BOT), "bot": True}
    state.user = discord.ClientUser(state=state, data=bot)
    state._add_guild_from_data(guild())
    return state


async def once(state: Any, payloads: Sequence[dict[str, Any]]) -> float:
    """Parse all messages, and wait until whoever listens is through; the seconds that it took."""
    begun = process_time()
    for number, told in enumerate(payloads, 1):
        state.parse_message_create(told)
        if number % AT_ONCE == 0:
            await asyncio.sleep(0)
    await asyncio.sleep(0)
    return float(process_time() - begun)


class Times:
    """Seconds by run and piece."""

    def __init__(self) -> None:
        self.runs: list[list[float]] = []

    @property
    def best(self) -> float:
        """All pieces, each at its best."""
        return sum((min(piece) for piece in zip(*self.runs, strict=True)), 0.0)

    @property
    def median(self) -> float:
        """The run in the middle."""
        return statistics.median(sum(run) for run in self.runs)


async def measured(count: int, messages: int, settings: Settings) -> tuple[Times, Times]:
    """The times without and with the adapter. Ends the program where a message was lost."""
    drain = Drain()
    bare, adapter = discord.AutoShardedClient(intents=discord.Intents.default(), max_messages=None), DiscordAdapter(settings)
    states: tuple[Any, Any] = connected(bare), connected(adapter.attach(drain))  # type: ignore[arg-type]  # all of a host that hearing needs
    told = [payload(number) for number in range(messages)]
    told = told if settings.message_content else [hidden(message) for message in told]
    found = Times(), Times()
    for _ in range(count):
        for times in found:
            times.runs.append([])
        for start in range(0, messages, PIECE):
            for times, state in zip(found, states, strict=True):
                times.runs[-1].append(await once(state, told[start : start + PIECE]))
    if drain.taken != count * messages:
        raise SystemExit(f"{drain.taken} events of {count * messages} messages")
    return found


def main(arguments: list[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.discord", description=__doc__)
    parser.add_argument("--runs", type=int, default=7, help="how often each is run")
    parser.add_argument("--messages", type=int, default=MESSAGES, help=f"how many messages, {MESSAGES:,} unless told otherwise")
    parser.add_argument("--assert", dest="strict", action="store_true", help="exit status 1 where the adapter takes longer than the parser")
    asked = parser.parse_args(arguments)
    print(f"{'µs a message':<18}{'parser':>8} {'median':>8}  {'adapter':>8} {'median':>8}  {'ratio':>6}")
    missed = False
    for name, settings in (("content seen", Settings(token="t", message_content=True)), ("content not seen", Settings(token="t"))):
        bare, both = asyncio.run(measured(asked.runs, asked.messages, settings))
        cells = (bare.best, bare.median, both.best - bare.best, both.median - bare.median)
        first, second, third, fourth = (f"{seconds * 1e6 / asked.messages:>8.1f}" for seconds in cells)
        print(f"{name:<18}{first} {second}  {third} {fourth}  {cells[2] / cells[0]:>6.2f}")
        missed = missed or cells[2] >= cells[0]
    return 1 if asked.strict and missed else 0


if __name__ == "__main__":
    sys.exit(main())
