"""Plugins of the whole test run, and what one test must not leave behind for the next."""

from collections.abc import Iterator

import pytest
import structlog

pytest_plugins = ["not_run", "npm_packages", "laurels.testing"]


@pytest.fixture(autouse=True)
def _logs() -> Iterator[None]:
    """A command that ran in this process logs to a standard error that is closed after its test."""
    yield
    structlog.reset_defaults()
