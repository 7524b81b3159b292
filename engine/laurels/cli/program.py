"""The program ``laurels``: what all its commands share, and the commands themselves, put together."""

import errno
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from ..errors import LaurelsError
from . import claims, deciding, looking, operating, privacy
from .options import ConfigFile
from .plugged import Plugged, Shell, plugged

USAGE = 2  # exit status for what was typed or configured wrong


class Program(TyperGroup):
    """Says in a sentence what the user can put right; a traceback is for a fault in laurels itself.

    Beside its own commands it has those that adapters bring, which are imported when one of them is called.
    """

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of all commands."""
        self._plug()
        return super().list_commands(ctx)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of this name, or None."""
        if cmd_name not in self.commands:
            self._plug()
        return super().get_command(ctx, cmd_name)

    def _plug(self) -> None:
        for name, group in plugged().items():
            self.commands.setdefault(name, group)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that is called, and what it is called with."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, command.load() if isinstance(command, Plugged) else command, rest

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except LaurelsError as error:
            for line in str(error).splitlines():
                typer.echo(f"laurels: {line}", err=True)
            raise typer.Exit(getattr(error, "exit_status", USAGE)) from error
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            typer.echo(f"laurels: {error}", err=True)
            raise typer.Exit(1) from error


app = typer.Typer(
    name="laurels", cls=Program, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False,
    help="The award engine for community bots: webhooks and chat lines in, badges out, counted exactly once.",
)  # fmt: skip


def _tell_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version  # noqa: PLC0415  # only who asks should pay for it

        typer.echo(f"laurels {version('laurels')}")
        raise typer.Exit


@app.callback()
def everything(
    context: typer.Context,
    config: ConfigFile = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.", is_eager=True, callback=_tell_version)] = False,
) -> None:
    """Options that stand before the command."""
    context.obj = Shell(config)
    if config is not None:
        context.default_map = _defaults(context.command, {"config": config})


def _defaults(command: Any, values: dict[str, Any]) -> dict[str, Any]:
    """*values* as the defaults of a command and of every one below."""
    return {**values, **{name: _defaults(part, values) for name, part in getattr(command, "commands", {}).items()}}


operating.add_to(app)
looking.add_to(app)
deciding.add_to(app)
claims.add_to(app)
privacy.add_to(app)


def main() -> None:
    """Run the program; the entry point of the script."""
    app(prog_name="laurels")
