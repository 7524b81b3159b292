"""Which badge, and which of its levels, is meant by what somebody typed; and what they are called."""

from collections.abc import Iterable, Sequence

from ..announcer.harmless import words as harmless
from ..definition import Definition
from ..errors import UnknownBadge
from ..model import Award
from ..records import BadgeInfo
from .asked import Asked
from .errors import Wrong


async def visible(asked: Asked) -> dict[str, Definition]:
    """The badges that may be spoken of: a hidden one is not, until somebody has won it."""
    known = asked.community.registry.definitions
    hidden = {slug for slug, definition in known.items() if definition.badge.hidden}
    if hidden:
        hidden -= {info.slug for info in await infos(asked) if info.holders}
    return {slug: definition for slug, definition in known.items() if slug not in hidden}


async def infos(asked: Asked) -> Sequence[BadgeInfo]:
    """Every badge ever defined, with the number of its holders."""
    return await asked.store.badge_infos(asked.community.name)


async def badge(asked: Asked, words: Sequence[str] | None = None, *, every: bool = False) -> tuple[Definition, Sequence[str]]:
    """The badge that the first words name, by slug or title, and the words after it; *every*: hidden ones too, for who may award them.

    Raises Wrong where there are no words, UnknownBadge with the nearest slugs.
    """
    words = asked.words if words is None else words
    if not words:
        raise Wrong("badge.which", usage=asked.usage())
    known = await visible(asked)
    if every:
        known |= {slug: its for slug, its in asked.community.registry.definitions.items() if asked.acts.policy.may(asked.by, "award", slug)}
    names = {definition.name.casefold(): definition for definition in known.values()} | dict(known)
    for end in range(len(words), 0, -1):
        text = " ".join(words[:end]).casefold()
        found = names.get(text) or names.get(text.replace(" ", "-"))
        if found is not None:
            return found, words[end:]
    raise _unknown(words, list(known))


def _unknown(words: Sequence[str], known: Sequence[str]) -> UnknownBadge:
    """As much of what was typed as looks like a badge."""
    tries = [UnknownBadge("-".join(words[:end]).casefold(), known) for end in range(min(len(words), 4), 0, -1)]
    return next((error for error in tries if error.nearest), tries[-1])


def title(asked: Asked, slug: str, level: int = 1) -> str:
    """A badge's level as it is called now; the slug where the badge is away."""
    definition = asked.community.registry.definitions.get(slug)
    return level_title(asked, definition, level) if definition else slug


def won(asked: Asked, award: Award) -> str:
    """An award as its badge is called now, or was where the badge is away."""
    definition = asked.community.registry.definitions.get(award.badge)
    return level_title(asked, definition, award.level) if definition else asked.its.title(award.name, award.level_name, award.level)


def level_title(asked: Asked, definition: Definition, level: int) -> str:
    """A level of a badge as it is called now."""
    return asked.its.title(definition.name, definition.level_name(level), level)


def level(asked: Asked, definition: Definition) -> int | None:
    """The level that the option names, by number or name; None where it names none."""
    text = asked.options.get("level")
    if text is None:
        return None
    named = {its.name.casefold(): number for number, its in enumerate(definition.levels, 1) if its.name}
    number = named.get(text.casefold(), int(text) if text.isdecimal() else 0)
    if not 1 <= number <= len(definition.levels):
        raise Wrong("badge.no_level", badge=definition.name, level=harmless(text), levels=_levels(definition))
    return number


def which_level(asked: Asked, definition: Definition) -> int | None:
    """Likewise; raises Wrong where there are several and none is named."""
    number = level(asked, definition)
    if number is None and len(definition.levels) > 1:
        raise Wrong("badge.which_level", badge=definition.name, levels=_levels(definition))
    return number


def _levels(definition: Definition) -> str:
    return ", ".join(f"{number} {its.name}".strip() for number, its in enumerate(definition.levels, 1))


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
