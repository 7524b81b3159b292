"""``laurels slack``: making a Slack app."""

# ruff: noqa: PLC0415  # what a command needs is imported when it runs, so that --help answers at once

import typer

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Make a Slack app for laurels.")


@app.callback()
def slack() -> None:
    """Make a Slack app for laurels."""


@app.command()
def key() -> None:
    """Print a new encryption key, for encryption_key."""
    from cryptography.fernet import Fernet

    typer.echo(Fernet.generate_key().decode())
