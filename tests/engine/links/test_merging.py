"""What somebody holds whose accounts are linked, and what each holds once they are parted."""

import pytest

from laurels import Actor, Badge, Check, Count, Distinct, Grant, Level, Outcome, all_of
from laurels.filed import Brought, Link
from laurels.policy import SYSTEM
from laurels.testing import Member, World


class Mentor(Badge):
    """Given by somebody else's event."""

    slug, events, levels = "mentor", ("thanks.given",), ("Once", "Again")

    def award(self, check: Check) -> Grant:
        return Grant(level=1, to=check.event.data["receiver"])


class Early(Badge):
    """Decided later, on what was frozen."""

    slug, events, deferred = "early", ("message.posted",), True

    def freeze(self, check: Check) -> dict[str, object]:
        Early.frozen.append(check.event.id)
        return {"length": check.event.data["length"]}

    def award(self, check: Check) -> Grant | None:
        return Grant() if check.state["length"] > 5 else None

    frozen: list[str] = []  # noqa: RUF012  # the test's own


BADGES = [
    Badge(slug="talker", measure=Count("message.posted"), levels=(Level("Quiet", at=2), Level("Loud", at=4))),
    Badge(slug="wide", measure=Distinct("message.posted", "event.place.channel"), levels=(Level(at=2),)),
    Badge(slug="thanked", measure=Count("thanks.given", to="event.data.receiver"), levels=(Level(at=2),)),
    Badge(slug="kind"),
    Badge(slug="cake", repeatable=True),
    Badge(slug="both", requires=all_of("talker@2", "kind")),
    Badge(slug="climb", levels=(Level(at=3), Level(at=6)), by_hand=True),
    Badge(slug="fixed", measure=Count("message.posted"), levels=(Level(at=4),), permanent=True),
    Mentor,
    Early,
]


@pytest.fixture
def pack() -> list[object]:
    return list(BADGES)


@pytest.fixture
def hub(world: World) -> Member:
    return world.person("Ana", platform="github")


def said(outcomes: "list[Outcome]") -> list[str]:
    return [f"{outcome.result} {outcome.detail}".strip() for outcome in outcomes]


async def everything(world: World) -> set[tuple[str, ...]]:
    """Every award in any state that somebody might see, by account."""
    await world.rest()
    found = await world.app.store.awards(world.community, standing=False, hidden=True)
    return {
        (*sorted(a.accounts), a.badge, str(a.level), a.occurrence, a.state, str(a.time)) for a in found if a.state in ("active", "revoked")
    }


async def test_events_of_all_accounts_are_one_persons(world: World, ana: Member, hub: Member) -> None:
    await ana.says("hi", times=2, place="one")
    await hub.says("hi", times=2, place="two")
    assert (sorted(world.awards(ana)), sorted(world.awards(hub))) == (["talker"], ["talker"])
    await world.links(ana, hub)
    assert sorted(world.awards(ana)) == sorted(world.awards(hub)) == ["fixed", "talker", "talker@2", "wide"]
    assert await world.progress(hub, "talker") == 4
    assert await world.regraded() == []


async def test_the_earliest_award_stays_and_its_twin_is_merged(world: World, ana: Member, hub: Member) -> None:
    await hub.says("hi", times=2)
    await ana.says("hi", times=2)
    (first,) = world.standing(hub)
    await world.links(ana, hub)
    talker, *_ = world.standing(ana)
    assert (talker.badge, talker.level, talker.time) == ("talker", 1, first.time)
    states = sorted(a.state for a in await world.app.store.awards(world.community, badge="talker", standing=False) if a.level == 1)
    assert states == ["active", "merged"]


async def test_parting_returns_everything(world: World, ana: Member, hub: Member, bob: Member) -> None:
    """Counts, distinct values, metas, revocations, what others gave, progress, permanent badges won by one alone."""
    await ana.says("hi", times=5, place="one")
    await hub.says("hi", times=3, place="two")
    await bob.thanks(ana)
    await bob.thanks(hub)
    await world.gives(bob, "kind", hub)
    await world.gives(bob, "cake", ana)
    await world.acts.awards.move(SYSTEM, "climb", hub.account, amount=2)
    await world.acts.awards.move(SYSTEM, "climb", ana.account, amount=4)
    await world.revokes(bob, "talker", hub)
    before = await everything(world)
    await world.links(ana, hub)
    assert sorted(world.awards(ana)) == [
        "both", "cake", "climb", "climb@2", "fixed", "kind", "mentor", "talker@2", "thanked", "wide",
    ]  # fmt: skip
    assert await world.regraded() == []
    await world.unlinks(hub)
    assert await everything(world) == before
    assert (await world.progress(hub, "climb"), await world.progress(ana, "climb")) == (2, 4)
    assert await world.regraded() == []
    assert await world.app.store.find(Link, world.community) == []
    assert await world.app.store.find(Brought, world.community) == []


async def test_a_revocation_on_either_side_holds(world: World, ana: Member, bob: Member, hub: Member) -> None:
    await world.gives(bob, "kind", ana)
    await ana.says("hi")
    await hub.says("hi")
    await world.gives(bob, "kind", hub)
    await world.revokes(bob, "kind", hub)
    await world.links(ana, hub)
    assert world.awards(ana) == ["talker"]
    await world.reinstates(bob, "kind", ana)
    assert sorted(world.awards(hub)) == ["kind", "talker"]
    await world.unlinks(ana)
    assert (world.awards(ana), world.awards(hub)) == (["kind"], [])


async def test_what_others_code_gives_reaches_a_person_under_every_account(world: World, ana: Member, bob: Member, hub: Member) -> None:
    await ana.says("hi")
    await bob.thanks(hub)
    await world.links(ana, hub)
    assert world.awards(ana) == ["mentor"]
    await world.unlinks(hub)
    assert (world.awards(ana), world.awards(hub)) == ([], ["mentor"])
    await world.links(ana, hub)
    cleo = world.person("cleo")
    await cleo.thanks(hub)
    assert sorted(world.awards(ana)) == ["mentor", "thanked"]
    await world.unlinks(ana)
    assert (world.awards(ana), sorted(world.awards(hub))) == ([], ["mentor", "thanked"])
    assert await world.regraded() == []


async def test_what_somebody_gave_is_as_it_was_once_they_are_parted(world: World, ana: Member, bob: Member, hub: Member) -> None:
    await hub.thanks(bob)
    await world.links(ana, hub)
    await ana.says("hi")
    assert world.awards(bob) == ["mentor"]
    await world.unlinks(hub)
    assert world.awards(bob) == ["mentor"]
    assert await world.regraded() == []


async def test_what_somebody_gave_is_taken_back_while_they_are_linked(world: World, ana: Member, bob: Member, hub: Member) -> None:
    await ana.says("hi")
    await world.happens("thanks.given", hub, thing="thanks", receiver=bob)
    assert world.awards(bob) == ["mentor"]
    await world.links(ana, hub)
    await world.happens("thanks.given", hub, thing="thanks", on=False, receiver=bob)
    assert world.awards(bob) == []
    await world.unlinks(hub)
    assert world.awards(bob) == []


async def test_who_thanks_their_own_account_thanks_nobody(world: World, ana: Member, hub: Member) -> None:
    await hub.thanks(ana)
    await world.links(ana, hub)
    await hub.thanks(ana, times=3)
    assert world.awards(ana) == ["mentor"]
    assert await world.progress(ana, "thanked") == 0
    assert await world.regraded() == []
    await world.unlinks(hub)
    assert sorted(world.awards(ana)) == ["mentor", "thanked"]
    assert await world.progress(ana, "thanked") == 4


async def test_what_was_frozen_is_not_frozen_again(world: World, ana: Member, hub: Member) -> None:
    await ana.says("hi")
    await hub.says("hello there")
    Early.frozen.clear()
    await world.links(ana, hub)
    assert (sorted(world.awards(ana)), Early.frozen) == (["early", "talker"], [])
    await hub.says("hello again")
    Early.frozen.clear()
    await world.unlinks(hub)
    assert (world.awards(ana), sorted(world.awards(hub)), Early.frozen) == ([], ["early", "talker"], [])


async def test_the_account_by_which_somebody_is_known_can_be_parted(world: World, ana: Member, hub: Member) -> None:
    other = world.person("Ana", platform="slack")
    for member in (ana, hub, other):
        await member.says("hi", times=2)
    await world.links(ana, hub)
    await world.links(hub, other)
    assert await world.progress(other, "talker") == 6
    await world.unlinks(ana)
    assert [await world.progress(member, "talker") for member in (ana, hub, other)] == [2, 4, 4]
    assert (world.awards(ana), sorted(world.awards(other))) == (["talker"], ["fixed", "talker", "talker@2"])
    await world.links(other, ana)
    assert await world.progress(ana, "talker") == 6
    assert await world.regraded() == []


async def test_all_accounts_of_both_come_together_and_one_that_linked_others_leaves_them_together(world: World) -> None:
    first, second, third, fourth = [world.person("Ana", platform=platform) for platform in ("world", "github", "slack", "matrix")]
    for member in (first, second, third, fourth):
        await member.says("hi")
    await world.links(third, fourth)
    await world.links(first, second)
    await world.links(second, third)
    assert [await world.progress(member, "talker") for member in (first, second, third, fourth)] == [4, 4, 4, 4]
    await world.unlinks(third)
    assert [await world.progress(member, "talker") for member in (first, second, third, fourth)] == [3, 3, 1, 3]
    await world.unlinks(second)
    assert [await world.progress(member, "talker") for member in (first, second, third, fourth)] == [2, 1, 1, 2]
    assert await world.regraded() == []


async def test_only_the_person_parts_their_accounts(world: World, ana: Member, bob: Member, hub: Member) -> None:
    await world.links(ana, hub)
    unlink = world.acts.links.unlink
    assert said(await unlink(Actor(bob.account), hub.account)) == ["INVALID link-missing"]
    assert said(await unlink(Actor(bob.account), bob.account)) == ["INVALID link-missing"]
    assert said(await unlink(Actor(hub.account), ana.account)) == ["UNLINKED"]
    assert said(await unlink(Actor(hub.account), ana.account)) == ["INVALID link-missing"]
    await world.links(ana, hub)
    assert said(await unlink(SYSTEM, hub.account)) == ["UNLINKED"]


async def test_nothing_is_told_again_and_what_was_told_is_corrected_under_either_account(
    world: World, ana: Member, bob: Member, hub: Member
) -> None:
    await ana.says("hi", times=2)
    await hub.says("hi", times=2)
    told = list(world.transcript)
    assert len(told) == 2
    await world.links(ana, hub)
    assert world.transcript == told
    await world.revokes(bob, "talker", ana)
    assert [line.partition(" ")[0] for line in world.transcript[2:]] == ["(withdrawn)", "(withdrawn)"]
    await world.reinstates(bob, "talker", hub)
    assert sum(not line.startswith("(withdrawn)") for line in world.chat.standing.values()) == 2
    count = len(world.transcript)
    await world.unlinks(hub)
    assert len(world.transcript) == count + 1, "the account that was named in the revocation, and not in its end"


async def test_an_award_that_is_won_again_after_the_accounts_were_parted_is_told(world: World, ana: Member, hub: Member) -> None:
    await ana.says("hi")
    await hub.says("hi", times=2)
    await world.links(ana, hub)
    assert world.awards(ana) == ["talker"]
    await world.unlinks(hub)
    assert (world.awards(ana), len(world.transcript)) == ([], 1)
    await ana.says("hi")
    assert world.awards(ana) == ["talker"]
    assert len(world.transcript) == 2


async def test_an_award_that_its_holder_hides_stays_hidden(world: World, ana: Member, bob: Member, hub: Member) -> None:
    await ana.says("hi")
    await hub.says("hi")
    await world.gives(bob, "kind", hub)
    await world.acts.privacy.hide(Actor(hub.account), "kind")
    await world.links(ana, hub)
    assert [award.badge for award in await world.app.store.awards(world.community)] == ["talker"]
    await world.unlinks(hub)
    assert [award.badge for award in await world.app.store.awards(world.community)] == []
    assert world.awards(hub) == ["kind"]
