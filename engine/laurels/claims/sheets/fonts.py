"""Which fonts a PDF needs for its texts, and what is printed where none of them has the signs."""

import unicodedata
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTFont, TTLibError

from .errors import BadFont

BASE: Final = "NotoSans[wght].ttf"

#: What a name can lose and still be read: emoji and other symbols, and signs that show nothing themselves.
_SPARE: Final = frozenset({"So", "Sk", "Sm", "Cf", "Cc", "Co", "Cn", "Mn", "Me"})


class Fonts:
    """The fonts that ship with the extra ``print``, after those in *extra*: Noto Sans, Noto Emoji, and Noto for twenty more scripts.

    Chinese, Japanese and Korean are not among them, as they would be twenty megabytes: who needs them names a font, or prints the SVG.
    """

    def __init__(self, extra: Sequence[Path] = ()) -> None:
        self.files = [
            shipped() / BASE,
            *extra,
            *(path for path in sorted(shipped().glob("*.ttf")) if path.name != BASE and "Italic" not in path.name),
        ]
        self._signs: dict[Path, frozenset[int]] = {}

    @property
    def base(self) -> Path:
        """The font of everything that it has the signs for."""
        return self.files[0]

    def legible(self, text: str, otherwise: str) -> str:
        """*text* without the symbols that no font has; *otherwise* where a letter would be missing, or nothing is left."""
        missing = {sign for sign in text if not sign.isspace() and self._font(sign) is None}
        if any(unicodedata.category(sign) not in _SPARE for sign in missing):
            return otherwise
        return " ".join("".join(sign for sign in text if sign not in missing).split()) or otherwise

    def needed(self, texts: Sequence[str]) -> list[Path]:
        """The fonts beside the base that these texts need, in order of preference."""
        used = {self._font(sign) for sign in set("".join(texts))}
        return [path for path in self.files[1:] if path in used]

    def _font(self, sign: str) -> Path | None:
        return next((path for path in self.files if ord(sign) in self._has(path)), None)

    def _has(self, path: Path) -> frozenset[int]:
        if path not in self._signs:
            self._signs[path] = _signs(path)
        return self._signs[path]


def _signs(path: Path) -> frozenset[int]:
    try:
        with path.open("rb") as file, TTFont(file, lazy=True, fontNumber=0) as font:
            return frozenset(font.getBestCmap() or ())
    except (OSError, TTLibError) as exc:
        raise BadFont(path, str(exc)) from exc


def shipped() -> Path:
    """The folder of the fonts that come with the extra."""
    spec = find_spec("manimgx_fonts")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("manimgx_fonts")
    return Path(spec.origin).parent
