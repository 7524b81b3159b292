"""A whole laurels in one test: people who do things, a clock that is told, a chat to read."""

import asyncio
import re
from collections.abc import Iterable, Sequence
from contextlib import AsyncExitStack
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final, Self

from ..app import App
from ..app.daily import day
from ..definition import Definition
from ..engine.watchdog import Watchdog
from ..errors import LaurelsError, Problem, nearest
from ..event_type import EventType
from ..model import Account, Award, Event, Place
from ..periods import from_micros, to_micros
from ..records import AwardChange
from ..regrade import Explanation
from .chat import PLATFORM, Chat
from .clock import TICK, Clock
from .deciding import Deciding
from .pack import gather
from .people import Member, fields
from .settings import settings

LONG: Final = 60.0  # real seconds after which the engine is taken to hang
MENTION: Final = re.compile(r"@([\w-]+)")


class WorldError(LaurelsError, AssertionError):
    """The world, or a badge in it, isn't as the test takes it to be."""


class World(Deciding):
    """``async with World(folder, pack) as world``: an engine on a SQLite file in *folder*, with the badges of *pack* and no others.

    *pack* is a module, a badge or its class, the path of a rule file, or several of these; *configuration* the text of a
    ``laurels.toml``. Unless told not to be *strict*, the world doesn't open with a badge that laurels refuses, and what somebody does
    raises where a badge's code fails on it.
    """

    def __init__(self, folder: Path, pack: Any = (), *, configuration: str = "", strict: bool = True) -> None:
        self.clock, self.chat, self.strict = Clock(), Chat(), strict
        self.app = App(settings(folder, configuration), gather(pack), {PLATFORM: self.chat}, self.clock)
        # Whoever steps through a badge with a debugger holds the loop: that is no reason to end the process.
        self.app.watchdog = Watchdog(self.app.quarantine, stop=lambda _: None)
        self.community = next(iter(self.app.config.communities))
        self.failures: list[str] = []
        self._zone = self.app.zones[self.community]
        self._day = self._today()
        self._members: dict[str, Member] = {}
        self._awards: Sequence[Award] = ()
        self._number = 0
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(self.app)
            if self.strict and self.problems:
                raise WorldError("\n".join(("laurels refuses what is in the pack:", *map(str, self.problems))))
            self.app.start(announce=False)  # what is to be said is said at rest, so that a transcript is the same at every run
            self._stack = stack.pop_all()
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self._stack.aclose()

    # -- what there is ---------------------------------------------------------------------------------------------------------

    @property
    def now(self) -> datetime:
        """The time in the world."""
        return self.clock()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was refused, and why."""
        return self.app.problems

    @property
    def transcript(self) -> list[str]:
        """Everything that was announced, in order; a later line that edits an earlier one begins with (edited) or (withdrawn)."""
        return self.chat.transcript

    def person(self, name: str, *, bot: bool = False, platform: str = PLATFORM) -> Member:
        """Somebody; the same name is the same person. On another *platform* it is an account of its own, until linked."""
        account = Account(platform, name.lower().replace(" ", "-"), name=name, bot=bot)
        return self._members.setdefault(account.key, Member(self, account))

    def mentioned(self, text: str) -> list[Member]:
        """The people that a text mentions as ``@name``."""
        named = {member.account.id: member for member in self._members.values() if member.account.platform == PLATFORM}
        return [named[name.lower()] for name in MENTION.findall(text) if name.lower() in named]

    # -- time ------------------------------------------------------------------------------------------------------------------

    def later(self, **by: float) -> None:
        """Move the clock: ``world.later(days=7)``. What that brings about happens with whatever is done next."""
        self.clock.forward(timedelta(**by))

    async def wait(self, by: timedelta) -> None:
        """Let time pass: days begin, and what waits for its time is done when it comes."""
        until = self.now + by
        while (next_ := await self._next(until)) is not None:
            self.clock.reach(next_)
            await self.rest()
        self.clock.reach(until)
        await self.rest()

    async def _next(self, until: datetime) -> datetime | None:
        tomorrow = datetime.combine(self._day + timedelta(days=1), time(), self._zone)
        moments = [tomorrow] if self.registry.daily else []
        due = await self.app.store.next_due()
        moments += [from_micros(due)] if due is not None else []
        return min((moment for moment in moments if self.now < moment <= until), default=None)

    def _today(self) -> date:
        return self.now.astimezone(self._zone).date()

    async def _begin_days(self) -> None:
        missed = (self._today() - self._day).days if self.registry.daily else 0
        noons = [datetime.combine(self._day + timedelta(days=1 + number), time(12), self._zone) for number in range(missed)]
        self._day = self._today()
        await asyncio.gather(*(self.app.intake.put(day(self.community, self._zone, noon)) for noon in noons))

    async def rest(self) -> None:
        """Return once everything has been counted and announced."""
        await self._begin_days()
        self.app.engine.wake()
        try:
            async with asyncio.timeout(LONG):
                await self.app.rest()
        except TimeoutError as error:
            raise WorldError(f"not at rest after {LONG:g} s: {await self.app.store.counted()}") from error
        self._awards = (await self.app.store.awards(self.community, hidden=True, now=to_micros(self.now)))[::-1]
        await self._look_for_failures()

    async def _look_for_failures(self) -> None:
        store = self.app.store
        found = [*await store.failing_dues(), *await store.parked_events()]
        lines = [f"{self._badge(one.unit)} failed on {one.event} ({one.type}): {one.error}" for one in found]
        fresh = [line for line in lines if line not in self.failures]
        self.failures += fresh
        if self.strict and fresh:
            raise WorldError("\n".join(fresh))

    def _badge(self, unit: str) -> str:
        return " and ".join(definition.slug for definition in self.registry.by_unit.get(unit, ())) or unit or "the engine"

    # -- what happens ----------------------------------------------------------------------------------------------------------

    async def happens(
        self, type: str, actor: Member | None, /, *, place: str | Place = "general", thing: str = "", on: bool = True, **data: Any
    ) -> Event:
        """One event, now. People in *data* become their accounts; a field called ``place`` can't be given here, see :meth:`replay`.

        *thing* and *on* are for what can be undone: the same again with ``on=False`` takes it back.
        """
        await self._begin_days()
        plain, others = fields(self._declared(type), data)
        where = place if isinstance(place, Place) else Place(PLATFORM, place, name=place)
        self._number += 1
        event = Event(
            f"event-{self._number:06}", PLATFORM, type, self.now, actor.account if actor else None, plain, where, others,
            thing=thing, on=on,
        )  # fmt: skip
        self.clock.forward(TICK)
        await self.app.host(PLATFORM).put(event)
        await self.rest()
        return event

    def _declared(self, name: str) -> EventType:
        found = self.registry.types.get(name)
        if found is None and not name.startswith("github."):
            raise WorldError(f"no event type {name!r}; {nearest(name, list(self.registry.types))}")
        return found or EventType(name)

    async def replay(self, stream: Iterable[Event]) -> None:
        """Put events as they come: in this order, whatever their times, twice what is there twice."""
        for event in stream:
            self.clock.reach(event.time)
            await self.app.host(PLATFORM).put(event)
        await self.rest()

    # -- what came of it -------------------------------------------------------------------------------------------------------

    def standing(self, person: Member) -> list[Award]:
        """The awards that somebody holds, in the order in which they were won."""
        if not self.registry.definitions:
            raise WorldError("there is no badge in this world; override the fixture `pack` to return yours")
        return [award for award in self._awards if person.account.key in award.accounts]

    def awards(self, person: Member) -> list[str]:
        """The same as ``slug``, or ``slug@2`` from the second level on."""
        return [f"{award.badge}@{award.level}" if award.level > 1 else award.badge for award in self.standing(person)]

    async def why(self, person: Member, slug: str) -> Explanation:
        """Why somebody has a badge, or what is missing."""
        return await self.app.looker(self.community).why(self.registry.definition(slug), await self._id(person.account))

    async def progress(self, person: Member, slug: str) -> float | None:
        """The number that the badge's levels are held against; None where it has none."""
        return (await self.why(person, slug)).value

    async def regraded(self) -> list[str]:
        """What a regrade from the first event on would change, each in a line; nothing, if laurels counts right.

        Left out are badges that ask the outside world, and those that are permanent: they may hold more than the events now say.
        """
        store, looker = self.app.store, self.app.looker(self.community)
        states = {award.id: award.state for award in await store.awards(self.community, standing=False, hidden=True, now=0)}
        changed: list[str] = []
        for definition in filter(_repeats, self.registry.definitions.values()):
            async for changes in looker.changes(definition, await store.persons(self.community)):
                changed += [_told(definition, change) for change in changes if states.get(change.id) != change.state]
        return changed

    async def _id(self, account: Account) -> int:
        return (await self.app.store.know(self.community, [account]))[account.key].person


def _told(definition: Definition, change: AwardChange) -> str:
    key = " ".join(filter(None, (f"{definition.slug}@{change.key.level}", change.key.occurrence)))
    return f"{key} of person {change.person} would be {change.state}"


def _repeats(definition: Definition) -> bool:
    return definition.badge.deterministic and not definition.badge.permanent
