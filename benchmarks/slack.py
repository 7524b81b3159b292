"""What the Slack adapter adds to a message: ``python -m benchmarks.slack``.

Events go through Bolt's own dispatcher, once with a listener that does nothing and once with the adapter behind it, whose events a host
takes and drops: what keeping them costs is what ``python -m benchmarks`` measures. People and channels are known already, as they are
after a while; the API is asked for each of them once, before.

The two run in turn, some dozens of messages at a time. What is printed is the processor's time in microseconds a message: the sum of the
best of each piece over all runs, and the median run. With ``--assert`` it ends with status 1 where the adapter takes twice as long as Bolt.
Machines are noisy: compare only within one run of this command.
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from time import process_time
from typing import Any, Final

from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

from laurels import Event
from laurels_slack import Settings, SlackAdapter
from laurels_slack.bolt import bolt
from laurels_slack.workspaces import OneWorkspace

from .discord import Times

MESSAGES: Final = 2_000
PIECE: Final = 50
PEOPLE: Final = 200
TEAM, CHANNEL, BOT = "T0BENCH", "C0BENCH", "U0BENCH"


class Drain:
    """A host that takes every event and does nothing with it."""

    def __init__(self) -> None:
        self.taken = 0
        self.state, self.routes = self, None
        self._kept: dict[str, Any] = {}

    def community(self, platform: str, realm: str) -> str | None:
        """Every workspace belongs to one community."""
        return "bench"

    async def get(self, key: str) -> Any:
        """What was put."""
        return self._kept.get(key)

    async def put(self, what: Any, value: Any = None) -> None:
        """Count an event, or keep a value."""
        if isinstance(what, Event):
            self.taken += 1
        else:
            self._kept[what] = value


def envelope(number: int) -> dict[str, Any]:
    """A message as Slack tells of it; every fifth is in a thread, every fourth mentions somebody."""
    ts, author = f"{1_767_225_600 + number}.{number:06d}", f"U{number % PEOPLE:08d}"
    text = "it works on my machine, and that is all that I can say about it"
    if number % 4 == 0:
        text = f"<@U{(number + 7) % PEOPLE:08d}> have you seen it?"
    thread = {"thread_ts": "1767225600.000000", "parent_user_id": f"U{(number + 3) % PEOPLE:08d}"} if number % 5 == 0 else {}
    event = {
        "type": "message", "user": author, "ts": ts, "client_msg_id": f"{number:032x}", "text": text, "team": TEAM, "channel": CHANNEL,
        "event_ts": ts, "channel_type": "channel", **thread,
        "blocks": [{"type": "rich_text", "block_id": "x", "elements": [
            {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}]}],
    }  # fmt: skip
    return {
        "token": "unused", "team_id": TEAM, "context_team_id": TEAM, "api_app_id": "A0BENCH", "event": event, "type": "event_callback",
        "event_id": f"Ev{number}", "event_time": 1_767_225_600 + number, "is_ext_shared_channel": False,
        "authorizations": [{"enterprise_id": None, "team_id": TEAM, "user_id": BOT, "is_bot": True, "is_enterprise_install": False}],
    }  # fmt: skip


async def answer(request: web.Request) -> web.Response:
    """Slack's API, as far as the adapter asks."""
    given = {**request.query, **await request.post()}
    user = str(given.get("user"))
    answers: dict[str, dict[str, Any]] = {
        "auth.test": {"team_id": TEAM, "team": "Bench", "user_id": BOT, "bot_id": "B0BENCH", "url": "https://bench.slack.com/"},
        "users.info": {"user": {"id": user, "team_id": TEAM, "name": user.lower(), "profile": {"display_name": user.lower()}}},
        "conversations.info": {"channel": {"id": CHANNEL, "name": "general", "is_channel": True, "context_team_id": TEAM}},
    }
    return web.json_response({"ok": True, **answers[request.match_info["method"]]})


def bare(settings: Settings) -> AsyncApp:
    """Bolt's app with a listener that does nothing."""

    async def nothing() -> None: ...

    app = bolt(settings, OneWorkspace(settings))
    app.event("message")(nothing)
    return app


async def once(app: AsyncApp, told: Sequence[dict[str, Any]]) -> float:
    """Dispatch these; the seconds that it took."""
    begun = process_time()
    for body in told:
        response = await app.async_dispatch(AsyncBoltRequest(body=body, mode="socket_mode"))
        if response.status != 200:
            raise SystemExit(f"Bolt answers {response.status}")
    return process_time() - begun


async def measured(count: int, messages: int) -> tuple[Times, Times]:
    """The times without and with the adapter. Ends the program where a message was lost."""
    application = web.Application()
    application.router.add_route("*", "/api/{method}", answer)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        settings = Settings(bot_token="xoxb-1", app_token="xapp-1", api_url=f"http://127.0.0.1:{runner.addresses[0][1]}/api/")
        return await _measured(count, [envelope(number) for number in range(messages)], settings)
    finally:
        await runner.cleanup()


async def _measured(count: int, told: Sequence[dict[str, Any]], settings: Settings) -> tuple[Times, Times]:
    drain, found = Drain(), (Times(), Times())
    apps = bare(settings), SlackAdapter(settings).attach(drain)  # type: ignore[arg-type]  # all of a host that hearing needs
    for app in apps:
        await once(app, told[: 2 * PEOPLE])  # so that everybody is known
    drain.taken = 0
    for _ in range(count):
        for times in found:
            times.runs.append([])
        for start in range(0, len(told), PIECE):
            for times, app in zip(found, apps, strict=True):
                times.runs[-1].append(await once(app, told[start : start + PIECE]))
    if drain.taken != count * len(told):
        raise SystemExit(f"{drain.taken} events of {count * len(told)} messages")
    return found


def main(arguments: list[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.slack", description=__doc__)
    parser.add_argument("--runs", type=int, default=7, help="how often each is run")
    parser.add_argument("--messages", type=int, default=MESSAGES, help=f"how many messages, {MESSAGES:,} unless told otherwise")
    parser.add_argument("--assert", dest="strict", action="store_true", help="exit status 1 where the adapter takes twice as long as Bolt")
    asked = parser.parse_args(arguments)
    alone, both = asyncio.run(measured(asked.runs, asked.messages))
    print(f"{'µs a message':<14}{'Bolt':>8} {'median':>8}  {'adapter':>8} {'median':>8}  {'ratio':>6}")
    cells = [seconds * 1e6 / asked.messages for seconds in (alone.best, alone.median, both.best - alone.best, both.median - alone.median)]
    print(f"{'':<14}{cells[0]:>8.1f} {cells[1]:>8.1f}  {cells[2]:>8.1f} {cells[3]:>8.1f}  {cells[2] / cells[0]:>6.2f}")
    return 1 if asked.strict and cells[2] >= 2 * cells[0] else 0


if __name__ == "__main__":
    sys.exit(main())
