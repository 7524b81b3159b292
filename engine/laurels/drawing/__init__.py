"""Badges' pictures: what a level is made of, a medal for a badge that has no image, and SVG drawn as PNG, which chats show."""

from .images import draw, picture_url
from .metals import FADED, LAUREL, METALS, Metal, metal

__all__ = ["FADED", "LAUREL", "METALS", "Metal", "draw", "metal", "picture_url"]
