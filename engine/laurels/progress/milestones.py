"""Milestones: hooks hear, once, that somebody got to a share of the way to a level."""

from typing import Final, NamedTuple

from ..definition import Definition
from ..engine.round import Round
from ..filed import Milestone
from ..hook import MilestoneNews
from ..hooks import Hooks
from ..store import Store
from ..tally import Tally

DAY: Final = 86_400_000_000  # microseconds; nobody is told of what is older


class Mark(NamedTuple):
    """A share of the way to a level, and the number that reaches it."""

    level: int
    share: float
    at: float
    goal: float


def marks(definition: Definition) -> list[Mark]:
    """The milestones of a badge, the lowest first; each level's way begins where the one below it ends."""
    found, below = [], 0.0
    for level, goal in definition.thresholds:
        found += [Mark(level, share, below + share * (goal - below), goal) for share in definition.badge.milestones]
        below = goal
    return sorted(found, key=lambda mark: mark.at)


async def reached(round_: Round, store: Store, hooks: Hooks) -> None:
    """Note the milestones that this round's tallies reached, and that hooks are to be told."""
    community = round_.community
    for pair, tally in round_.changes.tallies.items():
        for definition in community.marked.get(pair.unit, ()):
            passed = community.passed.get((definition.slug, pair.person), -1)
            its = marks(definition)
            if passed + 1 < len(its) and tally.peak >= its[passed + 1].at:
                await _pass(round_, store, hooks, _Passing(definition, pair.person, tally, its))


class _Passing(NamedTuple):
    definition: Definition
    person: int
    tally: Tally
    marks: list[Mark]


async def _pass(round_: Round, store: Store, hooks: Hooks, its: _Passing) -> None:
    changes, slug = round_.changes, its.definition.slug
    accounts = [id_ for id_, _ in await store.accounts_of(its.person)]
    known = {(m.level, m.share) for m in await store.find(Milestone, changes.community, badge=slug, account=accounts)}
    there = [mark for mark in its.marks if its.tally.peak >= mark.at]
    for mark in there:
        if (mark.level, mark.share) not in known:
            time = its.tally.last[0]
            changes.saved.append(Milestone(badge=slug, account=its.person, level=mark.level, share=mark.share, time=time))
            if changes.now - time < DAY and hooks.listening("milestone_was_reached"):
                subject = f"{slug}@{mark.level}/{mark.share}/{its.person}"
                changes.saved += hooks.was("milestone_was_reached", subject, await _news(round_, store, its, mark), changes.now)
    round_.community.passed[slug, its.person] = len(there) - 1


async def _news(round_: Round, store: Store, its: _Passing, mark: Mark) -> MilestoneNews:
    accounts = (await store.people([its.person])).get(its.person, ())
    person = next((account.name for account in accounts if account.name), accounts[0].id if accounts else "")
    keys = tuple(account.key for account in accounts)
    return MilestoneNews(
        round_.changes.community, its.definition.slug, its.definition.name, mark.level, person, keys, mark.share, its.tally.peak, mark.goal
    )
