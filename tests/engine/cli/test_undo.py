def test_what_a_cause_gave_is_shown_and_withdrawn_when_agreed(shell):
    shell.busy()
    cause = shell.cause("chatterbox")
    shell("undo", cause, input="n\n", status=1)
    shown = (
        "ana\tchatterbox\t1\t\tactive\t2026-06-02 12:00:00\n"
        "ana\tchatterbox\t2\t\tactive\t2026-06-04 12:00:00\n"
        f"{cause} gave 2 awards to 1 person; announced: 0\n"
    )
    assert shell.stdout == shown + "Withdraw all of it? [y/N]: n\nnothing was changed\n"
    assert shell("undo", cause, "--yes") == shown + "2 awards withdrawn\n"
    assert [row[2] for row in shell.lines("awards")] == ["helper"]
    assert shell("undo", cause, "--yes") == f"all that {cause} gave is withdrawn already\n"


def test_it_is_warned_where_the_badge_is_still_the_same_and_check_says_so_too(shell):
    shell.busy()
    shell("undo", shell.cause("helper"), "--yes")
    assert shell.stderr == (
        "this is what helper is now: what was reached up to now can't be won again until the badge is changed; better change it first\n"
    )
    assert "helper: what it gave was undone, and it has not been changed since" in shell("check")


def test_a_wrong_threshold_can_be_undone_and_won_properly(shell):
    shell.edit("2 = ", "1 = ")
    shell.busy()
    cause = shell.cause("chatterbox")
    shell.edit("1 = ", "3 = ")
    assert shell("undo", cause, "--yes").endswith("1 award withdrawn; 2 stay, as something else gives them too\n")
    assert shell.stderr == ""
    assert [(row[1], row[3]) for row in shell.lines("awards", "--badge", "chatterbox")] == [("ana", "2 Silver"), ("ana", "1 Bronze")]
    assert shell.cause("chatterbox") != cause
    shell.put(*(shell.event("message.posted", "bob", day) for day in (10, 11)))
    assert [row[3] for row in shell.lines("awards", "--badge", "chatterbox", "--person", "bob")] == ["1 Bronze"]


def test_a_command_can_be_undone(shell):
    shell.busy()
    cause = shell("award", "kindness", "bob").split("`")[1].removeprefix("laurels undo ")
    assert shell("undo", cause, "--yes").endswith("1 award withdrawn\n")
    assert [row[5] for row in shell.lines("awards", "--badge", "kindness", "--all")] == ["withdrawn"]
    assert "Kindness: withdrawn; it was won once, and nothing gives it any more" in shell("why", "bob", "kindness")


def test_what_a_badge_gave_that_is_gone_can_be_undone(shell):
    shell.busy()
    cause = shell.cause("chatterbox")
    shell.edit("[chatterbox]", "[talker]")
    assert shell("undo", cause, "--yes").endswith("2 awards withdrawn\n")


def test_a_cause_that_there_is_not_gets_those_there_are(shell):
    shell.busy()
    cause = shell.cause("helper")
    said = shell("undo", cause[:-1], status=2).splitlines()
    assert said[0].startswith(f"laurels: no cause {cause[:-1]!r}; did you mean {cause!r}")
    assert said[1] == "laurels: there are:"
    assert f"laurels:   {cause} (1 of 1 stand)" in said


def test_where_nothing_was_given_nothing_can_be_undone(shell):
    shell.put()
    assert shell("undo", "command:1", status=2) == "laurels: no cause 'command:1'\nlaurels: nothing has given an award yet\n"
