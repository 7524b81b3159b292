"""``/badges list``: what can be won."""

from ..model import Reply
from .asked import Asked, highest
from .texts import first_sentence, level_title, marked, plural


async def listing(asked: Asked) -> Reply:
    """Every badge; those that the asker holds say at which level."""
    visible, held = await asked.visible(), highest(await asked.awards(await asked.asker()))
    rows = []
    for slug, definition in visible.items():
        yours = f" ✓ {level_title(definition, held[slug][0].level)}." if slug in held else ""
        rows.append((marked(definition, f"{definition.name} ({slug})"), f"{first_sentence(definition.badge.description)}{yours}"))
    return Reply(f"{plural(len(visible), 'badge')} can be won here. `/badges show <badge>` says more about one.", tuple(rows))
