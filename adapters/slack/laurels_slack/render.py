"""From answers to what Slack shows, within its limits. Pure."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from laurels import Reply

from .prose import cut, escaped, plain, spans

ROWS: Final = 12  # of one page of several

Block = dict[str, Any]

_HEAD, _NAME, _ROW = 2500, 300, 700  # characters
_PAGE: Final = 5000  # of the rows of a page
_ALL: Final = 60  # rows of a page that is the only one
_TEXT: Final = 3000  # of what stands in for the blocks
_ALT: Final = 200


class Page(NamedTuple):
    """What is shown of an answer: blocks, and the text that stands in for them; it is page *number*, from 0, *of* so many."""

    blocks: list[Block]
    text: str
    number: int = 0
    of: int = 1


def page(reply: Reply, number: int = 0, *, picture: Block | None = None, footer: str = "", more: str = "") -> Page:
    """A page of an answer, the nearest that there is. *picture* is where an image is: ``image_url`` or ``slack_file``.

    *footer* is told where there are several pages; where there can't be, *more* says how many rows are left out.
    """
    pages = pack(reply.fields, _ALL if more else ROWS)
    left = ""
    if more and len(pages) > 1:
        left = more.format(count=len(reply.fields) - len(pages[0]))
        pages = pages[:1]
    number = max(0, min(number, len(pages) - 1))
    shown = pages[number]
    blocks = [*head(reply.text, picture), *rows(shown), *([rich(spans(left, _ROW))] if left else [])]
    if len(pages) > 1:
        blocks.append({"type": "context", "elements": [plain(footer.format(page=number + 1, pages=len(pages)), _ROW)]})
    return Page(blocks, fallback(reply.text, shown, left), number, len(pages))


def pack(fields: Sequence[tuple[str, str]], most: int) -> list[list[tuple[str, str]]]:
    """Rows, a page's worth at a time."""
    pages: list[list[tuple[str, str]]] = [[]]
    size = 0
    for name, value in fields:
        length = min(len(name), _NAME) + min(len(value), _ROW)
        if pages[-1] and (len(pages[-1]) >= most or size + length > _PAGE):
            pages.append([])
            size = 0
        pages[-1].append((name, value))
        size += length
    return pages


def head(text: str, picture: Block | None = None) -> list[Block]:
    """What an answer says first; beside a picture, where there is one."""
    if picture is None:
        told = spans(text, _HEAD)
        return [rich(told)] if told else []
    image = {"type": "image", "alt_text": cut(text.strip().partition("\n")[0], _ALT) or "-", **picture}
    return [{"type": "section", "text": plain(text, _HEAD), "accessory": image}]


def rows(fields: Sequence[tuple[str, str]]) -> list[Block]:
    """Rows, a line each."""
    lines = [line for field in fields if (line := _row(*field))]
    elements = [element for line in lines for element in ({"type": "text", "text": "\n"}, *line)]
    return [rich(elements[1:])] if elements else []


def rich(elements: list[Block]) -> Block:
    """A block of rich text."""
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}


def fallback(text: str, fields: Sequence[tuple[str, str]] = (), *more: str) -> str:
    """What is read out, and what a notification shows."""
    lines = [text, *(": ".join(filter(None, field)) for field in fields), *more]
    return escaped("\n".join(filter(None, lines)), _TEXT).strip() or "-"


def _row(name: str, value: str) -> list[Block]:
    named, told = spans(name.replace("\n", " "), _NAME, bold=True), spans(value, _ROW)
    between = [{"type": "text", "text": ": "}] if named and told else []
    return [*named, *between, *told]
