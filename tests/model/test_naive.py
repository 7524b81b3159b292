"""The naive model against results worked out by hand: these are the semantics as examples."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from decision import Decision
from laurels import Account, Advance, Badge, Cap, Count, Distinct, Event, Grant, Level, Streak, Sum, all_of, any_of, at_least
from naive import naive
from strategies import CONDITIONS, TYPES, Case, cases

BERLIN = "Europe/Berlin"
MONDAY = datetime(2024, 6, 3, 10, tzinfo=UTC)  # noon in Berlin
DAY, HOUR, MINUTE = timedelta(1), timedelta(hours=1), timedelta(minutes=1)
ONE = (Level(at=1),)


def said(id, at=MONDAY, who="ana", **more):
    data = {name: more.pop(name) for name in ("points", "mentions", "label") if name in more}
    return Event(id, "chat", "test.said", at, Account("test", who, bot=who == "bot"), data, **more)


def thanked(id, giver, receiver, at=MONDAY, **more):
    actor, others = Account("test", giver, bot=giver == "bot"), (Account("test", receiver, bot=receiver == "bot"),)
    return Event(id, "chat", "test.thanked", at, actor, {"receiver": f"test:{receiver}"}, others=others, **more)


def done(id, who="ana", at=MONDAY, **data):
    return Event(id, "chat", "test.done", at, Account("test", who), data)


def decided(verb, badge, at, who="ana", level=1, occurrence=""):
    return Decision(f"{verb} {badge} {at}", at, verb, badge, f"test:{who}", level, occurrence)


def measured(measure, *at, slug="b", **attributes):
    return Badge(slug=slug, measure=measure, levels=tuple(Level(at=number) for number in at or (1,)), **attributes)


def meta(slug, requires, **attributes):
    return Badge(slug=slug, requires=requires, **attributes)


def held(badges, arrivals, zone=BERLIN):
    """What is held, with the parts that are the usual left out."""
    found = naive(badges if isinstance(badges, list) else [badges], arrivals, zone, TYPES, CONDITIONS)
    assert len({holding[:4] for holding in found}) == len(found)
    return {" ".join(f"{who.removeprefix('test:')} {slug}{f'@{n}' if n > 1 else ''} {occ} {state if state != 'active' else ''}".split())
            for who, slug, n, occ, state in found}  # fmt: skip


def every(step, count, start=MONDAY, **more):
    return [said(f"e{number}", start + number * step, **more) for number in range(count)]


class ByPoints(Badge):
    slug, events, levels = "points", ("test.said",), ("One", "Two", "Three")

    def award(self, check):
        points = check.event.data.get("points", 0)
        return Grant(level=points, to=tuple(check.event.data.get("mentions", ())) or None) if points else None


class Climber(Badge):
    slug, events, levels = "climber", ("test.said",), ("One", "Two", "Three")

    def award(self, check):
        return Grant(level=min(3, check.held.get("climber", 0) + 1))


class Mover(Badge):
    slug, events, levels = "mover", ("test.said",), (Level(at=2), Level(at=5))

    def award(self, check):
        points = check.event.data["points"]
        return [Advance(by=points)] if points < 10 else Advance(to=0)


class Everywhere(Badge):
    slug, events = "everywhere", ("test.said",)

    async def award(self, check):
        return Grant() if await check.count("test.done") >= 2 else None


# -- which events count: S1 ----------------------------------------------------------------------------------------------------


def test_an_event_that_arrives_thrice_counts_once():
    assert held(measured(Count(types="test.said"), 1, 2), [said("a"), said("a"), said("a")]) == {"ana b"}


def test_a_thing_is_counted_as_its_newest_state_whatever_arrives_first():
    on, off = said("on", MONDAY, thing="t"), said("off", MONDAY + HOUR, thing="t", on=False)
    again = said("again", MONDAY + 2 * HOUR, thing="t")
    badge = measured(Count(types="test.said"), 1, 2)
    assert held(badge, [on, off]) == held(badge, [off, on]) == set()
    assert held(badge, [again, off, on]) == held(badge, [on, again, off]) == {"ana b"}


def test_of_two_states_of_one_time_the_later_to_arrive_is_in_force():
    on, off = said("on", thing="t"), said("off", thing="t", on=False)
    badge = measured(Count(types="test.said"))
    assert held(badge, [on, off]) == set()
    assert held(badge, [off, on]) == {"ana b"}
    assert held(badge, [on, off, on]) == set(), "what arrives again has its place from the first time"


def test_a_deletion_names_the_event_itself_as_its_thing():
    assert held(measured(Count(types="test.said")), [said("a"), said("a-deleted", MONDAY + HOUR, thing="a", on=False)]) == set()


def test_things_of_two_sources_are_two_things_though_their_names_are_one():
    badge = measured(Count(types="test.said"), 1, 2)
    assert held(badge, [said("a"), replace(said("a"), source="other")]) == {"ana b", "ana b@2"}
    assert held(badge, [said("a"), replace(said("x", on=False, thing="a"), source="other")]) == {"ana b"}


def test_an_edit_keeps_the_time_and_changes_what_is_counted():
    edit = said("a2", MONDAY, thing="a", revised=MONDAY + DAY, points=5)
    badge = measured(Sum(types="test.said", field="event.data.points"), 1, 5)
    assert held(badge, [said("a", points=1), edit]) == held(badge, [edit, said("a", points=1)]) == {"ana b", "ana b@2"}
    assert held(badge, [edit, said("a3", MONDAY, thing="a", revised=MONDAY + HOUR, points=1)]) == {"ana b", "ana b@2"}


def test_what_happens_at_one_time_is_folded_in_the_order_of_ids():
    low, high = said("a", points=1), said("b", points=2)
    assert held(ByPoints(), [high, low]) == {"ana points", "ana points@2"}
    assert held(ByPoints(), [replace(low, id="c"), high]) == {"ana points@2"}


# -- for whom: S2 --------------------------------------------------------------------------------------------------------------


def test_a_measure_is_the_actors_unless_it_says_to_whom():
    thanks = [thanked("a", "ana", "ben"), thanked("b", "cem", "ben")]
    assert held(measured(Count(types="test.thanked"), 1), thanks) == {"ana b", "cem b"}
    assert held(measured(Count(types="test.thanked", to="event.data.receiver"), 1, 2), thanks) == {"ben b", "ben b@2"}


def test_each_account_in_a_list_is_a_recipient_once_and_the_actor_only_where_allowed():
    line = said("a", mentions=["test:ben", "test:ana", "test:ben"])
    count = Count(types="test.said", to="event.data.mentions")
    assert held(measured(count, 1, 2), [line]) == {"ben b"}
    assert held(measured(count, 1, 2, allow_self=True), [line]) == {"ana b", "ben b"}


def test_bots_give_and_get_nothing_unless_the_badge_asks():
    thanks = [thanked("a", "bot", "ben"), thanked("b", "ana", "bot")]
    count = Count(types="test.thanked", to="event.data.receiver")
    assert held(measured(count), thanks) == set()
    assert held(measured(count, bots=True), thanks) == {"ben b", "bot b"}
    assert held(measured(Count(types="test.thanked")), thanks) == {"ana b"}


def test_only_what_a_condition_is_true_of_counts():
    lines = [said("a", points=1), said("b", points=2), said("c")]
    assert held(measured(Count(types="test.said", where="event.data.points >= 2"), 1, 2), lines) == {"ana b"}


# -- cooldown and cap: S3 ------------------------------------------------------------------------------------------------------


def test_a_cooldown_starts_at_what_counted_and_ends_at_its_very_end():
    badge = measured(Count(types="test.said", cooldown="60m"), 1, 2, 3)
    assert held(badge, every(30 * MINUTE, 4)) == {"ana b", "ana b@2"}, "at 0 and 60 minutes; 30 and 90 are too soon"
    assert held(badge, every(30 * MINUTE, 4)[1:]) == {"ana b", "ana b@2"}, "at 30 and 90 minutes"


def test_a_cap_is_by_local_day_and_actor_for_each_recipient():
    badge = measured(Count(types="test.thanked", to="event.data.receiver", cap=Cap(at=1)), 1, 2, 3)
    thanks = [thanked("a", "ana", "ben"), thanked("b", "ana", "ben")]
    tonight = thanked("d", "ana", "ben", MONDAY + 13 * HOUR)
    assert held(badge, thanks) == {"ben b"}
    assert held(badge, [*thanks, thanked("c", "cem", "ben"), tonight]) == {"ben b", "ben b@2", "ben b@3"}
    assert held(badge, [*thanks, tonight], "UTC") == {"ben b"}, "23:00 in UTC is still Monday"


def test_a_cap_by_pair_is_for_each_counterpart_of_the_actor():
    thanks = [thanked("a", "ana", "ben"), thanked("b", "ana", "ben"), thanked("c", "ana", "cem")]
    assert held(measured(Count(types="test.thanked", cap=Cap(by="actor", at=1)), 1, 2, 3), thanks) == {"ana b"}
    assert held(measured(Count(types="test.thanked", cap=Cap(by="pair", at=1)), 1, 2, 3), thanks) == {"ana b", "ana b@2"}


def test_what_the_cooldown_refuses_uses_up_no_cap_and_what_the_cap_refuses_starts_no_cooldown():
    badge = measured(Count(types="test.said", cooldown="60m", cap=Cap(at=2)), 1, 2, 3)
    times = [MONDAY + minutes * MINUTE for minutes in (0, 30, 60)]
    assert held(badge, [said(str(at), at) for at in times]) == {"ana b", "ana b@2"}
    midnight = MONDAY + 12 * HOUR
    late = [said(str(at), at) for at in (MONDAY, MONDAY + HOUR, midnight - 20 * MINUTE, midnight + 20 * MINUTE)]
    assert held(badge, late) == {"ana b", "ana b@2", "ana b@3"}, "the third is over the day's cap, so the fourth needn't wait for it"


# -- numbers: S4 ---------------------------------------------------------------------------------------------------------------


def test_a_sum_adds_numbers_and_passes_over_what_is_none():
    lines = [said("a", points=2), said("b"), said("c", points=True), said("d", points=-1), said("e", points=2)]
    assert held(measured(Sum(types="test.said", field="event.data.points"), 2, 3, 4), lines) == {"ana b", "ana b@2"}


def test_levels_are_won_by_the_highest_value_there_ever_was():
    lines = [said("a", points=3), said("b", MONDAY + HOUR, points=-3)]
    assert held(measured(Sum(types="test.said", field="event.data.points"), 3), lines) == {"ana b"}
    assert held(measured(Sum(types="test.said", field="event.data.points"), 3), [lines[1], said("a", MONDAY + 2 * HOUR, points=3)]) == set()


def test_distinct_counts_values_but_not_empty_ones_and_each_item_of_a_list():
    lines = [said("a", label="x"), said("b", label="x"), said("c", label=""), said("d"), said("e", label="y")]
    assert held(measured(Distinct(types="test.said", field="event.data.label"), 1, 2, 3), lines) == {"ana b", "ana b@2"}
    lists = [said("a", mentions=["test:ben", "test:cem"]), said("b", mentions=["test:cem", "test:dan"])]
    assert held(measured(Distinct(types="test.said", field="event.data.mentions"), 3, 4), lists) == {"ana b"}


def test_what_has_no_value_starts_no_cooldown():
    lines = [said("a"), said("b", MONDAY + MINUTE, label="x")]
    assert held(measured(Distinct(types="test.said", field="event.data.label", cooldown="1h")), lines) == {"ana b"}


def test_a_window_is_open_at_its_old_end():
    badge = measured(Count(types="test.said", within="2h"), 2, 3)
    assert held(badge, every(HOUR, 3)) == {"ana b"}
    assert held(badge, [*every(HOUR, 2), said("x", MONDAY + 2 * HOUR - MINUTE)]) == {"ana b", "ana b@2"}


def test_a_measure_per_day_starts_again_at_local_midnight():
    badge = measured(Count(types="test.said", per="day"), 2)
    assert held(badge, every(2 * HOUR, 2, MONDAY.replace(hour=21))) == set(), "23:00 and 01:00 in Berlin"
    assert held(badge, every(2 * HOUR, 2, MONDAY.replace(hour=21)), "UTC") == {"ana b"}


@pytest.mark.parametrize(
    ("zone", "first", "days"),
    [
        (BERLIN, datetime(2024, 3, 29, 22, 30, tzinfo=UTC), 4),  # 23:30 in winter, 00:30 in summer: the 31st has nothing
        (BERLIN, datetime(2024, 10, 25, 22, 30, tzinfo=UTC), 4),  # 00:30 in summer, 23:30 in winter: the 27th has two
    ],
)
def test_a_streak_goes_by_the_calendar_across_a_clock_change(zone, first, days):
    lines = every(DAY, days, first)
    assert held(measured(Streak(types="test.said"), 2, 3, 4), lines, zone) == {"ana b"} | ({"ana b@2"} if first.month == 10 else set())


def test_weeks_are_iso_weeks():
    sunday = datetime(2024, 12, 29, 12, tzinfo=UTC)
    badge = measured(Count(types="test.said", per="week"), 1, slug="w", repeatable=True)
    assert held(badge, every(DAY, 2, sunday)) == {"ana w 2024-W52", "ana w 2025-W01"}
    assert held(measured(Streak(types="test.said", period="week"), 2), every(DAY, 2, sunday)) == {"ana b"}


def test_freezes_bridge_whole_gaps_only_and_are_used_up():
    streak = Streak(types="test.said", freezes=2, freeze_per="month")

    def on(*days):
        return [said(f"d{day}", datetime(2024, 6, day, 12, tzinfo=UTC)) for day in days]

    badge = measured(streak, 2, 3, 4)
    assert held(badge, on(1, 4)) == {"ana b"}, "two days missing, two freezes; they don't add"
    assert held(badge, on(1, 5)) == set(), "three days missing"
    assert held(badge, on(1, 3, 5)) == {"ana b", "ana b@2"}
    assert held(badge, on(1, 3, 5, 7)) == {"ana b", "ana b@2"}, "the third gap finds no freeze left"
    assert held(badge, on(1, 5, 8)) == {"ana b"}, "a gap that can't be bridged uses none"
    assert held(badge, [said("a", datetime(2024, 5, 28, 12, tzinfo=UTC)), *on(1)]) == set(), "three days of May"
    assert held(measured(streak, 2), [said("a", datetime(2024, 5, 29, 12, tzinfo=UTC)), *on(3)]) == {"ana b"}, "two of May and two of June"


# -- levels and occurrences: S5 ------------------------------------------------------------------------------------------------


def test_every_threshold_that_was_reached_is_won():
    assert held(measured(Sum(types="test.said", field="event.data.points"), 1, 5, 9), [said("a", points=6)]) == {"ana b", "ana b@2"}


def test_a_repeatable_total_is_won_at_each_multiple():
    count, total = Count(types="test.said"), Sum(types="test.said", field="event.data.points")
    assert held(measured(count, 2, repeatable=True), every(HOUR, 5)) == {"ana b 1", "ana b 2"}
    assert held(measured(total, 2, repeatable=True), [said("a", points=7)]) == {"ana b 1", "ana b 2", "ana b 3"}
    labels = [said(str(number), label=str(number)) for number in range(4)]
    assert held(measured(Distinct(types="test.said", field="event.data.label"), 2, repeatable=True), labels) == {"ana b 1", "ana b 2"}


@pytest.mark.parametrize(
    ("per", "occurrence"), [("hour", "2024-06-03T12"), ("day", "2024-06-03"), ("week", "2024-W23"), ("month", "2024-06"), ("year", "2024")]
)
def test_a_repeatable_per_period_is_named_by_the_local_period(per, occurrence):
    assert held(measured(Count(types="test.said", per=per), 2, repeatable=True), every(MINUTE, 5)) == {f"ana b {occurrence}"}


def test_a_repeatable_streak_is_won_at_each_multiple_in_any_run():
    lines = [*every(DAY, 5), *(said(f"x{n}", MONDAY + (10 + n) * DAY) for n in range(3))]
    assert held(measured(Streak(types="test.said"), 2, repeatable=True), lines) == {"ana b 1", "ana b 2", "ana b 3"}


def test_a_repeatable_window_is_spent_when_it_wins():
    badge = measured(Count(types="test.said", within="4h"), 3, repeatable=True)
    assert held(badge, every(HOUR, 5)) == {"ana b 1"}
    assert held(badge, every(HOUR, 6)) == {"ana b 1", "ana b 2"}
    total = measured(Sum(types="test.said", field="event.data.points", within="4h"), 3, repeatable=True)
    assert held(total, [said("a", points=9)]) == {"ana b 1"}


# -- badges with code: S6 ------------------------------------------------------------------------------------------------------


def test_code_is_asked_for_each_event_of_its_actor_and_may_grant_to_others():
    assert held(ByPoints(), [said("a", points=2), done("x", points=1)]) == {"ana points@2"}
    to_ben = said("a", points=1, mentions=["test:ben", "test:ana"])
    assert held(ByPoints(), [to_ben]) == {"ana points", "ben points"}, "who is named in a grant gets it, the actor too"
    assert held(ByPoints(), [said("a", who="bot", points=1)]) == set()
    assert held(ByPoints(bots=True), [said("a", who="bot", points=1)]) == {"bot points"}


def test_fill_gives_the_levels_below_too():
    assert held(ByPoints(level_policy="fill"), [said("a", points=3)]) == {"ana points", "ana points@2", "ana points@3"}


def test_what_others_granted_is_not_in_held_but_counts_for_the_level_policy():
    class Passing(Climber):
        def award(self, check):
            data = check.event.data
            return Grant(level=2, to=data["mentions"][0]) if "mentions" in data else super().award(check)

    rows = [said("a", who="ben", mentions=["test:ana"]), said("b", MONDAY + HOUR), said("c", MONDAY + 2 * HOUR)]
    assert held(Passing(), rows) == {"ana climber@2"}
    assert held(Passing(level_policy="exact"), rows) == {"ana climber", "ana climber@2"}


@pytest.mark.parametrize(
    ("policy", "expected"),
    [("highest", {"ana points@2"}), ("exact", {"ana points", "ana points@2"}), ("fill", {"ana points", "ana points@2"})],
)
def test_the_level_policy_looks_at_what_was_granted_before_in_the_fold(policy, expected):
    later, earlier = said("b", MONDAY + HOUR, points=1), said("a", points=2)
    assert held(ByPoints(level_policy=policy), [later, earlier]) == expected
    assert held(ByPoints(), [said("a", points=1), said("b", MONDAY + HOUR, points=3)]) == {"ana points", "ana points@3"}


def test_code_sees_its_measure_and_what_is_held_as_of_the_event():
    assert held(Climber(), every(HOUR, 2)) == {"ana climber", "ana climber@2"}

    class Third(Badge):
        slug, events, measure = "third", ("test.done",), Count(types="test.said")

        def award(self, check):
            return Grant() if check.value == 3 == check[self.measure] else None

    assert held(Third(), [*every(HOUR, 4), done("x", at=MONDAY + 150 * MINUTE)]) == {"ana third"}
    assert held(Third(), [*every(HOUR, 4), done("x", at=MONDAY + 4 * HOUR)]) == set()


def test_code_reads_the_persons_own_history_up_to_the_event():
    assert held(Everywhere(), [done("a"), done("b"), said("x", MONDAY + HOUR)]) == {"ana everywhere"}
    assert held(Everywhere(), [done("a"), done("b", who="ben"), said("x", MONDAY + HOUR)]) == set()
    assert held(Everywhere(), [done("a"), done("b", at=MONDAY + 2 * HOUR), said("x", MONDAY + HOUR)]) == set()


def test_a_repeatable_code_badge_is_won_once_for_each_event():
    lines = [said("a", points=1), said("b"), said("c", points=1)]
    assert held(ByPoints(repeatable=True, levels=()), lines) == {"ana points a", "ana points c"}


def test_advance_moves_a_number_that_wins_levels_like_a_measure():
    lines = [said(str(n), MONDAY + n * HOUR, points=points) for n, points in enumerate((1, 1, 10, 1, 3))]
    assert held(Mover(), lines) == {"ana mover"}
    assert held(Mover(), [*lines, said("x", MONDAY + DAY, points=1)]) == {"ana mover", "ana mover@2"}
    assert held(Mover(repeatable=True, levels=(Level(at=2),)), [said("a", points=5)]) == {"ana mover 1", "ana mover 2"}


def test_code_with_a_requirement_is_asked_only_while_it_is_held():
    first = measured(Count(types="test.done"), slug="first")
    badges = [first, ByPoints(requires="first")]
    early, work, late = said("a", points=1), done("w", at=MONDAY + HOUR), said("b", MONDAY + 2 * HOUR, points=2)
    assert held(badges, [early, work]) == {"ana first"}
    assert held(badges, [early, work, late]) == {"ana first", "ana points@2"}
    gone = decided("revoked", "first", MONDAY + 90 * MINUTE)
    assert held(badges, [early, work, late, gone]) == {"ana first revoked"}
    same = [measured(Count(types="test.said"), slug="first"), ByPoints(requires="first")]
    assert held(same, [early]) == {"ana first", "ana points"}, "what wins the requirement is asked about already"


def test_the_clock_asks_about_everybody_who_was_seen_before():
    class Daily(Badge):
        slug, events = "daily", ("clock.day",)

        def award(self, check):
            return Grant()

    tick = Event("tick", "clock", "clock.day", MONDAY)
    before, after = MONDAY - HOUR, MONDAY + HOUR
    assert held(Daily(), [said("a", before), said("b", after, who="ben"), said("c", before, who="bot"), tick]) == {"ana daily"}
    assert held(Daily(), [thanked("a", "ana", "ben", before), tick]) == {"ana daily", "ben daily"}, "who was named was seen"
    assert held(Daily(), [said("a", before), said("x", MONDAY, thing="a", on=False), tick]) == set()


# -- metas: S7 -----------------------------------------------------------------------------------------------------------------

LINE = measured(Count(types="test.said"), 1, 2, slug="line")
WORK = measured(Count(types="test.done"), slug="work")


def test_a_meta_is_won_when_all_is_held_at_one_moment():
    both = meta("both", all_of("line", "work"))
    assert held([LINE, WORK, both], [said("a")]) == {"ana line"}
    assert held([LINE, WORK, both], [done("w"), said("a")]) == {"ana line", "ana work", "ana both"}
    assert held([both, LINE, WORK], [done("w"), said("a", who="ben")]) == {"ana work", "ben line"}


def test_requirements_nest_name_levels_and_may_be_metas():
    either = meta("either", any_of("line@2", "work"))
    top = meta("top", at_least(2, of=("either", "line", all_of("line", "work"))))
    assert held([LINE, WORK, either, top], [said("a")]) == {"ana line"}
    assert held([LINE, WORK, either, top], [done("a")]) == {"ana work", "ana either"}
    assert held([LINE, WORK, either, top], every(HOUR, 2)) == {"ana line", "ana line@2", "ana either", "ana top"}


def test_a_persons_revocation_leaves_a_meta_and_a_retraction_takes_it():
    both = meta("both", all_of("line", "work"))
    rows = [said("a"), done("w")]
    revoked = decided("revoked", "line", MONDAY + HOUR)
    assert held([LINE, WORK, both], [*rows, revoked]) == {"ana line revoked", "ana work", "ana both"}
    assert held([LINE, WORK, both], [*rows, said("x", MONDAY + HOUR, thing="a", on=False)]) == {"ana work"}


def test_what_was_not_held_at_one_moment_makes_no_meta():
    both = meta("both", all_of("line", "work"))
    early, late = decided("revoked", "line", MONDAY + HOUR), done("w", at=MONDAY + 2 * HOUR)
    assert held([LINE, WORK, both], [said("a"), early, late]) == {"ana line revoked", "ana work"}
    again = decided("reinstated", "line", MONDAY + 3 * HOUR)
    assert held([LINE, WORK, both], [said("a"), early, late, again]) == {"ana line", "ana work", "ana both"}
    short = measured(Count(types="test.said"), slug="line", expires="2h")
    assert held([short, WORK, both], [said("a"), late]) == {"ana line", "ana work"}, "expired; that shows only when it is read"
    assert held([short, WORK, both], [said("a"), done("w", at=MONDAY + 119 * MINUTE)]) == {"ana line", "ana work", "ana both"}


# -- people's decisions: S8, S9, S10 -------------------------------------------------------------------------------------------


def test_a_revocation_holds_whenever_the_award_is_won_until_it_is_reinstated():
    badge = measured(Count(types="test.said"), 1, 2)
    revoked = decided("revoked", "b", MONDAY - DAY)
    assert held(badge, [revoked, *every(HOUR, 2)]) == {"ana b revoked", "ana b@2"}
    assert held(badge, [*every(HOUR, 2), decided("reinstated", "b", MONDAY), revoked]) == {"ana b", "ana b@2"}
    assert held(badge, [revoked]) == set(), "nothing is held that could be revoked"


def test_a_given_award_is_held_until_it_is_revoked_or_undone():
    badge = measured(Count(types="test.said"), 1, 2)
    given = decided("awarded", "b", MONDAY, who="ben", level=2)
    assert held(badge, [given]) == {"ben b@2"}
    assert held(badge, [given, decided("revoked", "b", MONDAY + HOUR, who="ben", level=2)]) == {"ben b@2 revoked"}
    assert held([LINE, meta("m", "line@2")], [replace(given, badge="line")]) == {"ben line@2", "ben m"}


def test_an_award_that_is_given_and_won_is_held_from_the_earlier_of_the_two():
    both = meta("both", all_of("line", "work"))
    rows = [done("w", at=MONDAY - HOUR), decided("revoked", "work", MONDAY), said("a", MONDAY + HOUR)]
    assert held([LINE, WORK, both], rows) == {"ana line", "ana work revoked"}
    given = decided("awarded", "line", MONDAY - 30 * MINUTE)
    assert held([LINE, WORK, both], [*rows, given]) == {"ana line", "ana work revoked", "ana both"}
    assert held([LINE, WORK, both], [*rows, replace(given, time=MONDAY + DAY)]) == {"ana line", "ana work revoked"}


def test_an_undone_rule_gives_nothing_for_what_was_reached_by_then():
    badge = measured(Count(types="test.said"), 1, 2)
    undone = decided("undone", "b", MONDAY + 30 * MINUTE)
    assert held(badge, [*every(HOUR, 2), undone]) == {"ana b@2"}
    assert held(badge, [*every(HOUR, 2), undone, decided("awarded", "b", MONDAY)]) == {"ana b", "ana b@2"}


# -- and of any stream ---------------------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(cases(), st.randoms(use_true_random=False))
def test_neither_order_of_arrival_nor_repetition_changes_anything(case: Case, random):
    once = list({row.id: row for row in case.arrivals}.values())
    shuffled = random.sample(case.arrivals, len(case.arrivals))
    expected = naive(case.badges, once, case.zone, TYPES, CONDITIONS)
    assert naive(random.sample(case.badges, len(case.badges)), shuffled, case.zone, TYPES, CONDITIONS) == expected
