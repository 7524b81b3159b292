"""Commands that adapters bring: listed by name, imported when they are called."""

import subprocess
import sys

import pytest

SHELL = """
    import typer

    app = typer.Typer(no_args_is_help=True, help="What the doorbell can.")

    @app.command()
    def ring(context: typer.Context, times: int = 1) -> None:
        "Ring it."
        typer.echo(f"{context.obj.public_url()}: " + "ding " * times)

    @app.command()
    def look(context: typer.Context) -> None:
        "See what is configured."
        typer.echo(dict(context.obj.table("doorbell")))

    @app.command()
    def wire() -> None:
        "Fails."
        from laurels import LaurelsError
        raise LaurelsError("no wire")
"""


@pytest.fixture
def doorbell(install):
    install("acme_doorbell", "cli", "doorbell = acme_doorbell:app", SHELL)


def test_they_are_listed_behind_laurels_own(shell, doorbell):
    lines = [line.split() for line in shell("--help").partition("Commands:\n")[2].splitlines()]
    assert ["doorbell", "Commands", "of", "the", "adapter", "acme_doorbell."] in lines
    assert "acme_doorbell" not in sys.modules


def test_another_command_imports_none_of_them(shell, install):
    install("acme_broken", "cli", "broken = acme_broken:app", "raise RuntimeError('imported')")
    shell("--help")
    shell("badges")
    shell("--config", "laurels.toml", "badges")
    assert "acme_broken" not in sys.modules


def test_they_run_with_the_configuration_that_is_named(shell, doorbell):
    (shell.folder / "other.toml").write_text('[http]\npublic_url = "https://home.example.org"\n')
    assert shell("--config", "other.toml", "doorbell", "ring", "--times", "2") == "https://home.example.org: ding ding \n"
    assert shell("doorbell", "ring") == ": ding \n"


def test_they_see_their_adapters_table_as_it_is_written(shell, doorbell):
    (shell.folder / "other.toml").write_text('[adapters.doorbell]\ntoken = "env:NOT_SET"\n')
    assert shell("--config", "other.toml", "doorbell", "look") == "{'token': 'env:NOT_SET'}\n"
    assert shell("doorbell", "look") == "{}\n"


def test_their_help_is_their_own(shell, doorbell):
    assert "What the doorbell can." in shell("doorbell", "--help")
    assert "Ring it." in shell("doorbell", "ring", "--help")
    assert "No such command 'rings'. Did you mean 'ring'?" in shell("doorbell", "rings", status=2)


def test_what_they_refuse_is_said_like_laurels_own_refusals(shell, doorbell):
    assert shell("doorbell", "wire", status=2) == "laurels: no wire\n"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("raise RuntimeError('no bell')", "can't be imported: RuntimeError: no bell"),
        ("app = 7", "names a int (a group of commands is a typer.Typer)"),
    ],
)
def test_a_broken_one_is_named_and_keeps_the_others_from_nothing(shell, install, source, said):
    install("acme_broken", "cli", "broken = acme_broken:app", source)
    assert "broken" in shell("--help")
    assert said in shell("broken", "ring", status=2)
    shell("badges")


def test_none_takes_the_name_of_laurels_own(shell, install):
    install("acme_thief", "cli", "awards = acme_thief:app", "raise RuntimeError('imported')")
    shell.busy()
    assert shell("awards", "--badge", "helper")
    assert [line.split()[0] for line in shell("--help").partition("Commands:\n")[2].splitlines()].count("awards") == 1


def test_a_misspelt_one_gets_the_nearest(shell):
    assert "Did you mean 'github'?" in shell("githubb", status=2)


def test_help_imports_no_adapter():
    look = "import sys; from laurels.cli import app; app(['--help'], standalone_mode=False); print('laurels_github' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True).stdout.split()[-1] == "False"
