"""``/badges show <badge>``: one badge, its levels, and who has it."""

from ..definition import Definition
from ..model import Reply
from .asked import Asked, highest
from .texts import day, level_title, marked, number, plural


async def show(asked: Asked) -> Reply:
    """All that there is to say about a badge, and how far the asker is."""
    definition, _ = await asked.badge()
    badge = definition.badge
    asker = await asked.asker()
    held = highest(await asked.awards(asker)).get(definition.slug)
    holders = next((info.holders for info in await asked.infos() if info.slug == definition.slug), 0)
    rows = [(level_title(definition, level), _level(definition, level)) for level in range(1, len(definition.levels) + 1)]
    rows = [row for row in rows if row[1]]
    if definition.needs:
        rows.append(("Needs", f"{' · '.join(definition.needs)}; `/badges why {definition.slug}` says which you hold"))
    rows.append(("Held by", plural(holders, "person", "people")))
    if held:
        rows.append((asker.name, f"{level_title(definition, held[0].level)}, since {day(held[0].time)}"))
    image = definition.levels[held[0].level - 1].image if held and held[0].level <= len(definition.levels) else ""
    return Reply(marked(definition, f"{definition.name}\n{badge.description}".strip()), tuple(rows), image or badge.image)


def _level(definition: Definition, level: int) -> str:
    its = definition.levels[level - 1]
    return its.description or (f"at {number(its.at)}" if its.at is not None else "")
