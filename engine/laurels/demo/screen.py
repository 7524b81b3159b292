"""The transcript: rich on a terminal, plain lines elsewhere."""

import sys
from datetime import datetime
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from .github import Delivery

_STARS: Final = {"★": "bold yellow", "☆": "yellow"}


class Screen:
    """Prints what comes in on the left, and what laurels says below it."""

    def __init__(self) -> None:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(errors="replace")  # a terminal that knows no stars shows something else, and no traceback
        self._console = Console(highlight=False, markup=False, emoji=False)
        self._date = ""

    def heading(self, text: str) -> None:
        """A part of the story begins."""
        self._console.print(Text(f"\n{text}", "bold"), soft_wrap=True)

    def remark(self, text: str) -> None:
        """Something to know about what comes next."""
        self._row("", "", Text(text, "italic bright_black"))

    def chat(self, time: datetime, text: str) -> None:
        """Somebody typed a line."""
        self._row(self._when(time), "chat", Text(text))

    def webhook(self, time: datetime, sent: Delivery, *, known: bool) -> None:
        """GitHub sent something; *known*: it was in the journal already."""
        text = Text(sent.told)
        text.append(f"  →\u00a0{sent.status}\u00a0{sent.answer}", "green" if sent.status < 300 else "bold red")
        if known:
            text.append("  (delivered twice, counted once)", "bold green")
        self._row(self._when(time), "github", text)

    def says(self, text: str, end: str = "\n") -> None:
        """What laurels says: an announcement, a correction, an answer."""
        self._row("", "", Text(text.rstrip("\n"), _STARS.get(text[:1], "cyan")))

    def award(self, name: str, badge: str) -> None:
        """One line of the list at the end."""
        self._console.print(Text.assemble((name, "bold"), " earned ", (badge, "bold yellow")), soft_wrap=True)

    def line(self, text: str = "", style: str = "") -> None:
        """A line of its own."""
        self._console.print(Text(text, style), soft_wrap=True)

    def _when(self, time: datetime) -> str:
        date = f"{time:%a} {time.day} {time:%b}"
        shown, self._date = "" if date == self._date else date, date
        return f"{shown:>10}  {time:%H:%M}"

    def _row(self, when: str, source: str, text: Text) -> None:
        if not self._console.is_terminal:
            self._console.print(
                f"{when:>17}  {source:<6}  " + text.plain.replace("\n", "\n" + " " * 27).replace("\u00a0", " "), soft_wrap=True
            )
            return
        grid = Table.grid(padding=(0, 2))
        grid.add_column(min_width=17, style="bright_black", no_wrap=True)
        grid.add_column(min_width=6, style="blue", no_wrap=True)
        grid.add_column()
        grid.add_row(when, source, text)
        self._console.print(grid)
