"""The loop: whoever's awards changed, their platform is told all that they hold, until it has taken that in."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any, Final

import structlog
from msgspec import structs

from ..adapter import Adapter, Rewards
from ..errors import Later, Unreachable
from ..filed import RewardDue
from ..model import Account, Holder, Mode
from ..periods import to_micros
from ..pulse import Pulse
from ..store import Store
from .known import Known

log = structlog.get_logger()

SECOND: Final = 1_000_000  # microseconds
PATIENCE: Final = 30.0  # seconds that an adapter may take for one person
RARELY: Final = 3600.0  # seconds between tries where only an administrator of the platform can help
POLL: Final = 1.0  # seconds between looks for who is due
CHUNK: Final = 100


class Rewarder:
    """Tells the adapters that reward. *mode* is a community's on a platform: in ``shadow`` nothing is shown, and all of it later."""

    def __init__(
        self,
        store: Store,
        adapters: Mapping[str, Adapter],
        communities: Callable[[], Collection[str]],
        mode: Callable[[str, str], Mode | None],
        clock: Callable[[], datetime],
    ) -> None:
        self.store, self.adapters, self.communities, self.mode, self.clock = store, adapters, communities, mode, clock
        self._resting: dict[str, int] = {}  # platforms that asked to wait, until when
        self._told: set[tuple[str, str]] = set()  # errors that are in the log
        self._known = Known(store, communities)
        self._pulse, self._turn = Pulse(POLL), asyncio.Lock()

    @property
    def now(self) -> int:
        """The clock, in microseconds."""
        return to_micros(self.clock())

    def wake(self) -> None:
        """Awards may have changed."""
        self._pulse.wake()

    async def run(self) -> None:
        """Tell until cancelled. The adapters are all that there are."""
        await self._pulse.run(self._step, "what people hold could not be shown; trying again")

    async def _step(self) -> int:
        await self._known.retire(_words(self._serving()))
        return await self.reward_some()

    async def rest(self) -> None:
        """Return once everybody is told of who can be now."""
        while await self.reward_some():
            pass

    async def reward_some(self) -> int:
        """Tell of some of those who are due. Returns how many were told of."""
        async with self._turn:
            serving = self._serving()
            await self._known.bring(_words(serving), self.now)
            return sum([await self._reward_in(community, serving) for community in self.communities()])

    def _serving(self) -> dict[str, Rewards]:
        """The adapters that show something, by the platform that they serve."""
        return {
            str(getattr(adapter, "platform", adapter.name)): adapter for adapter in self.adapters.values()
            if isinstance(adapter, Rewards) and adapter.rewarded
        }  # fmt: skip

    async def _reward_in(self, community: str, serving: Mapping[str, Rewards]) -> int:
        told = 0
        for platform, adapter in serving.items():
            if self.mode(community, platform) in ("live", "quiet") and self._resting.get(platform, 0) <= self.now:
                for due in await self.store.rewards_due(community, platform, self.now, CHUNK):
                    told += await self._reward(community, due, adapter)
                    if self._resting.get(platform, 0) > self.now:
                        break
        return told

    async def _reward(self, community: str, due: RewardDue, adapter: Rewards) -> bool:
        account = Account.parse(due.account)
        holder = Holder(community, account, await self.store.shown(community, due.account, self.now))
        try:
            async with asyncio.timeout(PATIENCE):
                await adapter.reward(holder)
        except Later as exc:
            self._resting[account.platform] = self.now + round(exc.seconds * SECOND)
        except Unreachable as exc:
            await self._failed(community, due, str(exc), RARELY)
        except Exception as exc:  # an adapter's code may raise anything
            await self._failed(community, due, f"{type(exc).__name__}: {exc}", min(2.0**due.attempts, RARELY))
        else:
            await self.store.settle_reward(community, due)
            return True
        return False

    async def _failed(self, community: str, due: RewardDue, error: str, wait: float) -> None:
        if (community, error) not in self._told:
            self._told.add((community, error))
            log.error("what somebody holds can't be shown", community=community, error=error, again_in=wait)
        again: dict[str, Any] = {"at": self.now + round(wait * SECOND), "attempts": due.attempts + 1, "error": error}
        await self.store.settle_reward(community, due, structs.replace(due, **again))


def _words(serving: Mapping[str, Rewards]) -> dict[str, str]:
    return {platform: adapter.rewarded for platform, adapter in serving.items()}
