"""Printing: tables for people at a terminal, plain lines for everybody else, JSON for scripts."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Protocol

import msgspec
import typer

Cell = str | int


class Bar(Protocol):
    """A progress bar."""

    def __call__(self, done: int, total: int | None = None, label: str | None = None) -> None:
        """So much is *done*, of a *total* that may have changed, as may the *label* before it."""
        ...


def say(text: str) -> None:
    """Print a line."""
    typer.echo(plain(text))


def warn(text: str) -> None:
    """Print a line that is not part of the answer."""
    typer.echo(plain(text), err=True)


def json(value: Any) -> None:
    """Print as JSON, indented."""
    typer.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def table(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Print a table at a terminal; elsewhere each row is a line, its cells separated by tabs, without headings."""
    found = [[plain(str(cell)) for cell in row] for row in rows]
    if sys.stdout.isatty() and found:
        _drawn(headings, found)
    else:
        for row in found:
            typer.echo("\t".join(row))


def _drawn(headings: Sequence[str], rows: list[list[str]]) -> None:
    from rich import box  # noqa: PLC0415  # a pipe needs no drawing
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    said = [column for column in range(len(headings)) if any(row[column] for row in rows)]
    for column in said:
        drawn.add_column(headings[column], overflow="fold", no_wrap=headings[column] == "when")
    for row in rows:
        drawn.add_row(*(Text(row[column]) for column in said))
    Console().print(drawn)


def plain(text: str) -> str:
    """Without control characters: names come from strangers, and a terminal obeys what it is shown."""
    return "".join(" " if ord(character) < 32 or 127 <= ord(character) < 160 else character for character in text)


def moment(time: datetime) -> str:
    """A time as people read it."""
    return time.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


def number(value: float) -> str:
    """A number without digits that say nothing."""
    return f"{value:,.10g}"


def counted(count: int, one: str, many: str = "") -> str:
    """``1 person``, ``2 people``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


@contextmanager
def progress(what: str, total: int) -> Iterator[Bar]:
    """A bar on standard error, where that is a terminal and there is something to do."""
    if total == 0 or not sys.stderr.isatty():
        yield lambda done, total=None, label=None: None
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as drawn:
        task = drawn.add_task(what, total=total)
        yield lambda done, total=None, label=None: drawn.update(task, completed=done, total=total, description=label)
