"""How a terminal shows what laurels says."""

from laurels import Announcement, Button, File, Place, Reply
from laurels_console import render

WON = Announcement("k1", "home", Place("console", "#general"), "Ana", "Ana earned Helper", ())
GONE = Announcement("k1", "home", Place("console", "#general"), "Ana", "Ana no longer holds Helper", (), withdrawn=True)


def test_an_announcement_is_a_line_with_a_star() -> None:
    assert render.announcement(WON) == "★ Ana earned Helper"


def test_what_was_taken_back_has_an_open_star() -> None:
    assert render.announcement(GONE) == "☆ Ana no longer holds Helper"


def test_an_answer_is_its_text_and_a_row_for_each_field() -> None:
    answer = Reply("Ana has 1 badge.", (("Helper", "since 2025-03-20"), ("", "more\nto say")), private=True)
    assert render.reply(answer, "Ana") == ("Ana has 1 badge.\n  Helper: since 2025-03-20\n  more\n  to say\n  (for Ana alone)")


def test_a_terminal_is_given_nothing_to_obey() -> None:
    assert render.reply(Reply("\x1b]0;owned\x07\x1b[2Jhi"), "Ana") == "]0;owned[2Jhi"


def test_a_button_is_what_to_type_and_a_file_is_named_with_its_size() -> None:
    buttons = (Button("Undo", ("undo", "command:3"), "badges-admin"), Button("Show", ("show", "good egg", ""), style="primary"))
    answer = Reply("Done.", buttons=buttons, file=File("codes.txt", "ö" * 600))
    assert render.reply(answer, "Ana") == (
        'Done.\n  [Undo] /badges-admin undo command:3\n  [Show] /badges show "good egg" ""\n  [codes.txt, 1,200 bytes] /save'
    )
