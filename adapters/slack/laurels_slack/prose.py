"""Texts as Slack shows them: just these characters, as people name themselves what they like. Pure.

Elements of rich text and plain text are shown as they are; only the text that stands in for blocks is read as mrkdwn, so it is escaped.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

Element = dict[str, Any]

#: Links that laurels itself puts into its texts: to messages.
_JUMP: Final = re.compile(r"(https://(?:[a-z0-9]+(?:-+[a-z0-9]+)*\.)+slack(?:-gov)?\.com/archives/[A-Z0-9]+(?:/p\d+)?(?:\?[\w=&.-]+)?)")
_EMOJI: Final = re.compile(r"(:(?=[^:\s]*[a-z])[a-z0-9_+'-]{2,100}:)")
_BOLD: Final = {"bold": True}


def spans(text: str, limit: int, *, bold: bool = False) -> list[Element]:
    """*text* as elements of rich text, at most *limit* characters; what stands between backticks as code, links to messages as links."""
    parts = cut(text, limit).split("`")
    if len(parts) % 2 == 0 or any("\n" in part for part in parts[1::2]):
        parts = [cut(text, limit)]
    style = _BOLD if bold else {}
    return [element for number, part in enumerate(parts) if part for element in (_code(part, style) if number % 2 else _told(part, style))]


def plain(text: str, limit: int) -> Element:
    """*text* as a text object that obeys nothing."""
    return {"type": "plain_text", "text": cut(text, limit).strip() or "-", "emoji": True}


def escaped(text: str, limit: int) -> str:
    """*text* for where Slack reads mrkdwn: it can neither mention nor link."""
    return cut(text, limit).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(text: str, limit: int) -> str:
    """*text*, or as much of it as there is room for."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _told(text: str, style: Element) -> Iterator[Element]:
    for number, part in enumerate(_JUMP.split(text)):
        if number % 2:
            yield {"type": "link", "url": part}
        elif part:
            yield from _spoken(part, style)


def _spoken(text: str, style: Element) -> Iterator[Element]:
    for number, part in enumerate(_EMOJI.split(text)):
        if number % 2:
            yield {"type": "emoji", "name": part[1:-1]}
        elif part:
            yield _text(part, style)


def _code(text: str, style: Element) -> Iterator[Element]:
    yield _text(text, {**style, "code": True})


def _text(text: str, style: Element) -> Element:
    return {"type": "text", "text": text, **({"style": style} if style else {})}
