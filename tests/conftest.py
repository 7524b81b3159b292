"""Plugins of the whole test run."""

pytest_plugins = ["not_run", "npm_packages", "laurels.testing"]
