"""Groups of commands that adapters bring: entry points in ``laurels.cli``, each a ``typer.Typer``."""

# ruff: noqa: PLC0415  # most commands, and --help, need none of it

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import typer
from typer.core import TyperGroup

GROUP: Final = "laurels.cli"


class Plugged(TyperGroup):
    """Stands for the group behind an entry point, which is imported when its commands are asked for."""

    def __init__(self, entry: Any, help_: str) -> None:
        super().__init__(name=entry.name, help=help_)
        self._entry = entry

    def load(self) -> Any:
        """The group itself. Raises Problem where it can't be imported."""
        from ..plugins import entries

        try:
            found = entries.load(self._entry)
        except entries.Broken as broken:
            raise broken.problem from broken
        if not isinstance(found, typer.Typer):
            raise entries.wrong(self._entry, f"names a {type(found).__name__}", "a group of commands is a typer.Typer")
        group = typer.main.get_group(found)
        group.name = self._entry.name
        return group

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of its commands."""
        return list(self.load().list_commands(ctx))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Its command of this name, or None."""
        return self.load().get_command(ctx, cmd_name)


class Shell:
    """:class:`laurels.Shell`: what such commands may ask. *config* is what was named before the command."""

    def __init__(self, config: Path | None = None) -> None:
        self._config = config

    def public_url(self, config: Path | None = None) -> str:
        """How the world reaches laurels, by the configuration."""
        from .tasks import configured

        return configured.configuration(config or self._config).http.public_url

    def table(self, adapter: str, config: Path | None = None) -> Mapping[str, Any]:
        """What the configuration says in ``[adapters.NAME]``, as it is written."""
        from .tasks import configured

        return configured.configuration(config or self._config).adapters.get(adapter, {})


def plugged() -> dict[str, Plugged]:
    """The groups that are installed, by name; of two with one name, the first by distribution."""
    from importlib.metadata import entry_points

    found: dict[str, Plugged] = {}
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: (entry.dist.name if entry.dist else "", entry.name)):
        found.setdefault(entry.name, Plugged(entry, f"Commands of the adapter {entry.module.partition('.')[0]}."))
    return found
