"""Asking, as an adapter does."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from laurels import Account, Command, Place, Reply
from laurels.testing import Member, World

HALL = Place("world", "hall", name="hall")


@pytest.fixture
def ask(world: World) -> Callable[..., Awaitable[Reply]]:
    """``await ask(ana, "show helper")``: what the answer to ``/badges show helper`` is. Named arguments are the command's own."""

    async def ask(person: Member, text: str, name: str = "badges", place: Place = HALL, **more: Any) -> Reply:
        reply = await world.app.commands(world.community).answer(Command(name, tuple(text.split()), person.account, place, **more))
        await world.rest()
        return reply

    return ask


@pytest.fixture
def admin(ask: Callable[..., Awaitable[Reply]]) -> Callable[..., Awaitable[Reply]]:
    """Likewise ``/badges-admin``, as an administrator unless *roles* say else."""

    async def admin(person: Member, text: str, roles: tuple[str, ...] = ("admin",), **more: Any) -> Reply:
        return await ask(person, text, "badges-admin", roles=roles, **more)

    return admin


@pytest.fixture
def press(world: World) -> Callable[..., Awaitable[Reply]]:
    """``await press(ana, reply, "Undo")``: press a button of an answer."""

    async def press(person: Member, reply: Reply, label: str, **more: Any) -> Reply:
        (button,) = [button for button in reply.buttons if button.label == label]
        command = Command(button.name, button.words, person.account, HALL, **more)
        answer = await world.app.commands(world.community).answer(command)
        await world.rest()
        return answer

    return press


@pytest.fixture
def suggest(world: World) -> Callable[..., Awaitable[list[str]]]:
    async def suggest(person: Member, *words: str, name: str = "badges", roles: tuple[str, ...] = ()) -> list[str]:
        found = await world.app.commands(world.community).suggest(Command(name, words, person.account, HALL, roles=roles))
        return [suggestion.value for suggestion in found]

    return suggest


@pytest.fixture
def stranger(world: World) -> Member:
    """Somebody on another platform."""
    return Member(world, Account("github", "9", name="Zed"))
