"""A pytest plugin: tests that could not run here are named at the end, and fail the run where everything is required.

A test says so by skipping with a reason that starts with "not run:". LAURELS_REQUIRE_ALL=1, as in CI, makes that a failure.
"""

import os

import pytest

PREFIX = "not run:"


def _reason(report: pytest.TestReport) -> str:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
    return reason.removeprefix("Skipped: ")


class NotRun:
    """Collects what was not run, and says it."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and _reason(report).startswith(PREFIX):
            self.found[report.nodeid] = _reason(report).removeprefix(PREFIX).strip()

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.found and os.environ.get("LAURELS_REQUIRE_ALL") == "1" and not session.exitstatus:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.found:
            terminalreporter.section("NOT RUN", red=True, bold=True)
            for test, why in self.found.items():
                terminalreporter.write_line(f"{test}: {why}")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(NotRun(), "laurels-not-run")
