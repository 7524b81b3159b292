"""What wins the badges for work on GitHub and those by other badges or people, and what doesn't: each through the whole engine."""

import pytest

LABELLED = "issue.labeled"
MERGED = "pull_request.merged"


# First Merge, Contributor


async def merge(world, by, number, repository="acme/app", **data):
    await world.happens(MERGED, by, repository=repository, number=number, pull_request=f"{repository}#{number}", **data)


async def test_first_merge_goes_to_the_author(world, ana, bob):
    await merge(world, bob, 1, author=ana)
    assert "first-merge" in world.awards(ana)
    assert "first-merge" not in world.awards(bob)


async def test_first_merge_is_not_won_by_merging_ones_own_or_by_a_bots_merge(world, ana, robot):
    await merge(world, ana, 1, author=ana)
    await merge(world, robot, 2, author=ana)
    assert world.awards(ana) == []


async def test_contributor_counts_days_with_a_merge(world, ana, bob):
    for number in range(5):
        assert "contributor" not in world.awards(ana)
        await merge(world, bob, number, author=ana)
        world.later(days=1)
    assert "contributor" in world.awards(ana)


async def test_contributor_is_not_won_by_many_merges_on_one_day_nor_by_own_ones(world, ana, bob):
    for number in range(6):
        await merge(world, bob, number, author=ana)
    for number in range(6, 12):
        world.later(days=1)
        await merge(world, ana, number, author=ana)
    assert "contributor" not in world.awards(ana)


# Reviewer


async def test_reviewer_counts_merged_pull_requests_also_those_that_the_reviewer_merged(world, ana, bob):
    for number in range(3):
        await merge(world, world.person("maintainer"), number, author=bob, reviewers=[ana])
    for number in range(3, 5):
        await merge(world, ana, number, author=bob, reviewers=[ana])
    assert "reviewer" in world.awards(ana)
    assert "reviewer" not in world.awards(bob)


async def test_reviewer_is_not_won_by_reviews_of_what_is_not_merged(world, ana):
    for number in range(8):
        await world.happens("review.submitted", ana, repository="acme/app", number=number, state="approved")
    assert "reviewer" not in world.awards(ana)


async def test_reviewer_is_not_won_by_one_pull_request_heard_of_again(world, ana, bob):
    for _ in range(6):
        await merge(world, bob, 1, author=bob, reviewers=[ana])
    assert "reviewer" not in world.awards(ana)


# Bug Hunter


async def label(world, by, author, label, number=1, **data):
    await world.happens(
        LABELLED, by, author=author, label=label, repository="acme/app", number=number, place=f"acme/app#{number}", **data
    )  # fmt: skip


@pytest.mark.parametrize("name", ["bug", "Bug", "confirmed", "type: bug", "kind/bug", "C-bug", "status: confirmed", "confirmed bug"])
async def test_bug_hunter_is_won_by_a_maintainers_label(world, ana, bob, name):
    await label(world, bob, ana, name)
    assert "bug-hunter" in world.awards(ana)
    assert "bug-hunter" not in world.awards(bob)


@pytest.mark.parametrize("name", ["question", "not a bug", "needs confirmation", "debug", "bugfix", ""])
async def test_bug_hunter_is_not_won_by_other_labels(world, ana, bob, name):
    await label(world, bob, ana, name)
    assert "bug-hunter" not in world.awards(ana)


async def test_bug_hunter_is_not_won_by_ones_own_label_nor_by_a_bots_nor_on_a_pull_request(world, ana, bob, robot):
    await label(world, ana, ana, "bug")
    await label(world, robot, ana, "bug", number=2)
    await label(world, bob, ana, "bug", number=3, pull_request=True)
    assert "bug-hunter" not in world.awards(ana)


async def test_bug_hunter_counts_an_issue_once_and_while_its_label_is_on(world, ana, bob):
    for number in range(1, 10):
        await label(world, bob, ana, "bug", number)
        await label(world, bob, ana, "confirmed", number)
    assert "bug-hunter@2" not in world.awards(ana)
    await label(world, bob, ana, "bug", 10, thing="label-10")
    assert "bug-hunter@2" in world.awards(ana)
    world.later(minutes=1)
    await label(world, bob, ana, "bug", 10, thing="label-10", on=False)
    assert "bug-hunter@2" not in world.awards(ana)


# Explorer


async def test_explorer_counts_repositories_where_others_took_what_one_brought(world, ana, bob):
    await merge(world, bob, 1, author=ana, repository="acme/app")
    await merge(world, bob, 2, author=ana, repository="acme/app")
    assert "explorer" not in world.awards(ana)
    await world.happens("discussion.answered", bob, author=ana, repository="acme/docs", number=7)
    assert "explorer" in world.awards(ana)


async def test_explorer_is_not_won_by_leaving_notes_everywhere(world, ana):
    for number in range(20):
        await world.happens("issue.opened", ana, repository=f"acme/{number}", number=1)
        await world.happens("issue.commented", ana, repository=f"acme/{number}", number=1)
        await merge(world, ana, number, author=ana, repository=f"acme/{number}")
    assert "explorer" not in world.awards(ana)


# Bridge Builder, Community Choice


async def test_bridge_builder_takes_kindness_and_a_merge(world, ana, bob, crowd):
    await merge(world, bob, 1, author=ana)
    assert "bridge-builder" not in world.awards(ana)
    for member in crowd(3):
        await world.happens("thanks.given", member, receiver=ana)
    assert "bridge-builder" in world.awards(ana)


async def test_bridge_builder_takes_an_accepted_answer_for_help(world, ana, bob):
    await world.happens("discussion.answered", bob, author=ana, repository="acme/app", number=1)
    assert "bridge-builder" not in world.awards(ana)
    await merge(world, bob, 1, author=ana)
    assert "bridge-builder" in world.awards(ana)


async def test_community_choice_is_given_by_people_and_by_nothing_else(world, ana, bob):
    for _ in range(10):
        await world.happens("message.posted", ana, length=20)
        world.later(days=1)
    assert "community-choice" not in world.awards(ana)
    await world.gives(bob, "community-choice", ana, note="for everything")
    assert "community-choice" in world.awards(ana)
