"""What the pages must have: links that lead somewhere, decisions with all their parts, the events as they are declared."""

import importlib.util
import re
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from laurels.domain import DOMAIN
from laurels.rules.fields import COMMON

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/*/README.md")])
DECISIONS = sorted((ROOT / "docs/decisions").glob("*.md"))
LINK = re.compile(r"\]\((?P<path>[^)#\s]*)(?:#(?P<anchor>[^)\s]*))?\)")
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def prose(page: Path) -> str:
    return FENCED.sub("", page.read_text(encoding="utf-8"))


def anchors(page: Path) -> set[str]:
    """The anchors of the headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_events", ROOT / "docs/generate_events.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = []
    for link in LINK.finditer(prose(page)):
        if "://" in link["path"]:
            continue
        target = (page.parent / link["path"]).resolve() if link["path"] else page
        if not target.exists() or (link["anchor"] and link["anchor"] not in anchors(target)):
            broken.append(link[0])
    assert not broken


@pytest.mark.parametrize("page", [page for page in PAGES if page.parent == ROOT / "docs"], ids=named)
def test_every_page_can_be_found_from_the_index(page: Path) -> None:
    assert page.name == "index.md" or f"({page.name})" in (ROOT / "docs/index.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", DECISIONS, ids=named)
def test_a_decision_has_a_date_and_all_its_parts(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    written = re.search(r"^Date: (\S+)$", text, re.MULTILINE)
    assert written is not None and date.fromisoformat(written[1])
    parts = re.split(r"^## (.+)\n", text, flags=re.MULTILINE)
    assert parts[1::2] == ["Context", "Decision", "Consequences"]
    assert all(part.strip() for part in parts[2::2])


def test_decisions_are_numbered_without_gaps_and_say_their_number() -> None:
    assert [int(page.name[:4]) for page in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    assert all(page.read_text(encoding="utf-8").startswith(f"# {int(page.name[:4])}. ") for page in DECISIONS)


def test_the_page_of_events_is_what_the_declarations_give(generator: ModuleType) -> None:
    assert (ROOT / "docs/events.md").read_text(encoding="utf-8") == generator.page(), "run: python docs/generate_events.py"


def test_every_event_type_and_field_is_on_the_page_of_events() -> None:
    page = (ROOT / "docs/events.md").read_text(encoding="utf-8")
    for declared in DOMAIN:
        section = page.partition(f"\n## {declared.name}\n")[2].partition("\n## ")[0]
        assert section, f"{declared.name} has no section"
        assert [name for name in declared.fields if f"`event.data.{name}`" not in section] == []
    assert [path for path in COMMON if f"`{path}`" not in page] == []


def test_the_words_for_fields_are_for_fields_that_there_are(generator: ModuleType) -> None:
    there = {name for declared in DOMAIN for field in declared.fields for name in (field, f"{declared.name}.{field}")}
    assert generator.FIELDS.keys() <= there
