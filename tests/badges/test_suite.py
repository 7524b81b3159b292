"""The starter pack holds what every pack holds."""

from laurels.testing import PackSuite


class TestStarterPack(PackSuite):
    """Every test of the suite, for the pack."""
