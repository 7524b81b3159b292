"""Tests that could not run are named, and fail the run where everything is required."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SUPPORT = Path(__file__).parents[2] / "support"
TESTS = """
import pytest

def test_that_runs():
    pass

def test_that_needs_the_registry():
    pytest.skip("not run: npm registry: no route")

def test_of_another_system():
    pytest.skip("only on Windows")
"""


@pytest.mark.parametrize(("required", "status"), [("0", 0), ("1", 1)])
def test_what_was_not_run_is_named_and_fails_where_all_is_required(tmp_path, required, status):
    (tmp_path / "test_some.py").write_text(TESTS)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    environment = {**os.environ, "PYTHONPATH": str(SUPPORT), "LAURELS_REQUIRE_ALL": required, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, "-m", "pytest", "-p", "not_run", "-q", str(tmp_path)]
    run = subprocess.run(command, check=False, env=environment, cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == status
    assert "test_some.py::test_that_needs_the_registry: npm registry: no route" in run.stdout
    assert "test_of_another_system" not in run.stdout
