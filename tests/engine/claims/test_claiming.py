"""Claim codes: made, claimed, brought to somebody, withdrawn; what fails spends nothing."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from msgspec import structs

from laurels import Account, Actor, Badge, Outcome
from laurels.errors import Refused, UnknownBadge
from laurels.filed import Claim, ClaimUse
from laurels.hook import AwardNews, Hook, Veto
from laurels.hooks import Hooks
from laurels.policy import SYSTEM
from laurels.testing import Member, World

CONFIGURATION = """
[communities.acme.roles]
awarders = ["world:giver"]
[communities.acme.badges.kind]
awarders = ["world:keeper", "world:role:Elders"]
"""


@pytest.fixture
def pack() -> list[Badge]:
    return [
        Badge(slug="kind"),
        Badge(slug="cake", repeatable=True),
        Badge(slug="rank", levels=("Bronze", "Silver", "Gold")),
        Badge(slug="pair", requires="kind"),
    ]


@pytest.fixture
def configuration() -> str:
    return CONFIGURATION


def by(member: Member, *roles: str) -> Actor:
    return Actor(member.account, roles)


def said(outcomes: Sequence[Outcome]) -> list[str]:
    return [f"{outcome.result} {outcome.detail}".strip() for outcome in outcomes]


async def code(world: World, slug: str = "kind", *, maker: Actor = SYSTEM, **more: object) -> str:
    made = await world.acts.claims.make(maker, slug, **more)  # type: ignore[arg-type]
    assert said(made.outcomes) == ["MADE claims"]
    return made.codes[0]


async def claimed(world: World, who: Member, text: str) -> str:
    (answer,) = said(await world.acts.claims.claim(by(who), text))
    await world.rest()
    return answer


async def used(world: World) -> list[int]:
    """How often each code was used; what is written down of each use has to agree."""
    claims = await world.app.store.find(Claim, world.community, order="seq")
    uses = await world.app.store.find(ClaimUse, world.community)
    assert [claim.used for claim in claims] == [sum(use.code == claim.code for use in uses) for claim in claims]
    return [claim.used for claim in claims]


async def moderated(world: World, awarders: frozenset[str]) -> None:
    """The configuration changes, and laurels goes on with it."""
    config = world.app.inventory.config
    ((name, community),) = config.communities.items()
    roles, overrides = structs.replace(community.roles, awarders=awarders), {}
    changed = structs.replace(community, roles=roles, overrides=overrides)
    world.app.inventory.config = structs.replace(config, communities={name: changed})
    assert await world.app.reload()


# -- claiming ------------------------------------------------------------------------------------------------------------------


async def test_tb07_a_code_gives_its_badge_and_is_used_up(world: World, ana: Member, bob: Member) -> None:
    text = await code(world, note="for the workshop", evidence=("https://example.org/1",), batch="workshop", maker=by(bob, "admin"))
    assert await claimed(world, ana, text) == "AWARDED"
    (award, _) = world.standing(ana)
    assert (award.badge, award.giver, award.note, award.evidence) == ("kind", "Bob", "for the workshop", ("https://example.org/1",))
    assert award.cause == "claims:workshop"
    assert world.awards(ana) == ["kind", "pair"]
    (use,) = await world.app.store.find(ClaimUse, world.community)
    assert (await world.app.store.accounts([use.account]))[use.account] == ana.account
    assert await used(world) == [1]
    assert await claimed(world, bob, text) == "INVALID claim-used"
    assert world.awards(bob) == []
    assert await world.regraded() == []


async def test_a_code_is_read_however_it_is_typed(world: World, ana: Member) -> None:
    text = await code(world)
    assert await claimed(world, ana, f"  {text.lower().replace('-', ' ')}") == "AWARDED"


async def test_what_it_gave_is_announced_where_it_was_claimed(world: World, ana: Member) -> None:
    text = await code(world)
    await world.acts.claims.claim(by(ana), text, (await world.happens("message.posted", ana, length=1, words=1)).place)
    await world.rest()
    assert "Ana" in world.transcript[0]
    assert "Kind" in world.transcript[0]


async def test_tb09_a_reusable_code_on_a_repeatable_badge_gives_each_time(world: World, ana: Member) -> None:
    text = await code(world, "cake", uses=None)
    assert [await claimed(world, ana, text) for _ in range(5)] == ["AWARDED"] * 5
    assert world.awards(ana) == ["cake"] * 5
    assert len({award.occurrence for award in world.standing(ana)}) == 5
    assert await used(world) == [5]
    assert (await world.app.store.find(Claim, world.community))[0].state == "good"
    assert await world.regraded() == []


async def test_a_reusable_code_gives_a_badge_that_is_won_once_to_each_once(world: World, ana: Member, bob: Member) -> None:
    text = await code(world, uses=None)
    assert [await claimed(world, who, text) for who in (ana, ana, bob)] == ["AWARDED", "ALREADY_HELD", "AWARDED"]
    assert await used(world) == [2]


async def test_a_code_with_three_uses_has_three(world: World) -> None:
    text = await code(world, uses=3)
    people = [world.person(f"p{number}") for number in range(5)]
    answers = [await claimed(world, who, text) for who in people]
    assert answers == ["AWARDED"] * 3 + ["INVALID claim-used"] * 2
    assert await used(world) == [3]


async def test_tb10_a_code_whose_maker_may_no_longer_award_gives_nothing_and_is_not_used_up(world: World, ana: Member) -> None:
    giver = world.person("giver")
    text = await code(world, maker=by(giver))
    await moderated(world, frozenset())
    assert await claimed(world, ana, text) == "INVALID claim-maker"
    assert (world.awards(ana), await used(world)) == ([], [0])
    await moderated(world, frozenset({"world:giver"}))
    assert await claimed(world, ana, text) == "AWARDED"


async def test_what_a_maker_may_rests_on_the_roles_they_had_when_they_made_it(world: World, ana: Member, bob: Member) -> None:
    elder = await code(world, maker=by(bob, "role:Elders"))
    assert await claimed(world, ana, elder) == "AWARDED"
    other = await code(world, maker=by(bob, "role:Elders"), uses=None)
    await moderated(world, frozenset())
    assert await claimed(world, world.person("cem"), other) == "INVALID claim-maker"


async def test_what_expired_gives_nothing(world: World, ana: Member, bob: Member) -> None:
    text = await code(world, uses=2, expires=timedelta(days=1))
    world.later(hours=23)
    assert await claimed(world, ana, text) == "AWARDED"
    world.later(hours=1)
    assert await claimed(world, bob, text) == "INVALID claim-expired"
    assert await used(world) == [1]


async def test_what_is_bound_to_an_account_is_for_the_person_behind_it_alone(world: World, ana: Member, bob: Member) -> None:
    elsewhere = world.person("ana", platform="github")
    text = await code(world, bound=elsewhere.account)
    assert await claimed(world, bob, text) == "INVALID claim-bound"
    assert await claimed(world, ana, text) == "INVALID claim-bound"
    assert await used(world) == [0]
    await world.links(ana, elsewhere)
    assert await claimed(world, ana, text) == "AWARDED"


async def test_who_holds_it_or_more_keeps_the_code_whole(world: World, ana: Member, bob: Member) -> None:
    await ana.says("hi")
    await world.acts.awards.give(SYSTEM, "rank", [ana.account], level=2)
    high, low = [await code(world, "rank", level=level) for level in (2, 1)]
    assert [await claimed(world, ana, text) for text in (high, low)] == ["ALREADY_HELD", "HIGHER_HELD"]
    assert await used(world) == [0, 0]
    assert await claimed(world, bob, high) == "AWARDED"
    assert world.awards(bob) == ["rank@2"]


async def test_what_was_revoked_is_not_won_back_by_a_code(world: World, ana: Member) -> None:
    text, again = await code(world), await code(world)
    await claimed(world, ana, text)
    await world.acts.awards.revoke(SYSTEM, "kind", ana.account, 1)
    assert await claimed(world, ana, again) == "INVALID award-revoked"
    assert await used(world) == [1, 0]


class Strict(Hook):
    """Forbids everything."""

    name = "strict"
    open = False

    async def award_will_be_made(self, award: AwardNews) -> Veto | None:
        return None if self.open else Veto("not on Sundays")


async def test_what_a_hook_forbids_spends_nothing_and_can_be_claimed_later(world: World, ana: Member) -> None:
    strict = Strict()
    world.app.engine.concluder.hooks = Hooks([strict])
    text = await code(world)
    (outcome,) = await world.acts.claims.claim(by(ana), text)
    assert (outcome.result, outcome.reason) == ("VETOED", "not on Sundays")
    await world.rest()
    assert (await used(world), world.awards(ana)) == ([0], [])
    strict.open = True
    assert await claimed(world, ana, text) == "AWARDED"
    assert await used(world) == [1]


async def test_a_badge_that_is_away_spends_nothing_and_is_claimed_when_it_is_back(world: World, ana: Member) -> None:
    text, packs = await code(world, "cake"), world.app.inventory.packs
    world.app.inventory.packs = structs.replace(packs, badges=tuple(one for one in packs.badges if one.badge.slug != "cake"))
    assert await world.app.reload()
    assert await claimed(world, ana, text) == "INVALID badge-away"
    assert await used(world) == [0]
    world.app.inventory.packs = packs
    assert await world.app.reload()
    assert await claimed(world, ana, text) == "AWARDED"


async def test_undoing_a_batch_takes_what_it_gave(world: World, ana: Member, bob: Member) -> None:
    text = await code(world, uses=None, batch="leaked")
    await claimed(world, ana, text)
    assert said(await world.acts.awards.undo(SYSTEM, "claims:leaked")) == ["UNDONE"]
    assert await claimed(world, bob, text) == "AWARDED"
    assert (world.awards(ana), world.awards(bob)) == ([], ["kind", "pair"])
    assert await claimed(world, ana, text) == "AWARDED"


async def test_the_operator_is_nobody_who_could_claim(world: World) -> None:
    text = await code(world)
    with pytest.raises(Refused, match="by a person"):
        await world.acts.claims.claim(SYSTEM, text)


# -- visiting a code again -----------------------------------------------------------------------------------------------------


async def test_tb47_a_newcomer_has_at_once_what_they_claim(world: World, ana: Member) -> None:
    text = await code(world)
    (outcome,) = await world.acts.claims.claim(by(ana), text)  # the first that is heard of them
    assert (outcome.result, outcome.account, outcome.badge, outcome.level) == ("AWARDED", ana.account.key, "kind", 1)
    await world.rest()
    assert world.awards(ana) == ["kind", "pair"]


async def test_tb48_a_code_that_one_used_leads_to_the_award(world: World, ana: Member, bob: Member) -> None:
    once, again = await code(world), await code(world, "cake")
    first = [(await world.acts.claims.claim(by(ana), text))[0] for text in (once, again)]
    second = [(await world.acts.claims.claim(by(ana), text))[0] for text in (once, again)]
    assert [outcome.result for outcome in first + second] == ["AWARDED"] * 2 + ["ALREADY_HELD"] * 2
    awards = [(outcome.badge, outcome.level, outcome.occurrence) for outcome in second]
    assert awards == [(outcome.badge, outcome.level, outcome.occurrence) for outcome in first]
    await world.acts.awards.revoke(SYSTEM, "cake", ana.account, 1, awards[1][2])
    assert await claimed(world, ana, again) == "INVALID claim-used"
    assert await claimed(world, bob, once) == "INVALID claim-used"
    assert await used(world) == [1, 1]


async def test_tb49_a_reusable_code_that_another_used_can_still_be_claimed(world: World, ana: Member, bob: Member) -> None:
    text = await code(world, uses=None)
    await claimed(world, ana, text)
    assert await claimed(world, bob, text) == "AWARDED"
    assert world.awards(bob) == ["kind", "pair"]


# -- making, listing, withdrawing ----------------------------------------------------------------------------------------------


async def test_tb12_groups_have_as_many_codes_as_were_asked_for_and_are_withdrawn_one_by_one(world: World, ana: Member) -> None:
    claims, counts = world.acts.claims, (10, 20, 40, 80, 100)
    assert await claims.listed(SYSTEM) == []
    for count in counts:
        made = await claims.make(SYSTEM, "kind", count=count, batch=f"group-{count}")
        assert (len(set(made.codes)), made.batch) == (count, f"group-{count}")
    for count in counts:
        assert len(await claims.listed(SYSTEM, batch=f"group-{count}")) == count
    everything = await claims.listed(SYSTEM, "kind")
    assert sorted({claim.batch for claim in everything}) == sorted(f"group-{count}" for count in counts)
    assert len({claim.code for claim in everything}) == sum(counts)
    (outcome,) = await claims.withdraw(SYSTEM, "group-40")
    assert (outcome.result, outcome.reason) == ("WITHDRAWN", "40")
    working = [claim.batch for claim in await claims.listed(SYSTEM) if claim.state == "good"]
    assert {batch: working.count(batch) for batch in working} == {"group-10": 10, "group-20": 20, "group-80": 80, "group-100": 100}
    gone, kept = [(await claims.listed(SYSTEM, batch=batch))[0].code for batch in ("group-40", "group-80")]
    assert [await claimed(world, ana, text) for text in (gone, kept)] == ["INVALID claim-withdrawn", "AWARDED"]


async def test_withdrawing_one_code_leaves_the_others_and_what_it_gave(world: World, ana: Member, bob: Member) -> None:
    made = await world.acts.claims.make(SYSTEM, "kind", count=3)
    await claimed(world, ana, made.codes[0])
    assert said(await world.acts.claims.withdraw(SYSTEM, made.codes[1].lower())) == ["WITHDRAWN claims"]
    assert said(await world.acts.claims.withdraw(SYSTEM, made.codes[1])) == ["INVALID claim-withdrawn"]
    assert said(await world.acts.claims.withdraw(SYSTEM, made.codes[0])) == ["INVALID claim-used"]
    assert await claimed(world, bob, made.codes[1]) == "INVALID claim-withdrawn"
    assert await claimed(world, bob, made.codes[2]) == "AWARDED"
    assert world.awards(ana) == ["kind", "pair"]
    assert said(await world.acts.claims.withdraw(SYSTEM, "no-such-batch")) == ["INVALID claim-unknown"]


async def test_who_looks_after_one_badge_has_no_business_with_the_codes_of_another(world: World) -> None:
    keeper, claims = by(world.person("keeper")), world.acts.claims  # may award kind, and nothing else
    await claims.make(SYSTEM, "cake", count=2, batch="party")
    mine = await claims.make(keeper, "kind", batch="mine")
    assert said((await claims.make(keeper, "cake")).outcomes) == ["FORBIDDEN only"]
    assert said((await claims.make(keeper, "kind", batch="party")).outcomes) == ["INVALID claim-batch"]
    assert said(await claims.withdraw(keeper, "party")) == ["FORBIDDEN only"]
    assert [claim.batch for claim in await claims.listed(keeper)] == ["mine"]
    assert await claims.listed(keeper, batch="party") == []
    with pytest.raises(Refused, match="admins and awarders"):
        await claims.listed(keeper, "cake")
    assert [claim.state for claim in await claims.listed(SYSTEM, batch="party")] == ["good", "good"]
    assert said(await claims.withdraw(keeper, mine.codes[0])) == ["WITHDRAWN claims"]


async def test_more_codes_of_the_badge_can_be_added_to_a_batch(world: World) -> None:
    for _ in range(2):
        await world.acts.claims.make(SYSTEM, "kind", count=2, batch="fair")
    assert len(await world.acts.claims.listed(SYSTEM, batch="fair")) == 4


async def test_nobody_learns_by_asking_whether_there_is_a_code(world: World, ana: Member) -> None:
    text, claims = await code(world), world.acts.claims
    for there in (text, "0000-0000-0000-0000"):
        assert [(o.result, o.badge, o.reason) for o in await claims.withdraw(by(ana), there)] == [("FORBIDDEN", "", "admins, awarders")]
        assert [(o.result, o.badge) for o in await claims.grant(by(ana), there, ana.account)] == [("FORBIDDEN", "")]
    with pytest.raises(Refused, match="admins"):
        await claims.listed(by(ana))
    assert said((await claims.make(by(ana), "kind")).outcomes) == ["FORBIDDEN only"]


async def test_what_can_not_be_made_is_refused(world: World) -> None:
    make = world.acts.claims.make
    for wrong, what in (
        ({"count": 0}, "0 codes"), ({"count": 1001}, "1001 codes"), ({"uses": 0}, "0 uses"), ({"uses": 2**31}, "uses"),
        ({"expires": timedelta()}, "expire"), ({"expires": timedelta(days=40_000)}, "expire"),
        ({"batch": "Party 1"}, "'Party 1'"), ({"batch": "0000-1111-2222-3333"}, "like a code"), ({"level": 2}, "no level 2"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=what):
            await make(SYSTEM, "kind", **wrong)  # type: ignore[arg-type]
    with pytest.raises(UnknownBadge):
        await make(SYSTEM, "kidn")
    with pytest.raises(Refused, match="say which"):
        await make(SYSTEM, "rank")
    assert await world.acts.claims.listed(SYSTEM) == []


# -- bringing a code to somebody -----------------------------------------------------------------------------------------------


async def test_tb11_a_code_that_is_used_once_is_used_up_by_bringing_it_to_somebody(world: World, ana: Member, bob: Member) -> None:
    text = await code(world, bound=Account("world", "somebody-else"), note="well done")
    giver = by(world.person("giver"))
    assert said(await world.acts.claims.grant(giver, text, bob.account)) == ["HELD_FOR"]
    assert (await used(world), world.awards(bob)) == ([1], [])
    assert await claimed(world, ana, text) == "INVALID claim-used"
    await bob.says("here I am")
    (award, _) = world.standing(bob)
    assert (award.badge, award.giver, award.note) == ("kind", "giver", "well done")


async def test_tb11_a_reusable_code_stays_when_it_is_brought_to_somebody(world: World, ana: Member, bob: Member) -> None:
    text = await code(world, uses=None)
    await bob.says("hi")
    assert said(await world.acts.claims.grant(SYSTEM, text, bob.account)) == ["AWARDED"]
    assert said(await world.acts.claims.grant(SYSTEM, text, bob.account)) == ["ALREADY_HELD"]
    assert await claimed(world, ana, text) == "AWARDED"
    assert await used(world) == [2]


async def test_tb11_who_may_not_award_brings_nobody_a_code(world: World, ana: Member, bob: Member) -> None:
    text = await code(world)
    assert said(await world.acts.claims.grant(by(ana), text, bob.account)) == ["FORBIDDEN only"]
    assert await used(world) == [0]
    assert said(await world.acts.claims.grant(SYSTEM, "0000-0000-0000-0000", bob.account)) == ["INVALID claim-unknown"]
    await world.acts.claims.withdraw(SYSTEM, text)
    assert said(await world.acts.claims.grant(SYSTEM, text, bob.account)) == ["INVALID claim-withdrawn"]


async def test_tb50_a_code_brought_to_somebody_is_theirs_when_they_first_speak(world: World, bob: Member) -> None:
    text = await code(world, maker=by(world.person("keeper")))
    await world.acts.claims.grant(by(world.person("keeper")), text, bob.account)
    await world.rest()
    assert (world.awards(bob), world.transcript) == ([], [])
    await bob.says("hello")
    assert world.awards(bob) == ["kind", "pair"]


# -- what waited, and who claims ---------------------------------------------------------------------------------------------------


async def test_whoever_claims_has_appeared_and_what_waited_is_theirs(world: World, ana: Member, bob: Member) -> None:
    await world.acts.awards.give(SYSTEM, "cake", [ana.account])
    await world.acts.awards.give(SYSTEM, "kind", [bob.account])
    text = await code(world)
    assert await claimed(world, ana, text) == "AWARDED"
    assert sorted(world.awards(ana)) == ["cake", "kind", "pair"]
    assert await claimed(world, bob, text) == "INVALID claim-used"  # in vain, but they were there
    assert world.awards(bob) == ["kind", "pair"]
    assert await world.regraded() == []


async def test_who_claims_what_waits_for_them_anyway_keeps_the_code_whole(world: World, ana: Member) -> None:
    await world.acts.awards.give(SYSTEM, "kind", [ana.account], note="waited")
    text = await code(world)
    assert await claimed(world, ana, text) == "ALREADY_HELD"
    assert (world.awards(ana), world.standing(ana)[0].note) == (["kind", "pair"], "waited")
    assert await used(world) == [0]


async def test_who_claimed_in_vain_was_seen_and_is_given_things_at_once_afterwards(world: World, ana: Member) -> None:
    assert await claimed(world, ana, "0000-0000-0000-0000") == "INVALID claim-unknown"
    assert said(await world.acts.awards.give(SYSTEM, "kind", [ana.account])) == ["AWARDED"]
