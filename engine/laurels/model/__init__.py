"""Frozen data: the words that everything else is written in, without behaviour."""

from .account import Account, Person
from .award import Announcement, Award, Holder, Mode, Receipt, State, Won
from .command import ADMIN, Button, Command, File, Reply, Suggestion
from .event import Event, Place
from .outcome import UNCHANGED, Actor, Outcome, Result
from .verdict import Advance, Grant, Verdict

__all__ = [
    "ADMIN",
    "UNCHANGED",
    "Account",
    "Actor",
    "Advance",
    "Announcement",
    "Award",
    "Button",
    "Command",
    "Event",
    "File",
    "Grant",
    "Holder",
    "Mode",
    "Outcome",
    "Person",
    "Place",
    "Receipt",
    "Reply",
    "Result",
    "State",
    "Suggestion",
    "Verdict",
    "Won",
]
