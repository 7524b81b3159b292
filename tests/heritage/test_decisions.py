"""Where the two seed systems disagree or were wrong, and what was decided: each test fails if the old behaviour came back.

Here is what the engine does by itself; what people do is in the other module.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest

from heritage import asks, results, rows
from laurels import (
    Account,
    Actor,
    AwardNews,
    Badge,
    Check,
    Count,
    Event,
    EventType,
    Grant,
    Hook,
    Level,
    NominationNews,
    Place,
    Refused,
    Verdict,
    Veto,
)
from laurels.policy import SYSTEM
from laurels.testing import Member, World
from small import NAME, small

ONCE = (Level(at=1),)
THREE = ("Bronze", "Silver", "Gold")
START = datetime(2024, 6, 3, 9, tzinfo=UTC)
ANA = Account("test", "ana")
LEVELLED = EventType("level.reached", "The code is told which level to grant.", level=int)


class Told(Badge):
    """Grants the level that the event says."""

    slug = "told"
    levels = THREE
    events = ("level.reached",)

    def award(self, check: Check) -> Verdict:
        return Grant(level=check.event.data["level"] or None)


def message(number: int, *, at: datetime = START, who: Account = ANA) -> Event:
    return Event(f"m{number}", "test", "message.posted", at, who, community=NAME)


# -- where a badge lives, what triggers it ---------------------------------------------------------------------------------------------


class Coded(Badge):
    slug = "coded"
    name = "弁護士 “of the month”"


async def test_decision_where_a_badge_lives_code_files_and_people_make_badges_that_are_the_same_to_the_engine(tmp_path: Path) -> None:
    rules = tmp_path / "more.toml"
    rules.write_text('[filed]\nname = "Filed away"\n')
    async with World(tmp_path, [Coded, Badge(slug="made"), rules]) as world:
        assert results(await world.acts.workshop.create(SYSTEM, "spoken", {"name": "Gesprächig"})) == ["CREATED"]
        await world.rest()
        ana = world.person("Ana")
        await ana.says("hi")
        slugs = ("coded", "made", "filed", "spoken")
        for slug in slugs:
            assert results(await world.acts.awards.give(SYSTEM, slug, [ana.account])) == ["AWARDED"]
        await world.rest()
        assert [award.name for award in world.standing(ana)] == ["弁護士 “of the month”", "Made", "Filed away", "Gesprächig"]
        assert {type(world.registry.definition(slug).badge).__mro__[-2] for slug in slugs} == {Badge}


@pytest.mark.parametrize("slug", ["弁護士", "Hello-World-3-2---'x'-y", "Kind", "-kind", "two words", "über"])
async def test_decision_where_a_badge_lives_a_slug_is_plain_and_never_changes(tmp_path: Path, slug: str) -> None:
    async with World(tmp_path, [Badge(slug=slug)], strict=False) as world:
        assert "no slug" in str(world.problems[0])
        assert results(await world.acts.workshop.create(SYSTEM, slug, {})) == ["INVALID"]
        await world.acts.workshop.create(SYSTEM, "kind", {"name": "Kind"})
        assert results(await world.acts.workshop.edit(SYSTEM, "kind", {"slug": "kinder"})) == ["INVALID"]
        await world.acts.workshop.edit(SYSTEM, "kind", {"name": "Kinder"})
        await world.rest()
        assert [(d.slug, d.name) for d in world.registry.definitions.values()] == [("kind", "Kinder")]


class Eager(Badge):
    slug = "eager"
    repeatable = True
    events = ("message.posted",)

    def award(self, check: Check) -> Verdict:
        return Grant()


async def test_decision_what_triggers_it_a_badge_is_asked_once_about_each_of_its_events_and_of_no_others(tmp_path: Path) -> None:
    async with World(tmp_path, [Eager, Eager, Eager(slug="lost", events=("mesage.posted",))], strict=False) as world:
        assert ["already" in str(world.problems[0]), "message.posted" in str(world.problems[1])] == [True, True]
        ana, bob = world.person("Ana"), world.person("Bob")
        await ana.says("hi", times=2)
        await ana.thanks(bob)
        await ana.does("issue.opened")
        assert world.awards(ana) == ["eager"] * 2  # registered twice, it would have been asked twice


# -- one award -----------------------------------------------------------------------------------------------------------------------


async def test_decision_uniqueness_is_one_key_of_the_database_not_a_look_before_the_write(tmp_path: Path) -> None:
    async with World(tmp_path, [Badge(slug="kind")]) as world:
        ana, bob = world.person("Ana"), world.person("Bob")
        await ana.says("hi")
        await world.gives(bob, "kind", ana)
        columns = [row[1] for row in rows(world, "PRAGMA table_info(award)")]
        (kept,) = rows(world, "SELECT * FROM award")

        def insert(**other: object) -> None:
            values = dict(zip(columns, kept, strict=True)) | {"id": None} | other
            quoted = ", ".join(f'"{name}"' for name in values)
            rows(world, f"INSERT INTO award ({quoted}) VALUES ({', '.join('?' * len(values))})", *values.values())

        for other in ({}, {"state": "revoked"}, {"cause": "command:99", "time": 1}):
            with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
                insert(**other)
        for other in ({"person": 99}, {"level": 2}, {"occurrence": "2024"}):
            insert(**other)


class Barring(Hook):
    """Vetoes one badge."""

    async def award_will_be_made(self, award: AwardNews) -> Veto | None:
        return Veto("not that one") if award.badge == "barred" else None


async def test_decision_duplicate_every_attempt_has_an_outcome_and_none_raises(tmp_path: Path) -> None:
    badges = [Badge(slug="kind"), Badge(slug="rank", levels=THREE), Badge(slug="barred"), Barring]
    async with World(tmp_path, badges) as world:
        ana, bob = world.person("Ana"), world.person("Bob")
        await ana.says("hi")

        async def gives(slug: str, level: int = 1, by: Actor = SYSTEM, to: Member = ana) -> str:
            (outcome,) = await world.acts.awards.give(by, slug, [to.account], level=level)
            return outcome.result

        assert await gives("rank", 3) == "AWARDED"
        assert await gives("rank", 3) == "ALREADY_HELD"
        assert await gives("rank", 1) == "HIGHER_HELD"
        assert await gives("kind", to=bob) == "HELD_FOR"
        assert await gives("kind", to=bob) == "ALREADY_HELD"
        assert await gives("barred") == "VETOED"
        assert await gives("kind", by=Actor(bob.account)) == "FORBIDDEN"
        await gives("kind")
        await world.acts.awards.revoke(SYSTEM, "kind", ana.account, 1)
        assert await gives("kind") == "INVALID"
        rows(world, "CREATE TRIGGER full BEFORE INSERT ON award BEGIN SELECT RAISE(ABORT, 'the disk is full'); END")
        assert await gives("rank", 2, to=ana) == "HIGHER_HELD"
        await world.acts.awards.revoke(SYSTEM, "rank", ana.account, 3)
        assert await gives("rank", 1) == "FAILED"
        rows(world, "DROP TRIGGER full")
        assert await gives("rank", 1) == "AWARDED"


# -- levels --------------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def pack() -> list[object]:
    """What the tests that take the fixture ``world`` have."""
    return [
        LEVELLED,
        Told,
        Told(slug="exact", level_policy="exact"),
        Told(slug="fill", level_policy="fill"),
        Badge(slug="rank", levels=THREE),
        Badge(slug="talker", measure=Count("message.posted"), levels=ONCE),
    ]


@pytest.mark.parametrize("level", [-1, 4, 0], ids=["negative", "too high", "none"])
async def test_decision_levels_one_that_there_is_not_is_that_badges_error_and_nobody_elses(tmp_path: Path, level: int) -> None:
    beside = Badge(slug="beside", measure=Count("level.reached"), levels=ONCE)
    async with World(tmp_path, [LEVELLED, Told, beside], strict=False) as world:
        ana = world.person("Ana")
        await ana.does("level.reached", level=level)
        assert world.awards(ana) == ["beside"]
        assert "told failed on" in world.failures[0]
        assert rows(world, "SELECT level FROM award") == [(1,)]


class Zeroth(Badge):
    """What brabeion took: stored as -1 and shown as the last level."""

    slug = "zeroth"
    levels = THREE
    events = ("message.posted",)

    def award(self, check: Check) -> Verdict:
        return Grant(level=0)


async def test_decision_levels_zero_is_refused_everywhere_and_what_is_stored_counts_from_one(tmp_path: Path) -> None:
    async with World(tmp_path, [Zeroth, Badge(slug="rank", levels=THREE)], strict=False) as world:
        ana = world.person("Ana")
        await ana.says("hi")
        assert "levels go from 1 to 3" in world.failures[0]
        for level in (0, -1, 4):
            with pytest.raises(Refused, match="levels go from 1 to 3"):
                await world.acts.awards.give(SYSTEM, "rank", [ana.account], level=level)
        with pytest.raises(Refused, match="say which: 1 Bronze, 2 Silver, 3 Gold"):
            await world.acts.awards.give(SYSTEM, "rank", [ana.account])
        await world.acts.awards.give(SYSTEM, "rank", [ana.account], level=3)
        assert rows(world, "SELECT level, level_name FROM award") == [(3, "Gold")]


async def test_decision_levels_a_lower_one_is_not_awarded_after_a_higher(world: World, ana: Member) -> None:
    for level in (2, 1, 2, 1):
        await ana.does("level.reached", level=level)
    assert [award for award in world.awards(ana) if award.startswith("told")] == ["told@2"]
    assert results(await world.acts.awards.give(SYSTEM, "rank", [ana.account], level=3)) == ["AWARDED"]
    assert results(await world.acts.awards.give(SYSTEM, "rank", [ana.account], level=1)) == ["HIGHER_HELD"]


async def test_decision_levels_exact_awards_each_that_is_returned_once(world: World, ana: Member) -> None:
    for level in (3, 1, 3, 1):
        await ana.does("level.reached", level=level)
    assert [award for award in world.awards(ana) if award.startswith("exact")] == ["exact@3", "exact"]


async def test_decision_levels_fill_awards_those_below_too(world: World, ana: Member) -> None:
    await ana.does("level.reached", level=3)
    assert sorted(award for award in world.awards(ana) if award.startswith("fill")) == ["fill", "fill@2", "fill@3"]


async def test_decision_repeatable_and_levels_at_once_are_refused_when_the_badge_is_loaded(tmp_path: Path) -> None:
    async with World(tmp_path, [Badge(slug="both", repeatable=True, levels=THREE), Badge(slug="fine")], strict=False) as world:
        (problem,) = world.problems
        assert "repeatable" in str(problem)
        assert list(world.registry.definitions) == ["fine"]


# -- failure and hooks ---------------------------------------------------------------------------------------------------------------


class Flaky(Badge):
    """Fails until it is mended."""

    slug = "flaky"
    events = ("message.posted",)
    mended: ClassVar[bool] = False

    def award(self, check: Check) -> Verdict:
        if not self.mended:
            raise RuntimeError("not today")
        return Grant()


class Angry(Hook):
    """Raises whenever it is asked or told: that is no veto."""

    name = "angry"

    async def award_will_be_made(self, award: AwardNews) -> Veto | None:
        raise RuntimeError("no, no, no")

    async def award_was_made(self, award: AwardNews) -> None:
        raise RuntimeError("I don't want to hear it")


async def test_decision_failure_is_the_plugins_own_named_and_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with World(tmp_path, [Flaky, Angry, Badge(slug="talker", measure=Count("message.posted"), levels=ONCE)], strict=False) as world:
        announce, tries = world.chat.announce, []

        async def stutter(*announcement: Any) -> Any:
            tries.append(announcement)
            if len(tries) == 1:
                raise RuntimeError("the platform is down")
            return await announce(*announcement)

        monkeypatch.setattr(world.chat, "announce", stutter)
        ana = world.person("Ana")
        await ana.says("hi")
        assert world.awards(ana) == ["talker"]
        assert "flaky failed on event-000001 (message.posted)" in world.failures[0]
        monkeypatch.setattr(Flaky, "mended", True)
        await world.wait(timedelta(minutes=10))
        assert world.awards(ana) == ["talker", "flaky"]
        assert world.transcript[:1] == ["Ana earned Talker"]


class Odd(Hook):
    """Answers what is no answer."""

    name = "odd"
    answer: ClassVar[object]

    async def award_will_be_made(self, award: AwardNews) -> Any:
        return self.answer


NONSENSE = [True, "no", ValueError("no"), Veto(7), Veto(None), Veto(object()), Veto("half a \ud83d sign")]  # type: ignore[arg-type]


@pytest.mark.parametrize("answer", NONSENSE, ids=lambda answer: ascii(answer)[:20])
async def test_decision_failure_of_a_hook_that_answers_nonsense_forbids_nothing(
    tmp_path: Path, answer: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Odd, "answer", answer, raising=False)
    async with World(tmp_path, [Odd, Badge(slug="talker", measure=Count("message.posted"), levels=ONCE), Badge(slug="kind")]) as world:
        ana = world.person("Ana")
        await ana.says("hi")
        assert results(await world.acts.awards.give(SYSTEM, "kind", [ana.account])) == ["AWARDED"]
        await world.rest()
        assert world.awards(ana) == ["talker", "kind"]


class Careful(Hook):
    """Vetoes by its answer; hears of what was made."""

    name = "careful"
    closed: ClassVar[bool] = True
    heard: ClassVar[list[str]] = []

    async def award_will_be_made(self, award: AwardNews) -> Veto | None:
        self.heard.append(f"will {award.badge}")
        return Veto("closed on Mondays") if self.closed else None


async def test_decision_hooks_a_veto_is_an_answer_with_a_reason_and_stays_until_somebody_asks_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Careful, "heard", [])
    async with World(tmp_path, [Careful, Badge(slug="talker", measure=Count("message.posted"), levels=ONCE)]) as world:
        ana = world.person("Ana")
        await ana.says("hi", times=3)
        assert (world.awards(ana), Careful.heard) == ([], ["will talker"])
        (outcome,) = await world.acts.awards.give(SYSTEM, "talker", [ana.account])
        assert (outcome.result, outcome.reason) == ("VETOED", "closed on Mondays")
        monkeypatch.setattr(Careful, "closed", False)
        assert results(await world.acts.awards.give(SYSTEM, "talker", [ana.account])) == ["AWARDED"]


async def test_decision_hooks_raising_is_no_veto(tmp_path: Path) -> None:
    async with World(tmp_path, [Angry, Badge(slug="kind")]) as world:
        ana = world.person("Ana")
        await ana.says("hi")
        assert results(await world.acts.awards.give(SYSTEM, "kind", [ana.account])) == ["AWARDED"]
        await world.rest()
        assert world.awards(ana) == ["kind"]


async def told(world: World, heard: Callable[[], bool]) -> None:
    """Return once the hooks have heard it."""
    async with asyncio.timeout(20):
        while not heard():
            await world.app.teller.tell_some()
            await asyncio.sleep(0)


class Witness(Hook):
    """Looks, when told, whether it is in the file; fails until it may speak."""

    name = "witness"
    file: ClassVar[Path]
    silent: ClassVar[bool] = True
    seen: ClassVar[list[tuple[str, int]]] = []

    async def award_was_made(self, award: AwardNews) -> None:
        if self.silent:
            raise RuntimeError("not now")
        with closing(sqlite3.connect(self.file)) as file:
            ((count,),) = file.execute("SELECT count(*) FROM award WHERE state = 'active'").fetchall()
        self.seen.append((f"{award.badge} {award.person}", count))


async def test_decision_hooks_are_told_after_the_commit_and_again_after_a_restart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Witness, "file", tmp_path / "laurels.db", raising=False)
    monkeypatch.setattr(Witness, "seen", [])
    pack = [Witness, Badge(slug="kind")]
    async with World(tmp_path, pack) as world:
        ana = world.person("Ana")
        await ana.says("hi")
        assert results(await world.acts.awards.give(SYSTEM, "kind", [ana.account])) == ["AWARDED"]
        await world.app.teller.tell_some()
        await world.rest()
        assert (world.awards(ana), Witness.seen) == (["kind"], [])
    monkeypatch.setattr(Witness, "silent", False)
    async with World(tmp_path, pack) as world:
        world.later(hours=1)
        await told(world, lambda: bool(Witness.seen))
    assert set(Witness.seen) == {("kind Ana", 1)}


class Diary(Hook):
    """Writes down all that it is asked and told."""

    name = "diary"
    asked: ClassVar[list[str]] = []
    told: ClassVar[list[str]] = []

    async def award_will_be_made(self, award: AwardNews) -> Veto | None:
        self.asked.append("award made")
        return None

    async def award_was_made(self, award: AwardNews) -> None:
        self.told.append("award made")

    async def award_will_be_revoked(self, award: AwardNews) -> Veto | None:
        self.asked.append("award revoked")
        return None

    async def award_was_revoked(self, award: AwardNews) -> None:
        self.told.append("award revoked")

    async def nomination_will_be_made(self, nomination: NominationNews) -> Veto | None:
        self.asked.append("nomination made")
        return None

    async def nomination_was_made(self, nomination: NominationNews) -> None:
        self.told.append("nomination made")

    async def nomination_will_be_approved(self, nomination: NominationNews) -> Veto | None:
        self.asked.append("nomination approved")
        return None

    async def nomination_was_approved(self, nomination: NominationNews) -> None:
        self.told.append("nomination approved")

    async def nomination_will_be_accepted(self, nomination: NominationNews) -> Veto | None:
        self.asked.append("nomination accepted")
        return None

    async def nomination_was_accepted(self, nomination: NominationNews) -> None:
        self.told.append("nomination accepted")

    async def nomination_will_be_rejected(self, nomination: NominationNews) -> Veto | None:
        self.asked.append("nomination rejected")
        return None

    async def nomination_was_rejected(self, nomination: NominationNews) -> None:
        self.told.append("nomination rejected")


async def test_decision_hooks_come_in_pairs_for_all_that_is_decided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Diary, "asked", [])
    monkeypatch.setattr(Diary, "told", [])
    async with World(tmp_path, [Diary, Badge(slug="kind", nominations=True)]) as world:
        ana, bob = world.person("Ana"), world.person("Bob")
        for person in (ana, bob):
            await person.says("hi")
        acts = world.acts.nominations
        (made,) = await acts.nominate(Actor(ana.account), "kind", bob.account)
        await acts.approve(SYSTEM, made.seq)
        await acts.accept(Actor(bob.account), made.seq)
        await world.acts.awards.revoke(SYSTEM, "kind", bob.account, 1)
        (other,) = await acts.nominate(Actor(bob.account), "kind", ana.account)
        await acts.reject(SYSTEM, other.seq, "not yet")
        wanted = [
            "nomination made", "nomination approved", "nomination accepted", "award made", "award revoked", "nomination made",
            "nomination rejected",
        ]  # fmt: skip
        assert Diary.asked == wanted
        await told(world, lambda: len(Diary.told) >= len(wanted))
        assert sorted(Diary.told) == sorted(wanted)


# -- time, and what is decided later -----------------------------------------------------------------------------------------------------


async def test_decision_time_is_when_it_happened_and_when_it_was_heard_of_is_kept_beside_it(world: World, ana: Member) -> None:
    long_ago = world.now - timedelta(days=400)
    late = Event("old-1", "world", "message.posted", long_ago, ana.account, place=Place("world", "general"))
    await world.replay([late])
    (award,) = world.standing(ana)
    assert (award.time, award.recorded) == (long_ago, world.now)
    assert long_ago.date().isoformat() in str((await asks(world, ana, "why", "talker")).fields)


class Frozen(Badge):
    """Decided later, on what the weather was then."""

    slug = "frozen"
    events = ("message.posted",)
    deferred = True
    weather: ClassVar[str] = "snow"
    failing: ClassVar[bool] = False

    def freeze(self, check: Check) -> Mapping[str, Any]:
        return {"weather": self.weather}

    def award(self, check: Check) -> Verdict:
        if self.failing:
            raise RuntimeError("no worker is well today")
        return Grant(note=f"there was {check.state['weather']}")


async def test_decision_deferred_badges_decide_after_a_restart_on_the_state_that_was_frozen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with small(tmp_path / "x.db", [Frozen()], run=False) as it:
        await it.put(message(1))
        await it.engine.count_some()  # the event is done with; then the process ends
        assert await it.awards() == set()
        assert await it.store.pending(1) == []
    monkeypatch.setattr(Frozen, "weather", "sun")
    async with small(tmp_path / "x.db", [Frozen()]) as it:
        await it.rest()
        assert [award.note for award in await it.store.awards(NAME)] == ["there was snow"]


class Clock:
    def __init__(self) -> None:
        self.now = START + timedelta(days=1)

    def __call__(self) -> datetime:
        return self.now


async def test_decision_deferred_badges_that_fail_are_tried_again_later_and_later_then_parked_in_sight(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Frozen, "failing", True)
    clock, waits = Clock(), []
    async with small(tmp_path / "x.db", [Frozen()], clock=clock) as it:
        await it.put(message(1))
        while not await it.store.parked_events():
            await it.rest()
            if failing := await it.store.failing_dues():
                waits.append(failing[0].time - clock.now)
                clock.now = failing[0].time
        (parked,) = await it.store.parked_events()
        assert (parked.event, "no worker is well today" in parked.error) == ("m1", True)
    assert waits == [timedelta(seconds=1), timedelta(seconds=4)]
