"""What was asked and is remembered for a while, so that nobody has to wait for Slack twice."""

import asyncio
import time
from asyncio import sleep
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Final, Generic, NamedTuple, TypeVar

from .asking import Unlearnt
from .workspaces import Workspace

MOST: Final = 20_000
AT_ONCE: Final = 8  # questions
FRESH: Final = 3600.0  # seconds, where Slack does not tell of a change
PATIENCE: Final = 10.0
BRIEF: Final = 0.5  # of the three seconds in which Slack wants to hear that an event was received
NEEDED: Final = 1.5  # of the same, for what has to be known

T = TypeVar("T")


class Noted(NamedTuple, Generic[T]):
    """Something, and when it was learnt."""

    value: T
    at: float


class Knowledge(Generic[T]):
    """What a workspace's ids stand for. *ask* asks; whoever asks too often is refused everything for a while."""

    def __init__(self, ask: Callable[[Workspace, str], Awaitable[T]], clock: Callable[[], float] = time.monotonic) -> None:
        self._ask, self._clock = ask, clock
        self._noted: OrderedDict[tuple[str, str], Noted[T]] = OrderedDict()
        self._asking: dict[tuple[str, str], asyncio.Task[T]] = {}
        self._shut: dict[str, float] = {}
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def get(self, its: Workspace, id_: str, patience: float = PATIENCE) -> T:
        """The answer; an old one where Slack gives none for so many seconds. Raises Unlearnt where there never was one."""
        noted = self._noted.get((its.realm, id_))
        if noted is not None and self._clock() - noted.at < FRESH:
            return noted.value
        try:
            return await self._learn(its, id_, patience)
        except Unlearnt:
            if noted is None:
                raise
            return noted.value

    async def learn(self, its: Workspace, id_: str) -> T:
        """The same, waiting as long as Slack wants. Raises Unlearnt where there is nothing to wait for."""
        while True:
            try:
                return await self.get(its, id_)
            except Unlearnt as error:
                if not error.again:
                    raise
                await sleep(error.again)

    def note(self, its: Workspace, id_: str, value: T) -> None:
        """Somebody told it unasked."""
        key = its.realm, id_
        self._noted[key] = Noted(value, self._clock())
        self._noted.move_to_end(key)
        if len(self._noted) > MOST:
            self._noted.popitem(last=False)

    def known(self, its: Workspace, id_: str) -> T | None:
        """What was learnt last, however long ago."""
        noted = self._noted.get((its.realm, id_))
        return noted.value if noted is not None else None

    def doubt(self, its: Workspace, id_: str) -> None:
        """Something about it was changed: it is asked for anew."""
        key = its.realm, id_
        if (noted := self._noted.get(key)) is not None:
            self._noted[key] = Noted(noted.value, self._clock() - FRESH)

    async def close(self) -> None:
        """Ask no more."""
        under_way = list(self._asking.values())
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)

    async def _learn(self, its: Workspace, id_: str, patience: float) -> T:
        task = self._asking.get((its.realm, id_))
        if task is None:
            self._refuse(its)
            task = self._asking[its.realm, id_] = asyncio.create_task(self._answer(its, id_))
            task.add_done_callback(_seen)
        try:
            return await asyncio.wait_for(asyncio.shield(task), patience)
        except TimeoutError:
            raise Unlearnt("Slack does not answer in time") from None

    async def _answer(self, its: Workspace, id_: str) -> T:
        try:
            async with self._turns:
                self._refuse(its)
                value = await self._ask(its, id_)
            self.note(its, id_, value)
            return value
        except Unlearnt as error:
            if error.again:
                self._shut[its.realm] = max(self._shut.get(its.realm, 0.0), self._clock() + error.again)
            raise
        finally:
            del self._asking[its.realm, id_]

    def _refuse(self, its: Workspace) -> None:
        """Raise Unlearnt while Slack wants to be left alone."""
        if (left := self._shut.get(its.realm, 0.0) - self._clock()) > 0:
            raise Unlearnt("Slack was asked too often", left)


def _seen(task: "asyncio.Task[T]") -> None:
    """Nobody may be waiting any more for what went wrong."""
    if not task.cancelled():
        task.exception()
