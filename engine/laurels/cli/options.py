"""Options and arguments that several commands take, and running what they ask for."""

from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any

import typer

ConfigFile = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help="The configuration; laurels.toml if not given.", show_default=False)
]
Community = Annotated[
    str | None, typer.Option("--community", metavar="NAME", help="Which community; needed where there are several.", show_default=False)
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
Slug = Annotated[str, typer.Argument(metavar="BADGE", help="The badge's slug, as `laurels badges` lists it.", show_default=False)]
Who = Annotated[str, typer.Argument(metavar="PERSON", help="A name, or an account such as github:1024.", show_default=False)]
Level = Annotated[int | None, typer.Option("--level", metavar="N", help="The level, from 1.", show_default=False)]
Note = Annotated[str, typer.Option("--note", metavar="TEXT", help="Why; kept with the award.", show_default=False)]
Evidence = Annotated[
    list[str] | None, typer.Option("--evidence", metavar="URL", help="Where it can be seen; may be repeated.", show_default=False)
]


def run(coroutine: Coroutine[Any, Any, int | None]) -> None:
    """Run what a command does, and exit with the status that it gives."""
    import asyncio  # noqa: PLC0415  # --help does not need it

    raise typer.Exit(asyncio.run(coroutine) or 0)
