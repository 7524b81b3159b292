from pathlib import Path

import pytest

from laurels import Cap, Count, Distinct, Level, Streak, Sum, all_of, any_of, at_least
from laurels.rules.toml import load, load_files

FILE = Path("badges/rules.toml")


def loaded(text):
    return load(FILE, text)


def only(text):
    result = loaded(text)
    assert result.problems == ()
    return result.badges[0].badge


def faults(text):
    result = loaded(text)
    return [str(problem) for problem in result.problems]


def test_a_table_is_a_badge():
    badge = only(
        """
        [chatterbox]
        name = "Chatterbox"
        on = "message.posted"
        where = "event.data.length > 3"
        count = "events"
        within = "7d"
        cooldown = "60s"
        to = "event.actor"
        levels = { 100 = "Silver", 10 = "Bronze", 1000 = { name = "Gold", image = "gold.svg" } }
        """
    )
    assert (badge.slug, badge.name) == ("chatterbox", "Chatterbox")
    assert badge.measure == Count("message.posted", where="event.data.length > 3", within="7d", cooldown="60s")
    assert badge.levels == (Level("Bronze", 10), Level("Silver", 100), Level("Gold", 1000, image="gold.svg"))


@pytest.mark.parametrize(
    ("keys", "measure"),
    [
        ('on = ["a.b", "c.d"]', Count(("a.b", "c.d"))),
        ('on = "github.*"\ncount = { distinct = "event.place.channel" }', Distinct("github.*", "event.place.channel")),
        ('on = "a.b"\ncount = { sum = "event.data.points" }\nper = "week"', Sum("a.b", "event.data.points", per="week")),
        ('on = "a.b"\ncount = { streak = "week", freezes = 1, freeze_per = "year" }', Streak("a.b", "week", 1, "year")),
        ('on = "a.b"\ncap = { per = "week", by = "pair", at = 2 }', Count("a.b", cap=Cap("week", "pair", 2))),
    ],
)
def test_every_way_to_count(keys, measure):
    assert only(f"[x]\nat = 5\n{keys}").measure == measure


def test_at_is_short_for_a_single_level():
    assert only('[x]\non = "a.b"\nat = 5').levels == (Level(at=5),)


def test_levels_may_be_a_list():
    levels = only('[x]\nlevels = ["Bronze", { at = 2.5, name = "Silver", description = "d" }]').levels
    assert levels == ("Bronze", Level("Silver", 2.5, "d"))


@pytest.mark.parametrize(
    ("written", "requirement"),
    [
        ('"a@2"', "a@2"),
        ('["a", "b"]', all_of("a", "b")),
        ('{ all = ["a@2"], at_least = 2, of = ["b", "c", "d"] }', all_of("a@2", at_least(2, of=("b", "c", "d")))),
        ('{ any = ["a", { all = ["b", "c"] }] }', any_of("a", all_of("b", "c"))),
    ],
)
def test_requirements_nest(written, requirement):
    assert only(f"[x]\nrequires = {written}").requires == requirement


def test_every_plain_attribute_is_a_key():
    badge = only(
        """
        [x]
        description = "d"
        image = "i.svg"
        emoji = "x"
        message = "m"
        tags = ["a", "b"]
        points = 5
        repeatable = true
        bots = true
        allow_self = true
        permanent = true
        expires = "365d"
        hidden = true
        version = 2
        on_change = "regrade"
        """
    )
    assert vars(badge) == {
        "slug": "x", "description": "d", "image": "i.svg", "emoji": "x", "message": "m", "tags": ("a", "b"), "points": 5,
        "repeatable": True, "bots": True, "allow_self": True, "permanent": True, "expires": "365d", "hidden": True, "version": 2,
        "on_change": "regrade",
        "levels": (), "measure": None, "requires": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("keys", "fault"),
    [
        ("count = true", ("""[x].count: true is no way to count (write count = "events", { distinct = "event..." }, """
                         """{ sum = "event..." } or { streak = "week" })""")),
        ('nmae = "X"', "[x].nmae: no such key (did you mean 'name' or 'image'?)"),
        ('count = "event"', "[x].count: \"event\" is no way to count (did you mean 'events'?)"),
        ('count = { distict = "a" }', "[x].count: {\"distict\":\"a\"} is no way to count (did you mean 'distinct'?)"),
        ("count = { distinct = 1 }", "[x].count.distinct: expected a text, got 1"),
        ('count = { streak = "wek" }', "[x].count.streak: expected 'hour', 'day', 'week', 'month' or 'year', got \"wek\""),
        ('count = { streak = "week", freezes = true }', "[x].count.freezes: expected a whole number, got true"),
        ('count = { streak = "week", freeze = 1 }', "[x].count.freeze: no such key (did you mean 'freezes' or 'freeze_per'?)"),
        ("where = 1", "[x].where: expected a text, got 1"),
        ('per = "days"', "[x].per: expected 'hour', 'day', 'week', 'month' or 'year', got \"days\""),
        ("cap = 5", "[x].cap: expected a table, got 5"),
        ("cap = { at = true }", "[x].cap.at: expected a whole number, got true"),
        ("cap = { limit = 1 }", "[x].cap.limit: no such key (known are per, by, at)"),
        ("points = true", "[x].points: expected a whole number, got true"),
        ('hidden = "yes"', '[x].hidden: expected true or false, got "yes"'),
        ('tags = "chat"', '[x].tags: expected a list of texts, got "chat"'),
        ('on_change = "drop"', "[x].on_change: expected 'keep', 'regrade' or 'regrade-up', got \"drop\""),
        ('levels = { ten = "Bronze" }', "[x].levels.ten: 'ten' is no threshold (write levels = { 10 = \"Bronze\", 50 = \"Silver\" })"),
        ("levels = { 10 = 1 }", "[x].levels.10: expected a table, got 1"),
        ("levels = [1]", "[x].levels.1: expected a name or a table, got 1 (write levels = [{ at = 10, name = \"Bronze\" }])"),
        ("levels = [{ at = true }]", "[x].levels.1.at: expected a number, got true"),
        ("levels = 3", "[x].levels: expected a table or a list, got 3 (write levels = { 10 = \"Bronze\", 50 = \"Silver\" })"),
        ("at = true", "[x].at: expected a number, got true"),
        ("timeout = 3", "[x].timeout: no such key (only for badges in Python)"),
        ('slug = "y"', "[x].slug: no such key (the name of the table is the slug)"),
        ("requires = 3", ("""[x].requires: expected a badge, a list or a table, got 3 (write requires = { all = ["one", "another@2"] }, """
                         """{ any = [...] }, or { at_least = 2, of = [...] })""")),
        ('requires = { al = ["a"] }', "[x].requires.al: no such key (did you mean 'all'?)"),
    ],
)  # fmt: skip
def test_a_fault_names_file_line_table_key_and_what_is_right(keys, fault):
    assert faults(f'[x]\non = "a.b"\n{keys}\n[fine]\nname = "Fine"') == [f"badges/rules.toml:3: {fault}"]


def test_a_fault_costs_its_own_badge_only_and_all_faults_are_found():
    result = loaded('[a]\nnmae = 1\npoints = "x"\n[b]\nname = "B"\n[c]\nat = true')
    assert [sourced.badge.slug for sourced in result.badges] == ["b"]
    assert len(result.problems) == 3


def test_counting_needs_something_to_count():
    assert faults('[x]\nwhere = "true"') == [
        'badges/rules.toml:2: [x].where: says how to count, but nothing says what (add on = "message.posted", or another event type)'
    ]


def test_at_beside_levels_is_refused():
    assert faults('[x]\nlevels = ["a"]\nat = 5') == [
        "badges/rules.toml:3: [x].at: stands beside levels (one threshold: at; several: levels)"
    ]


def test_at_least_needs_of():
    assert faults("[x]\n[x.requires]\nat_least = 2")[0].startswith("badges/rules.toml:2: [x].requires: at_least and of go together")


def test_a_key_outside_a_table_is_named():
    assert faults('name = "x"\n[fine]') == [
        "badges/rules.toml:1: name: stands outside a table (a badge is a table: [its-slug], then its keys)"
    ]


def test_a_syntax_error_names_its_line():
    assert faults('[x]\nname = "X\n') == ["badges/rules.toml:2: no TOML: Illegal character '\\n'"]


def test_a_badge_knows_where_it_comes_from():
    sourced = loaded('[x]\nname = "X"').badges[0]
    assert (sourced.origin, sourced.distribution, sourced.table) == ("badges/rules.toml", "local", "x")
    assert str(sourced.problem("name", "is wrong", "say it")) == "badges/rules.toml:2: [x].name: is wrong (say it)"


def test_a_file_that_is_not_there_or_not_text_is_a_problem(tmp_path):
    assert str(load(tmp_path / "x.toml").problems[0]) == f"{tmp_path}/x.toml: can't be read: No such file or directory"
    (tmp_path / "y.toml").write_bytes(b"\xff")
    assert str(load(tmp_path / "y.toml").problems[0]) == f"{tmp_path}/y.toml: can't be read: not UTF-8"


def test_patterns_find_files_beside_the_configuration(tmp_path):
    (tmp_path / "badges").mkdir()
    for name in ("b", "a"):
        (tmp_path / "badges" / f"{name}.toml").write_text(f"[{name}]\n")
    result = load_files(tmp_path, ["badges/*.toml", "none/*.toml", str(tmp_path / "badges/a.toml")])
    assert [sourced.badge.slug for sourced in result.badges] == ["a", "b"]
    assert result.problems == ()


def test_a_file_named_outright_has_to_be_there(tmp_path):
    assert [str(problem) for problem in load_files(tmp_path, ["gone.toml"]).problems] == [f"{tmp_path}/gone.toml: no such file"]
