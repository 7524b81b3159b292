"""Awards as a feed: what of them the public sees, and how it is called."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote, urlsplit

from ..feeds import Entry, Feed
from ..model import Account, Award
from ..texts import Catalogue, catalogue
from .activity import Activity

PAGE: Final = 50  # entries
PAGES: Final = 40  # how far back a feed goes


class Feeds:
    """The feeds of one community. *base* is the address of the server, without a slash at the end."""

    def __init__(self, activity: Activity, base: str) -> None:
        self.activity, self.base = activity, base

    @property
    def texts(self) -> Catalogue:
        """In the community's language."""
        return catalogue(self.activity.policy.community.language)

    async def recent(self, form: str, page: int) -> Feed:
        """The newest awards of everybody."""
        awards = await self.activity.recent(limit=_reach(page))
        return self._feed("recent", self.texts.say("feed.recent", community=self.activity.name), form, page, awards)

    async def badge(self, slug: str, form: str, page: int) -> Feed:
        """Who won one badge. Raises UnknownBadge."""
        definition = self.activity.definition(slug)
        awards = await self.activity.recent(badge=slug, limit=_reach(page))
        return self._feed(f"badges/{quote(slug)}", self.texts.say("feed.badge", badge=definition.name), form, page, awards)

    async def person(self, account: Account, form: str, page: int) -> Feed | None:
        """What one person won; None where nobody of that account was ever seen."""
        if not await self.activity.store.find_people(self.activity.name, account.key):
            return None
        awards = await self.activity.recent(person=account, limit=_reach(page))
        name = awards[0].person if awards else account.id
        return self._feed(f"people/{quote(account.key, safe='')}", self.texts.say("feed.person", person=name), form, page, awards)

    def _feed(self, what: str, title: str, form: str, page: int, awards: Sequence[Award]) -> Feed:
        here = f"{self.base}/feeds/{quote(self.activity.name)}/{what}.{form}"
        shown = awards[(page - 1) * PAGE : page * PAGE]
        return Feed(
            id=self._id(what), title=title, community=self.activity.name, url=_at(here, page), home=self.base or here,
            updated=max((award.recorded for award in awards), default=datetime(1970, 1, 1, tzinfo=UTC)),
            entries=tuple(self._entry(award) for award in shown), first=here if page > 1 else "",
            previous=_at(here, page - 1) if page > 1 else "",
            next=_at(here, page + 1) if len(awards) > page * PAGE and page < PAGES else "",
            language=self.activity.policy.community.language,
        )  # fmt: skip

    def _entry(self, award: Award) -> Entry:
        title = self.texts.title(award.name, award.level_name, award.level)
        definition = self.activity.community.registry.definitions.get(award.badge)
        return Entry(
            id=self._id(f"award/{award.id}"), title=self.texts.say("feed.earned", person=award.person, badge=title), person=award.person,
            badge=award.badge, badge_name=award.name, level_name=award.level_name, note=award.note, time=award.time, updated=award.recorded,
            image=definition.badge.image if definition is not None and "://" in definition.badge.image else "",
        )  # fmt: skip

    def _id(self, what: str) -> str:
        """A tag URI (RFC 4151): it stays when the server moves to another port or path."""
        return f"tag:{urlsplit(self.base).hostname or 'laurels.invalid'},2026:{quote(self.activity.name)}/{what}"


def _reach(page: int) -> int:
    return page * PAGE + 1


def _at(address: str, page: int) -> str:
    return address if page == 1 else f"{address}?page={page}"
