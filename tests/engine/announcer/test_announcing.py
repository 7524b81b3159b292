"""From an award to a message: modes, places, sets."""

import asyncio
from typing import Any

import pytest

from laurels import Account, Later, Place, Unreachable

HALL = Place("chat", "hall", name="hall")
ISSUE = Place("forge", "acme/rocket", thread="7", name="acme/rocket#7")
DEN = Place("chat", "den", name="den", private=True)


async def test_an_award_is_announced_where_it_happened(scene: Any) -> None:
    await scene.wins("Ana", "reviewer", level_name="Bronze")
    await scene.announcer().rest()
    assert scene.chat.texts == ["Ana earned Bronze Reviewer"]
    ((announcement, earlier),) = scene.chat.calls
    assert (announcement.place, announcement.person, announcement.account, earlier) == (HALL, "Ana", "chat:ana", None)
    assert [(won.badge, won.level_name, won.name) for won in announcement.won] == [("reviewer", "Bronze", "Reviewer")]
    assert await scene.rows() == [(1, "won", "")]


async def test_what_is_told_is_told_once(scene: Any) -> None:
    await scene.wins("Ana", "helper")
    await scene.announcer().rest()
    await scene.announcer().rest()
    assert len(scene.chat.calls) == 1


async def test_silent_awards_are_not_announced(scene: Any) -> None:
    await scene.wins("Ana", "helper", silent=True)
    await scene.announcer().rest()
    assert scene.chat.calls == []


@pytest.mark.parametrize(("mode", "fate"), [("shadow", "shadow"), ("quiet", "quiet"), ("live", "")])
async def test_only_a_live_community_is_told(scene: Any, mode: str, fate: str) -> None:
    scene.settle(mode=mode)
    await scene.wins("Ana", "helper")
    await scene.announcer().rest()
    assert (await scene.fates(), len(scene.chat.calls)) == ({"helper": fate}, int(mode == "live"))


@pytest.mark.parametrize(("platform", "fate"), [("discord", "shadow"), ("slack", "shadow"), ("console", ""), ("mattermost", "")])
async def test_discord_and_slack_begin_in_shadow(scene: Any, platform: str, fate: str) -> None:
    scene.chat.name = platform
    await scene.wins("Ana", "helper", place=Place(platform, "hall"))
    await scene.announcer().rest()
    assert await scene.fates() == {"helper": fate}


async def test_what_is_announced_in_a_shy_place_is_shy_wherever_it_happened(scene: Any) -> None:
    scene.chat.name = "discord"
    scene.settle(announce=("discord:#badges",))
    await scene.wins("Ana", "helper", place=ISSUE)
    await scene.announcer().rest()
    assert await scene.fates() == {"helper": "shadow"}


async def test_admins_see_what_shadow_would_have_posted(scene: Any) -> None:
    scene.settle(mode="shadow", announce=("chat:#badges",))
    await scene.win_together([{"who": "Ana", "slug": "reviewer", "level_name": "Bronze"}, {"who": "Ana", "slug": "helper"}])
    await scene.wins("Bob", "helper")
    await scene.wins("Cem", "helper")
    announcer = scene.announcer()
    await announcer.rest()
    await scene.loses("Cem", "helper")
    await announcer.rest()
    seen = await announcer.preview("acme")
    assert [(said.text, said.place.channel) for said in seen] == [
        ("Bob earned Helper", "#badges"), ("Ana earned Bronze Reviewer and 1 more: Helper", "#badges"),
    ]  # fmt: skip
    assert await announcer.preview("other") == []
    assert scene.chat.calls == []


async def test_going_live_tells_nothing_of_the_shadow(scene: Any) -> None:
    scene.settle(mode="shadow")
    await scene.wins("Ana", "helper")
    await scene.announcer().rest()
    scene.settle(mode="live")
    await scene.wins("Ana", "reviewer")
    await scene.announcer().rest()
    assert scene.chat.texts == ["Ana earned Reviewer"]


async def test_going_quiet_stops_what_waits(scene: Any) -> None:
    scene.chat.script.append(Later(60))
    await scene.wins("Ana", "helper")
    await scene.announcer().rest()
    scene.settle(mode="quiet")
    scene.passes(minutes=2)
    await scene.announcer().rest()
    assert (await scene.rows(), scene.chat.texts) == ([(1, "", "quiet")], [])


async def test_the_communitys_place_comes_before_where_it_happened(scene: Any) -> None:
    scene.settle(announce=("chat:#badges",))
    await scene.wins("Ana", "helper", place=ISSUE)
    await scene.announcer().rest()
    ((announcement, _),) = scene.chat.calls
    assert (announcement.place, scene.forge.calls) == (Place("chat", "#badges", name="#badges"), [])


async def test_of_several_places_the_one_on_the_same_platform_and_realm_is_taken(scene: Any) -> None:
    scene.settle(announce=("forge:acme/wiki", "chat:#badges"), realms={"chat": ("red", "blue")})
    await scene.wins("Ana", "helper", place=Place("chat", "hall", realm="blue"))
    await scene.wins("Ana", "reviewer", place=ISSUE)
    await scene.announcer().rest()
    assert [said.place for said, _ in scene.chat.calls] == [Place("chat", "#badges", realm="blue", name="#badges")]
    assert [said.place.channel for said, _ in scene.forge.calls] == ["acme/wiki"]


async def test_nothing_is_announced_in_place_by_an_adapter_that_does_not_want_to(scene: Any) -> None:
    scene.forge.announces_in_place = False
    await scene.wins("Ana", "helper", place=ISSUE)
    await scene.wins("Ana", "reviewer", place=None)
    await scene.wins("Ana", "solver", place=Place("gone", "hall"))
    await scene.announcer().rest()
    assert await scene.fates() == {"helper": "nowhere", "reviewer": "nowhere", "solver": "nowhere"}


async def test_a_process_without_adapters_decides_nothing(scene: Any) -> None:
    adapters, scene.adapters = scene.adapters, {}
    await scene.wins("Ana", "helper")
    await scene.announcer().rest()
    scene.adapters = adapters
    await scene.announcer().rest()
    assert scene.chat.texts == ["Ana earned Helper"]


async def test_a_community_that_is_not_configured_any_more_is_told_nothing(scene: Any) -> None:
    await scene.wins("Ana", "helper")
    scene.communities.clear()
    await scene.announcer().rest()
    assert (await scene.fates(), scene.chat.calls) == ({"helper": "nowhere"}, [])


async def test_what_happened_in_a_private_place_stays_there(scene: Any) -> None:
    scene.settle(announce=("chat:#badges",))
    await scene.win_together([{"who": "Ana", "slug": "helper", "place": DEN}, {"who": "Ana", "slug": "reviewer"}])
    await scene.announcer().rest()
    assert sorted((said.place.channel, said.text) for said, _ in scene.chat.calls) == [
        ("#badges", "Ana earned Reviewer"), ("den", "Ana earned Helper"),
    ]  # fmt: skip


async def test_a_private_place_that_is_gone_is_not_replaced(scene: Any) -> None:
    scene.settle(announce=("chat:#badges",))
    scene.chat.script.append(Unreachable("gone"))
    await scene.wins("Ana", "helper", place=DEN)
    await scene.announcer().rest()
    assert (await scene.rows(), len(scene.chat.calls)) == ([(1, "", "failed")], 1)


async def test_awards_of_one_person_for_one_place_are_one_message(scene: Any) -> None:
    await scene.win_together([
        {"who": "Ana", "slug": "first-steps"},
        {"who": "Ana", "slug": "reviewer", "level_name": "Silver", "level": 2},
        {"who": "Bob", "slug": "helper"},
        {"who": "Ana", "slug": "helper"},
        {"who": "Ana", "slug": "solver", "place": ISSUE},
    ])  # fmt: skip
    await scene.announcer().rest()
    assert scene.chat.texts == ["Ana earned Silver Reviewer and 2 more: First Steps, Helper", "Bob earned Helper"]
    assert scene.forge.texts == ["Ana earned Solver"]


async def test_of_a_badge_only_the_highest_level_is_named_and_all_are_told(scene: Any) -> None:
    await scene.win_together([
        {"who": "Ana", "slug": "reviewer", "level": level, "level_name": name} for level, name in enumerate(("Bronze", "Silver", "Gold"), 1)
    ])  # fmt: skip
    await scene.announcer().rest()
    assert scene.chat.texts == ["Ana earned Gold Reviewer"]
    assert await scene.rows() == [(1, "won", "")] * 3


async def test_what_is_won_while_a_set_gathers_joins_it_and_after_the_claim_does_not(scene: Any) -> None:
    scene.pace = type(scene.pace)(gather=1.0)
    announcer = scene.announcer()
    await scene.wins("Ana", "first-steps")
    await announcer.announce_some()
    await scene.wins("Ana", "helper")
    await announcer.announce_some()
    assert scene.chat.calls == []
    scene.passes(seconds=1)
    scene.chat.script.append(Later(5))
    await announcer.announce_some()
    await scene.wins("Ana", "reviewer")
    await announcer.announce_some()
    scene.passes(seconds=6)
    await announcer.rest()
    assert scene.chat.texts == ["Ana earned First Steps and 1 more: Helper", "Ana earned Reviewer"]
    assert [said.text for said, _ in scene.chat.calls][:2] == ["Ana earned First Steps and 1 more: Helper"] * 2


async def test_links_to_the_event_do_not_split_a_place(scene: Any) -> None:
    await scene.wins("Ana", "first-steps", place=Place("chat", "hall", url="https://chat/1"))
    await scene.wins("Ana", "helper", place=Place("chat", "hall", url="https://chat/2"))
    await scene.announcer().rest()
    assert scene.chat.texts == ["Ana earned First Steps and 1 more: Helper"]


async def test_what_is_older_than_a_day_is_told_only_beside_something_fresh(scene: Any) -> None:
    await scene.wins("Ana", "first-steps", ago=25)
    await scene.win_together([{"who": "Bob", "slug": "first-steps", "ago": 25}, {"who": "Bob", "slug": "helper", "ago": 23}])
    await scene.announcer().rest()
    assert scene.chat.texts == ["Bob earned First Steps and 1 more: Helper"]
    assert await scene.rows() == [(1, "", "stale"), (1, "won", ""), (1, "won", "")]


async def test_people_are_called_what_they_are_called_at_the_place(scene: Any) -> None:
    await scene.person("Ana", Account("forge", "1024", name="ana-dev"), Account("other", "9"))
    await scene.wins("Ana", "helper", place=ISSUE)
    await scene.wins("Ana", "solver")
    await scene.wins("Bob", "helper", place=ISSUE)
    await scene.announcer().rest()
    assert [(said.text, said.account) for said, _ in scene.forge.calls] == [
        ("ana-dev earned Helper", "forge:1024"), ("Bob earned Helper", ""),
    ]  # fmt: skip
    assert [(said.text, said.account) for said, _ in scene.chat.calls] == [("Ana earned Solver", "chat:ana")]


async def test_an_account_in_another_workspace_is_not_the_winner_here(scene: Any) -> None:
    accounts = [Account("forge", id_, realm=realm, name=f"ana in {realm}") for id_, realm in (("U1", "red"), ("U2", "blue"))]
    await scene.person("Ana", *accounts)
    for realm, slug in (("blue", "helper"), ("green", "solver")):
        await scene.wins("Ana", slug, place=Place("forge", "acme", realm=realm))
    await scene.announcer().rest()
    told = [(said.person, said.account) for said, _ in sorted(scene.forge.calls, key=lambda call: call[0].text)]
    assert told == [("ana in blue", "forge:blue/U2"), ("ana in red", "")]


async def test_three_hundred_awards_at_once_are_all_told(scene: Any) -> None:
    await scene.win_together([{"who": f"P{n}", "slug": slug} for n in range(150) for slug in ("helper", "first-steps")])
    await scene.announcer().rest()
    assert len(scene.chat.texts) == 150
    assert set(await scene.rows()) == {(1, "won", "")}
    assert scene.chat.most_at_once == 1


async def test_rest_waits_for_what_another_step_is_about_to_say(scene: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Claimed, and not yet known to be under way: who rests then must not be told that all is said."""
    claim, claimed, go_on = scene.store.claim, asyncio.Event(), asyncio.Event()

    async def slow(*asked: Any, **more: Any) -> Any:
        posts = await claim(*asked, **more)
        if posts:
            claimed.set()
            await go_on.wait()
        return posts

    monkeypatch.setattr(scene.store, "claim", slow)
    await scene.wins("Ana", "helper")
    announcer = scene.announcer()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(announcer.announce_some(flush=True))
        await claimed.wait()
        resting = tasks.create_task(announcer.rest())
        done, _ = await asyncio.wait([resting], timeout=0.2)
        go_on.set()
    assert not done
    assert scene.chat.texts == ["Ana earned Helper"]
