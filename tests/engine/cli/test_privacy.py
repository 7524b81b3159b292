import json
import sqlite3
from contextlib import closing

from laurels.stores.tables import metadata


def test_settings_say_in_words_what_is_stored(shell):
    shell.busy()
    lines = shell("people", "settings", "ana").splitlines()
    assert lines[:2] == ["ana: console:ana", "in this laurels' database, for ever, unless it is forgotten:"]
    assert "7\twhat you did, and what others did that names you" in lines
    assert "tracking\ton\ton, off" in lines
    assert json.loads(shell("people", "settings", "ana", "--json"))["counts"]["awards"] == 4


def test_an_export_has_everything_of_one_person(shell):
    shell.busy()
    shell("award", "kindness", "ana", "--note", "for the workshop")
    found = json.loads(shell("people", "export", "console:ana"))
    assert (found["format"], found["community"], [one["key"] for one in found["accounts"]]) == (1, "acme", ["console:ana"])
    assert {(award["badge"], award["level"], award["state"], award["note"]) for award in found["awards"]} == {
        ("chatterbox", 1, "active", ""), ("chatterbox", 2, "active", ""), ("helper", 1, "active", ""), ("chatty-helper", 1, "active", ""),
        ("kindness", 1, "active", "for the workshop"),
    }  # fmt: skip
    assert [event["type"] for event in found["events"]] == ["message.posted"] * 5 + ["thanks.given"] * 2 + ["laurels.awarded"]
    assert found["events"][5]["actor"] == {"platform": "console", "id": "bob", "name": "bob"}


def test_somebody_is_forgotten_after_a_question(shell):
    shell.busy()
    assert shell("people", "forget", "ana", input="n\n", status=1) == ""
    assert "nothing was changed" in shell.stdout
    said = shell("people", "forget", "ana", "--yes")
    assert said.endswith("they are forgotten; no backfill brings them back, and nothing they do is taken until they turn tracking on\n")
    assert shell("awards") == ""
    assert shell("awards", "--person", "ana", status=2) == "laurels: nobody called 'ana' has been seen in acme\n"
    assert b"console:ana" not in (shell.folder / "laurels.db").read_bytes()
    shell.put(shell.event("message.posted", "ana", 1))
    assert shell("awards") == ""


def test_a_community_is_deleted_once_its_name_was_typed(shell):
    shell.busy()
    shell("award", "kindness", "ana")
    assert shell("community", "delete", "acme", input="acne\n", status=1) == ""
    assert "nothing was changed: that is not its name" in shell.stdout
    assert shell("community", "delete", "acne", "--yes", "acne", status=2) == (
        "laurels: no community 'acne'; did you mean 'acme'?; in the database are acme\n"
    )
    said = shell("community", "delete", "acme", "--yes", "acme")
    assert said == "acme is deleted; the configuration still names it: take it out, or it begins anew\n"
    with closing(sqlite3.connect(shell.folder / "laurels.db")) as database:
        left = {name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in metadata.tables}
    assert {name: count for name, count in left.items() if count} == {"event_type": left["event_type"]}
    shell.busy()
    assert len(shell.lines("awards")) == 4


def test_the_database_is_written_anew(shell):
    shell.busy()
    assert shell("db", "compact") == "the database is written anew: what was deleted stands in it nowhere\n"
    assert len(shell.lines("awards")) == 4


def test_nobody_is_deleted_where_there_is_nothing(shell):
    assert shell("community", "delete", "acme", status=1).endswith("there is no database yet\n")
    assert shell("db", "compact", status=1).endswith("there is no database yet\n")
