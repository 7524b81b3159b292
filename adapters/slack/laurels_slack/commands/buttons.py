"""Buttons, which mean commands: pressing one is typing its words. What they mean is in them, so a restart changes nothing."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from laurels import Button, Command, Reply

from ..prose import plain
from ..render import Page
from . import table
from .texts import say

DO: Final = "do"  # the same as typing what it means, for whoever presses it
OWN: Final = "own"  # likewise, in an answer that only one reads
TURN: Final = "turn"  # another page of the same, in its place, for who asked

_ROOM: Final = 2000  # characters of what a button means
_LABEL: Final = 75
_MOST: Final = 50
_ROW: Final = 25
_STYLES: Final = ("primary", "danger")

Pressable = dict[str, Any]


class Turning(msgspec.Struct, frozen=True, array_like=True):
    """To which *page* of a command, and who may turn to it."""

    asker: str
    page: int
    command: tuple[str, ...]


def blocks(reply: Reply, command: Command, page: Page, *, own: bool = False) -> list[dict[str, Any]]:
    """The buttons of an answer to a command, and those that turn its pages."""
    made = [button for its in reply.buttons[:_MOST] if (button := _made(its, command, own=own))]
    return rows([*made, *(_turns(command, page, reply.language) if page.of > 1 else ())])


def rows(buttons: Sequence[Pressable]) -> list[dict[str, Any]]:
    """Buttons as blocks, each under an id of its own."""
    numbered = [{**button, "action_id": f"{button['action_id']}:{number}"} for number, button in enumerate(buttons)]
    return [{"type": "actions", "elements": numbered[at : at + _ROW]} for at in range(0, len(numbered), _ROW)]


def deed(label: str, name: str, words: Sequence[str], *, style: str = "", own: bool = False) -> Pressable | None:
    """A button that means a command; None where that is more than Slack keeps."""
    return _button(OWN if own else DO, label, [name, *words], style)


def turnable(command: Command) -> bool:
    """Whether the pages of what is asked can be turned: to ask anything else again would be to do it again."""
    turning = Turning(command.actor.id, 1000, (command.name, *command.words))
    return table.reads(command.name, command.words) and len(msgspec.json.encode(turning).decode()) <= _ROOM


def meaning(value: str) -> tuple[str, ...] | None:
    """The command that a button means: its name, then its words; None where laurels did not make it."""
    try:
        return msgspec.json.decode(value, type=tuple[str, ...]) or None
    except msgspec.DecodeError:
        return None


def turning(value: str) -> Turning | None:
    """Where a button turns to; None where laurels did not make it."""
    try:
        found = msgspec.json.decode(value, type=Turning)
    except msgspec.DecodeError:
        return None
    return found if found.command else None


def _made(button: Button, command: Command, *, own: bool) -> Pressable | None:
    """A deed; what shows more of the same turns to it."""
    if button.words[:1] == command.words[:1] and button.name == command.name and table.reads(button.name, button.words):
        return _button(TURN, button.label, Turning(command.actor.id, 0, (button.name, *button.words)))
    return deed(button.label, button.name, button.words, style=button.style, own=own)


def _turns(command: Command, page: Page, language: str) -> list[Pressable]:
    wanted = [("back", page.number - 1), ("next", page.number + 1)]
    made = [
        _button(TURN, say(language, f"said.{key}"), Turning(command.actor.id, number, (command.name, *command.words)))
        for key, number in wanted if 0 <= number < page.of
    ]  # fmt: skip
    return [button for button in made if button]


def _button(kind: str, label: str, means: Any, style: str = "") -> Pressable | None:
    value = msgspec.json.encode(means).decode()
    styled = {"style": style} if style in _STYLES else {}
    made = {"type": "button", "text": plain(label, _LABEL), "action_id": kind, "value": value, **styled}
    return made if len(value) <= _ROOM else None
