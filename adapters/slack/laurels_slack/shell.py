"""``laurels slack``: making a Slack app."""

# ruff: noqa: PLC0415  # what a command needs is imported when it runs, so that --help answers at once

from pathlib import Path
from typing import Annotated, Final

import typer

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Make a Slack app for laurels.")

_PASTE: Final = """1. Open https://api.slack.com/apps?new_app=1, choose From a manifest and a workspace, paste this as JSON, create the app.
   `laurels slack manifest --link` prints an address that has it filled in."""
_OPEN: Final = """1. Open this address, choose a workspace, look through what it shows, create the app."""
_SOCKET: Final = """2. Basic Information, App-Level Tokens, Generate: add the scope connections:write. That token begins with xapp-."""
_HTTP: Final = """2. Basic Information, App Credentials: copy the Signing Secret. Once laurels runs, let Slack see that it answers at
   {address}: Event Subscriptions, Request URL."""
_ONE: Final = """3. Install App: install it, and copy the Bot User OAuth Token. It begins with xoxb-.
4. Write into laurels.toml, and let both be in the environment:

[adapters.slack]
bot_token = "env:SLACK_BOT_TOKEN"
{transport}"""
_SEVERAL: Final = """3. Basic Information, App Credentials: copy the Client ID and the Client Secret. `laurels slack key` makes an
   encryption key. Under Manage Distribution, let the app be installed elsewhere.
4. Write into laurels.toml, and let all of them be in the environment:

[adapters.slack]
client_id = "env:SLACK_CLIENT_ID"
client_secret = "env:SLACK_CLIENT_SECRET"
encryption_key = "env:LAURELS_SLACK_KEY"
{transport}

5. Workspaces install it at {page}"""
_CHANGE: Final = (
    "Where there is an app already: paste what `laurels slack manifest` prints under App Manifest. Then install the app again, if scopes\n"
    "were added."
)
_TRANSPORTS: Final = {True: 'signing_secret = "env:SLACK_SIGNING_SECRET"', False: 'app_token = "env:SLACK_APP_TOKEN"'}


@app.callback()
def slack() -> None:
    """Make a Slack app for laurels."""


@app.command()
def manifest(
    context: typer.Context,
    *,
    url: Annotated[str, typer.Option(metavar="URL", help="Where the world reaches laurels; [http].public_url if not given.")] = "",
    name: Annotated[str, typer.Option(metavar="NAME", help="What the app is called.")] = "laurels",
    http: Annotated[bool, typer.Option("--http", help="Slack sends to laurels' server, rather than over a socket.")] = False,
    several: Annotated[bool, typer.Option("--several", help="Several workspaces can install it.")] = False,
    org: Annotated[bool, typer.Option("--org", help="It can be installed for a whole Enterprise Grid.")] = False,
    link: Annotated[bool, typer.Option("--link", help="Print an address at Slack that has it filled in.")] = False,
    config: Annotated[
        Path | None, typer.Option("--config", metavar="FILE", help="The configuration; laurels.toml if not given.", show_default=False)
    ] = None,
) -> None:
    """Print what Slack makes the app from.

    It has the scopes, events and commands that laurels uses by the configuration, and no others.
    """
    import msgspec

    from . import manifest as pure

    wanted = pure.read(context.obj.table("slack", config))
    http, several = http or bool(wanted.signing_secret and not wanted.app_token), several or bool(wanted.client_id)
    address = url or (context.obj.public_url(config) if http or several else "")
    found = pure.manifest(wanted, address, name, http=http, several=several, org=org)
    typer.echo(pure.link(found) if link else msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
    transport, page = _TRANSPORTS[http], pure.install_page(address)
    steps = (_OPEN if link else _PASTE, (_HTTP if http else _SOCKET), (_SEVERAL if several else _ONE))
    told = "\n".join(steps).format(address=f"{address.rstrip('/')}/slack/events", page=page, transport=transport)
    typer.echo(f"\n{told}\n\n{_CHANGE}", err=True)


@app.command()
def key() -> None:
    """Print a new encryption key, for encryption_key."""
    from cryptography.fernet import Fernet

    typer.echo(Fernet.generate_key().decode())
