"""Text in the room that there is: broken over lines, made smaller, and only then cut short."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

#: How wide *text* is for each millimetre of type size, bold or not.
Measure = Callable[[str, bool], float]

_ELLIPSIS: Final = "\u2026"
_JOINER: Final = "\u200d"


class Fitted(NamedTuple):
    """The lines, and the type size in millimetres."""

    lines: tuple[str, ...]
    size: float


def fit(text: str, width: float, sizes: Sequence[tuple[float, int]], measure: Measure, *, bold: bool = False) -> Fitted:
    """The text in the first of *sizes*, each with the number of lines it has room for, that takes all of it; else shortened in the last."""
    for size, room in sizes:
        lines, broken = _wrapped(text, width / size, measure, bold)
        if len(lines) <= room and not (broken and size != sizes[-1][0]):
            return Fitted(tuple(lines), size)
    last = _shortened(lines[room - 1], width / size, measure, bold)
    return Fitted((*lines[: room - 1], last), size)


def _wrapped(text: str, width: float, measure: Measure, bold: bool) -> tuple[list[str], bool]:
    """Lines of at most *width*, and whether a word had to be broken for it."""
    lines, broken = [""], False
    for word in text.split():
        joined = f"{lines[-1]} {word}".strip()
        if measure(joined, bold) <= width:
            lines[-1] = joined
        elif measure(word, bold) <= width:
            lines.append(word)
        else:
            broken = True
            *full, rest = _broken(joined, width, measure, bold)
            lines[-1:] = [*full, rest]
    return lines, broken


def _broken(text: str, width: float, measure: Measure, bold: bool) -> list[str]:
    pieces = [""]
    for cluster in _clusters(text):
        if pieces[-1] and measure(pieces[-1] + cluster, bold) > width:
            pieces.append("")
        pieces[-1] += cluster
    return [piece.strip() for piece in pieces]


def _shortened(line: str, width: float, measure: Measure, bold: bool) -> str:
    clusters = list(_clusters(line))
    while clusters and measure("".join(clusters).rstrip() + _ELLIPSIS, bold) > width:
        clusters.pop()
    return "".join(clusters).rstrip() + _ELLIPSIS


def _clusters(text: str) -> Iterator[str]:
    """Signs that stay together: a letter with its accents, an emoji with what it is joined to."""
    cluster = ""
    for sign in text:
        belongs = unicodedata.category(sign)[0] == "M" or sign == _JOINER or "\U0001f3fb" <= sign <= "\U0001f3ff"
        if cluster and not belongs and not cluster.endswith(_JOINER):
            yield cluster
            cluster = ""
        cluster += sign
    if cluster:
        yield cluster
