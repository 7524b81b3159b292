"""laurels: an award engine that lives where a community talks.

These are the public names. A badge author needs ``Badge`` and what it is made of; an adapter author ``Adapter`` and ``Host``.
"""

from .adapter import Adapter, Backfills, Checks, Host, Page, Remembers, Rewards, Routes, Shell, Tenant
from .adapter import State as AdapterState
from .badge import Badge, Level, Nominations
from .check import Check
from .domain import CLOCK_DAY, CONTRIBUTIONS
from .drawing import FADED, LAUREL, METALS, Metal, draw, metal, picture_url
from .durations import parse as duration
from .errors import ConfigError, ForeignRealm, InvalidEvent, Later, LaurelsError, Note, Problem, Refused, Unreachable
from .event_type import EventType
from .hook import AwardNews, Hook, MilestoneNews, NominationNews, Veto
from .inbound import BadRequest, read_body
from .measures import Cap, Count, Distinct, Measure, Streak, Sum
from .model import (
    ADMIN,
    Account,
    Actor,
    Advance,
    Announcement,
    Award,
    Button,
    Command,
    Event,
    File,
    Grant,
    Holder,
    Outcome,
    Person,
    Place,
    Receipt,
    Reply,
    Suggestion,
    Verdict,
    Won,
)
from .requirements import all_of, any_of, at_least
from .seen import Once, Seen
from .thanks import Thanks

__all__ = [
    "ADMIN", "CLOCK_DAY", "CONTRIBUTIONS", "FADED", "LAUREL", "METALS", "Account", "Actor", "Adapter", "AdapterState", "Advance",
    "Announcement", "Award", "AwardNews", "Backfills", "BadRequest", "Badge", "Button", "Cap", "Check", "Checks", "Command",
    "ConfigError", "Count", "Distinct", "Event", "EventType", "File", "ForeignRealm", "Grant", "Holder", "Hook", "Host", "InvalidEvent",
    "Later", "LaurelsError", "Level", "Measure", "Metal", "MilestoneNews", "NominationNews", "Nominations", "Note", "Once", "Outcome",
    "Page", "Person", "Place", "Problem", "Receipt", "Refused", "Remembers", "Reply", "Rewards", "Routes", "Seen", "Shell", "Streak",
    "Suggestion", "Sum", "Tenant", "Thanks", "Unreachable", "Verdict", "Veto", "Won", "all_of", "any_of", "at_least", "draw", "duration",
    "metal", "picture_url", "read_body",
]  # fmt: skip
