"""What can be undone and redone counts while it is on, in whatever order the changes arrive."""

import itertools
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from laurels import Account, Badge, Count, Event, Level
from small import NAME, small

START = datetime(2024, 6, 3, tzinfo=UTC)
ANA, BOB = Account("test", "ana"), Account("test", "bob")
ONCE = (Level(at=1),)
BADGES = [
    Badge(slug="liked", measure=Count("reaction.added", to="event.data.author"), levels=(*ONCE, Level(at=2))),
    Badge(slug="closer", measure=Count("pull_request.closed"), levels=(*ONCE, Level(at=2))),
    Badge(slug="merged", measure=Count("pull_request.merged", to="event.data.author"), levels=(*ONCE, Level(at=2))),
    Badge(slug="labelled", measure=Count("issue.labeled", to="event.data.author"), levels=(*ONCE, Level(at=2))),
]


def state(number: int, type_: str, thing: str, *, on: bool = True) -> Event:
    """Something that Bob did to what is Ana's, or took back."""
    when = START + timedelta(minutes=number)
    return Event(f"{thing}:{number}", "test", type_, when, BOB, {"author": ANA.key}, community=NAME, thing=thing, on=on)


REACTION = [state(1, "reaction.added", "r"), state(2, "reaction.added", "r", on=False), state(3, "reaction.added", "r")]
PULL = [
    state(1, "pull_request.closed", "p:closed"), state(2, "pull_request.closed", "p:closed", on=False),
    state(3, "pull_request.merged", "p:merged"),
]  # fmt: skip
LABEL = [state(1, "issue.labeled", "l"), state(2, "issue.labeled", "l", on=False), state(3, "issue.labeled", "l")]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))), ids=str)
async def test_given_taken_and_given_again_is_given_once(tmp_path: Path, order: tuple[int, ...]):
    async with small(tmp_path / "x.db", BADGES) as it:
        for place in order:
            await it.put(REACTION[place], PULL[place], LABEL[place])
            await it.put(REACTION[place])
            await it.rest()
        assert await it.awards() == {(ANA.key, slug, 1, "") for slug in ("liked", "merged", "labelled")}


@pytest.mark.parametrize("order", list(itertools.permutations(range(2))), ids=str)
async def test_given_and_taken_is_not_given(tmp_path: Path, order: tuple[int, ...]):
    async with small(tmp_path / "x.db", BADGES) as it:
        for place in order:
            await it.put(REACTION[place], PULL[place], LABEL[place])
            await it.rest()
        assert await it.awards() == set()


async def test_an_award_that_is_taken_back_and_won_again_is_the_same_award(tmp_path: Path):
    async with small(tmp_path / "x.db", BADGES) as it:
        seen = []
        for event in REACTION:
            await it.put(event)
            await it.rest()
            seen += [(award.id, award.state) for award in await it.store.awards(NAME, standing=False)]
        assert seen == [(1, "active"), (1, "withdrawn"), (1, "active")]


async def test_what_comes_late_moves_the_expiry_to_when_it_was_really_won(tmp_path: Path) -> None:
    talker = Badge(slug="talker", measure=Count("message.posted"), levels=(Level("Talker", at=2),), expires="10d")
    async with small(tmp_path / "x.db", [talker]) as it:
        for day in (5, 8, 0):
            await it.put(Event(f"m{day}", "test", "message.posted", START + timedelta(days=day), ANA, community=NAME))
            await it.rest()
        (award,) = await it.store.awards(NAME, standing=False)
        assert (award.state, award.time) == ("expired", START + timedelta(days=5))
