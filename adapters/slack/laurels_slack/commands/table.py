"""What Slack needs to know of laurels' commands: which only show something, and what forms ask for.

A test compares this table with laurels' own: no command is forgotten, none is made up.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from .fields import Field

NAME: Final = "badges"
ADMIN: Final = "badges-admin"

#: Commands that show something and change nothing: they can be asked again, as for the next page.
READS: Final[Mapping[str, frozenset[str]]] = {
    NAME: frozenset({"profile", "list", "show", "progress", "why", "recent", "leaderboard", "help"}),
    ADMIN: frozenset({"history", "setup", "preview", "status", "help"}),
}
#: Those that do so where no more is said.
BARE: Final[Mapping[str, frozenset[str]]] = {NAME: frozenset({"nominations", "settings"}), ADMIN: frozenset({"roles"})}
#: Those that do something whatever is said.
DOES: Final[Mapping[str, frozenset[str]]] = {
    NAME: frozenset({"thanks", "nominate", "claim", "link"}),
    ADMIN: frozenset({
        "award", "revoke", "reinstate", "undo", "move", "create", "edit", "retire", "restore", "claims", "mode", "announce", "ignore",
        "heed", "disable", "enable",
    }),
}  # fmt: skip

_BADGE, _LEVEL = Field("badge", "badge", needed=True), Field("level", key="level")
_TEXTS: Final = (Field("description", key="description", most=500), Field("emoji", key="emoji"), Field("levels", key="levels"))
_RULE: Final = Field("rule", "rule", most=1000)

#: What is asked where nothing was said: in this order.
FORMS: Final[Mapping[tuple[str, str], tuple[Field, ...]]] = {
    (NAME, "nominate"): (_BADGE, Field("person", "person", needed=True), _LEVEL, Field("reason", key="reason", most=500)),
    (ADMIN, "award"): (_BADGE, Field("people", "people", needed=True), _LEVEL, Field("note", key="note", most=500)),
    (ADMIN, "create"): (Field("name", key="name", needed=True), *_TEXTS, _RULE),
    (ADMIN, "edit"): (_BADGE, Field("name", key="name"), *_TEXTS, _RULE),
}
_KEYS: Final = frozenset({"create", "edit"})  # a first word of theirs says which badge; what it says is yet to be asked


def reads(name: str, words: Sequence[str]) -> bool:
    """Whether these words only ask for something to be shown, as none do."""
    verb = words[0].casefold() if words else "help"
    return verb in READS.get(name, ()) or (verb in BARE.get(name, ()) and len(words) == 1)


def asks(name: str, words: Sequence[str]) -> tuple[Field, ...]:
    """The fields of the form that these words open; none where they say enough, or open none."""
    verb, said = (words[0].casefold() if words else "", words[1:])
    fields = FORMS.get((name, verb), ())
    if not said or not fields:
        return fields
    open_yet = verb in _KEYS and not any("=" in word for word in said)
    return tuple(field for field in fields if field.kind != "badge") if open_yet else ()
