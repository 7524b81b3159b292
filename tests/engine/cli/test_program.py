import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
import typer

from laurels.cli import app

HEAVY = ("aiohttp", "aiosqlite", "alembic", "asyncio", "cel_expr_python", "gidgethub", "jinja2", "rich", "sqlalchemy", "structlog")


def test_help_needs_nothing_that_takes_long_to_import():
    look = f"import sys, laurels.cli; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == []


def test_help_lists_the_commands(shell):
    listed = [line.split()[0] for line in shell("--help").partition("Commands:\n")[2].splitlines()]
    assert listed == [
        "demo", "run", "check", "status", "backfill", "awards", "why", "award", "revoke", "reinstate", "regrade", "undo", "db", "new",
        "badges", "claims", "people", "community", "github", "slack",
    ]  # fmt: skip


def test_no_command_is_described_by_half_a_sentence(shell):
    assert "..." not in shell("--help").partition("Commands:")[2]


def test_the_version_is_told(shell):
    assert shell("--version").startswith("laurels ")


def test_a_command_that_there_is_not_gets_the_nearest(shell):
    assert "No such command 'awardz'. Did you mean 'award', 'awards'?" in shell("awardz", status=2)


def test_an_option_that_there_is_not_is_a_usage_error(shell):
    assert "No such option: --persn" in shell("awards", "--persn", "ana", status=2)


def test_the_configuration_may_be_named_before_the_command_or_after_it(shell):
    (shell.folder / "laurels.toml").rename(shell.folder / "other.toml")
    assert shell("--config", "other.toml", "badges") == shell("badges", "--config", "other.toml")
    assert shell("--config", "other.toml", "db", "upgrade").startswith("sqlite:///laurels.db: from nothing to schema ")


@pytest.mark.parametrize("command", ["badges", "awards", "status", "check", "run"])
def test_a_configuration_that_is_named_has_to_be_there(shell, command):
    shell(command, "--config", "nope.toml", status=2)
    assert "nope.toml: can't be read: No such file or directory" in shell.stdout + shell.stderr


@pytest.mark.parametrize("command", [["badges"], ["awards"], ["status"], ["why", "ana", "helper"], ["run"], ["db", "upgrade"]])
def test_every_fault_of_the_configuration_is_named_with_file_and_line(shell, command):
    (shell.folder / "laurels.toml").write_text('langage = "en"\n[http]\nlisten = "nowhere"\n')
    assert shell(*command, status=2) == (
        "laurels: laurels.toml:1: langage: no such key (did you mean 'language'?)\n"
        "laurels: laurels.toml:3: [http].listen: 'nowhere' is no address to listen at (host:port, like 127.0.0.1:8080 or [::]:8080)\n"
    )


@pytest.mark.parametrize("command", [["awards"], ["status"], ["why", "ana", "helper"], ["undo", "x"], ["regrade", "helper"]])
def test_looking_makes_no_database(shell, command):
    assert shell(*command, status=1) == "laurels: sqlite:///laurels.db: there is no database yet; `laurels run` makes it\n"
    assert not (shell.folder / "laurels.db").exists()


def test_a_database_of_something_else_is_left_alone(shell):
    with closing(sqlite3.connect("laurels.db")) as other:
        other.execute("CREATE TABLE photos (id)")
    assert "has tables, but they are not laurels'" in shell("awards", status=2)


@pytest.mark.parametrize("command", [["awards"], ["why", "ana", "helper"], ["award", "helper", "ana"], ["regrade", "helper"]])
def test_a_community_that_there_is_not_is_named_with_those_there_are(shell, command):
    shell.busy()
    assert shell(*command, "--community", "acmee", status=2) == "laurels: no community 'acmee'; there is acme\n"


def test_with_several_communities_one_has_to_be_named(shell):
    with (shell.folder / "laurels.toml").open("a") as file:
        file.write("[communities.other]\nrealms = { console = ['o'] }\n")
    shell.busy()
    assert shell("why", "ana", "helper", status=2) == (
        "laurels: there are several communities: say which with --community; there are acme, other\n"
    )
    assert shell("why", "ana", "helper", "--community", "acme").startswith("ana has Helper\n")


def test_every_command_says_what_it_does():
    def commands(command):
        if not hasattr(command, "list_commands"):
            return [command]
        return [one for name in command.list_commands(None) for one in commands(command.get_command(None, name))]

    found = commands(typer.main.get_command(app))
    assert len(found) > 14
    assert [command.name for command in found if not command.help] == []
