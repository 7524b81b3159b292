"""What people ask about what is going on."""

from collections.abc import Mapping, Sequence
from typing import Final, Literal, TypeAlias

from ..acts.acting import Acting
from ..errors import Refused
from ..filed import Preference
from ..measures import Period
from ..model import Account, Actor, Award
from ..periods import from_micros, local_hour, to_micros
from ..privacy.stored import person_of
from ..records import EVERYONE
from .board import Board, named, paged, ranked
from .opting import opted_out
from .ranking import Ranking

Over: TypeAlias = Literal["all", "day", "week", "month", "year"]

RECENT: Final = 15  # awards
PAGE: Final = 10  # people
LOOKED: Final = "looked"  # the preference that says up to where somebody has seen what was won


class Activity(Acting):
    """Lists of awards, and leaderboards. What its holder hides is in none of them."""

    @property
    def now(self) -> int:
        """The time, in microseconds."""
        return to_micros(self.desk.clock())

    async def recent(self, *, limit: int = RECENT, person: Account | None = None, badge: str | None = None) -> Sequence[Award]:
        """The newest awards: of everybody, of one person, of one badge."""
        owner = await person_of(self.store, self.name, person) if person is not None else None
        return await self.store.awards(self.name, person=owner, badge=badge, limit=limit, now=self.now)

    async def unseen(self, by: Actor) -> Sequence[Award]:
        """What was won since somebody last asked this. The first time there is nothing: from then on is what is new."""
        known = (await self.store.know(self.name, [by.account]))[by.account.key]
        markers = await self.store.find(Preference, self.name, account=known.account, name=LOOKED)
        awards = await self.store.awards(self.name, now=self.now) if markers else ()
        marker = Preference(account=known.account, name=LOOKED, value=str(self.now), time=self.now)
        await self.store.save(self.name, marker)
        return [award for award in awards if to_micros(award.recorded) > int(markers[0].value)]

    async def leaderboard(self, by: str = "badges", *, period: Over = "all", page: int = 1, asker: Account | None = None) -> Board:
        """Who has most: ``badges``, ``points``, or of what a badge counts (its slug), over all time or in the present period.

        Raises UnknownBadge; Refused where a badge counts nothing, or not by that period.
        """
        ranking = Ranking(self.community, self.store, self.policy.community.timezone)
        numbers = await self._awarded(ranking, by, period) if by in ("badges", "points") else await self._measured(by, period)
        ranks = ranked(numbers.items(), await self._left_out())
        rows, page, pages = paged(ranks, page, PAGE)
        me = await person_of(self.store, self.name, asker) if asker is not None else 0
        mine = next((rank for rank in ranks if rank.person == me), None)
        names = await self._names({rank.person for rank in (*rows, *filter(None, [mine]))})
        its = named(filter(None, [mine]), names)
        return Board(by, ranking.present(period, self.now), named(rows, names), page, pages, len(ranks), its[0] if its else None)

    async def _awarded(self, ranking: Ranking, by: str, period: Over) -> Mapping[int, float]:
        await ranking.refresh(self.now)
        return dict(await self.store.board(self.name, by, ranking.present(period, self.now)))

    async def _measured(self, slug: str, period: Over) -> Mapping[int, float]:
        definition = self.definition(slug)
        if definition.meter is None:
            raise Refused(f"{slug} counts nothing: a leaderboard is by badges, by points, or by what a badge counts")
        if period == "all":
            unit = self.community.units[definition.meter.key].id
            tallies = await self.store.numbers(unit)
            return {person: tally.value if definition.meter.terms.commutes else tally.peak for person, tally in tallies.items()}
        return await self._of_period(slug, period)

    async def _of_period(self, slug: str, period: Period) -> Mapping[int, float]:
        meter = self.definition(slug).boards.get(period)
        if meter is None:
            raise Refused(f"{slug} has no leaderboard by {period}: give the badge boards = [{period!r}]")
        local = local_hour(from_micros(self.now), self.policy.community.timezone)
        tallies = await self.store.numbers(self.community.units[meter.key].id)
        return {person: tally.value_at(meter.terms, self.now, local) for person, tally in tallies.items()}

    async def _left_out(self) -> set[int]:
        everyone = (await self.store.know(self.name, [EVERYONE]))[EVERYONE.key].person
        return {everyone, *await opted_out(self.store, self.name)}

    async def _names(self, persons: set[int]) -> Mapping[int, str]:
        people = await self.store.people(persons)
        return {person: next((a.name for a in accounts if a.name), accounts[0].id) for person, accounts in people.items()}
