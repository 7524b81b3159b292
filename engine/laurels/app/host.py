"""What one adapter may touch."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import structs

from ..config.model import EVERY
from ..errors import ForeignRealm
from ..model import Account, Actor, Command, Event, Place, Reply, Suggestion
from ..periods import to_micros
from ..store import Store
from ..texts import catalogue
from .routes import OwnRoutes, Routes

if TYPE_CHECKING:
    from .app import App


class Memory:
    """:class:`laurels.State` of one adapter."""

    def __init__(self, store: Store, adapter: str) -> None:
        self._store, self._adapter = store, adapter

    async def get(self, key: str) -> Any:
        """The JSON value last put under *key*."""
        return await self._store.recall(self._adapter, key)

    async def put(self, key: str, value: Any) -> None:
        """Keep a JSON value."""
        await self._store.remember(self._adapter, key, value)

    async def all(self, prefix: str) -> Mapping[str, Any]:
        """Every value whose key begins with *prefix*."""
        return await self._store.recall_all(self._adapter, prefix)

    async def take(self, key: str) -> Any:
        """The value under *key*, which is forgotten."""
        return await self._store.take(self._adapter, key)


class AppHost:
    """:class:`laurels.Host` of one adapter. *platform* is what its events' accounts and realms are of."""

    def __init__(self, app: "App", adapter: str, routes: Routes, community_of: Callable[[str, str], str | None]) -> None:
        self._app, self.adapter, self.routes = app, adapter, OwnRoutes(routes, adapter)
        self.state = Memory(app.store, adapter)
        self._community_of = community_of

    def community(self, platform: str, realm: str) -> str | None:
        """The community that a realm belongs to."""
        return self._community_of(platform, realm)

    def realms(self, platform: str) -> Sequence[str]:
        """The realms of *platform* that the configuration names."""
        named = (realm for community in self._app.config.communities.values() for realm in community.realms.get(platform, ()))
        return tuple(realm for realm in named if realm != EVERY)

    async def put(self, event: Event) -> None:
        """Take an event; returns once it is durable."""
        platform = self._platform(event)
        community = self.community(platform, event.realm)
        if community is None:
            await self._app.store.stranger(platform, event.realm, to_micros(self._app.clock()))
            return
        if event.place is not None and self._ignored(community, event.place):
            return
        if event.community not in ("", community):
            raise ForeignRealm(f"{platform}:{event.realm} belongs to the community {community!r}, not to {event.community!r}")
        await self._app.put(structs.replace(event, community=community))

    def _ignored(self, community: str, place: Place) -> bool:
        """Whether the community's admins want nothing counted that happens there."""
        ignored = self._app.config.communities[community].ignored
        names = {f"{place.platform}:{name}".casefold() for name in (place.channel, place.name)} if ignored else ()
        return any(place.casefold() in names for place in ignored)

    @staticmethod
    def _platform(event: Event) -> str:
        if event.actor is not None:
            return event.actor.platform
        return event.place.platform if event.place else event.source

    async def ask(self, command: Command) -> Reply:
        """Answer a chat command."""
        community = self.community(command.actor.platform, command.realm)
        if community is None:
            its = catalogue(command.locale or self._app.config.language)
            return Reply(its.say("common.no_community"), private=command.private, ok=False)
        return await self._app.commands(community, self.put).answer(command)

    async def suggest(self, partial: Command) -> Sequence[Suggestion]:
        """Completions for the last word."""
        community = self.community(partial.actor.platform, partial.realm)
        return await self._app.commands(community).suggest(partial) if community is not None else ()

    def may_award(self, actor: Actor, realm: str, badge: str) -> bool:
        """Whether somebody may award a badge."""
        community = self.community(actor.account.platform, realm)
        return community is not None and self._app.acts(community).policy.may(actor, "award", badge)

    def say(self, key: str, platform: str, realm: str, locale: str = "", /, **values: object) -> str:
        """A text of the catalogues."""
        community = self.community(platform, realm)
        config = self._app.config
        language = config.communities[community].language if community is not None else locale or config.language
        return catalogue(language).say(key, **values)

    async def show_again(self, account: Account, realm: str) -> None:
        """Have what somebody holds shown again."""
        community = self.community(account.platform, realm)
        if community is not None:
            await self._app.store.owe_reward(community, account.key)
            self._app.rewarder.wake()

    async def rest(self) -> None:
        """Return once everything put so far is counted and announced."""
        await self._app.rest()
