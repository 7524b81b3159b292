"""Each case of the two seed systems has a test, and each of those tests, like each of a decision, a mutation that is still where it was."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[1] / "heritage/mutations.py"

#: Not here: baked images and assertions (they come with the web pages), and the check of a JSONP callback (there is no JSONP).
LEFT_OUT = {"tb05", "tb37", "tb39"}
CASES = sorted({*(f"tb{number:02}" for number in range(1, 56)), *(f"tp{number}" for number in range(1, 8))} - LEFT_OUT)

#: The rows of the table of decisions about what the two had different or wrong.
DECISIONS = (
    "where_a_badge_lives", "what_triggers_it", "uniqueness", "duplicate", "levels", "repeatable_and_levels", "failure", "hooks", "time",
    "deferred_badges", "recipient_not_known_yet", "claim_codes", "meta_badges", "progress", "nominations", "revoking", "hiding",
    "permission", "an_award_whose_plugin_is_gone",
)  # fmt: skip


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("mutations", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MUTATIONS = script()
TESTS = MUTATIONS.tests()
PLANNED: dict[str, Any] = MUTATIONS.mutations()


def ids(name: str) -> list[str]:
    """The cases that a test is of: a name may begin with several."""
    begin = re.match(r"test_((?:tb\d\d_|tp\d_)+)", name)
    return begin[1].rstrip("_").split("_") if begin else []


@pytest.mark.parametrize("case", CASES)
def test_every_case_has_a_test_that_carries_its_id(case: str) -> None:
    assert [name for name in TESTS if case in ids(name)], f"no test_{case}_… in tests/"


def test_no_test_carries_an_id_that_is_no_case() -> None:
    assert {case for name in TESTS for case in ids(name)} <= set(CASES)


@pytest.mark.parametrize("decision", DECISIONS)
def test_every_decision_has_a_test(decision: str) -> None:
    assert [name for name in TESTS if name.startswith(f"test_decision_{decision}_")]


def test_every_decision_that_is_tested_is_one() -> None:
    decided = [name for name in TESTS if name.startswith("test_decision_")]
    assert [name for name in decided if not name.removeprefix("test_decision_").startswith(DECISIONS)] == []


@pytest.mark.parametrize("name", sorted(TESTS))
def test_every_test_of_a_case_or_decision_has_a_mutation_that_it_has_to_catch(name: str) -> None:
    assert name in {MUTATIONS.test_of(planned) for planned in PLANNED}, f"plant one in {SCRIPT.with_suffix('.toml').name}"


def test_every_mutation_is_for_a_test_and_stands_where_it_is_to_be_planted() -> None:
    assert [planned for planned in PLANNED if MUTATIONS.test_of(planned) not in TESTS] == []
    assert [fault for name, mutation in PLANNED.items() if (fault := MUTATIONS.misplaced(name, mutation))] == []
