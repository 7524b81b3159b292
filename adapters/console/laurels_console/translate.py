"""Lines become events. Pure: no I/O, no clock."""

import re
from datetime import datetime

from msgspec import Struct

from laurels import Account, Event, Place

_NAME = r"\w[\w-]{0,38}"
_LINE = re.compile(rf"^(?:(#{_NAME})\s+)?(?:({_NAME})\s*(?:([>+-])\s*@?({_NAME})\s*)?(?::(?!//)|(?= joins$))\s*)?(.*)$")
_MENTION = re.compile(rf"(?<!\w)@({_NAME})")
_THANKS = re.compile(rf"\b(?:thanks|thank you|thx)[\s,!:]+((?:@{_NAME}[\s,&]*(?:and\s+)?)+)", re.IGNORECASE)


class Line(Struct, frozen=True):
    """A line taken apart; *mark* is ``>`` for an answer to *whom*, ``+`` and ``-`` for a reaction given and taken back."""

    id: str
    place: Place
    who: Account
    mark: str
    whom: list[Account]
    text: str


def read(text: str, id_: str, home: str, speaker: str) -> Line:
    """Take apart ``[#channel] [NAME [> NAME]:] text``; any text is a line, said at *home* by *speaker* where it names no other."""
    channel, who, mark, whom, said = _LINE.findall("".join(filter(str.isprintable, text)).strip())[0]
    place = Place("console", channel or home, name=channel or home)
    return Line(id_, place, _people([who or speaker])[0], mark, _people([whom] if whom else []), said)


def translate(line: Line, time: datetime) -> list[Event]:
    """Say what happened. Every id begins with the line's, which names it for ever: the same line again is the same events."""

    def event(id_: str, type_: str, others: list[Account], data: dict[str, object], *, thing: str = "", on: bool = True) -> Event:
        return Event(id_, "console", type_, time, line.who, data, line.place, tuple(others), thing=thing, on=on)

    whom = line.whom[0].key if line.whom else ""
    if line.text == "joins":
        return [event(line.id, "member.joined", [], {})]
    if line.mark in {"+", "-"}:  # nobody can point at a line here, so there is one reaction of a kind from one to another: on, or off
        thing = f"{line.who.id}+{whom}:{line.text}"[:200]
        return [event(line.id, "reaction.added", line.whom, {"author": whom, "emoji": line.text}, thing=thing, on=line.mark == "+")]
    mentioned, thanked = (_people(_MENTION.findall(text)) for text in (line.text, " ".join(_THANKS.findall(line.text))))
    data = {"answered": whom, "mentions": [it.key for it in mentioned], "length": len(line.text), "words": len(line.text.split())}
    thanks = [event(f"{line.id}:{it.id}", "thanks.given", [it], {"receiver": it.key}) for it in thanked if it != line.who]
    return [event(line.id, "message.posted", [*line.whom, *mentioned], {**data, "text": line.text}), *thanks]


def _people(names: list[str]) -> list[Account]:
    return list(dict.fromkeys(Account("console", name.lower(), name=name[:1].upper() + name[1:]) for name in names))
