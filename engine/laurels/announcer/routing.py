"""Where news of an award goes: where it happened, where the community wants it, to the winner alone; never out of a private place."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from msgspec import structs

from ..adapter import Adapter
from ..config import CommunityConfig
from ..config.model import EVERY
from ..config.places import ORIGIN, WINNER
from ..model import Account, Mode, Place
from ..outbox import Target

#: Platforms on which a community that says nothing of its mode only shows its admins what would be posted.
SHY: Final = frozenset({"discord", "slack"})


#: What somebody sets who wants to be told in a direct message.
DIRECT: Final = "dm"


class Winner(NamedTuple):
    """Whose news it is: their accounts, and what they set for announcements."""

    accounts: Sequence[Account] = ()
    wish: str = ""


NOBODY: Final = Winner()


class Routing:
    """The adapters by name, and what the communities want.

    An adapter serves the platform that its attribute ``platform`` names, or its ``name``. It may say ``announces_in_place = False``:
    then nothing is announced where it happened, only at the community's places. With ``direct_messages = True`` it reaches people alone.
    ``seconds_between_posts`` is what one place gets.
    """

    def __init__(self, adapters: Mapping[str, Adapter], communities: Mapping[str, CommunityConfig]) -> None:
        self.adapters, self.communities = adapters, communities
        self._serving = {str(getattr(adapter, "platform", adapter.name)): name for name, adapter in reversed(list(adapters.items()))}
        self.between = {name: _seconds_between(adapter) for name, adapter in adapters.items()}

    def may_be_direct(self, community: str, wish: str) -> bool:
        """Whether the winner's accounts decide where it goes."""
        settings = self.communities.get(community)
        return wish == DIRECT or (settings is not None and any(_channel(text) == WINNER for text in settings.announce))

    def targets(self, community: str, origin: Place | None, winner: Winner = NOBODY) -> tuple[Target, ...]:
        """Where news of what happened at *origin* goes: the first, or the next after one that can't be reached. None: nowhere.

        Who wants to be told alone is told nowhere else, unless nothing here can do that.
        """
        settings = self.communities.get(community)
        if settings is None:
            return ()
        places = dict.fromkeys(self._alone(settings, origin, winner) if winner.wish == DIRECT else ())
        places = places or dict.fromkeys(self._places(settings, origin, winner))
        return tuple(Target(self._serving[place.platform], place) for place in places if place.platform in self._serving)

    def after(self, target: Target, community: str, origin: Place | None, winner: Winner = NOBODY) -> Target | None:
        """Where it goes when *target* can't be reached."""
        targets = self.targets(community, origin, winner)
        rest = targets[targets.index(target) + 1 :] if target in targets else targets
        return rest[0] if rest else None

    def mode(self, community: str, place: Place | None) -> Mode | None:
        """The community's mode; where it says none, the platform's at *place*. None where neither is known."""
        settings = self.communities.get(community)
        if settings is None or settings.mode is not None:
            return settings.mode if settings else None
        return None if place is None else "shadow" if place.platform in SHY else "live"

    def language(self, community: str) -> str:
        """The community's language."""
        settings = self.communities.get(community)
        return settings.language if settings else "en"

    def _places(self, settings: CommunityConfig, origin: Place | None, winner: Winner) -> Iterator[Place]:
        here, private = origin.platform if origin else "", origin is not None and origin.private
        wanted = [text.partition(":") for text in settings.announce]
        for platform, _, channel in sorted(wanted, key=lambda place: place[0] != here):
            if channel == WINNER:
                yield from self._direct(settings, origin, winner, platform)
            elif channel == ORIGIN:
                yield from self._in_place(origin) if platform == here else ()
            elif not private:
                yield from _announced(settings, origin, platform, channel)
        if private or not wanted:
            yield from self._in_place(origin)

    def _in_place(self, origin: Place | None) -> Iterator[Place]:
        if origin is not None and self._says(origin.platform, "announces_in_place", usually=True):
            yield structs.replace(origin, url="")  # an event's own link would make a place of its own

    def _alone(self, settings: CommunityConfig, origin: Place | None, winner: Winner) -> Iterator[Place]:
        """To the winner alone, first on the platform where it happened, then where the community is told."""
        platforms = [origin.platform if origin else "", *(text.partition(":")[0] for text in settings.announce), *self._serving]
        for platform in dict.fromkeys(platforms):
            yield from self._direct(settings, origin, winner, platform)

    def _direct(self, settings: CommunityConfig, origin: Place | None, winner: Winner, platform: str) -> Iterator[Place]:
        if self._says(platform, "direct_messages", usually=False):
            for account in winner.accounts:
                if account.platform == platform:
                    realm = account.realm or next(iter(_realms(settings, origin, platform)), "")
                    yield Place(platform, f"@{account.id}", realm=realm, private=True)

    def _says(self, platform: str, attribute: str, *, usually: bool) -> bool:
        adapter = self.adapters.get(self._serving.get(platform, ""))
        return adapter is not None and bool(getattr(adapter, attribute, usually))


def _seconds_between(adapter: Adapter) -> float:
    seconds = getattr(adapter, "seconds_between_posts", 0.0)
    return float(seconds) if isinstance(seconds, int | float) else 0.0


def to_one_alone(place: Place) -> bool:
    """Whether a place is a direct message."""
    return place.private and place.channel.startswith("@")


def _channel(text: str) -> str:
    return text.partition(":")[2]


def _announced(settings: CommunityConfig, origin: Place | None, platform: str, channel: str) -> Iterator[Place]:
    """One of the community's places, in the realm where it happened first."""
    for realm in _realms(settings, origin, platform) or [""]:
        yield Place(platform, channel, realm=realm, name=channel)


def _realms(settings: CommunityConfig, origin: Place | None, platform: str) -> list[str]:
    """The community's realms on a platform, that in which it happened first."""
    own = [realm for realm in settings.realms.get(platform, ()) if realm != EVERY]
    if origin is not None and origin.platform == platform and origin.realm:
        own.sort(key=lambda realm: realm != origin.realm)
        own = own or [origin.realm]
    return own
