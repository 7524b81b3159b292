"""The badges that people made, as they are kept: read for a generation, in the grammar of rule files."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct, structs

from ..badge import Badge
from ..filed import MadeBadge
from ..loaded import Loaded, Sourced
from ..model import Account
from ..policy import OPERATOR, Steward
from ..rules import grammar
from ..rules.table import Table
from ..store import Store
from ..stores.codec import decode

#: Where they come from, as a distribution, and as the origin that problems name.
PEOPLE: Final = "people"
#: Keys that a table of people's has beyond those of a rule file.
AWARDERS: Final = "awarders"
MORE: Final = (AWARDERS,)


class Made(Struct, frozen=True):
    """One community's: the newest *editions*, and who looks after the badges."""

    editions: tuple[MadeBadge, ...] = ()
    stewards: Mapping[str, Steward] = {}

    def loaded(self) -> Loaded:
        """Those that are not retired; what can't be read is a problem."""
        return sum((load(edition) for edition in self.editions if edition.state == "good"), Loaded())

    @property
    def retired(self) -> frozenset[str]:
        """The slugs of those that are."""
        return frozenset(edition.slug for edition in self.editions if edition.state == "retired")


async def read(store: Store, communities: Iterable[str]) -> dict[str, Made]:
    """What was made in each community."""
    return {name: await _of(store, name) for name in communities}


async def _of(store: Store, community: str) -> Made:
    newest = {edition.slug: edition for edition in await store.find(MadeBadge, community)}  # in the order of editions
    accounts = await store.accounts({edition.creator for edition in newest.values()})
    known = await store.know(community, accounts.values())
    people = await store.people({one.person for one in known.values()})
    same = {id_: people.get(known[account.key].person, ()) for id_, account in accounts.items() if account != OPERATOR}
    return Made(
        tuple(newest.values()),
        {slug: _steward(accounts.get(edition.creator), same.get(edition.creator, ()), edition) for slug, edition in newest.items()},
    )


def _steward(creator: Account | None, same: Sequence[Account], edition: MadeBadge) -> Steward:
    delegates = frozenset(content(edition).get(AWARDERS, ()))
    if creator is None or creator == OPERATOR:
        return Steward(delegates=delegates)
    return Steward(creator.key, delegates, frozenset(account.key for account in same) - {creator.key})


def content(edition: MadeBadge) -> dict[str, Any]:
    """The table, as it was written."""
    return dict(decode(edition.content))


def load(edition: MadeBadge) -> Loaded:
    """The badge of one edition, or what is wrong with its table. What it says of other badges and of events is not looked at."""
    table = Table(edition.slug, content(edition), {}, Sourced(Badge(), PEOPLE, PEOPLE))
    found = grammar.badge(table, MORE)
    if found is None:
        return Loaded(problems=tuple(table.problems))
    return Loaded((structs.replace(found, badge=found.badge.replace(version=edition.version)),))


def holds(editions: Sequence[MadeBadge]) -> MadeBadge | None:
    """The edition that holds."""
    return max(editions, key=lambda edition: edition.edition, default=None)
