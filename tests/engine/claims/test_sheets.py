"""Sheets of claim codes: what a camera reads off the paper, what a person reads, and that nothing is cut off."""

import re
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pypdfium2
import pytest
import zxingcpp
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from PIL import Image, ImageDraw

from laurels.claims.codes import grouped, make_code, normalised
from laurels.claims.sheets import BadFont, NeedsPrint, Paper, Slip, Words, pdf_sheet, svg_sheets
from laurels.claims.sheets.layout import HEIGHT, PER_PAGE, SIZES, WIDTH
from laurels.claims.sheets.svg import estimated

SVG = "{http://www.w3.org/2000/svg}"
URL = "https://badges.example.org/claim/{code}"
MM = 72 / 25.4

REVIEWER = Slip(
    code="K7RM-9XQT-3HVW-P2CD", slug="reviewer", badge_name="Reviewer", level_name="Silver", community="Acme", until=date(2026, 12, 31)
)
HOSTILE = [
    "The Most Extraordinarily Helpful Reviewer of Pull Requests in the Whole Community, and Far Beyond It, Since the Beginning of Time",
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenträgervereinsvorsitzendenstellvertreterinnenwahlausschuss",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
    "Серебряный рецензент запросов на слияние",
    "مراجع فضي 🥈",
    "Party 🎉👩‍👩‍👧 Starter ❤️ 🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉",
    "रजत समीक्षक",
    "銀色レビュアー賞",
    ']]> <script>alert(1)</script> & "co" \0\x1b',
    "",
]


def slips(names: Sequence[str]) -> list[Slip]:
    return [Slip(code=make_code(), slug=f"badge-{n}", badge_name=name, level_name=name, community=name) for n, name in enumerate(names)]


def rendered(pdf: bytes) -> list[Image.Image]:
    """The pages, twelve dots to the millimetre."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=12 / MM).to_pil() for page in document]


def words_in(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def read(image: Image.Image) -> list[str]:
    """What a decoder finds, from the top left as people read."""
    found = zxingcpp.read_barcodes(image)
    return [code.text for code in sorted(found, key=lambda code: (round(code.position.top_left.y / 100), code.position.top_left.x))]


def painted(svg: str) -> Image.Image:
    """The QR codes of an SVG page: the paths that its browser would fill."""
    root = ElementTree.fromstring(svg)
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    image = Image.new("L", (round(width * 12), round(height * 12)), 255)
    draw = ImageDraw.Draw(image)
    for path in root.findall(f"{SVG}path[@transform]"):
        x, y, scale = map(float, re.findall(r"[\d.]+", path.attrib["transform"]))
        for column, row, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", path.attrib["d"]):
            left, top = x + int(column) * scale, y + int(row) * scale
            draw.rectangle((left * 12, top * 12, (left + int(length) * scale) * 12 - 1, (top + scale) * 12 - 1), fill=0)
    return image


def texts(svg: str) -> list[str]:
    return [text.text or "" for text in ElementTree.fromstring(svg).findall(f"{SVG}text")]


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_camera_reads_the_address_of_every_code_off_both_kinds_of_sheet(paper: Paper) -> None:
    handed_out = slips([f"Badge {n}" for n in range(PER_PAGE + 3)])
    expected = [URL.replace("{code}", normalised(slip.code)) for slip in handed_out]
    pages = rendered(pdf_sheet("Codes", handed_out, URL, paper=paper))
    assert [read(page) for page in pages] == [expected[:PER_PAGE], expected[PER_PAGE:]]
    assert [read(painted(page)) for page in svg_sheets("Codes", handed_out, URL, paper=paper)] == [expected[:PER_PAGE], expected[PER_PAGE:]]


def test_without_an_address_the_code_says_what_to_type() -> None:
    [page] = rendered(pdf_sheet("Codes", [REVIEWER]))
    [drawn] = svg_sheets("Codes", [REVIEWER])
    assert read(page) == read(painted(drawn)) == ["/badges claim K7RM-9XQT-3HVW-P2CD"]


def test_an_address_without_a_place_for_the_code_is_refused() -> None:
    for draw in (svg_sheets, pdf_sheet):
        with pytest.raises(ValueError, match=r"has no \{code\} in it"):
            draw("Codes", [REVIEWER], "https://badges.example.org/claim")


def test_a_very_long_address_is_still_read() -> None:
    address = "https://badges.example.org/" + "community/" * 20 + "{code}"
    [page] = rendered(pdf_sheet("Codes", [REVIEWER], address))
    assert read(page) == [address.replace("{code}", normalised(REVIEWER.code))]


def test_people_read_badge_level_community_expiry_and_code() -> None:
    said = ["Codes", "Acme", "Reviewer", "Silver", "Scan, or write in the chat:", "until 2026-12-31", "/badges claim", REVIEWER.code]
    [drawn] = svg_sheets("Codes", [REVIEWER], URL)
    assert texts(drawn) == said
    printed = words_in(pdf_sheet("Codes", [REVIEWER], URL))
    assert all(text in printed for text in said)


def test_a_code_typed_in_any_way_is_printed_in_its_groups() -> None:
    [drawn] = svg_sheets("Codes", [Slip(code="k7rm9xqt3hvwpzcd", slug="reviewer", badge_name="Reviewer")])
    assert grouped(normalised(REVIEWER.code)) in texts(drawn)


def test_pages_are_numbered_where_there_are_several() -> None:
    one, two = svg_sheets("Codes", slips("abcdefghijk"))
    assert ("1 of 2" in texts(one), "2 of 2" in texts(two)) == (True, True)
    assert not any("of" in text for text in texts(svg_sheets("Codes", slips("abc"))[0]))


def test_a_sheet_speaks_the_communitys_language() -> None:
    german = Words(scan="Scannen oder im Chat schreiben:", until="bis {date}", page="{page} von {pages}")
    [drawn] = svg_sheets("Codes", [REVIEWER], words=german)
    assert {"Scannen oder im Chat schreiben:", "bis 2026-12-31"} <= set(texts(drawn))
    assert "bis 2026-12-31" in words_in(pdf_sheet("Codes", [REVIEWER], words=german))


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_page_has_the_size_of_its_paper(paper: Paper) -> None:
    width, height = SIZES[paper]
    with pypdfium2.PdfDocument(pdf_sheet("Codes", [], paper=paper)) as document:
        assert [page.get_size() for page in document] == [pytest.approx((width * MM, height * MM), abs=0.5)]
    [drawn] = svg_sheets("Codes", [], paper=paper)
    assert ElementTree.fromstring(drawn).attrib["width"] == f"{width}mm"


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_nothing_is_printed_across_a_cut_or_off_the_paper_whatever_the_names(paper: Paper) -> None:
    [page] = rendered(pdf_sheet("W" * 300, slips(HOSTILE), URL, paper=paper))
    width, height = SIZES[paper]
    left, top = (width - 2 * WIDTH) / 2, (height - 5 * HEIGHT) / 2
    for at in range(PER_PAGE):
        x, y = left + at % 2 * WIDTH, top + at // 2 * HEIGHT
        for inset in (2, 3, 4):  # cut marks reach 1.5 mm into a slip, what is printed stays 5 mm away
            for box in (
                (x + inset, y + 2, x + inset + 1, y + HEIGHT - 2),
                (x + WIDTH - inset - 1, y + 2, x + WIDTH - inset, y + HEIGHT - 2),
            ):
                assert blank(page, box), (at, box)
        assert blank(page, (x + 2, y + HEIGHT - 3, x + WIDTH - 2, y + HEIGHT - 2)), at
        assert blank(page, (x + 2, y + 2, x + WIDTH - 2, y + 3)), at
        assert blank(page, (x + 36.5, y + 4, x + 40.5, y + 36)), at  # the quiet beside the QR code
    for box in ((0, 0, width, 3), (0, height - 3, width, height), (0, 0, 3, height), (width - 3, 0, width, height)):
        assert blank(page, box)
    assert len(read(page)) == PER_PAGE


def blank(page: Image.Image, box: tuple[float, float, float, float]) -> bool:
    extrema: Any = page.convert("L").crop(tuple(round(at * 12) for at in box)).getextrema()
    return bool(extrema == (255, 255))


def test_svg_keeps_every_text_within_its_slip_by_a_careful_estimate() -> None:
    [drawn] = svg_sheets("W" * 300, slips(HOSTILE), URL)
    middle = SIZES["A4"][0] / 2
    header, *rest = ElementTree.fromstring(drawn).findall(f"{SVG}text")
    for text in rest:
        start, size = float(text.attrib["x"]), float(text.attrib["font-size"])
        width = float(text.get("textLength", 0)) or estimated(text.text or "", text.attrib["font-weight"] == "bold") * size
        assert start + width < (middle if start < middle else middle + WIDTH) - 5.9, text.text
    assert estimated(header.text or "", True) * float(header.attrib["font-size"]) < 2 * WIDTH


def test_what_the_fonts_of_a_pdf_lack_is_left_out_or_told_by_the_slug() -> None:
    printed = words_in(
        pdf_sheet("Codes", [Slip(code=make_code(), slug="silver", badge_name="銀色", community="東京"), *slips(["Star \U0001fc00 child"])])
    )
    assert "silver" in printed
    assert "Star child" in printed
    assert "\ufffd" not in printed


def test_a_font_of_ones_own_shows_what_the_others_lack(tmp_path: Path) -> None:
    font = a_font_for("銀", tmp_path / "silver.ttf")
    slip = Slip(code=make_code(), slug="silver", badge_name="銀")
    assert "銀" in words_in(pdf_sheet("Codes", [slip], fonts=[font]))
    assert "silver" in words_in(pdf_sheet("Codes", [slip]))


def a_font_for(sign: str, path: Path) -> Path:
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for corner in ((0, 700), (700, 700), (700, 0)):
        pen.lineTo(corner)
    pen.closePath()
    builder = FontBuilder(1000)
    builder.setupGlyphOrder([".notdef", "box"])
    builder.setupCharacterMap({ord(sign): "box"})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "box": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "box": (800, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Silver", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)
    return path


def test_a_file_that_is_no_font_is_named(tmp_path: Path) -> None:
    (tmp_path / "no.ttf").write_text("not a font")
    for path in (tmp_path / "no.ttf", tmp_path / "missing.ttf"):
        with pytest.raises(BadFont, match=re.escape(f"{path} can't be used as a font")):
            pdf_sheet("Codes", slips(["銀"]), fonts=[path])


@pytest.mark.parametrize("name", HOSTILE)
def test_svg_says_every_name_as_it_is_written(name: str) -> None:
    [drawn] = svg_sheets(name, slips([name]))
    letters = "".join(name.replace("\0", "").replace("\x1b", "").split())
    shown = "".join("".join(texts(drawn)).split())
    assert letters[:20] in shown


@pytest.mark.parametrize("missing", ["fpdf", "fontTools.ttLib"])
def test_without_the_extra_a_pdf_says_what_to_install_and_svg_works(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("pdf", "fonts"):
        monkeypatch.delitem(sys.modules, f"laurels.claims.sheets.{module}", raising=False)
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(NeedsPrint, match=r"pip install 'laurels\[print\]'"):
        pdf_sheet("Codes", [REVIEWER])
    assert svg_sheets("Codes", [REVIEWER])
