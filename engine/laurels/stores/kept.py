"""What each table holds of somebody, and what becomes of it when they are forgotten. Who adds a table or a text has to say so here.

In the conditions, ``:ids`` are the ids of all accounts of one person, as JSON.
"""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

_IDS: Final = "(SELECT value FROM json_each(:ids))"

_THEIR_NOMINATIONS: Final = f"SELECT id FROM nomination WHERE nominee IN {_IDS}"  # noqa: S608  # a constant


def _any(*columns: str) -> str:
    return " OR ".join(f"{column} IN {_IDS}" for column in columns)


class Kept(Struct, frozen=True):
    """*what* it is in an export; *theirs* are the rows that tell of a person, *gone* those that go when they are forgotten."""

    what: str
    theirs: str
    gone: str = ""


def _goes(what: str, *columns: str) -> Kept:
    return Kept(what, _any(*columns), _any(*columns))


#: By table, in an order in which rows may be deleted. The journal is exported, and rewritten, entry by entry.
TABLES: Final[Mapping[str, Kept]] = {
    "outbox": _goes("announcements", "person"),
    "post": _goes("posts", "person"),
    "award": _goes("awards", "person"),
    "ruling": _goes("decisions_about_awards", "account"),
    "given": Kept("given_by_badges", _any("recipient", "subject"), _any("recipient")),
    "tally": _goes("progress", "person"),
    "seen": _goes("values_counted", "person"),
    "settled": _goes("badges_looked_at", "person"),
    "due": _goes("to_be_counted", "person"),
    "frozen": _goes("states_to_decide_on", "person"),
    "parked": _goes("set_aside", "person"),
    "asked": _goes("outcomes", "account"),
    "board_due": _goes("leaderboard_to_be_made", "account"),
    "board_row": _goes("leaderboards", "account"),
    "brought": _goes("awards_brought_along", "account"),
    "link": Kept("links", _any("account", "other")),
    "claim": Kept("codes", _any("maker", "bound")),
    "claim_use": _goes("codes_used", "account"),
    "held_award": _goes("awards_held", "account"),
    "link_code": _goes("link_codes", "asker", "shown"),
    "made_badge": Kept("badges_made", _any("creator", "author")),
    "milestone": _goes("milestones", "account"),
    "voice": Kept("words_on_nominations", _any("account"), f"nomination IN ({_THEIR_NOMINATIONS})"),
    "nomination": Kept("nominations", _any("nominee", "nominator", "closer"), _any("nominee")),
    "preference": _goes("preferences", "account"),
    "trace": Kept("counted", _any("account")),
    "account": Kept("accounts", _any("id")),
    "journal": Kept("events", "false"),
}

#: Tables that hold nothing of anybody by an id, and why. What texts in them may say is veiled all the same.
NOTHING: Final[Mapping[str, str]] = {
    "community": "names of communities",
    "work": "numbers of entries of the journal",
    "event_type": "names of types",
    "unit": "what badges count",
    "badge": "badges",
    "undone": "causes",
    "memory": "what adapters remember: veiled, not exported, as nothing says whose it is",
    "stranger": "realms of nobody's",
    "hook_call": "what hooks are still to be told: about them, it goes",
    "reward_due": "accounts whose roles are to be looked at: it goes when that is done, which for who is forgotten takes the roles away",
    "setting": "what admins set",
    "shut": "hashes, that say whose events are not taken",
    "forgotten": "pseudonyms",
}

#: Texts in which an account or an id can stand, by table.
TEXTS: Final[Mapping[str, tuple[str, ...]]] = {
    "tally": ("last_id", "extra"),
    "seen": ("value",),
    "given": ("occurrence", "event", "note", "evidence"),
    "ruling": ("occurrence", "event", "note", "evidence"),
    "undone": ("event",),
    "award": ("occurrence", "event", "note", "evidence"),
    "due": ("error", "place"),
    "frozen": ("state",),
    "parked": ("error",),
    "outbox": ("place",),
    "post": ("place", "receipt", "error"),
    "memory": ("value",),
    "asked": ("occurrence", "reason"),
    "brought": ("occurrence", "event", "note", "evidence"),
    "claim": ("note", "evidence"),
    "held_award": ("occurrence", "note", "evidence"),
    "hook_call": ("subject", "news", "error"),
    "made_badge": ("content",),
    "nomination": ("reason", "evidence", "closed_note", "place"),
    "setting": ("value",),
    "voice": ("note",),
}

#: Texts that laurels or its operator writes, or that are dealt with by name: no account stands in them.
PLAIN: Final[Mapping[str, tuple[str, ...]]] = {
    "community": ("name",),
    "account": ("key", "name"),
    "journal": ("source", "id", "type", "thing", "body"),
    "event_type": ("name",),
    "unit": ("key", "reads"),
    "badge": ("slug", "cause", "name", "levels"),
    "ruling": ("kind", "cause", "giver"),
    "undone": ("cause",),
    "award": ("state", "cause", "giver", "name", "level_name"),
    "outbox": ("shown", "fate"),
    "post": ("adapter",),
    "memory": ("adapter", "key"),
    "stranger": ("platform", "realm"),
    "asked": ("result", "badge", "detail"),
    "board_row": ("board", "period"),
    "brought": ("badge", "cause", "giver", "name", "level_name"),
    "claim": ("code", "batch", "badge", "roles", "state"),
    "claim_use": ("code",),
    "held_award": ("badge", "cause", "giver", "state"),
    "hook_call": ("hook", "verb", "state"),
    "link_code": ("digest", "state"),
    "made_badge": ("slug", "state"),
    "milestone": ("badge",),
    "nomination": ("badge", "state", "outcome"),
    "preference": ("name", "value"),
    "reward_due": ("account", "error"),
    "setting": ("name",),
    "shut": ("digest",),
    "voice": ("kind",),
}

#: Tables without a community of their own, and which of their rows are one's.
OF_COMMUNITY: Final[Mapping[str, str]] = {
    **dict.fromkeys(("tally", "seen", "given", "due", "frozen", "parked"), "unit IN (SELECT id FROM unit WHERE community = :community)"),
    **dict.fromkeys(("ruling", "settled"), "badge IN (SELECT id FROM badge WHERE community = :community)"),
    "trace": "account IN (SELECT id FROM account WHERE community = :community)",
    "work": "seq IN (SELECT seq FROM journal WHERE community = :community)",
}
