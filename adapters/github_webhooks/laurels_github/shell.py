"""``laurels github``: making a GitHub App."""

# ruff: noqa: PLC0415  # what a command needs is imported when it runs, so that --help answers at once

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Make a GitHub App for laurels.")

_PAGE = "GitHub takes this from a form on a web page only: give --page app.html as well, and one is written."
_NEXT = """Open {page} in a browser where you are signed in to GitHub, and press its button, which sends this to
{to}
GitHub asks for the App's name, and then goes to an address that ends in ?code=...; it does not matter whether anything
answers there. Within an hour, with what stands behind code=:

  laurels github convert CODE > laurels.env"""

_DONE = """Keep standard output in a file that only laurels can read, and load it before laurels starts. Write into laurels.toml:

{configuration}

Then install the App for the owners whose work counts: {link}/installations/new
`laurels check` tells whether all is well."""


@app.command()
def manifest(
    context: typer.Context,
    *,
    org: Annotated[str, typer.Option(metavar="NAME", help="The organization that will own the App; you, if not given.")] = "",
    url: Annotated[str, typer.Option(metavar="URL", help="Where the world reaches laurels; [http].public_url if not given.")] = "",
    name: Annotated[str, typer.Option(metavar="NAME", help="The App's name, unique on GitHub.")] = "",
    web: Annotated[str, typer.Option(metavar="URL", help="Another GitHub.")] = "https://github.com",
    page: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a page that sends it to GitHub.", show_default=False)] = None,
    config: Annotated[Path | None, typer.Option("--config", metavar="FILE", help="The configuration.", show_default=False)] = None,
) -> None:
    """Print what GitHub makes the App from.

    It has the permissions and webhooks that laurels uses, and no others.
    """
    import msgspec

    from . import manifest as pure

    found = pure.manifest(url or context.obj.public_url(config), name or (f"laurels-{org}" if org else "laurels"))
    to = pure.new(org, web)
    typer.echo(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
    if page:
        page.write_text(pure.page(found, to), encoding="utf-8")
    typer.echo("\n" + (_NEXT.format(page=page, to=to) if page else _PAGE), err=True)


@app.command()
def convert(
    code: Annotated[str, typer.Argument(metavar="CODE", help="What stands behind ?code= in the address that GitHub went to.")],
    api_url: Annotated[str, typer.Option(metavar="URL", help="Another GitHub's API.")] = "https://api.github.com",
) -> None:
    """Fetch the App's secrets, once, and print them for a shell.

    What to write into laurels.toml goes to standard error.
    """
    import asyncio

    from . import manifest as pure
    from .converting import converted

    made = asyncio.run(converted(code, api_url))
    typer.echo(pure.environment(made), nl=False)
    typer.echo(_DONE.format(configuration=pure.configuration(made, api_url), link=made.get("html_url", "")), err=True)
