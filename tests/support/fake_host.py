"""A host over plain lists and dicts, for adapters under test."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from aiohttp import web

from laurels import ADMIN, Account, Actor, AdapterState, Command, Event, ForeignRealm, Reply, Routes, Suggestion


class FakeState:
    """JSON values in a dict; kept as bytes, as a store would."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    async def get(self, key: str) -> Any:
        return msgspec.json.decode(self.kept[key]) if key in self.kept else None

    async def put(self, key: str, value: Any) -> None:
        if value is None:
            self.kept.pop(key, None)
        else:
            self.kept[key] = msgspec.json.encode(value)

    async def all(self, prefix: str) -> dict[str, Any]:
        return {key: msgspec.json.decode(value) for key, value in sorted(self.kept.items()) if key.startswith(prefix)}

    async def take(self, key: str) -> Any:
        found = await self.get(key)
        self.kept.pop(key, None)
        return found


class FakeRoutes:
    """Routes of an aiohttp application."""

    def __init__(self, app: web.Application) -> None:
        self.app = app

    def post(self, path: str, handler: Any) -> None:
        self.app.router.add_post(path, handler)

    def get(self, path: str, handler: Any) -> None:
        self.app.router.add_get(path, handler)


class FakeHost:
    """Keeps events in a list, each (community, source, id) once. *owners* has the community of each realm; None takes everything."""

    def __init__(self, owners: Mapping[str, str] | None = None) -> None:
        self.app = web.Application()
        self.routes: Routes = FakeRoutes(self.app)
        self.state: AdapterState = FakeState()
        self.owners = owners
        self.asked: list[Command] = []
        self.reply = Reply("Done.")
        self.journal: dict[tuple[str, str, str], Event] = {}
        self.dropped: list[Event] = []
        self.failure: Exception | None = None
        self._news = asyncio.Event()

    @property
    def events(self) -> list[Event]:
        """The journal in the order of arrival."""
        return list(self.journal.values())

    def community(self, platform: str, realm: str) -> str | None:
        return "default" if self.owners is None else self.owners.get(realm)

    def realms(self, platform: str) -> Sequence[str]:
        return tuple(self.owners or ())

    async def put(self, event: Event) -> None:
        if self.failure:
            raise self.failure
        community = self.community("github", event.realm)
        if community is None:
            self.dropped.append(event)
            return
        if event.community and event.community != community:
            raise ForeignRealm(f"{event.realm} belongs to {community}")
        msgspec.json.encode(event)
        self.journal.setdefault((community, event.source, event.id), event)
        self._news.set()

    async def ask(self, command: Command) -> Reply:
        self.asked.append(command)
        return self.reply

    async def suggest(self, partial: Command) -> Sequence[Suggestion]:
        return ()

    def may_award(self, actor: Actor, realm: str, badge: str) -> bool:
        return ADMIN in actor.roles

    def say(self, key: str, platform: str, realm: str, locale: str = "", /, **values: object) -> str:
        return f"{key} {values}"

    async def show_again(self, account: Account, realm: str) -> None:
        return None

    async def rest(self) -> None:
        return None

    async def first(self, type_: str, number: int = 1) -> Event:
        """The *number*th event of a type, once it is there; fails when nothing comes for ten seconds."""
        while len(found := [event for event in self.events if event.type == type_]) < number:
            self._news.clear()
            try:
                await asyncio.wait_for(self._news.wait(), 10)
            except TimeoutError:
                raise AssertionError(f"no {type_} among {[event.type for event in self.events]}") from None
        return found[number - 1]

    def counted(self) -> list[Event]:
        """What is in force: of every thing's states the newest, where that is on, in the order of the fold."""
        things: dict[str, tuple[datetime, int, Event]] = {}
        for number, event in enumerate(self.events):
            state = (event.revised or event.time, number, event)
            thing = event.thing or event.id
            if thing not in things or things[thing][:2] < state[:2]:
                things[thing] = state
        found = [event for _, _, event in things.values() if event.on]
        return sorted(found, key=lambda event: (event.time, event.id))
