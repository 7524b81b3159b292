"""What a message comes to, however it was heard of: as it was written, or read afterwards."""

from typing import Any

from msgspec import structs

from laurels import Account, Event

from .door import Door, Told
from .translate import Spot, messages
from .translate.addressing import addressed


class Reader:
    """Makes events of messages."""

    def __init__(self, door: Door) -> None:
        self.door = door

    async def read(self, told: Told, said: dict[str, Any], spot: Spot) -> list[Event]:
        """What a message comes to; nothing where it is nobody's own words, or the app's own."""
        if not self.counts(told, said):
            return []
        return self.meant(told, said, messages.message(said, spot, await self.people(told, said, spot)))

    def meant(self, told: Told, said: dict[str, Any], events: list[Event]) -> list[Event]:
        """What a message comes to, without the thanks that it tells the app to give: the command gives them."""
        ordered = addressed(said.get("text") or "", told.its.bot_user) is not None
        return [event for event in events if event.type != "thanks.given" or event.on is False] if ordered else events

    def counts(self, told: Told, said: dict[str, Any]) -> bool:
        """Whether somebody said it, other than this app, in whatever workspace."""
        its, app = told.its, (said.get("bot_profile") or {}).get("app_id") or said.get("app_id")
        own = said.get("user") == its.bot_user or (said.get("bot_id") or "?") == its.bot or (app or "?") == told.app
        return messages.is_said(said) and not own

    async def people(self, told: Told, said: dict[str, Any], spot: Spot) -> dict[str, Account]:
        """Whom a message names."""
        author, named = messages.author(said), messages.named(said)
        profile = said.get("bot_profile") or {}
        homes = {}
        if told.shared and (team := said.get("user_team") or (profile.get("team_id") if author == said.get("bot_id") else "")):
            homes[author] = await self.door.directory.at_home(team, told.its)
        if author == said.get("bot_id"):
            homes.setdefault(author, spot.home)
        found = await self.door.people(told, named, homes)
        if said.get("bot_id") and not found[author].name:
            name = profile.get("name") or said.get("username") or ""
            found[author] = structs.replace(found[author], name=name, bot=True)
        return found
