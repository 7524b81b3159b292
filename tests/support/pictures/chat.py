"""Messages as Discord shows them, drawn as SVG: close enough that people know what they will see."""

import base64
from collections.abc import Callable, Sequence
from typing import Any

from .markdown import LINK, runs
from .typeset import Run, Style, draw, lines, width

WIDE, LEFT = 640, 72
CARD, THUMBNAIL = 432, 80
INK, FAINT, WHITE = "#dbdee1", "#949ba4", "#f2f3f5"
BUTTONS = {1: "#5865f2", 2: "#4e5058", 3: "#248046", 4: "#da373c", 5: "#4e5058"}

Fetch = Callable[[str], bytes | None]


class Sheet:
    """A picture that grows downwards. *fetch* gives the content of an address."""

    def __init__(self, fetch: Fetch) -> None:
        self.fetch, self.y, self.parts = fetch, 16.0, list[str]()

    def text(self, text: str, style: Style, x: float, room: float, leading: float) -> None:
        """Text from here on, each line *leading* pixels below the one before."""
        for line in lines(list(runs(text, style)), room):
            self.parts += draw(line, x, self.y + leading * 0.74)
            self.y += leading

    def message(self, what: dict[str, Any]) -> None:
        """One message: ``author``, ``bot``, ``at``, ``content``, ``embeds``, ``components``, ``private``, ``used``."""
        if what.get("used"):
            self._used(what["used"])
        top = self.y
        self._author(what)
        self.y = top + 24
        if what["content"]:
            self.text(what["content"], Style(16, INK), LEFT, WIDE - LEFT - 24, 22)
        for embed in what["embeds"]:
            self.y += 4
            self._card(embed)
        for row in what["components"]:
            self.y += 6
            self._row(row.get("components", []))
        if what.get("private"):
            self.y += 4
            self.text("Only you can see this · Dismiss message", Style(12, FAINT), LEFT, WIDE, 18)
        self.y = max(self.y, top + 44) + 18

    def _used(self, used: str) -> None:
        who, command = used.split(" ", 1)
        self.parts.append(f'<path d="M36 {self.y + 20:.0f}v-6q0 -6 6 -6h24" fill="none" stroke="#4e5058" stroke-width="2"/>')
        start = list(
            draw(
                lines([Run(who, Style(14, WHITE)), Run(" used ", Style(14, FAINT)), Run(command, Style(14, LINK))], WIDE)[0],
                LEFT,
                self.y + 13,
            )
        )
        self.parts += start
        self.y += 24

    def _author(self, what: dict[str, Any]) -> None:
        self.parts.append(what["picture"].replace("@", f"translate(16 {self.y + 2:.0f})"))
        name = Style(16, WHITE, bold=True)
        self.parts += draw(lines([Run(what["author"], name)], WIDE)[0], LEFT, self.y + 16)
        x = LEFT + width(what["author"], "Noto Sans", name) + 6
        if what["bot"]:
            self.parts.append(f'<rect x="{x:.1f}" y="{self.y + 3:.1f}" width="32" height="16" rx="4" fill="#5865f2"/>')
            self.parts += draw(lines([Run("APP", Style(11, "#ffffff", bold=True))], WIDE)[0], x + 4.5, self.y + 15)
            x += 40
        self.parts += draw(lines([Run(what["at"], Style(12, FAINT))], WIDE)[0], x, self.y + 15)

    def _card(self, embed: dict[str, Any]) -> None:
        top, picture = self.y, embed.get("thumbnail", {}).get("url", "")
        room = CARD - 32 - (THUMBNAIL + 16 if picture else 0)
        place, self.parts = len(self.parts), [*self.parts, ""]
        self.y += 12
        if title := embed.get("title"):
            self.text(title, Style(16, LINK if embed.get("url") else WHITE, bold=True), LEFT + 16, room, 22)
            self.y += 4
        if description := embed.get("description"):
            self._paragraphs(description, room)
        bottom = self.y
        if picture:
            self._picture(picture, top + 16)
            bottom = max(bottom, top + 16 + THUMBNAIL)
        self.y = bottom
        if footer := embed.get("footer", {}).get("text"):
            self.y += 6
            self.text(footer, Style(12, FAINT), LEFT + 16, CARD - 32, 16)
        self.y += 14
        self.parts[place] = _box(LEFT, top, CARD, self.y - top, embed.get("color", 0x1E1F22))

    def _paragraphs(self, text: str, room: float) -> None:
        for line in text.split("\n"):
            quoted = line.startswith("> ")
            top = self.y
            self.text(line.removeprefix("> "), Style(14, INK), LEFT + 16 + 12 * quoted, room - 12 * quoted, 19)
            if quoted:
                self.parts.append(f'<rect x="{LEFT + 16}" y="{top:.1f}" width="4" height="{self.y - top:.1f}" rx="2" fill="#4e5058"/>')

    def _picture(self, address: str, y: float) -> None:
        content = self.fetch(address)
        if content is None:
            raise LookupError(f"nobody has {address}")
        data = base64.b64encode(content).decode()
        x = LEFT + CARD - 16 - THUMBNAIL
        size = f'width="{THUMBNAIL}" height="{THUMBNAIL}"'
        self.parts.append(f'<image x="{x}" y="{y:.1f}" {size} href="data:image/png;base64,{data}"/>')

    def _row(self, buttons: Sequence[dict[str, Any]]) -> None:
        x, style = float(LEFT), Style(14, "#ffffff")
        for button in buttons:
            label = lines([Run(button.get("label", ""), style)], WIDE)[0]
            wide = sum(glyphs.width for glyphs in label) + 32
            if x + wide > WIDE - 24:
                x, self.y = float(LEFT), self.y + 40
            self.parts.append(
                f'<rect x="{x:.1f}" y="{self.y:.1f}" width="{wide:.1f}" height="32" rx="8" fill="{BUTTONS[button["style"]]}"/>'
            )
            self.parts += draw(label, x + 16, self.y + 21)
            x += wide + 8
        self.y += 32

    def svg(self) -> str:
        """The whole picture."""
        size = f'width="{WIDE}" height="{self.y:.0f}"'
        body = "\n".join([f'<rect {size} fill="#313338"/>', *self.parts])
        return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {self.y:.0f}">\n{body}\n</svg>'


def _box(x: float, y: float, wide: float, high: float, colour: int) -> str:
    return (
        f'<rect x="{x}" y="{y:.1f}" width="{wide}" height="{high:.1f}" rx="4" fill="#2b2d31"/>'
        f'<path d="M{x + 4} {y:.1f}h-1a3 3 0 0 0 -3 3v{high - 6:.1f}a3 3 0 0 0 3 3h1z" fill="#{colour:06x}"/>'
    )


def drawn(messages: Sequence[dict[str, Any]], fetch: Fetch) -> str:
    """Messages below each other, as SVG."""
    sheet = Sheet(fetch)
    for message in messages:
        sheet.message(message)
    return sheet.svg()
