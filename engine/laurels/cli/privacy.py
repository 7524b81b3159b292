"""The groups ``laurels people`` and ``laurels community``: what is kept of people, and an end to it."""

# ruff: noqa: PLC0415  # what a command needs is imported when it runs, so that --help answers at once

from typing import Annotated

import typer

from .options import Community, ConfigFile, Json, Who, Yes, run

people = typer.Typer(no_args_is_help=True, help="What is kept of somebody.")
community = typer.Typer(no_args_is_help=True, help="A community as a whole.")


def add_to(app: typer.Typer) -> None:
    """Add the groups to the program."""
    app.add_typer(people, name="people")
    app.add_typer(community, name="community")


@people.command()
def settings(person: Who, *, community: Community = None, config: ConfigFile = None, json: Json = False) -> None:
    """Show what is stored about somebody, and what they set."""
    from .tasks.privacy import settings as show

    run(show(config, community, person, json=json))


@people.command()
def export(person: Who, *, community: Community = None, config: ConfigFile = None) -> None:
    """Print everything that is kept about somebody, as one JSON object."""
    from .tasks.privacy import export as show

    run(show(config, community, person))


@people.command()
def forget(person: Who, *, yes: Yes = False, community: Community = None, config: ConfigFile = None) -> None:
    """Forget somebody, at their wish.

    All they hold goes. What others' numbers rest on stays, under a pseudonym that nothing leads back from. It can't be undone.
    """
    from .tasks.privacy import forget as end

    run(end(config, community, person, yes=yes))


@community.command()
def delete(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its name in the database.", show_default=False)],
    *,
    yes: Annotated[str | None, typer.Option("--yes", metavar="NAME", help="The name again, to not be asked.", show_default=False)] = None,
    config: ConfigFile = None,
) -> None:
    """Delete everything of a community, after its name was typed.

    Stop laurels first. It can't be undone.
    """
    from .tasks.privacy import delete as end

    run(end(config, name, yes))
