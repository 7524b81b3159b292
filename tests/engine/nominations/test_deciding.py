"""Approving, accepting and ending a nomination, and the one award that comes of it."""

import asyncio

import pytest

from laurels import Actor, Nominations, Place
from laurels.policy import SYSTEM
from laurels.testing import World


def short(outcome):
    return outcome.result, outcome.detail, outcome.reason


@pytest.fixture
async def kind(it):
    """A nomination of Ana for `kind` by Bob."""
    return (await it.nominate("Bob", "kind", "Ana", reason="She helps.", evidence=("https://x.org/1",))).seq


async def test_tb16_approve_nomination(it, kind):
    """The badge's creator may, as may who awards badges; a stranger may not."""
    refused = await it.approve("Bob", kind)
    assert short(refused) == ("FORBIDDEN", "only", "admins, awarders, creator")
    assert (await it.acts.story(kind)).approvers == ()
    assert short(await it.approve("Cem", kind, "yes!")) == ("APPROVED", "acceptance-missing", "")
    assert (await it.acts.story(kind)).approvers == (it.account("Cem"),)
    assert (await it.acts.voices(kind))[0].note == "yes!"
    assert await it.awards("Ana") == []


async def test_tb17_autoapprove_nomination(it):
    outcome = await it.nominate("Bob", "auto", "Ana")
    assert short(outcome) == ("NOMINATED", "acceptance-missing", "")
    assert (await it.acts.story(outcome.seq)).automatic
    assert (await it.accept("Ana", outcome.seq)).result == "AWARDED"


async def test_tb18_accept_nomination(it, kind):
    assert short(await it.accept("Bob", kind)) == ("FORBIDDEN", "only", "admins, awarders, creator")
    assert (await it.acts.find(kind)).accepted is None
    assert short(await it.accept("Ana", kind)) == ("ACCEPTED", "approvals-missing", "1")
    assert (await it.acts.find(kind)).accepted is not None


@pytest.mark.parametrize("acceptance_first", [False, True])
async def test_tb19_approve_accept_nomination(it, kind, world: World, acceptance_first):
    steps = [it.approve("Dee", kind), it.accept("Ana", kind)]
    results = [(await step).result for step in (reversed(steps) if acceptance_first else steps)]
    assert results == ["ACCEPTED" if acceptance_first else "APPROVED", "AWARDED"]
    assert await it.awards("Ana") == ["kind"]
    (award,) = world.standing(world.person("Ana"))
    assert (award.cause, award.giver, award.note, award.evidence) == (f"nomination:{kind}", "Dee", "She helps.", ("https://x.org/1",))
    found = await it.acts.find(kind)
    assert (found.state, found.outcome) == ("awarded", "AWARDED")
    assert await world.regraded() == []


@pytest.mark.parametrize(("by", "result"), [("Cem", "REJECTED"), ("Ana", "DECLINED"), ("Bob", "WITHDRAWN"), ("Dee", "REJECTED")])
async def test_tb20_reject_nomination(it, kind, world: World, by, result):
    await world.person("Zoe").says("hi")
    assert short(await it.reject("Zoe", kind, "no")) == ("FORBIDDEN", "only", "admins, awarders, creator")
    await it.accept("Ana", kind)
    assert short(await it.reject(by, kind, "not this time")) == (result, "", "")
    found = await it.acts.find(kind)
    closer = (await world.app.store.accounts([found.closer]))[found.closer]
    assert (found.state, found.closed_note, closer) == (result.lower(), "not this time", it.account(by))
    closed = ("INVALID", "nomination-closed", result.lower())
    assert [short(await said) for said in (it.reject("Ana", kind), it.accept("Ana", kind), it.approve("Dee", kind))] == [closed] * 3
    assert await it.awards("Ana") == []


async def test_tb21_disallowed_nomination_approval(it, kind):
    await it.accept("Ana", kind)
    assert (await it.approve("Zoe", kind)).result == "FORBIDDEN"
    assert await it.awards("Ana") == []


async def test_tb22_disallowed_nomination_accept(it, kind):
    await it.approve("Dee", kind)
    assert (await it.accept("Zoe", kind)).result == "FORBIDDEN"
    assert await it.awards("Ana") == []


async def test_tb23_nomination_badge_already_awarded(it, kind):
    await it.accept("Ana", kind)
    await it.approve("Dee", kind)
    assert (await it.nominate("Bob", "kind", "Ana")).result == "ALREADY_HELD"
    assert [n.id for n in await it.acts.listed(state=None)] == [kind]


async def test_tb42_award_detail_includes_nomination(it, kind, world: World):
    await it.approve("Cem", kind)
    await it.accept("Ana", kind)
    await world.rest()
    (award,) = world.standing(world.person("Ana"))
    story = await it.acts.behind(award)
    assert (story.nominator.name, [a.name for a in story.approvers], story.automatic) == ("Bob", ["Cem"], False)
    await world.acts.awards.give(SYSTEM, "closed", [it.account("Ana")])
    await world.rest()
    assert await it.acts.behind(world.standing(world.person("Ana"))[-1]) is None


async def test_tb43_award_detail_includes_nomination_autoapproved(it, world: World):
    """From what happened then, not from what the badge says by now."""
    auto = (await it.nominate("Bob", "auto", "Ana")).seq
    await it.accept("Ana", auto)
    kind = (await it.nominate("Bob", "kind", "Ana")).seq
    await it.approve("Dee", kind)
    await it.accept("Ana", kind)
    await world.rest()
    world.registry.definitions["auto"].badge.nominations = True
    world.registry.definitions["kind"].badge.nominations = Nominations(auto_approve=True)
    stories = [await it.acts.behind(award) for award in world.standing(world.person("Ana"))]
    assert [(story.automatic, len(story.approvers)) for story in stories] == [(True, 0), (False, 1)]
    assert [award.giver for award in world.standing(world.person("Ana"))] == ["", "Dee"]


async def test_nobody_approves_their_own_nomination_nor_one_of_themselves(it):
    own, self_ = (await it.nominate("Dee", "kind", "Ana")).seq, (await it.nominate("Bob", "kind", "Dee")).seq
    assert short(await it.approve("Dee", own)) == ("FORBIDDEN", "approve-own", "admins, awarders, creator")
    assert short(await it.approve("Dee", self_)) == ("FORBIDDEN", "approve-own", "admins, awarders, creator")
    assert (await it.approve("Eli", own)).result == (await it.approve("Eli", self_)).result == "APPROVED"


async def test_who_seconds_may_also_approve(it, kind):
    await it.nominate("Dee", "kind", "Ana")
    assert (await it.approve("Dee", kind)).result == "APPROVED"


async def test_a_quorum_is_of_different_people(it, world: World):
    other = world.person("Dee2", platform="other")
    await world.links(world.person("Dee"), other)
    id_ = (await it.nominate("Bob", "quorum", "Ana")).seq
    assert short(await it.approve("Dee", id_)) == ("APPROVED", "approvals-missing", "1")
    assert short(await it.approve("Dee", id_)) == ("INVALID", "approved-already", "")
    assert short((await it.acts.approve(Actor(other.account, ("admin",)), id_))[0]) == ("INVALID", "approved-already", "")
    assert short(await it.approve("Eli", id_)) == ("APPROVED", "acceptance-missing", "")
    assert (await it.accept("Ana", id_)).result == "AWARDED"
    await world.rest()
    assert world.standing(world.person("Ana"))[0].giver == "Dee, Eli"


async def test_approvals_that_turn_out_to_be_one_persons_are_one(it, world: World):
    other = world.person("Dee2", platform="other")
    id_ = (await it.nominate("Bob", "quorum", "Ana")).seq
    await it.approve("Dee", id_)
    await it.acts.approve(Actor(other.account, ("admin",)), id_)
    await world.links(world.person("Dee"), other)
    assert short(await it.accept("Ana", id_)) == ("ACCEPTED", "approvals-missing", "1")
    assert (await it.approve("Eli", id_)).result == "AWARDED"
    assert await it.awards("Ana") == ["quorum"]


@pytest.mark.parametrize("whose", ["Bob", "Ana"])
async def test_an_approval_that_turns_out_to_be_the_nominators_or_the_nominees_is_none(it, kind, world: World, whose):
    other = world.person("Other", platform="other")
    assert (await it.acts.approve(Actor(other.account, ("admin",)), kind))[0].result == "APPROVED"
    await world.links(world.person(whose), other)
    assert short(await it.accept("Ana", kind)) == ("ACCEPTED", "approvals-missing", "1")
    assert (await it.approve("Dee", kind)).result == "AWARDED"
    await world.rest()
    assert world.standing(world.person("Ana"))[0].giver == "Dee"


async def test_an_automatic_approval_is_none_for_who_nominated_themselves(it, world: World):
    proud = await it.nominate("Ana", "proud", "Ana")
    assert short(proud) == ("NOMINATED", "approvals-missing", "1")  # who proposes themselves has accepted
    assert (await it.acts.find(proud.seq)).auto is False
    assert short(await it.accept("Ana", proud.seq)) == ("INVALID", "accepted-already", "")
    other = world.person("Ana2", platform="other")
    auto = (await it.acts.nominate(Actor(other.account), "auto", it.account("Ana")))[0]
    await world.links(world.person("Ana"), other)
    assert short(await it.accept("Ana", auto.seq)) == ("ACCEPTED", "approvals-missing", "1")
    assert (await it.approve("Dee", proud.seq)).result == (await it.approve("Dee", auto.seq)).result == "AWARDED"


async def test_what_needs_nobodys_word_is_awarded_at_once_and_each_time_anew(it, world: World):
    outcomes = [await it.nominate(by, "kudos", "Ana") for by in ("Bob", "Bob", "Cem")]
    assert [outcome.result for outcome in outcomes] == ["AWARDED"] * 3
    assert await it.awards("Ana") == ["kudos"] * 3
    assert [a.occurrence for a in world.standing(world.person("Ana"))] == [str(outcome.seq) for outcome in outcomes]
    assert short(await it.nominate("Ana", "kudos", "Ana")) == ("INVALID", "nominations-self", "")


async def test_a_yes_can_be_said_for_the_nominee_by_who_may_award(it, kind):
    await it.approve("Dee", kind)
    assert (await it.accept("Eli", kind)).result == "AWARDED"
    assert [(v.kind, v.seq > kind) for v in await it.acts.voices(kind)] == [("approve", True), ("accept", True)]


async def test_without_acceptance_the_approval_awards_and_the_nominee_may_still_decline_before(it):
    first, second = (await it.nominate("Bob", "direct", "Ana")).seq, (await it.nominate("Bob", "direct", "Cem")).seq
    assert (await it.approve("Dee", first)).result == "AWARDED"
    assert (await it.reject("Cem", second)).result == "DECLINED"
    assert (await it.approve("Dee", second)).detail == "nomination-closed"


async def test_whatever_is_said_twice_gives_one_award(it, kind, world: World):
    said = [it.approve("Dee", kind), it.accept("Ana", kind), it.approve("Eli", kind), it.approve("Dee", kind), it.accept("Ana", kind)]
    results = [outcome.result for outcome in await asyncio.gather(*said)]
    assert results.count("AWARDED") == 1
    assert short(await it.accept("Ana", kind)) == ("INVALID", "nomination-closed", "awarded")
    assert await it.awards("Ana") == ["kind"]
    assert len(await world.app.store.caused(world.community, f"nomination:{kind}")) == 1


async def test_the_award_of_somebody_never_seen_waits_for_them_with_all_that_was_said(it, world: World):
    id_ = (await it.nominate("Bob", "direct", "Zoe", reason="Wow.", evidence=("e",))).seq
    assert (await it.approve("Dee", id_)).result == "HELD_FOR"
    found = await it.acts.find(id_)
    assert (found.state, found.outcome, await it.awards("Zoe")) == ("awarded", "HELD_FOR", [])
    await world.person("Zoe").says("here I am")
    (award,) = world.standing(world.person("Zoe"))
    assert (award.cause, award.giver, award.note, award.evidence) == (f"nomination:{id_}", "Dee", "Wow.", ("e",))


@pytest.mark.parametrize("acceptance_first", [False, True])
async def test_who_accepts_is_there_though_never_seen_doing_anything_else(it, acceptance_first):
    id_ = (await it.nominate("Bob", "kind", "Zoe")).seq
    steps = [it.approve("Dee", id_), it.accept("Zoe", id_)]
    assert [(await step).result for step in (reversed(steps) if acceptance_first else steps)][1] == "AWARDED"
    assert await it.awards("Zoe") == ["kind"]


async def test_a_nomination_that_was_overtaken_is_over(it, kind, world: World):
    await it.accept("Ana", kind)
    await world.acts.awards.give(SYSTEM, "kind", [it.account("Ana")])
    assert (await it.approve("Dee", kind)).result == "ALREADY_HELD"
    found = await it.acts.find(kind)
    assert (found.state, found.outcome, await it.awards("Ana")) == ("awarded", "ALREADY_HELD", ["kind"])


async def test_where_the_award_was_taken_back_meanwhile_the_deciding_word_does_not_count(it, kind, world: World):
    await it.accept("Ana", kind)
    await world.acts.awards.give(SYSTEM, "kind", [it.account("Ana")])
    await world.acts.awards.revoke(SYSTEM, "kind", it.account("Ana"), 1)
    assert short(await it.approve("Dee", kind)) == ("INVALID", "award-revoked", "")
    assert (await it.state(kind), (await it.acts.story(kind)).approvers) == ("open", ())
    await world.acts.awards.reinstate(SYSTEM, "kind", it.account("Ana"), 1)
    assert (await it.approve("Dee", kind)).result == "ALREADY_HELD"


async def test_the_nomination_is_undone_as_one_cause_and_can_be_made_anew(it, kind, world: World):
    await it.approve("Dee", kind)
    await it.accept("Ana", kind)
    await world.acts.awards.undo(SYSTEM, f"nomination:{kind}")
    assert await it.awards("Ana") == []
    again = (await it.nominate("Bob", "kind", "Ana")).seq
    await it.approve("Dee", again)
    assert (await it.accept("Ana", again)).result == "AWARDED"
    assert await it.awards("Ana") == ["kind"]


async def test_levels_follow_the_badges_policy(it, world: World):
    rank, talker = (await it.nominate("Bob", "rank", "Ana", level=2)).seq, (await it.nominate("Bob", "talker", "Ana", level=2)).seq
    for id_ in (rank, talker):
        await it.approve("Dee", id_)
        assert (await it.accept("Ana", id_)).level == 2
    assert sorted(await it.awards("Ana")) == ["rank@2", "talker", "talker@2"]
    assert await world.regraded() == []


async def test_the_terms_of_an_open_nomination_are_those_under_which_it_was_made(it, kind, world: World):
    world.registry.definitions["kind"].badge.nominations = None
    assert short(await it.nominate("Bob", "kind", "Cem")) == ("INVALID", "nominations-closed", "")
    await it.approve("Dee", kind)
    assert (await it.accept("Ana", kind)).result == "AWARDED"


async def test_while_the_badge_is_away_it_can_only_be_ended(it, kind, world: World):
    del world.registry.definitions["kind"]
    assert short(await it.approve("Dee", kind)) == ("INVALID", "badge-away", "")
    assert short(await it.accept("Ana", kind)) == ("INVALID", "badge-away", "")
    assert (await it.reject("Ana", kind)).result == "DECLINED"


async def test_the_award_is_announced_where_the_nomination_was_made(it, world: World):
    id_ = (await it.nominate("Bob", "kind", "Ana", place=Place("world", "praise", name="praise"))).seq
    await it.approve("Dee", id_)
    await it.accept("Ana", id_)
    places = []
    announce = world.chat.announce

    async def noted(announcement, earlier):
        places.append(announcement.place.name)
        return await announce(announcement, earlier)

    world.chat.announce = noted
    await world.rest()
    assert places == ["praise"]


async def test_a_nomination_that_is_not_there_is_named(it):
    for said in (it.approve("Dee", 999), it.accept("Ana", 999), it.reject("Ana", 999)):
        assert short(await said) == ("INVALID", "nomination-unknown", "999")
