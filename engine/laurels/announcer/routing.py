"""Where news of an award goes: where it happened, or where the community wants it; never out of a private place."""

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import structs

from ..adapter import Adapter
from ..config import CommunityConfig
from ..config.model import EVERY
from ..model import Mode, Place
from ..outbox import Target

#: Platforms on which a community that says nothing of its mode only shows its admins what would be posted.
SHY: Final = frozenset({"discord", "slack"})


class Routing:
    """The adapters by name, and what the communities want.

    An adapter serves the platform that its attribute ``platform`` names, or its ``name``. It may say ``announces_in_place = False``:
    then nothing is announced where it happened, only at the community's places. ``seconds_between_posts`` is what one place gets.
    """

    def __init__(self, adapters: Mapping[str, Adapter], communities: Mapping[str, CommunityConfig]) -> None:
        self.adapters, self.communities = adapters, communities
        self._serving = {str(getattr(adapter, "platform", adapter.name)): name for name, adapter in reversed(list(adapters.items()))}
        self.between = {name: _seconds_between(adapter) for name, adapter in adapters.items()}

    def targets(self, community: str, origin: Place | None) -> tuple[Target, ...]:
        """Where news of what happened at *origin* goes: the first, or the next after one that can't be reached. None: nowhere."""
        places = dict.fromkeys(self._places(community, origin))
        return tuple(Target(self._serving[place.platform], place) for place in places if place.platform in self._serving)

    def after(self, target: Target, community: str, origin: Place | None) -> Target | None:
        """Where it goes when *target* can't be reached."""
        targets = self.targets(community, origin)
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

    def _places(self, community: str, origin: Place | None) -> Iterator[Place]:
        settings = self.communities.get(community)
        if settings is None:
            return
        if settings.announce and not (origin and origin.private):
            yield from _announced(settings, origin)
        elif origin is not None and self._in_place(origin):
            yield structs.replace(origin, url="")  # an event's own link would make a place of its own

    def _in_place(self, place: Place) -> bool:
        adapter = self.adapters.get(self._serving.get(place.platform, ""))
        return adapter is not None and bool(getattr(adapter, "announces_in_place", True))


def _seconds_between(adapter: Adapter) -> float:
    seconds = getattr(adapter, "seconds_between_posts", 0.0)
    return float(seconds) if isinstance(seconds, int | float) else 0.0


def _announced(settings: CommunityConfig, origin: Place | None) -> Iterator[Place]:
    """The community's places, those on the platform and in the realm where it happened first."""
    here = origin.platform if origin else ""
    places = [text.partition(":") for text in settings.announce]
    for platform, _, channel in sorted(places, key=lambda place: place[0] != here):
        own = [realm for realm in settings.realms.get(platform, ()) if realm != EVERY]
        if origin is not None and origin.platform == platform and origin.realm:
            own.sort(key=lambda realm: realm != origin.realm)
            own = own or [origin.realm]
        for realm in own or [""]:
            yield Place(platform, channel, realm=realm, name=channel)
