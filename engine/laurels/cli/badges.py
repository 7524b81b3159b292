"""The group ``laurels badges``: what there is, and what people make."""

# ruff: noqa: PLC0415  # what a command needs is imported when it runs, so that --help answers at once

from pathlib import Path
from typing import Annotated

import typer

from .options import Community, ConfigFile, Json, Slug, Yes, run

Name = Annotated[str | None, typer.Option("--name", metavar="TEXT", help="Its title.", show_default=False)]
Description = Annotated[str | None, typer.Option("--description", metavar="TEXT", help="What it is for.", show_default=False)]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="'KEY = VALUE'", help="A line of a rule file; may be repeated.", show_default=False),
]

badges = typer.Typer(help="List, make, change and retire badges.")


@badges.callback(invoke_without_command=True)
def listed(
    context: typer.Context,
    *,
    release: Annotated[str | None, typer.Option(metavar="BADGE", help="Let a badge out of quarantine.", show_default=False)] = None,
    community: Community = None,
    config: ConfigFile = None,
    json: Json = False,
) -> None:
    """List, make, change and retire badges.

    Without a further word: every badge, then what was left out, and why.
    """
    from .tasks.badges import let_out, show

    if context.invoked_subcommand is not None:
        _pass_on(context, config, community)
    elif release is None:
        run(show(config, community, json=json))
    else:
        let_out(config, release)


def _pass_on(context: typer.Context, config: Path | None, community: str | None) -> None:
    """What stands before the command's name holds for it too."""
    given = {name: value for name, value in (("config", config), ("community", community)) if value is not None}
    defaults = dict(context.default_map or {})
    context.default_map = {name: {**defaults.get(name, {}), **given} for name in ("create", "edit", "retire", "restore", "history")}


@badges.command()
def create(
    badge: Annotated[str, typer.Argument(metavar="[BADGE]", help="Its slug; made from the name if not given.", show_default=False)] = "",
    *,
    name: Name = None,
    description: Description = None,
    lines: Set = None,
    file: Annotated[Path | None, typer.Option(metavar="FILE", help="A rule file with one table.", show_default=False)] = None,
    community: Community = None,
    config: ConfigFile = None,
) -> None:
    """Make a badge.

    It says what a table of a rule file says, and is checked alike.
    """
    from .tasks import making

    slug, table = making.table(name, description, lines or (), file)
    run(making.create(config, community, badge or slug, table))


@badges.command()
def edit(
    badge: Slug,
    *,
    name: Name = None,
    description: Description = None,
    lines: Set = None,
    unset: Annotated[list[str] | None, typer.Option(metavar="KEY", help="A key to take out; may be repeated.", show_default=False)] = None,
    community: Community = None,
    config: ConfigFile = None,
) -> None:
    """Change a badge that people made.

    A changed rule is its next version; on_change says what that does to those who hold it.
    """
    from .tasks import making

    _, table = making.table(name, description, lines or ())
    run(making.edit(config, community, badge, table | dict.fromkeys(unset or ())))


@badges.command()
def retire(badge: Slug, *, yes: Yes = False, community: Community = None, config: ConfigFile = None) -> None:
    """Let nobody win a badge any more.

    Who holds it keeps it.
    """
    from .tasks import making

    run(making.retire(config, community, badge, yes=yes))


@badges.command()
def restore(badge: Slug, *, community: Community = None, config: ConfigFile = None) -> None:
    """Bring a retired badge back."""
    from .tasks import making

    run(making.restore(config, community, badge))


@badges.command()
def history(badge: Slug, *, community: Community = None, config: ConfigFile = None, json: Json = False) -> None:
    """List what was done to a badge that people made, by whom."""
    from .tasks import making

    run(making.history(config, community, badge, json=json))
