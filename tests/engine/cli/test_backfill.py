"""Reading history from the shell, with an adapter of a third party."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from laurels.stores import open_store

ADAPTER = '''
    import asyncio, os
    from datetime import datetime, timedelta, timezone
    from pathlib import Path

    from msgspec import Struct
    from laurels import Account, Event, Page, Place, Unreachable

    class Settings(Struct, forbid_unknown_fields=True):
        days: int = 4
        fails_at: int = -1
        slow: float = 0

    class Diary:
        """Ana wrote something on every day of June."""

        Settings = Settings
        name = "diary"

        def __init__(self, settings):
            self.settings = settings

        async def run(self, host):
            await asyncio.Event().wait()

        async def announce(self, announcement, earlier):
            raise Unreachable("it can't be written into")

        async def backfill(self, since, host):
            begun = await host.state.get("day") or 0
            for day in range(begun, self.settings.days):
                if day == self.settings.fails_at and not Path("mended").exists():
                    raise Unreachable("a page is torn out")
                await asyncio.sleep(self.settings.slow)
                time = datetime(2026, 6, 1 + day, tzinfo=timezone.utc)
                with open("read.txt", "a") as file:
                    file.write(f"{day}\\n")
                if time >= since:
                    who = Account("console", "ana", name="ana")
                    event = Event(f"day{day}", "diary", "message.posted", time, who, {"length": 3}, Place("console", "general"))
                    yield Page((event,), "day", day + 1, day + 1, self.settings.days, f"June {day + 1}")
            yield Page((), "day", None)

    class Deaf(Diary):
        name = "deaf"
        backfill = None
'''


@pytest.fixture
def diary(shell, install, tmp_path):
    install("acme_diary", "adapters", "diary_of_ana = acme_diary:Diary", ADAPTER)
    with (shell.folder / "laurels.toml").open("a") as file:
        file.write("[adapters.diary_of_ana]\n")
    return shell


def adapt(shell, text):
    with (shell.folder / "laurels.toml").open("a") as file:
        file.write(text)


def days(shell):
    return [int(line) for line in (shell.folder / "read.txt").read_text().split()]


@pytest.mark.parametrize("name", ["diary_of_ana", "diary"])
def test_history_is_read_and_counted(diary, name):
    assert diary("backfill", name, "--since", "2026-06-01") == "read 4 events since 2026-06-01 00:00:00\n"
    assert {row[2] for row in diary.lines("awards")} == {"chatterbox"}
    assert [row[3] for row in diary.lines("awards")] == ["2 Silver", "1 Bronze"]


def test_what_is_there_already_counts_once(diary):
    for _ in range(2):
        diary("backfill", "diary", "--since", "2026-06-03")
    diary("backfill", "diary", "--since", "2026-06-02T12:00:00+02:00")
    assert [row[3] for row in diary.lines("awards")] == ["1 Bronze"]


def test_what_the_platform_refuses_is_said_and_the_next_run_goes_on_behind_what_was_read(diary):
    adapt(diary, "fails_at = 2\n")
    assert diary("backfill", "diary", "--since", "2026-06-01", status=1) == (
        "laurels: diary_of_ana: a page is torn out; what was read is kept, and the same command goes on behind it\n"
    )
    (diary.folder / "mended").touch()
    assert diary("backfill", "diary", "--since", "2026-06-01") == "read 2 events since 2026-06-01 00:00:00\n"
    assert days(diary) == [0, 1, 2, 3]
    assert [row[3] for row in diary.lines("awards")] == ["2 Silver", "1 Bronze"]


@pytest.mark.parametrize(
    ("since", "said"),
    [
        ("yesterday", "laurels: --since 'yesterday' is no date; write it like 2026-01-31, or 2026-01-31T12:00:00Z\n"),
        ("2999-01-01", "laurels: --since 2999-01-01 is still to come\n"),
    ],
)
def test_a_date_that_is_none_is_refused(diary, since, said):
    assert diary("backfill", "diary", "--since", since, status=2) == said
    assert not (diary.folder / "laurels.db").exists()


def test_an_adapter_that_is_not_configured_or_can_not_read_history_is_named(diary, install):
    assert diary("backfill", "dairy_of_ana", "--since", "2026-06-01", status=2) == (
        "laurels: no adapter 'dairy_of_ana'; did you mean 'diary_of_ana'?; configured are diary_of_ana\n"
    )
    install("acme_deaf", "adapters", "deaf = acme_diary:Deaf", "")
    adapt(diary, "[adapters.deaf]\n")
    assert diary("backfill", "deaf", "--since", "2026-06-01", status=2) == "laurels: the adapter deaf can't read history\n"


def test_since_has_to_be_said(diary):
    assert "Missing option '--since'" in diary("backfill", "diary", status=2)


def test_wrong_settings_are_named_with_their_line(diary):
    adapt(diary, 'days = "four"\n')
    assert "laurels.toml:" in diary("backfill", "diary_of_ana", "--since", "2026-06-01", status=2)


def laurels(shell, *args):
    command = [sys.executable, "-c", "from laurels.cli import main; main()", *args]
    return subprocess.Popen(command, cwd=shell.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ)


def until(holds):
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_control_c_keeps_what_was_read(diary):
    adapt(diary, "slow = 0.3\ndays = 8\n")
    process = laurels(diary, "backfill", "diary", "--since", "2026-06-01")
    until(lambda: Path("read.txt").exists() and len(days(diary)) >= 3)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130, err
    assert "stopped; what was read is kept, and the same command goes on behind it" in err
    assert "Traceback" not in err
    adapt(diary, "")
    text = (diary.folder / "laurels.toml").read_text().replace("slow = 0.3", "slow = 0")
    (diary.folder / "laurels.toml").write_text(text)
    diary("backfill", "diary", "--since", "2026-06-01")
    read = days(diary)
    assert sorted(set(read)) == list(range(8))
    assert len(read) <= 9
    assert [row[3] for row in diary.lines("awards")] == ["2 Silver", "1 Bronze"]


def test_beside_a_running_laurels_it_only_brings_and_that_one_counts(diary):
    running = laurels(diary, "run")
    try:
        assert "laurels runs at" in running.stdout.readline()
        assert diary("backfill", "diary", "--since", "2026-06-01").startswith("read 4 events")
        until(lambda: [row[3] for row in diary.lines("awards")] == ["2 Silver", "1 Bronze"])
        assert asyncio.run(leads()) is False
    finally:
        running.terminate()
        running.communicate(timeout=30)


async def leads():
    async with open_store("sqlite:///laurels.db") as store:
        return await store.lead()
