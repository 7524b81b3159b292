"""Commands that only look: awards, why."""

# ruff: noqa: PLC0415  # what a command needs is imported when it runs, so that --help answers at once

from typing import Annotated

import typer

from .badges import badges
from .options import Community, ConfigFile, Json, Slug, Who, run


def add_to(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.add_typer(badges, name="badges")
    app.command("awards")(awards)
    app.command("why")(why)


def awards(
    *,
    person: Annotated[str | None, typer.Option(metavar="PERSON", help="Only this person's.", show_default=False)] = None,
    badge: Annotated[str | None, typer.Option(metavar="BADGE", help="Only this badge's.", show_default=False)] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also what was withdrawn, revoked or merged, or has expired.")] = False,
    community: Community = None,
    config: ConfigFile = None,
    json: Json = False,
) -> None:
    """List awards, newest first."""
    from .tasks.awards import Query, show

    run(show(config, Query(community, person, badge, everything), json=json))


def why(person: Who, badge: Slug, *, community: Community = None, config: ConfigFile = None, json: Json = False) -> None:
    """Say why somebody has a badge, or has it not.

    By which events and numbers; for a badge that is not held, what is missing.
    """
    from .tasks.why import show

    run(show(config, community, person, badge, json=json))
