"""The loop: decide what is announced where, claim what is due, say it, place by place."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial

import structlog

from ..adapter import Adapter
from ..config import CommunityConfig
from ..errors import Problem
from ..model import Announcement
from ..outbox import OutboxStore, Post, Target, Verdict
from ..periods import to_micros
from ..pulse import Pulse
from .delivery import Delivery
from .pace import SECOND, Pace, micros
from .routing import Routing
from .sorting import sort
from .texts import Texts
from .wording import Describe

log = structlog.get_logger()

DEFAULT = Pace()


class Announcer:
    """Announces what the outbox holds. Several may work on one store; each post is claimed by one of them.

    *describe* says how a badge's level is called and looks now; None for one that is gone, which keeps the names of its award.
    *templates* are the operators' own texts. Places are served concurrently, one post at a time each, in order.
    """

    def __init__(
        self,
        store: OutboxStore,
        adapters: Mapping[str, Adapter],
        communities: Mapping[str, CommunityConfig],
        clock: Callable[[], datetime],
        *,
        describe: Describe,
        templates: Mapping[str, str] | None = None,
        pace: Pace = DEFAULT,
    ) -> None:
        self.store, self.clock, self.pace = store, clock, pace
        self.routing, self.texts = Routing(adapters, communities), Texts(templates or {})
        self._delivery = Delivery(self.routing, self.texts, describe, lambda: self.now, pace)
        self._under_way: dict[int, tuple[str, asyncio.Task[None]]] = {}  # by post, the adapter and the task
        self._resting: dict[Target, int] = {}  # places that are to be left alone, until when
        self._pulse, self._turn = Pulse(pace.poll), asyncio.Lock()
        self._known = False

    @property
    def now(self) -> int:
        """The clock, in microseconds."""
        return to_micros(self.clock())

    @property
    def problems(self) -> Sequence[Problem]:
        """Templates that failed so far."""
        return tuple(self.texts.problems.values())

    def wake(self) -> None:
        """There may be something to announce."""
        self._pulse.wake()

    async def run(self) -> None:
        """Announce until cancelled. A claim that is under way then is taken up again when its lease is over, or by :meth:`take_over`."""
        async with asyncio.TaskGroup() as tasks:
            await self._pulse.run(partial(self._step, tasks), "the outbox can't be worked on; trying again")

    async def announce_some(self, *, flush: bool = False) -> int:
        """One step: decide about some people's awards, and one post of each place that is free. Returns how many there were of both."""
        async with asyncio.TaskGroup() as tasks:
            return await self._step(tasks, flush=flush)

    async def rest(self) -> None:
        """Return once nothing is left that can be announced now: no open award, no post but those that have to wait."""
        while True:
            count = await self.announce_some(flush=True)
            others = [task for _, task in self._under_way.values()]
            if others:
                await asyncio.wait(others)
            elif not count:
                return

    async def take_over(self) -> None:
        """End the claims of processes that are gone; only where the caller knows that no other announcer works on this store."""
        if count := await self.store.take_over():
            log.info("taking over announcements that were under way", posts=count)

    async def preview(self, community: str, limit: int = 20) -> Sequence[Announcement]:
        """What would have been posted in shadow mode, newest first."""
        return [self._delivery.compose(post) for post in await self.store.shadowed(community, limit)]

    async def _step(self, tasks: asyncio.TaskGroup, *, flush: bool = False) -> int:
        """One at a time: who looks next knows what this one took."""
        async with self._turn:
            return await self._decide() + await self._start(tasks, flush=flush)

    async def _decide(self) -> int:
        # A process without adapters, such as a command at the shell, knows of no place and must not settle on "nowhere".
        opens = await self.store.open_awards(self.pace.people) if self.routing.adapters else ()
        if opens:
            people = await self.store.people({won.person for won in opens if self.routing.may_be_direct(won.community, won.wish)})
            fates, lots = sort(opens, self.routing, self.now, people)
            await self.store.sort(fates, lots, self.now + micros(self.pace.gather))
            self._wake_in(self.pace.gather)
        return len(opens)

    async def _start(self, tasks: asyncio.TaskGroup, *, flush: bool = False) -> int:
        now = self.now
        self._resting = {target: until for target, until in self._resting.items() if until > now}
        await self._know_installation()
        posts = await self.store.claim(now, now + micros(self.pace.lease), self._room(), self._resting.keys(), flush=flush)
        for post in posts:
            task = tasks.create_task(self._deliver(post), name=f"laurels post {post.id}")
            self._under_way[post.id] = (post.target.adapter, task)
        return len(posts)

    def _room(self) -> dict[str, int]:
        """How many more posts each adapter may have under way."""
        taken = [adapter for adapter, _ in self._under_way.values()]
        return {name: self.pace.lanes - taken.count(name) for name in self.routing.adapters}

    async def _know_installation(self) -> None:
        if not self._known:
            self._delivery.key = f"laurels-{await self.store.installation()}"
            self._known = True

    async def _deliver(self, post: Post) -> None:
        """Say one post and write what came of it; whatever goes wrong here, the lease brings it back."""
        try:
            verdict = await self._delivery.deliver(post)
            self._let_rest(verdict)
            await self.store.conclude(verdict)
        except Exception:  # of the store, as the delivery takes in what adapters raise
            log.exception("an announcement could not be concluded", post=post.id)
        finally:
            self._under_way.pop(post.id, None)
            self.wake()

    def _let_rest(self, verdict: Verdict) -> None:
        """Leave a place alone as long as the platform asks, or as its adapter wants between posts."""
        target, now = verdict.post.target, self.now
        if verdict.again is not None:
            self._wake_in((verdict.again - now) / SECOND)
        between = self.routing.between[target.adapter]
        if verdict.asked:
            self._resting[target] = verdict.again or now
        elif verdict.receipt is not None and between > 0:
            self._resting[target] = now + micros(between)
            self._wake_in(between)

    def _wake_in(self, seconds: float) -> None:
        if seconds > 0:
            asyncio.get_running_loop().call_later(seconds, self.wake)
