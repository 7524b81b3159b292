import json


def test_awards_are_listed_newest_first(shell):
    shell.busy()
    assert [row[:6] for row in shell.lines("awards")] == [
        ["2026-06-04 12:00:00", "ana", "chatty-helper", "1", "", "active"],
        ["2026-06-04 12:00:00", "ana", "chatterbox", "2 Silver", "", "active"],
        ["2026-06-03 12:00:00", "ana", "helper", "1", "", "active"],
        ["2026-06-02 12:00:00", "ana", "chatterbox", "1 Bronze", "", "active"],
    ]


def test_scripts_get_json_with_everything(shell):
    shell.busy()
    (award,) = json.loads(shell("awards", "--json", "--badge", "helper"))
    cause, recorded = award.pop("cause"), award.pop("recorded")
    assert cause.startswith("badge:helper@1#")
    assert recorded.endswith("Z")
    assert award == {
        "id": 3,
        "community": "acme",
        "badge": "helper",
        "level": 1,
        "occurrence": "",
        "person": "ana",
        "accounts": ["console:ana"],
        "time": "2026-06-03T12:00:00Z",
        "state": "active",
        "name": "Helper",
        "level_name": "",
        "giver": "",
        "note": "",
        "evidence": [],
        "event": "e8",
        "hidden": False,
    }


def test_no_awards_are_an_empty_list(shell):
    shell.put()
    assert shell("awards", "--json") == "[]\n"
    assert shell("awards") == ""
    assert shell.stderr == "no awards\n"


def test_only_a_persons_or_a_badges(shell):
    shell.busy()
    shell("award", "kindness", "bob")
    assert [row[2] for row in shell.lines("awards", "--person", "BOB")] == ["kindness"]
    assert [row[2] for row in shell.lines("awards", "--person", "console:ana", "--badge", "helper")] == ["helper"]
    assert shell("awards", "--person", "cem") == ""


def test_what_no_longer_stands_is_shown_when_asked_for(shell):
    shell.busy()
    shell("revoke", "helper", "ana")
    assert [row[2] for row in shell.lines("awards", "--badge", "helper")] == []
    assert [row[5] for row in shell.lines("awards", "--badge", "helper", "--all")] == ["revoked"]


def test_who_or_what_there_is_not_gets_the_nearest(shell):
    shell.busy()
    assert shell("awards", "--person", "ann", status=2) == "laurels: no person 'ann'; did you mean 'ana'?\n"
    assert shell("awards", "--person", "zoe", status=2) == "laurels: nobody called 'zoe' has been seen in acme\n"
    assert shell("awards", "--badge", "helpr", status=2) == "laurels: no badge 'helpr'; did you mean 'helper'?\n"


def test_a_badge_that_is_gone_still_has_its_awards(shell):
    shell.busy()
    shell.edit("[kindness]", "[goodness]")
    shell.put()
    assert shell("awards", "--badge", "kindness") == ""
    shell.edit("[chatterbox]", "[talker]")
    shell.put()
    assert [row[2] for row in shell.lines("awards", "--badge", "chatterbox")] == ["chatterbox", "chatterbox"]
