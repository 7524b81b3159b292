"""What happens when a button is pressed."""

import asyncio
from typing import Any, Final
from weakref import WeakValueDictionary

from msgspec import structs

from laurels import Command, Reply

from . import buttons, marks, table, views
from .clerk import Clerk
from .courier import Shown, Way
from .home import Home
from .who import Asker

_FRESH: Final = 30.0  # seconds for which what was put into a message is newer than what Slack tells of it


class Pressed:
    """A press: the message or view that the button is in."""

    def __init__(self, body: dict[str, Any]) -> None:
        self.body, self.action = body, body["actions"][0]
        self.kind: str = self.action["action_id"].partition(":")[0]
        container = body.get("container") or {}
        self.message: dict[str, Any] = body.get("message") or {}
        self.ts: str = container.get("message_ts") or self.message.get("ts") or ""
        self.thread: str = self.message.get("thread_ts") or container.get("thread_ts") or ""
        self.channel: str = container.get("channel_id") or (body.get("channel") or {}).get("id") or ""
        self.view: dict[str, Any] = body.get("view") or {}
        self.hidden = bool(container.get("is_ephemeral")) or self.kind == buttons.OWN

    @property
    def value(self) -> str:
        """What the button means."""
        return str(self.action.get("value") or "")


class Presses:
    """Answers presses: what only shows something, to who pressed; what decides about a nomination, on the message that it stands on.

    What began in private goes on there, and what began on the home tab or in a window in a window.
    """

    def __init__(self, clerk: Clerk, home: Home) -> None:
        self.clerk, self.home = clerk, home
        self._locks: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()
        self._marked: dict[tuple[str, str], tuple[float, Shown]] = {}

    async def pressed(self, ack: Any, body: dict[str, Any], context: Any) -> None:
        """Somebody pressed one of laurels' buttons."""
        if self.clerk.seen.first(("press", body.get("trigger_id"), body["actions"][0].get("action_ts"))):
            self.clerk.errands.run(self._pressed(Pressed(body), context), "press")
        await ack()

    async def _pressed(self, pressed: Pressed, context: Any) -> None:
        asker = await self.clerk.who.asker(pressed.body, context, channel=pressed.channel, thread=pressed.thread, ts=pressed.ts)
        if asker is None:
            return
        way = Way(asker, pressed.body.get("response_url") or "", direct=await self.clerk.who.direct(asker))
        if pressed.kind == buttons.TURN:
            await self._turn(way, pressed)
            return
        meaning = buttons.meaning(pressed.value)
        if meaning is None:
            await self.clerk.tell(way, "old")
            return
        name, *words = meaning
        command = await self.clerk.who.command(asker, name, words)
        if pressed.view:
            await self._in_view(way, pressed, command, await self.clerk.ask(command))
        elif command.words[:1] == (marks.DECISIONS,) and len(command.words) > 1:
            await self._decide(way, pressed, command)
        else:
            await self._do(way, pressed, command, await self.clerk.ask(command))

    async def _do(self, way: Way, pressed: Pressed, command: Command, reply: Reply) -> None:
        """In place of what was private; else for all, unless it only shows something."""
        if reply.file is None and pressed.hidden and reply.ok:
            await self._replace(way, await self.clerk.shown(way.asker.its, reply, command, own=True))
        else:
            alone = pressed.hidden or table.reads(command.name, command.words)
            await self.clerk.answer(way, command, structs.replace(reply, private=reply.private or alone))

    async def _turn(self, way: Way, pressed: Pressed) -> None:
        """Another page, for who asked."""
        turning = buttons.turning(pressed.value)
        if turning is None:
            await self.clerk.tell(way, "old")
            return
        name, *words = turning.command
        if way.asker.user != turning.asker:
            called = self.clerk.settings.admin_command if name == table.ADMIN else self.clerk.settings.command
            await self.clerk.tell(way, "not_yours", command=" ".join((called.removeprefix("/"), *words[:1])))
            return
        command = await self.clerk.who.command(way.asker, name, words)
        reply = await self.clerk.ask(command)
        shown = await self.clerk.shown(way.asker.its, reply, command, turning.page, own=pressed.hidden)
        if pressed.view:
            await self._show(way.asker, pressed, reply.language, shown)
        elif reply.ok and (pressed.hidden or way.direct or not reply.private):
            await self._replace(way, shown)
        else:
            await self.clerk.courier.carry(way, shown, alone=True)

    async def _in_view(self, way: Way, pressed: Pressed, command: Command, reply: Reply) -> None:
        """The home tab shows by itself what changed; what there is to read besides comes in a window."""
        if pressed.view["type"] == "modal" or not reply.ok or reply.buttons or reply.fields or reply.file or not _acts(command):
            told = await self.clerk.handed(way, command, reply)
            shown = await self.clerk.shown(way.asker.its, told, command, own=True)
            await self._show(way.asker, pressed, reply.language, shown)
        if reply.ok and _acts(command):
            await self.home.publish(way.asker)

    async def _show(self, asker: Asker, pressed: Pressed, language: str, shown: Shown) -> None:
        """In the window that is open, or in a new one; in a direct message where Slack takes none any more."""
        view, modal = views.answer(language, shown), pressed.view["type"] == "modal"
        method = "views.update" if modal else "views.open"
        where = {"view_id": pressed.view["id"]} if modal else {"trigger_id": pressed.body["trigger_id"]}
        if not await self.clerk.courier.put_up(asker, method, view, **where):
            await self.clerk.courier.carry(Way(asker), shown, alone=True)

    async def _decide(self, way: Way, pressed: Pressed, command: Command) -> None:
        """Say on a nomination's message what became of it, and take away what can't be decided any more."""
        if pressed.hidden:
            await self._in_inbox(way, command, await self.clerk.ask(command))
            return
        key = (pressed.channel, pressed.ts)
        lock = self._locks.setdefault(key, asyncio.Lock())
        async with lock:  # others may be deciding on the same message
            reply = await self.clerk.ask(command)
            told = reply.ok and not reply.private
            if told or reply.over:
                await self._mark(way, pressed, key, command, reply, told=told)
        if not told:
            await self.clerk.answer(way, command, structs.replace(reply, private=True))

    async def _mark(self, way: Way, pressed: Pressed, key: tuple[str, str], command: Command, reply: Reply, *, told: bool) -> None:
        now = asyncio.get_running_loop().time()
        self._marked = {its: (at, shown) for its, (at, shown) in self._marked.items() if now - at < _FRESH}
        _, shown = self._marked.get(key, (now, Shown(pressed.message.get("text") or "", pressed.message.get("blocks") or [])))
        blocks = marks.added(shown.blocks, reply.text) if told else shown.blocks
        blocks = marks.closed(blocks, command.words[2]) if reply.over and len(command.words) > 2 else blocks
        shown = Shown(marks.text(shown.text, reply.text) if told else shown.text, blocks)
        if await self.clerk.courier.replace(way, shown):
            self._marked[key] = now, shown

    async def _in_inbox(self, way: Way, command: Command, reply: Reply) -> None:
        """Slack tells nothing of a message that only one sees: what is still open is asked again, under what was decided."""
        if not (reply.ok or reply.over):
            await self.clerk.answer(way, command, structs.replace(reply, private=True))
            return
        inbox = structs.replace(command, words=(marks.DECISIONS,))
        left = await self.clerk.ask(inbox)
        both = structs.replace(left, text=f"{reply.text}\n\n{left.text}", private=True)
        await self._replace(way, await self.clerk.shown(way.asker.its, both, inbox, own=True))

    async def _replace(self, way: Way, shown: Shown) -> None:
        """In place of what was pressed; beside it, for who pressed, where Slack doesn't let that be changed any more."""
        if not await self.clerk.courier.replace(way, shown):
            await self.clerk.courier.carry(way, shown, alone=True)


def _acts(command: Command) -> bool:
    return not table.reads(command.name, command.words)
