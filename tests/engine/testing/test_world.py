"""The world: people, a clock that is told, a transcript; and it says so when a test or a badge is wrong."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from laurels import Account, Badge, Check, Count, Distinct, Event, Grant, Level, Streak, Verdict, all_of
from laurels.testing import Member, World, WorldError

DAY = timedelta(days=1)

chatterbox = Badge(slug="chatterbox", name="Chatterbox", measure=Count("message.posted"), levels=(Level(at=10),))
THANKS = Distinct("thanks.given", "event.actor", to="event.data.receiver")
thanked = Badge(slug="thanked", measure=THANKS, levels=(Level("Bronze", at=1), Level("Silver", at=2)))
liked = Badge(slug="liked", measure=Count("reaction.added", to="event.data.author"), levels=(Level(at=1),))
kind = Badge(slug="kind", name="Kind")
both = Badge(slug="both", requires=all_of("thanked", "liked"))
daily = Badge(slug="daily", measure=Streak("message.posted", period="day"), levels=(Level(at=3),))
brief = Badge(slug="brief", measure=Count("message.posted"), levels=(Level(at=1),), expires="7d")


class Riser(Badge):
    """Asked at the beginning of each day."""

    slug = "riser"
    events = ("clock.day",)
    repeatable = True

    def award(self, check: Check) -> Verdict:
        return Grant()


class Broken(Badge):
    """Fails on an empty message."""

    slug = "broken"
    events = ("message.posted",)

    def award(self, check: Check) -> Verdict:
        return Grant() if 1 / check.event.data["length"] else None


class Moody(Badge):
    """Says that it is deterministic, and isn't."""

    slug = "moody"
    events = ("message.posted",)
    repeatable = True
    random = Random(1)

    def award(self, check: Check) -> Verdict:
        return Grant() if self.random.random() < 0.5 else None


@pytest.fixture
def pack() -> list[Badge]:
    return [chatterbox, thanked, liked, kind, both, daily, brief]


def open_world(folder: Path, *badges: object, strict: bool = True, configuration: str = "") -> World:
    return World(folder, badges, strict=strict, configuration=configuration)


async def test_what_somebody_did_is_counted_and_announced_when_it_returns(world: World, ana: Member) -> None:
    await ana.says("hi", times=9)
    assert world.awards(ana) == ["brief"]
    await ana.says("hi")
    assert world.awards(ana) == ["brief", "chatterbox"]
    assert world.transcript == ["Ana earned Brief", "Ana earned Chatterbox"]


async def test_levels_are_there_in_the_order_in_which_they_were_won(world: World, ana: Member, bob: Member, cleo: Member) -> None:
    for member in (bob, cleo):
        await member.thanks(ana)
    assert world.awards(ana) == ["thanked", "thanked@2"]
    assert world.awards(bob) == []
    assert [award.level_name for award in world.standing(ana)] == ["Bronze", "Silver"]
    assert await world.progress(ana, "thanked") == 2
    assert [row.event.actor for row in (await world.why(ana, "thanked")).counted] == [bob.account, cleo.account]


async def test_people_in_the_data_become_accounts_that_are_described(world: World, ana: Member) -> None:
    robot = world.person("Robot", bot=True)
    event = await world.happens("pull_request.merged", ana, author=robot, reviewers=[ana, Account("github", "7")])
    assert event.data == {"author": "world:robot", "reviewers": ["world:ana", "github:7"]}
    assert {account.key: account.bot for account in event.others} == {"world:robot": True, "world:ana": False, "github:7": False}


async def test_what_is_written_mentions_people_by_name(world: World, ana: Member, bob: Member) -> None:
    assert world.mentioned("thanks @Bob and @bob, and @nobody") == [bob, bob]
    (event,) = await ana.does("message.posted", mentions=world.mentioned("@bob"))
    assert event.data["mentions"] == [bob.account.key]


async def test_the_same_name_is_the_same_person(world: World, ana: Member) -> None:
    assert world.person("ana") is ana
    assert world.person("ana", platform="github").account != ana.account


async def test_the_clock_moves_only_when_told_and_no_two_events_share_a_moment(world: World, ana: Member) -> None:
    assert world.now == datetime(2024, 6, 3, 9, tzinfo=UTC)
    events = [*await ana.does("push", times=2), *await ana.does("push", times=2, every=DAY)]
    assert [event.time - events[0].time for event in events] == [timedelta(seconds=s) for s in (0, 1, 2, 2 + DAY.total_seconds())]
    assert world.now == events[-1].time + DAY


async def test_a_streak_goes_on_from_day_to_day(world: World, ana: Member) -> None:
    await ana.says("morning", times=2, every=DAY)
    assert "daily" not in world.awards(ana)
    await ana.says("morning")
    assert "daily" in world.awards(ana)


async def test_while_it_waits_days_begin(tmp_path: Path) -> None:
    async with open_world(tmp_path, Riser, configuration='[communities.here]\ntimezone = "Asia/Tokyo"') as world:
        ana = world.person("Ana")
        await ana.says("hi")
        await world.wait(2 * DAY)
        begun = [datetime(2024, 6, day, tzinfo=ZoneInfo("Asia/Tokyo")) for day in (4, 5)]
        assert [award.time for award in world.standing(ana)] == begun
        world.later(days=1)
        await ana.says("hi")
        assert world.awards(ana) == ["riser"] * 3


async def test_what_was_taken_back_is_withdrawn_and_the_transcript_says_so(world: World, ana: Member, bob: Member) -> None:
    await world.happens("reaction.added", bob, author=ana, emoji="+1", thing="r1")
    assert world.awards(ana) == ["liked"]
    await world.happens("reaction.added", bob, author=ana, emoji="+1", thing="r1", on=False)
    assert world.awards(ana) == []
    assert world.transcript == ["Ana earned Liked", "(withdrawn) Ana no longer holds Liked"]


async def test_people_give_revoke_reinstate_and_undo(world: World, ana: Member, bob: Member) -> None:
    cause = await world.gives(bob, "kind", ana, note="for the cake")
    assert [(award.badge, award.note, award.cause) for award in world.standing(ana)] == [("kind", "for the cake", cause)]
    await world.revokes(bob, "kind", ana)
    assert world.awards(ana) == []
    await world.reinstates(bob, "kind", ana)
    assert world.awards(ana) == ["kind"]
    await world.undoes(bob, cause)
    assert world.awards(ana) == []


async def test_linked_accounts_are_one_person(world: World, ana: Member, bob: Member) -> None:
    there = world.person("ana", platform="github")
    await bob.thanks(ana)
    await world.happens("reaction.added", bob, author=there)
    assert "both" not in world.awards(ana)
    await world.links(ana, there)
    assert "both" in world.awards(ana)
    assert world.awards(ana) == world.awards(there)


async def test_what_expires_is_no_longer_held(world: World, ana: Member) -> None:
    await ana.says("hi")
    await world.wait(timedelta(days=6))
    assert world.awards(ana) == ["brief"]
    await world.wait(DAY)
    assert world.awards(ana) == []


async def test_a_stream_is_replayed_as_it_comes(world: World, ana: Member, bob: Member) -> None:
    stream = [
        Event(f"e{n}", "elsewhere", "thanks.given", world.now + n * DAY, who.account, {"receiver": ana.account.key}, others=(ana.account,))
        for n, who in enumerate((bob, world.person("Cleo"), bob))
    ]
    await world.replay([stream[2], stream[0], stream[2], stream[1]])
    assert sorted(world.awards(ana)) == ["thanked", "thanked@2"]
    assert await world.regraded() == []
    await world.regrade()
    assert sorted(world.awards(ana)) == ["thanked", "thanked@2"]


async def test_a_regrade_that_differs_is_told(tmp_path: Path) -> None:
    async with open_world(tmp_path, Moody()) as world:
        await world.person("Ana").says("hi", times=12)
        assert any("moody@1" in line for line in await world.regraded())


async def test_a_badge_that_is_refused_fails_the_test_with_the_reason(tmp_path: Path) -> None:
    wrong = Badge(slug="wrong", measure=Count("mesage.posted"), levels=(Level(at=1),))
    with pytest.raises(WorldError, match=r"mesage\.posted"):
        await open_world(tmp_path, wrong, chatterbox).__aenter__()
    async with open_world(tmp_path, wrong, chatterbox, strict=False) as world:
        assert len(world.problems) == 1
        assert list(world.registry.definitions) == ["chatterbox"]


async def test_code_that_fails_fails_the_test_with_the_reason(tmp_path: Path) -> None:
    async with open_world(tmp_path, Broken) as world:
        await world.person("Ana").says("hi")
        with pytest.raises(WorldError, match=r"broken failed on event-000002 \(message.posted\): .*ZeroDivisionError"):
            await world.person("Ana").says("")


async def test_where_failures_are_the_point_they_are_listed_and_tried_again_in_time(tmp_path: Path) -> None:
    async with open_world(tmp_path, Broken, strict=False) as world:
        ana = world.person("Ana")
        await ana.says("")
        assert len(world.failures) == 1
        await ana.says("hi")
        assert world.awards(ana) == []  # what comes after the failure waits for it
        await world.wait(timedelta(hours=1))
        assert world.awards(ana) == ["broken"]


MISSPELT = [("message.posted", "lenght", "length"), ("mesage.posted", "length", "message.posted")]


@pytest.mark.parametrize(("type_", "field", "meant"), MISSPELT)
async def test_a_misspelt_name_is_told_with_the_nearest(world: World, ana: Member, type_: str, field: str, meant: str) -> None:
    with pytest.raises((TypeError, WorldError), match=f"did you mean '{meant}'"):
        await ana.does(type_, **{field: 1})


async def test_whatever_github_sends_may_happen(world: World, ana: Member) -> None:
    await ana.does("github.deployment.created", environment="production")


async def test_without_a_badge_nothing_can_be_asked(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        with pytest.raises(WorldError, match="override the fixture `pack`"):
            world.awards(world.person("Ana"))


async def test_the_configuration_is_what_the_file_would_say(tmp_path: Path) -> None:
    texts = Badge(slug="greeter", measure=Count("message.posted", where="event.data.text == 'hello'"), levels=(Level(at=1),))
    kept = '[communities.here]\nkeep_text = true\ntimezone = "Asia/Tokyo"\n[communities.here.badges.greeter]\nname = "Doorman"'
    async with open_world(tmp_path, texts, configuration=kept) as world:
        await world.person("Ana").says("hello")
        assert world.transcript == ["Ana earned Doorman"]


async def test_a_rule_file_is_a_pack(tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_text('[pusher]\non = "push"\ncount = "events"\nat = 2\n')
    async with open_world(tmp_path, tmp_path / "rules.toml", chatterbox) as world:
        ana = world.person("Ana")
        await ana.does("push", times=2)
        assert world.awards(ana) == ["pusher"]
