"""The transcripts happen: what they type is typed at the console, and the answers are theirs, line by line."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from laurels.app import App
from laurels.testing.clock import TICK, Clock
from laurels.testing.pack import gather
from laurels.testing.settings import settings
from laurels_console import ConsoleAdapter
from laurels_console.settings import Settings

PAGES = sorted((Path(__file__).parents[2] / "docs/transcripts").glob("*.md"))
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}\b")
TYPED = re.compile(r"\bCODE-\d+\b")


class Page(NamedTuple):
    """The rules of a page, and its lines, typed and answered."""

    rules: str
    lines: list[str]


def read(path: Path) -> Page:
    blocks = BLOCK.findall(path.read_text(encoding="utf-8"))
    rules = "\n".join(text for language, text in blocks if language == "toml")
    return Page(rules, "".join(text for language, text in blocks if language == "console").splitlines())


class Codes:
    """Codes are others every time: the page calls them CODE-1, CODE-2 as they come up."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}

    def named(self, text: str) -> str:
        """*text* with every code that came up called by its name."""
        return CODE.sub(lambda found: self.names.setdefault(found[0], f"CODE-{len(self.names) + 1}"), text)

    def real(self, text: str) -> str:
        """What is really typed."""
        codes = {name: code for code, name in self.names.items()}
        return TYPED.sub(lambda found: codes[found[0]], text)


async def played(page: Page, folder: Path) -> list[str]:
    """The lines as they are when what is typed there is typed now."""
    rules = folder / "rules.toml"
    rules.write_text(page.rules, encoding="utf-8")
    clock, codes, said, adapter = Clock(), Codes(), list[str](), ConsoleAdapter(Settings(admins=("you", "eve")))
    adapter.clock, adapter.write = clock, lambda text: said.extend(codes.named(text).splitlines())
    async with App(settings(folder, ""), gather(rules), {adapter.name: adapter}, clock) as app:
        app.start(announce=False)
        for line in (line for line in page.lines if line.startswith("> ")):
            said.append(line)
            clock.forward(TICK)
            await adapter.take(codes.real(line.removeprefix("> ")), app.host(adapter.name))
    return said


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
async def test_a_transcript_is_what_happens(path: Path, tmp_path: Path) -> None:
    page = read(path)
    assert await played(page, tmp_path) == page.lines


def test_the_transcripts_are_there() -> None:
    assert [path.stem for path in PAGES] == ["claim", "link", "nomination"]
    assert all(len(read(path).lines) > 20 for path in PAGES)
