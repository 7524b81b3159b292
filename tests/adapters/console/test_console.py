"""The console in a whole laurels: what every adapter must do, and standard input."""

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from msgspec import structs

import laurels_badges
from fake_host import FakeHost
from laurels import Announcement, File, Place, Reply
from laurels.testing import AdapterSuite, Running
from laurels_console import ConsoleAdapter
from laurels_console.settings import Settings


class Terminal:
    """The two ends of a console: type into one, read the other."""

    def __init__(self) -> None:
        self.stdin, self._keyboard = os.pipe()
        self.lines: list[str] = []
        self.written = asyncio.Event()

    def type(self, text: str) -> None:
        os.write(self._keyboard, text.encode())

    def write(self, text: str) -> None:
        self.lines.append(text)
        self.written.set()

    async def until(self, text: str) -> None:
        async with asyncio.timeout(10):
            while not any(text in line for line in self.lines):
                self.written.clear()
                await self.written.wait()

    def end(self) -> None:
        if self._keyboard >= 0:
            os.close(self._keyboard)
            self._keyboard = -1

    def close(self) -> None:
        self.end()
        for thread in threading.enumerate():
            if thread.name == "laurels console":
                thread.join(10)
        os.close(self.stdin)


@pytest.fixture
def pack() -> Any:
    return laurels_badges


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    made = Terminal()
    yield made
    made.close()


@pytest.fixture
def adapter(terminal: Terminal) -> ConsoleAdapter:
    made = ConsoleAdapter(Settings())
    made.stdin, made.write = terminal.stdin, terminal.write
    return made


class TestConsole(AdapterSuite):
    """What holds for every adapter. A terminal can't be edited: the last line is what stands."""

    @pytest.fixture
    def posts(self, terminal: Terminal) -> Any:
        return lambda: terminal.lines[-1:]

    @pytest.fixture
    def deliver(self, adapter: ConsoleAdapter, running: Running) -> Any:
        async def once() -> None:
            adapter._ids = iter(["session:1"])  # the same line once more, which no keyboard can give
            await adapter.take("ana: thanks @bob", running.app.host("console"))

        return once


async def test_a_line_is_printed_once_and_again_only_when_it_says_something_else(adapter: ConsoleAdapter, terminal: Terminal) -> None:
    won = Announcement("k1", "home", Place("console", "#general"), "Ana", "Ana earned Helper", ())
    gone = structs.replace(won, text="Ana no longer holds Helper", withdrawn=True)
    receipt = await adapter.announce(won, None)
    for said in (won, gone, gone, won):
        assert await adapter.announce(said, receipt) == receipt
    assert terminal.lines == ["★ Ana earned Helper", "☆ Ana no longer holds Helper", "★ Ana earned Helper"]


async def test_lines_come_in_and_announcements_go_out(running: Running, terminal: Terminal) -> None:
    terminal.type("ana: hello\nbob > ana: welcome\n\n#lamps bob + ana: 🎉\n")
    await terminal.until("★ Ana earned First Steps")
    terminal.type("ana: /badges profile\n")
    await terminal.until("Ana has 1 badge.")
    assert [event.type for event in running.journal if event.actor] == ["message.posted", "message.posted", "reaction.added"]


async def test_the_same_text_twice_is_said_twice(running: Running, terminal: Terminal) -> None:
    terminal.type("ana: hello\nana: hello\nana: /badges help\n")
    await terminal.until("Ask about badges")
    assert len({event.id for event in running.journal if event.actor}) == 2


async def test_it_is_done_when_there_are_no_more_lines(adapter: ConsoleAdapter, terminal: Terminal) -> None:
    host = FakeHost()
    terminal.type("ana: hello\nana: the last line has no end")
    terminal.end()
    await asyncio.wait_for(adapter.run(host), 10)
    assert [event.data["text"] for event in host.events] == ["hello", "the last line has no end"]


async def test_a_file_is_written_only_when_asked_and_over_nothing(
    adapter: ConsoleAdapter, terminal: Terminal, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    host = FakeHost()
    host.reply = Reply("Here.", file=File("../../all.json", "{}"))
    await adapter.take("ana: /badges settings export", host)
    assert list(tmp_path.iterdir()) == []
    for line in ("bob: /save", "ana: /save", "ana: /save"):
        await adapter.take(line, host)
    assert [path.name for path in tmp_path.iterdir()] == ["all.json"]
    assert terminal.lines[1:3] == ["There is no file to save.", "Saved: all.json"]
    assert terminal.lines[3].startswith("Not saved: ")
    assert [command.words for command in host.asked] == [("settings", "export")]


@pytest.mark.parametrize(("admins", "names"), [(None, {"you"}), (("eve",), {"eve"}), ((), set())])
async def test_the_keyboard_s_own_name_is_the_administrator_unless_others_are(admins: Any, names: set[str], terminal: Terminal) -> None:
    adapter, host = ConsoleAdapter(Settings(admins=admins)), FakeHost()
    adapter.write = terminal.write
    for line in ("/badges", "eve: /badges", "ana: /badges"):
        await adapter.take(line, host)
    assert {command.actor.id for command in host.asked if "admin" in command.roles} == names


CANCELLED = """
import asyncio
from laurels_console import ConsoleAdapter
from laurels_console.settings import Settings

async def main():
    try:
        async with asyncio.timeout(0.2):
            await ConsoleAdapter(Settings()).run(None)
    except TimeoutError:
        print("cancelled", flush=True)

asyncio.run(main())
"""


def test_a_keyboard_that_nobody_touches_keeps_no_interpreter_from_ending() -> None:
    silent, keyboard = os.pipe()
    try:
        done = subprocess.run([sys.executable, "-c", CANCELLED], stdin=silent, capture_output=True, text=True, timeout=20, check=False)
    finally:
        os.close(silent)
        os.close(keyboard)
    assert (done.returncode, done.stdout, done.stderr) == (0, "cancelled\n", "")


@pytest.mark.parametrize("given", [None, "file"])
def test_without_a_keyboard_it_is_done_at_once(given: str | None, tmp_path: Any) -> None:
    (tmp_path / "file").write_text("")
    with (tmp_path / "file").open() as empty:
        stdin = empty if given else subprocess.DEVNULL
        program = CANCELLED.replace("print(", "raise SystemExit(")
        done = subprocess.run([sys.executable, "-c", program], stdin=stdin, capture_output=True, text=True, timeout=20, check=False)
    assert (done.returncode, done.stderr) == (0, "")
