"""Where everything stands on a sheet, in millimetres from its upper left corner, whatever it is drawn with."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, Literal, NamedTuple

import segno

from .fitting import Measure, fit
from .slip import Paper, Printed, Words

SIZES: Final[dict[Paper, tuple[float, float]]] = {"A4": (210, 297), "Letter": (215.9, 279.4)}
COLUMNS: Final = 2
ROWS: Final = 5
PER_PAGE: Final = COLUMNS * ROWS
WIDTH: Final = 85.0  # a slip: that of a business card
HEIGHT: Final = 50.0
MARGIN: Final = 6.0  # inside a slip; more than the four modules of quiet that a QR code needs around it
QR_SIDE: Final = 30.0
COLUMN: Final = MARGIN + QR_SIDE + 5  # where the text beside the QR code begins
MONO: Final = 0.6  # the width of a sign in a typewriter's type, per size

CAPITALS: Final = 0.8  # how far below the top of a block its first line stands, per size
LEADING: Final = 1.25  # from line to line, per size
NAME_SIZES: Final = ((5.2, 2), (4.4, 3), (3.7, 4), (3.1, 5))


class Text(NamedTuple):
    """One line of text. *y* is what it stands on, *x* its left end or, for *right*, its right one; *width* is exact where it is given."""

    x: float
    y: float
    text: str
    size: float
    style: Literal["plain", "bold", "code"] = "plain"
    grey: bool = False
    right: bool = False
    width: float = 0


class Line(NamedTuple):
    """A hairline to cut along."""

    x1: float
    y1: float
    x2: float
    y2: float


class Symbol(NamedTuple):
    """A QR code: *runs* are its dark stretches as (column, row, length), in modules of *side* / *modules* millimetres."""

    x: float
    y: float
    side: float
    modules: int
    runs: tuple[tuple[int, int, int], ...]


Mark = Text | Line | Symbol


def pages(title: str, slips: Sequence[Printed], paper: Paper, words: Words, measure: Measure) -> Iterator[list[Mark]]:
    """What is drawn on each page. Without slips there is one page, with nothing but its title and the cut marks."""
    sheets = [slips[at : at + PER_PAGE] for at in range(0, len(slips), PER_PAGE)] or [()]
    for number, sheet in enumerate(sheets, 1):
        left, top = _corner(paper)
        numbered = words.page.format(page=number, pages=len(sheets)) if len(sheets) > 1 else ""
        marks: list[Mark] = [*_header(title, numbered, left, top, measure), *_cut_marks(left, top)]
        for at, slip in enumerate(sheet):
            marks += _slip(slip, left + at % COLUMNS * WIDTH, top + at // COLUMNS * HEIGHT, words, measure)
        yield marks


def _corner(paper: Paper) -> tuple[float, float]:
    width, height = SIZES[paper]
    return (width - COLUMNS * WIDTH) / 2, (height - ROWS * HEIGHT) / 2


def _header(title: str, numbered: str, left: float, top: float, measure: Measure) -> Iterator[Text]:
    width, base = COLUMNS * WIDTH, top - 7.5
    room = width - 3 * measure(numbered, False) - 5
    fitted = fit(title, room, ((3, 1), (2.5, 1)), measure, bold=True)
    yield Text(left, base, fitted.lines[0], fitted.size, "bold")
    if numbered:
        yield Text(left + width, base, numbered, 3, grey=True, right=True)


def _cut_marks(left: float, top: float) -> Iterator[Line]:
    """Ticks outside the slips, where a cut begins and ends, and small crosses where cuts meet."""
    right, bottom = left + COLUMNS * WIDTH, top + ROWS * HEIGHT
    columns = [left + column * WIDTH for column in range(COLUMNS + 1)]
    rows = [top + row * HEIGHT for row in range(ROWS + 1)]
    for x in columns:
        yield from (Line(x, top - 5.5, x, top - 1.5), Line(x, bottom + 1.5, x, bottom + 5.5))
    for y in rows:
        yield from (Line(left - 5.5, y, left - 1.5, y), Line(right + 1.5, y, right + 5.5, y))
    for x in columns[1:-1]:
        for y in rows[1:-1]:
            yield from (Line(x - 1.5, y, x + 1.5, y), Line(x, y - 1.5, x, y + 1.5))


def _slip(printed: Printed, x: float, y: float, words: Words, measure: Measure) -> Iterator[Mark]:
    yield _symbol(printed.target, x + MARGIN, y + MARGIN - 0.5)
    yield from _naming(printed, x + COLUMN, y + MARGIN, measure)
    yield from _telling(printed, x + MARGIN, y + 40.2, words, measure)
    yield from _code(printed, x + MARGIN, y + 45.4, words)


def _symbol(target: str, x: float, y: float) -> Symbol:
    matrix = segno.make_qr(target, error="m").matrix
    return Symbol(x, y, QR_SIDE, len(matrix), tuple(_runs(matrix)))


def _runs(matrix: Sequence[bytearray]) -> Iterator[tuple[int, int, int]]:
    for row, modules in enumerate(matrix):
        column = 0
        for dark, stretch in groupby(modules):
            length = len(list(stretch))
            if dark:
                yield column, row, length
            column += length


def _naming(printed: Printed, x: float, y: float, measure: Measure) -> Iterator[Text]:
    """The community, the badge and the level, from the top."""
    slip, width = printed.slip, WIDTH - MARGIN - COLUMN
    base, leading = y - 0.6, CAPITALS
    if slip.community:
        yield Text(x, base + 2, fit(slip.community, width, ((2.5, 1),), measure).lines[0], 2.5, grey=True)
        base, leading = base + 2.8, LEADING
    name = fit(slip.badge_name, width, NAME_SIZES, measure, bold=True)
    for line in name.lines:
        base, leading = base + name.size * leading, LEADING
        yield Text(x, base, line, name.size, "bold")
    if slip.level_name:
        yield Text(x, base + 5.2, fit(slip.level_name, width, ((3.4, 1),), measure).lines[0], 3.4)


def _telling(printed: Printed, x: float, y: float, words: Words, measure: Measure) -> Iterator[Text]:
    """What to do, and until when."""
    width, size = WIDTH - 2 * MARGIN, 2.5
    room = width - (size * measure(printed.until, False) + 3 if printed.until else 0)
    scan = fit(words.scan, room, ((size, 1), (2, 1), (1.7, 1)), measure)
    yield Text(x, y, scan.lines[0], scan.size, grey=True)
    if printed.until:
        yield Text(x + width, y, printed.until, size, grey=True, right=True)


def _code(printed: Printed, x: float, y: float, words: Words) -> Iterator[Text]:
    """The command and the code, as they are typed: both on one line, whatever their lengths."""
    command, width = f"{words.command} ", WIDTH - 2 * MARGIN
    size = min(4.0, width / MONO / (len(command) * 0.8 + len(printed.code)))
    yield Text(x, y, words.command, size * 0.8, "code", grey=True, width=len(words.command) * size * 0.8 * MONO)
    yield Text(x + len(command) * size * 0.8 * MONO, y, printed.code, size, "code", width=len(printed.code) * size * MONO)
