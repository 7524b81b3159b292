"""A new badge pack, from the templates beside this module."""

import keyword
import re
import sys
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath
from string import Template
from typing import Final

from ..errors import LaurelsError

SUFFIX: Final = ".tmpl"
PACKAGE_FOLDER: Final = "package"
NAME: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class BadName(LaurelsError):
    """A badge pack can't be called that; *name* is what was asked for."""

    def __init__(self, name: str, reason: str) -> None:
        self.name = name
        super().__init__(f"{name!r} can't be the name of a badge pack: {reason}")


class FolderInUse(LaurelsError):
    """The folder *target* can't take a new pack, as there is something in it already."""

    def __init__(self, target: Path, reason: str) -> None:
        self.target = target
        super().__init__(f"{target} {reason}; choose another folder, or another name")


def create_badge_pack(name: str, target: Path) -> list[Path]:
    """Write the pack *name* into the folder *target*, which is made where it doesn't exist, and return the files written.

    Raises BadName for what can't be the name of a distribution and a module, FolderInUse where *target* is a file or isn't empty. Then
    nothing has been written.
    """
    words = _words(name)
    _refuse_unless_free(target)
    return [_write(target / where, template, words) for where, template in _templates(words["package"])]


def _words(name: str) -> dict[str, str]:
    if not NAME.fullmatch(name):
        raise BadName(name, "use small letters, digits and single hyphens, and begin with a letter, like 'acme-badges'")
    package = name.replace("-", "_")
    if keyword.iskeyword(package) or package in sys.stdlib_module_names:
        raise BadName(name, f"Python itself uses the word {package!r}; try '{name}-badges'")
    if package.split("_")[0] == "laurels":
        raise BadName(name, "names that begin with 'laurels' are laurels' own; call it after your community")
    return {"name": name, "package": package, "title": name.replace("-", " ").capitalize()}


def _refuse_unless_free(target: Path) -> None:
    if target.is_dir():
        if any(target.iterdir()):
            raise FolderInUse(target, "is not empty")
    elif target.exists() or target.is_symlink():
        raise FolderInUse(target, "is not a folder")


def _templates(package: str) -> Iterator[tuple[PurePosixPath, Traversable]]:
    for where, template in _walk(files(__package__) / "templates", PurePosixPath()):
        folder, *rest = where.parts
        yield PurePosixPath(package if folder == PACKAGE_FOLDER else folder, *rest), template


def _walk(folder: Traversable, where: PurePosixPath) -> Iterator[tuple[PurePosixPath, Traversable]]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            yield from _walk(item, where / item.name)
        elif item.name.endswith(SUFFIX):
            yield where / item.name.removesuffix(SUFFIX), item


def _write(path: Path, template: Traversable, words: dict[str, str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(Template(template.read_text(encoding="utf-8")).substitute(words), encoding="utf-8")
    return path
