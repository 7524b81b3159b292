"""What hooks are asked and told about nominations, in which order, and what a veto leaves."""

import pytest

from laurels import AwardNews, Hook, NominationNews, Veto
from laurels.hooks import Hooks
from laurels.testing import World


class Listener(Hook):
    """Notes everything in order; vetoes the verbs in *against*."""

    name = "listener"

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.news: list[NominationNews] = []
        self.against: set[str] = set()

    def hear(self, verb: str, news: AwardNews | NominationNews) -> Veto | None:
        self.heard.append(verb)
        if isinstance(news, NominationNews):
            self.news.append(news)
        return Veto("no " + verb) if verb in self.against else None


def _listening(verb: str):
    async def listen(self: Listener, news):
        return self.hear(verb, news)

    return listen


VERBS = [verb for verb in vars(Hook) if verb.startswith(("award", "nomination"))]
for _verb in VERBS:
    setattr(Listener, _verb, _listening(_verb))


@pytest.fixture
async def ear(it, world: World) -> Listener:
    hook = Listener()
    world.app.engine.concluder.hooks = world.app.teller.hooks = Hooks([hook])
    return hook


async def told(world: World, ear: Listener) -> list[str]:
    """What was heard since, the telling done."""
    while await world.app.teller.tell_some():
        pass
    heard, ear.heard = ear.heard, []
    return heard


async def test_all_hooks_hear_in_the_order_in_which_it_happens(it, ear, world: World):
    async def when(said):
        outcome = await said
        world.later(seconds=1)
        return outcome, await told(world, ear)

    made, heard = await when(it.nominate("Bob", "kind", "Ana", reason="She helps."))
    assert heard == ["nomination_will_be_made", "nomination_was_made"]
    assert (await when(it.nominate("Cem", "kind", "Ana")))[1] == []  # a second is no nomination
    _, heard = await when(it.approve("Dee", made.seq, "yes"))
    assert heard == ["nomination_will_be_approved", "nomination_was_approved"]
    _, heard = await when(it.accept("Ana", made.seq))
    assert heard == ["nomination_will_be_accepted", "award_will_be_made", "award_was_made", "nomination_was_accepted"]


async def test_what_happens_at_once_is_told_in_order_too(it, ear, world: World):
    world.app._tasks[1].cancel()  # the teller of its own accord would tell between the asking
    await it.nominate("Bob", "kudos", "Ana")
    assert await told(world, ear) == [
        "nomination_will_be_made", "nomination_will_be_approved", "award_will_be_made",
        "nomination_was_made", "nomination_was_approved", "award_was_made",
    ]  # fmt: skip


async def test_the_news_say_who_and_what_and_how_far_it_is(it, ear, world: World):
    made = await it.nominate("Bob", "quorum", "Ana", reason="She helps.")
    await it.approve("Dee", made.seq, "yes")
    await told(world, ear)
    first, last = ear.news[0], ear.news[-1]
    assert (first.id, first.badge, first.name, first.level, first.community) == (made.seq, "quorum", "Quorum", 1, "acme")
    assert (first.nominee, first.nominator, first.by, first.reason) == ("Ana", "Bob", "Bob", "She helps.")
    assert (last.by, last.note, last.approvals, last.needed) == ("Dee", "yes", 1, 2)
    assert (last.nominee_account, last.nominator_account, last.by_account) == ("world:ana", "world:bob", "world:dee")
    ear.news.clear()
    await it.nominate("Bob", "auto", "Ana")
    await told(world, ear)
    assert [(news.by, news.by_account) for news in ear.news if news.approvals == 0][1] == ("", "")


async def test_rejecting_is_asked_about_and_declining_and_withdrawing_are_not(it, ear, world: World):
    ear.against = {"nomination_will_be_rejected"}
    ids = [(await it.nominate("Bob", slug, "Ana")).seq for slug in ("kind", "quorum", "auto")]
    await told(world, ear)
    outcome = await it.reject("Dee", ids[0])
    assert (outcome.result, outcome.reason, await it.state(ids[0])) == ("VETOED", "no nomination_will_be_rejected", "open")
    assert await told(world, ear) == ["nomination_will_be_rejected"]
    assert [(await it.reject(by, id_)).result for by, id_ in zip(("Ana", "Bob"), ids[1:], strict=True)] == ["DECLINED", "WITHDRAWN"]
    assert await told(world, ear) == ["nomination_was_rejected"] * 2


@pytest.mark.parametrize(("verb", "states"), [
    ("nomination_will_be_made", ["VETOED"]),
    ("nomination_will_be_approved", ["NOMINATED", "VETOED", "ACCEPTED"]),
    ("nomination_will_be_accepted", ["NOMINATED", "APPROVED", "VETOED"]),
    ("award_will_be_made", ["NOMINATED", "APPROVED", "VETOED"]),
])  # fmt: skip
async def test_what_is_vetoed_was_not_said_and_can_be_said_again(it, ear, world: World, verb, states):
    ear.against = {verb}
    outcomes = [await it.nominate("Bob", "kind", "Ana")]
    if outcomes[0].result == "NOMINATED":
        outcomes += [await it.approve("Dee", outcomes[0].seq), await it.accept("Ana", outcomes[0].seq)]
    assert [outcome.result for outcome in outcomes] == states
    assert next(outcome.reason for outcome in outcomes if outcome.result == "VETOED") == f"no {verb}"
    assert await it.awards("Ana") == []
    assert verb.replace("_will_be_", "_was_") not in await told(world, ear)
    ear.against = set()
    if verb == "nomination_will_be_made":
        assert await it.acts.listed(state=None) == []
        id_ = (await it.nominate("Bob", "kind", "Ana")).seq
        await it.approve("Dee", id_)
    else:
        id_ = outcomes[0].seq
        assert await it.state(id_) == "open"
    last = it.approve("Dee", id_) if verb == "nomination_will_be_approved" else it.accept("Ana", id_)
    assert (await last).result == "AWARDED"
    assert await it.awards("Ana") == ["kind"]


async def test_a_veto_against_the_automatic_approval_leaves_it_to_people(it, ear):
    ear.against = {"nomination_will_be_approved"}
    outcome = await it.nominate("Bob", "auto", "Ana")
    assert (outcome.result, outcome.detail, (await it.acts.find(outcome.seq)).auto) == ("NOMINATED", "approvals-missing", False)
    ear.against = set()
    await it.accept("Ana", outcome.seq)
    assert (await it.approve("Dee", outcome.seq)).result == "AWARDED"


async def test_a_veto_against_the_award_of_what_needs_nobodys_word_leaves_no_nomination(it, ear):
    ear.against = {"award_will_be_made"}
    assert (await it.nominate("Bob", "kudos", "Ana")).result == "VETOED"
    assert await it.acts.listed(state=None) == []
