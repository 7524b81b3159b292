"""A sheet as PDF, with every font that it needs inside, so that it looks and prints the same everywhere."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from fpdf import FPDF
from fpdf.enums import TextMode

from .fonts import Fonts
from .layout import Line, Mark, Symbol, Text
from .slip import Paper

_POINT: Final = 25.4 / 72
_SANS: Final = "sans"
_GREY: Final = 0x55
_BLACK: Final = 0
_HAIRLINE: Final = 0.15
_BASE: Final = 0.8  # how far below its top, per size, a cell of that height sets its text
_OVERLAP: Final = 1.02  # rows of a QR code overlap by this much, else some viewers show white lines between them


class Painter:
    """Draws pages on *paper* that may have any of *texts* on them."""

    def __init__(self, paper: Paper, texts: Sequence[str], fonts: Fonts, title: str) -> None:
        self._pdf = FPDF(unit="mm", format=paper)
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
        """How wide the text is for each millimetre of type size. Bold is drawn, not another font, and barely wider."""
        self._pdf.set_font(_SANS, size=100)
        return self._pdf.get_string_width(text) / (100 * _POINT) * (1.02 if bold else 1)

    def page(self, marks: Iterable[Mark]) -> None:
        """Add a page with these marks on it."""
        self._pdf.add_page()
        for mark in marks:
            match mark:
                case Text():
                    self._text(mark)
                case Line(x1, y1, x2, y2):
                    self._pdf.set_draw_color(0x99)
                    self._pdf.set_line_width(_HAIRLINE)
                    self._pdf.line(x1, y1, x2, y2)
                case Symbol():
                    self._symbol(mark)

    def bytes(self) -> bytes:
        """The whole document."""
        return bytes(self._pdf.output())

    def _text(self, mark: Text) -> None:
        bold, grey = mark.style == "bold", _GREY if mark.grey else _BLACK
        typed = mark.style == "code" and mark.text.isascii()
        self._pdf.set_font("courier" if typed else _SANS, "B" if typed and not mark.grey else "", mark.size / _POINT)
        self._pdf.set_text_color(grey)
        self._pdf.set_draw_color(grey)
        self._pdf.set_line_width(mark.size * 0.035)
        width = self._pdf.get_string_width(mark.text)
        self._pdf.set_xy(mark.x - (width if mark.right else 0), mark.y - _BASE * mark.size)
        with self._pdf.local_context(text_mode=TextMode.FILL_STROKE if bold else TextMode.FILL):
            self._pdf.cell(width, mark.size, mark.text)  # not text(), which knows no other font than the one that is set

    def _symbol(self, mark: Symbol) -> None:
        self._pdf.set_fill_color(_BLACK)
        module = mark.side / mark.modules
        for column, row, length in mark.runs:
            self._pdf.rect(mark.x + column * module, mark.y + row * module, length * module, module * _OVERLAP, style="F")
