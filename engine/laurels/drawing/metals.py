"""What a level is made of, and its colours. Pure."""

import re
from typing import Final, NamedTuple


class Metal(NamedTuple):
    """The colours of a wreath: its *leaf* and its *shade*; *leaf* is also that of the card."""

    leaf: int
    shade: int


LAUREL: Final = Metal(0x8FCF6A, 0x62A94C)  # a badge without levels
FADED: Final = Metal(0x80848E, 0x5C6068)  # what is no longer held

_BRONZE, _SILVER, _GOLD, _DIAMOND = METALS = (
    Metal(0xE0955A, 0xB86F3B), Metal(0xD5DDE6, 0xA3B0BE), Metal(0xF9CF4A, 0xD9A522), Metal(0x8BE3F0, 0x4FB9D2),
)  # fmt: skip
_NAMED: Final = {
    "bronze": _BRONZE, "silver": _SILVER, "silber": _SILVER, "gold": _GOLD, "platinum": _DIAMOND, "platin": _DIAMOND,
    "diamond": _DIAMOND, "diamant": _DIAMOND,
}  # fmt: skip


def metal(level: int, name: str = "") -> Metal:
    """By the level's *name*, where that is a metal's; else by its number. The only level of a badge, which has no name, is green."""
    for word in re.findall(r"\w+", name.casefold()):
        if word in _NAMED:
            return _NAMED[word]
    return METALS[min(level, len(METALS)) - 1] if name or level > 1 else LAUREL
