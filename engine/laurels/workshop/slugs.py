"""Slugs for titles."""

import re
import unicodedata
from collections.abc import Container
from itertools import count
from typing import Final

LONGEST: Final = 60  # characters
SHAPE: Final = re.compile(r"[a-z0-9][a-z0-9-]*")

_OTHER: Final = re.compile(r"[^a-z0-9]+")


def slug_of(title: str, taken: Container[str]) -> str:
    """The title in small ASCII letters: ``Café au lait`` is ``cafe-au-lait``. Where nothing is left of it, ``badge-1`` or the next free."""
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    found = _OTHER.sub("-", plain).strip("-")[:LONGEST].strip("-")
    return found or next(slug for number in count(1) if (slug := f"badge-{number}") not in taken)


def fault(slug: str) -> str:
    """Say why *slug* is none, or nothing where it is one."""
    if not SHAPE.fullmatch(slug):
        return f"slug: {slug!r} is no slug (small letters, digits and hyphens, like 'first-merge')"
    return f"slug: {len(slug)} characters; at most {LONGEST}" if len(slug) > LONGEST else ""
