from pathlib import Path

import pytest

from laurels import Account, Badge, Cap, Count, Distinct, EventType, Grant, Level, Measure, Streak, Sum, all_of, any_of, at_least
from laurels.domain import DOMAIN
from laurels.loaded import Loaded, Sourced
from laurels.requirements import AtLeast, Held
from laurels.rules.toml import load
from laurels.validate import Catalog, check, problems_of, types_of

POINTS = EventType("points.awarded", points=int, why=str)
TYPES = {type.name: type for type in (*DOMAIN, POINTS)}
FILE = Path("badges/rules.toml")


def faults(*badges, texts_kept=False, folder=None):
    """Every problem of *badges*, as text without its beginning where there is one badge only."""
    sourced = [Sourced(badge, f"acme.{badge.slug}", "acme", folder=folder) for badge in badges]
    found = [str(problem) for problem in check(sourced, Catalog(TYPES, texts_kept)).problems]
    return [problem.removeprefix(f"acme.{badges[0].slug}: ") for problem in found] if len(badges) == 1 else found


def in_file(text, **more):
    loaded = load(FILE, text)
    assert loaded.problems == ()
    valid = check(loaded.badges, Catalog(TYPES, **more))
    return [sourced.badge.slug for sourced in valid.badges], [str(problem) for problem in valid.problems]


BRONZE = (Level("Bronze", 10),)


def measured(measure, levels=BRONZE, **attributes):
    return Badge(slug="x", measure=measure, levels=levels, **attributes)


class Code(Badge):
    slug = "code"
    events = ("message.posted",)

    def award(self, check):
        return Grant()


@pytest.mark.parametrize(
    "badge",
    [
        Badge(slug="kindness"),
        Badge(slug="acme:kindness", levels=("Bronze", "Silver"), expires="365d", message="{{ person }} won"),
        Code(),
        measured(Count("message.posted", where="event.data.length > 3", within="7d", cooldown="60s", cap={"per": "day", "at": 5})),
        measured(Sum("points.awarded", "event.data.points", per="week"), repeatable=True),
        measured(Distinct(("thanks.given", "reaction.added"), "event.actor", to="event.actor")),
        measured(Count("pull_request.merged", to="event.data.reviewers", cap=Cap("week", "pair"))),
        measured(Streak("push", "week", freezes=1)),
        measured(Count("github.*", where="event.data.action == 'x'")),
        measured(Count(("github.issues.*", "github.watch.started"))),
        measured(Sum("github.gollum", "event.data.pages.count")),
        measured(Count("message.posted"), levels=(Level("B", 1), Level("S", 2.5))),
    ],
    ids=lambda badge: f"{badge.slug} {badge.measure}",
)
def test_what_is_right_has_no_problems(badge):
    assert faults(badge) == []


def test_a_level_out_of_range_is_refused():
    reviewer = measured(Count("review.submitted"), levels=(Level("Bronze", 10), Level("Silver", 50)))
    assert faults(reviewer, Badge(slug="meta", requires="x@3"), Badge(slug="one", requires="meta@2")) == [
        "acme.meta: requires: 'x@3', but 'x' has 2 levels (the highest is 'x@2')",
        "acme.one: requires: 'meta@2', but 'meta' has one level (the highest is 'meta@1')",
    ]


def test_two_levels_with_one_threshold_are_refused():
    assert faults(measured(Count("push"), levels=(Level("Bronze", 10), Level("Silver", 10)))) == [
        "levels: levels 1 and 2 have one threshold, 10 (each level needs a higher one)"
    ]


def test_an_unknown_prerequisite_is_refused_with_the_nearest_badge():
    assert faults(Badge(slug="reviewer"), Badge(slug="meta", requires=all_of("reviewr"))) == [
        "acme.meta: requires: no badge 'reviewr' (did you mean 'reviewer'?)"
    ]


def test_a_cycle_is_refused_with_the_way_round_and_so_is_who_needs_it():
    circle = [Badge(slug="a", requires="b"), Badge(slug="b", requires=any_of("c", "fine")), Badge(slug="c", requires="a@1")]
    assert faults(*circle, Badge(slug="d", requires=all_of("c")), Badge(slug="fine"), Badge(slug="self", requires="self")) == [
        "acme.a: requires: goes round in a circle: a -> b -> c -> a (leave one of these out)",
        "acme.b: requires: goes round in a circle: b -> c -> a -> b (leave one of these out)",
        "acme.c: requires: goes round in a circle: c -> a -> b -> c (leave one of these out)",
        "acme.self: requires: goes round in a circle: self -> self (a badge can't require itself)",
        (
            "acme.d: requires: needs 'c', which was refused "
            "(acme.c: requires: goes round in a circle: c -> a -> b -> c (leave one of these out))"
        ),
    ]


def test_who_needs_a_refused_badge_is_refused_over_any_number_of_steps():
    assert faults(Badge(slug="top", requires="mid"), Badge(slug="mid", requires="low"), Badge(slug="low", version=0)) == [
        "acme.low: version: 0 is no version (versions count from 1)",
        "acme.mid: requires: needs 'low', which was refused (acme.low: version: 0 is no version (versions count from 1))",
        "acme.top: requires: needs 'mid', which was refused ('low' was refused)",
    ]


def test_a_cel_type_error_is_refused_with_line_and_caret():
    assert faults(measured(Count("message.posted", where="event.data.length == 'long'"))) == [
        (
            "measure.where: found no matching overload for '_==_' applied to '(int, string)'\n"
            " | event.data.length == 'long'\n"
            " | ..................^"
        )
    ]


def test_a_misspelt_field_is_refused_for_each_type_that_lacks_it():
    assert faults(measured(Count(("message.posted", "issue.opened"), where="event.data.lenght > 1"))) == [
        (
            "measure.where: issue.opened has no field 'event.data.lenght'\n | event.data.lenght > 1\n | ..........^ "
            "(did you mean 'event.data.labels'?)"
        ),
        (
            "measure.where: message.posted has no field 'event.data.lenght'\n | event.data.lenght > 1\n | ..........^ "
            "(did you mean 'event.data.length'?)"
        ),
    ]


def test_text_is_refused_where_it_is_not_kept():
    badge = measured(Distinct("message.posted", "event.data.text", where="event.data.text != ''"))
    assert faults(badge, texts_kept=True) == []
    assert faults(badge) == [
        (
            "measure.where: 'event.data.text' is not kept\n | event.data.text != ''\n | ..........^ "
            "(the text of messages is there only with keep_text = true for the community)"
        ),
        "measure.field: 'event.data.text' is not kept (the text of messages is there only with keep_text = true for the community)",
    ]


def test_a_rule_file_is_refused_with_line_table_and_key():
    text = """
    [fine]
    on = "message.posted"
    at = 3

    [where]
    on = "message.posted"
    where = "event.data.lenght > 3"
    at = 0

    [on]
    on = "mesage.posted"
    count = { sum = "event.data.length" }
    levels = { 1 = "A", 2 = "A" }

    [field]
    on = "push"
    count = { sum = "event.data.branch" }
    at = 1

    [needs]
    requires = { at_least = 3, of = ["fine", "where"] }
    """
    usable, problems = in_file(text)
    assert usable == ["fine"]
    assert problems == [
        "badges/rules.toml:9: [where].at: level 1: 0 is no threshold (a number above 0)",
        (
            "badges/rules.toml:8: [where].where: message.posted has no field 'event.data.lenght'\n"
            " | event.data.lenght > 3\n | ..........^ (did you mean 'event.data.length'?)"
        ),
        "badges/rules.toml:14: [on].levels: 2 levels are called 'A'",
        "badges/rules.toml:12: [on].on: nothing declares the event type 'mesage.posted' (did you mean 'message.posted'?)",
        "badges/rules.toml:18: [field].count: 'event.data.branch' of push is no number (numbers are event.data.commits)",
        "badges/rules.toml:22: [needs].requires: 3 of 2 badges (a whole number from 1 to 2)",
    ]


@pytest.mark.parametrize(
    ("attributes", "fault"),
    [
        ({"slug": "First Merge"}, "slug: 'First Merge' is no slug (small letters, digits and hyphens, like 'first-merge')"),
        ({"name": 3}, "name: expected a text, got 3"),
        ({"points": True}, "points: expected a whole number, got true"),
        ({"repeatable": 1}, "repeatable: expected true or false, got 1"),
        ({"tags": "chat"}, "tags: expected a list of texts, got \"chat\" (write tags = ('chat',))"),
        ({"version": 0}, "version: 0 is no version (versions count from 1)"),
        ({"version": True}, "version: expected a whole number, got true"),
        ({"timeout": 0}, "timeout: 0 is no time (seconds, more than 0)"),
        ({"timeout": float("nan")}, "timeout: nan is no time (seconds, more than 0)"),
        ({"timeout": None}, "timeout: expected a number, got null"),
        ({"expires": "1y"}, "expires: '1y' is no duration: write a whole number and one of s, m, h, d, w, like '7d'"),
        ({"level_policy": "all"}, "level_policy: expected 'highest', 'exact' or 'fill', got \"all\""),
        ({"on_change": "drop"}, "on_change: expected 'keep', 'regrade' or 'regrade-up', got \"drop\""),
        ({"message": "{{ oops"}, "message: no Jinja2 template: unexpected end of template, expected 'end of print statement'."),
        ({"events": ("push",)}, "events: only award() is asked about events, and there is none (write award(self, check))"),
        ({"deferred": True}, "deferred: only award() can be deferred, and there is none (write award(self, check))"),
        ({"measures": (Count("push"),)}, "measures: only award() looks at further measures, and there is none (write award(self, check))"),
        ({"levels": 3}, "levels: expected names or levels, got 3 (write levels = ('Bronze', 'Silver'))"),
        ({"levels": (3,)}, "levels: level 1 is 3 (a level is a name or Level('Bronze', at=10))"),
        ({"levels": ("A", "A")}, "levels: 2 levels are called 'A'"),
        ({"levels": (Level("A", 1),)},
         "levels: thresholds, but nothing to reach them with (give a measure, or award() that answers Advance, or by_hand = True)"),
        ({"levels": ("A", "B"), "repeatable": True}, "levels: a repeatable badge has one level, not 2"),
        ({"requires": 3}, "requires: 3 is no requirement (write all_of('one', 'another@2'), any_of(...) or at_least(2, of=(...)))"),
        ({"requires": all_of()}, "requires: requires nothing (name at least one badge)"),
        ({"requires": AtLeast(1, "x")}, ("requires: expected badges, got \"x\" (write all_of('one', 'another@2'), any_of(...) or "
                                        "at_least(2, of=(...)))")),
        ({"requires": "x@two"}, "requires: 'x@two': a level is a number from 1, like x@2"),
        ({"measure": Count}, "measure: <class 'laurels.measures.Count'> is no measure (one of Count, Sum, Distinct and Streak)"),
        ({"measures": 1}, "measures: expected measures, got 1 (write measures = (Count('message.posted'),))"),
    ],
)  # fmt: skip
def test_an_attribute_is_refused_with_what_would_be_right(attributes, fault):
    assert fault in faults(Badge(**{"slug": "x"} | attributes))


@pytest.mark.parametrize(
    ("levels", "fault"),
    [
        ((Level("A", 10), "B"), "levels: some levels have a threshold and some have none (give all of them at=..., or none)"),
        ((Level("A", 10), Level("B", 5)), "levels: level 2 is at 5, below level 1 at 10 (thresholds rise)"),
        ((Level("A", -1),), "levels: level 1: -1 is no threshold (a number above 0)"),
        ((Level("A", float("nan")),), "levels: level 1: nan is no threshold (a number above 0)"),
        ((Level("A", float("inf")),), "levels: level 1: inf is no threshold (a number above 0)"),
        ((Level("A", True),), "levels: level 1: at: expected a number, got true"),
        ((Level(1, 10),), "levels: level 1: name: expected a text, got 1"),
        (("A",), "levels: a measure, but no level with a threshold (write levels = (Level('Bronze', at=10),))"),
        ((), "levels: a measure, but no level with a threshold (write levels = (Level('Bronze', at=10),))"),
    ],
)
def test_levels_of_a_measured_badge(levels, fault):
    assert fault in faults(measured(Count("push"), levels=levels))


@pytest.mark.parametrize(
    ("measure", "fault"),
    [
        (Count("pusch"), "measure.types: nothing declares the event type 'pusch' (did you mean 'push'?)"),
        (Count(()), "measure.types: no event type (name at least one, like 'message.posted')"),
        (Count("message.*"), "measure.types: 'message.*': only github.* and github.<event>.* take a star (list the types)"),
        (Count("github"), "measure.types: nothing declares the event type 'github'"),
        (Count(5), "measure.types: expected a text or a list of texts, got 5"),
        (Count("push", within=7), "measure.within: expected a text, got 7"),
        (Count("push", within="7"), "measure.within: '7' is no duration: write a whole number and one of s, m, h, d, w, like '7d'"),
        (Count("push", within="7d", per="week"),
         "measure.within: within and per exclude each other (a moving window: within; one that starts again: per)"),
        (Count("push", per="fortnight"), "measure.per: expected 'hour', 'day', 'week', 'month' or 'year', got \"fortnight\""),
        (Streak("push", per="week"), "measure.per: a streak takes neither within nor per (its period is its own)"),
        (Streak("push", freezes=-1), "measure.freezes: -1 is no number of freezes (0 or more)"),
        (Streak("push", "wek"), "measure.period: expected 'hour', 'day', 'week', 'month' or 'year', got \"wek\""),
        (Count("push", cap={"limit": 1}), "measure.cap.limit: no such key (known are per, by, at)"),
        (Count("push", cap={"at": 0}), "measure.cap.at: 0 is no cap (1 or more)"),
        (Count("push", cap={"by": "both"}), "measure.cap.by: expected 'actor' or 'pair', got \"both\""),
        (Count("push", cap=Cap(at=True)), "measure.cap.at: expected a whole number, got true"),
        (Count("push", cap=Cap(by="pair")), "measure.cap: push names no other person to make a pair with (by = 'actor')"),
        (Count("push", to="event.data.branch"), "measure.to: 'event.data.branch' of push is no account (accounts are event.actor)"),
        (Count("thanks.given", to="event.data.reciever"),
         "measure.to: thanks.given has no field 'event.data.reciever' (did you mean 'event.data.receiver'?)"),
        (Distinct("push", "event.data.repo"), "measure.field: push has no field 'event.data.repo' (did you mean 'event.data.repository'?)"),
        (Sum("points.awarded", "event.data.why"),
         "measure.field: 'event.data.why' of points.awarded is no number (numbers are event.data.points)"),
        (Sum("github.push", "event.actor"), "measure.field: 'event.actor' of github.push is no number"),
        (Count("github.push", to="event.data.sender.id"),
         "measure.to: 'event.data.sender.id' of github.push is no account (accounts are event.actor)"),
    ],
)  # fmt: skip
def test_a_measure_is_refused_with_what_would_be_right(measure, fault):
    assert faults(measured(measure)) == [fault]


def test_the_base_of_all_measures_is_none():
    assert faults(measured(Measure()))[0].endswith("is no measure (one of Count, Sum, Distinct and Streak)")


def test_further_measures_are_checked_too():
    class Two(Code):
        measures = (Count("push"), Count("pusch"))

    assert faults(Two()) == ["measures[1].types: nothing declares the event type 'pusch' (did you mean 'push'?)"]


def test_a_measure_and_award_do_not_both_decide():
    class Both(Code):
        measure = Count("push")
        levels = (Level("A", 10),)

    class Deferred(Code):
        measure = Count("push")
        deferred = True

    assert faults(Both()) == ["award: both the measure and award() decide (leave out at=... of the levels, or award())"]
    assert faults(Deferred()) == ["deferred: a measure is not deferred (leave out measure; award() can read the history)"]


def test_thresholds_are_right_for_code_that_advances():
    class Advancing(Code):
        levels = (Level("A", 10), Level("B", 20))

    assert faults(Advancing()) == []


def test_a_measure_and_requires_do_not_both_decide():
    badge = measured(Count("push"), requires="y")
    assert faults(badge, Badge(slug="y")) == [
        (
            "acme.x: requires: a badge is won by its measure or by what it requires, not both (let one badge have the measure, and another "
            "require it)"
        )
    ]


def test_a_badge_that_only_requires_has_one_level():
    assert faults(Badge(slug="x", levels=("A", "B"), requires="y"), Badge(slug="y")) == [
        "acme.x: levels: a badge that only requires others has one level, not 2"
    ]


def test_code_needs_events_that_exist():
    class Nothing(Code):
        events = ()

    class Wrong(Code):
        events = ("mesage.posted",)

    class Text(Code):
        events = "message.posted"

    assert faults(Nothing()) == ["events: no event type (name at least one, like 'message.posted')"]
    assert faults(Wrong()) == ["events: nothing declares the event type 'mesage.posted' (did you mean 'message.posted'?)"]
    assert faults(Text()) == ["events: expected a list of texts, got \"message.posted\" (write events = ('message.posted',))"]


def test_a_misspelt_attribute_or_method_is_refused_and_the_authors_own_is_not():
    class Slips(Badge):
        slug = "slips"
        level = ("A",)
        WEIGHTS = (1, 2)
        colour = "red"
        _measure = 3

        def names(self):
            return ()

    class Award(Badge):
        slug = "x"
        events = ("push",)

        def awards(self, check):
            return None

    assert faults(Slips()) == ["level: no attribute of a badge (did you mean 'levels'?)"]
    assert faults(Award()) == ["events: only award() is asked about events, and there is none (did you mean 'award'?)"]


def test_an_image_has_to_be_in_the_pack(tmp_path):
    (tmp_path / "pack").mkdir()
    (tmp_path / "secret.png").touch()
    (tmp_path / "pack" / "there.svg").touch()
    folder = tmp_path / "pack"
    assert faults(Badge(slug="x", image="there.svg"), folder=folder) == []
    assert faults(Badge(slug="x", image="https://example.org/a.svg"), folder=folder) == []
    assert faults(Badge(slug="x", image="gone.svg"), folder=folder) == [f"image: no file 'gone.svg' in {folder}"]
    assert faults(measured(Count("push"), (Level("A", 1, image="../secret.png"),)), folder=folder) == [
        "levels: '../secret.png' is outside the pack (images stand beside the badges, or are URLs)"
    ]


def test_a_held_requirement_is_checked_like_its_text():
    assert faults(Badge(slug="x", requires=Held("y", 0)), Badge(slug="y")) == [
        "acme.x: requires: 'y@0', but 'y' has one level (the highest is 'y@1')"
    ]


def test_a_badge_that_breaks_the_check_itself_is_a_problem_and_no_crash():
    class Hostile(Badge):
        slug = "x"

        @property
        def levels(self):
            raise RuntimeError("no")

    problems = problems_of(Sourced(Hostile(), "acme.Hostile"), Catalog(TYPES))
    assert [str(problem) for problem in problems] == ["acme.Hostile: can't be checked: RuntimeError: no"]


def test_one_wrong_badge_costs_no_other():
    sourced = [Sourced(badge, "acme", "acme") for badge in (Badge(slug="a"), Badge(slug="b", version=0), Code())]
    assert [kept.badge.slug for kept in check(sourced, Catalog(TYPES)).badges] == ["a", "code"]


def test_event_types_are_put_together_and_checked():
    good, again = EventType("quiz.won", score=int), EventType("quiz.won", score=int)
    bad = [EventType("quiz.won", score=str), EventType("laurels.awarded"), EventType("quiz", x=set), EventType("message.posted", a=Account)]
    types, problems = types_of([Loaded(types=(good,)), Loaded(types=(again, *bad))])
    assert types["quiz.won"] is good
    assert types["message.posted"] is TYPES["message.posted"]
    assert [str(problem) for problem in problems] == [
        "event type quiz.won: declared twice with different fields; those of the first hold: score",
        "event type laurels.awarded: names that begin with laurels. are the engine's own",
        "event type quiz: field 'x': <class 'set'> is no kind of field",
        "event type quiz: 'quiz' should be written thing.happened, like 'points.awarded'",
        (
            "event type message.posted: declared twice with different fields; those of the first hold: "
            "answered, mentions, length, words, files, newcomer, text"
        ),
    ]


def test_at_least_counts_its_parts():
    assert faults(Badge(slug="x", requires=at_least(True, of=("y",))), Badge(slug="y")) == [
        "acme.x: requires: true of 1 badges (a whole number from 1 to 1)"
    ]
