"""laurels: an award engine that lives where a community talks.

These are the public names. A badge author needs ``Badge`` and what it is made of; an adapter author ``Adapter`` and ``Host``.
"""

from .adapter import Adapter, Backfills, Checks, Host, Page, Rewards, Routes, Shell, Tenant
from .adapter import State as AdapterState
from .badge import Badge, Level, Nominations
from .check import Check
from .domain import CLOCK_DAY, CONTRIBUTIONS
from .errors import ConfigError, ForeignRealm, InvalidEvent, Later, LaurelsError, Note, Problem, Refused, Unreachable
from .event_type import EventType
from .hook import AwardNews, Hook, MilestoneNews, NominationNews, Veto
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

__all__ = [
    "ADMIN", "CLOCK_DAY", "CONTRIBUTIONS", "Account", "Actor", "Adapter", "AdapterState", "Advance", "Announcement", "Award", "AwardNews",
    "Backfills", "Badge", "Button", "Cap", "Check", "Checks", "Command", "ConfigError", "Count", "Distinct", "Event", "EventType", "File",
    "ForeignRealm", "Grant", "Holder", "Hook", "Host", "InvalidEvent", "Later", "LaurelsError", "Level", "Measure", "MilestoneNews",
    "NominationNews", "Nominations", "Note", "Outcome", "Page", "Person", "Place", "Problem", "Receipt", "Refused", "Reply", "Rewards",
    "Routes", "Shell", "Streak", "Suggestion", "Sum", "Tenant", "Unreachable", "Verdict", "Veto", "Won", "all_of", "any_of", "at_least",
]  # fmt: skip
