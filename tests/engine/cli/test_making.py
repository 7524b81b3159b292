"""``laurels badges create|edit|retire|restore|history``."""

import json


def rows(text):
    return [line.split("\t") for line in text.splitlines()]


def test_a_badge_is_made_won_changed_retired_and_brought_back(shell):
    shell.put()
    said = shell("badges", "create", "--name", "Early Bird", "--set", 'on = "thanks.given"', "--set", "at = 2", "--set", 'emoji = "🐦"')
    assert said == "early-bird is made; `laurels badges edit early-bird` changes it\n"
    assert "early-bird\tEarly Bird\tthanks.given\t2\tpeople\tpeople" in shell("badges")
    shell.put(*(shell.event("thanks.given", "ana", day, receiver="console:bob") for day in (1, 2)))
    assert [row[2] for row in shell.lines("awards", "--badge", "early-bird")] == ["early-bird"]
    assert shell("badges", "edit", "early-bird", "--description", "Thanks early.") == "early-bird is changed; its rule is version 1\n"
    assert shell("badges", "edit", "early-bird", "--set", "at = 3") == "early-bird is changed; its rule is version 2\n"
    assert shell("badges", "retire", "early-bird", input="n\n", status=1) == ""
    assert "1 person holds it, and what is held stays. Nobody wins it any more. Go on?" in shell.stdout
    assert shell("badges", "retire", "early-bird", "--yes") == (
        "early-bird is retired; 1 person holds it still; `laurels badges restore early-bird` brings it back\n"
    )
    assert "early-bird" not in shell("badges")
    assert [award["name"] for award in json.loads(shell("awards", "--badge", "early-bird", "--json"))] == ["Early Bird"]
    assert shell("badges", "restore", "early-bird") == "early-bird can be won again\n"
    found = rows(shell("badges", "history", "early-bird"))
    assert [row[1:] for row in found] == [
        ["1", "1", "operator", "created"],
        ["2", "1", "operator", "changed description"],
        ["3", "2", "operator", "changed at"],
        ["4", "2", "operator", "retired"],
        ["5", "2", "operator", "restored"],
    ]
    last = json.loads(shell("badges", "history", "early-bird", "--json"))[-1]
    assert last["content"] == {"name": "Early Bird", "on": "thanks.given", "at": 3, "emoji": "🐦", "description": "Thanks early."}
    assert (last["edition"], last["version"], last["state"], last["creator"]) == (5, 2, "good", "operator")


def test_a_changed_rule_that_says_so_is_settled_when_the_command_returns(shell):
    shell.busy()
    shell("badges", "create", "talker", "--name", "Talker", "--set", 'on = "message.posted"', "--set", "at = 3")
    shell("regrade", "talker", "--yes")
    assert [row[1] for row in shell.lines("awards", "--badge", "talker")] == ["ana"]
    shell("badges", "edit", "talker", "--set", "at = 1", "--set", 'on_change = "regrade-up"')
    assert sorted(row[1] for row in shell.lines("awards", "--badge", "talker")) == ["ana", "bob"]
    shell("badges", "edit", "talker", "--set", "at = 100", "--set", 'on_change = "regrade"')
    assert shell.lines("awards", "--badge", "talker") == []


def test_a_rule_file_with_one_table_is_a_badge(shell):
    file = shell.folder / "new.toml"
    file.write_text('[regular]\nname = "Regular"\non = "message.posted"\ncount = { streak = "week" }\nlevels = { 4 = "Bronze" }\n')
    assert shell("badges", "create", "--file", "new.toml").startswith("regular is made")
    assert [row[:4] for row in shell.lines("badges") if row[0] == "regular"] == [
        ["regular", "Regular", "weeks in a row with message.posted", "Bronze 4"],
    ]  # fmt: skip
    file.write_text("[a]\n[b]\n")
    assert "one table is needed" in shell("badges", "create", "--file", "new.toml", status=2)


def test_what_is_wrong_is_said_and_changes_nothing(shell):
    shell.put()
    assert shell("badges", "create", "x", status=2) == "laurels: x: name: is missing\n"
    assert "chatterbox: slug: 'chatterbox' is another badge's" in shell("badges", "create", "chatterbox", "--name", "X", status=2)
    assert "--set 'emoji = x' is no TOML" in shell("badges", "create", "x", "--set", "emoji = x", status=2)
    said = shell("badges", "create", "x", "--name", "X", "--set", "cuont = 1", "--set", 'image = "x.png"', status=2)
    assert "cuont: no such key (did you mean 'count'" in said
    assert "nobody made a badge 'x'" in shell("badges", "edit", "x", "--name", "X", status=2)
    assert "'helper' comes from local" in shell("badges", "retire", "helper", status=2)
    assert "nobody made a badge 'helper'" in shell("badges", "history", "helper", status=1)
    assert len(shell.lines("badges")) == 5


def test_a_key_is_taken_out(shell):
    shell("badges", "create", "x", "--name", "X", "--set", "hidden = true", "--set", 'tags = ["a"]')
    shell("badges", "edit", "x", "--unset", "hidden", "--unset", "tags")
    assert json.loads(shell("badges", "history", "x", "--json"))[-1]["content"] == {"name": "X"}


def test_a_configuration_is_named_anywhere(shell):
    (shell.folder / "laurels.toml").rename(shell.folder / "other.toml")
    (shell.folder / "laurels.toml").write_text("broken")
    shell("--config", "other.toml", "badges", "create", "a", "--name", "A")
    shell("badges", "--config", "other.toml", "--community", "acme", "create", "b", "--name", "B")
    shell("badges", "create", "c", "--name", "C", "--config", "other.toml")
    listed = shell("--config", "other.toml", "badges")
    assert [row[0] for row in rows(listed) if row[4] == "people"] == ["a", "b", "c"]


def test_tb38_badge_detail_in_json_has_name_and_description(shell):
    shell("badges", "create", "kind", "--name", "Kind", "--description", "Helps everybody.")
    (found,) = [badge for badge in json.loads(shell("badges", "--json")) if badge["badge"] == "kind"]
    assert (found["name"], found["description"], found["origin"]) == ("Kind", "Helps everybody.", "people")


def test_a_made_badge_that_no_longer_makes_sense_is_named_left_out_and_comes_back(shell):
    shell.busy()
    shell("badges", "create", "both", "--name", "Both", "--set", 'requires = ["helper", "chatterbox"]')
    shell("regrade", "both", "--yes")
    whole = shell.rules.read_text()
    shell.rules.write_text(whole.replace("[helper]", "[hepler]").replace('"helper"]', '"hepler"]'))
    shell("check", status=2)
    assert "error: people: [both].requires: no badge 'helper' (did you mean 'hepler'" in shell.stdout
    assert "note: database: both: is no longer there and will be retired; 1 person holds it, and what is held stays" in shell.stdout
    shell.put()
    assert {"chatterbox", "hepler"} <= {row[0] for row in shell.lines("badges") if len(row) > 1}
    assert [row[1] for row in shell.lines("awards", "--badge", "both")] == ["ana"]
    shell.rules.write_text(whole)
    assert shell("check").count("comes back") == 2
    shell.put()
    assert [row[1] for row in shell.lines("awards", "--badge", "both")] == ["ana"]


def test_a_file_that_takes_the_slug_of_a_made_badge_gets_another(shell):
    shell("badges", "create", "kind", "--name", "Kind")
    with shell.rules.open("a") as file:
        file.write('[kind]\nname = "Kind too"\n')
    *badges, left_out = rows(shell("badges"))
    assert [row[:2] for row in badges if row[4] == "people" or ":" in row[0]] == [["kind", "Kind"], ["local:kind", "Kind too"]]
    assert left_out == ["left out: badges/rules.toml:19: [kind].slug: 'kind' is people's already (it is used as 'local:kind')"]
