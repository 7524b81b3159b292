"""Lines become events. Pure: no I/O, no clock."""

import re
from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct, structs

from laurels import Account, Event, Place

from .settings import Settings

_NAME = r"\w[\w-]{0,38}"
_LINE = re.compile(rf"^(?:(#{_NAME})\s+)?(?:({_NAME})\s*(?:([>+-])\s*@?({_NAME})\s*)?(?::(?!//)|(?= joins$))\s*)?(.*)$")
_MENTION = re.compile(rf"(?<!\w)@({_NAME})")
_THANKS = re.compile(rf"\b(?:thanks|thank you|thx)[\s,!:]+((?:@{_NAME}[\s,&]*(?:and\s+)?)+)", re.IGNORECASE)


class Line(Struct, frozen=True):
    """A line taken apart; *mark* is ``>`` for an answer to *whom*, ``+`` and ``-`` for a reaction given and taken back."""

    id: str
    who: Account
    mark: str
    whom: list[Account]
    text: str
    place: Place


def read(text: str, id_: str, settings: Settings) -> Line:
    """Take apart ``[#channel] [NAME [> NAME]:] text``; any text is a line."""
    channel, who, mark, whom, said = _LINE.findall("".join(filter(str.isprintable, text)).strip())[0]
    place = Place("console", channel or settings.channel, name=channel or settings.channel)
    return Line(id_, *_people([who or settings.name]), mark, _people(filter(None, [whom])), said, place)


def translate(line: Line, time: datetime) -> list[Event]:
    """Say what happened. Every id begins with the line's, which names it for ever: the same line again is the same events."""

    def event(id_: str, type_: str, others: list[Account], **data: object) -> Event:
        return Event(id_, "console", type_, time, line.who, data, line.place, tuple(others))

    whom = line.whom[0].key if line.whom else ""
    if line.text == "joins":
        return [event(line.id, "member.joined", [])]
    if line.mark in {"+", "-"}:  # nobody can point at a line here, so there is one reaction of a kind from one to another: on, or off
        reaction = event(line.id, "reaction.added", line.whom, author=whom, emoji=line.text)
        return [structs.replace(reaction, thing=f"{line.who.id}+{whom}:{line.text}"[:200], on=line.mark == "+")]
    mentioned, thanked = (_people(_MENTION.findall(text)) for text in (line.text, " ".join(_THANKS.findall(line.text))))
    data = {"mentions": [it.key for it in mentioned], "length": len(line.text), "words": len(line.text.split()), "text": line.text}
    thanks = [event(f"{line.id}:{it.id}", "thanks.given", [it], receiver=it.key, message=line.id) for it in thanked if it != line.who]
    return [event(line.id, "message.posted", [*line.whom, *mentioned], answered=whom, **data), *thanks]


def _people(names: Iterable[str]) -> list[Account]:
    return list(dict.fromkeys(Account("console", name.lower(), name=name[:1].upper() + name[1:]) for name in names))
