"""How somebody shows that an account is theirs: the code, who may show it, and who confirms."""

from datetime import timedelta

import pytest

from laurels import Account, Actor, Badge, Outcome
from laurels.engine import decisions
from laurels.errors import Refused
from laurels.filed import LinkCode
from laurels.links.proving import digest
from laurels.policy import SYSTEM
from laurels.testing import Member, World


@pytest.fixture
def pack() -> list[Badge]:
    return [Badge(slug="kind")]


@pytest.fixture
def hub(world: World) -> Member:
    return world.person("Ana", platform="github")


def said(outcomes: "list[Outcome]") -> list[str]:
    return [f"{outcome.result} {outcome.detail}".strip() for outcome in outcomes]


async def linked(world: World, one: Member, other: Member) -> bool:
    known = await world.app.store.know(world.community, [one.account, other.account])
    return len({its.person for its in known.values()}) == 1


async def journaled(world: World) -> str:
    rows = await world.app.store.entries(range(1, 200))
    return " ".join(f"{row.event.id} {dict(row.event.data)}" for row in rows)


async def test_a_code_shown_by_the_other_account_and_confirmed_makes_them_one_person(world: World, ana: Member, hub: Member) -> None:
    links = world.acts.links
    code = await links.ask(Actor(ana.account))
    assert await links.waiting(Actor(ana.account)) is None
    assert said(await links.show(Actor(hub.account), code)) == ["SHOWN link-shown"]
    assert not await linked(world, ana, hub)
    assert await links.waiting(Actor(ana.account)) == hub.account
    outcomes = await links.answer(Actor(ana.account), True)
    assert [(o.result, o.account) for o in outcomes] == [("LINKED", hub.account.key)]
    assert await linked(world, ana, hub)
    assert await links.waiting(Actor(ana.account)) is None


async def test_a_code_is_written_down_nowhere(world: World, ana: Member, hub: Member) -> None:
    code = await world.acts.links.ask(Actor(ana.account))
    await world.acts.links.show(Actor(hub.account), code)
    (kept,) = await world.app.store.find(LinkCode, world.community)
    everything = await journaled(world) + repr(kept)
    assert code not in everything
    assert code.replace("-", "") not in everything
    assert kept.digest in everything


async def test_a_code_is_read_however_it_is_typed(world: World, ana: Member, hub: Member) -> None:
    code = await world.acts.links.ask(Actor(ana.account))
    assert said(await world.acts.links.show(Actor(hub.account), code.lower().replace("-", " "))) == ["SHOWN link-shown"]


async def test_a_code_works_once(world: World, ana: Member, bob: Member, hub: Member) -> None:
    links = world.acts.links
    code = await links.ask(Actor(ana.account))
    await links.show(Actor(hub.account), code)
    assert said(await links.show(Actor(bob.account), code)) == ["INVALID link-used"]
    await links.answer(Actor(ana.account), True)
    assert said(await links.show(Actor(bob.account), code)) == ["INVALID link-used"]
    assert not await linked(world, ana, bob)


async def test_a_code_lives_ten_minutes_and_once_shown_can_be_confirmed_as_long_again(world: World, ana: Member, hub: Member) -> None:
    links = world.acts.links
    late, shown = [await links.ask(Actor(account)) for account in (ana.account, world.person("cleo").account)]
    world.later(minutes=9)
    assert said(await links.show(Actor(hub.account), shown)) == ["SHOWN link-shown"]
    world.later(minutes=2)
    assert said(await links.show(Actor(hub.account), late)) == ["INVALID link-expired"]
    cleo = Actor(world.person("cleo").account)
    assert await links.waiting(cleo) == hub.account
    world.later(minutes=9)
    assert await links.waiting(cleo) is None
    assert said(await links.answer(cleo, True)) == ["INVALID link-nothing"]


async def test_asking_again_voids_the_code_before(world: World, ana: Member, hub: Member) -> None:
    links = world.acts.links
    first = await links.ask(Actor(ana.account))
    second = await links.ask(Actor(ana.account))
    assert said(await links.show(Actor(hub.account), first)) == ["INVALID link-expired"]
    assert said(await links.show(Actor(hub.account), second)) == ["SHOWN link-shown"]
    await links.ask(Actor(ana.account))
    assert await links.waiting(Actor(ana.account)) is None


async def test_nobody_shows_their_own_code_and_one_person_is_linked_once(world: World, ana: Member, hub: Member) -> None:
    links = world.acts.links
    assert said(await links.show(Actor(ana.account), await links.ask(Actor(ana.account)))) == ["INVALID link-self"]
    await world.links(ana, hub)
    assert said(await links.show(Actor(hub.account), await links.ask(Actor(ana.account)))) == ["INVALID link-same-person"]


async def test_who_asked_may_say_no_and_then_nothing_is_linked(world: World, ana: Member, bob: Member) -> None:
    links = world.acts.links
    await links.show(Actor(bob.account), await links.ask(Actor(ana.account)))
    assert said(await links.answer(Actor(ana.account), False)) == ["DECLINED link-declined"]
    assert said(await links.answer(Actor(ana.account), True)) == ["INVALID link-nothing"]
    assert not await linked(world, ana, bob)


async def test_only_who_asked_confirms_and_only_the_account_that_they_saw(world: World, ana: Member, bob: Member, hub: Member) -> None:
    links = world.acts.links
    await links.show(Actor(bob.account), await links.ask(Actor(ana.account)))
    assert said(await links.answer(Actor(bob.account), True)) == ["INVALID link-nothing"]
    assert said(await links.answer(Actor(ana.account), True, hub.account)) == ["INVALID link-nothing"]
    assert not await linked(world, ana, bob)


async def test_what_was_asked_is_looked_at_again_where_it_is_applied(world: World, ana: Member, bob: Member, hub: Member) -> None:
    """An answer that was on its way while its time ran out, or that somebody else made up, links nobody."""
    links = world.acts.links
    code = await links.ask(Actor(ana.account))
    await links.show(Actor(hub.account), code)
    answer = {"digest": digest(code), "yes": True}
    assert said(await links.done(decisions.LINK_ANSWERED, answer, Actor(bob.account))) == ["INVALID link-nothing"]
    world.later(minutes=11)
    assert said(await links.done(decisions.LINK_ANSWERED, answer, Actor(ana.account))) == ["INVALID link-expired"]
    assert not await linked(world, ana, hub)


async def test_no_code_is_found_by_guessing(world: World, ana: Member, bob: Member) -> None:
    links = world.acts.links
    code = await links.ask(Actor(ana.account))
    for number in range(10):
        guess = f"0000-0000-0000-000{number}"
        assert said(await links.show(Actor(bob.account), guess)) == ["INVALID link-unknown"]
    assert said(await links.show(Actor(bob.account), code)) == ["INVALID link-attempts"]
    assert said(await links.show(Actor(bob.account), "what?")) == ["INVALID link-attempts"]
    world.clock.forward(timedelta(minutes=10))
    assert said(await links.show(Actor(bob.account), await links.ask(Actor(ana.account)))) == ["SHOWN link-shown"]


async def test_the_operator_and_bots_have_no_accounts_to_link(world: World, ana: Member) -> None:
    with pytest.raises(Refused):
        await world.acts.links.ask(SYSTEM)
    with pytest.raises(Refused):
        await world.acts.links.show(Actor(Account("github", "1", bot=True)), await world.acts.links.ask(Actor(ana.account)))


async def test_d7_what_waits_for_an_account_is_delivered_when_it_is_linked(world: World, ana: Member, hub: Member) -> None:
    await ana.says("hi")
    await world.acts.awards.give(SYSTEM, "kind", [hub.account])
    assert world.awards(ana) == []
    await world.links(ana, hub)
    assert world.awards(ana) == ["kind"]
    assert (await world.app.store.announcements())["nowhere"] == 1  # news, but nobody said where


async def test_d7_what_waits_for_an_account_is_delivered_when_its_person_links(world: World, ana: Member, hub: Member) -> None:
    await world.acts.awards.give(SYSTEM, "kind", [hub.account])
    await world.acts.links.show(Actor(hub.account), await world.acts.links.ask(Actor(ana.account)))
    await world.acts.links.answer(Actor(ana.account), True)
    await world.rest()
    assert world.awards(ana) == ["kind"]


async def test_d7_what_waits_for_somebody_linked_who_was_never_seen_waits_for_all_their_accounts(
    world: World, ana: Member, hub: Member
) -> None:
    await world.acts.awards.give(SYSTEM, "kind", [hub.account])
    await world.links(ana, hub)
    assert world.awards(ana) == []
    await ana.says("hi")
    assert world.awards(ana) == ["kind"]


async def test_d6_the_same_name_is_no_link(world: World, ana: Member, hub: Member) -> None:
    await ana.says("hi")
    await world.acts.awards.give(SYSTEM, "kind", [hub.account])
    await ana.says("it is me")
    assert world.awards(ana) == []
    assert hub.name == ana.name
