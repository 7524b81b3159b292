"""Steering a community from chat: mode, places, badges that are off."""

from collections.abc import Sequence
from typing import Final, get_args

from ..acts.acting import Acting
from ..config.places import HINT, fault
from ..config.roles import fault as who_is
from ..engine import decisions
from ..errors import Refused, nearest
from ..model import Actor, Mode, Outcome
from .steered import ROLES

MODES: Final = get_args(Mode)


class Steering(Acting):
    """What admins set. It holds at once, in every process, and goes before what the configuration says."""

    async def mode(self, by: Actor, mode: str) -> Sequence[Outcome]:
        """Set whether the community only counts (``shadow``), answers (``quiet``), or announces (``live``). Raises Refused otherwise."""
        if mode not in MODES:
            hint = nearest(mode, MODES) or "there are " + ", ".join(MODES)
            raise Refused(f"{mode!r} is no mode; {hint}")
        return await self._set(by, "mode", mode)

    async def announce(self, by: Actor, places: Sequence[str]) -> Sequence[Outcome]:
        """Set where awards are announced, as ``platform:channel``; none is where they were won. Raises Refused for what is no place."""
        for place in places:
            _assert_place(place, news=True)
        return await self._set(by, "announce", list(places))

    async def ignore(self, by: Actor, place: str, *, heed: bool = False) -> Sequence[Outcome]:
        """Count nothing that happens at a place (``platform:channel``) from now on; or *heed* it again."""
        _assert_place(place)
        return await self._set(by, "ignored", {place: not heed})

    async def disable(self, by: Actor, slug: str, *, enable: bool = False) -> Sequence[Outcome]:
        """Let a badge be won no more, here; who has it keeps it. Or *enable* it again. Raises UnknownBadge."""
        if not enable or slug not in self.policy.community.disabled:
            self.definition(slug)
        return await self._set(by, "disabled", {slug: not enable})

    async def role(self, by: Actor, role: str, who: str, *, take: bool = False) -> Sequence[Outcome]:
        """Make somebody ``admins``, ``badge_admins``, ``awarders`` or ``creators``; or *take* that away.

        *who* is an account, a platform's role or ``everyone``, as in the configuration. Raises Refused for what is none of them.
        """
        if role not in ROLES:
            raise Refused(f"{role!r} is no role; {nearest(role, ROLES) or 'there are ' + ', '.join(ROLES)}")
        if not take and (wrong := who_is(who)):
            raise Refused(f"{wrong[0]}; write {wrong[1]}")
        return await self._set(by, role, {who: not take})

    async def _set(self, by: Actor, name: str, value: object) -> Sequence[Outcome]:
        return self.forbidden(by, "configure", "") or await self.done(decisions.STEERED, {"name": name, "value": value}, by)


def _assert_place(place: str, *, news: bool = False) -> None:
    if what := fault(place, news=news):
        raise Refused(f"{what}; write {HINT}")
