"""The repository says nothing about where it was made, and everything that is not Python is still shipped."""

import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

#: Made on the spot, never committed; so are caches and virtual environments of any name.
MADE = {".git", ".venv", "node_modules", "__pycache__", "dist", "build", ".demo", ".hypothesis"}

#: Package indexes and their file hosts: which one is used is the business of whoever installs.
HOSTS = re.compile(r"\b(pypi|pythonhosted|npmjs|yarnpkg|jsr)\.(org|com|io)\b", re.IGNORECASE)

#: A path that is right on one machine only, or a note of the workshop.
WORKSHOP = re.compile(r"(?<![\w.~-])/(work|root|home/\w+|opt/\w+)/|\b(DESIGN|PLAN)\.md\b|\bissue #?\d+ \(|\bhelper [A-F]\b")

TEXT = {".py", ".typed", ".md", ".toml", ".json", ".yaml", ".yml", ".mjs", ".js", ".sql", ".svg", ".jinja", ".tmpl", ".txt", ".sh", ""}


def files() -> Iterator[Path]:
    for folder, below, names in os.walk(ROOT):
        below[:] = [name for name in below if not is_made(Path(folder, name))]
        yield from (Path(folder, name) for name in names if Path(name).suffix in TEXT)


def is_made(folder: Path) -> bool:
    name = folder.name
    return name in MADE or name.endswith(("_cache", ".egg-info")) or (folder / "pyvenv.cfg").exists()


def findings(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in files()
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_package_index_is_named() -> None:
    assert findings(HOSTS) == []


def test_no_file_names_the_machine_or_the_workshop_it_was_made_in() -> None:
    assert findings(WORKSHOP) == []


def test_every_package_folder_is_in_the_wheel_and_known_to_the_type_checker() -> None:
    packages = {path.parent.relative_to(ROOT).as_posix() for path in files() if path.name == "py.typed"}
    own = {package for package in packages if not package.startswith("examples/")}
    assert own == set(PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"])
    assert {str(Path(package).parent) for package in packages} == set(PROJECT["tool"]["mypy"]["mypy_path"].split(":"))


def test_there_is_no_init_under_tests() -> None:
    assert [path for path in files() if path.name == "__init__.py" and path.is_relative_to(ROOT / "tests")] == []
