"""Who takes what people ask to laurels, and brings back the answer."""

import re
from typing import Any, Final

import structlog
from msgspec import structs

from laurels import LAUREL, Button, Command, Host, Once, Reply, Seen

from .. import render
from ..settings import Settings
from ..uploads import Uploads
from ..workspaces import Workspace, client
from . import buttons
from .courier import Courier, Shown, Way
from .errands import Errands
from .texts import say
from .who import Who

_CALLED: Final = "/badges"
_COMMAND: Final = re.compile(r"(?<![\w/.-])/badges(?=-admin\b|(?![\w-]))")

_log = structlog.get_logger(__name__)


class Clerk:
    """Asks laurels, and shows the answer: to the asker alone where it is private or a refusal. *errands* are what it has still to do."""

    def __init__(self, host: Host, wanted: Settings, who: Who, uploads: Uploads) -> None:
        self.host, self.settings, self.who, self.uploads = host, wanted, who, uploads
        self.courier, self.errands = Courier(wanted), Errands()
        self.seen, self.heard = Seen(), Once(host.state, "heard")

    async def ask(self, command: Command) -> Reply:
        """What laurels answers, and in which language the rest is to be said; who said nothing gets a button to what they can say."""
        reply = await self._asked(command)
        reply = structs.replace(reply, language=reply.language or command.locale)
        return reply if command.words else _helping(reply, command.name)

    async def _asked(self, command: Command) -> Reply:
        """The answer, with laurels' commands as they are called here; a plain sentence where it fails."""
        try:
            reply = await self.host.ask(command)
        except Exception:  # whatever it is, who asked waits for words
            _log.exception("a command failed", command=command.name, verb=command.words[:1])
            return Reply(say(command.locale, "said.failed"), private=True, ok=False)
        if self.settings.command == _CALLED:
            return reply
        fields = tuple((self._called(name), self._called(value)) for name, value in reply.fields)
        return structs.replace(reply, text=self._called(reply.text), fields=fields)

    async def serve(self, way: Way, command: Command) -> None:
        """Ask, and answer."""
        await self.answer(way, command, await self.ask(command))

    async def answer(self, way: Way, command: Command, reply: Reply) -> None:
        """Answer."""
        alone = reply.private or not reply.ok
        told = await self.handed(way, command, reply)
        await self.courier.carry(way, await self.shown(way.asker.its, told, command, own=alone), alone=alone)

    async def tell(self, way: Way, key: str, **values: object) -> None:
        """Say something to somebody alone."""
        await self.courier.carry(way, saying(say(await self.who.locale(way.asker), f"said.{key}", **values)), alone=True)

    async def shown(self, its: Workspace, reply: Reply, command: Command, number: int = 0, *, own: bool = False) -> Shown:
        """A page of an answer, with its buttons."""
        footer, more = (_blank(reply.language, key) for key in ("page", "more"))
        picture = await self._picture(its, reply)
        page = render.page(reply, number, picture=picture, footer=footer, more="" if buttons.turnable(command) else more)
        return Shown(page.text, [*page.blocks, *buttons.blocks(reply, command, page, own=own)])

    async def handed(self, way: Way, command: Command, reply: Reply) -> Reply:
        """The answer, once its file is with who asked; it says so."""
        if reply.file is None:
            return reply
        handed = await self.courier.hand(way, reply.file)
        line = "" if handed and way.direct else say(reply.language, "said.file" if handed else "said.no_file")
        return structs.replace(reply, fields=(*reply.fields, ("", line))) if line else reply

    async def _picture(self, its: Workspace, reply: Reply) -> dict[str, Any] | None:
        """Where the picture of an answer is: at its address, or with Slack."""
        if not reply.image:
            return None
        return await self.uploads.source(client(self.settings, its.token), its.realm, reply.image, LAUREL) or None

    def _called(self, text: str) -> str:
        return _COMMAND.sub(self.settings.command, text)


def saying(text: str) -> Shown:
    """A sentence as a message."""
    return Shown(render.fallback(text), render.head(text))


def _helping(reply: Reply, name: str) -> Reply:
    """An answer, with a button to what can be asked."""
    return structs.replace(reply, buttons=(*reply.buttons, Button(say(reply.language, "said.help"), ("help",), name)))


def _blank(locale: str, key: str) -> str:
    """A text whose numbers are filled in later."""
    return say(locale, f"said.{key}", page="{page}", pages="{pages}", count="{count}")
