"""Announcements and answers as a terminal shows them, without control characters: it would obey what strangers named themselves. Pure."""

from laurels import Announcement, Button, Reply

from .commands import SAVE


def announcement(said: Announcement) -> str:
    """One line; an open star where an award was taken back."""
    return reply(Reply(f"{'☆' if said.withdrawn else '★'} {said.text}"), "")


def reply(answer: Reply, asker: str) -> str:
    """The text, a row for each field, what to type next, and who alone sees it."""
    rows = [": ".join(filter(None, row)) for row in answer.fields]
    rows += [f"[{button.label}] {typed(button)}" for button in answer.buttons]
    rows += [f"[{answer.file.name}, {len(answer.file.content.encode()):,} bytes] {SAVE}"] if answer.file else []
    rows += [f"(for {asker} alone)"] if answer.private else []
    return "\n  ".join("".join(filter(str.isprintable, line)) for row in (answer.text, *rows) for line in row.splitlines())


def typed(button: Button) -> str:
    """What to type in place of pressing."""
    words = (f'"{word}"' if " " in word or not word else word for word in button.words)
    return " ".join([f"/{button.name}", *words])
