"""The page about the console says what the console does."""

import re
from datetime import UTC, datetime
from pathlib import Path

from laurels_console.translate import read, translate

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs/console.md").read_text(encoding="utf-8")
PACKAGE = ROOT / "adapters/console/laurels_console"


def test_every_line_of_the_page_means_what_the_page_says() -> None:
    rows = re.findall(r"^\| `([^/`][^`]*)` \| (`[a-z.]+\.[a-z]+`.*) \|$", PAGE, re.MULTILINE)
    assert len(rows) == 8
    for text, types in rows:
        events = translate(read(text, "s:1", "#general", "you"), datetime(2026, 5, 4, tzinfo=UTC))
        assert [event.type for event in events] == re.findall(r"`(.+?)`", types), text


def test_the_adapter_to_copy_is_under_200_lines_and_has_the_files_that_every_adapter_has() -> None:
    files = {path.name: path.read_text(encoding="utf-8") for path in PACKAGE.iterdir() if path.is_file()}
    assert files.keys() == {"__init__.py", "adapter.py", "commands.py", "py.typed", "render.py", "settings.py", "translate.py"}
    assert sum(len(text.splitlines()) for text in files.values()) < 200
