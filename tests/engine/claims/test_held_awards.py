"""Awards that wait for whom they are for: held for accounts never seen acting, delivered once, when these appear."""

import sys
from asyncio import create_subprocess_exec
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec import structs

from laurels import Account, Badge, Count, Event, Level, Outcome, Place
from laurels.app import App
from laurels.config import load
from laurels.filed import HeldAward
from laurels.loaded import Loaded
from laurels.policy import SYSTEM
from laurels.testing import Member, World
from laurels.testing.pack import gather

BADGES = [
    Badge(slug="kind"),
    Badge(slug="cake", repeatable=True),
    Badge(slug="rank", levels=("Bronze", "Silver", "Gold")),
    Badge(slug="shelf", levels=("Bronze", "Silver", "Gold"), level_policy="fill"),
    Badge(slug="talker", measure=Count("message.posted"), levels=(Level(at=1),)),
    Badge(slug="pair", requires="kind"),
]


@pytest.fixture
def pack() -> list[Badge]:
    return BADGES


def said(outcomes: Sequence[Outcome]) -> list[str]:
    return [f"{outcome.result} {outcome.detail}".strip() for outcome in outcomes]


async def give(world: World, slug: str, who: Member, level: int | None = None) -> str:
    (answer,) = said(await world.acts.awards.give(SYSTEM, slug, [who.account], level=level))
    return answer


async def held(world: World, state: str = "held") -> list[str]:
    return [f"{one.badge}@{one.level}" for one in await world.app.store.find(HeldAward, world.community, state=state)]


async def without(world: World, slug: str) -> Loaded:
    """Take a badge away from the world; what brings it back."""
    packs = world.app.inventory.packs
    world.app.inventory.packs = structs.replace(packs, badges=tuple(one for one in packs.badges if one.badge.slug != slug))
    assert await world.app.reload()
    return packs


async def test_tb08_what_is_given_to_an_unknown_account_is_theirs_when_they_show_themselves(world: World, ana: Member, bob: Member) -> None:
    for slug in ("kind", "cake", "rank"):
        assert await give(world, slug, bob, 1 if slug == "rank" else None) == "HELD_FOR"
    await ana.thanks(bob)  # they are spoken of; they did not speak
    await ana.says("where is @bob")
    assert (world.awards(bob), await held(world)) == ([], ["kind@1", "cake@1", "rank@1"])
    assert not any("Bob" in line for line in world.transcript)
    await bob.says("here")
    assert sorted(world.awards(bob)) == ["cake", "kind", "pair", "rank", "talker"]
    assert (await held(world), len(await held(world, "delivered"))) == ([], 3)
    (line,) = [line for line in world.transcript if "Bob" in line]
    assert all(name in line for name in ("Kind", "Cake", "Rank"))  # the notice of it has their names
    assert await world.regraded() == []


async def test_tb13_a_badge_that_is_won_once_is_held_once(world: World, bob: Member) -> None:
    assert [await give(world, "kind", bob) for _ in range(2)] == ["HELD_FOR", "ALREADY_HELD held-already"]
    assert await held(world) == ["kind@1"]
    assert [await give(world, "cake", bob) for _ in range(3)] == ["HELD_FOR"] * 3
    await bob.says("here")
    assert sorted(world.awards(bob)) == ["cake", "cake", "cake", "kind", "pair", "talker"]


async def test_tb14_nobody_is_written_to_before_they_come_and_once_when_they_do(world: World, bob: Member) -> None:
    assert [await give(world, slug, bob) for slug in ("kind", "cake")] == ["HELD_FOR", "HELD_FOR"]
    await world.rest()
    assert world.transcript == []
    await bob.says("here")
    assert len(world.transcript) == 1
    await bob.says("and again")
    assert len(world.transcript) == 1


async def test_tb46_what_was_held_is_delivered_when_they_first_speak_or_link(world: World, ana: Member, bob: Member) -> None:
    elsewhere = world.person("ana", platform="github")
    await give(world, "kind", bob)
    await give(world, "kind", elsewhere)
    await bob.says("hello")
    assert world.awards(bob) == ["kind", "talker", "pair"]
    await ana.says("hello")
    assert world.awards(ana) == ["talker"]
    await world.links(ana, elsewhere)
    assert world.awards(ana) == ["talker", "kind", "pair"]
    assert await world.regraded() == []


async def test_a_lower_level_than_the_one_that_waits_is_not_held_beside_it(world: World, bob: Member) -> None:
    answers = [await give(world, "rank", bob, level) for level in (2, 1, 2, 3)]
    assert answers == ["HELD_FOR", "HIGHER_HELD held-already", "ALREADY_HELD held-already", "HELD_FOR"]
    assert await give(world, "shelf", bob, 3) == "HELD_FOR"
    await bob.says("here")
    assert [slug for slug in world.awards(bob) if slug.startswith(("rank", "shelf"))] == ["rank@2", "rank@3", "shelf", "shelf@2", "shelf@3"]


async def test_two_accounts_of_one_person_have_it_held_once_and_either_brings_it(world: World, bob: Member) -> None:
    other, third = world.person("bob", platform="github"), world.person("bob", platform="slack")
    await world.links(bob, other)
    await world.links(bob, third)
    assert await give(world, "kind", other) == "HELD_FOR"
    assert await give(world, "kind", bob) == "ALREADY_HELD held-already"
    several = await world.acts.awards.give(SYSTEM, "rank", [bob.account, other.account], level=1)
    assert said(several) == ["HELD_FOR", "ALREADY_HELD held-already"]
    await third.says("it is me")
    assert sorted(world.awards(bob)) == ["kind", "pair", "rank", "talker"]


async def test_accounts_that_were_linked_before_either_spoke_bring_it_too(world: World, bob: Member) -> None:
    other = world.person("bob", platform="github")
    await give(world, "kind", other)
    await world.links(bob, other)
    assert world.awards(bob) == []
    await bob.says("it is me")
    assert world.awards(bob) == ["kind", "talker", "pair"]


async def test_two_accounts_of_somebody_known_are_given_it_once(world: World, bob: Member) -> None:
    other = world.person("bob", platform="github")
    await world.links(bob, other)
    await bob.says("hi")
    assert said(await world.acts.awards.give(SYSTEM, "kind", [bob.account, other.account])) == ["AWARDED", "ALREADY_HELD"]


async def test_what_waits_is_taken_back_under_any_account(world: World, bob: Member) -> None:
    other = world.person("bob", platform="github")
    await world.links(bob, other)
    await give(world, "kind", other)
    assert said(await world.acts.awards.revoke(SYSTEM, "kind", bob.account, 1)) == ["REVOKED held-withdrawn"]
    await bob.says("here")
    assert world.awards(bob) == ["talker"]


async def test_what_was_undone_is_not_delivered_and_can_be_given_again(world: World, bob: Member) -> None:
    (outcome,) = await world.acts.awards.give(SYSTEM, "kind", [bob.account])
    await world.acts.awards.undo(SYSTEM, f"command:{outcome.seq}")
    assert await held(world) == []
    assert await give(world, "kind", bob) == "HELD_FOR"
    await bob.says("here")
    assert world.awards(bob) == ["kind", "talker", "pair"]


async def test_what_was_delivered_is_undone_by_what_gave_it(world: World, bob: Member) -> None:
    (outcome,) = await world.acts.awards.give(SYSTEM, "kind", [bob.account])
    await bob.says("here")
    await world.undoes(bob, f"command:{outcome.seq}")
    assert world.awards(bob) == ["talker"]
    assert await world.regraded() == []


async def test_a_badge_that_is_away_when_they_come_is_theirs_once_it_is_back(world: World, bob: Member) -> None:
    await give(world, "cake", bob)
    await give(world, "kind", bob)
    packs = await without(world, "cake")
    await bob.says("here")
    assert (world.awards(bob), await held(world)) == (["kind", "talker", "pair"], ["cake@1"])
    world.app.inventory.packs = packs
    assert await world.app.reload()
    await bob.says("again")
    await bob.says("and again")
    assert world.awards(bob) == ["kind", "talker", "pair", "cake"]
    assert await held(world) == []


async def test_who_came_while_the_badge_was_away_can_be_given_it_at_once(world: World, bob: Member) -> None:
    await give(world, "rank", bob, 1)
    packs = await without(world, "rank")
    await bob.says("here")
    world.app.inventory.packs = packs
    assert await world.app.reload()
    assert await give(world, "rank", bob, 1) == "AWARDED"
    await bob.says("again")
    assert world.awards(bob) == ["talker", "rank"]


async def test_a_level_that_the_badge_lost_meanwhile_waits_and_hurts_nobody(world: World, bob: Member) -> None:
    await give(world, "rank", bob, 3)
    shorter = gather([Badge(slug="rank", levels=("Bronze", "Silver")), *(badge for badge in BADGES if badge.slug != "rank")])
    world.app.inventory.packs = shorter
    assert await world.app.reload()
    await bob.says("here")
    assert (world.awards(bob), await held(world)) == (["talker"], ["rank@3"])


async def test_a_reload_forgets_nobody_who_is_waited_for(world: World, bob: Member, ana: Member) -> None:
    await give(world, "kind", bob)
    assert await world.app.reload()
    before = world.app.engine.communities[world.community]
    after = await type(before).load(world.community, before.registry, world.app.store)
    await give(world, "kind", ana)  # by the generation that is on its way out
    world.app.engine.swap({world.community: after})
    before.awaited.add(-1)
    assert -1 in after.awaited
    for who in (ana, bob):
        await who.says("here")
        assert "kind" in world.awards(who)


async def test_nobody_holds_it_earlier_than_it_was_given(world: World, ana: Member, bob: Member) -> None:
    (early,) = await ana.does("message.posted", length=1, words=1)
    world.later(days=1)
    await give(world, "kind", bob)
    decided = world.now
    world.later(days=1)
    told_late = structs.replace(early, id="late", actor=bob.account)
    await world.replay([told_late])
    assert {award.badge: award.time for award in world.standing(bob)} == {"talker": early.time, "kind": decided, "pair": decided}
    assert await world.regraded() == []


async def test_what_waits_is_for_one_community_and_one_account(world: World, bob: Member) -> None:
    await give(world, "kind", bob)
    await world.person("bob", platform="github").says("the same name is not the same person")
    assert await held(world) == ["kind@1"]


async def test_a_commit_that_fails_loses_nothing(world: World, bob: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    await give(world, "kind", bob)
    store, real, failed = world.app.store, world.app.store.commit, []

    async def commit(changes):
        if not failed:
            failed.append(changes)
            raise OSError("the disk is full")
        return await real(changes)

    monkeypatch.setattr(store, "commit", commit)
    await bob.says("here")
    assert failed
    assert world.awards(bob) == ["kind", "talker", "pair"]


# -- across a restart ---------------------------------------------------------------------------------------------------------

VICTIM = """
import asyncio, os, sys
from datetime import UTC, datetime
from pathlib import Path
from laurels import Account, Badge, Event, Place
from laurels.app import App
from laurels.config import load
from laurels.policy import SYSTEM
from laurels.testing.pack import gather

folder, when = Path(sys.argv[1]), sys.argv[2]
BOB = Account("chat", "bob", name="Bob")

async def main():
    async with App(load(folder / "laurels.toml"), gather([Badge(slug="kind"), Badge(slug="cake", repeatable=True)])) as app:
        for slug in ("kind", "cake", "cake"):
            (outcome,) = await app.acts("acme").awards.give(SYSTEM, slug, [BOB])
            assert outcome.result == "HELD_FOR", outcome
        if when == "held":
            os._exit(9)
        hi = Event("hi", "chat", "message.posted", datetime.now(UTC), BOB, {"length": 1}, Place("chat", "hall"), community="acme")
        await app.intake.put(hi)
        if when == "accepted":
            os._exit(9)
        real = app.store.commit
        async def commit(changes):
            if when == "committed":
                await real(changes)
            os._exit(9)
        app.store.commit = commit
        await app.engine.count_some()

asyncio.run(main())
"""

CONFIGURATION = """
[store]
url = "sqlite:///{folder}/laurels.db"
[badges]
packs = []
files = []
[communities.acme]
realms = {{ chat = ["*"] }}
mode = "live"
"""


@pytest.mark.parametrize("when", ["held", "accepted", "counted", "committed"])
async def test_it_is_delivered_exactly_once_whenever_laurels_is_killed(tmp_path: Path, when: str) -> None:
    (tmp_path / "laurels.toml").write_text(CONFIGURATION.format(folder=tmp_path))
    (tmp_path / "victim.py").write_text(VICTIM)
    victim = await create_subprocess_exec(sys.executable, str(tmp_path / "victim.py"), str(tmp_path), when)
    assert await victim.wait() == 9
    bob = Account("chat", "bob")
    packs = gather([Badge(slug="kind"), Badge(slug="cake", repeatable=True)])
    for _ in range(2):
        async with App(load(tmp_path / "laurels.toml"), packs) as app:
            app.start(announce=False)
            await app.engine.rest()
            if when == "held":
                assert await app.store.awards("acme") == []
                hall = Place("chat", "hall")
                await app.intake.put(Event("hi", "chat", "message.posted", datetime.now(UTC), bob, {"length": 1}, hall, community="acme"))
                app.engine.wake()
                await app.engine.rest()
            when = "again"
            awards = await app.store.awards("acme", standing=False)
            assert sorted((award.badge, award.state) for award in awards) == [("cake", "active")] * 2 + [("kind", "active")]
            assert {one.state for one in await app.store.find(HeldAward, "acme")} == {"delivered"}


async def test_a_process_that_takes_over_knows_who_is_waited_for(tmp_path: Path) -> None:
    (tmp_path / "laurels.toml").write_text(CONFIGURATION.format(folder=tmp_path))
    config, packs, bob = load(tmp_path / "laurels.toml"), gather([Badge(slug="kind")]), Account("chat", "bob")
    async with AsyncExitStack() as second_ends:
        async with App(config, packs) as first:
            second = await second_ends.enter_async_context(App(config, packs))
            assert said(await first.acts("acme").awards.give(SYSTEM, "kind", [bob])) == ["HELD_FOR"]
        hello = Event("hi", "chat", "message.posted", datetime.now(UTC), bob, {"length": 1}, Place("chat", "hall"), community="acme")
        seq = await second.intake.put(hello)
        assert seq is not None
        await second.counted("acme", [seq])
        assert [award.badge for award in await second.store.awards("acme")] == ["kind"]
