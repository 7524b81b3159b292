"""A workspace with two channels and one person, and what the app wrote there."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from laurels import Account, Badge, Count, Level, Place
from laurels.policy import SYSTEM
from slack_stage import Stage, staged
from slack_town import Human, Room

TALKER = Badge(
    slug="talker", name="Talker", description="Says something.", emoji="💬", measure=Count("message.posted"),
    levels=(Level("Bronze", at=1), Level("Silver", at=3)),
)  # fmt: skip
GUEST = Badge(slug="guest", name="Guest", measure=Count("message.posted"), levels=(Level("", at=1),))


class Scene:
    """*ana* is in *general* and *badges*."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.town = stage, stage.town
        self.ana = self.town.human("ana")
        self.general, self.badges = self.town.room("general", "channel", self.ana), self.town.room("badges", "channel", self.ana)

    @property
    def acts(self) -> Any:
        """What can be done in the community."""
        return self.stage.app.acts(self.stage.community)

    async def says(self, *, times: int = 1, room: Room | None = None, thread: str = "") -> dict[str, Any]:
        """Ana writes; returns the last message once all is announced."""
        for _ in range(times):
            message = await self.ana.says(room or self.general, "hello", thread=thread)
        await self.later()
        return message

    async def later(self, seconds: float = 2) -> None:
        """Once all is said, as a channel takes one message a second."""
        for _ in range(3):
            await self.stage.rest()
            self.town.now += seconds
        await self.stage.rest()

    def said(self, room: Room) -> list[dict[str, Any]]:
        """What the app posted there."""
        return [message for message in room.messages if message.get("bot_id")]

    def texts(self, room: Room) -> list[str]:
        """The texts of it."""
        return [message["text"] for message in self.said(room)]

    def direct(self, human: Human) -> Room:
        """Somebody's direct messages with the app."""
        return next(room for room in self.town.rooms.values() if room.kind == "im" and human.id in room.members)

    def account(self, human: Human | None = None) -> Account:
        """Who somebody is to laurels."""
        return Account("slack", (human or self.ana).id, realm=self.town.team, name=(human or self.ana).name)

    def place(self, room: Room, thread: str = "") -> Place:
        """Where a channel is."""
        return Place("slack", room.id, thread, self.town.team, f"#{room.name}")

    async def comes(self, name: str) -> Human:
        """Somebody new, whose first words win them a badge."""
        human = self.town.human(name)
        await human.says(self.general, "hello")
        await self.later()
        return human

    async def give(self, slug: str, **more: Any) -> None:
        """Ana, who was heard before, is given a badge in general unless something else is said."""
        await self.acts.awards.give(SYSTEM, slug, [self.account()], **{"place": self.place(self.general), **more})
        await self.later()

    async def revoke(self, slug: str = "talker", level: int = 1) -> None:
        """Ana's badge is taken back."""
        await self.acts.awards.revoke(SYSTEM, slug, self.account(), level)
        await self.later()

    async def troubles(self) -> list[str]:
        """What `laurels status` tells of announcements."""
        return [trouble.error for trouble in await self.stage.app.store.troubles()]


def pictures(message: dict[str, Any]) -> list[dict[str, Any]]:
    """The images of a message."""
    return [block["accessory"] for block in message["blocks"] if "accessory" in block]


def words(shown: Any) -> str:
    """All that a message's blocks say, one text after the other."""
    if isinstance(shown, dict):
        own = [shown["text"]] if isinstance(shown.get("text"), str) else []
        return "|".join([*own, *filter(None, (words(value) for value in shown.values()))])
    if isinstance(shown, list):
        return "|".join(filter(None, (words(each) for each in shown)))
    return ""


def announcing(*places: str) -> str:
    """A configuration that sends news to *places*."""
    return f"[communities.acme]\nannounce = {list(places)}"


@asynccontextmanager
async def scene(folder: Path, *pack: Any, **options: Any) -> AsyncIterator[Scene]:
    """*options* as those of a stage."""
    async with staged(folder, pack or TALKER, **options) as stage:
        yield Scene(stage)
