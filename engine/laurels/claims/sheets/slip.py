"""What is printed: slips with a code each, and the words around it."""

from datetime import date
from typing import Final, Literal, NamedTuple

from msgspec import Struct

from ..codes import grouped, normalised

Paper = Literal["A4", "Letter"]

#: What stands in an address for the code.
CODE: Final = "{code}"


class Slip(Struct, frozen=True, kw_only=True):
    """One code to hand out. *slug* is printed where no font can show *badge_name*; *until* is the last day on which it works."""

    code: str
    slug: str
    badge_name: str
    level_name: str = ""
    community: str = ""
    until: date | None = None


class Words(Struct, frozen=True, kw_only=True):
    """The texts of a sheet, for a community's own language."""

    scan: str = "Scan, or write in the chat:"
    command: str = "/badges claim"
    until: str = "until {date}"
    page: str = "{page} of {pages}"


class Printed(NamedTuple):
    """A slip as it is printed."""

    slip: Slip
    code: str
    target: str  # what the QR code says
    until: str


def printed(slip: Slip, url_template: str, words: Words) -> Printed:
    """The slip with its code in groups, and what its QR code leads to: the address, or without one the command to type.

    The address has the code without dashes; the web server normalises it all the same.
    """
    code = normalised(slip.code)
    if url_template and CODE not in url_template:
        raise ValueError(f"{url_template!r} has no {CODE} in it, so every slip would lead to the same address")
    target = url_template.replace(CODE, code) if url_template else f"{words.command} {grouped(code)}"
    return Printed(slip, grouped(code), target, words.until.format(date=slip.until.isoformat()) if slip.until else "")
