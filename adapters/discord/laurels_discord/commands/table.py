"""The commands on Discord: for each of laurels' what it takes here.

Discord has people, channels and choices picked rather than typed, so each command names its options. A test compares this table with
laurels' own: no command is forgotten, none is made up.
"""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from .options import Option, words

NAME: Final = "badges"
ADMIN: Final = "badges-admin"

_BADGE: Final = Option("badge", "badge", required=True)
_PERSON: Final = Option("person", "person", required=True)
_PEOPLE: Final = (_PERSON, *(Option(f"person{number}", "person") for number in range(2, 6)))
_LEVEL: Final = Option("level", key="level")
_NOTE: Final = Option("note", key="note")
_CHANNEL: Final = Option("channel", "channel", required=True)
_TURN: Final = (_BADGE, _PERSON, _LEVEL, Option("occurrence", key="occurrence"), _NOTE)
_CONTENT: Final = (
    *(Option(key, key=key) for key in ("name", "description", "emoji", "levels", "image", "tags", "on", "where", "requires", "awarders")),
    Option("repeatable", "choice", key="repeatable", choices=("yes", "no")),
    Option("rule", "rule"),
)


class Verb(NamedTuple):
    """One command. A *form* asks for what it names, unless one of that was given; or, where that is said, of what is *enough*.

    *reads*: it shows something, and changes nothing; *bare*: it does so where nothing is given.
    """

    options: tuple[Option, ...] = ()
    form: tuple[str, ...] = ()
    enough: tuple[str, ...] = ()
    reads: bool = False
    bare: bool = False

    def asks(self, given: Mapping[str, Any]) -> bool:
        """Whether the form is shown."""
        return bool(self.form) and not any(given.get(name) for name in self.enough or self.form)

    def typed(self, given: Mapping[str, Any]) -> list[str]:
        """The words after the command's own that mean what was given."""
        return words(self.options, given)


_READS: Final = Verb(reads=True)
_FORM: Final = ("name", "description", "emoji", "levels", "rule")

EVERYONE: Final[Mapping[str, Verb]] = {
    "profile": Verb((Option("person", "person"),), reads=True),
    "list": Verb((Option("search", "words"), Option("tag", "tag"), Option("mine", "yes", key="mine")), reads=True),
    "show": Verb((_BADGE,), reads=True),
    "progress": _READS,
    "why": Verb((_BADGE, Option("person", "person")), reads=True),
    "recent": Verb((Option("new", "yes", key="new"), Option("person", "person"), Option("badge", "badge")), reads=True),
    "leaderboard": Verb(
        (Option("by", "board"), Option("period", "choice", choices=("day", "week", "month", "year")), Option("page", "number")), reads=True
    ),
    "thanks": Verb(_PEOPLE),
    "nominate": Verb((_BADGE, _PERSON, _LEVEL, Option("reason", key="reason")), ("reason",)),
    "nominations": Verb((
        Option("deed", "choice", choices=("accept", "approve", "decline", "reject", "withdraw")), Option("nomination", "nomination"),
        Option("reason"),
    ), bare=True),
    "claim": Verb((Option("code", required=True),)),
    "link": Verb((
        Option("code"), Option("answer", "choice", choices=("confirm", "cancel")), Option("unlink", "account", before=("unlink",)),
    )),
    "settings": Verb((
        Option("setting", "choice", choices=("export", "forget", "tracking", "leaderboard", "announce", "language", "hide", "show")),
        Option("value", "setting"), _LEVEL,
    ), bare=True),
    "help": Verb((Option("command", "command"),), reads=True),
}  # fmt: skip

ADMINS: Final[Mapping[str, Verb]] = {
    "award": Verb((_BADGE, *_PEOPLE, _LEVEL, _NOTE), ("note",)),
    "revoke": Verb(_TURN),
    "reinstate": Verb(_TURN),
    "undo": Verb((Option("cause", "cause", required=True), Option("sure", "yes", key="yes"))),
    "move": Verb((_BADGE, _PERSON, Option("amount", required=True))),
    "create": Verb((Option("slug"), *_CONTENT), _FORM, enough=("name",)),
    "edit": Verb((_BADGE, *_CONTENT), _FORM, enough=tuple(option.name for option in _CONTENT)),
    "retire": Verb((_BADGE,)),
    "restore": Verb((Option("badge", "made", required=True),)),
    "history": Verb((Option("badge", "made", required=True),), reads=True),
    "claims": Verb((
        Option("deed", "choice", required=True, choices=("make", "list", "withdraw", "give")), Option("badge", "badge"),
        Option("code", "batch"), Option("person", "person"), Option("count", "number", key="count"), Option("uses", key="uses"),
        Option("expires", key="expires"), Option("only_for", "person", key="for"), _LEVEL, Option("batch", key="batch"), _NOTE,
    )),
    "setup": Verb((Option("step", "choice", choices=("mode", "announce", "ignored", "roles")),), reads=True),
    "roles": Verb((
        Option("part", "choice", choices=("admins", "badge_admins", "awarders", "creators")), Option("role", "role"),
        Option("person", "person"), Option("everyone", "yes", key="everyone"), Option("off", "yes", key="off"),
    ), bare=True),
    "mode": Verb((Option("mode", "choice", required=True, choices=("shadow", "quiet", "live")),)),
    "announce": Verb((
        Option("channel", "channel"), Option("channel2", "channel"), Option("channel3", "channel"),
        Option("too", "choice", choices=("discord:@place", "discord:@winner")),
    )),
    "ignore": Verb((_CHANNEL,)),
    "heed": Verb((_CHANNEL,)),
    "disable": Verb((_BADGE,)),
    "enable": Verb((_BADGE,)),
    "preview": _READS,
    "status": _READS,
    "help": Verb((Option("command", "command"),), reads=True),
}  # fmt: skip

TABLES: Final[Mapping[str, Mapping[str, Verb]]] = {NAME: EVERYONE, ADMIN: ADMINS}


def reads(name: str, words: tuple[str, ...]) -> bool:
    """Whether these words only ask for something to be shown: so they can be asked again, as for the next page."""
    verb = TABLES[name].get(words[0]) if name in TABLES and words else None
    return verb is not None and (verb.reads or (verb.bare and len(words) == 1))
