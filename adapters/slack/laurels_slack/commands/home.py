"""The home tab: one's badges, what one is on the way to, one's nominations and settings; each as laurels answers its command."""

from typing import Any, Final

import structlog
from msgspec import structs

from laurels import Command, Reply

from .. import render
from ..prose import plain
from . import buttons, table
from .clerk import Clerk
from .texts import say
from .who import Asker

_PARTS: Final = {"badges": "profile", "progress": "progress", "nominations": "nominations", "settings": "settings"}
_ROWS: Final = {"settings": 5}  # the accounts and what can be switched; what else is stored fills a page of its own
_MOST: Final = 15  # rows of each other part
_NAME: Final = 150

Block = dict[str, Any]

_log = structlog.get_logger(__name__)


class Home:
    """Publishes it whenever it is opened, and when something on it was changed."""

    def __init__(self, clerk: Clerk) -> None:
        self.clerk = clerk

    async def opened(self, body: dict[str, Any], event: dict[str, Any], context: Any) -> None:
        """Somebody looks at the bot; at its home tab, or at its messages."""
        if event.get("tab") == "home":
            self.clerk.errands.run(self._opened(body, context), "home tab")

    async def _opened(self, body: dict[str, Any], context: Any) -> None:
        if (asker := await self.clerk.who.asker(body, context)) is not None:
            await self.publish(asker)

    async def publish(self, asker: Asker) -> None:
        """Show the tab as it is now."""
        there = structs.replace(asker, channel="", thread="", ts="")
        view = {"type": "home", "blocks": await self._blocks(there)}
        if not await self.clerk.courier.put_up(asker, "views.publish", view, user_id=asker.user):
            _log.warning("the home tab was not published", workspace=asker.team)

    async def _blocks(self, asker: Asker) -> list[Block]:
        made: list[Block] = []
        for part, verb in _PARTS.items():
            command = await self.clerk.who.command(asker, table.NAME, (verb,))
            reply = await self.clerk.ask(command)
            if not reply.ok:
                return made or render.head(reply.text)
            made += [*([{"type": "divider"}] if made else []), *_part(part, command, reply)]
        help_ = buttons.deed(say(reply.language, "home.help"), table.NAME, ("help",), own=True)
        return [*made, {"type": "divider"}, *_numbered([help_] if help_ else [], "help")]


def _part(part: str, command: Command, reply: Reply) -> list[Block]:
    """A heading, the answer's text and rows, and its buttons; with one more for what has no room."""
    made = [{"type": "header", "text": plain(say(reply.language, f"home.{part}"), _NAME)}, *render.head(reply.text)]
    shown = render.pack(reply.fields, _ROWS.get(part, _MOST))[0]
    made += render.rows(shown)
    pressed = [buttons.deed(button.label, button.name, button.words, style=button.style, own=True) for button in reply.buttons]
    if len(shown) < len(reply.fields):
        pressed.append(buttons.deed(say(reply.language, "home.all"), command.name, command.words, own=True))
    return [*made, *_numbered([button for button in pressed if button], part)]


def _numbered(pressed: list[Block], part: str) -> list[Block]:
    """Their ids must differ from those of other parts."""
    return buttons.rows([{**button, "action_id": f"{button['action_id']}:{part}"} for button in pressed])
