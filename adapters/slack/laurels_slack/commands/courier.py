"""Carries answers to who asked: where Slack said they go, or else as near as the bot can speak."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from pathlib import PurePath
from typing import Any, Final, NamedTuple

import aiohttp
import structlog
from msgspec import Struct
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.webhook.async_client import AsyncWebhookClient

from laurels import File

from ..settings import Settings
from ..workspaces import SDK_LOG, client
from .who import Asker

FAULTS: Final = (SlackClientError, aiohttp.ClientError, OSError)  # TimeoutError is an OSError

_OK: Final = 200
_NOT_OK: Final = re.compile(r'\{\s*"ok"\s*:\s*false')
_DIRECT: Final = "a direct message"
_QUIET: Final = {"unfurl_links": False, "unfurl_media": False}
_AGAIN: Final = 30.0  # seconds for which it is worth waiting where Slack says that this was too much

_log = structlog.get_logger(__name__)


class Shown(NamedTuple):
    """A message: blocks, and the text that stands in for them."""

    text: str
    blocks: list[dict[str, Any]]

    @property
    def bare(self) -> "Shown":
        """Without pictures, emojis and links, where Slack can't have them."""
        kept = [{key: its for key, its in block.items() if key != "accessory"} for block in self.blocks]
        return Shown(self.text, [_spelt(block) for block in kept])


class Way(Struct, frozen=True):
    """Where an answer goes: to somebody, by *url* as long as Slack takes it. *direct*: nobody else reads what is posted there."""

    asker: Asker
    url: str = ""
    direct: bool = False


class Courier:
    """Never raises for what Slack refuses: it tries the next best way, and the log says what failed."""

    def __init__(self, wanted: Settings) -> None:
        self.settings = wanted

    async def carry(self, way: Way, shown: Shown, *, alone: bool) -> bool:
        """Show an answer: to the asker *alone*, or to all who are there. False where no way led there."""
        kind = "ephemeral" if alone and not way.direct else "in_channel"
        if await self._by_url(way, shown, response_type=kind, replace_original=False, **_threaded(way), **_QUIET):
            return True
        return await self._first(way, shown, *self._ways(way, alone=alone), (_DIRECT, _QUIET))

    async def replace(self, way: Way, shown: Shown) -> bool:
        """Put an answer in the place of the message that was pressed."""
        if await self._by_url(way, shown, replace_original=True):
            return True
        where = {"channel": way.asker.channel, "ts": way.asker.ts}
        return bool(way.asker.ts) and await self._first(way, shown, ("chat.update", where))

    async def put_up(self, asker: Asker, method: str, view: Mapping[str, Any], **where: str) -> bool:
        """Show a view. False where Slack doesn't take it."""

        async def send(its: Shown) -> None:
            api = client(self.settings, asker.its.token)
            await api.api_call(method, json={**where, "view": {**view, "blocks": its.blocks}})

        return await self._tried(method, send, Shown("", view["blocks"]))

    async def hand(self, way: Way, file: File) -> bool:
        """Give a file to the asker alone. False where Slack doesn't take it."""
        name = PurePath(file.name).name
        try:
            channel = way.asker.channel if way.direct else await self._opened(way)
            api = client(self.settings, way.asker.its.token)
            await api.files_upload_v2(channel=channel, content=file.content, filename=name, title=name)
        except FAULTS as error:
            _log.warning("Slack did not take a file", why=_why(error))
            return False
        return True

    def _ways(self, way: Way, *, alone: bool) -> list[tuple[str, dict[str, Any]]]:
        asker = way.asker
        if not asker.channel:
            return []
        there = {"channel": asker.channel, **_threaded(way)}
        here = [("chat.postMessage", {**there, **_QUIET})] if way.direct or not alone else []
        return here if way.direct else [*here, ("chat.postEphemeral", {**there, "user": asker.user})]

    async def _by_url(self, way: Way, shown: Shown, **how: Any) -> bool:
        if not way.url:
            return False

        async def send(its: Shown) -> None:
            webhook = AsyncWebhookClient(way.url, timeout=20, logger=SDK_LOG)
            told = await webhook.send_dict({"text": its.text, "blocks": its.blocks, **how})
            if told.status_code != _OK or _NOT_OK.match(told.body or ""):
                headers: Mapping[str, Any] = told.headers
                raise _Refused(told.body, told.status_code, headers)

        return await self._tried("response_url", send, shown)

    async def _first(self, way: Way, shown: Shown, *ways: tuple[str, dict[str, Any]]) -> bool:
        for method, how in ways:

            async def send(its: Shown, method: str = method, how: dict[str, Any] = how) -> None:
                if method == _DIRECT:
                    method, how = "chat.postMessage", {**how, "channel": await self._opened(way)}
                api = client(self.settings, way.asker.its.token)
                await api.api_call(method, json={"text": its.text, "blocks": its.blocks, **how})

            if await self._tried(method, send, shown):
                return True
        _log.warning("an answer could not be shown", workspace=way.asker.team, channel=way.asker.channel)
        return False

    async def _opened(self, way: Way) -> str:
        """The channel between somebody and the bot."""
        told: Any = await client(self.settings, way.asker.its.token).conversations_open(users=way.asker.user)
        return str(told["channel"]["id"])

    async def _tried(self, method: str, send: Callable[[Shown], Awaitable[None]], shown: Shown) -> bool:
        """Once more where Slack asks to come later, or can't have a picture."""
        for last in (False, True):
            try:
                await send(shown)
            except FAULTS as error:
                if last or not await self._mended(error):
                    _log.info("an answer takes another way", method=method, why=_why(error))
                    return False
                shown = shown.bare if _about_blocks(error) else shown
            else:
                return True
        return False

    async def _mended(self, error: BaseException) -> bool:
        if _about_blocks(error):
            return True
        seconds = _later(error)
        if 0 < seconds <= _AGAIN:
            await asyncio.sleep(seconds)
        return 0 < seconds <= _AGAIN


class _Refused(SlackClientError):
    """A response_url is not taken."""

    def __init__(self, why: str, status: int, headers: Mapping[str, Any]) -> None:
        super().__init__(why)
        self.status, self.headers = status, headers


def _spelt(shown: Any) -> Any:
    """What is shown, with emojis by their names, and links by their addresses."""
    if isinstance(shown, dict):
        if shown.get("type") in ("emoji", "link"):
            return {"type": "text", "text": f":{shown['name']}:" if shown["type"] == "emoji" else shown["url"]}
        return {key: _spelt(its) for key, its in shown.items()}
    return [_spelt(each) for each in shown] if isinstance(shown, list) else shown


def _threaded(way: Way) -> dict[str, str]:
    return {"thread_ts": way.asker.thread} if way.asker.thread else {}


def _about_blocks(error: BaseException) -> bool:
    """Whether Slack doesn't take the blocks of a message, or of a view."""
    return any(told in _why(error) for told in ("invalid_blocks", "invalid_arguments"))


def _later(error: BaseException) -> float:
    """In how many seconds Slack wants to be asked again; 0 where it doesn't say."""
    told: Any = error.response if isinstance(error, SlackApiError) else error
    status = getattr(told, "status_code", getattr(told, "status", 0))
    headers = {str(name).casefold(): value for name, value in (getattr(told, "headers", None) or {}).items()}
    try:
        return float(headers.get("retry-after", 1)) if status == 429 else 0.0
    except ValueError:
        return 1.0


def _why(error: BaseException) -> str:
    if isinstance(error, SlackApiError) and hasattr(error.response, "get"):
        return str(error.response.get("error"))
    return str(error) or type(error).__name__
