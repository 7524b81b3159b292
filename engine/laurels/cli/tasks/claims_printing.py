"""``laurels claims print``."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import cast, get_args

from msgspec import Struct

from ...app import utc_now
from ...claims.sheets import Paper, Slip, pdf_sheet, svg_sheets
from ...claims.usable import fault
from ...filed import Claim
from ...periods import from_micros, to_micros
from ..errors import NotNow, Wrong
from . import output
from .claims import batch_of
from .session import Session, opened


class Sheet(Struct, frozen=True):
    """How it is to be printed."""

    out: Path
    url: str
    paper: str
    fonts: tuple[Path, ...]


async def write(config: Path | None, community: str | None, batch: str, sheet: Sheet) -> None:
    """Write the codes of a batch that still work."""
    _assert_printable(sheet)
    async with opened(config) as session:
        name = session.community(community)
        claims = await batch_of(session.store, name, batch)
        now = to_micros(utc_now())
        usable = [claim for claim in claims if not fault(claim, now)]
        if not usable:
            raise NotNow(f"no code of {batch} can be used any more")
        slips = [_slip(session, name, claim) for claim in usable]
    files = _written(sheet, slips)
    output.say(f"{output.counted(len(slips), 'code')} of {slips[0].badge_name} in {', '.join(map(str, files))}")


def _assert_printable(sheet: Sheet) -> None:
    if sheet.out.suffix not in (".pdf", ".svg"):
        raise Wrong(f"--out {sheet.out}: name a .pdf or a .svg")
    if sheet.paper not in get_args(Paper):
        raise Wrong(f"--paper {sheet.paper!r}: A4 or Letter")
    if sheet.url and "{code}" not in sheet.url:
        raise Wrong(f"--url {sheet.url!r} has no {{code}} in it, so every slip would lead to the same address")
    if sheet.fonts and sheet.out.suffix == ".svg":
        raise Wrong("--font is for a PDF; an SVG is shown in the fonts of who prints it")


def _slip(session: Session, community: str, claim: Claim) -> Slip:
    definition = session.generation.registries[community].definitions.get(claim.badge)
    name, level = (definition.name, definition.level_name(claim.level)) if definition is not None else (claim.badge, "")
    return Slip(
        code=claim.code, slug=claim.badge, badge_name=name, level_name=level, community=community, until=_until(session, community, claim)
    )  # fmt: skip


def _until(session: Session, community: str, claim: Claim) -> date | None:
    """The last day of the community's on which it works, be it for an hour."""
    if claim.expires is None:
        return None
    return from_micros(claim.expires - 1).astimezone(session.config.communities[community].timezone).date()


def _written(sheet: Sheet, slips: Sequence[Slip]) -> list[Path]:
    title, paper = slips[0].badge_name, cast("Paper", sheet.paper)
    if sheet.out.suffix == ".pdf":
        sheet.out.write_bytes(pdf_sheet(title, slips, sheet.url, paper=paper, fonts=sheet.fonts))
        return [sheet.out]
    pages = svg_sheets(title, slips, sheet.url, paper=paper)
    files = [sheet.out.with_stem(f"{sheet.out.stem}-{number}") for number in range(1, len(pages) + 1)] if len(pages) > 1 else [sheet.out]
    for file, page in zip(files, pages, strict=True):
        file.write_text(page, encoding="utf-8")
    return files
