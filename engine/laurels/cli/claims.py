"""Commands for claim codes: make, list, print, withdraw."""

# ruff: noqa: PLC0415  # what a command needs is imported when it runs, so that --help answers at once

from pathlib import Path
from typing import Annotated

import typer

from .options import Community, ConfigFile, Evidence, Json, Level, Note, Slug, Yes, run

claims = typer.Typer(no_args_is_help=True, help="Codes that give a badge to who claims them.")

Batch = Annotated[str, typer.Argument(metavar="BATCH", help="As `laurels claims list` shows it.", show_default=False)]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the program."""
    for name, command in (("make", make), ("list", list_), ("print", print_), ("withdraw", withdraw)):
        claims.command(name)(command)
    app.add_typer(claims, name="claims")


def make(
    badge: Slug,
    *,
    count: Annotated[int, typer.Option("--count", metavar="N", help="How many codes.")] = 1,
    uses: Annotated[int | None, typer.Option("--uses", metavar="N", help="How often each can be used; once.", show_default=False)] = None,
    reusable: Annotated[bool, typer.Option("--reusable", help="They can be used any number of times.")] = False,
    expires: Annotated[
        str | None, typer.Option("--expires", metavar="TIME", help="For how long they work, like 30d.", show_default=False)
    ] = None,
    bound: Annotated[str | None, typer.Option("--for", metavar="PERSON", help="Who alone can claim them.", show_default=False)] = None,
    batch: Annotated[str, typer.Option("--batch", metavar="NAME", help="What they are called together.", show_default=False)] = "",
    level: Level = None,
    note: Note = "",
    evidence: Evidence = None,
    community: Community = None,
    config: ConfigFile = None,
    json: Json = False,
) -> None:
    """Make codes of a badge.

    A line for each; who types one into a chat as `/badges claim CODE` has the badge.
    """
    from .tasks.claims import Wish
    from .tasks.claims import make as made

    wish = Wish(badge, count, uses, reusable, expires, bound, batch, level, note, tuple(evidence or ()))
    run(made(config, community, wish, json=json))


def list_(
    *,
    badge: Annotated[str | None, typer.Option(metavar="BADGE", help="Only this badge's.", show_default=False)] = None,
    batch: Annotated[str | None, typer.Option(metavar="BATCH", help="Only these.", show_default=False)] = None,
    community: Community = None,
    config: ConfigFile = None,
    json: Json = False,
) -> None:
    """List codes, and whether they still work."""
    from .tasks.claims_listing import show

    run(show(config, community, badge, batch, json=json))


def print_(
    batch: Batch,
    *,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="sheet.pdf, or sheet.svg.", show_default=False)],
    url: Annotated[
        str, typer.Option("--url", metavar="URL", help="Where the QR codes lead, with {code} in it.", show_default="what to type")
    ] = "",
    paper: Annotated[str, typer.Option("--paper", metavar="SIZE", help="A4 or Letter.")] = "A4",
    font: Annotated[
        list[Path] | None, typer.Option("--font", metavar="FILE", help="A font that a PDF needs; may be repeated.", show_default=False)
    ] = None,
    community: Community = None,
    config: ConfigFile = None,
) -> None:
    """Write a sheet of codes to cut up, each with a QR code.

    Those of a batch that still work. An SVG has one page: of several, each goes into a file of its own.
    """
    from .tasks.claims_printing import Sheet, write

    run(write(config, community, batch, Sheet(out, url, paper, tuple(font or ()))))


def withdraw(
    which: Annotated[str, typer.Argument(metavar="CODE|BATCH", help="One code, or all of a batch.", show_default=False)],
    *,
    yes: Yes = False,
    community: Community = None,
    config: ConfigFile = None,
) -> None:
    """Let codes give nothing any more.

    What they gave stays: `laurels undo claims:BATCH` takes it back.
    """
    from .tasks.claims import withdraw as withdrawn

    run(withdrawn(config, community, which, yes=yes))
