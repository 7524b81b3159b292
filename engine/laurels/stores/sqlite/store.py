"""The SQLite store as a whole: opening, leading, closing."""

import sqlite3
from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout

from ...errors import StoreError
from ..migrations import at_head
from .boards import Boards
from .database import Database
from .define import Define
from .dossier import Dossier
from .files import Files
from .memory import Memory
from .outbox import Outbox
from .reading import Reading
from .rewards import Rewarding

OLDEST = (3, 38)  # ->> and UPSERT as written here


class SqliteStore(Define, Outbox, Memory, Reading, Files, Boards, Rewarding, Dossier):
    """:class:`laurels.store.Store` on one file. *url* is ``sqlite:///path``."""

    def __init__(self, url: str) -> None:
        super().__init__()
        if sqlite3.sqlite_version_info < OLDEST:
            raise StoreError(f"SQLite {sqlite3.sqlite_version} is too old; {'.'.join(map(str, OLDEST))} or newer is needed")
        self.url = url
        self.db = Database(url)
        self._folder = Path(self.db.path).absolute().parent
        self._lock = FileLock(self.db.path + ".drain")

    async def __aenter__(self) -> Self:
        if not self._folder.is_dir():
            raise StoreError(f"{self.url}: the folder {self._folder} is not there; make it, or change store.url")
        try:
            at_head(self.url)
        except sqlite3.DatabaseError as exc:
            raise StoreError(f"{self.url}: {exc}") from exc
        await self.db.__aenter__()
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.db.__aexit__(*exc)
        self._lock.release()

    async def lead(self) -> bool:
        """Take the drain's lock, which the system releases when the process ends, however it ends."""
        if self._lock.is_locked:
            return True
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            self._follows = True
            return False
        self._follows = False
        self.forget_people()
        return True
