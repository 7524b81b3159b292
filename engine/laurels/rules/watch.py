"""Tells when rule files change, so that the registry can be built anew."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import TypeAlias

from .toml import matching

#: What tells one state of the files from another: size and time of change of each.
Snapshot: TypeAlias = dict[Path, tuple[int, int]]

POLL = 5_000  # milliseconds; the system's hints are quick but get lost on network and container file systems


def snapshot(folder: Path, patterns: Sequence[str]) -> Snapshot:
    """The present state of the files; take it before they are read, so that no change between reading and watching is missed."""
    found: Snapshot = {}
    for path in matching(folder, patterns):
        try:
            status = path.stat()
        except FileNotFoundError:  # went away just now
            continue
        found[path] = (status.st_size, status.st_mtime_ns)
    return found


async def changes(folder: Path, patterns: Sequence[str], known: Snapshot | None = None, poll: int = POLL) -> AsyncIterator[None]:
    """Yield whenever a file that *patterns* name (relative to *folder*) came, went or changed since *known*, until cancelled."""
    from watchfiles import awatch  # noqa: PLC0415 - only who watches should pay for it

    seen = snapshot(folder, patterns) if known is None else known
    while True:
        folders = _folders(folder, patterns)
        async for _ in awatch(*folders, recursive=False, rust_timeout=poll, yield_on_timeout=True):
            present = snapshot(folder, patterns)
            if present != seen:
                seen = present
                yield
            if _folders(folder, patterns) != folders:
                break


def _folders(folder: Path, patterns: Sequence[str]) -> list[Path]:
    """The folders to listen to: where the files are, and the nearest that exists of where they may come to be."""
    named = {_existing((folder / pattern).parent) for pattern in patterns}
    return sorted(named | {path.parent for path in matching(folder, patterns)})


def _existing(folder: Path) -> Path:
    return next((parent for parent in (folder, *folder.parents) if parent.is_dir()), Path.cwd())
