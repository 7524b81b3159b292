"""docs/github.md says what the code does."""

import re
import tomllib
from pathlib import Path

import msgspec

from laurels_github import IGNORED, Settings
from laurels_github.rights import PERMISSIONS
from laurels_github.translate import TABLE

PAGE = Path(__file__).parents[3].joinpath("docs/github.md").read_text()


PEM = r"-----BEGIN RSA PRIVATE KEY-----\\nMIIB\\n-----END RSA PRIVATE KEY-----"


def rows(heading):
    """The table rows under a heading, as lists of cells."""
    section = re.split(r"^#+ ", PAGE.split(f" {heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]
    found = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line.startswith("|")]
    return found[2:]


def names(cell):
    return tuple(re.findall(r"`([^`]+)`", cell))


def test_every_webhook_is_on_the_page_with_all_that_it_becomes():
    assert {names(webhook)[0]: names(becomes) for webhook, becomes, _ in rows("What each webhook becomes")} == {
        webhook: rule.makes for webhook, rule in TABLE.items()
    }


def test_everything_ignored_is_on_the_page_with_its_reason():
    assert {names(webhook)[0]: why for webhook, why in rows("Ignored")} == dict(IGNORED)


def test_every_setting_is_on_the_page_with_its_default():
    defaults = {names(key)[0]: names(default) for key, default, _ in rows("Settings")}
    assert set(defaults) == set(Settings.__struct_fields__)
    given = Settings()
    for name, default in defaults.items():
        value = getattr(given, name)
        assert default == ((value if isinstance(value, str) else msgspec.json.encode(value).decode(),) if value not in ("", {}) else ())


def test_every_configuration_on_the_page_can_be_read():
    for block in re.findall(r"^ *```toml\n(.*?)^ *```", PAGE, re.DOTALL | re.MULTILINE):
        table = tomllib.loads(block.replace("env:GITHUB_APP_PRIVATE_KEY", PEM))["adapters"]["github_webhooks"]
        assert not msgspec.convert(table, Settings).problems()


def test_every_permission_is_on_the_page_with_its_purpose():
    def written(name, level):
        return f"{name.replace('_', ' ').capitalize()}: {level.replace('write', 'read and write')}"

    assert [tuple(row) for row in rows("From nothing to a working App")] == [
        (written(name, level), why) for name, (level, why) in PERMISSIONS.items()
    ]


def test_every_kind_of_history_is_on_the_page():
    read = {name for _, becomes, _ in rows("History") for name in names(becomes)}
    assert read == {"fork.created", "issue.closed", "issue.commented", "issue.opened", "pull_request.closed", "pull_request.merged",
        "pull_request.opened", "release.published", "review.commented", "review.submitted", "star.added", "thanks.given"}  # fmt: skip


def test_every_status_is_on_the_page():
    assert [status for status, _ in rows("What the endpoint answers")] == ["202", "400", "401", "403", "413", "503"]
