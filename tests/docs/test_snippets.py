"""The documentation runs: Python blocks in the order of the page, TOML blocks through the readers that laurels itself uses."""

import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from laurels import Badge, EventType
from laurels.cli import plugged
from laurels.config import load as load_configuration
from laurels.config.grammar import Document
from laurels.loaded import Loaded, Sourced
from laurels.plugins import adapters, hooks, packs
from laurels.rules import toml
from laurels.validate import Catalog, check, types_of

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *ROOT.glob("docs/*.md"), *ROOT.glob("examples/*/README.md")])
FENCE = re.compile(r"^```(?P<language>\w*)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
ENTRY_POINTS = {packs.GROUP, adapters.GROUP, hooks.GROUP, plugged.GROUP}

#: A block with one of these is a project's metadata, or laurels' configuration; any other is a rule file.
PROJECT = {"project", "build-system", "tool"}
CONFIGURATION = set(Document.__struct_fields__)


class Block(NamedTuple):
    """A fenced block and the line on which its content begins."""

    page: Path
    line: int
    code: str

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def blocks(language: str) -> list[Block]:
    return [
        Block(page, text.count("\n", 0, found.start("code")) + 1, found["code"])
        for page in PAGES
        for text in [page.read_text(encoding="utf-8")]
        for found in FENCE.finditer(text)
        if found["language"] == language
    ]


def roots(block: Block) -> set[str]:
    return set(tomllib.loads(block.code))


def rule_files(page: Path) -> list[Block]:
    return [block for block in blocks("toml") if block.page == page and not roots(block) & (PROJECT | CONFIGURATION)]


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@cache
def program(page: Path) -> str:
    """All Python of *page* as one module, each line where it stands in the page, so that tracebacks point there."""
    lines = [""] * len(page.read_text(encoding="utf-8").splitlines())
    for block in blocks("python"):
        if block.page == page:
            for offset, line in enumerate(block.code.splitlines()):
                lines[block.line - 1 + offset] = line
    return "\n".join(lines) + "\n"


def run(page: Path) -> dict[str, Any]:
    namespace: dict[str, Any] = {"__name__": "page"}
    exec(compile(program(page), str(page), "exec"), namespace)
    return namespace


WITH_PYTHON = sorted({block.page for block in blocks("python")})


@pytest.mark.parametrize("page", WITH_PYTHON, ids=named)
def test_the_python_of_a_page_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run(page)


@pytest.mark.parametrize("page", [page for page in WITH_PYTHON if "def test_" in program(page)], ids=named)
def test_the_tests_on_a_page_pass(page: Path, tmp_path: Path) -> None:
    """In a process of its own, as an author would: the page's plugins and fixtures are then only the page's."""
    (tmp_path / "test_page.py").write_text(program(page), encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nasyncio_mode = auto\nasyncio_default_fixture_loop_scope = function\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)]
    outcome = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=90, check=False)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


@pytest.mark.parametrize("page", sorted({*WITH_PYTHON, *(page for page in PAGES if rule_files(page))}), ids=named)
def test_every_badge_on_a_page_is_valid(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    loaded = of_python(page)
    for block in rule_files(page):
        loaded += toml.load(block.page, "\n" * (block.line - 1) + block.code)
    types, wrong = types_of([loaded])
    valid = check(loaded.badges, Catalog(types))
    assert not [str(problem) for problem in (*loaded.problems, *wrong, *valid.problems)]


def of_python(page: Path) -> Loaded:
    values = list(run(page).values()) if page in WITH_PYTHON else []
    made = [value() for value in values if isinstance(value, type) and issubclass(value, Badge) and value is not Badge]
    found = [*made, *(value for value in values if isinstance(value, Badge))]
    types = tuple(value for value in values if isinstance(value, EventType))
    return Loaded(tuple(Sourced(badge, f"{page}:{type(badge).__name__}") for badge in found), types)


@pytest.mark.parametrize("block", [block for block in blocks("toml") if roots(block) & CONFIGURATION], ids=str)
def test_the_configuration_on_a_page_is_accepted(block: Block, tmp_path: Path) -> None:
    file = tmp_path / "laurels.toml"
    file.write_text(block.code, encoding="utf-8")
    assert load_configuration(file)


@pytest.mark.parametrize("block", [block for block in blocks("toml") if roots(block) & PROJECT], ids=str)
def test_a_project_file_on_a_page_names_entry_points_that_laurels_reads(block: Block) -> None:
    assert tomllib.loads(block.code)["project"]["entry-points"].keys() <= ENTRY_POINTS


def test_every_kind_of_block_was_found() -> None:
    assert WITH_PYTHON
    assert any(roots(block) & CONFIGURATION for block in blocks("toml"))
    assert any(rule_files(page) for page in PAGES)
