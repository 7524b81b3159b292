"""The starter pack as it lies there: complete, with exactly its thresholds, its images all of one style, its code on public names only."""

import ast
import importlib.util
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

import laurels
import laurels_badges
from laurels import Badge, Level
from laurels.loaded import Sourced
from laurels.rules.toml import load
from laurels.validate import Catalog, check, types_of

PACK = Path(laurels_badges.__file__).parent
IMAGES = PACK / "images"
DRAW = PACK.parent / "tools" / "draw.py"
SVG = "{http://www.w3.org/2000/svg}"

#: What the pack promises: every badge with the values that win its levels. None where no number wins it.
THRESHOLDS = {
    "first-steps": (1,),
    "regular": (7, 30, 100, 365),
    "on-a-roll": (4, 12, 26, 52),
    "anniversary": None,
    "helper": (3, 15, 50),
    "generous": (5, 25, 100),
    "solver": (1, 10, 50),
    "appreciated": (10, 50, 200),
    "welcomer": (3, 15, 50),
    "first-merge": (1,),
    "contributor": (5, 25, 100),
    "reviewer": (5, 50, 250),
    "bug-hunter": (1, 10, 50),
    "explorer": (2, 5, 15),
    "bridge-builder": None,
    "community-choice": None,
}


class Shown(NamedTuple):
    """What people see of a badge, whether it is a class or a table."""

    slug: str
    name: str
    description: str
    emoji: str
    image: str
    points: int
    thresholds: tuple[float, ...] | None
    level_images: tuple[str, ...]
    level_names: tuple[str, ...]


def classes() -> list[Badge]:
    return [found() for found in vars(laurels_badges).values() if isinstance(found, type) and issubclass(found, Badge)]


def tables() -> dict[str, dict]:
    found: dict[str, dict] = {}
    for name in laurels_badges.rules:
        found |= tomllib.loads((PACK / name).read_text(encoding="utf-8"))
    return found


def of_class(badge: Badge) -> Shown:
    levels = [level for level in badge.levels if isinstance(level, Level)]
    return Shown(
        badge.slug, badge.name, badge.description, badge.emoji, badge.image, badge.points,
        tuple(level.at for level in levels if level.at) or None,
        tuple(level.image for level in levels), tuple(level.name for level in levels),
    )  # fmt: skip


def of_table(slug: str, table: dict) -> Shown:
    levels = table["levels"]
    return Shown(
        slug, table["name"], table["description"], table["emoji"], table["image"], table["points"],
        tuple(level["at"] for level in levels), tuple(level["image"] for level in levels), tuple(level["name"] for level in levels),
    )  # fmt: skip


SHOWN = [of_class(badge) for badge in classes()] + [of_table(slug, table) for slug, table in tables().items()]
EVERY = pytest.mark.parametrize("badge", SHOWN, ids=lambda badge: badge.slug)
EVERY_FILE = pytest.mark.parametrize("file", sorted(IMAGES.iterdir()), ids=lambda file: file.stem)


def test_the_pack_has_exactly_its_sixteen_badges():
    assert sorted(badge.slug for badge in SHOWN) == sorted(THRESHOLDS)


def test_every_badge_passes_validation():
    loaded = [load(PACK / name) for name in laurels_badges.rules]
    badges = [Sourced(badge, type(badge).__name__) for badge in classes()] + [found for source in loaded for found in source.badges]
    valid = check(badges, Catalog(types_of(())[0]))
    assert [str(problem) for source in (*loaded, valid) for problem in source.problems] == []
    assert len(valid.badges) == len(THRESHOLDS)


def test_it_has_badges_in_python_and_in_toml():
    assert len(classes()) == 11
    assert len(tables()) == 5


@EVERY
def test_a_badge_has_all_that_people_see(badge):
    assert badge.name
    assert badge.emoji
    assert badge.points > 0
    assert len(badge.description) > 60
    assert badge.description.endswith(".")
    assert "  " not in badge.description
    assert "\n" not in badge.description


@EVERY
def test_a_badge_is_won_at_exactly_its_thresholds(badge):
    assert badge.thresholds == THRESHOLDS[badge.slug]


@EVERY
def test_levels_are_metals_from_bronze_up(badge):
    several = len(badge.level_names) > 1
    assert badge.level_names == (("Bronze", "Silver", "Gold", "Diamond")[: len(badge.level_names)] if several else badge.level_names)
    assert several or set(badge.level_names) <= {""}


@EVERY
def test_a_badge_and_its_levels_have_images(badge):
    for image in (badge.image, *badge.level_images):
        assert (PACK / image).is_file()


def test_no_image_is_left_over():
    used = {image for badge in SHOWN for image in (badge.image, *badge.level_images)}
    assert {f"images/{file.name}" for file in IMAGES.iterdir()} == used


def test_names_and_emoji_tell_badges_apart():
    assert len({badge.name for badge in SHOWN}) == len({badge.emoji for badge in SHOWN}) == len(SHOWN)


@EVERY_FILE
def test_an_image_is_svg_of_the_common_style(file):
    root = ElementTree.parse(file).getroot()
    assert root.tag == SVG + "svg"
    assert root.get("viewBox") == "0 0 256 256"
    medal = root.find(SVG + "circle")
    assert (medal.get("cx"), medal.get("cy"), medal.get("r"), medal.get("stroke-width")) == ("128", "128", "122", "6")
    symbol = root.findall(SVG + "g")[-1]
    assert (symbol.get("stroke"), symbol.get("stroke-width")) == ("#fff6e0", "10")


@EVERY_FILE
def test_an_image_has_nothing_but_shapes(file):
    for element in ElementTree.parse(file).iter():
        assert element.tag.removeprefix(SVG) in {"svg", "title", "desc", "g", "path", "circle", "rect", "use"}
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert "url(" not in value
            assert not name.endswith("href") or value.startswith("#")


@EVERY_FILE
def test_an_image_says_what_it_shows(file):
    root = ElementTree.parse(file).getroot()
    title, shows = root.find(SVG + "title"), root.find(SVG + "desc")
    assert root.get("aria-labelledby") == f"{title.get('id')} {shows.get('id')}"
    slug, _, level = file.stem.rpartition("-") if file.stem[-1].isdigit() else (file.stem, "", "")
    badge = next(badge for badge in SHOWN if badge.slug == slug)
    assert title.text == (f"{badge.level_names[int(level) - 1]} {badge.name}" if level else badge.name)
    assert shows.text.endswith("in a laurel wreath")


def test_no_two_images_share_an_id_so_that_one_page_can_hold_them_all():
    ids = [element.get("id") for file in IMAGES.iterdir() for element in ElementTree.parse(file).iter() if element.get("id")]
    assert len(ids) == len(set(ids))


def test_the_images_are_what_the_script_draws():
    drawn = module_from(DRAW).images()
    assert {file.name: file.read_text(encoding="utf-8") for file in IMAGES.iterdir()} == drawn


def test_the_pack_imports_only_public_names_of_laurels():
    for file in PACK.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                assert {name.name.partition(".")[0] for name in node.names} <= sys.stdlib_module_names
            elif isinstance(node, ast.ImportFrom) and node.module == "laurels":
                assert {name.name for name in node.names} <= set(laurels.__all__)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                assert node.module.partition(".")[0] in sys.stdlib_module_names


def test_the_gallery_shows_every_badge_with_its_images_and_thresholds():
    page = (PACK.parents[1] / "docs" / "badges.md").read_text(encoding="utf-8")
    for badge in SHOWN:
        section = page.partition(f"### {badge.emoji} {badge.name}\n")[2].partition("\n### ")[0].partition("\n## ")[0]
        assert f"`{badge.slug}`" in section
        for image in (badge.image, *badge.level_images):
            assert f"../badges/laurels_badges/{image}" in section
        for name, at in zip(badge.level_names, badge.thresholds or (), strict=True):
            assert not name or f"**{name}** {at:g}" in section


def module_from(file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(file.stem, file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
