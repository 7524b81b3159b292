"""Plugins of the whole test run."""

pytest_plugins = ["not_run", "laurels.testing"]
