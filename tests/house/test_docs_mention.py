"""What people can use is in the documentation: entry-point groups, commands, settings. (Event types: tests/docs/test_pages.py.)"""

import tomllib
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
import pytest
import typer

from laurels import Host, Level
from laurels.badge import ATTRIBUTES
from laurels.cli import app
from laurels.config.grammar import Document
from laurels.measures import Cap, Count, Distinct, Streak, Sum
from laurels.rules.grammar import KEYS

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def everything() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *sorted(ROOT.glob("docs/*.md"))])


def commands(command: Any, name: str) -> Iterator[tuple[str, list[str]]]:
    """The full name of every command that does something, and its options."""
    if not hasattr(command, "list_commands"):  # not isinstance: newer Typers bring a Click of their own
        yield name, [option for parameter in command.params for option in parameter.opts if option.startswith("--")]
    else:
        for word in command.list_commands(None):
            yield from commands(command.get_command(None, word), f"{name} {word}")


COMMANDS = dict(commands(typer.main.get_command(app), "laurels"))


def settings(struct: type[msgspec.Struct]) -> Iterator[str]:
    """Every key of *struct* and of the tables in it."""
    for field in msgspec.structs.fields(struct):
        yield field.encode_name
        for below in structs_in(field.type):
            yield from settings(below)


def structs_in(kind: Any) -> Iterator[type[msgspec.Struct]]:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        yield kind
    elif get_origin(kind) in (dict, tuple, list, Union, UnionType):
        for part in get_args(kind):
            yield from structs_in(part)


@pytest.mark.parametrize("group", sorted(PROJECT["entry-points"]))
def test_every_entry_point_group_is_explained(group: str) -> None:
    assert f'[project.entry-points."{group}"]' in everything()


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_in_the_documentation_with_its_options(name: str) -> None:
    text = page("cli.md")
    section = text.partition(f"\n### {name}\n")[2].partition("\n##")[0]
    assert section
    for_all = text.partition("\n## ")[0]
    assert [option for option in COMMANDS[name] if option not in section + for_all] == []


def test_there_are_commands_to_document() -> None:
    assert {"laurels run", "laurels db upgrade", "laurels new badge-pack"} <= COMMANDS.keys()


@pytest.mark.parametrize("key", sorted(set(settings(Document))))
def test_every_setting_is_explained(key: str) -> None:
    assert key in page("settings.md")


OWN_ADAPTERS = sorted(PROJECT["entry-points"]["laurels.adapters"])


@pytest.mark.parametrize("name", OWN_ADAPTERS)
def test_every_setting_of_an_adapter_is_explained(name: str) -> None:
    (point,) = entry_points(group="laurels.adapters", name=name)
    documented = everything()
    assert f"[adapters.{name}]" in documented
    assert [key for key in settings(point.load().Settings) if f"`{key}`" not in documented and f"{key} = " not in documented] == []


@pytest.mark.parametrize("key", KEYS)
def test_every_key_of_a_rule_is_explained(key: str) -> None:
    assert f"`{key}`" in page("rules.md") or f"{key} = " in page("rules.md")


@pytest.mark.parametrize("name", sorted(ATTRIBUTES | {"award", "freeze"}))
def test_everything_that_a_badge_can_say_is_explained(name: str) -> None:
    assert name in page("writing-a-badge.md")


MEASURES = {field for struct in (Count, Sum, Distinct, Streak, Cap, Level) for field in struct.__struct_fields__}


@pytest.mark.parametrize("name", sorted(MEASURES))
def test_everything_that_a_measure_takes_is_explained(name: str) -> None:
    assert name in page("writing-a-badge.md")


@pytest.mark.parametrize("name", sorted({*get_type_hints(Host), *(name for name in vars(Host) if not name.startswith("_"))}))
def test_everything_that_an_adapter_may_touch_is_explained(name: str) -> None:
    assert f"host.{name}" in page("writing-an-adapter.md")
