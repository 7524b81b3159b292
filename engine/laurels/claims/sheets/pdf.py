"""A sheet as PDF, with every font that it needs inside, so that it looks and prints the same everywhere."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from fpdf import FPDF
from fpdf.enums import TextMode

from .fonts import Fonts
from .layout import Line, Mark, Symbol, Text
from .slip import Paper

_MM: Final = 72 / 25.4
_SANS: Final = "sans"
_GREY: Final = 0x55
_BLACK: Final = 0
_FAINT: Final = 0x99
_HAIRLINE: Final = 0.15 * _MM
_BOLD: Final = 0.03  # how thick the outline of bold letters is, per size
_BASE: Final = 0.8  # how far below its top, per size, a cell of that height sets its text
_OVERLAP: Final = 1.02  # rows of a QR code overlap by this much, else some viewers show white lines between them


class Painter:
    """Draws pages on *paper* that may have any of *texts* on them."""

    def __init__(self, paper: Paper, texts: Sequence[str], fonts: Fonts, title: str) -> None:
        self._pdf = FPDF(unit="pt", format=paper)  # in other units fpdf2 2.8 outlines letters too thinly
        self._pdf.set_auto_page_break(False)
        self._pdf.c_margin = 0
        self._pdf.set_title(title)
        self._pdf.set_creator("laurels")
        self._pdf.add_font(_SANS, fname=fonts.base)
        self._fall_back(fonts.needed(texts))
        self._pdf.set_text_shaping(True)

    def _fall_back(self, files: Sequence[Path]) -> None:
        families = [f"{_SANS}{number}" for number in range(len(files))]
        for family, path in zip(families, files, strict=True):
            self._pdf.add_font(family, fname=path)
        self._pdf.set_fallback_fonts(families, exact_match=False)

    def measure(self, text: str, bold: bool) -> float:
        """How wide the text is, per type size. Bold is the same font with an outline."""
        self._pdf.set_font(_SANS, size=100)
        return self._pdf.get_string_width(text) / 100 + (_BOLD if bold else 0)

    def page(self, marks: Iterable[Mark]) -> None:
        """Add a page with these marks on it."""
        self._pdf.add_page()
        for mark in marks:
            match mark:
                case Text():
                    self._text(mark)
                case Line():
                    self._line(mark)
                case Symbol():
                    self._symbol(mark)

    def bytes(self) -> bytes:
        """The whole document."""
        return bytes(self._pdf.output())

    def _text(self, mark: Text) -> None:
        size, grey = mark.size * _MM, _GREY if mark.grey else _BLACK
        typed = mark.style == "code" and mark.text.isascii()
        self._pdf.set_font("courier" if typed else _SANS, "B" if typed and not mark.grey else "", size)
        self._pdf.set_text_color(grey)
        self._pdf.set_draw_color(grey)
        self._pdf.set_line_width(size * _BOLD)
        width = self._pdf.get_string_width(mark.text)
        self._pdf.set_xy(mark.x * _MM - (width if mark.right else 0), mark.y * _MM - _BASE * size)
        with self._pdf.local_context(text_mode=TextMode.FILL_STROKE if mark.style == "bold" else TextMode.FILL):
            self._pdf.cell(width, size, mark.text)  # not text(), which knows no other font than the one that is set

    def _line(self, mark: Line) -> None:
        self._pdf.set_draw_color(_FAINT)
        self._pdf.set_line_width(_HAIRLINE)
        self._pdf.line(*(at * _MM for at in mark))

    def _symbol(self, mark: Symbol) -> None:
        self._pdf.set_fill_color(_BLACK)
        x, y, module = mark.x * _MM, mark.y * _MM, mark.side / mark.modules * _MM
        for column, row, length in mark.runs:
            self._pdf.rect(x + column * module, y + row * module, length * module, module * _OVERLAP, style="F")
