"""On what terms a badge takes nominations: in Python, in rule files, and what is refused."""

from pathlib import Path

import pytest

from laurels import Badge, Count, Level, Nominations
from laurels.domain import DOMAIN
from laurels.loaded import Sourced
from laurels.nominations.terms import terms
from laurels.rules.toml import load
from laurels.validate import Catalog, problems_of

CATALOG = Catalog({type.name: type for type in DOMAIN})
COUNTED = {"measure": Count("message.posted"), "levels": (Level(at=1),)}


def faults(badge: Badge) -> list[str]:
    return [str(problem) for problem in problems_of(Sourced(badge, "acme"), CATALOG)]


def read(text: str) -> "tuple[list[Nominations | None], list[str]]":
    loaded = load(Path("r.toml"), f"[x]\n{text}")
    wrong = [*loaded.problems, *(problem for one in loaded.badges for problem in problems_of(one, CATALOG))]
    return [terms(one.badge) for one in loaded.badges], [str(problem).removeprefix("r.toml:2: [x].") for problem in wrong]


@pytest.mark.parametrize("attributes", [{}, {"repeatable": True}, {"requires": "x"}, COUNTED, {"levels": ("A", "B")}])
def test_whatever_people_can_give_they_can_nominate_for(attributes):
    assert [fault for fault in faults(Badge(slug="y", nominations=True, **attributes)) if "nominations" in fault] == []


def test_true_stands_for_the_defaults_and_nothing_for_none():
    assert terms(Badge(slug="x", nominations=True)) == Nominations()
    assert [terms(Badge(slug="x", nominations=value)) for value in (None, False)] == [None, None]


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        (Nominations(approvals=0), "nominations.approvals: 0 is too few (1 or more)"),
        (Nominations(limit=0), "nominations.limit: 0 is too few (1 or more)"),
        (Nominations(approvals=True), "nominations.approvals: expected a whole number, got true"),
        (Nominations(acceptance="no"), 'nominations.acceptance: expected true or false, got "no"'),
        (Nominations(expires="1y"), "nominations.expires: '1y' is no duration: write a whole number and one of s, m, h, d, w, like '7d'"),
        (Nominations(within=""), "nominations.within: '' is no duration: write a whole number and one of s, m, h, d, w, like '7d'"),
        (Nominations(auto_approve=True, approvals=2),
         "nominations.approvals: 2 approvals, and approved automatically (leave one of them out)"),
        ({"approvals": 2}, "nominations: expected its terms, got a table (write nominations = Nominations(approvals=2))"),
        (3, "nominations: expected a table or true or false, got 3"),
    ],
)  # fmt: skip
def test_terms_that_make_no_sense_are_refused(value, fault):
    assert faults(Badge(slug="x", nominations=value)) == [f"acme: {fault}"]


def test_a_rule_file_gives_the_same_terms():
    assert read("nominations = true") == ([Nominations()], [])
    assert read("nominations = false") == ([None], [])
    assert read('nominations = { approvals = 2, allow_self = true, expires = "3d" }') == (
        [Nominations(approvals=2, allow_self=True, expires="3d")], [],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("nominations = 3", "nominations: expected true or false or a table, got 3"),
        ("nominations = { aprovals = 2 }", "nominations.aprovals: no such key (did you mean 'approvals' or 'auto_approve'?)"),
        ("nominations = { approvals = true }", "nominations.approvals: expected a whole number, got true"),
        ("nominations = { limit = 0 }", "nominations.limit: 0 is too few (1 or more)"),
    ],
)
def test_a_rule_file_is_refused_with_its_line_and_key(text, fault):
    assert read(text)[1] == [fault]
