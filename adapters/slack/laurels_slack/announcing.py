"""Posting and updating announcements: once each, whatever happens between a try and the next."""

import asyncio
import re
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from functools import partial
from typing import Any, Final

import structlog
from msgspec import structs
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from laurels import Announcement, Place, Receipt, Unreachable, Won, metal

from . import cards
from .pacing import EDITS, POSTS, Pace
from .refusals import said, understood, wait
from .settings import Settings
from .uploads import Uploads
from .where import Finder, Owner, Spot
from .workspaces import Workspaces, client

log = structlog.get_logger(__name__)

LOOK_BACK: Final = 200  # messages of a channel in which a lost try is looked for
PAGES: Final = 5  # so many times that many messages of a thread, which Slack tells of from its beginning
MARK: Final = "laurels_announcement"

_FILE: Final = re.compile("slack.file")
_QUIET: Final[Mapping[str, Any]] = {"parse": "none", "link_names": False}
_UNSEEN: Final[Mapping[str, Any]] = {"unfurl_links": False, "unfurl_media": False, "mrkdwn": False}


class Speaker:
    """Says what is announced, in turn."""

    def __init__(self, wanted: Settings, workspaces: Workspaces, owner: Owner, uploads: Uploads) -> None:
        self.settings, self.finder, self.uploads, self.pace = wanted, Finder(wanted, workspaces, owner), uploads, Pace()

    async def announce(self, announcement: Announcement, earlier: Receipt | None) -> Receipt:
        """Post it; or update the *earlier* message, or one that a lost try left behind.

        Slack knows no key by which a second message could be told from the first, so before a retry the try that was lost is looked for
        by the metadata that its message carries. So a double remains possible where the app may not read the history there, or more than
        200 messages were written in the channel since, or the thread has more than 1,000 answers.
        """
        with understood():
            place = earlier.place if earlier else announcement.place
            spot = await self.finder.find(place, announcement.community)
            api = client(self.settings, spot.its.token)
            self._turn(spot, place, edit=earlier is not None)
            posted = earlier.id if earlier else await _lost(api, spot, place.thread, announcement.key) if announcement.retry else ""
            if not posted and announcement.withdrawn:
                raise Unreachable("nothing was posted that could be withdrawn")
            ts = await self._said(api, spot, place, announcement, posted)
            return Receipt(ts, _there(place, spot), _link(spot, place, ts))

    def _turn(self, spot: Spot, place: Place, *, edit: bool) -> None:
        self.pace.turn(*_lane(spot, place, edit), EDITS if edit else POSTS)

    async def _said(self, api: AsyncWebClient, spot: Spot, place: Place, announcement: Announcement, posted: str) -> str:
        """As well as Slack takes it: with its pictures, or without, or the text alone."""
        refused: list[str] = []
        async with aclosing(self._looks(api, spot, place, announcement, refused)) as looks:
            async for blocks in looks:
                try:
                    return await self._sent(api, spot, place, _message(announcement, blocks), posted)
                except SlackApiError as exc:
                    if not (blocks and _about_blocks(exc)):
                        raise
                    refused.append(_why(exc))
                    log.warning("Slack does not take a card; trying with less", key=announcement.key, error=refused[-1])
        raise AssertionError("the text alone was neither taken nor refused")

    async def _looks(
        self, api: AsyncWebClient, spot: Spot, place: Place, announcement: Announcement, refused: Sequence[str]
    ) -> AsyncGenerator[list[cards.Block], None]:
        """The cards; with the pictures uploaded anew, where one was *refused* because its file was deleted; without pictures; and none."""
        team = spot.its.name if place.channel.startswith("@") else ""
        pictures = await self._pictures(api, spot, announcement)
        yield cards.blocks(announcement, pictures, team)
        files = [picture["slack_file"]["id"] for picture in pictures.values() if "slack_file" in picture]
        if files and _FILE.search(refused[-1]):
            await self.uploads.forget(spot.its.realm, files)
            yield cards.blocks(announcement, await self._pictures(api, spot, announcement), team)
        if pictures:
            yield cards.blocks(announcement, {}, team)
        yield []

    async def _pictures(self, api: AsyncWebClient, spot: Spot, announcement: Announcement) -> dict[int, cards.Block]:
        """Of what is still held, by award."""
        shown = () if announcement.withdrawn else announcement.won[: cards.CARDS]
        sources = await asyncio.gather(*(self._source(api, spot, won) for won in shown))
        return {won.award: cards.image(won, source) for won, source in zip(shown, sources, strict=True) if source}

    async def _source(self, api: AsyncWebClient, spot: Spot, won: Won) -> cards.Block:
        try:
            return await self.uploads.source(api, spot.its.realm, won.image, metal(won.level, won.level_name))
        except Exception:  # whatever is wrong costs only the picture
            log.exception("a badge's picture can't be had", badge=won.badge)
            return {}

    async def _sent(self, api: AsyncWebClient, spot: Spot, place: Place, message: dict[str, Any], posted: str) -> str:
        try:
            if posted:
                told: Any = await api.chat_update(channel=spot.channel, ts=posted, **message)
            else:
                told = await api.chat_postMessage(channel=spot.channel, thread_ts=place.thread or None, **message, **_UNSEEN)
            return str(told["ts"])
        except SlackApiError as exc:
            if (seconds := wait(exc)) is not None:
                self.pace.rest(*_lane(spot, place, bool(posted)), seconds)
            raise


async def _lost(api: AsyncWebClient, spot: Spot, thread: str, key: str) -> str:
    """The message that a try left behind which nobody knows to have got through."""
    ask = partial(api.conversations_replies, ts=thread) if thread else api.conversations_history
    cursor = ""
    for page in range(PAGES if thread else 1):
        try:
            told: Any = await ask(channel=spot.channel, limit=LOOK_BACK, include_all_metadata=True, cursor=cursor or None)
        except SlackApiError as exc:
            if said(exc) == "missing_scope" or (page and wait(exc) is not None):  # who waited would begin again at the first page
                return ""
            raise
        for message in told["messages"]:
            if message.get("user") == spot.its.bot_user and _key(message) == key:
                return str(message["ts"])
        cursor = (told.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            break
    return ""


def _message(announcement: Announcement, blocks: list[cards.Block]) -> dict[str, Any]:
    """All of it anew: what is left out of an update may stay as it was."""
    mark = {"event_type": MARK, "event_payload": {"key": announcement.key}}
    return {"text": cards.text(announcement), "blocks": blocks, "metadata": mark, **_QUIET}


def _key(message: Mapping[str, Any]) -> str:
    mark = message.get("metadata") or {}
    return str((mark.get("event_payload") or {}).get("key") or "") if mark.get("event_type") == MARK else ""


def _lane(spot: Spot, place: Place, edit: bool) -> tuple[tuple[str, ...], str]:
    """Who waits for whom: messages for the channel's, whatever the thread, and edits for all of the workspace's."""
    return ("edit", spot.its.realm) if edit else ("post", spot.channel), f"{spot.channel} {place.thread}"


def _about_blocks(exc: SlackApiError) -> bool:
    return "blocks" in said(exc) or said(exc).startswith("slack_connect_")


def _why(exc: SlackApiError) -> str:
    told = (exc.response.get("response_metadata") or {}).get("messages") or []
    return "; ".join([said(exc), *map(str, told)])


def _there(place: Place, spot: Spot) -> Place:
    """The place by its id, whatever its name will be."""
    return place if place.private and place.channel.startswith("@") else structs.replace(place, channel=spot.channel)


def _link(spot: Spot, place: Place, ts: str) -> str:
    within = f"?thread_ts={place.thread}&cid={spot.channel}" if place.thread else ""
    return f"{spot.its.url.rstrip('/')}/archives/{spot.channel}/p{ts.replace('.', '')}{within}" if spot.its.url else ""
