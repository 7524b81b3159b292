"""Waiting for a process that has the lead, and does not count."""

import asyncio
from contextlib import contextmanager

from laurels.cli.tasks import office
from laurels.stores import open_store


@contextmanager
def led():
    """Something else leads on the database."""
    holder = open_store("sqlite:///laurels.db")
    assert asyncio.run(holder.lead())
    yield holder._lock
    holder._lock.release()


def test_the_wait_for_a_process_that_does_not_count_ends_and_nothing_is_lost(shell, monkeypatch):
    shell.busy()
    monkeypatch.setattr("laurels.app.app.PATIENCE", 0.2)
    with led():
        said = shell("award", "kindness", "bob", status=1)
    assert said == "laurels: written down as command:9, but the laurels that runs has not counted it within 0.2 s\n"
    assert shell("awards", "--badge", "kindness") == ""
    shell.put()
    assert [row[1] for row in shell.lines("awards", "--badge", "kindness")] == ["bob"]


def test_the_wait_for_a_process_that_has_ended_ends(shell, monkeypatch):
    shell.busy()
    monkeypatch.setattr(office, "LEADER", 0.0)
    with led() as lock:

        async def ends(seconds):
            lock.release()

        monkeypatch.setattr(office.asyncio, "sleep", ends)
        assert shell("regrade", "helper", "--yes", status=1) == (
            "laurels: the laurels that counted has ended; nothing is lost: `laurels run` goes on with it, or this command again\n"
        )
    monkeypatch.undo()
    monkeypatch.chdir(shell.folder)
    assert shell("regrade", "helper") == (
        "going on with what was interrupted: helper\nhelper is settled: 1 person holds it, as before\n"
    )  # fmt: skip
