"""A message that stands already, with what was decided since. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from ..prose import cut, escaped, spans
from . import buttons

DECISIONS: Final = "nominations"

Block = dict[str, Any]

_LINE: Final = 700
_TEXT: Final = 3000


def added(blocks: Sequence[Mapping[str, Any]], line: str) -> list[Block]:
    """Blocks with one more *line* under what they say."""
    told, kept = spans(line, _LINE), [dict(block) for block in blocks]
    at = next((number for number in reversed(range(len(kept))) if kept[number]["type"] == "rich_text"), None)
    if at is not None and kept[at]["elements"][-1]["type"] == "rich_text_section":
        *others, last = kept[at]["elements"]
        longer = {**last, "elements": [*last["elements"], {"type": "text", "text": "\n"}, *told]}
        kept[at] = {**kept[at], "elements": [*others, longer]}
        return kept
    rich = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": told}]}
    at = next((number for number, block in enumerate(kept) if block["type"] == "actions"), len(kept))
    return [*kept[:at], rich, *kept[at:]]


def closed(blocks: Sequence[Mapping[str, Any]], id_: str) -> list[Block]:
    """Blocks without the buttons that decide about a nomination that is over."""
    found = []
    for block in blocks:
        if block["type"] != "actions":
            found.append(dict(block))
        elif left := [each for each in block["elements"] if not _decides(each.get("value") or "", id_)]:
            found.append({**block, "elements": left})
    return found


def text(before: str, line: str) -> str:
    """What stands in for the blocks."""
    return cut("\n".join(filter(None, (before, escaped(line, _TEXT)))), 4 * _TEXT)


def _decides(value: str, id_: str) -> bool:
    meant = buttons.meaning(value) or ()
    return (meant[1:2], meant[3:4]) == ((DECISIONS,), (id_,))
