"""Who is one person, made anew from the links that there are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from ..engine.decisions.decision import Decision
from ..engine.delivery import deliver
from ..filed import Link
from ..records import Known, Pair
from .rearranging import rearrange
from .turnover import Turnover


async def regroup(decision: Decision, persons: Iterable[int], *, less: Sequence[Link] = (), more: Sequence[Link] = ()) -> None:
    """Take links of some *persons* out and in. Who is thereby somebody else, or more or less than before, is folded again, silently.

    A person is known by the first of their accounts, whatever the order in which they were linked.
    """
    decision.round.changes.dropped += less
    decision.save(*more)
    before = {id_: person for person in set(persons) for id_, _ in await decision.store.accounts_of(person)}
    there = await decision.store.find(Link, decision.community.name, account=list(before))
    links = {(link.account, link.other) for link in (*(link for link in there if link not in less), *more)}
    turnover = Turnover(before, _roots(before, links))
    if turnover.moved:
        await _turn(decision, turnover)


async def _turn(decision: Decision, turnover: Turnover) -> None:
    changes, community = decision.round.changes, decision.community
    changes.links += [(account, None if person == account else person) for account, person in turnover.moved.items()]
    changes.unowed |= turnover.gone
    changes.shown |= turnover.concerned
    community.linked |= {person for person in turnover.present if len(turnover.accounts[person]) > 1}
    await rearrange(decision, turnover)
    for person in turnover.present:
        await _deliver(decision, turnover, person)
    _owe(decision, turnover)


def _owe(decision: Decision, turnover: Turnover) -> None:
    """Everything of theirs is folded again. What waited for them and was delivered is news, all the rest is not."""
    round_, community = decision.round, decision.community
    news = {community.pair(touch.definition, touch.person) for touch in round_.touches}
    round_.touched.clear()
    for person in turnover.present:
        for unit in community.units.values():
            round_.owe(pair := Pair(unit.id, person), decision.row if pair in news else None)
            round_.changes.due[pair].silent = pair not in news


async def _deliver(decision: Decision, turnover: Turnover, person: int) -> None:
    """Whoever was there under one account is there under all of them: what waits for any of these is theirs."""
    accounts, awaited = turnover.accounts[person], decision.community.awaited
    if await decision.store.acted(accounts):
        for account in accounts:
            await deliver(decision.round, decision.store, Known(account, person), decision.row)
    elif not awaited.isdisjoint({*accounts, *(turnover.before[account] for account in accounts)}):
        awaited.add(person)


def _roots(accounts: Iterable[int], links: Iterable[tuple[int, int]]) -> Mapping[int, int]:
    """By account, the first of all that links lead to from it."""
    neighbours: dict[int, set[int]] = defaultdict(set)
    for one, other in links:
        neighbours[one].add(other)
        neighbours[other].add(one)
    roots: dict[int, int] = {}
    for account in sorted(accounts):
        waiting = [account]
        while waiting:
            if (one := waiting.pop()) not in roots:
                roots[one] = account
                waiting += neighbours[one]
    return roots
