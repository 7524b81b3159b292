"""What a store keeps beside the counting: records, leaderboards, and the means to show or erase all there is about somebody."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from .filed import Filed, RewardDue
from .model import Account
from .records import Row
from .tally import Tally

F = TypeVar("F", bound=Filed)


class KeepingStore(Protocol):
    """The verbs of a store for what is not folded."""

    # -- records -----------------------------------------------------------------------------------------------------------------

    async def find(self, kind: type[F], community: str, *, order: str = "", limit: int | None = None, **where: Any) -> Sequence[F]:
        """Records of a kind whose fields are as *where* says (several values: any of them; None: nothing there).

        In the order of their keys, or of the field that *order* names; with a ``-`` before it, downwards.
        """
        ...

    async def save(self, community: str, *records: Filed) -> None:
        """Keep records; those with the same key are replaced. Returns once durable."""
        ...

    async def drop(self, community: str, *records: Filed) -> None:
        """Forget records, by their key. Returns once durable."""
        ...

    # -- leaderboards ----------------------------------------------------------------------------------------------------------

    async def rank(self, community: str, points: Mapping[str, float], periods: Callable[[int], Iterable[str]], now: int) -> int:
        """Make rows of leaderboards again for some of those whose awards changed; returns how many persons, 0 when all are right.

        *points* are what a level of each badge is worth; *periods* names the periods that a moment lies in.
        """
        ...

    async def unrank(self, community: str, since: int | None = None, until: int = 0) -> None:
        """Have everybody's rows made again; with *since*, only of those of whom an award expired from then *until* then."""
        ...

    async def board(self, community: str, board: str, period: str) -> Sequence[tuple[int, float]]:
        """A leaderboard as it was last made: person and number, the highest first."""
        ...

    async def numbers(self, unit: int) -> Mapping[int, Tally]:
        """Everybody's tally of a unit, by person."""
        ...

    # -- rewards ---------------------------------------------------------------------------------------------------------------

    async def owe_rewards(self, community: str, platform: str) -> None:
        """Have a platform told anew what everybody holds who ever won something."""
        ...

    async def owe_reward(self, community: str, account: str) -> None:
        """Have platforms told of whom an account (its key) belongs to, though nothing changed."""
        ...

    async def owe_expired(self, community: str, since: int, until: int) -> None:
        """Have platforms told of those of whom an award expired between *since* and *until*."""
        ...

    async def rewards_due(self, community: str, platform: str, now: int, limit: int) -> Sequence[RewardDue]:
        """Of whom a platform is to be told now."""
        ...

    async def shown(self, community: str, account: str, now: int) -> Mapping[str, int]:
        """What a platform shows of whom an account belongs to: the highest level by badge, without what they hide."""
        ...

    async def settle_reward(self, community: str, due: RewardDue, again: RewardDue | None = None) -> None:
        """A platform was told, unless there was another change since; or it is told *again*, as that says."""
        ...

    # -- all that is kept of somebody --------------------------------------------------------------------------------------------

    async def seal(self) -> str:
        """The key of hashes: a random secret, made once per database."""
        ...

    async def mentions(self, community: str, accounts: Collection[Account], until: int) -> tuple[set[str], list[int]]:
        """What people called these accounts, and the entries of the journal up to *until* that may speak of them."""
        ...

    async def about(self, community: str, accounts: Mapping[int, Account], seqs: Sequence[int]) -> Mapping[str, list[dict[str, Any]]]:
        """All rows that tell of a person, by what they are; *seqs* are entries of the journal that may."""
        ...

    async def sift(self, erased: Sequence[Row], changed: Sequence[Row]) -> Collection[int]:
        """Take entries that are not counted yet out of the journal; keep others as they are here.

        Returns, once durable, those taken out: also of *changed*, where there is an entry of the new id already.
        """
        ...

    async def communities(self) -> Sequence[str]:
        """The names of the communities that there are."""
        ...

    async def erase(self, community: str) -> bool:
        """Delete every row of a community. False where there is none of that name."""
        ...

    async def scrub(self, *, whatever_it_takes: bool = False) -> bool:
        """See that what was deleted stands nowhere in the database's files.

        False where that would take too long for those who wait meanwhile, unless it may take *whatever_it_takes*; or others hold it up.
        """
        ...
