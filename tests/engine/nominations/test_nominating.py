"""Who can be nominated for what, by whom and how often; and what becomes of the same nomination again."""

from datetime import timedelta

import pytest

from laurels import Account, Actor, Place, Refused
from laurels.filed import Nomination
from laurels.policy import SYSTEM
from laurels.stores.codec import decode_place
from laurels.testing import World


def short(outcome):
    return outcome.result, outcome.detail, outcome.reason


async def test_tb15_nominate_badge(it):
    assert await it.acts.listed(it.account("Ana")) == []
    place = Place("world", "general", name="general")
    outcome = await it.nominate("Bob", "kind", "Ana", reason="She helps.", evidence=("https://x.org/1",), place=place)
    assert (*short(outcome), outcome.account, outcome.badge) == ("NOMINATED", "approvals-missing", "1", "world:ana", "kind")
    (found,) = await it.acts.listed(it.account("Ana"))
    assert (found.id, found.state, found.reason, found.evidence) == (outcome.seq, "open", "She helps.", ("https://x.org/1",))
    assert decode_place(found.place) == place
    assert await it.awards("Ana") == []


async def test_a_badge_that_takes_no_nominations_gets_none_by_any_way(it):
    assert short(await it.nominate("Bob", "closed", "Ana")) == ("INVALID", "nominations-closed", "")
    assert short(await it.nominate("Dee", "closed", "Ana")) == ("INVALID", "nominations-closed", "")
    assert await it.acts.listed(state=None) == []


async def test_nobody_nominates_themselves_unless_the_badge_allows_it(it):
    assert short(await it.nominate("Ana", "kind", "Ana")) == ("INVALID", "nominations-self", "")
    assert (await it.nominate("Ana", "proud", "Ana")).result == "NOMINATED"


async def test_another_account_of_oneself_is_oneself(it, world: World):
    other = world.person("Ana2", platform="other")
    await world.links(world.person("Ana"), other)
    assert short((await it.acts.nominate(Actor(other.account), "kind", it.account("Ana")))[0]) == ("INVALID", "nominations-self", "")


async def test_bots_are_nominated_only_for_badges_of_theirs(it, world: World):
    bot = world.person("Bot", bot=True)
    assert short((await it.acts.nominate(it.actor("Bob"), "kind", bot.account))[0]) == ("INVALID", "nominations-bots", "")
    await bot.says("beep")
    nameless = Account("world", "bot")  # named by somebody who can't know
    assert short((await it.acts.nominate(it.actor("Bob"), "kind", nameless))[0]) == ("INVALID", "nominations-bots", "")
    assert (await it.acts.nominate(it.actor("Bob"), "robot", nameless))[0].result == "NOMINATED"


async def test_what_is_held_is_not_proposed(it, world: World):
    give = world.acts.awards.give
    await give(SYSTEM, "kind", [it.account("Ana")])
    await give(SYSTEM, "rank", [it.account("Ana")], level=2)
    await give(SYSTEM, "cake", [it.account("Ana")])
    assert short(await it.nominate("Bob", "kind", "Ana")) == ("ALREADY_HELD", "", "")
    assert short(await it.nominate("Bob", "rank", "Ana", level=2)) == ("ALREADY_HELD", "", "")
    assert short(await it.nominate("Bob", "rank", "Ana", level=1)) == ("HIGHER_HELD", "", "")
    assert (await it.nominate("Bob", "rank", "Ana", level=3)).result == "NOMINATED"
    assert (await it.nominate("Bob", "cake", "Ana")).result == "NOMINATED"


async def test_what_waits_for_somebody_is_not_proposed(it, world: World):
    await world.acts.awards.give(SYSTEM, "kind", [it.account("Zoe")])
    assert short(await it.nominate("Bob", "kind", "Zoe")) == ("ALREADY_HELD", "held-already", "")


async def test_what_was_taken_back_is_not_proposed_until_it_is_reinstated(it, world: World):
    await world.acts.awards.give(SYSTEM, "kind", [it.account("Ana")])
    await world.acts.awards.revoke(SYSTEM, "kind", it.account("Ana"), 1)
    assert short(await it.nominate("Bob", "kind", "Ana")) == ("INVALID", "award-revoked", "")


async def test_a_level_has_to_be_named_and_there(it):
    with pytest.raises(Refused, match="3 levels"):
        await it.nominate("Bob", "rank", "Ana")
    with pytest.raises(Refused, match="no level 4"):
        await it.nominate("Bob", "rank", "Ana", level=4)


async def test_the_same_proposal_by_somebody_else_seconds_it(it):
    first = await it.nominate("Bob", "kind", "Ana", evidence=("a",))
    second = await it.nominate("Cem", "kind", "Ana", reason="I agree.", evidence=("b", "a"))
    assert short(second) == ("SECONDED", "", str(first.seq))
    (found,) = await it.acts.listed(state=None)
    assert found.evidence == ("a", "b")
    (voice,) = await it.acts.voices(first.seq)
    assert (voice.kind, voice.note, (await it.acts.story(first.seq)).seconders) == ("second", "I agree.", (it.account("Cem"),))


async def test_nobody_says_the_same_twice_under_whatever_account(it, world: World):
    other = world.person("Cem2", platform="other")
    await world.links(world.person("Cem"), other)
    first = await it.nominate("Bob", "kind", "Ana")
    await it.nominate("Cem", "kind", "Ana")
    assert short(await it.nominate("Bob", "kind", "Ana")) == ("INVALID", "nominated-already", str(first.seq))
    assert short(await it.nominate("Cem", "kind", "Ana")) == ("INVALID", "nominated-already", str(first.seq))
    (outcome,) = await it.acts.nominate(Actor(other.account), "kind", it.account("Ana"))
    assert short(outcome) == ("INVALID", "nominated-already", str(first.seq))
    assert len(await it.acts.voices(first.seq)) == 1


async def test_levels_and_badges_are_proposed_apart_and_accounts_of_one_person_together(it, world: World):
    other = world.person("Ana2", platform="other")
    await world.links(world.person("Ana"), other)
    first = await it.nominate("Bob", "rank", "Ana", level=1)
    assert (await it.nominate("Cem", "rank", "Ana", level=2)).result == "NOMINATED"
    (outcome,) = await it.acts.nominate(it.actor("Cem"), "rank", other.account, level=1)
    assert short(outcome) == ("SECONDED", "", str(first.seq))


async def test_what_is_over_can_be_proposed_again(it):
    first = await it.nominate("Bob", "kind", "Ana")
    await it.reject("Dee", first.seq, "not yet")
    again = await it.nominate("Bob", "kind", "Ana")
    assert (again.result, [n.state for n in await it.acts.listed(state=None)]) == ("NOMINATED", ["open", "rejected"])


async def test_one_person_nominates_so_often_in_a_time_and_hears_when_they_can_again(it, world: World):
    other = world.person("Bob2", platform="other")
    await world.links(world.person("Bob"), other)
    begin = world.now
    first = await it.nominate("Bob", "cake", "Ana")
    await it.reject("Bob", first.seq)  # what is withdrawn was nominated all the same
    world.later(days=1)
    assert (await it.acts.nominate(Actor(other.account), "cake", it.account("Cem")))[0].result == "NOMINATED"
    assert short(await it.nominate("Bob", "cake", "Dee")) == ("INVALID", "nominations-limit", (begin + timedelta(days=7)).isoformat())
    assert (await it.nominate("Bob", "kind", "Dee")).result == "NOMINATED"  # each badge has its own limit
    await it.nominate("Cem", "cake", "Dee")
    assert (await it.nominate("Bob", "cake", "Dee")).result == "SECONDED"  # no nomination of theirs
    world.later(days=6, microseconds=-1)
    assert (await it.nominate("Bob", "cake", "Eli")).detail == "nominations-limit"
    world.later(microseconds=1)
    assert (await it.nominate("Bob", "cake", "Eli")).result == "NOMINATED"


async def test_a_nomination_lapses_and_is_shown_so_though_nobody_wrote_it_down(it, world: World):
    first = (await it.nominate("Bob", "cake", "Ana")).seq
    world.later(days=3, microseconds=-1)
    assert await it.state(first) == "open"
    world.later(microseconds=1)
    assert (await it.state(first), await it.acts.listed(), (await it.acts.inbox(it.actor("Dee"))).approve) == ("lapsed", [], [])
    assert [n.id for n in await it.acts.listed(state="lapsed")] == [first]
    assert short(await it.approve("Dee", first)) == ("INVALID", "nomination-closed", "lapsed")
    assert short(await it.accept("Ana", first)) == ("INVALID", "nomination-closed", "lapsed")
    again = await it.nominate("Cem", "cake", "Ana")
    assert again.result == "NOMINATED"
    (kept,) = await world.app.store.find(Nomination, world.community, id=first)
    assert (kept.state, kept.closed) == ("lapsed", kept.expires)


async def test_somebody_never_seen_can_be_nominated(it):
    outcome = await it.nominate("Bob", "kind", "Zoe")
    assert (outcome.result, outcome.account) == ("NOMINATED", "world:zoe")
