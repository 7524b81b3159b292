"""Announcements and answers as a terminal shows them, without control characters: it would obey what strangers named themselves. Pure."""

from laurels import Announcement, Reply


def announcement(said: Announcement) -> str:
    """One line; an open star where an award was taken back."""
    return reply(Reply(f"{'☆' if said.withdrawn else '★'} {said.text}"), "")


def reply(answer: Reply, asker: str) -> str:
    """The text, a row for each field, and who alone sees it."""
    rows = [": ".join(filter(None, row)) for row in (*answer.fields, ("", f"(only {asker} sees this)" if answer.private else ""))]
    return "\n  ".join("".join(filter(str.isprintable, line)) for row in (answer.text, *rows) for line in row.splitlines())
