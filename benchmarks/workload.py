"""The work: which badges, which events, what is there before, and which awards must have come of it.

Every event is one message by one user, numbered from 1. Every badge counts the same thing: messages by that user, the one at hand
included. ``msg`` has three levels, at 10, 50 and 100; ``msg-bK`` has one, at 20 + 2K. The messages are spread over the users by a
seeded generator, so that everybody who runs this has the same ones.

- W1: 1,000 users, few of them busy; 20,000 events; ``msg`` only.
- W2: the same with 50 badges, of which 48 listen to what never happens.
- W3: the same with 50 badges that all listen.
- W4s, W4l, W4k: 10,000 users who have 200 messages and three levels (even ids) or 49 messages and one level (odd ids); 2,000 events.
  In W4s that is all; in W4l other badges fill everyone's awards up to 100, a million in all; in W4k the million belongs to the
  100 users that the events come from.
"""

import hashlib
import random
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final, Literal

SEED: Final = 20240607
MESSAGE: Final = "message"

Award = tuple[int, str, int]  # user, slug, level


@dataclass(frozen=True)
class Workload:
    """One measured piece of work. *digest* is that of the awards that it must give, over all its events."""

    name: str
    digest: str
    users: int = 1000
    events: int = 20_000
    badges: int = 1
    listening: int = 1
    history: Literal["none", "short", "long", "skewed"] = "none"


WORKLOADS: Final = {
    work.name: work for work in (
        Workload("W1", "f1ca1285cb9c"),
        Workload("W2", "d852c5ee1ef6", badges=50, listening=2),
        Workload("W3", "ade6af78af65", badges=50, listening=50),
        Workload("W4s", "33e04dc624e5", users=10_000, events=2000, history="short"),
        Workload("W4l", "33e04dc624e5", users=10_000, events=2000, history="long"),
        Workload("W4k", "55c10c8c9ffb", users=10_000, events=2000, history="skewed"),
    )
}  # fmt: skip

AWARDS_EACH: Final = 100  # of a user in W4l
SKEWED_USERS: Final = 100
SKEWED_AWARDS_EACH: Final = 10_000


@dataclass(frozen=True)
class Rule:
    """A badge of the benchmark: won, level by level, at these numbers of *listens* events."""

    slug: str
    listens: str
    thresholds: tuple[int, ...]


def rules(work: Workload) -> list[Rule]:
    """The badges that are registered."""
    more = [Rule(f"msg-b{k}", MESSAGE if k < work.listening else f"other-{k}", (20 + 2 * k,)) for k in range(1, work.badges)]
    return [Rule("msg", MESSAGE, (10, 50, 100)), *more]


def users_of(work: Workload, limit: int | None = None) -> list[int]:
    """Whose message each event is, in order."""
    rng = random.Random(SEED)
    count = limit or work.events
    if work.history == "skewed":
        return [1 + int(SKEWED_USERS * rng.random()) for _ in range(count)]
    exponent = 3 if work.history == "none" else 1
    return [1 + int(work.users * rng.random() ** exponent) for _ in range(count)]


def messages_before(work: Workload, user: int) -> int:
    """How many messages of a user were counted before the first event."""
    if work.history == "none":
        return 0
    return 200 if user % 2 == 0 else 49


def awards_before(work: Workload) -> Iterator[tuple[Award, str]]:
    """The awards that are there before the first event, each with its occurrence."""
    if work.history == "none":
        return
    for user in range(1, work.users + 1):
        levels = 3 if user % 2 == 0 else 1
        for level in range(1, levels + 1):
            yield (user, "msg", level), ""
        if work.history == "long":
            yield from (((user, f"hist-{i}", 1), "") for i in range(AWARDS_EACH - levels))
        elif work.history == "skewed" and user <= SKEWED_USERS:
            yield from (((user, "hist", 1), str(i)) for i in range(1, SKEWED_AWARDS_EACH - levels + 1))


def expected(work: Workload, limit: int | None = None) -> set[Award]:
    """The awards that the events must give, worked out the plain way."""
    counts: dict[int, int] = {}
    won: set[Award] = set()
    listening = [rule for rule in rules(work) if rule.listens == MESSAGE]
    for user in users_of(work, limit):
        counts[user] = count = counts.get(user, messages_before(work, user)) + 1
        for rule in listening:
            won.update((user, rule.slug, level) for level, at in enumerate(rule.thresholds, 1) if at == count)
    return won


def digest(awards: Collection[Award]) -> str:
    """A short hash of a set of awards."""
    return hashlib.sha256(repr(sorted(awards)).encode()).hexdigest()[:12]
