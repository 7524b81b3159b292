"""Measures as authors write them."""

from laurels import Badge, Cap, Count, Level
from laurels.definition import Definition
from laurels.validate import types_of

AT_MOST = {"per": "day", "at": 5}


def test_a_cap_may_be_written_as_a_mapping() -> None:
    types, _ = types_of(())
    written, made = Count("push", cap=AT_MOST), Count("push", cap=Cap(per="day", at=5))
    units = [Definition(Badge(slug="pusher", measure=one, levels=(Level(at=1),)), types).unit for one in (written, made)]
    assert units[0] == units[1]
    assert {written: "found"}[Count("push", cap=dict(AT_MOST))] == "found"
