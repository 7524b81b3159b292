"""The medal of a badge that has no image of its own, as SVG: a laurel wreath around a star. Pure."""

from math import cos, pi, sin
from typing import Final

from .metals import Metal

_CENTRE, _RADIUS, _LEAVES = 128, 96, 7
_DISC: Final = 0x2A3F38
_LEAF: Final = "M0 0C7 -11 23 -12 36 0C23 12 7 11 0 0Z"


def medal(metal: Metal) -> str:
    """A whole SVG file, in the metal's colours."""
    leaf, shade = (f"#{colour:06x}" for colour in metal)
    branch = _stem(shade) + "".join(_pair(number, leaf, shade) for number in range(_LEAVES))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 256 256">'
        f'<circle cx="128" cy="128" r="122" fill="#{_DISC:06x}" stroke="{leaf}" stroke-width="6"/>'
        f'<g id="branch">{branch}</g><use xlink:href="#branch" transform="matrix(-1 0 0 1 256 0)"/>'
        f'<path d="M112 231L128 220L144 231" fill="none" stroke="{leaf}" stroke-width="7" stroke-linecap="round" stroke-linejoin="round"/>'
        f'<path d="{_star(58, 25)}" fill="{leaf}" stroke="{shade}" stroke-width="6" stroke-linejoin="round"/></svg>'
    )


def _stem(shade: str) -> str:
    (x, y), (to_x, to_y) = _at(94, _RADIUS), _at(236, _RADIUS)
    arc = f"M{x:.1f} {y:.1f}A{_RADIUS} {_RADIUS} 0 0 1 {to_x:.1f} {to_y:.1f}"
    return f'<path d="{arc}" fill="none" stroke="{shade}" stroke-width="5" stroke-linecap="round"/>'


def _pair(number: int, leaf: str, shade: str) -> str:
    angle, size = 24 + 18 * number, 1 - 0.035 * number
    return _leaf(angle, 27, size * 0.92, shade) + _leaf(angle, -27, size, leaf)


def _leaf(angle: float, turn: float, size: float, colour: str) -> str:
    x, y = _at(angle + 90, _RADIUS)
    place = f"translate({x:.1f} {y:.1f}) rotate({angle + 180 + turn:g}) scale({size:.3f})"
    return f'<path d="{_LEAF}" transform="{place}" fill="{colour}"/>'


def _star(outer: float, inner: float) -> str:
    points = (_at(36 * number - 90, inner if number % 2 else outer) for number in range(10))
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"


def _at(degrees: float, radius: float) -> tuple[float, float]:
    return _CENTRE + radius * cos(degrees * pi / 180), _CENTRE + radius * sin(degrees * pi / 180)
