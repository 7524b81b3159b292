"""What the store has to know of platforms that show what people hold: which there are, so that it marks whose awards change."""

from collections.abc import Callable, Collection, Mapping
from typing import Final

from ..filed import RewardDue
from ..store import Store

REWARDED: Final = "rewarded"  # by platform, what it shows holdings by: the store marks those alone whose platform is in it
EXPIRED: Final = "rewarded:expired"  # until when what expired was looked at
EXPIRY: Final = 60_000_000  # microseconds between looks at what has expired


class Known:
    """Keeps that in the store. *wanted* is, by platform, the adapter's word for what it shows holdings by."""

    def __init__(self, store: Store, communities: Callable[[], Collection[str]]) -> None:
        self.store, self.communities = store, communities
        self._begun, self._looked = dict[str, str](), -EXPIRY
        self._retired = False

    async def bring(self, wanted: Mapping[str, str], now: int) -> None:
        """Have everybody told of where a platform shows something new, and whoever is concerned where awards expired."""
        if self._begun != wanted:
            await self._begin(wanted)
            self._begun = dict(wanted)
        if wanted and now >= self._looked + EXPIRY:
            await self._expire(now)
            self._looked = now

    async def _begin(self, wanted: Mapping[str, str]) -> None:
        """Platforms are known before everybody is marked, so that nobody is missed meanwhile; and as done only after that."""
        before = await self._before()
        new = [platform for platform in wanted if before.get(platform) != wanted[platform]]
        if new:
            await self.store.remember("", REWARDED, {**dict.fromkeys(new, ""), **before})
            for platform in new:
                for community in self.communities():
                    await self.store.owe_rewards(community, platform)
            await self.store.remember("", REWARDED, {**before, **wanted})

    async def _expire(self, now: int) -> None:
        since = await self.store.recall("", EXPIRED)
        for community in self.communities() if since is not None else ():
            await self.store.owe_expired(community, since, now)
        await self.store.remember("", EXPIRED, now)

    async def retire(self, wanted: Mapping[str, str]) -> None:
        """Forget the platforms that show nothing any more, and whom they were to be told of."""
        if self._retired:
            return
        before = await self._before()
        gone = before.keys() - wanted.keys()
        if gone:
            await self._drop(before, gone)
        self._retired = True

    async def _drop(self, before: Mapping[str, str], gone: Collection[str]) -> None:
        await self.store.remember("", REWARDED, {platform: its for platform, its in before.items() if platform not in gone} or None)
        for community in self.communities():
            dues = await self.store.find(RewardDue, community)
            await self.store.drop(community, *(due for due in dues if due.account.partition(":")[0] in gone))

    async def _before(self) -> Mapping[str, str]:
        return await self.store.recall("", REWARDED) or {}
