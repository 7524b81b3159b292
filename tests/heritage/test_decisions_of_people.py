"""Where the two seed systems disagree or were wrong, and what was decided about what people do with awards."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from heritage import asks, results, rows
from laurels import Account, Actor, Advance, Badge, Check, Count, Event, Level, Nominations, Verdict, all_of
from laurels.app import App
from laurels.claims.codes import ALPHABET, LENGTH
from laurels.filed import HeldAward
from laurels.policy import SYSTEM
from laurels.testing import Member, World
from laurels.testing.pack import gather

ONCE = (Level(at=1),)
FIRST, SECOND = (Badge(slug=slug, measure=Count(type_), levels=ONCE) for slug, type_ in (("a", "issue.opened"), ("b", "thanks.given")))
BOTH = Badge(slug="both", requires=all_of("a", "b"))


class Steps(Badge):
    """Code moves its progress."""

    slug = "steps"
    repeatable = True
    events = ("message.posted",)
    levels = (Level(at=10),)

    def award(self, check: Check) -> Verdict:
        return Advance(by=1)


@pytest.fixture
def pack() -> list[object]:
    return [
        Badge(slug="kind", name="Kind"),
        Badge(slug="cake", repeatable=True),
        Badge(slug="thanks", nominations=Nominations(approvals=2), repeatable=True),
        Badge(slug="star", nominations=Nominations(auto_approve=True)),
        Steps,
        Badge(slug="course", by_hand=True, levels=(Level(at=100),)),
    ]


CONFIGURATION = """
[communities.default.roles]
awarders = ["discord:role:Mods", "world:cleo", "world:dee"]
"""


@pytest.fixture
def configuration() -> str:
    return CONFIGURATION


def by(member: Member, *roles: str) -> Actor:
    return Actor(member.account, roles)


async def seen(world: World, *names: str) -> list[Member]:
    """People who have done something."""
    members = [world.person(name) for name in names]
    for member in members:
        await member.says("hi")
    return members


# -- who is not there yet, and codes -----------------------------------------------------------------------------------------------------


async def test_decision_recipient_not_known_yet_the_award_waits_with_giver_note_and_evidence_once(world: World) -> None:
    cleo, ana = world.person("Cleo"), world.person("Ana")
    give = world.acts.awards.give
    assert results(await give(by(cleo), "kind", [ana.account], note="for the talk", evidence=("https://example.org/talk",))) == ["HELD_FOR"]
    assert results(await give(by(cleo), "kind", [ana.account], note="again")) == ["ALREADY_HELD"]
    assert results([*await give(by(cleo), "cake", [ana.account]), *await give(by(cleo), "cake", [ana.account])]) == ["HELD_FOR"] * 2
    await world.rest()
    assert world.awards(ana) == []
    await ana.says("here I am")
    assert sorted(world.awards(ana)) == ["cake", "cake", "kind"]
    award = next(award for award in world.standing(ana) if award.badge == "kind")
    assert (award.giver, award.note, award.evidence) == ("Cleo", "for the talk", ("https://example.org/talk",))


async def test_decision_recipient_not_known_yet_is_given_it_once_that_account_is_linked(world: World) -> None:
    (ana,) = await seen(world, "Ana")
    elsewhere = world.person("Ana", platform="forge")
    await world.acts.awards.give(SYSTEM, "kind", [elsewhere.account])
    await world.links(ana, elsewhere)
    assert world.awards(ana) == ["kind"]
    assert await world.app.store.find(HeldAward, world.community, state="held") == []


async def test_decision_claim_codes_are_unguessable_and_hold_no_sign_that_looks_like_another(world: World) -> None:
    made = await world.acts.claims.make(SYSTEM, "kind", count=200)
    codes = {code.replace("-", "") for code in made.codes}
    assert len(codes) == 200
    assert {len(code) for code in codes} == {LENGTH}
    assert set().union(*codes) <= set(ALPHABET)
    assert len(ALPHABET) ** LENGTH > 2**64
    assert not set("OILZSBU") & set(ALPHABET)


async def test_decision_claim_codes_end_by_time_and_by_use_and_a_claim_that_fails_spends_nothing_and_says_why(world: World) -> None:
    ana, bob, cleo, dee = await seen(world, "Ana", "Bob", "Cleo", "Dee")
    claims = world.acts.claims

    async def claim(member: Member, code: str) -> tuple[str, str]:
        (outcome,) = await claims.claim(by(member), code)
        return outcome.result, outcome.detail

    (short,) = (await claims.make(by(cleo), "kind", uses=2, expires=timedelta(days=1))).codes
    await world.acts.awards.give(SYSTEM, "kind", [dee.account])
    assert await claim(dee, short) == ("ALREADY_HELD", "")
    assert await claim(bob, "CCCC-CCCC-CCCC-CCCC") == ("INVALID", "claim-unknown")
    assert [(one.used, one.uses) for one in await claims.listed(SYSTEM)] == [(0, 2)]
    assert [await claim(member, short) for member in (ana, bob, cleo)] == [("AWARDED", "")] * 2 + [("INVALID", "claim-used")]

    (late,) = (await claims.make(by(cleo), "cake", expires=timedelta(hours=1))).codes
    world.later(hours=1)
    assert await claim(ana, late) == ("INVALID", "claim-expired")
    assert [one.used for one in await claims.listed(SYSTEM, "cake")] == [0]


async def test_decision_claim_codes_of_somebody_who_may_not_award_give_nothing_and_stay(tmp_path: Path) -> None:
    pack = [Badge(slug="kind")]
    async with World(tmp_path, pack, configuration=CONFIGURATION) as world:
        (code,) = (await world.acts.claims.make(by(world.person("Cleo")), "kind")).codes
    async with World(tmp_path, pack) as world:  # and now Cleo is nobody
        ana = world.person("Ana")
        (outcome,) = await world.acts.claims.claim(by(ana), code)
        assert (outcome.result, outcome.detail) == ("INVALID", "claim-maker")
    async with World(tmp_path, pack, configuration=CONFIGURATION) as world:
        ana = world.person("Ana")
        assert results(await world.acts.claims.claim(by(ana), code)) == ["AWARDED"]


# -- badges for badges, progress ---------------------------------------------------------------------------------------------------------


async def wins_both(world: World, person: Member) -> None:
    await person.does("issue.opened")
    await person.thanks(world.person("Zoe"))


async def test_decision_meta_badges_are_won_for_what_was_held_before_them(tmp_path: Path) -> None:
    async with World(tmp_path, [FIRST, SECOND]) as world:
        for name in ("Ana", "Bob"):
            await wins_both(world, world.person(name))
    async with World(tmp_path, [FIRST, SECOND, BOTH]) as world:
        ana, bob = world.person("Ana"), world.person("Bob")
        await world.rest()
        assert "both" not in world.awards(ana)  # loading it gives nobody anything
        world.later(days=1)
        await world.replay([Event("another", "world", "issue.opened", world.now, ana.account)])
        assert ("both" in world.awards(ana), "both" in world.awards(bob)) == (True, False)
        await world.regrade("both")
        assert "both" in world.awards(bob)
        assert world.awards(ana).count("both") == 1


async def test_decision_meta_badges_in_a_circle_or_without_what_they_need_are_refused_when_loaded(tmp_path: Path) -> None:
    pack = [
        FIRST, SECOND, BOTH, Badge(slug="hen", requires="egg"), Badge(slug="egg", requires="hen"), Badge(slug="self", requires="self"),
        Badge(slug="lost", requires=all_of("a", "bth")),
    ]  # fmt: skip
    async with World(tmp_path, pack, strict=False) as world:
        told = "\n".join(map(str, world.problems))
        for text in ("hen -> egg -> hen", "egg -> hen -> egg", "self -> self", "no badge 'bth'"):
            assert text in told
        assert set(world.registry.definitions) == {"a", "b", "both"}


async def test_decision_meta_badges_outlast_a_revoked_prerequisite_and_not_a_retracted_one(tmp_path: Path) -> None:
    async with World(tmp_path, [FIRST, SECOND, BOTH]) as world:
        ana, bob = world.person("Ana"), world.person("Bob")
        for person in (ana, bob):
            await world.happens("issue.opened", person, thing=f"issue of {person.name}")
            await person.thanks(world.person("Zoe"))
        await world.revokes(bob, "a", ana)
        await world.happens("issue.opened", bob, thing="issue of Bob", on=False)
        assert (world.awards(ana), world.awards(bob)) == (["b", "both"], ["b"])
        await world.regrade()
        assert (world.awards(ana), world.awards(bob)) == (["b", "both"], ["b"])


async def test_decision_progress_moved_on_two_connections_to_one_file_at_once_loses_nothing(world: World, ana: Member) -> None:
    other = App(world.app.config, gather([Badge(slug="course", by_hand=True, levels=(Level(at=100),))]), {}, world.clock)
    async with other:
        acts = [world.acts.awards, other.acts(world.community).awards]
        moves = [acts[number % 2].move(SYSTEM, "course", ana.account, amount=1) for number in range(60)]
        assert {outcome.result for (outcome,) in await asyncio.gather(*moves)} == {"MOVED"}
    await world.rest()
    assert (await world.progress(ana, "course"), world.awards(ana)) == (60, [])
    await world.acts.awards.move(SYSTEM, "course", ana.account, amount=40)
    await world.rest()
    assert world.awards(ana) == ["course"]  # reaching the goal awards: nobody has to look


async def test_decision_progress_is_behind_its_goal_for_one_of_two_who_move_it_there_at_once(world: World, ana: Member) -> None:
    for number in range(10):
        person = world.person(f"p{number}")
        moves = [world.acts.awards.move(SYSTEM, "course", person.account, amount=60) for _ in range(3)]
        said = [(outcome.result, outcome.reason) for (outcome,) in await asyncio.gather(*moves)]
        assert sorted(said) == [("ALREADY_HELD", ""), ("MOVED", "120"), ("MOVED", "60")]
        await world.rest()
        assert (await world.progress(person, "course"), world.awards(person)) == (120, ["course"])


async def test_decision_progress_of_a_repeatable_badge_carries_the_rest_over(world: World, ana: Member) -> None:
    await ana.says("hi", times=9)
    await world.acts.awards.move(SYSTEM, "steps", ana.account, amount=16)
    await world.rest()
    assert world.awards(ana) == ["steps"] * 2
    assert "5 of 10" in str((await asks(world, ana, "progress")).fields)
    await ana.says("hi", times=5)
    assert world.awards(ana) == ["steps"] * 3


# -- nominations -------------------------------------------------------------------------------------------------------------------------


async def test_decision_nominations_need_different_people_and_nobody_approves_their_own(world: World) -> None:
    ana, bob, cleo, dee = await seen(world, "Ana", "Bob", "Cleo", "Dee")
    acts = world.acts.nominations
    (own,) = await acts.nominate(by(cleo), "thanks", bob.account)
    assert results(await acts.approve(by(cleo), own.seq)) == ["FORBIDDEN"]
    (mine,) = await acts.nominate(by(ana), "thanks", dee.account)
    assert results(await acts.approve(by(dee), mine.seq)) == ["FORBIDDEN"]
    assert results(await acts.approve(by(cleo), mine.seq)) == ["APPROVED"]
    assert results(await acts.approve(by(cleo), mine.seq)) == ["INVALID"]
    assert results(await acts.accept(by(dee), mine.seq)) == ["ACCEPTED"]
    await world.rest()
    assert world.awards(dee) == []
    await acts.approve(SYSTEM, mine.seq)
    await world.rest()
    assert world.awards(dee) == ["thanks"]


async def test_decision_nominations_give_one_award_however_often_somebody_says_yes(world: World) -> None:
    ana, bob, cleo, dee = await seen(world, "Ana", "Bob", "Cleo", "Dee")
    acts = world.acts.nominations
    (made,) = await acts.nominate(by(ana), "thanks", bob.account)
    await acts.approve(by(cleo), made.seq)
    yes = [acts.approve(by(dee), made.seq) for _ in range(3)] + [acts.accept(by(bob), made.seq) for _ in range(3)]
    said = [outcome.result for (outcome,) in await asyncio.gather(*yes)]
    assert said.count("AWARDED") == 1
    assert set(said) <= {"AWARDED", "APPROVED", "ACCEPTED", "INVALID"}
    await world.rest()
    assert world.awards(bob) == ["thanks"]
    (award,) = world.standing(bob)
    assert (award.cause, award.occurrence) == (f"nomination:{made.seq}", str(made.seq))


async def test_decision_nominations_may_be_declined_even_once_approved(world: World) -> None:
    ana, bob, cleo, dee = await seen(world, "Ana", "Bob", "Cleo", "Dee")
    acts = world.acts.nominations
    (made,) = await acts.nominate(by(ana), "thanks", bob.account)
    for approver in (cleo, dee):
        await acts.approve(by(approver), made.seq)
    assert results(await acts.reject(by(bob), made.seq)) == ["DECLINED"]
    assert results(await acts.accept(by(bob), made.seq)) == ["INVALID"]
    await world.rest()
    assert world.awards(bob) == []


async def test_decision_nominations_an_automatic_approval_is_recorded_as_such_and_stays_so(tmp_path: Path) -> None:
    async with World(tmp_path, [Badge(slug="star", nominations=Nominations(auto_approve=True))]) as world:
        ana, bob = await seen(world, "Ana", "Bob")
        (made,) = await world.acts.nominations.nominate(by(ana), "star", bob.account)
        assert results(await world.acts.nominations.accept(by(bob), made.seq)) == ["AWARDED"]
    async with World(tmp_path, [Badge(slug="star", nominations=True)]) as world:  # the badge says something else by now
        story = await world.acts.nominations.story(made.seq)
        assert story is not None
        assert (story.automatic, story.approvers) == (True, ())


# -- taking back, hiding, who may --------------------------------------------------------------------------------------------------------


async def test_decision_revoking_is_a_record_with_who_when_and_why_and_no_deletion(world: World) -> None:
    ana, cleo = await seen(world, "Ana", "Cleo")
    await world.acts.awards.give(SYSTEM, "kind", [ana.account], note="was kind")
    world.later(days=2)
    when = world.now
    await world.acts.awards.revoke(by(cleo), "kind", ana.account, 1, note="a mistake")
    await world.rest()
    (award,) = await world.app.store.awards(world.community, badge="kind", standing=False)
    assert (award.state, award.note) == ("revoked", "was kind")
    ((giver, note, time),) = rows(world, "SELECT giver, note, time FROM ruling WHERE kind = 'revoked'")
    assert (giver, note, time) == ("Cleo", "a mistake", int(when.timestamp() * 1_000_000))


async def test_decision_revoking_holds_when_history_is_counted_again_until_it_is_reinstated(tmp_path: Path) -> None:
    async with World(tmp_path, [FIRST]) as world:
        ana, bob = world.person("Ana"), world.person("Bob")
        await ana.does("issue.opened")
        await world.revokes(bob, "a", ana)
        await ana.does("issue.opened", times=2)
        await world.regrade()
        assert world.awards(ana) == []
        await world.reinstates(bob, "a", ana)
        assert world.awards(ana) == ["a"]


async def test_decision_revoking_undoing_a_cause_bars_nobody_from_winning_properly_later(world: World) -> None:
    (ana,) = await seen(world, "Ana")
    (outcome,) = await world.acts.awards.give(SYSTEM, "kind", [ana.account])
    await world.acts.awards.undo(SYSTEM, f"command:{outcome.seq}")
    await world.rest()
    assert world.awards(ana) == []
    assert results(await world.acts.awards.give(SYSTEM, "kind", [ana.account])) == ["AWARDED"]


async def test_decision_hiding_an_award_does_not_make_room_for_a_second_one(world: World) -> None:
    (ana,) = await seen(world, "Ana")
    await world.acts.awards.give(SYSTEM, "kind", [ana.account])
    assert results(await world.acts.privacy.hide(by(ana), "kind")) == ["HIDDEN"]
    assert results(await world.acts.awards.give(SYSTEM, "kind", [ana.account])) == ["ALREADY_HELD"]
    assert rows(world, "SELECT count(*) FROM award") == [(1,)]


async def test_decision_permission_comes_from_configured_roles_of_a_platform(world: World) -> None:
    ana, bob = await seen(world, "Ana", "Bob")
    give = world.acts.awards.give
    discord, slack = Account("discord", "7"), Account("slack", "U7", "T1")
    for actor, result in (
        (by(bob), "FORBIDDEN"),
        (Actor(discord, ("role:Readers",)), "FORBIDDEN"),
        (Actor(slack, ("role:Mods",)), "FORBIDDEN"),  # somebody else's word for it
        (Actor(discord, ("role:Mods",)), "AWARDED"),
    ):
        assert results(await give(actor, "kind", [ana.account])) == [result]
    assert results(await world.acts.awards.undo(Actor(discord, ("role:Mods",)), "command:1")) == ["FORBIDDEN"]


async def test_decision_permission_of_the_system_is_somebodys_and_nobody_is_never_allowed(world: World) -> None:
    (ana,) = await seen(world, "Ana")
    with pytest.raises(AttributeError):
        world.acts.policy.may(None, "award", "kind")  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        await world.acts.awards.give(None, "kind", [ana.account])  # type: ignore[arg-type]
    assert rows(world, "SELECT count(*) FROM journal WHERE type = 'laurels.awarded'") == [(0,)]
    (outcome,) = await world.acts.awards.give(SYSTEM, "kind", [ana.account])
    (entry,) = await world.app.store.entries([outcome.seq])
    assert entry.event.actor == Account("laurels", "operator")


async def test_decision_an_award_whose_plugin_is_gone_still_shows_its_name_and_level(tmp_path: Path) -> None:
    rank = Badge(slug="rank", name="Rank of the Meadow", levels=("Bronze", "Silver"))
    async with World(tmp_path, [rank]) as world:
        (ana,) = await seen(world, "Ana")
        await world.acts.awards.give(SYSTEM, "rank", [ana.account], level=2)
    async with World(tmp_path, [Badge(slug="another")]) as world:
        (award,) = await world.app.store.awards(world.community)
        assert (award.badge, award.name, award.level, award.level_name) == ("rank", "Rank of the Meadow", 2, "Silver")
        (field,) = (await asks(world, world.person("Ana"), "profile")).fields
        assert "Rank of the Meadow" in field[0]
        assert "Silver" in field[0]
