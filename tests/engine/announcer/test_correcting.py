"""What was told is corrected in the same message, and never told twice."""

from typing import Any

from laurels import Later, Place, Unreachable

ISSUE = Place("forge", "acme/rocket", thread="7")


async def test_a_withdrawn_award_is_edited_away_and_comes_back_in_the_same_message(scene: Any) -> None:
    announcer = scene.announcer()
    await scene.wins("Ana", "helper")
    await announcer.rest()
    await scene.loses("Ana", "helper")
    await announcer.rest()
    assert scene.chat.texts == ["Ana no longer holds Helper"]
    assert await scene.rows() == [(0, "withdrawn", "")]
    await scene.regains("Ana", "helper")
    await announcer.rest()
    assert scene.chat.texts == ["Ana earned Helper"]
    assert await scene.rows() == [(1, "won", "")]
    assert [(said.withdrawn, earlier is not None) for said, earlier in scene.chat.calls] == [(False, False), (True, True), (False, True)]
    assert len({said.key for said, _ in scene.chat.calls}) == 1


async def test_what_is_left_of_a_set_still_stands_in_its_message(scene: Any) -> None:
    await scene.win_together([
        {"who": "Ana", "slug": "reviewer", "level": 1, "level_name": "Bronze"},
        {"who": "Ana", "slug": "reviewer", "level": 2, "level_name": "Silver"},
        {"who": "Ana", "slug": "helper"},
    ])  # fmt: skip
    announcer = scene.announcer()
    await announcer.rest()
    await scene.loses("Ana", "reviewer", 2)
    await announcer.rest()
    assert scene.chat.texts == ["Ana earned Bronze Reviewer and 1 more: Helper"]
    await scene.loses("Ana", "reviewer", 1)
    await scene.loses("Ana", "helper", state="revoked")
    await announcer.rest()
    assert scene.chat.texts == ["Ana no longer holds Bronze Reviewer, Helper"]


async def test_what_is_withdrawn_before_it_was_told_is_dropped(scene: Any) -> None:
    await scene.wins("Ana", "helper")
    await scene.wins("Ana", "reviewer")
    await scene.loses("Ana", "helper")
    await scene.announcer().rest()
    assert (scene.chat.texts, await scene.rows()) == (["Ana earned Reviewer"], [(0, "", ""), (1, "won", "")])


async def test_what_is_withdrawn_while_it_waits_is_dropped(scene: Any) -> None:
    scene.chat.script.append(Later(5))
    announcer = scene.announcer()
    await scene.wins("Ana", "helper")
    await announcer.rest()
    await scene.loses("Ana", "helper")
    scene.passes(seconds=6)
    await announcer.rest()
    assert (len(scene.chat.calls), await scene.rows()) == (1, [(0, "", "")])


async def test_what_was_dropped_and_comes_back_is_told_while_it_is_news(scene: Any) -> None:
    announcer = scene.announcer()
    for slug in ("helper", "solver"):
        await scene.wins("Ana", slug)
        await scene.loses("Ana", slug)
    await announcer.rest()
    await scene.regains("Ana", "helper")
    await announcer.rest()
    scene.passes(hours=25)
    await scene.regains("Ana", "solver")
    await announcer.rest()
    assert (scene.chat.texts, await scene.fates()) == (["Ana earned Helper"], {"helper": "", "solver": "stale"})


async def test_a_withdrawal_while_it_is_being_posted_is_edited_afterwards(scene: Any) -> None:
    async def withdraw(_: Any) -> None:
        scene.chat.before = None
        await scene.loses("Ana", "helper")

    await scene.wins("Ana", "helper")
    scene.chat.before = withdraw
    await scene.announcer().rest()
    assert [said.text for said, _ in scene.chat.calls] == ["Ana earned Helper", "Ana no longer holds Helper"]
    assert await scene.rows() == [(0, "withdrawn", "")]


async def test_a_withdrawal_after_a_try_that_may_have_got_through_is_looked_for(scene: Any) -> None:
    scene.chat.script.append("lose")
    announcer = scene.announcer()
    await scene.wins("Ana", "helper")
    await announcer.rest()
    assert await scene.rows() == [(1, "maybe", "")]
    await scene.loses("Ana", "helper")
    await announcer.rest()
    assert [(said.withdrawn, earlier) for said, earlier in scene.chat.calls] == [(False, None), (True, None)]
    assert (scene.chat.texts, await scene.rows()) == (["Ana no longer holds Helper"], [(0, "withdrawn", "")])


async def test_a_withdrawal_after_a_try_that_did_not_get_through_ends_it(scene: Any) -> None:
    scene.chat.script.append(OSError("no route to host"))
    announcer = scene.announcer()
    await scene.wins("Ana", "helper")
    await announcer.rest()
    await scene.loses("Ana", "helper")
    await announcer.rest()
    scene.passes(hours=1)
    await announcer.rest()
    assert (len(scene.chat.calls), scene.chat.texts, await scene.rows()) == (2, [], [(0, "", "")])


async def test_a_message_that_is_gone_is_left_alone_until_its_award_changes_again(scene: Any) -> None:
    announcer = scene.announcer()
    await scene.wins("Ana", "helper")
    await announcer.rest()
    scene.chat.script.append(Unreachable("the message was deleted"))
    await scene.loses("Ana", "helper")
    await announcer.rest()
    scene.passes(hours=2)
    await announcer.rest()
    assert len(scene.chat.calls) == 2
    ((_, place, error, _, again, _),) = await scene.store.troubles()
    assert (place.channel, "deleted" in error, again) == ("hall", True, None)
    await scene.regains("Ana", "helper")
    await announcer.rest()
    assert await scene.rows() == [(1, "won", "")]


async def test_corrections_are_made_in_every_mode(scene: Any) -> None:
    await scene.wins("Ana", "helper")
    await scene.announcer().rest()
    scene.settle(mode="quiet")
    await scene.loses("Ana", "helper")
    await scene.announcer().rest()
    assert scene.chat.texts == ["Ana no longer holds Helper"]


async def test_a_badge_won_again_after_its_correction_makes_no_second_message(scene: Any) -> None:
    announcer = scene.announcer()
    await scene.wins("Ana", "helper")
    for _ in range(3):
        await announcer.rest()
        await scene.loses("Ana", "helper")
        await scene.regains("Ana", "helper")
    await announcer.rest()
    assert scene.chat.texts == ["Ana earned Helper"]
