"""Commands that change what people hold: award, revoke, reinstate, regrade, undo."""

# ruff: noqa: PLC0415  # what a command needs is imported when it runs, so that --help answers at once

from typing import Annotated

import typer

from .options import Community, ConfigFile, Evidence, Json, Level, Note, Slug, Who, Yes, run

Occurrence = Annotated[
    str | None, typer.Option("--occurrence", metavar="O", help="Which, of a badge that can be won again.", show_default=False)
]
Everything = Annotated[bool, typer.Option("--all", help="Every occurrence, of a badge that can be won again.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands to the program."""
    for name, command in (("award", award), ("revoke", revoke), ("reinstate", reinstate), ("regrade", regrade), ("undo", undo)):
        app.command(name)(command)


def award(
    badge: Slug,
    persons: Annotated[list[str], typer.Argument(metavar="PERSON...", help="Names, or accounts such as github:1024.", show_default=False)],
    *,
    level: Level = None,
    note: Note = "",
    evidence: Evidence = None,
    community: Community = None,
    config: ConfigFile = None,
) -> None:
    """Give a badge to one or several.

    A badge for an account that was never seen waits until it does something.
    """
    from .tasks.awarding import Gift, give

    run(give(config, community, Gift(badge, tuple(persons), level, note, tuple(evidence or ()))))


def revoke(
    badge: Slug, person: Who, *, level: Level = None, occurrence: Occurrence = None, everything: Everything = False, note: Note = "",
    community: Community = None, config: ConfigFile = None,
) -> None:  # fmt: skip
    """Take a badge back from somebody.

    Every level of it that they hold, or one. It stays so, whatever counting says, until it is reinstated.
    """
    from .tasks.ruling import Ruled, take_back

    run(take_back(config, community, Ruled(badge, person, level, occurrence, everything, note)))


def reinstate(
    badge: Slug, person: Who, *, level: Level = None, occurrence: Occurrence = None, everything: Everything = False, note: Note = "",
    community: Community = None, config: ConfigFile = None,
) -> None:  # fmt: skip
    """Let what was revoked stand again."""
    from .tasks.ruling import Ruled, give_back

    run(give_back(config, community, Ruled(badge, person, level, occurrence, everything, note)))


def regrade(
    badge: Annotated[str | None, typer.Argument(metavar="BADGE", help="The badge's slug.", show_default=False)] = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="Every badge.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only print who would win and lose what, and by which event.")] = False,
    yes: Yes = False,
    community: Community = None,
    config: ConfigFile = None,
    json: Json = False,
) -> None:
    """Count a badge anew for everybody.

    It announces nothing. Interrupted, it goes on where it was.
    """
    from .tasks.forecast import show
    from .tasks.regrading import settle
    from .tasks.which import Which

    which = Which(community, badge, everything)
    run(show(config, which, json=json) if dry_run else settle(config, which, yes=yes))


def undo(
    cause: Annotated[str, typer.Argument(metavar="CAUSE", help="As `laurels awards` shows it: badge:..., command:N.", show_default=False)],
    *,
    yes: Yes = False,
    community: Community = None,
    config: ConfigFile = None,
) -> None:
    """Withdraw everything that one cause gave.

    After showing it: announcements that are out are edited, others dropped.
    """
    from .tasks.undoing import withdraw

    run(withdraw(config, community, cause, yes=yes))
