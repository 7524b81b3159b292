"""The pages on settings and rules name every key there is, and their examples work."""

import re
from pathlib import Path

import msgspec
import pytest

from laurels.config import load
from laurels.config.grammar import REALMS, AnnouncerTable, BadgesTable, CommunityTable, Document, HttpTable, OverrideTable, StoreTable
from laurels.domain import DOMAIN
from laurels.rules.fields import COMMON
from laurels.rules.grammar import KEYS
from laurels.rules.toml import load as load_rules
from laurels.validate import Catalog, check

DOCS = Path(__file__).parents[3] / "docs"
SETTINGS = (DOCS / "settings.md").read_text()
RULES = (DOCS / "rules.md").read_text()


def section(heading):
    return re.split(r"^## ", SETTINGS, flags=re.MULTILINE)[[part.split("\n")[0] for part in sections()].index(heading)]


def sections():
    return re.split(r"^## ", SETTINGS, flags=re.MULTILINE)


@pytest.mark.parametrize(
    ("table", "heading"),
    [
        (StoreTable, "`[store]`"),
        (HttpTable, "`[http]`"),
        (BadgesTable, "`[badges]`"),
        (AnnouncerTable, "`[announcer]`"),
        (CommunityTable, "`[communities.NAME]`"),
        (OverrideTable, "`[communities.NAME.badges.SLUG]`"),
    ],
)
def test_every_setting_is_a_row_of_its_table(table, heading):
    rows = re.findall(r"^\| `([a-z_.]+)` \|", section(heading), flags=re.MULTILINE)
    realms = {platform: f"{platform}.{key}" for platform, key in REALMS.items()}
    assert sorted(rows) == sorted(realms.get(name, name) for name in table.__struct_fields__)


def test_every_table_has_a_heading():
    headings = " ".join(part.split("\n")[0] for part in sections())
    assert [name for name in Document.__struct_fields__ if f"[{name}" not in headings] == ["language"]
    assert "| `language` |" in section("At the top")


def test_the_defaults_in_the_tables_are_the_defaults():
    for table, heading in ((StoreTable, "`[store]`"), (HttpTable, "`[http]`"), (BadgesTable, "`[badges]`")):
        for name in table.__struct_fields__:
            value = getattr(table(), name)
            written = f"`{msgspec.json.encode(value).decode()}`" if value else "none"
            assert f"| `{name}` | {written} |" in section(heading)


def test_every_key_of_a_rule_is_documented():
    rows = re.findall(r"^\| `([a-z_]+)` \|", RULES, flags=re.MULTILINE)
    assert sorted(rows) == sorted(KEYS)


def test_every_common_field_is_documented():
    rows = re.findall(r"^\| `(event[a-z_.]+)` \|", RULES, flags=re.MULTILINE)
    assert sorted(rows) == sorted(COMMON)


def test_the_example_of_the_settings_is_valid(tmp_path):
    path = tmp_path / "laurels.toml"
    path.write_text(snippets(SETTINGS)[0])
    assert list(load(path).communities) == ["acme"]


def test_the_examples_of_rules_are_badges():
    for snippet in snippets(RULES):
        loaded = load_rules(Path("docs/rules.md"), snippet)
        assert loaded.problems == ()
        assert check(loaded.badges, Catalog({type.name: type for type in DOMAIN})).problems == ()


def snippets(page):
    return re.findall(r"```toml\n(.*?)```", page, flags=re.DOTALL)
