"""Badges' images as chats show them: PNG, drawn from SVG where they are that."""

from functools import lru_cache
from pathlib import Path
from typing import Final

import resvg_py
import structlog

from .medal import medal
from .metals import Metal

log = structlog.get_logger(__name__)

SIZE: Final = 256  # pixels; chats show some 80, on a fine screen three times as many
LARGEST: Final = 1_000_000  # bytes of a file that is read

_SHOWN: Final = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp"})


def drawn(image: str, metal: Metal) -> tuple[bytes, str]:
    """What to send, and the ending of its name; see :func:`laurels.draw`."""
    try:
        if image and "://" not in image:
            return _read(Path(image))
    except Exception as exc:  # whatever is wrong with a file costs only its picture
        log.warning("a badge's image can't be shown; it gets a medal", image=image, error=str(exc))
    return png(medal(metal)), ".png"


def _read(path: Path) -> tuple[bytes, str]:
    ending = path.suffix.casefold()
    if path.stat().st_size > LARGEST:
        raise ValueError(f"more than {LARGEST:,} bytes")
    if ending == ".svg":
        return png(path.read_text(encoding="utf-8")), ".png"
    if ending not in _SHOWN:
        raise ValueError("neither SVG nor a kind of image that chats show")
    return path.read_bytes(), ending


@lru_cache(maxsize=128)
def png(svg: str, size: int = SIZE) -> bytes:
    """An SVG as PNG, *size* pixels wide. Raises ValueError where it is none."""
    return resvg_py.svg_to_bytes(svg_string=svg, width=size, skip_system_fonts="<text" not in svg)
