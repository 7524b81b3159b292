"""``/badges list [search]``: what can be won."""

from collections.abc import Mapping
from typing import NamedTuple

from ..announcer.harmless import words as harmless
from ..definition import Definition
from ..model import Reply
from .asked import Asked
from .badges import highest, level_title, visible
from .people import asker, holdings
from .texts import first_sentence, marked

MINE = "mine"
TAG = "tag:"


class Search(NamedTuple):
    """What badges are looked for: with all *terms* somewhere in title, slug or description, all *tags*, and *mine* that the asker holds."""

    terms: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    mine: bool = False

    def fits(self, definition: Definition, *, held: bool) -> bool:
        """Whether a badge is looked for."""
        text = "\n".join((definition.name, definition.slug, definition.badge.description)).casefold()
        has = {tag.casefold() for tag in definition.badge.tags}
        return all(term in text for term in self.terms) and has.issuperset(self.tags) and (held or not self.mine)


def search(words: tuple[str, ...]) -> Search:
    """Read what was typed: phrases, ``tag:x``, ``mine``."""
    folded = [word.casefold() for word in words]
    tags = tuple(word.removeprefix(TAG) for word in folded if word.startswith(TAG))
    return Search(tuple(word for word in folded if not word.startswith(TAG) and word != MINE), tags, MINE in folded)


async def listing(asked: Asked) -> Reply:
    """Every badge that is looked for; those that the asker holds say at which level."""
    wanted, held = search(tuple(asked.words)), highest(await holdings(asked, await asker(asked)))
    there = await visible(asked)
    found = {slug: definition for slug, definition in there.items() if wanted.fits(definition, held=slug in held)}
    rows = []
    for slug, definition in found.items():
        yours = f" ✓ {level_title(asked, definition, held[slug][0].level)}." if slug in held else ""
        rows.append((marked(definition, f"{definition.name} ({slug})"), f"{first_sentence(definition.badge.description)}{yours}"))
    return Reply(_text(asked, wanted, len(found), there), tuple(rows))


def _text(asked: Asked, wanted: Search, found: int, there: Mapping[str, Definition]) -> str:
    if wanted == Search():
        return asked.say("list.all", count=found)
    if found:
        return asked.say("list.found", count=found)
    tags = sorted({tag for definition in there.values() for tag in definition.badge.tags})
    known = asked.say("list.tags", tags=", ".join(tags)) if wanted.tags and tags else ""
    return f"{asked.say('list.none', words=harmless(' '.join(asked.words)))} {known}".strip()
