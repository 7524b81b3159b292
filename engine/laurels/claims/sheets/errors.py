"""Why a sheet can't be printed."""

from pathlib import Path

from ...errors import LaurelsError


class NeedsPrint(LaurelsError):
    """A PDF is asked for, and the libraries that write one are not installed."""

    def __init__(self) -> None:
        super().__init__("a PDF needs the extra 'print': pip install 'laurels[print]'; or print the sheet as SVG")


class BadFont(LaurelsError):
    """The file is no font that can be read."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} can't be used as a font: {reason}")
        self.path = path
