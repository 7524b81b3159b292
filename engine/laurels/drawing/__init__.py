"""Badges' pictures: what a level is made of, a medal for a badge that has no image, and SVG drawn as PNG, which chats show."""

from .addresses import picture_url
from .metals import FADED, LAUREL, METALS, Metal, metal

__all__ = ["FADED", "LAUREL", "METALS", "Metal", "draw", "metal", "picture_url"]


async def draw(image: str, metal: Metal) -> tuple[bytes, str]:
    """What to send for *image*, a file on this machine, and the ending of its name; a medal in *metal* where there is none to be shown.

    Needs ``resvg-py``, which the extras ``discord`` and ``slack`` bring.
    """
    import asyncio  # noqa: PLC0415  # who writes a badge, or asks the shell for help, need not wait for what draws

    from .images import drawn  # noqa: PLC0415

    return await asyncio.to_thread(drawn, image, metal)
