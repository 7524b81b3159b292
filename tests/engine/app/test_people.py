"""Who the configuration says is who."""

from pathlib import Path

from laurels import Account, Badge, Count, Event, Level
from laurels.testing import Running
from laurels.testing.chat import Chat
from laurels.testing.clock import START

PEOPLE = """
[communities.home.people]
ana = ["world:ana", "github:1024", "github:2048"]
bob = ["world:bob"]
"""
STARRED = Badge(slug="starred", measure=Count("star.added"), levels=(Level(at=3),))


def starred(account: Account, number: int) -> Event:
    return Event(f"star-{number}", account.platform, "star.added", START, account)


async def run(folder: Path, *events: Event) -> tuple[list[str], int]:
    """Names and accounts of who won, and how many entries the journal has, after *events* in a laurels of its own."""
    async with Running(Chat(), folder, STARRED, configuration=PEOPLE) as running:
        for event in events:
            await running.app.host(Chat.name).put(event)
        await running.rest()
        awards = await running.app.store.awards("home")
        return [f"{award.person} {award.badge}" for award in awards], (await running.app.store.counted()).journal


async def test_accounts_that_belong_together_are_counted_together(tmp_path: Path) -> None:
    accounts = (Account("github", "1024", name="ana-lima"), Account("world", "ana", name="Ana"), Account("github", "2048", name="ana-work"))
    won, _ = await run(tmp_path, *(starred(account, number) for number, account in enumerate(accounts)))
    assert won == ["Ana starred"]


async def test_starting_again_decides_nothing_again(tmp_path: Path) -> None:
    _, before = await run(tmp_path)
    assert (await run(tmp_path))[1] == before


async def test_nobody_else_is_linked(tmp_path: Path) -> None:
    accounts = (Account("github", "1024", name="ana-lima"), Account("world", "ana", name="Ana"), Account("world", "bob", name="Bob"))
    won, _ = await run(tmp_path, *(starred(account, number) for number, account in enumerate(accounts)))
    assert won == []
