"""What is stored about somebody, counted and in words."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from ..model import Account
from ..store import Store
from ..stores.kept import TABLES
from .preferences import CHOICES, DEFAULTS, of_accounts

NEWEST: Final = 2**62

#: By what it is in an export: what it tells, in words.
WORDS: Final[Mapping[str, str]] = {
    "events": "what you did, and what others did that names you",
    "counted": "which of it counts for you",
    "accounts": "your accounts, with their names",
    "links": "which accounts are yours together",
    "link_codes": "codes by which you showed that",
    "preferences": "your settings",
    "awards": "your awards, also those that you no longer hold",
    "awards_held": "awards that wait for you",
    "awards_brought_along": "awards that an account brought along when it was linked",
    "decisions_about_awards": "who gave you what, took it back or let it stand again",
    "given_by_badges": "what badges gave to you, or to others for what you did",
    "progress": "how far you are on the way to badges",
    "values_counted": "what was counted for that, each thing once",
    "badges_looked_at": "new badges for which your past was looked at",
    "states_to_decide_on": "what badges wrote down to decide later",
    "to_be_counted": "what is to be counted anew for you",
    "set_aside": "what could not be decided about you",
    "milestones": "shares of the way that you reached",
    "leaderboards": "your numbers on leaderboards",
    "leaderboard_to_be_made": "that they are to be made anew",
    "announcements": "which awards people were told of",
    "posts": "the posts that told of them",
    "nominations": "nominations of you or by you",
    "words_on_nominations": "what you said about nominations",
    "codes": "claim codes that you made, or that are for you alone",
    "codes_used": "claim codes that you used",
    "badges_made": "badges that you made or changed",
    "outcomes": "what came of what was asked about you",
}


class Stored(Struct, frozen=True):
    """*counts* are by the words of :data:`WORDS`. All of it is in this laurels' own database, kept until it is forgotten.

    *switches* are the settings as they are, *choices* what each can be.
    """

    accounts: tuple[Account, ...]
    counts: Mapping[str, int]
    switches: Mapping[str, str]
    choices: Mapping[str, str]


async def person_of(store: Store, community: str, account: Account) -> int:
    """The person of an account, or 0 where it was never seen. Looking makes none known: who was forgotten stays so, whatever they ask."""
    found = await store.find_people(community, account.key)
    return next((id_ for id_, accounts in found.items() if account in accounts), 0)


async def whose(store: Store, community: str, account: Account) -> dict[int, Account]:
    """All accounts of the person of an account, by id; none where it was never seen."""
    person = await person_of(store, community, account)
    return dict(await store.accounts_of(person)) if person else {}


async def rows(store: Store, community: str, accounts: Mapping[int, Account]) -> Mapping[str, list[dict[str, object]]]:
    """All there is, by what it is."""
    _, seqs = await store.mentions(community, list(accounts.values()), NEWEST)
    return await store.about(community, accounts, seqs)


async def look(store: Store, community: str, account: Account) -> Stored:
    """What is stored about the person of *account*."""
    accounts = await whose(store, community, account)
    found = await rows(store, community, accounts) if accounts else {}
    said = await of_accounts(store, community, accounts) if accounts else {}
    counts = {kept.what: len(found.get(kept.what, ())) for kept in TABLES.values()}
    return Stored(
        tuple(accounts.values()), {what: counts[what] for what in WORDS if counts[what]},
        {**DEFAULTS, **{name: one.value for name, one in said.items()}}, CHOICES,
    )  # fmt: skip
