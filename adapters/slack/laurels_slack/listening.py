"""What Slack tells of, put into the journal; only then Slack is told that it was received."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from slack_bolt.async_app import AsyncApp

from . import translate
from .directory import DIRECT, PRIVATE, PUBLIC, home
from .door import Door, Told
from .reading import Reader

Heard = Callable[[Told, dict[str, Any]], Awaitable[None]]

#: Of Slack's subtypes those that tell of a channel that others may look at now, and what it is since.
_CONVERTED: Final = {"channel_convert_to_private": PRIVATE, "channel_convert_to_public": PUBLIC}
_PRIVACY: Final = {"C": PUBLIC, "G": ""}  # as the events about members have it; the other may be people who talk alone


def install(app: AsyncApp, door: Door) -> None:
    """Listen to all that is counted, and to what changes names. What is written to the app itself is somebody else's to answer."""
    listener = Listener(door)
    heard: dict[str, Heard] = {
        "reaction_added": listener.reaction, "reaction_removed": listener.reaction,
        "team_join": listener.joined, "user_change": listener.changed,
        "member_joined_channel": listener.channel_member, "member_left_channel": listener.channel_member,
        "channel_created": listener.created, "channel_rename": listener.renamed, "group_rename": listener.renamed,
        "channel_shared": listener.channel_changed, "channel_unshared": listener.channel_changed,
    }  # fmt: skip

    async def in_channels(event: dict[str, Any]) -> bool:
        return event.get("channel_type") not in DIRECT

    app.event("message", matchers=[in_channels])(_told(door, listener.message))
    for name, listen in heard.items():
        app.event(name)(_told(door, listen))


def _told(door: Door, listen: Heard) -> Callable[..., Awaitable[None]]:
    async def listening(body: dict[str, Any], event: dict[str, Any]) -> None:
        event.setdefault("event_ts", str(body.get("event_time") or ""))
        if (told := await door.told(body)) is not None:
            await listen(told, event)

    return listening


class Listener:
    """Hears what people do. What it raises has Slack tell it again."""

    def __init__(self, door: Door) -> None:
        self.door, self.directory, self.settings = door, door.directory, door.settings
        self.reader = Reader(door)

    async def message(self, told: Told, event: dict[str, Any]) -> None:
        """Somebody wrote, wrote something else, or took it back."""
        if (turned := _CONVERTED.get(event.get("subtype") or "")) is not None:
            self.directory.turned(told.its, event["channel"], turned)
        elif translate.messages.is_gone(event):
            await self._gone(told, event)
        elif event.get("subtype") == "message_changed":
            await self._changed(told, event)
        elif self.reader.counts(told, event) and (spot := await self._spot(told, event)):
            await self.door.put(told, await self.reader.read(told, event, spot))

    async def _gone(self, told: Told, event: dict[str, Any]) -> None:
        before = event.get("previous_message")
        if (before is None or self.reader.counts(told, before)) and (spot := await self._spot(told, event)):
            await self.door.put(told, translate.messages.deleted(event, spot))

    async def _changed(self, told: Told, event: dict[str, Any]) -> None:
        said = event["message"]
        said.setdefault("ts", (event.get("previous_message") or {}).get("ts"))  # both are the same, and not always both are there
        if self.reader.counts(told, said) and (spot := await self._spot(told, event)):
            events = translate.messages.edited(event, spot, await self.reader.people(told, said, spot))
            await self.door.put(told, self.reader.meant(told, said, events))

    async def _spot(self, told: Told, event: dict[str, Any]) -> translate.Spot | None:
        return await self.door.spot(told, event["channel"], event.get("channel_type") or "")

    async def reaction(self, told: Told, event: dict[str, Any]) -> None:
        """Somebody reacted, or took it back. What the app itself does is not told here."""
        item = event["item"]
        if item.get("type") == "message" and (spot := await self.door.spot(told, item["channel"])):
            people = await self.door.people(told, translate.reactions.named(event))
            await self.door.put(told, translate.reactions.reaction(event, spot, people, self.settings.thanks))

    async def joined(self, told: Told, event: dict[str, Any]) -> None:
        """Somebody came into the workspace."""
        who = translate.account(await self.directory.met(told.its, event["user"]))
        await self.door.put(told, [translate.members.came(event, told.team, told.realm, who)])

    async def changed(self, told: Told, event: dict[str, Any]) -> None:
        """Somebody calls themselves something else, or is here no more."""
        user = event["user"]
        who = translate.account(await self.directory.met(told.its, user))
        if user.get("deleted") and who.realm == home(told.its):
            await self.door.put(told, [translate.members.went(event, told.team, told.realm, who)])

    async def channel_member(self, told: Told, event: dict[str, Any]) -> None:
        """Somebody came into a channel, or left it."""
        if event["user"] == told.its.bot_user:
            return
        kind = event.get("channel_type") or ""
        if spot := await self.door.spot(told, event["channel"], _PRIVACY.get(kind, kind)):
            people = await self.door.people(told, translate.members.named(event))
            await self.door.put(told, [translate.members.channel(event, spot, people)])

    async def created(self, told: Told, event: dict[str, Any]) -> None:
        """Somebody created a channel that everyone can see."""
        about = event["channel"]
        channel = await self.directory.described(told.its, about)
        spot = self.door.at(told, channel.id, channel.host, channel.name, private=False)
        people = await self.door.people(told, [about["creator"]])
        await self.door.put(told, [translate.channels.created(event, spot, people[about["creator"]])])

    async def renamed(self, told: Told, event: dict[str, Any]) -> None:
        """A channel is called something else."""
        self.directory.renamed(told.its, event["channel"]["id"], event["channel"].get("name") or "")

    async def channel_changed(self, told: Told, event: dict[str, Any]) -> None:
        """Something else about a channel is different."""
        self.directory.channels.doubt(told.its, event["channel"])
