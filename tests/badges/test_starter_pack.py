"""What wins the badges for being there and for kindness, and what doesn't: each through the whole engine."""

import pytest

DAYS_A_YEAR = 366


async def active_days(world, person, number, every=1):
    for _ in range(number):
        await world.happens("message.posted", person, length=20)
        world.later(days=every)


# First Steps


async def test_first_steps_is_won_by_the_one_who_was_answered(world, ana, bob):
    await world.happens("message.posted", ana, length=20)
    assert "first-steps" not in world.awards(ana)
    await world.happens("message.posted", bob, answered=ana)
    assert "first-steps" in world.awards(ana)
    assert "first-steps" not in world.awards(bob)


async def test_first_steps_is_not_won_by_answering_oneself_or_by_a_bots_answer(world, ana, robot):
    await world.happens("message.posted", ana, answered=ana)
    await world.happens("message.posted", robot, answered=ana)
    assert "first-steps" not in world.awards(ana)


@pytest.mark.parametrize("type", ["issue.commented", "review.submitted", "review.commented", "discussion.commented"])
async def test_first_steps_counts_answers_on_github_too(world, ana, bob, type):
    await world.happens(type, bob, answered=ana, repository="acme/app", number=1)
    assert "first-steps" in world.awards(ana)


# Regular


async def test_regular_counts_days(world, ana):
    await active_days(world, ana, 6)
    assert "regular" not in world.awards(ana)
    await active_days(world, ana, 1)
    assert "regular" in world.awards(ana)


async def test_regular_is_not_won_by_much_on_one_day(world, ana):
    for _ in range(20):
        await world.happens("message.posted", ana, length=20)
    assert world.awards(ana) == []


async def test_regular_silver_takes_thirty_days_on_any_platform(world, ana):
    await active_days(world, ana, 29)
    assert "regular@2" not in world.awards(ana)
    await world.happens("push", ana, repository="acme/app", branch="main", commits=1)
    assert "regular@2" in world.awards(ana)


# On a Roll


async def test_on_a_roll_counts_weeks_in_a_row(world, ana):
    await active_days(world, ana, 4, every=7)
    assert "on-a-roll" in world.awards(ana)


async def test_on_a_roll_forgives_one_missing_week(world, ana):
    await active_days(world, ana, 2, every=7)
    world.later(days=7)
    await active_days(world, ana, 2, every=7)
    assert "on-a-roll" in world.awards(ana)


async def test_on_a_roll_is_not_won_after_three_missing_weeks_nor_by_daily_messages(world, ana, bob):
    await active_days(world, ana, 3, every=7)
    world.later(days=21)
    await active_days(world, ana, 3, every=7)
    await active_days(world, bob, 14)
    assert "on-a-roll" not in world.awards(ana)
    assert "on-a-roll" not in world.awards(bob)


# Anniversary


async def test_anniversary_takes_a_year_and_twelve_days_of_it(world, ana):
    await world.happens("member.joined", ana)
    world.later(days=200)
    await active_days(world, ana, 12, every=5)
    assert "anniversary" not in world.awards(ana)
    world.later(days=DAYS_A_YEAR - 260)
    await active_days(world, ana, 1)
    assert "anniversary" in world.awards(ana)


async def test_anniversary_is_not_won_by_time_alone(world, ana):
    await world.happens("member.joined", ana)
    world.later(days=DAYS_A_YEAR)
    await active_days(world, ana, 11)
    assert "anniversary" not in world.awards(ana)


async def test_anniversary_is_not_won_by_what_one_did_years_ago(world, ana):
    await active_days(world, ana, 15)
    world.later(days=2 * DAYS_A_YEAR)
    await active_days(world, ana, 11)
    assert "anniversary" not in world.awards(ana)
    await active_days(world, ana, 1)
    assert world.awards(ana).count("anniversary") == 1


# Helper


async def test_helper_is_won_by_thanks_from_three_people(world, ana, crowd):
    for member in crowd(3):
        await world.happens("thanks.given", member, receiver=ana)
    assert "helper" in world.awards(ana)
    assert "helper@2" not in world.awards(ana)


async def test_helper_is_not_won_by_one_persons_thanks_nor_by_ones_own_nor_by_bots(world, ana, bob, robot):
    for _ in range(5):
        await world.happens("thanks.given", bob, receiver=ana)
        world.later(days=8)
    await world.happens("thanks.given", ana, receiver=ana)
    await world.happens("thanks.given", robot, receiver=ana)
    assert "helper" not in world.awards(ana)


# Generous


async def test_generous_is_won_by_thanking_five_people(world, ana, crowd):
    for member in crowd(5):
        await world.happens("thanks.given", ana, receiver=member)
    assert "generous" in world.awards(ana)


async def test_generous_is_not_won_by_thanking_few_people_often_or_oneself(world, ana, crowd):
    few = crowd(4)
    for _ in range(3):
        for member in few:
            await world.happens("thanks.given", ana, receiver=member)
        world.later(days=8)
    await world.happens("thanks.given", ana, receiver=ana)
    assert "generous" not in world.awards(ana)


# Solver


async def test_solver_is_won_by_the_author_of_the_answer(world, ana, bob):
    await world.happens("discussion.answered", bob, author=ana, repository="acme/app", number=1, thing="answer-1")
    assert "solver" in world.awards(ana)
    assert "solver" not in world.awards(bob)


async def test_solver_is_not_won_by_accepting_ones_own_answer(world, ana):
    await world.happens("discussion.answered", ana, author=ana, repository="acme/app", number=1)
    assert "solver" not in world.awards(ana)


async def test_solver_is_taken_back_with_the_acceptance(world, ana, bob):
    answer = {"author": ana, "repository": "acme/app", "number": 1, "thing": "answer-1"}
    await world.happens("discussion.answered", bob, **answer)
    world.later(minutes=1)
    await world.happens("discussion.answered", bob, **answer, on=False)
    assert "solver" not in world.awards(ana)


async def test_solver_silver_is_not_won_by_a_friend_in_one_afternoon(world, ana, bob, crowd):
    for number in range(10):
        await world.happens("discussion.answered", bob, author=ana, repository="acme/app", number=number)
    assert "solver@2" not in world.awards(ana)
    for number, member in enumerate(crowd(7)):
        await world.happens("discussion.answered", member, author=ana, repository="acme/app", number=100 + number)
    assert "solver@2" in world.awards(ana)


# Appreciated


async def test_appreciated_is_won_by_ten_people(world, ana, crowd):
    for member in crowd(10):
        await world.happens("reaction.added", member, author=ana, emoji="+1", message="m1")
    assert "appreciated" in world.awards(ana)


async def test_appreciated_is_not_won_by_one_persons_reactions_or_ones_own(world, ana, bob):
    for number in range(12):
        await world.happens("reaction.added", bob, author=ana, emoji="+1", message=f"m{number}")
        await world.happens("reaction.added", ana, author=ana, emoji="+1", message=f"m{number}")
    assert "appreciated" not in world.awards(ana)


async def test_appreciated_goes_when_a_reaction_is_taken_back(world, ana, crowd):
    members = crowd(10)
    for number, member in enumerate(members):
        await world.happens("reaction.added", member, author=ana, emoji="+1", message="m1", thing=f"reaction-{number}")
    world.later(minutes=1)
    await world.happens("reaction.added", members[0], author=ana, emoji="+1", message="m1", thing="reaction-0", on=False)
    assert "appreciated" not in world.awards(ana)


# Welcomer


async def test_welcomer_is_won_when_three_newcomers_answered(world, ana, crowd):
    for member in crowd(3):
        await world.happens("message.posted", member, answered=ana, newcomer=True)
    assert "welcomer" in world.awards(ana)


async def test_welcomer_is_not_won_by_writing_to_newcomers_nor_by_one_of_them_nor_by_old_hands(world, ana, bob, crowd):
    for member in crowd(5):
        await world.happens("message.posted", ana, answered=member)
        await world.happens("message.posted", member, answered=ana)
        await world.happens("message.posted", bob, answered=ana, newcomer=True)
    assert "welcomer" not in world.awards(ana)


async def test_welcomer_is_not_won_when_newcomers_comment_on_ones_issue(world, ana, crowd):
    for member in crowd(3):
        await world.happens("issue.commented", member, answered=ana, newcomer=True, repository="acme/app", number=1)
    assert "welcomer" not in world.awards(ana)
