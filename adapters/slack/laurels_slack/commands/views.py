"""Views that show an answer. Pure."""

from typing import Any

from .. import render
from ..prose import plain
from .courier import Shown
from .texts import say

View = dict[str, Any]


def answer(locale: str, shown: Shown) -> View:
    """An answer."""
    title, close = (plain(say(locale, f"title.{key}"), 24) for key in ("answer", "close"))
    return {"type": "modal", "title": title, "close": close, "blocks": shown.blocks or render.head(shown.text)}


def telling(locale: str, text: str) -> View:
    """A sentence."""
    return answer(locale, Shown(text, render.head(text)))
