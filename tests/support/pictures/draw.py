"""Draw the pictures of Discord in the documentation: ``PYTHONPATH=tests/support python -m pictures.draw``; the results are committed."""

import asyncio
import json
from pathlib import Path

import resvg_py

from .chat import WIDE, drawn
from .scenes import SCENES, Scene, played
from .typeset import FILES

FOLDER = Path(__file__).parents[3] / "docs" / "pictures"
DATA = FOLDER / "discord.json"  # what is on each picture; a test says when that is no longer so


def png(scene: Scene) -> bytes:
    """A picture, at twice its size for fine screens."""
    svg = drawn(scene.messages, scene.files.get)
    return resvg_py.svg_to_bytes(svg_string=svg, width=2 * WIDE, skip_system_fonts=True, font_files=FILES)


def told(scenes: dict[str, Scene]) -> str:
    """What is on the pictures, as text."""
    return json.dumps({name: scene.messages for name, scene in scenes.items()}, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


async def main() -> None:
    """Draw every picture anew."""
    FOLDER.mkdir(exist_ok=True)
    scenes = {name: await played(name) for name in SCENES}
    for name, scene in scenes.items():
        (FOLDER / f"discord-{name}.png").write_bytes(png(scene))
    DATA.write_text(told(scenes), encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(main())
