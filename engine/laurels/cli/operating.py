"""Commands that run laurels and look after it: demo, run, check, status, backfill, db, new."""

# ruff: noqa: PLC0415  # what a command needs is imported when it runs, so that --help answers at once

from typing import Annotated

import typer

from .options import ConfigFile, Json, run

database = typer.Typer(no_args_is_help=True, help="The database.")
making = typer.Typer(no_args_is_help=True, help="Write what one begins with.")


def add_to(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("demo")(demo)
    app.command("run")(run_)
    app.command("check")(check)
    app.command("status")(status)
    app.command("backfill")(backfill)
    database.command("upgrade")(upgrade)
    database.command("compact")(compact)
    app.add_typer(database, name="db")
    making.command("badge-pack")(badge_pack)
    app.add_typer(making, name="new")


def demo() -> None:
    """Show laurels at work, with no account anywhere.

    A scripted stream of webhooks and chat lines, and the awards that it gives.
    """
    from ..demo import run as show

    raise typer.Exit(show())


def run_(config: ConfigFile = None) -> None:
    """Count and announce what the platforms send.

    Until SIGTERM or Ctrl-C; both end it well, with status 0.
    """
    from .tasks.serving import serve_until_told

    run(serve_until_told(config))


def check(config: ConfigFile = None, json: Json = False) -> None:
    """Find every mistake in configuration and badges.

    Settings, rule files, packs, adapters, database: all in one run. Exit status 2 if there is an error.
    """
    from .tasks.checking import look

    run(look(config, json=json))


def status(config: ConfigFile = None, json: Json = False) -> None:
    """Show what waits, what failed, what was left out."""
    from .tasks.status import show

    run(show(config, json=json))


def backfill(
    adapter: Annotated[str, typer.Argument(metavar="ADAPTER", help="Its name, as in [adapters.NAME].", show_default=False)],
    since: Annotated[str, typer.Option(metavar="DATE", help="From when on, like 2026-01-31.", show_default=False)],
    config: ConfigFile = None,
) -> None:
    """Read the history of a platform.

    Each thing counts once, whether it came live or by this. Interrupted, it goes on where it was when it is called again.
    """
    from .tasks.backfill import read

    run(read(config, adapter, since))


def upgrade(config: ConfigFile = None) -> None:
    """Bring the database to this version's schema.

    Make a backup first.
    """
    from .tasks.upgrading import bring_up

    run(bring_up(config))


def compact(config: ConfigFile = None) -> None:
    """Write the database anew, without what was deleted.

    Stop laurels first.
    """
    from .tasks.privacy import compact as write

    run(write(config))


def badge_pack(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The distribution's name, such as acme-badges.", show_default=False)],
) -> None:
    """Write an installable badge pack, with a test.

    It goes into the folder NAME.
    """
    from pathlib import Path

    from ..scaffold import create_badge_pack

    for path in create_badge_pack(name, Path(name)):
        typer.echo(path)
    typer.echo(f"now: pip install -e {name}, then laurels badges")
