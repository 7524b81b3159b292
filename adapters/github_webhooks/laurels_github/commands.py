"""What people ask in comments: ``/badges show helper`` on the first line. Pure."""

import re
import shlex
from datetime import UTC, datetime
from typing import Any, Final

from msgspec import Struct

from laurels import Command

from .translate import MARKER, Hook
from .translate.prose import command
from .translate.read import account, mapping, number, text

_WORDS: Final = 60
_QUOTES: Final = str.maketrans({"\u201c": '"', "\u201d": '"', "\u201e": '"', "`": ""})
_APOSTROPHE: Final = re.compile(r"(?<=\w)'(?=\w)")


class Asked(Struct, frozen=True):
    """A command, the *comment* that it stands in, and whose repository that is: an *organization*'s, or that person's own."""

    command: Command
    comment: str
    owner: str
    organization: bool = False
    installation: int = 0


def asked(name: str, payload: dict[str, Any]) -> Asked | None:
    """The command of a webhook, or None: an edited comment is no second command, and programs are not answered."""
    hook = Hook(name, payload, datetime.now(UTC))
    comment, issue = mapping(payload.get("comment")), mapping(payload.get("issue"))
    line, actor, id_ = command(comment.get("body")), account(comment.get("user")), number(comment.get("id"))
    if hook.key != "issue_comment.created" or not line or actor is None or not id_:
        return None
    if actor.bot or MARKER in str(comment.get("body")) or not number(issue.get("number")):
        return None
    called, *words = split(line)
    url = text(comment.get("html_url"), 500)
    place, owner = hook.place(issue), mapping(hook.repository.get("owner"))
    spoken = Command(called[1:].lower(), tuple(words), actor, place, place.realm, private=False, message=url)
    installation = number(mapping(payload.get("installation")).get("id"))
    return Asked(spoken, str(id_), str(number(owner.get("id"))), owner.get("type") == "Organization", installation)


def split(line: str) -> list[str]:
    """Words as a shell has them, with quotes around those that have spaces; a quote that is left open is a letter."""
    plain = _APOSTROPHE.sub("\0", line.translate(_QUOTES))
    lexer = shlex.shlex(plain, posix=True)
    lexer.whitespace_split, lexer.commenters, lexer.escape = True, "", ""
    try:
        words = list(lexer)
    except ValueError:
        words = plain.split()
    return [word.replace("\0", "'") for word in words[:_WORDS]]
