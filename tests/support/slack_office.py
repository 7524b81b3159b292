"""A workspace with people in it who ask laurels and press what it shows: payloads as Slack's reference captures them."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import block_kit
from laurels import Badge, Count, Level, Nominations
from laurels_slack.commands import ANYWHERE, MESSAGE
from slack_stage import Stage, staged
from slack_town import Human, Room, Town

PACK = (
    Badge(slug="talker", name="Talker", measure=Count("message.posted"), levels=(Level("Bronze", at=1), Level("Silver", at=1000))),
    Badge(slug="kind", name="Kind Soul", description="For the good ones.", tags=("warm",), nominations=True),
    Badge(slug="star", name="Good Star", nominations=Nominations(approvals=2)),
    Badge(slug="ranked", name="Ranked", levels=("First", "Second"), nominations=True),
    Badge(slug="closed", name="Closed"),
)


class Seen:
    """What somebody sees in answer: a message of *kind* ``alone``, ``all`` or ``direct``, a ``view``, or the ``home`` tab."""

    def __init__(self, kind: str, shown: dict[str, Any], room: Room | None = None, ts: str = "", thread: str = "") -> None:
        self.kind, self.shown, self.room, self.ts, self.thread = kind, shown, room, ts, thread

    @property
    def blocks(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.shown.get("blocks") or []
        return found

    @property
    def text(self) -> str:
        """All that it says."""
        return read(self.blocks)

    @property
    def labels(self) -> list[str]:
        """What its buttons say."""
        return [button["text"]["text"] for button in self.buttons]

    @property
    def buttons(self) -> list[dict[str, Any]]:
        return [button for block in self.blocks if block["type"] == "actions" for button in block["elements"]]


class Office:
    """*ana* and *bob* are people, *eve* administers the workspace, *zoe* never wrote a word; they meet in the *hall*."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.town = stage, stage.town
        self.ana, self.bob, self.zoe = (self.town.human(name) for name in ("ana", "bob", "zoe"))
        self.eve = self.town.human("eve", is_admin=True)
        self.everybody = (self.ana, self.bob, self.zoe, self.eve)
        self.hall, self.cellar = (self.town.room(name, "channel", *self.everybody) for name in ("hall", "cellar"))
        self.acked: dict[str, Any] | None = None  # what the last form was answered with at once

    @property
    def host(self) -> Any:
        """What commands are asked of."""
        return self.stage.adapter.commands.clerk.host

    async def talk(self) -> None:
        """Everybody but zoe says something."""
        for one in (self.ana, self.bob, self.eve):
            await one.says(self.hall, "hello")
        await self.stage.rest()

    # asking

    async def slash(self, who: Human, text: str = "", *, admin: bool = False, room: Room | None = None, **more: Any) -> Seen:
        """Type a command behind a slash; what comes of it."""
        room, url = room or self.hall, self.town.response_url()
        command = f"{self.stage.wanted.command}{'-admin' if admin else ''}"
        body = {
            "token": "unused", "team_id": self.town.team, "team_domain": "town", "channel_id": room.id, "channel_name": room.name,
            "user_id": who.id, "user_name": who.name, "command": command, "text": text, "api_app_id": self.town.app_id,
            "is_enterprise_install": "false", "response_url": url, "trigger_id": self.trigger(), **more,
        }  # fmt: skip
        return (await self.delivered(body, room))[-1]

    async def mention(self, who: Human, text: str, *, room: Room | None = None, thread: str = "") -> list[Seen]:
        """Write to the bot where others read it."""
        room = room or self.hall
        message = room.keep({"type": "message", "user": who.id, "text": text, "team": self.town.team}, thread)
        return await self.heard({**message, "type": "app_mention", "channel": room.id, "event_ts": message["ts"]}, room)

    async def direct(self, who: Human, text: str) -> list[Seen]:
        """Write to the bot alone."""
        room = next((room for room in self.town.rooms.values() if room.kind == "im" and who.id in room.members), None)
        room = room or self.town.room("", "im", who)
        message = room.keep({"type": "message", "user": who.id, "text": text, "team": self.town.team})
        return await self.heard(room.event(message), room)

    async def heard(self, event: dict[str, Any], room: Room | None = None) -> list[Seen]:
        """Have an event told; what comes of it."""
        marks = self._marks()
        await self.town.tell(event)
        await self.stage.rest()
        return self._since(marks, room)

    async def message_shortcut(self, who: Human, message: Mapping[str, Any], room: Room | None = None) -> Seen:
        room = room or self.hall
        body = {
            **self._interaction("message_action", who), "callback_id": MESSAGE, "action_ts": self.town.next_ts(),
            "response_url": self.town.response_url(), "message_ts": message["ts"], "channel": {"id": room.id, "name": room.name},
            "message": dict(message),
        }  # fmt: skip
        return (await self.delivered(body, room))[-1]

    async def shortcut(self, who: Human) -> Seen:
        return (await self.delivered({**self._interaction("shortcut", who), "callback_id": ANYWHERE, "action_ts": self.town.next_ts()}))[-1]

    async def home(self, who: Human) -> Seen:
        """Open the bot's home tab."""
        event = {"type": "app_home_opened", "user": who.id, "channel": "D0HOME", "tab": "home", "event_ts": self.town.next_ts()}
        return (await self.heard(event))[-1]

    # pressing, picking, handing in

    async def press(self, who: Human, seen: Seen, label: str) -> list[Seen]:
        """Press a button; what comes of it. What is put in its place is shown by *seen* itself."""
        button = next(button for button in seen.buttons if button["text"]["text"] == label)
        url = self.town.response_url()
        body = {**self._interaction("block_actions", who), **self._container(seen, url), "state": {"values": {}}}
        body["actions"] = [{**button, "block_id": "b1", "action_ts": self.town.next_ts()}]
        before = len(self.town.answered)
        found = await self.delivered(body, seen.room)
        for path, given in self.town.answered[before:]:
            if url.endswith(path) and given.get("replace_original"):
                seen.shown = given
        return found

    def _container(self, seen: Seen, url: str) -> dict[str, Any]:
        if seen.kind in ("view", "home"):
            view = {"id": seen.shown.get("id", "V0"), "type": "modal" if seen.kind == "view" else "home", **seen.shown}
            return {"container": {"type": "view", "view_id": view["id"]}, "view": view}
        assert seen.room is not None
        where = {"type": "message", "message_ts": seen.ts, "channel_id": seen.room.id, "is_ephemeral": seen.kind == "alone"}
        its = {"bot_id": self.town.bot, "type": "message", "user": self.town.bot_user, "ts": seen.ts, "team": self.town.team}
        thread = {"thread_ts": seen.thread} if seen.thread else {}
        message = {"message": {**its, **thread, "text": seen.shown.get("text", ""), "blocks": seen.blocks}}
        shown = {} if seen.kind == "alone" else message
        return {"container": {**where, **thread}, "channel": {"id": seen.room.id, "name": seen.room.name}, "response_url": url, **shown}

    async def submit(self, who: Human, form: Seen, filled: Mapping[str, Any], **more: Any) -> list[Seen]:
        """Hand in a form; fields that are not filled are empty. What it is answered at once is in :attr:`acked`."""
        values = {block["block_id"]: {block["block_id"]: _filled(block, filled)} for block in form.blocks if block["type"] == "input"}
        assert set(filled) <= set(values)
        view = {**form.shown, "state": {"values": values}, "hash": "1.abc", "app_id": self.town.app_id, "bot_id": self.town.bot}
        body = {**self._interaction("view_submission", who), "view": view, "response_urls": [], **more}
        return await self.delivered(body, self.hall)

    async def suggested(self, who: Human, form: Seen, begun: str) -> list[tuple[str, str]]:
        """Type into the select of a form: values and what they are called."""
        view = {"container": {"type": "view", "view_id": form.shown["id"]}, "view": form.shown}
        body = {**self._interaction("block_suggestion", who), **view, "action_id": "badge", "block_id": "badge", "value": begun}
        answer = await self.stage.deliver(body)
        options = json.loads(answer.body)["options"]
        block_kit.check_options(options)
        return [(option["value"], option["text"]["text"]) for option in options]

    # what Slack sends

    def trigger(self) -> str:
        return f"{self.town.next_ts()}.trigger"

    def _interaction(self, kind: str, who: Human) -> dict[str, Any]:
        return {
            "type": kind, "team": {"id": self.town.team, "domain": "town"}, "api_app_id": self.town.app_id, "token": "unused",
            "user": {"id": who.id, "username": who.name, "name": who.name, "team_id": self.town.team}, "trigger_id": self.trigger(),
            "is_enterprise_install": False, "enterprise": None,
        }  # fmt: skip

    async def delivered(self, body: dict[str, Any], room: Room | None = None) -> list[Seen]:
        """Have it taken, and wait for what comes of it."""
        marks = self._marks()
        answer = await self.stage.deliver(body)
        assert answer.status == 200, answer.body
        self.acked = json.loads(answer.body) if answer.body else None
        if self.acked and "view" in self.acked:
            block_kit.check_view(self.acked["view"])
        await self.stage.rest()
        found = self._since(marks, room)
        return [*found, Seen("view", self.acked["view"])] if self.acked and "view" in self.acked else found

    def _marks(self) -> tuple[int, ...]:
        return tuple(map(len, (self.town.responses, self.town.calls)))

    def _since(self, marks: Sequence[int], room: Room | None) -> list[Seen]:
        town = self.town
        found = []
        for given in town.responses[marks[0] :]:
            kind = "alone" if given.get("response_type") != "in_channel" else "all"
            if not given.get("replace_original"):
                found.append(Seen(kind, given, room, town.next_ts(), given.get("thread_ts", "")))
        for call in town.calls[marks[1] :]:
            given = call.given
            if any(call is refused for refused in town.refused):
                continue
            if call.method == "chat.postEphemeral":
                found.append(Seen("alone", given, town.rooms.get(given["channel"]), town.next_ts(), given.get("thread_ts", "")))
            elif call.method == "chat.postMessage" and "metadata" not in given:
                there = town.rooms.get(given["channel"])
                kind = "direct" if there is None or there.kind == "im" else "all"
                found.append(Seen(kind, given, there, town.next_ts(), given.get("thread_ts", "")))
            elif call.method in ("views.open", "views.update", "views.push"):
                found.append(Seen("view", given["view"] | {"id": given.get("view_id") or town.views[-1]["id"]}))
            elif call.method == "views.publish":
                found.append(Seen("home", given["view"]))
        return found


def _filled(block: Mapping[str, Any], filled: Mapping[str, Any]) -> dict[str, Any]:
    """The state of an element, as Slack sends it."""
    kind, value = block["element"]["type"], filled.get(block["block_id"])
    match kind:
        case "plain_text_input":
            return {"type": kind, "value": value}
        case "external_select":
            option = {"text": {"type": "plain_text", "text": value, "emoji": True}, "value": value} if value else None
            return {"type": kind, "selected_option": option}
        case "users_select":
            return {"type": kind, "selected_user": value.id if value else None}
        case "multi_users_select":
            return {"type": kind, "selected_users": [human.id for human in value or ()]}
    return {"type": kind, "selected_conversation": value.id if value else None}


def read(shown: Any) -> str:
    """All that blocks say, without their buttons."""
    if isinstance(shown, Mapping):
        if shown.get("type") == "actions":
            return ""
        if shown.get("type") == "emoji":
            return f":{shown['name']}:"
        if shown.get("type") == "link":
            return str(shown.get("text") or shown["url"])
        if isinstance(shown.get("text"), str):
            return str(shown["text"])
        if "elements" in shown and str(shown.get("type")).startswith("rich_text_"):
            return "".join(map(read, shown["elements"]))
        return "\n".join(filter(None, map(read, shown.values())))
    return "\n".join(filter(None, map(read, shown))) if isinstance(shown, list) else ""


@asynccontextmanager
async def living(folder: Path, *more: Badge | str, town: Town | None = None, **options: Any) -> AsyncIterator[Office]:
    """An office on a stage; *options* are the stage's."""
    async with staged(folder, [*PACK, *more], town=town, **options) as stage:
        office = Office(stage)
        await office.talk()
        yield office
