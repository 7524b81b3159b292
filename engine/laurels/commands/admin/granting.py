"""``roles``: who may do what, given to a platform's role, a person, or everyone."""

from typing import Final

from ...announcer.harmless import words as harmless
from ...config.roles import EVERYONE, KINDS
from ...model import Reply
from ...steering.steered import ROLES
from ..asked import Asked
from ..errors import Wrong, near
from ..outcomes import told
from ..people import anybody
from .setup import STEPS, onward

_KINDS: Final = frozenset(kind for kinds in KINDS.values() for kind in kinds)


async def roles(asked: Asked) -> Reply:
    """Who is what; or make somebody it, or no longer."""
    asked.demand("configure")
    if not asked.words:
        return await STEPS["roles"](asked)
    asked.need(2)
    role = asked.words[0].casefold().replace("-", "_")
    if role not in ROLES:
        raise Wrong("setup.no_role", near(role, ROLES), role=harmless(role), roles=", ".join(ROLES))
    *words, last = asked.words[1:]
    take = bool(words) and last.casefold() in ("off", asked.say("switch.off"))
    who = await _who(asked, " ".join(words if take else (*words, last)))
    return await told(asked, await asked.acts.steering.role(asked.by, role, who, take=take), onward(asked, "roles"))


async def _who(asked: Asked, text: str) -> str:
    """As the configuration would name them: a role of this platform by ``role:Name``, a person by name or account."""
    if text.casefold() in (EVERYONE, asked.say("common.everyone")):
        return EVERYONE
    head, colon, rest = text.partition(":")
    if colon and head in _KINDS:
        return f"{asked.command.place.platform}:{text}"
    if colon and rest.partition(":")[0] in _KINDS:
        return text
    return (await anybody(asked, text)).account.key
