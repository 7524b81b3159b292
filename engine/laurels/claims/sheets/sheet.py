"""The two ways to print a sheet."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import structs

from ...feeds.cleaning import line
from .errors import NeedsPrint
from .layout import pages
from .slip import Paper, Slip, Words, printed
from .svg import estimated, svg

if TYPE_CHECKING:
    from .fonts import Fonts

_ENGLISH: Final = Words()


def svg_sheets(
    title: str, slips: Sequence[Slip], url_template: str = "", *, paper: Paper = "A4", words: Words = _ENGLISH
) -> tuple[str, ...]:
    """The pages, each an SVG document. *url_template* has ``{code}`` in it; without one the QR codes hold the command to type."""
    ready = [printed(_cleaned(slip), url_template, words) for slip in slips]
    return tuple(svg(marks, paper) for marks in pages(line(title), ready, paper, words, estimated))


def pdf_sheet(
    title: str,
    slips: Sequence[Slip],
    url_template: str = "",
    *,
    paper: Paper = "A4",
    words: Words = _ENGLISH,
    fonts: Sequence[Path] = (),
) -> bytes:
    """The same as one PDF. *fonts* are files to set first what Noto Sans has no signs for, such as Japanese. Raises NeedsPrint, BadFont."""
    try:
        from .fonts import Fonts  # noqa: PLC0415  # of an extra, and slow to import
        from .pdf import Painter  # noqa: PLC0415

        known = Fonts(fonts)
    except ModuleNotFoundError as exc:
        raise NeedsPrint from exc
    shown = [_shown(slip, known) for slip in map(_cleaned, slips)]
    words = structs.replace(
        words, **{name: known.legible(getattr(words, name), getattr(_ENGLISH, name)) for name in words.__struct_fields__}
    )
    title = known.legible(line(title), "laurels")
    ready = [printed(slip, url_template, words) for slip in shown]
    painter = Painter(paper, [title, *_texts(words), *(text for slip in shown for text in _texts(slip))], known, title)
    for marks in pages(title, ready, paper, words, painter.measure):
        painter.page(marks)
    return painter.bytes()


def _cleaned(slip: Slip) -> Slip:
    names = ("badge_name", "level_name", "community")
    cleaned = structs.replace(slip, **{name: line(getattr(slip, name)) for name in names})
    return cleaned if cleaned.badge_name else structs.replace(cleaned, badge_name=slip.slug)


def _shown(slip: Slip, known: "Fonts") -> Slip:
    """The slip as these fonts can show it."""
    return structs.replace(
        slip,
        badge_name=known.legible(slip.badge_name, slip.slug),
        level_name=known.legible(slip.level_name, ""),
        community=known.legible(slip.community, ""),
    )


def _texts(struct: Slip | Words) -> Iterator[str]:
    return (text for text in structs.astuple(struct) if isinstance(text, str))
