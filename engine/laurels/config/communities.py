"""The communities of the configuration."""

import re
from collections.abc import Mapping

from msgspec import structs

from ..model import Account
from . import places
from .decode import Source
from .grammar import REALMS, CommunityTable, Document
from .model import DEFAULT, EVERY, CommunityConfig, Override
from .parts import language, timezone
from .roles import grantees, roles

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")


def communities(source: Source, document: Document) -> dict[str, CommunityConfig]:
    """Every community that is configured, or the one that takes everything."""
    if not document.communities:
        return {DEFAULT: CommunityConfig(DEFAULT, realms={EVERY: (EVERY,)}, language=document.language)}
    found = {name: _community(source, name, table, document.language) for name, table in document.communities.items()}
    _distinct(source, found)
    return found


def _community(source: Source, name: str, table: CommunityTable, default_language: str) -> CommunityConfig:
    place = ("communities", name)
    if not _NAME.fullmatch(name):
        source.wrong(place, f"{name!r} is no name for a community", "small letters, digits, - and _: it is part of web addresses")
    overrides = {slug: Override(**structs.asdict(override)) for slug, override in table.badges.items()}
    for slug, override in overrides.items():
        grantees(source, (*place, "badges", slug, "awarders"), override.awarders or ())
        grantees(source, (*place, "badges", slug, "creator"), [override.creator] if override.creator else ())
    return CommunityConfig(
        name=name,
        realms=_realms(source, place, table),
        timezone=timezone(source, (*place, "timezone"), table.timezone),
        mode=table.mode,
        announce=_places(source, (*place, "announce"), table.announce, news=True),
        language=language(source, (*place, "language"), table.language or default_language),
        keep_text=table.keep_text,
        overrides=overrides,
        disabled=frozenset(table.disabled) | {slug for slug, override in overrides.items() if not override.enabled},
        people=_people(source, place, table.people),
        feeds=table.feeds,
        ignored=frozenset(_places(source, (*place, "ignored"), table.ignored)),
        roles=roles(source, (*place, "roles"), table.roles),
    )


def _realms(source: Source, place: tuple[str, ...], table: CommunityTable) -> dict[str, tuple[str, ...]]:
    own = {platform: getattr(getattr(table, platform), key) for platform, key in REALMS.items()}
    for platform in table.realms:
        if platform in REALMS:
            source.wrong((*place, "realms", platform), "has a key of its own", f"write {platform}.{REALMS[platform]} = [...]")
    named = {platform: names for platform, names in (table.realms | own).items() if names}
    return {platform: tuple(str(name) for name in names) for platform, names in named.items()}


def _places(source: Source, place: tuple[str, ...], texts: tuple[str, ...], *, news: bool = False) -> tuple[str, ...]:
    for text in texts:
        if what := places.fault(text, news=news):
            source.wrong(place, what, places.HINT)
    return texts


def _people(source: Source, place: tuple[str, ...], people: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[Account, ...]]:
    owners: dict[Account, str] = {}
    found: dict[str, tuple[Account, ...]] = {}
    for name, keys in people.items():
        accounts = []
        for key in keys:
            try:
                account = Account.parse(key)
            except ValueError as error:
                what, _, hint = str(error).partition("; ")
                source.wrong((*place, "people", name), what, hint)
                continue
            if owners.setdefault(account, name) != name:
                source.wrong((*place, "people", name), f"{key!r} is {owners[account]}'s already", "an account belongs to one person")
            accounts.append(account)
        found[name] = tuple(accounts)
    return found


def _distinct(source: Source, found: Mapping[str, CommunityConfig]) -> None:
    owners: dict[tuple[str, str], str] = {}
    for community in found.values():
        for platform, names in community.realms.items():
            for name in names:
                owner = owners.setdefault((platform, name.casefold()), community.name)
                if owner != community.name:
                    place = ("communities", community.name, *_key(platform))
                    source.wrong(place, f"{name!r} belongs to the community {owner!r} already", "a realm is in one community")


def _key(platform: str) -> tuple[str, str]:
    return (platform, REALMS[platform]) if platform in REALMS else ("realms", platform)
