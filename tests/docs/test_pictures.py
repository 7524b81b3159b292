"""The pictures in the documentation are of what laurels says now."""

from pathlib import Path

import pytest

from pictures.draw import DATA, FOLDER, png, told
from pictures.scenes import SCENES, played

DOCS = Path(__file__).parents[2] / "docs"
AGAIN = "draw them again: PYTHONPATH=tests/support python -m pictures.draw, and look at them"


async def test_the_pictures_show_what_is_said_now() -> None:
    assert told({name: await played(name) for name in SCENES}) == DATA.read_text(encoding="utf-8"), AGAIN


@pytest.mark.parametrize("name", SCENES)
def test_there_is_a_picture_of_each_scene(name: str) -> None:
    assert (FOLDER / f"discord-{name}.png").read_bytes().startswith(b"\x89PNG"), AGAIN


def test_there_is_no_other_picture() -> None:
    assert {path.stem for path in FOLDER.glob("*.png")} == {f"discord-{name}" for name in SCENES}


async def test_a_picture_can_be_drawn() -> None:
    assert len(png(await played("award"))) > 20_000
