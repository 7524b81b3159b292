"""Messages as Slack shows them, drawn as SVG: close enough that people know what they will see."""

import base64
import re
from collections.abc import Callable, Iterator, Sequence
from html import unescape
from typing import Any

from .typeset import Run, Style, draw, lines, width

WIDE, LEFT, RIGHT = 640, 72, 24
PICTURE = 88
INK, FAINT, LINK, RULE = "#1d1c1d", "#616061", "#1264a3", "#dddddd"
EMOJI, BOX, CODE = "#b7791f", "#f3f3f3", "#c01343"
BUTTONS = {"": ("#ffffff", "#bbbbbb", INK), "primary": ("#007a5a", "#007a5a", "#ffffff"), "danger": ("#ffffff", "#e01e5a", "#c01343")}
NAMED = {"medal": "🏅", "tada": "🎉"}

_MARKS = re.compile(r"(\*)|<[^|>]+\|([^>]+)>|([^*<]+)")

Fetch = Callable[[str], bytes | None]
BODY = Style(15, INK)


class Sheet:
    """A picture that grows downwards. *fetch* gives the content of a file."""

    def __init__(self, fetch: Fetch) -> None:
        self.fetch, self.y, self.parts = fetch, 16.0, list[str]()

    def runs(self, runs: Sequence[Run], x: float, room: float, leading: float = 22) -> None:
        """Text from here on, each line *leading* pixels below the one before."""
        for line in lines(runs, room):
            self.parts += draw(line, x, self.y + leading * 0.74, emoji=EMOJI, box=BOX)
            self.y += leading

    def message(self, what: dict[str, Any]) -> None:
        """One message: ``author``, ``bot``, ``at``, ``blocks``, ``private``, ``note``."""
        for said in filter(None, (what.get("note"), "Only visible to you" if what.get("private") else "")):
            self.runs([Run(said, Style(13, FAINT))], LEFT, WIDE, 20)
            self.y += 2
        top = self.y
        self._author(what)
        self.y = top + 22
        self.blocks(what["blocks"])
        self.y = max(self.y, top + 44) + 16

    def home(self, what: dict[str, Any]) -> None:
        """The tab of an app: ``home`` is its name, with ``picture`` and ``blocks``."""
        self.parts.append(what["picture"].replace("@", f"translate(20 {self.y - 2:.0f}) scale(0.8)"))
        self.runs([Run(what["home"], Style(18, INK, bold=True))], LEFT, WIDE, 26)
        self.y += 8
        x = float(LEFT)
        for tab in ("Home", "Messages", "About"):
            look = Style(13, INK if tab == "Home" else FAINT, bold=True)
            wide = width(tab, "Noto Sans", look)
            self.parts += draw(lines([Run(tab, look)], WIDE)[0], x, self.y + 13)
            if tab == "Home":
                self.parts.append(f'<path d="M{x} {self.y + 24:.1f}h{wide:.1f}" stroke="{INK}" stroke-width="2"/>')
            x += wide + 24
        self.parts.append(f'<path d="M0 {self.y + 25.5:.1f}h{WIDE}" stroke="{RULE}"/>')
        self.y += 42
        self.blocks(what["blocks"])
        self.y += 20

    def _author(self, what: dict[str, Any]) -> None:
        self.parts.append(what["picture"].replace("@", f"translate(20 {self.y + 2:.0f})"))
        name = Style(15, INK, bold=True)
        self.parts += draw(lines([Run(what["author"], name)], WIDE)[0], LEFT, self.y + 15)
        x = LEFT + width(what["author"], "Noto Sans", name) + 6
        if what["bot"]:
            self.parts.append(f'<rect x="{x:.1f}" y="{self.y + 4:.1f}" width="28" height="14" rx="3" fill="#e8e8e8"/>')
            self.parts += draw(lines([Run("APP", Style(10, FAINT, bold=True))], WIDE)[0], x + 3.8, self.y + 14.6)
            x += 35
        self.parts += draw(lines([Run(what["at"], Style(12, FAINT))], WIDE)[0], x, self.y + 15)

    def blocks(self, blocks: Sequence[dict[str, Any]]) -> None:
        """Blocks below each other."""
        for number, block in enumerate(blocks):
            self.y += 8 if number else 0
            getattr(self, f"_{block['type']}")(block)

    def _rich_text(self, block: dict[str, Any]) -> None:
        for element in block["elements"]:
            top, quoted = self.y, element["type"] == "rich_text_quote"
            self.runs(list(_inline(element["elements"])), LEFT + 16 * quoted, WIDE - LEFT - RIGHT - 16 * quoted)
            if quoted:
                self.parts.append(f'<rect x="{LEFT}" y="{top:.1f}" width="4" height="{self.y - top:.1f}" rx="2" fill="{RULE}"/>')

    def _section(self, block: dict[str, Any]) -> None:
        top, beside = self.y, block.get("accessory")
        room = WIDE - LEFT - RIGHT - (PICTURE + 16 if beside else 0)
        if "text" in block:
            self.runs(list(_spoken(block["text"])), LEFT, room)
        if beside and beside["type"] == "image":
            self._picture(beside["slack_file"]["id"], top + 2)
            self.y = max(self.y, top + PICTURE + 4)

    def _header(self, block: dict[str, Any]) -> None:
        self.runs([Run(block["text"]["text"], Style(18, INK, bold=True))], LEFT, WIDE - LEFT - RIGHT, 26)

    def _context(self, block: dict[str, Any]) -> None:
        for element in block["elements"]:
            self.runs(list(_spoken(element, Style(13, FAINT))), LEFT, WIDE - LEFT - RIGHT, 20)

    def _divider(self, block: dict[str, Any]) -> None:
        self.parts.append(f'<path d="M{LEFT} {self.y + 4:.1f}h{WIDE - LEFT - RIGHT}" stroke="{RULE}"/>')
        self.y += 8

    def _actions(self, block: dict[str, Any]) -> None:
        x, self.y = float(LEFT), self.y + 2
        for button in block["elements"]:
            fill, edge, ink = BUTTONS[button.get("style", "")]
            label = lines([Run(button["text"]["text"], Style(14, ink, bold=True))], WIDE)[0]
            wide = sum(glyphs.width for glyphs in label) + 24
            if x + wide > WIDE - RIGHT:
                x, self.y = float(LEFT), self.y + 42
            box = f'x="{x + 0.5:.1f}" y="{self.y + 0.5:.1f}" width="{wide:.1f}" height="34"'
            self.parts.append(f'<rect {box} rx="8" fill="{fill}" stroke="{edge}"/>')
            self.parts += draw(label, x + 12.5, self.y + 22.5, emoji=EMOJI)
            x += wide + 8
        self.y += 36

    def _picture(self, file: str, y: float) -> None:
        content = self.fetch(file)
        if content is None:
            raise LookupError(f"nobody has {file}")
        data, size = base64.b64encode(content).decode(), f'width="{PICTURE}" height="{PICTURE}"'
        self.parts.append(f'<image x="{WIDE - RIGHT - PICTURE}" y="{y:.1f}" {size} href="data:image/png;base64,{data}"/>')

    def svg(self) -> str:
        """The whole picture."""
        size = f'width="{WIDE}" height="{self.y:.0f}"'
        body = "\n".join([f'<rect {size} fill="#ffffff"/>', *self.parts])
        return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {self.y:.0f}">\n{body}\n</svg>'


def _spoken(text: dict[str, Any], look: Style = BODY) -> Iterator[Run]:
    """A text object; as much of mrkdwn as laurels writes."""
    if text["type"] != "mrkdwn":
        yield Run(text["text"], look)
        return
    bold = False
    for mark, label, plain in _MARKS.findall(text["text"]):
        bold ^= bool(mark)
        yield Run(unescape(label or plain), look._replace(bold=bold, colour=LINK if label else look.colour))


def _inline(elements: Sequence[dict[str, Any]]) -> Iterator[Run]:
    for element in elements:
        style = element.get("style") or {}
        code = bool(style.get("code"))
        colour = LINK if element["type"] == "link" else CODE if code else INK
        look = Style(13 if code else 15, colour, bold=bool(style.get("bold")), struck=bool(style.get("strike")), boxed=code)
        yield Run(NAMED[element["name"]] if element["type"] == "emoji" else element.get("text") or element["url"], look)


def drawn(messages: Sequence[dict[str, Any]], fetch: Fetch) -> str:
    """Messages below each other, as SVG."""
    sheet = Sheet(fetch)
    for message in messages:
        (sheet.home if "home" in message else sheet.message)(message)
    return sheet.svg()
