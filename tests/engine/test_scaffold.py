"""``laurels new badge-pack``: what is written is a pack, and what can't be one is refused in words."""

import tomllib
from importlib import util
from pathlib import Path

import pytest

from laurels import Badge, LaurelsError
from laurels.scaffold import BadName, FolderInUse, create_badge_pack


@pytest.fixture
def made(tmp_path: Path) -> Path:
    folder = tmp_path / "acme-badges"
    create_badge_pack("acme-badges", folder)
    return folder


def test_every_file_that_was_written_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "acme-badges"
    written = create_badge_pack("acme-badges", folder)
    assert sorted(written) == sorted(path for path in folder.rglob("*") if path.is_file())
    assert {path.relative_to(folder).as_posix() for path in written} == {
        "README.md", "pyproject.toml", "acme_badges/__init__.py", "acme_badges/py.typed", "tests/test_badges.py",
    }  # fmt: skip


def test_the_entry_point_names_the_package_that_is_there(made: Path) -> None:
    project = tomllib.loads((made / "pyproject.toml").read_text())
    assert project["project"]["name"] == "acme-badges"
    assert project["project"]["entry-points"]["laurels.badges"] == {"acme_badges": "acme_badges"}
    assert project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == ["acme_badges"]


def test_the_package_can_be_imported_and_has_a_badge(made: Path) -> None:
    spec = util.spec_from_file_location("acme_badges_made", made / "acme_badges/__init__.py")
    assert spec is not None and spec.loader is not None
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    badges = [thing() for thing in vars(module).values() if isinstance(thing, type) and issubclass(thing, Badge) and thing is not Badge]
    assert [badge.slug for badge in badges] == ["acme-badges-storyteller"]


def test_no_placeholder_is_left(made: Path) -> None:
    assert not [path for path in made.rglob("*") if path.is_file() and "$" in path.read_text()]


MISSHAPEN = ("", "Acme", "acme_badges", "-acme", "acme-", "acme--badges", "1acme", "acme badges", "../acme", "acmé", "acme\n")
TAKEN = ("json", "class", "laurels", "laurels-badges")


@pytest.mark.parametrize("name", [*MISSHAPEN, *TAKEN])
def test_a_name_that_cannot_be_one_is_refused_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    with pytest.raises(BadName, match="can't be the name") as refusal:
        create_badge_pack(name, tmp_path / "target")
    assert isinstance(refusal.value, LaurelsError)
    assert refusal.value.name == name
    assert not (tmp_path / "target").exists()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(FolderInUse, match="is not empty"):
        create_badge_pack("acme-badges", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_file_in_the_place_of_the_folder_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "acme-badges"
    target.write_text("mine")
    with pytest.raises(FolderInUse, match="is not a folder"):
        create_badge_pack("acme-badges", target)
    assert target.read_text() == "mine"


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    assert create_badge_pack("acme-badges", tmp_path)
