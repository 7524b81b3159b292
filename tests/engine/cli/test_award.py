import json


def test_an_award_by_hand_is_counted_at_once_and_names_its_cause(shell):
    shell.busy()
    said = shell("award", "kindness", "bob", "--note", "for the workshop", "--evidence", "https://example.org/1")
    (award,) = json.loads(shell("awards", "--json", "--badge", "kindness"))
    assert said == f"bob has Kindness now; `laurels undo {award['cause']}` takes it back\n"
    assert award["cause"].startswith("command:")
    assert (award["person"], award["note"], award["evidence"]) == ("bob", "for the workshop", ["https://example.org/1"])


def test_who_holds_it_already_is_given_nothing(shell):
    shell.busy()
    assert shell("award", "helper", "ana") == "ana has Helper already.\n"
    assert [row[5] for row in shell.lines("awards", "--badge", "helper", "--all")] == ["active"]


def test_an_account_that_was_never_seen_has_a_badge_held_and_it_can_be_taken_back(shell):
    said = "Kindness waits for 1024, whom I have not seen here yet: they get it with the first thing they do.\n"
    assert shell("award", "kindness", "github:1024") == said
    assert json.loads(shell("awards", "--json")) == []
    assert shell("revoke", "kindness", "github:1024") == "Kindness waits for 1024 no more\n"


def test_several_people_have_an_outcome_each(shell):
    shell.busy()
    said = shell("award", "helper", "ana", "bob", "github:1024").splitlines()
    assert [line.partition(";")[0] for line in said] == [
        "ana has Helper already.", "bob has Helper now",
        "Helper waits for 1024, whom I have not seen here yet: they get it with the first thing they do.",
    ]  # fmt: skip


def test_a_level_is_needed_where_there_are_several_and_has_to_be_one_of_them(shell):
    shell.busy()
    assert shell("award", "chatterbox", "bob", status=2) == "laurels: chatterbox has 2 levels; say which: 1 Bronze, 2 Silver\n"
    assert shell("award", "chatterbox", "bob", "--level", "3", status=2) == (
        "laurels: chatterbox has no level 3; levels go from 1 to 2\n"
    )  # fmt: skip
    assert shell("award", "chatterbox", "bob", "--level", "2").startswith("bob has Chatterbox, level 2 (Silver) now;")


def test_nobody_is_given_anything_by_a_misspelt_name(shell):
    shell.busy()
    assert shell("award", "kindness", "anna", status=2) == "laurels: no person 'anna'; did you mean 'ana'?\n"
    assert shell("award", "kindnes", "ana", status=2) == "laurels: no badge 'kindnes'; did you mean 'kindness'?\n"
    assert shell("award", "kindness", "ana", "--evidence", "trust me", status=2) == (
        "laurels: evidence 'trust me' is no address in the web, like https://example.org/post/1\n"
    )
    assert shell("awards", "--badge", "kindness", "--all") == ""


def test_of_two_people_with_one_name_an_account_tells_which(shell):
    shell.busy()
    shell("award", "kindness", "github:ana")
    assert shell("award", "thumbs-up", "ana", status=2) == (
        "laurels: 2 people could be meant by 'ana'; name one by an account: console:ana (ana), github:ana (ana)\n"
    )
    assert shell("award", "thumbs-up", "github:ana").startswith("Thumbs up waits for ana")


def test_a_badge_that_is_left_out_says_why(shell):
    shell.busy()
    shell.edit('on = "thanks.given"', 'on = "thank.given"')
    said = shell("award", "helper", "bob", status=2)
    assert said.startswith("laurels: the badge 'helper' is left out: badges/rules.toml:6: [helper].on: nothing declares the event type")


def test_a_revocation_takes_every_level_and_stays_until_it_is_reinstated(shell):
    shell.busy()
    assert shell("revoke", "chatterbox", "ana", "--note", "spam") == (
        "ana's Chatterbox, level 1 (Bronze) is revoked, until `laurels reinstate chatterbox console:ana`\n"
        "ana's Chatterbox, level 2 (Silver) is revoked, until `laurels reinstate chatterbox console:ana`\n"
    )
    shell.put(shell.event("message.posted", "ana", 30))
    shell("regrade", "chatterbox", "--yes")
    assert {row[5] for row in shell.lines("awards", "--badge", "chatterbox", "--all")} == {"revoked"}
    assert shell("award", "chatterbox", "ana", "--level", "2", status=1) == (
        "laurels: ana's Chatterbox, level 2 (Silver) was revoked; `laurels reinstate chatterbox console:ana` lets it stand again\n"
    )
    assert shell("revoke", "chatterbox", "ana", status=1) == "laurels: ana has no Chatterbox: it is revoked\n"
    assert shell("reinstate", "chatterbox", "ana", "--level", "1") == "ana's Chatterbox, level 1 (Bronze) stands again\n"
    assert sorted(row[5] for row in shell.lines("awards", "--badge", "chatterbox", "--all")) == ["active", "revoked"]


def test_what_somebody_has_not_can_not_be_revoked_or_reinstated(shell):
    shell.busy()
    assert shell("revoke", "helper", "bob", status=1) == "laurels: bob has no Helper\n"
    assert shell("reinstate", "helper", "ana", status=1) == "laurels: ana has no revoked Helper: it is active\n"
    assert shell("revoke", "chatterbox", "ana", "--level", "3", status=1) == (
        "laurels: ana has no Chatterbox, level 3; there is level 2, level 1\n"
    )  # fmt: skip


def test_of_a_badge_won_several_times_the_occurrence_has_to_be_told(shell):
    shell.busy()
    for _ in range(2):
        shell("award", "thumbs-up", "bob")
    one, two = sorted(row[4] for row in shell.lines("awards", "--badge", "thumbs-up"))
    said = shell("revoke", "thumbs-up", "bob", status=2)
    assert said.startswith("laurels: bob has Thumbs up 2 times: say which with --occurrence (")
    assert shell("revoke", "thumbs-up", "bob", "--occurrence", one) == (
        f"bob's Thumbs up [{one}] is revoked, until `laurels reinstate thumbs-up console:bob`\n"
    )
    shell("revoke", "thumbs-up", "bob", "--all")
    assert shell("reinstate", "thumbs-up", "bob", "--all") == (
        f"bob's Thumbs up [{one}] stands again\nbob's Thumbs up [{two}] stands again\n"
    )  # fmt: skip
