"""Draw the pictures of chats in the documentation: ``PYTHONPATH=tests/support python -m pictures.draw``; the results are committed.

With the name of a platform, its pictures alone.
"""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import resvg_py

from . import chat, scenes, slack_chat, slack_scenes
from .scenes import Scene
from .typeset import FILES

FOLDER = Path(__file__).parents[3] / "docs" / "pictures"


class Platform(NamedTuple):
    """How its *scenes* are played and *drawn*."""

    name: str
    scenes: Collection[str]
    played: Callable[[str], Awaitable[Scene]]
    drawn: Callable[[Sequence[dict[str, Any]], Callable[[str], bytes | None]], str]

    @property
    def data(self) -> Path:
        """What is on each picture; a test says when that is no longer so."""
        return FOLDER / f"{self.name}.json"

    def file(self, scene: str) -> Path:
        """A picture."""
        return FOLDER / f"{self.name}-{scene}.png"

    def png(self, scene: Scene) -> bytes:
        """A picture, at twice its size for fine screens."""
        svg = self.drawn(scene.messages, scene.files.get)
        return resvg_py.svg_to_bytes(svg_string=svg, width=2 * chat.WIDE, skip_system_fonts=True, font_files=FILES)

    async def all(self) -> dict[str, Scene]:
        """Every scene, played anew."""
        return {name: await self.played(name) for name in self.scenes}


PLATFORMS = {
    platform.name: platform
    for platform in (
        Platform("discord", scenes.SCENES, scenes.played, chat.drawn),
        Platform("slack", slack_scenes.SCENES, slack_scenes.played, slack_chat.drawn),
    )
}


def told(played: Mapping[str, Scene]) -> str:
    """What is on the pictures, as text."""
    return json.dumps({name: scene.messages for name, scene in played.items()}, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


async def main(*names: str) -> None:
    """Draw every picture anew."""
    FOLDER.mkdir(exist_ok=True)
    for platform in (PLATFORMS[name] for name in names or PLATFORMS):
        played = await platform.all()
        for name, scene in played.items():
            platform.file(name).write_bytes(platform.png(scene))
        platform.data.write_text(told(played), encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
