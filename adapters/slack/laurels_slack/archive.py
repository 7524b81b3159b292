"""Reading what stands in channels, over Slack's API, no faster than Slack lets itself be asked."""

from asyncio import sleep
from collections.abc import AsyncGenerator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

import structlog
from slack_sdk.errors import SlackApiError

from laurels import Event

from . import refusals
from .asking import NOT_WITH_THIS, Unlearnt, told
from .directory import DIRECT
from .door import Door, Told
from .reading import Reader
from .settings import Settings
from .translate import Spot, moment, stamp
from .workspaces import Workspace, client

PAGE: Final = 200  # messages, and channels, that are asked for at once; Slack may give fewer
PEOPLE: Final = 1000
ALIVE: Final = timedelta(days=2)  # for so long a thread that began before is looked into

_log = structlog.get_logger(__name__)
_INSTANT: Final = timedelta(microseconds=1)
_NO_THREAD: Final = ("message_not_found", "thread_not_found")


class Shelf(NamedTuple):
    """A channel that may be read."""

    told: Told
    spot: Spot
    label: str

    @property
    def key(self) -> tuple[str, str]:
        """Its place among the others."""
        return self.told.realm, self.spot.channel


class Found(NamedTuple):
    """A piece of what stands there. *last*: all that is newer than this was read; empty within a piece."""

    events: list[Event]
    last: str = ""


class Archive:
    """Reads the channels that the app is in."""

    def __init__(self, door: Door, reader: Reader, wanted: Settings) -> None:
        self.door, self.directory, self.reader, self.settings = door, door.directory, reader, wanted

    async def shelves(self, its: Workspace) -> list[Shelf]:
        """Every channel of an installation that is read. Raises Unlearnt, SlackApiError."""
        found = []
        for team in await self._teams(its):
            realm = self.door.realm(team, its.enterprise)
            async for about in self._listed(its, "users_conversations", "channels", PAGE, **self._types(its, team)):
                channel = await self.directory.described(its, about)
                self.directory.channels.note(its, channel.id, channel)
                if channel.kind not in DIRECT and self.door.allowed(channel.id, private=channel.private):
                    told = Told(its, realm, team, channel.shared, patient=True)
                    spot = self.door.at(told, channel.id, channel.host, channel.name, private=channel.private)
                    found.append(Shelf(told, spot, f"{its.name} #{channel.name}".strip()))
        return found

    async def meet(self, its: Workspace) -> None:
        """Learn who is there, all at once, which is quicker than one by one."""
        async for user in self._listed(its, "users_list", "members", PEOPLE, include_locale=True):
            await self.directory.met(its, user)

    async def read(self, shelf: Shelf, since: datetime, latest: str = "") -> AsyncGenerator[Found, None]:
        """What was said there since then, the newest first, and before *latest*. What can't be read after all is left out.

        Raises SlackApiError where the token no longer works.
        """
        oldest = stamp(since - ALIVE - _INSTANT)
        try:
            async for messages in self._pages(shelf, "conversations_history", oldest=oldest, latest=latest or None):
                for first in messages:
                    async for replies in self._replies(shelf, first, since):
                        yield Found(await self._events(shelf, replies, since))
                yield Found(await self._events(shelf, list(reversed(messages)), since), messages[-1]["ts"])
        except SlackApiError as refused:
            if refusals.said(refused) in NOT_WITH_THIS:
                raise
            _log.warning("left out", channel=shelf.label, why=refusals.said(refused))

    async def _replies(self, shelf: Shelf, first: dict[str, Any], since: datetime) -> AsyncGenerator[list[dict[str, Any]], None]:
        """The answers to a message, where there are any of since then; none where the thread was deleted meanwhile."""
        if not first.get("reply_count") or moment(first.get("latest_reply") or "0") < since:
            return
        try:
            async for messages in self._pages(shelf, "conversations_replies", ts=first["ts"], oldest=stamp(since - _INSTANT)):
                yield messages
        except SlackApiError as refused:
            if refusals.said(refused) not in _NO_THREAD:
                raise

    async def _events(self, shelf: Shelf, messages: Sequence[dict[str, Any]], since: datetime) -> list[Event]:
        young = [said for said in messages if moment(said["ts"]) >= since]
        return [event for said in young for event in await self._read(shelf, said)]

    async def _read(self, shelf: Shelf, said: dict[str, Any]) -> list[Event]:
        """What a message comes to; one that is not as messages are costs only itself."""
        try:
            return await self.reader.read(shelf.told, said, shelf.spot)
        except (AttributeError, LookupError, TypeError, ValueError):
            _log.exception("left out", channel=shelf.label, message=said["ts"])
            return []

    async def _pages(self, shelf: Shelf, method: str, **given: Any) -> AsyncGenerator[list[dict[str, Any]], None]:
        cursor = ""
        while True:
            answer = await self._ask(shelf.told.its, method, channel=shelf.spot.channel, limit=PAGE, cursor=cursor or None, **given)
            if answer.get("messages"):
                yield answer["messages"]
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return

    async def _listed(self, its: Workspace, method: str, what: str, limit: int, **given: Any) -> AsyncGenerator[dict[str, Any], None]:
        cursor = ""
        while True:
            answer = await self._ask(its, method, limit=limit, cursor=cursor or None, **given)
            for one in answer.get(what) or ():
                yield one
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return

    async def _teams(self, its: Workspace) -> list[str]:
        """The workspaces that an installation is in and a configuration names; one that is of a whole enterprise may be in many."""
        if its.team:
            return [its.team] if self.door.realm(its.team, its.enterprise) else []
        teams = [team["id"] async for team in self._listed(its, "auth_teams_list", "teams", PAGE)]
        return [team for team in teams if self.door.realm(team, its.enterprise)]

    def _types(self, its: Workspace, team: str) -> dict[str, Any]:
        types = "public_channel,private_channel" if self.settings.private_channels else "public_channel"
        return {"types": types, **({} if its.team else {"team_id": team})}

    async def _ask(self, its: Workspace, method: str, **given: Any) -> dict[str, Any]:
        """One request, as late as Slack wants it. Raises SlackApiError, Unlearnt."""
        while True:
            now = await self.directory.workspaces.of(its.team, its.enterprise) or its  # its token may be another by now
            try:
                return await told(getattr(client(self.settings, now.token), method)(**given))
            except Unlearnt as error:
                if not error.again:
                    raise
                await sleep(error.again)
