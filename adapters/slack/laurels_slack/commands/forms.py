"""Forms: what a command asks for where nothing was said, and what the shortcuts ask.

What a form is about is in its ``private_metadata``: one that was opened before a restart can be handed in after it.
"""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
import structlog
from msgspec import Struct

from laurels import Command, Reply

from ..prose import plain
from ..workspaces import client
from . import fields, table, views
from .clerk import Clerk
from .courier import FAULTS, Way
from .fields import Field
from .texts import say
from .who import Asker

FORM: Final = "form"
PATIENCE: Final = 2.0  # seconds until an answer is put off: Slack waits for three

_ROOM: Final = 3000  # characters of what a form is about
_ERROR: Final = 2000

Asked = tuple[Command, Reply]

_log = structlog.get_logger(__name__)


class About(Struct, frozen=True, omit_defaults=True):
    """What a form is about: a command and what of it was said, where, and by which *url* it is answered.

    With *author* and *message* it is about a message: who may award what they pick awards, anybody else nominates.
    """

    name: str
    words: tuple[str, ...]
    people: tuple[str, ...] = ()
    channel: str = ""
    thread: str = ""
    url: str = ""
    author: str = ""
    message: str = ""
    title: str = ""


class Forms:
    """Opens forms, and takes what is handed in."""

    def __init__(self, clerk: Clerk) -> None:
        self.clerk = clerk

    async def open(self, asker: Asker, trigger: str, about: About, asked: Sequence[Field]) -> bool:
        """Show a form. False where Slack takes none any more, or what it is about is too long."""
        metadata, locale = msgspec.json.encode(about).decode(), await self.clerk.who.locale(asker)
        if len(metadata) > _ROOM:
            return False
        title = say(locale, f"title.{about.title or about.words[0].casefold()}")
        view = {
            "type": "modal", "callback_id": FORM, "private_metadata": metadata, "title": plain(title, 24),
            "submit": plain(say(locale, "title.submit"), 24), "close": plain(say(locale, "title.close"), 24),
            "blocks": [field.block(locale) for field in asked],
        }  # fmt: skip
        try:
            await client(self.clerk.settings, asker.its.token).views_open(trigger_id=trigger, view=view)
        except FAULTS as error:
            _log.warning("a form was not opened", verb=about.words[:1], why=str(error))
            return False
        return True

    async def submitted(self, ack: Any, body: dict[str, Any], view: dict[str, Any], context: Any) -> None:
        """Somebody handed in a form."""
        if not self.clerk.seen.first(("form", body.get("trigger_id"), view["id"])):
            await ack()
            return
        try:
            about = msgspec.json.decode(view["private_metadata"], type=About)
        except msgspec.MsgspecError:
            about = None
        way = await self._way(body, about, context) if about is not None else None
        if about is None or way is None:
            await ack()
            return
        given = fields.given(view["state"]["values"])
        if missing := {name: key for name, key in _MISSING.items() if name in given and not given[name]}:
            locale = self.clerk.who.reads(way.asker)
            await ack(response_action="errors", errors={name: say(locale, f"said.{key}") for name, key in missing.items()})
            return
        await self._settle(ack, way, self.clerk.errands.run(self._asked(way, about, given), "form"), view["id"], set(given))

    async def _settle(self, ack: Any, way: Way, asking: "asyncio.Task[Asked]", id_: str, known: set[str]) -> None:
        """Show what came of it: at the field, in the form, or where it was asked."""
        await asyncio.wait({asking}, timeout=PATIENCE)
        if not asking.done():
            locale = self.clerk.who.reads(way.asker)
            await ack(response_action="update", view=views.telling(locale, say(locale, "said.while")))
            self.clerk.errands.run(self._later(asking, way, id_), "form's answer")
            return
        command, reply = asking.result()
        if not reply.ok and (field := _field(reply, known)):
            told = "\n".join((reply.text, *(": ".join(filter(None, row)) for row in reply.fields)))
            await ack(response_action="errors", errors={field: told[:_ERROR]})
        elif _stays(reply, way):
            await ack(response_action="update", view=await self._view(way, command, reply))
        else:
            await ack()
            self.clerk.errands.run(self.clerk.answer(way, command, reply), "form's answer")

    async def _later(self, asking: "asyncio.Task[Asked]", way: Way, id_: str) -> None:
        """The form says what came of it, for who still looks at it; what all may read stands where it was asked too."""
        command, reply = await asking
        view = await self._view(way, command, reply)
        if not await self.clerk.courier.put_up(way.asker, "views.update", view, view_id=id_) or not _stays(reply, way):
            await self.clerk.answer(way, command, reply)

    async def _view(self, way: Way, command: Command, reply: Reply) -> dict[str, Any]:
        shown = await self.clerk.shown(way.asker.its, reply, command, own=True)
        return views.answer(reply.language, shown)

    async def _way(self, body: Mapping[str, Any], about: About, context: Any) -> Way | None:
        """Where the answer goes: where the command was, or the place that was picked."""
        picked: Mapping[str, Any] = next(iter(body.get("response_urls") or ()), {})
        channel = about.channel or picked.get("channel_id") or ""
        asker = await self.clerk.who.asker(body, context, channel=channel, thread=about.thread)
        return Way(asker, about.url or picked.get("response_url") or "") if asker is not None else None

    async def _asked(self, way: Way, about: About, given: Mapping[str, Sequence[str]]) -> Asked:
        try:
            command = await self._command(way, about, given)
        except Exception:  # whatever it is, who handed it in waits for words
            _log.exception("a form was not taken", verb=about.words[:1])
            command = await self.clerk.who.command(way.asker, about.name, about.words)
            return command, Reply(say(command.locale, "said.failed"), private=True, ok=False, language=command.locale)
        return command, await self.clerk.ask(command)

    async def _command(self, way: Way, about: About, given: Mapping[str, Sequence[str]]) -> Command:
        asker, name, words, people = way.asker, about.name, list(about.words), list(about.people)
        if about.author:
            person = Field("person", "person")
            given, people = {**given, "person": [about.author]}, [*people, about.author]
            may = self.clerk.host.may_award(await self.clerk.who.actor(asker), self.clerk.who.realm(asker), given["badge"][0])
            name, words = (table.ADMIN, ["award"]) if may else (table.NAME, ["nominate"])
            why = Field("reason", key="note" if may else "reason")
            asked: Sequence[Field] = (Field("badge", "badge"), person, Field("level", key="level"), why)
        else:
            asked = table.FORMS[name, words[0].casefold()]
        people += [user for field in asked if field.kind in ("person", "people") for user in given.get(field.name, ())]
        accounts = await self.clerk.who.accounts(asker, list(dict.fromkeys(people)))
        keys = {user: account.key for user, account in accounts.items()}
        words += [word for field in asked for word in field.typed(given.get(field.name, ()), keys)]
        return await self.clerk.who.command(asker, name, words, people=list(accounts.values()), message=about.message)


def _field(reply: Reply, known: set[str]) -> str:
    """The field that an answer says is wrong; any key of a badge that has none of its own stands in its rule."""
    names = {"person": "people" if "people" in known else "person"}.get(reply.wrong, reply.wrong)
    return names if names in known else "rule" if names and "rule" in known else ""


def _stays(reply: Reply, way: Way) -> bool:
    """Whether the form itself shows the answer."""
    return not reply.ok or not (way.url or way.asker.channel)


_MISSING: Final = {"badge": "which", "person": "whom", "people": "whom"}
