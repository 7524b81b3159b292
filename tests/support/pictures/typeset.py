"""Text on a picture: cut into words and lines that fit, in fonts that have its characters."""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

import manimgx_fonts
import uharfbuzz
from fontTools.ttLib import TTFont

FOLDER = Path(manimgx_fonts.__file__).parent
FONTS = {"Noto Sans": "NotoSans[wght].ttf", "Noto Sans Symbols": "NotoSansSymbols[wght].ttf", "Noto Emoji": "NotoEmoji[wght].ttf"}
FILES = [str(FOLDER / name) for name in FONTS.values()]
EMOJI, BOX = "#ffcc4d", "#1e1f22"
SHAPES = "▰▱"  # of bars of progress, which none of the fonts has
INVISIBLE = "\u200b\u2060\ufe0f\u200d"


class Style(NamedTuple):
    """How a run of characters looks."""

    size: float = 16
    colour: str = "#dbdee1"
    bold: bool = False
    struck: bool = False
    boxed: bool = False


class Run(NamedTuple):
    """Characters of one style."""

    text: str
    style: Style


class Glyphs(NamedTuple):
    """What is set in one font, so many pixels wide."""

    text: str
    font: str
    style: Style
    width: float


@cache
def _characters(font: str) -> frozenset[int]:
    return frozenset(TTFont(FOLDER / FONTS[font]).getBestCmap())


@cache
def _face(font: str, bold: bool) -> uharfbuzz.Font:
    found = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(FOLDER / FONTS[font]))))
    found.set_variations({"wght": 700 if bold else 400})
    return found


def width(text: str, font: str, style: Style) -> float:
    """How many pixels *text* takes."""
    if font == SHAPES:
        return len(text) * style.size * 0.8
    face, buffer = _face(font, style.bold), uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(face, buffer)
    return sum(position.x_advance for position in buffer.glyph_positions) * style.size / face.face.upem


def _font(char: str) -> str:
    if char in SHAPES:
        return SHAPES
    found = [font for font in FONTS if ord(char) in _characters(font)]
    if not found:
        raise LookupError(f"no font has {char!r}")
    return found[0]


def _words(runs: Sequence[Run]) -> Iterator[list[Glyphs] | str]:
    """Words, each with the space before it, and the ends of lines."""
    word: list[Glyphs] = []
    for text, style in runs:
        for char in text:
            if char in INVISIBLE:
                continue
            if char in " \n" and word:
                yield word
                word = []
            if char == "\n":
                yield "\n"
                continue
            font = _font(char)
            if word and (word[-1].font, word[-1].style) == (font, style):
                char = word.pop().text + char  # noqa: PLW2901
            word.append(Glyphs(char, font, style, width(char, font, style)))
    yield word


def lines(runs: Sequence[Run], room: float) -> list[list[Glyphs]]:
    """*runs* in lines that are no wider than *room*."""
    set_: list[list[Glyphs]] = [[]]
    for word in _words(runs):
        if isinstance(word, str):
            set_.append([])
            continue
        wide = sum(glyphs.width for glyphs in word)
        if set_[-1] and sum(glyphs.width for glyphs in set_[-1]) + wide > room:
            set_.append([])
        if not set_[-1] and word and word[0].text.startswith(" "):
            text = word[0].text.lstrip()
            word[0] = word[0]._replace(text=text, width=width(text, word[0].font, word[0].style))
        for glyphs in word:
            _append(set_[-1], glyphs)
    return set_


def _append(line: list[Glyphs], more: Glyphs) -> None:
    """Put *more* onto a line: one piece, where it looks the same."""
    if line and (line[-1].font, line[-1].style) == (more.font, more.style):
        before = line.pop()
        more = more._replace(text=before.text + more.text, width=before.width + more.width)
    line.append(more)


def draw(glyphs: Sequence[Glyphs], x: float, y: float, *, emoji: str = EMOJI, box: str = BOX) -> Iterator[str]:
    """One line as SVG, on the baseline *y*; with the colours of emoji, and of what code stands on."""
    for text, font, style, wide in glyphs:
        colour = emoji if font == "Noto Emoji" else style.colour
        weight = ' font-weight="700"' if style.bold else ""
        if style.boxed:
            yield f'<rect x="{x:.1f}" y="{y - style.size:.1f}" width="{wide:.1f}" height="{style.size * 1.35:.1f}" rx="3" fill="{box}"/>'
        if font == SHAPES:
            yield from _bar(text, x, y, style)
            x += wide
            continue
        yield (
            f'<text x="{x:.1f}" y="{y:.1f}" font-family="{font}" font-size="{style.size:g}" fill="{colour}"{weight}'
            f' xml:space="preserve">{escape(text)}</text>'
        )
        if style.struck:
            yield f'<path d="M{x:.1f} {y - style.size * 0.3:.1f}h{wide:.1f}" stroke="{colour}" stroke-width="1.4"/>'
        x += wide


def _bar(text: str, x: float, y: float, style: Style) -> Iterator[str]:
    """Slanted boxes, full and empty ones."""
    wide, high = style.size * 0.8, style.size * 0.55
    for number, char in enumerate(text):
        left, slant = x + number * wide + 1, high * 0.4
        outline = f"M{left:.1f} {y - 1:.1f}l{slant:.1f} -{high:.1f}h{wide - slant - 2:.1f}l-{slant:.1f} {high:.1f}z"
        yield f'<path d="{outline}" fill="{style.colour if char == SHAPES[0] else "none"}" stroke="{style.colour}" stroke-width="1"/>'
