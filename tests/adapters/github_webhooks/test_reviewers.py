"""Merges know their reviewers, in whatever order GitHub tells of them."""

import asyncio
import random
from datetime import UTC, datetime
from itertools import permutations

import pytest

from fake_host import FakeHost
from github_payloads import ANA, BOB, CYD, merge, review
from laurels_github import translate
from laurels_github.reviewers import Reviewers

RECEIVED = datetime(2024, 6, 1, 13, tzinfo=UTC)
DEE = {"login": "dee", "id": 4, "type": "User"}

BOBS = ("pull_request_review", review("submitted", 1, BOB, 901))
BOBS_SECOND = ("pull_request_review", review("submitted", 2, BOB, 902, "commented"))
CYDS = ("pull_request_review", review("submitted", 3, CYD, 903))
DISMISSED = ("pull_request_review", review("dismissed", 3, CYD, 903, "dismissed"))
OWN = ("pull_request_review", review("submitted", 4, ANA, 904, "commented"))
AFTERWARDS = ("pull_request_review", review("submitted", 9, DEE, 905))
MERGE = ("pull_request", merge(5, DEE))


class Dies(Exception):
    """The process, at this step."""


async def tell(host, *told):
    reviewers = Reviewers(host)
    for name, payload in told:
        for event in translate(name, payload, RECEIVED):
            await reviewers.put(event)


def reviewed(host):
    (merged,) = [event for event in host.counted() if event.type == "pull_request.merged"]
    return merged.data["reviewers"]


@pytest.mark.parametrize("order", list(permutations([BOBS, CYDS, OWN, MERGE])))
async def test_the_reviewers_are_complete_whatever_comes_last(order):
    host = FakeHost()
    await tell(host, *order)
    assert reviewed(host) == ["github:2", "github:3"]


async def test_a_merge_told_last_is_put_once():
    host = FakeHost()
    await tell(host, BOBS, CYDS, MERGE)
    (merged,) = [event for event in host.events if event.type == "pull_request.merged"]
    assert (merged.time, merged.revised, merged.actor.name) == (merged.place and merged.time, None, "dee")
    assert sorted(person.name for person in merged.others) == ["ana", "bob", "cyd"]


@pytest.mark.parametrize("order", list(permutations([CYDS, DISMISSED, MERGE, BOBS])))
async def test_a_dismissed_review_is_none(order):
    host = FakeHost()
    await tell(host, *order)
    assert reviewed(host) == ["github:2"]


async def test_who_reviewed_after_the_merge_did_not_review_before_it():
    host = FakeHost()
    await tell(host, BOBS, MERGE, AFTERWARDS)
    assert reviewed(host) == ["github:2"]
    assert len([event for event in host.events if event.type == "pull_request.merged"]) == 1


async def test_redeliveries_change_nothing():
    host = FakeHost()
    await tell(host, MERGE, BOBS, CYDS)
    before, state = list(host.journal), dict(host.state.kept)
    await tell(host, CYDS, BOBS, MERGE, BOBS, CYDS)
    assert list(host.journal) == before
    assert host.state.kept == state


async def test_all_at_once_is_as_one_after_the_other():
    host = FakeHost()
    reviewers = Reviewers(host)
    fast = host.state.get

    async def get(key):
        value = await fast(key)
        await asyncio.sleep(0)
        return value

    host.state.get = get
    told = [event for name, payload in (BOBS, BOBS_SECOND, CYDS, MERGE) * 3 for event in translate(name, payload, RECEIVED)]
    random.Random(1).shuffle(told)
    await asyncio.gather(*(reviewers.put(event) for event in told))
    assert reviewed(host) == ["github:2", "github:3"]


@pytest.mark.parametrize("order", list(permutations([BOBS, CYDS, MERGE])))
@pytest.mark.parametrize("survived", range(12))
async def test_dying_between_any_two_steps_loses_no_reviewer_once_it_is_delivered_again(order, survived):
    host, steps = FakeHost(), iter(range(100))

    def dying(step):
        async def maybe(*args):
            if next(steps) == survived:
                raise Dies
            await step(*args)

        return maybe

    put, keep = host.put, host.state.put
    host.put, host.state.put = dying(put), dying(keep)
    for name, payload in order:
        for event in translate(name, payload, RECEIVED):
            try:
                await Reviewers(host).put(event)
            except Dies:
                await Reviewers(host).put(event)
    assert reviewed(host) == ["github:2", "github:3"]


@pytest.mark.parametrize("survived", range(12))
@pytest.mark.parametrize("order", list(permutations([BOBS, CYDS, MERGE])))
async def test_nor_when_what_failed_is_delivered_again_only_at_the_end(order, survived):
    host, steps, again = FakeHost(), iter(range(100)), []

    def dying(step):
        async def maybe(*args):
            if next(steps) == survived:
                raise Dies
            await step(*args)

        return maybe

    host.put, host.state.put = dying(host.put), dying(host.state.put)
    for name, payload in order:
        for event in translate(name, payload, RECEIVED):
            try:
                await Reviewers(host).put(event)
            except Dies:
                again.append(event)
    for event in again:
        await Reviewers(host).put(event)
    assert reviewed(host) == ["github:2", "github:3"]


async def test_what_belongs_to_nobody_leaves_no_trace():
    host = FakeHost({})
    await tell(host, BOBS, MERGE)
    assert not host.state.kept
    assert len(host.dropped) == 2


async def test_two_owners_with_the_same_number_do_not_meet():
    host = FakeHost({"octocat": "acme", "globex": "globex"})
    others = merge(5, DEE)
    others["repository"]["owner"] = {"login": "globex", "id": 10}
    await tell(host, BOBS, MERGE, ("pull_request", others))
    assert [event.data["reviewers"] for event in host.events if event.type == "pull_request.merged"] == [["github:2"], []]
