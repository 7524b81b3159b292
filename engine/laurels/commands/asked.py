"""One command while it is answered: who asks, and what the words they typed can mean."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from ..definition import Definition
from ..engine.community import Community
from ..errors import UnknownBadge, UnknownPerson, nearest
from ..model import Account, Award, Command, Place
from ..periods import to_micros
from ..records import BadgeInfo
from ..regrade import Looker
from ..store import Store
from .texts import called


class Somebody(NamedTuple):
    """A person as a command speaks of them; *id* is 0 for who asks without ever having done anything that was counted."""

    id: int
    name: str
    accounts: tuple[Account, ...]
    asker: bool = False


class Asked:
    """A command in its community. Names that can't be found raise UnknownBadge and UnknownPerson with the nearest ones."""

    def __init__(self, command: Command, community: Community, store: Store, looker: Looker, now: datetime) -> None:
        self.command, self.community, self.store, self.looker, self.now = command, community, store, looker, to_micros(now)
        self.words = command.words[1:]

    async def asker(self) -> Somebody:
        """Who asks."""
        account = self.command.actor
        found = await self.store.find_people(self.community.name, account.key)
        for id_, accounts in found.items():
            if account in accounts:
                return Somebody(id_, called(accounts, self.command.place), tuple(accounts), asker=True)
        return Somebody(0, called([account], self.command.place), (account,), asker=True)

    async def person(self, words: Sequence[str]) -> Somebody:
        """Who is named by *words*; without any, who asks."""
        asker, text = await self.asker(), " ".join(words).removeprefix("@")
        if not text or text.casefold() == "me":
            return asker
        found = await self.store.find_people(self.community.name, text)
        if not found:
            hint = nearest(text, await self.store.names(self.community.name))
            raise UnknownPerson(f"I know nobody called {text!r} here" + (f"; {hint}" if hint else "."))
        if len(found) > 1:
            keys = ", ".join(sorted(accounts[0].key for accounts in found.values()))
            raise UnknownPerson(f"more than one person is called {text!r}; say which: {keys}")
        ((id_, accounts),) = found.items()
        if id_ == asker.id:
            return asker
        return Somebody(id_, called(accounts, self.command.place), tuple(accounts))

    async def visible(self) -> dict[str, Definition]:
        """The badges that may be spoken of: a hidden one is not, until somebody has won it."""
        known = self.community.registry.definitions
        hidden = {slug for slug, definition in known.items() if definition.badge.hidden}
        if hidden:
            hidden -= {info.slug for info in await self.infos() if info.holders}
        return {slug: definition for slug, definition in known.items() if slug not in hidden}

    async def infos(self) -> Sequence[BadgeInfo]:
        """Every badge ever defined, with the number of its holders."""
        return await self.store.badge_infos(self.community.name)

    async def badge(self) -> tuple[Definition, Sequence[str]]:
        """The badge that the first words name, by slug or title, and the words after it."""
        visible = await self.visible()
        names = {definition.name.casefold(): definition for definition in visible.values()} | visible
        for end in range(len(self.words), 0, -1):
            text = " ".join(self.words[:end]).casefold()
            found = names.get(text) or names.get(text.replace(" ", "-"))
            if found is not None:
                return found, self.words[end:]
        raise UnknownBadge("-".join(self.words).casefold(), list(visible))

    async def awards(self, person: Somebody) -> Sequence[Award]:
        """What the person holds, newest first."""
        return await self.store.awards(self.community.name, person=person.id, now=self.now) if person.id else ()

    def shows(self, place: Place | None) -> bool:
        """Whether *place* may be named here: who reads the answer need not be able to see a private one, unless they are in it."""
        here = self.command.place
        known = place is not None and (place.platform, place.realm, place.channel) == (here.platform, here.realm, here.channel)
        return place is None or not place.private or known


def highest(awards: Iterable[Award]) -> dict[str, list[Award]]:
    """By badge, what is to be said of it: its awards of the highest level, as they came."""
    found: dict[str, list[Award]] = {}
    for award in awards:
        best = found.setdefault(award.badge, [])
        if best and award.level > best[0].level:
            best.clear()
        if not best or award.level == best[0].level:
            best.append(award)
    return found
