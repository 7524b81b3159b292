"""Who the configuration says is who."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from laurels import Account, Actor, Badge, Count, Event, Level
from laurels.app.people import declare
from laurels.testing import World
from laurels.testing.chat import PLATFORM
from laurels.testing.clock import START

PEOPLE = """
[communities.home.people]
ana = ["world:ana", "github:1024", "github:2048"]
bob = ["world:bob"]
"""
NOBODY = "[communities.home]"
STARRED = Badge(slug="starred", measure=Count("star.added"), levels=(Level(at=3),))
ACCOUNTS = (Account("github", "1024", name="ana-lima"), Account("world", "ana", name="Ana"), Account("github", "2048", name="ana-work"))
BOB = Account("world", "bob", name="Bob")


def starred(*accounts: Account) -> list[Event]:
    return [Event(f"star-{number}", account.platform, "star.added", START, account) for number, account in enumerate(accounts)]


@asynccontextmanager
async def home(folder: Path, people: str = PEOPLE) -> AsyncIterator[World]:
    """A laurels that has started with this configuration."""
    async with World(folder, STARRED, configuration=people) as world:
        await declare(world.app)
        await world.rest()
        yield world


async def run(folder: Path, *events: Event, people: str = PEOPLE) -> tuple[list[str], int]:
    """Names and accounts of who won, and how many entries the journal has, after *events* in a laurels of its own."""
    async with home(folder, people) as world:
        for event in events:
            await world.app.host(PLATFORM).put(event)
        await world.rest()
        awards = await world.app.store.awards("home")
        return [f"{award.person} {award.badge}" for award in awards], (await world.app.store.counted()).journal


async def test_accounts_that_belong_together_are_counted_together(tmp_path: Path) -> None:
    won, _ = await run(tmp_path, *starred(*ACCOUNTS))
    assert won == ["Ana starred"]


async def test_starting_again_decides_nothing_again(tmp_path: Path) -> None:
    _, before = await run(tmp_path)
    assert (await run(tmp_path))[1] == before


async def test_nobody_else_is_linked(tmp_path: Path) -> None:
    won, _ = await run(tmp_path, *starred(*ACCOUNTS[:2], BOB))
    assert won == []


async def test_what_is_configured_no_more_is_parted(tmp_path: Path) -> None:
    won, entries = await run(tmp_path, *starred(*ACCOUNTS))
    assert won == ["Ana starred"]
    fewer = PEOPLE.replace(', "github:2048"', "")
    assert await run(tmp_path, people=fewer) == ([], entries + 1)
    assert await run(tmp_path, people=fewer) == ([], entries + 1)
    assert await run(tmp_path) == (["Ana starred"], entries + 2)
    assert await run(tmp_path, people=NOBODY) == ([], entries + 3)


async def test_what_somebody_linked_themselves_stays_when_it_is_configured_no_more(tmp_path: Path) -> None:
    await run(tmp_path, *starred(*ACCOUNTS), people=NOBODY)
    async with home(tmp_path, NOBODY) as world:
        for account in (ACCOUNTS[0], ACCOUNTS[2]):
            await world.app.desk("home").link(ACCOUNTS[1], account)
    for people in (PEOPLE, NOBODY):
        assert (await run(tmp_path, people=people))[0] == ["ana-lima starred"]


async def test_what_is_configured_is_parted_in_the_configuration(tmp_path: Path) -> None:
    async with home(tmp_path) as world:
        (outcome,) = await world.acts.links.unlink(Actor(ACCOUNTS[0]), ACCOUNTS[1])
        assert (outcome.result, outcome.detail) == ("INVALID", "link-declared")
