"""The adapter: lines from standard input, announcements to standard output."""

import asyncio
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from secrets import token_hex
from threading import Thread

from laurels import Announcement, File, Host, Receipt

from . import commands, render, settings, translate


class ConsoleAdapter:
    """Chat in the terminal. *stdin*, *write* and *clock* may be replaced before it runs."""

    Settings, api, name = settings.Settings, 1, "console"

    def __init__(self, wanted: settings.Settings) -> None:
        self._settings, self._shown, self._files = wanted, dict[str, str](), dict[str, File | None]()
        self._ids = map(f"{token_hex(8)}:{{}}".format, count(1))  # this session and the number of the line: no other has the same
        self.stdin, self.write = 0, partial(print, flush=True)
        self.clock: Callable[[], datetime] = partial(datetime.now, UTC)

    async def run(self, host: Host) -> None:
        """Take lines until cancelled, or until there are no more."""
        loop, lines = asyncio.get_running_loop(), asyncio.Queue[bytes]()

        def pump() -> None:  # raw, in a daemon thread: Python's own buffer would still be locked when the interpreter ends
            with suppress(RuntimeError, OSError), os.fdopen(self.stdin, "rb", buffering=0, closefd=False) as raw:  # no loop, no stdin
                for line in iter(raw.readline, b""):
                    loop.call_soon_threadsafe(lines.put_nowait, line)
                loop.call_soon_threadsafe(lines.put_nowait, b"")

        Thread(target=pump, name="laurels console", daemon=True).start()
        while line := await lines.get():
            await self.take(line.decode("utf-8", "replace"), host)

    async def take(self, text: str, host: Host) -> None:
        """Take one line; returns when all that follows from it was shown."""
        line, admins = translate.read(text, next(self._ids), self._settings.channel, self._settings.name), self._settings.admins
        if line.text == commands.SAVE:
            self.write(self._save(line.who.id))
        elif asked := commands.command(line, (self._settings.name,) if admins is None else admins):
            answer = await host.ask(asked)
            self._files[line.who.id] = answer.file or self._files.get(line.who.id)
            self.write(render.reply(answer, line.who.name))
            await host.rest()
        elif line.text:
            for event in translate.translate(line, self.clock()):
                await host.put(event)
            await host.rest()

    def _save(self, who: str) -> str:
        """Write the file of the last answer that had one into the working directory; nothing that is there is overwritten."""
        file = self._files.get(who)
        if file is None:
            return "There is no file to save."
        path = Path(Path(file.name).name)
        try:
            with path.open("x", encoding="utf-8") as target:
                target.write(file.content)
        except OSError as error:
            return f"Not saved: {error}"
        return f"Saved: {path}"

    async def announce(self, announcement: Announcement, earlier: Receipt | None) -> Receipt:
        """Print it, unless it was. What was printed just before a crash is printed again after it: no terminal can be searched."""
        if self._shown.get(announcement.key) != (text := render.announcement(announcement)):
            self.write(text)
        self._shown[announcement.key] = text
        return earlier or Receipt(announcement.key, announcement.place)
