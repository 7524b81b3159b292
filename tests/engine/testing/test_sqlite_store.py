"""SQLite does what every store does."""

from pathlib import Path

import pytest

from laurels.testing.store_suite import StoreSuite


class TestSqlite(StoreSuite):
    """Every test of the suite, on a file."""

    @pytest.fixture
    def store_url(self, tmp_path: Path) -> str:
        return f"sqlite:///{tmp_path / 'laurels.db'}"
