"""A sheet as SVG: text stays text, set in the fonts of whoever prints it, so that any script and emoji can be shown."""

import unicodedata
from collections.abc import Iterable
from html import escape
from typing import Final

from .layout import SIZES, Line, Mark, Symbol, Text
from .slip import Paper

_SANS: Final = "'Noto Sans','DejaVu Sans','Segoe UI','Helvetica Neue',Arial,sans-serif"
_MONO: Final = "'DejaVu Sans Mono',Menlo,Consolas,'Courier New',monospace"
_GREY: Final = "#555"
_NARROW: Final = frozenset("iljtfrI.,:;'!|()[] ")
_WIDE: Final = frozenset("mwMW@%\u2026")


def svg(marks: Iterable[Mark], paper: Paper) -> str:
    """One page as a document that prints in its real size."""
    width, height = SIZES[paper]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}mm" height="{height}mm" viewBox="0 0 {width} {height}">'
    ground = f'<rect width="{width}" height="{height}" fill="#fff"/>'
    return "\n".join((head, ground, *map(_drawn, marks), "</svg>")) + "\n"


def estimated(text: str, bold: bool) -> float:
    """How wide text is at most in common typefaces, as nobody knows which will be used."""
    return sum(map(_breadth, text)) * (1.06 if bold else 1)


def _breadth(sign: str) -> float:
    if unicodedata.category(sign) in {"Mn", "Me", "Cf"}:
        return 0
    if unicodedata.east_asian_width(sign) in "WF":
        return 1.3 if unicodedata.category(sign) == "So" else 1
    if sign in _NARROW:
        return 0.42
    if sign in _WIDE:
        return 1.05
    return 0.74 if sign.isupper() else 0.65


def _drawn(mark: Mark) -> str:
    match mark:
        case Text():
            return _text(mark)
        case Line(x1, y1, x2, y2):
            return f'<path d="M{x1:g} {y1:g}L{x2:g} {y2:g}" stroke="#999" stroke-width=".15"/>'
        case Symbol(x, y, side, modules, runs):
            path = "".join(f"M{column} {row}h{length}v1h-{length}z" for column, row, length in runs)
            return f'<path transform="translate({x:g} {y:g}) scale({side / modules:.5f})" shape-rendering="crispEdges" d="{path}"/>'


def _text(mark: Text) -> str:
    family, weight = (_MONO if mark.style == "code" else _SANS), ("normal" if mark.style == "plain" or mark.grey else "bold")
    attributes = f'x="{mark.x:.2f}" y="{mark.y:.2f}" font-size="{mark.size:.2f}" font-family="{family}" font-weight="{weight}"'
    attributes += ' text-anchor="end"' if mark.right else ""
    attributes += f' fill="{_GREY}"' if mark.grey else ""
    attributes += f' textLength="{mark.width:.2f}" lengthAdjust="spacingAndGlyphs"' if mark.width else ""
    return f"<text {attributes}>{escape(mark.text)}</text>"
