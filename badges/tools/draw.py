"""Draw the starter pack's images: ``python badges/tools/draw.py``, from anywhere; the results are committed.

Every image is the same medal, a laurel wreath on a disc, around the badge's own symbol. There is one per badge, in laurel green, and one
per level, in the level's metal. No fonts, no scripts, no style sheets: only shapes with attributes, which every renderer draws alike.
"""

import tomllib
from math import cos, radians, sin
from pathlib import Path
from typing import Final, NamedTuple
from xml.sax.saxutils import escape

SYMBOLS: Final = Path(__file__).with_name("symbols.toml")
IMAGES: Final = Path(__file__).parents[1] / "laurels_badges" / "images"

CENTRE: Final = 128
WREATH_RADIUS: Final = 99
LEAVES: Final = 7  # pairs on each branch
FIRST_LEAF, LAST_LEAF = 24, 150  # degrees from the bottom, along the rim
SPREAD: Final = 27  # degrees between a leaf and its branch
LEAF: Final = "M0 0C7 -11 23 -12 36 0C23 12 7 11 0 0Z"


class Metal(NamedTuple):
    """A wreath's colours: *leaf*, and *shade* for the leaves on the inner side."""

    name: str
    leaf: str
    shade: str


class Symbol(NamedTuple):
    """One badge of ``symbols.toml``, where its keys are explained."""

    name: str
    theme: str
    metals: int
    shows: str
    drawing: str


LAUREL: Final = Metal("", "#8fcf6a", "#62a94c")
#: By level, from 1.
METALS: Final = (
    Metal("Bronze", "#e0955a", "#b86f3b"),
    Metal("Silver", "#d5dde6", "#a3b0be"),
    Metal("Gold", "#f9cf4a", "#d9a522"),
    Metal("Diamond", "#8be3f0", "#4fb9d2"),
)
#: Disc colours, by theme: all dark enough for cream and metal to stand out.
DISCS: Final = {"activity": "#1d4a52", "kindness": "#5c2751", "github": "#26355d", "metas": "#4a3420"}


def wreath(name: str, metal: Metal) -> str:
    """Both branches; the right one is the left one in a mirror. Ids carry the image's *name*, so that a page can hold several."""
    branch = "\n".join((stem(metal), *(pair(number, metal) for number in range(LEAVES)), top(metal)))
    return f'<g id="{name}-branch">\n{branch}\n</g>\n<use href="#{name}-branch" transform="matrix(-1 0 0 1 256 0)"/>\n{knot(metal)}'


def stem(metal: Metal) -> str:
    """The twig that the leaves grow on."""
    (x, y), (to_x, to_y) = at(4), at(LAST_LEAF + 4)
    arc = f"M{x:g} {y:g}A{WREATH_RADIUS} {WREATH_RADIUS} 0 0 1 {to_x:g} {to_y:g}"
    return f'<path d="{arc}" fill="none" stroke="{metal.shade}" stroke-width="5" stroke-linecap="round"/>'


def pair(number: int, metal: Metal) -> str:
    """An inner and an outer leaf at one point of the branch; they get smaller towards the top."""
    angle = FIRST_LEAF + number * (LAST_LEAF - FIRST_LEAF) / LEAVES
    size = 1 - 0.035 * number
    return leaf(angle, SPREAD, size * 0.92, metal.shade) + "\n" + leaf(angle, -SPREAD, size, metal.leaf)


def top(metal: Metal) -> str:
    """The leaf that ends a branch."""
    return leaf(LAST_LEAF, 0, 0.8, metal.leaf)


def leaf(angle: float, turn: float, size: float, colour: str) -> str:
    """One leaf at *angle* on the rim, turned from the branch's direction."""
    x, y = at(angle)
    return f'<path d="{LEAF}" transform="translate({x:g} {y:g}) rotate({angle + 180 + turn:g}) scale({size:.3g})" fill="{colour}"/>'


def knot(metal: Metal) -> str:
    """What ties the branches together."""
    line = 'fill="none" stroke-width="7" stroke-linecap="round" stroke-linejoin="round"'
    return f'<path d="M112 231L128 220L144 231" stroke="{metal.leaf}" {line}/>'


def at(angle: float) -> tuple[float, float]:
    """The point of the wreath at *angle* degrees from the bottom, clockwise."""
    turn = radians(90 + angle)
    return round(CENTRE + WREATH_RADIUS * cos(turn), 1), round(CENTRE + WREATH_RADIUS * sin(turn), 1)


def image(name: str, symbol: Symbol, title: str, metal: Metal) -> str:
    """A whole SVG file."""
    disc = DISCS[symbol.theme]
    drawing = symbol.drawing.strip()
    for word, colour in (("METAL", metal.leaf), ("SHADE", metal.shade), ("DISC", disc)):
        drawing = drawing.replace(word, colour)
    lines = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 256 256" role="img" aria-labelledby="{name}-title {name}-desc">',
        f'<title id="{name}-title">{escape(title)}</title>',
        f'<desc id="{name}-desc">{escape(symbol.shows)} in a laurel wreath</desc>',
        f'<circle cx="128" cy="128" r="122" fill="{disc}" stroke="{metal.leaf}" stroke-width="6"/>',
        wreath(name, metal),
        '<g fill="none" stroke="#fff6e0" stroke-width="10" stroke-linecap="round" stroke-linejoin="round">',
        drawing,
        "</g>",
        "</svg>",
    )
    return "\n".join(lines) + "\n"


def images() -> dict[str, str]:
    """Every file that the pack has, by name."""
    files = {}
    for slug, keys in tomllib.loads(SYMBOLS.read_text(encoding="utf-8")).items():
        symbol = Symbol(**keys)
        files[slug] = image(slug, symbol, symbol.name, LAUREL)
        for level, metal in enumerate(METALS[: symbol.metals], start=1):
            files[f"{slug}-{level}"] = image(f"{slug}-{level}", symbol, f"{metal.name} {symbol.name}", metal)
    return {f"{name}.svg": text for name, text in files.items()}


def main() -> None:
    """Write every image anew."""
    for name, text in images().items():
        (IMAGES / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
