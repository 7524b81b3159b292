"""``laurels check``: what Slack says of the set-up. Nothing is changed there."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any, Final

from laurels import AdapterState, Note, Problem, Tenant

from . import places
from .faults import Faulty, understood
from .installations import Installations
from .scopes import lacking
from .settings import APPS, WHERE, Settings
from .workspaces import Workspace, client, itself

MOST: Final = 20  # workspaces that are looked into, with a handful of requests each
EVERY: Final = "*"

_PASTE: Final = f"{APPS}: choose the app, App Manifest, paste what `laurels slack manifest` prints"
_ANEW: Final = f"{_PASTE}; then Install App, Reinstall"
_AGAIN: Final = f"{_PASTE}; then open /slack/install at laurels' public_url, and add the app there again"
_BEGIN: Final = "once laurels has run, open /slack/install at its public_url, and add the app to a workspace"


async def check(wanted: Settings, tenants: Sequence[Tenant], state: AdapterState | None) -> list[Problem]:
    """What is wrong, in plain words."""
    found: list[Problem] = []
    try:
        if wanted.app_token:
            with understood(wanted, "app_token"):
                await client(wanted).apps_connections_open(app_token=wanted.app_token)
    except Faulty as fault:
        found.append(fault)
    if any(problem.place == "" for problem in found):
        return found  # it can't be reached, which needs saying once
    try:
        async for problem in _installed(wanted, tenants, state):
            found.append(problem)  # what was found before something fails is told too
    except Faulty as fault:
        found.append(fault)
    return found


async def _installed(wanted: Settings, tenants: Sequence[Tenant], state: AdapterState | None) -> AsyncIterator[Problem]:
    """What is wrong where the app is installed, and where it is not."""
    unreadable: tuple[str, ...] = ()
    if wanted.bot_token:
        with understood(wanted):
            all_ = [await itself(wanted, wanted.bot_token)]
    else:
        installations = Installations(wanted, state) if state else None
        all_ = list(await installations.all()) if installations else []
        unreadable = installations.unreadable if installations else ()
        for realm in unreadable:
            what = f"does not open the token of {realm}: laurels can't speak there"
            yield Problem(WHERE, "encryption_key", what, "add the key that was there when it was installed; or install the app there anew")
        if not all_ and not unreadable:
            yield Note(WHERE, "client_id", "no workspace has installed the app", _BEGIN)
        for tenant in tenants:
            if EVERY in tenant.realms:
                what = f"{tenant.name} takes in every workspace, and anybody who finds /slack/install can add theirs"
                yield Note(WHERE, "client_id", what, "name the workspaces in slack.teams")
    if all_ or unreadable:  # where nobody has installed it, that was said
        for problem in (*_absent(wanted, tenants, all_, unreadable), *_strange(wanted, tenants, all_)):
            yield problem
    if len(all_) > MOST:
        yield Note(WHERE, "", f"only the first {MOST} of {len(all_)} workspaces were looked into")
    looked = [its for its in all_[:MOST] if _tenant(its, tenants) is not None]
    for found in await asyncio.gather(*(_workspace(wanted, its, tenants) for its in looked)):
        for problem in found:
            yield problem


async def _workspace(wanted: Settings, its: Workspace, tenants: Sequence[Tenant]) -> list[Problem]:
    """What is wrong in one workspace."""
    try:
        with understood(wanted):
            told: Any = await client(wanted, its.token).auth_test()
    except Faulty as fault:
        if fault.place == "" or wanted.bot_token:
            raise
        again = "open /slack/install at laurels' public_url to install it there again"
        return [Problem(WHERE, "", f"the app is no longer installed in {called(its)}: {fault.what}", again)]
    scopes = {scope.strip() for scope in str(told.headers.get("x-oauth-scopes", "")).split(",")} - {""}
    found: list[Problem] = []
    if scopes and (missing := "; ".join(f"{need.name} ({need.why})" for need in lacking(sorted(scopes), wanted))):
        found.append(Problem(WHERE, "", f"in {called(its)} the app lacks {missing}", _ANEW if wanted.bot_token else _AGAIN))
    if wanted.app_token and (other := await _other_app(wanted, its)):
        found.append(other)
    if (tenant := _tenant(its, tenants)) is not None:
        found += [problem async for problem in places.problems(wanted, its, tenant, scopes)]
    return found


async def _other_app(wanted: Settings, its: Workspace) -> Problem | None:
    """Whether the two tokens are of two apps: the one's events would come, and the other answer."""
    parts = wanted.app_token.split("-")
    try:
        with understood(wanted):
            bot: Any = (await client(wanted, its.token).bots_info(bot=its.bot)).get("bot") or {}
    except Faulty:
        return None
    mine, its_app = parts[2] if len(parts) > 3 else "", bot.get("app_id") or ""
    if not mine or not its_app or mine == its_app:
        return None
    what = f"is of the app {mine}, and the token for {called(its)} of the app {its_app}"
    return Problem(WHERE, "app_token", what, f"{APPS}/{its_app}/general has the app-level tokens that go with it")


def called(its: Workspace) -> str:
    """A workspace, for people."""
    return its.name or its.realm


def _tenant(its: Workspace, tenants: Sequence[Tenant]) -> Tenant | None:
    """The community that a workspace belongs to: by its own id, by its enterprise's, or the one that takes all."""
    for realm in (its.team, its.enterprise, EVERY):
        for tenant in tenants:
            if realm and realm in tenant.realms:
                return tenant
    if its.team:
        return None
    inside = (tenant for tenant in tenants if any(realm.startswith("T") for realm in tenant.realms))
    return next(inside, None)  # which workspaces an enterprise has, is not told


def _absent(wanted: Settings, tenants: Sequence[Tenant], all_: Sequence[Workspace], unreadable: Sequence[str]) -> list[Problem]:
    there = {*unreadable, *(realm for its in all_ for realm in (its.team, its.enterprise) if realm)}
    whole = any(not its.team for its in all_)
    named = [(tenant.name, realm) for tenant in tenants for realm in tenant.realms if realm != EVERY and realm not in there]
    how = _BEGIN if not wanted.bot_token else f"bot_token is that of {', '.join(map(called, all_))}; several need client_id instead"
    return [
        Problem(f"communities.{name}", "slack.teams", f"the app is not installed in {realm}", how)
        for name, realm in named
        if not (whole and realm.startswith("T"))
    ]


def _strange(wanted: Settings, tenants: Sequence[Tenant], all_: Sequence[Workspace]) -> list[Problem]:
    told = Problem if wanted.bot_token else Note  # where there is no other workspace, nothing would count at all
    return [
        told(WHERE, "", f"{called(its)} belongs to no community: nothing is read there", f'slack.teams = ["{its.realm}"] takes it in')
        for its in all_
        if _tenant(its, tenants) is None
    ]
