"""What is on the pictures of Slack, each played anew by laurels' own adapter."""

import base64
import re
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from html import escape
from pathlib import Path
from typing import Any

from msgspec import structs

import laurels_badges
from laurels import LAUREL
from laurels.drawing.medal import medal
from laurels.policy import SYSTEM
from laurels.testing.pack import gather
from slack_scene import Scene as Workspace
from slack_scene import scene
from slack_town import Human

from .scenes import KIND, Scene
from .town import COLOURS


class Hall:
    """*ana* and *bob* in one channel of a workspace."""

    def __init__(self, it: Workspace) -> None:
        self.it, self.room, self.files = it, it.general, dict[str, bytes]()
        self.ana, self.bob = it.town.human("Ana"), it.town.human("Bob")

    async def talk(self) -> None:
        """Ana and Bob are heard."""
        for human in (self.ana, self.bob):
            await human.says(self.room, "hello")
        await self.it.later()
        self.room.messages.clear()

    async def give(self, slug: str, whom: Human, level: int | None = None, note: str = "", url: str = "") -> None:
        """Somebody is given a badge in the channel, for what they said at *url*."""
        place = self.it.place(self.room)
        await self.it.acts.awards.give(SYSTEM, slug, [self.it.account(whom)], level=level, note=note, place=structs.replace(place, url=url))

    def shown(self, messages: Sequence[dict[str, Any]], **more: Any) -> list[dict[str, Any]]:
        """Messages as a picture needs them."""
        return [self._shown(message) | more for message in messages]

    def _shown(self, message: dict[str, Any]) -> dict[str, Any]:
        bot = message.get("user") not in self.it.town.people
        name = "laurels" if bot else self.it.town.people[message["user"]].name
        blocks = message.get("blocks") or [_written(message["text"])]
        return {"author": name, "bot": bot, "at": "12:00 PM", "picture": _avatar(name), "blocks": [self.kept(block) for block in blocks]}

    def kept(self, value: Any) -> Any:
        """A block without what is another each time: numbers of files and messages, and what buttons mean."""
        if isinstance(value, list):
            return [self.kept(each) for each in value]
        if not isinstance(value, dict):
            return re.sub(r"<https:[^|>]+", "<a message", value) if isinstance(value, str) else value
        if set(value) == {"id"} and value["id"] in self.it.town.files:
            content = self.it.town.files[value["id"]]["content"]
            name = next((name for name, known in self.files.items() if known == content), f"picture-{len(self.files)}")
            self.files[name] = content
            return {"id": name}
        dropped = ("value", "action_id", "block_id", "confirm")
        return {key: "a message" if key == "url" else self.kept(each) for key, each in value.items() if key not in dropped}


async def award(hall: Hall) -> list[dict[str, Any]]:
    """One badge, given with a word."""
    await hall.talk()
    said = await hall.ana.says(hall.room, "Here is how I got the build down to a minute: the cache key was wrong.")
    await hall.give("solver", hall.ana, 2, "the whole team thanks you", f"https://town.slack.com/archives/C1/p{said['ts']}")
    await hall.it.later()
    return hall.shown(hall.room.messages)


async def several(hall: Hall) -> list[dict[str, Any]]:
    """Several badges at once."""
    await hall.talk()
    for slug, level in (("welcomer", 1), ("helper", 3), ("kind-soul", None)):
        await hall.give(slug, hall.bob, level)
    await hall.it.later()
    return hall.shown(hall.it.said(hall.room)[-1:])


async def withdrawn(hall: Hall) -> list[dict[str, Any]]:
    """A badge that was taken back."""
    await hall.talk()
    await hall.give("helper", hall.ana, 1)
    await hall.it.later()
    await hall.it.acts.awards.revoke(SYSTEM, "helper", hall.it.account(hall.ana), 1)
    await hall.it.later()
    return hall.shown(hall.it.said(hall.room)[-1:])


async def nomination(hall: Hall) -> list[dict[str, Any]]:
    """A nomination, with what to press."""
    await hall.talk()
    return await _answer(hall, f"nominate kind-soul {hall.bob.mention} always has a kind word")


async def profile(hall: Hall) -> list[dict[str, Any]]:
    """Somebody's badges."""
    await hall.talk()
    for slug, level in (("helper", 2), ("regular", 3), ("solver", 1), ("kind-soul", None)):
        await hall.give(slug, hall.ana, level)
    await hall.it.later()
    return await _answer(hall, "profile")


async def home(hall: Hall) -> list[dict[str, Any]]:
    """What somebody sees who opens the app."""
    await hall.talk()
    for slug, level in (("helper", 2), ("kind-soul", None)):
        await hall.give(slug, hall.ana, level)
    await hall.it.later()
    town, event = hall.it.town, {"type": "app_home_opened", "user": hall.ana.id, "channel": "D1", "tab": "home", "event_ts": "1.2"}
    await town.tell(event)
    await hall.it.later()
    return [{"home": "laurels", "picture": _avatar("laurels"), "blocks": hall.kept(town.homes[hall.ana.id]["blocks"])}]


async def _answer(hall: Hall, text: str) -> list[dict[str, Any]]:
    town, before = hall.it.town, len(hall.it.said(hall.room))
    await hall.it.stage.deliver({
        "token": "unused", "team_id": town.team, "team_domain": "town", "channel_id": hall.room.id, "channel_name": hall.room.name,
        "user_id": hall.ana.id, "user_name": hall.ana.name, "command": "/badges", "text": text, "api_app_id": town.app_id,
        "is_enterprise_install": "false", "response_url": town.response_url(), "trigger_id": "1.2.3",
    })  # fmt: skip
    await hall.it.later()
    private = [response for response in town.responses if response.get("response_type") != "in_channel"]
    public = [response for response in town.responses if response.get("response_type") == "in_channel"]
    return [*hall.shown(public + hall.it.said(hall.room)[before:]), *hall.shown(private, private=True)]


#: By the name of the picture.
SCENES: dict[str, Callable[[Hall], Awaitable[list[dict[str, Any]]]]] = {
    "award": award, "several": several, "withdrawn": withdrawn, "nomination": nomination, "profile": profile, "home": home,
}  # fmt: skip


async def played(name: str) -> Scene:
    """One scene in a workspace of its own."""
    with tempfile.TemporaryDirectory() as folder:
        async with scene(Path(folder), gather(laurels_badges) + gather(KIND)) as it:
            hall = Hall(it)
            return Scene(await SCENES[name](hall), hall.files)


def _written(text: str) -> dict[str, Any]:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}]}


def _avatar(name: str) -> str:
    """Somebody's picture, with ``@`` where its place goes."""
    if name == "laurels":
        data = base64.b64encode(medal(LAUREL).encode()).decode()
        return f'<g transform="@"><image width="36" height="36" href="data:image/svg+xml;base64,{data}"/></g>'
    letter = 'font-family="Noto Sans" font-size="18" font-weight="700" text-anchor="middle" fill="#fff"'
    tile = f'<rect width="36" height="36" rx="8" fill="{COLOURS[name]}"/>'
    return f'<g transform="@">{tile}<text x="18" y="24.5" {letter}>{escape(name[0])}</text></g>'
