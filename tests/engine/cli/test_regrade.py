import asyncio
import json
from contextlib import suppress

from laurels.cli.tasks.office import Office


def test_a_dry_run_tells_who_would_win_and_lose_what_by_which_event_and_changes_nothing(shell):
    shell.busy()
    before = shell("awards", "--all", "--json")
    shell.edit("2 = ", "1 = ")
    assert shell("regrade", "chatterbox", "--dry-run") == (
        "win\tbob\tchatterbox\tChatterbox, level 1 (Bronze)\te6\t2026-06-02 12:00:00\n"
        "1 award would be won, 0 lost\n"
    )  # fmt: skip
    assert shell("awards", "--all", "--json") == before


def test_a_dry_run_tells_what_would_be_lost_and_the_metas_that_go_with_it(shell):
    """The journal loses nothing; a rule that says on_change = "regrade" takes what it no longer gives."""
    shell.busy()
    shell.edit("at = 2", 'at = 3\non_change = "regrade"')
    lost = json.loads(shell("regrade", "helper", "--dry-run", "--json"))
    assert [(change["change"], change["person"], change["badge"], change["event"]) for change in lost] == [
        ("lose", "ana", "chatty-helper", "e4"), ("lose", "ana", "helper", "e8"),
    ]  # fmt: skip
    assert lost[1] == {
        "change": "lose", "person": "ana", "accounts": ["console:ana"], "badge": "helper", "level": 1, "occurrence": "", "event": "e8",
        "time": "2026-06-03T12:00:00Z",
    }  # fmt: skip


def test_a_regrade_shows_what_would_change_and_asks(shell):
    shell.busy()
    shell.edit("2 = ", "1 = ")
    assert shell("regrade", "chatterbox", input="n\n", status=1) == ""
    assert shell.stdout == (
        "win\tbob\tchatterbox\tChatterbox, level 1 (Bronze)\te6\t2026-06-02 12:00:00\n"
        "1 award would be won, 0 lost\n"
        "Go on? Nothing of it is announced [y/N]: n\n"
        "nothing was changed\n"
    )  # fmt: skip
    assert [row[1] for row in shell.lines("awards", "--badge", "chatterbox")] == ["ana", "ana"]
    said = shell("regrade", "chatterbox", input="y\n").splitlines()
    assert said[-1] == "chatterbox is settled: 2 people hold it, 1 more than before"
    assert [row[1] for row in shell.lines("awards", "--badge", "chatterbox")] == ["ana", "bob", "ana"]


def test_a_new_badge_is_settled_for_everybody(shell):
    shell.busy()
    with shell.rules.open("a") as file:
        file.write('[greeter]\non = "message.posted"\nat = 1\n')
    assert shell("regrade", "greeter", "--yes") == "greeter is settled: 2 people hold it, 2 more than before\n"


def test_what_a_badge_gives_to_others_is_seen_before_it_is_given(shell, install):
    install("acme", "badges", "acme = acme", """
        from laurels import Badge, Grant
        class Thanked(Badge):
            slug = "thanked"
            events = ("thanks.given",)
            def award(self, check): return Grant(to=check.event.data["receiver"])
    """)  # fmt: skip
    shell.busy()
    configuration = shell.folder / "laurels.toml"
    configuration.write_text(configuration.read_text().replace("packs = []", 'packs = ["acme"]'))
    assert shell("regrade", "thanked", "--dry-run") == (
        "win\tana\tthanked\tThanked\te7\t2026-06-03 12:00:00\n1 award would be won, 0 lost\n"
    )  # fmt: skip
    shell("regrade", "thanked", "--yes")
    assert [row[1] for row in shell.lines("awards", "--badge", "thanked")] == ["ana"]


def test_whom_a_check_fails_for_is_named_and_loses_nothing(shell, install):
    install("acme", "badges", "acme = acme", """
        from laurels import Badge
        class Broken(Badge):
            slug = "broken"
            events = ("thanks.given",)
            def award(self, check): raise ValueError("no such file")
    """)  # fmt: skip
    configuration = shell.folder / "laurels.toml"
    configuration.write_text(configuration.read_text().replace("packs = []", 'packs = ["acme"]'))
    shell.busy()
    assert shell("regrade", "broken", "--dry-run") == "0 awards would be won, 0 lost; the check fails for 2 people\n"
    assert "bob can't be counted: broken: ValueError: no such file on e7\n" in shell.stderr
    shell("regrade", "broken", "--yes", status=1)
    assert "2 people could not be counted yet; `laurels status` says why" in shell.stderr


def test_one_badge_or_all_of_them(shell):
    shell.busy()
    assert shell("regrade", status=2) == "laurels: name one badge, or say --all\n"
    assert shell("regrade", "helper", "--all", status=2) == "laurels: name one badge, or say --all\n"
    assert shell("regrade", "helpr", status=2) == "laurels: no badge 'helpr'; did you mean 'helper'?\n"
    assert shell("regrade", "--all", "--dry-run") == "0 awards would be won, 0 lost\n"
    assert shell("regrade", "--all", "--yes").splitlines()[0] == "chatterbox is settled: 1 person holds it, as before"


def test_what_was_interrupted_goes_on(shell, monkeypatch):
    shell.busy()
    shell.edit("2 = ", "1 = ")

    async def interrupted(self, units, bar):
        raise asyncio.CancelledError

    with monkeypatch.context() as patch:
        patch.setattr(Office, "settled", interrupted)
        with suppress(asyncio.CancelledError):
            shell("regrade", "chatterbox", "--yes")
    assert [row[1] for row in shell.lines("awards", "--badge", "chatterbox")] == ["ana", "ana"]
    assert shell("regrade", "chatterbox") == (
        "going on with what was interrupted: chatterbox\n"
        "chatterbox is settled: 2 people hold it, 1 more than before\n"
    )  # fmt: skip
    assert shell("regrade", "chatterbox", "--yes") == "chatterbox is settled: 2 people hold it, as before\n"


def test_nothing_of_it_is_announced(shell):
    shell.busy()
    waiting = json.loads(shell("status", "--json"))["announcements"]
    shell.edit("2 = ", "1 = ")
    shell("regrade", "chatterbox", "--yes")
    assert json.loads(shell("status", "--json"))["announcements"] == waiting
