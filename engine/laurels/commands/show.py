"""``/badges show <badge>``: one badge, its levels, and who has it."""

from ..definition import Definition
from ..model import Button, Reply
from .asked import Asked
from .badges import badge, highest, infos, level_title
from .people import asker, holdings
from .texts import day, marked


async def show(asked: Asked) -> Reply:
    """All that there is to say about a badge, and how far the asker is."""
    definition, _ = await badge(asked)
    its, me = definition.badge, await asker(asked)
    held = highest(await holdings(asked, me)).get(definition.slug)
    holders = next((info.holders for info in await infos(asked) if info.slug == definition.slug), 0)
    rows = [(level_title(asked, definition, level), _level(asked, definition, level)) for level in range(1, len(definition.levels) + 1)]
    rows = [row for row in rows if row[1]]
    if definition.needs:
        needs = " · ".join(map(str, definition.needs))
        rows.append((asked.say("show.needs"), asked.say("show.needed", needs=needs, slug=definition.slug)))
    if its.nominations:
        rows.append((asked.say("show.nominations"), asked.say("show.nominate", slug=definition.slug)))
    if its.tags:
        rows.append((asked.say("show.tags"), ", ".join(its.tags)))
    rows.append((asked.say("show.holders"), asked.its.count(holders, "person")))
    if held:
        since = asked.say("profile.since", day=day(held[0].time))
        rows.append((me.name, f"{level_title(asked, definition, held[0].level)}, {since}"))
    image = definition.image(held[0].level if held else 0)
    text = marked(definition, f"{definition.name}\n{its.description}".strip())
    return Reply(text, tuple(rows), image, buttons=_buttons(asked, definition))


def _level(asked: Asked, definition: Definition, level: int) -> str:
    its = definition.levels[level - 1]
    return its.description or (asked.say("show.at", value=its.at) if its.at is not None else "")


def _buttons(asked: Asked, definition: Definition) -> tuple[Button, ...]:
    return (asked.button("why", "why", definition.slug),)
