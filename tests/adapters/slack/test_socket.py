"""Socket Mode: what comes is acknowledged once it is taken, and laurels stays connected whatever happens to the connection."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from laurels_slack import Settings, faults, socket
from laurels_slack.socket import Socket
from slack_app import COMMAND, EVENT, MESSAGE, Small
from slack_bridge import APP_TOKEN, PATIENCE, Bridge, Unacknowledged

NOWHERE = "http://127.0.0.1:1/api/"


@pytest.fixture
async def bridge() -> AsyncIterator[Bridge]:
    async with Bridge(NOWHERE).open() as bridge:
        yield bridge


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tries that follow each other at once."""
    monkeypatch.setattr(socket, "_LONGEST", 0.01)


class Desk(Small):
    """An app that listens to a *bridge*; *connected* is how often it was told that it is connected."""

    def __init__(self, bridge: Bridge, app_token: str = APP_TOKEN) -> None:
        super().__init__(Settings(bot_token="xoxb-1", app_token=app_token, api_url=bridge.api))
        self.connected = 0
        self.socket = Socket(self.app, Settings(bot_token="xoxb-1", app_token=app_token, api_url=bridge.api), self.again)

    async def again(self) -> None:
        self.connected += 1


@asynccontextmanager
async def connected(bridge: Bridge) -> AsyncIterator[Desk]:
    desk = Desk(bridge)
    task = asyncio.create_task(desk.socket.run())
    await bridge.until(lambda: bridge.links)
    yield desk
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await bridge.until(lambda: not bridge.links)
    assert not any(task.get_coro().__qualname__.startswith(("Socket.", "Connection.")) for task in asyncio.all_tasks())  # type: ignore


async def test_an_event_is_taken_and_then_acknowledged(bridge: Bridge) -> None:
    async with connected(bridge) as desk:
        assert await bridge.deliver(EVENT) is None
        assert desk.taken == [MESSAGE]


async def test_a_command_is_answered_with_its_acknowledgement(bridge: Bridge) -> None:
    async with connected(bridge):
        assert await bridge.deliver(COMMAND) == {"text": "done"}


async def test_what_could_not_be_kept_is_not_acknowledged_and_comes_again(bridge: Bridge) -> None:
    bridge.seconds = 0.2
    async with connected(bridge) as desk:
        desk.fails = RuntimeError("the disk is full")
        delivering = asyncio.create_task(bridge.deliver(EVENT))
        await bridge.until(lambda: len(bridge.envelopes) == 2)
        desk.fails = None
        await delivering
        assert desk.taken == [MESSAGE]
        last = bridge.envelopes[-1]
        assert last["retry_attempt"] > 0 and last["retry_reason"] == "timeout"
        desk.fails = RuntimeError("the disk is full")
        with pytest.raises(Unacknowledged):
            await bridge.deliver(COMMAND)


async def until(true: object) -> None:
    async with asyncio.timeout(PATIENCE):
        while not true():  # type: ignore[operator]
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_where_slack_is_about_to_close_there_is_another_connection_first(bridge: Bridge, reason: str) -> None:
    async with connected(bridge) as desk:
        (old,) = bridge.links
        bridge.hold = asyncio.Event()
        await bridge.disconnect(reason)
        await bridge.until(lambda: bridge.asked == 2)
        assert await bridge.deliver(COMMAND) == {"text": "done"}
        assert bridge.links == [old]
        bridge.hold.set()
        await bridge.until(lambda: bridge.links and bridge.links[-1] is not old)
        await bridge.until(lambda: old not in bridge.links)
        await bridge.deliver(EVENT)
        assert len(desk.taken) == 2
        await until(lambda: desk.connected == 2)
        assert bridge.left == [1000]


async def test_a_connection_that_breaks_is_made_again(bridge: Bridge) -> None:
    async with connected(bridge) as desk:
        for number in range(3):
            bridge.drop()
            await bridge.until(lambda number=number: bridge.greeted == number + 2)
        await bridge.deliver(EVENT)
        assert desk.taken == [MESSAGE]
        await until(lambda: desk.connected)


async def test_an_event_that_is_being_taken_when_the_connection_breaks_comes_again(bridge: Bridge) -> None:
    async with connected(bridge) as desk:
        keeping = asyncio.Event()

        async def take(what: dict[str, object]) -> None:
            desk.taken.append(what)
            if len(desk.taken) == 1:
                bridge.drop()
                await keeping.wait()

        desk.take = take  # type: ignore[method-assign,assignment]
        delivering = asyncio.create_task(bridge.deliver(EVENT))
        await until(lambda: desk.taken)
        keeping.set()
        await delivering
        assert desk.taken == [MESSAGE, MESSAGE]
        assert [envelope["retry_attempt"] for envelope in bridge.envelopes] == [0, 1]


async def test_what_is_being_taken_when_laurels_stops_is_acknowledged(bridge: Bridge) -> None:
    desk = Desk(bridge)
    taking, go_on = asyncio.Event(), asyncio.Event()

    async def take(what: dict[str, object]) -> None:
        taking.set()
        await go_on.wait()

    desk.take = take  # type: ignore[method-assign,assignment]
    task = asyncio.create_task(desk.socket.run())
    await bridge.until(lambda: bridge.links)
    delivering = asyncio.create_task(bridge.deliver(EVENT))
    await taking.wait()
    task.cancel()
    await asyncio.sleep(0.05)  # by then it has begun to leave
    go_on.set()
    await delivering
    with pytest.raises(asyncio.CancelledError):
        await task
    assert len(bridge.envelopes) == 1


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        ({"error": "invalid_auth"}, "adapters.slack: app_token: Slack does not take it"),
        ({"error": "not_allowed_token_type"}, "adapters.slack: app_token: Slack does not take it"),
        ({"error": "link_disabled"}, "adapters.slack: app_token: Socket Mode is switched off for the app"),
        ({"error": "missing_scope", "needed": "connections:write"}, "adapters.slack: app_token: lacks the scope connections:write"),
        ({"error": "internal_error"}, "adapters.slack: can't talk to Slack: it answers internal_error"),
    ],
)
async def test_what_slack_refuses_is_a_sentence(bridge: Bridge, refusal: dict[str, str], said: str) -> None:
    bridge.refusal = refusal
    with pytest.raises(faults.Faulty, match=said):
        await Desk(bridge).socket.run()


async def test_a_wrong_token_is_a_sentence(bridge: Bridge) -> None:
    with pytest.raises(faults.Faulty, match="app_token: Slack does not take it") as raised:
        await Desk(bridge, "xapp-wrong").socket.run()
    assert "App-Level Tokens" in str(raised.value)


async def test_no_network_is_a_sentence() -> None:
    wanted = Settings(bot_token="xoxb-1", app_token=APP_TOKEN, api_url=NOWHERE)
    with pytest.raises(faults.Faulty, match="can't talk to Slack: Cannot connect to host"):
        await Socket(Small(wanted).app, wanted).run()


@pytest.mark.parametrize(("text", "kind"), [("Hello", "text/plain"), ("<p>Hello", "text/html"), ('{"ok": true}', "application/json")])
async def test_something_else_that_answers_is_a_sentence(text: str, kind: str) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(text=text, content_type=kind)

    application = web.Application()
    application.router.add_route("*", "/{path:.*}", answer)
    async with TestServer(application) as server:
        wanted = Settings(bot_token="xoxb-1", app_token=APP_TOKEN, api_url=str(server.make_url("/api/")))
        with pytest.raises(faults.Faulty, match="can't talk to Slack"):
            await Socket(Small(wanted).app, wanted).run()


async def test_too_many_connections_are_a_sentence(bridge: Bridge) -> None:
    bridge.farewell = "too_many_websockets"
    with pytest.raises(faults.Faulty, match="the app has more connections than Slack takes"):
        await Desk(bridge).socket.run()


async def test_once_it_was_connected_it_tries_until_it_is_again(bridge: Bridge, capsys: pytest.CaptureFixture[str]) -> None:
    async with connected(bridge) as desk:
        bridge.refusal = {"error": "link_disabled"}
        await bridge.disconnect("link_disabled")
        asked = bridge.asked
        await bridge.until(lambda: bridge.asked > asked + 2)
        bridge.refusal, bridge.farewell = None, "too_many_websockets"
        await until(lambda: "more connections than Slack takes" in capsys.readouterr().out)
        bridge.farewell = ""
        await bridge.until(lambda: bridge.greeted == 2)
        await bridge.deliver(EVENT)
        assert desk.taken == [MESSAGE]


async def test_what_is_lost_is_said_in_a_line(bridge: Bridge, capsys: pytest.CaptureFixture[str]) -> None:
    async with connected(bridge):
        bridge.refusal = {"error": "link_disabled"}
        await bridge.disconnect("link_disabled")
        await bridge.until(lambda: bridge.asked == 2)
        bridge.refusal = None
        await bridge.until(lambda: bridge.greeted == 2)
    lines = capsys.readouterr().out.splitlines()
    assert "the connection to Slack is lost; making another" in lines[0] and "Socket Mode was switched off" in lines[0]
    assert all("Socket Mode is switched off for the app" in line for line in lines[1:])


async def test_slack_is_left_alone_as_long_as_it_asks_for(bridge: Bridge, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    sleep = asyncio.sleep

    async def slept(seconds: float) -> None:
        waited.append(seconds)
        bridge.limited = 0.0 if seconds == 17.0 else bridge.limited
        await sleep(0)

    async with connected(bridge):
        monkeypatch.setattr(socket.asyncio, "sleep", slept)
        bridge.limited = 17.0
        bridge.drop()
        await bridge.until(lambda: bridge.greeted == 2)
    assert 17.0 in waited


@pytest.mark.parametrize(
    "text", ["", "hello", "[]", "[1]", "null", '{"type": "events_api"}', '{"type":"x","envelope_id":"1","payload":null}']
)
async def test_what_can_not_be_read_costs_only_itself(bridge: Bridge, text: str) -> None:
    async with connected(bridge) as desk:
        await bridge.links[0].socket.send_str(text)
        await bridge.deliver(EVENT)
        assert desk.taken == [MESSAGE] and bridge.greeted == 1


async def test_what_the_hook_raises_costs_only_itself(bridge: Bridge, capsys: pytest.CaptureFixture[str]) -> None:
    async with connected(bridge) as desk:

        async def fails() -> None:
            desk.connected += 1
            raise ZeroDivisionError

        desk.socket._connected = fails
        await until(lambda: desk.connected == 1)
        bridge.drop()
        await until(lambda: desk.connected == 2)
        await bridge.deliver(EVENT)
        assert desk.taken == [MESSAGE]


async def test_the_address_of_a_connection_which_lets_in_whoever_knows_it_is_not_shown(bridge: Bridge) -> None:
    bridge.unwell = 503
    with pytest.raises(faults.Faulty, match="it answers 503") as raised:
        await Desk(bridge).socket.run()
    assert "ticket" not in str(raised.value)


async def test_a_connection_that_is_not_made_in_time_is_given_up(bridge: Bridge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "_PATIENCE", 0.1)
    bridge.silent = asyncio.Event()
    try:
        with pytest.raises(faults.Faulty, match="can't talk to Slack"):
            async with asyncio.timeout(PATIENCE):
                await Desk(bridge).socket.run()
    finally:
        bridge.silent.set()
