"""``/badges profile [person]``: what somebody holds."""

from ..model import Reply
from .asked import Asked, highest
from .texts import day, marked, plural, title


async def profile(asked: Asked) -> Reply:
    """Every badge at its highest level, the newest first."""
    person = await asked.person(asked.words)
    held = highest(await asked.awards(person))
    text = f"{person.name} has {plural(len(held), 'badge') if held else 'no badge yet'}"
    definitions = asked.community.registry.definitions
    rows = []
    for slug, awards in held.items():
        newest = awards[0]
        name = title(newest.name, newest.level_name, newest.level) + (f", {len(awards)} times" if len(awards) > 1 else "")
        rows.append((marked(definitions[slug], name) if slug in definitions else name, f"since {day(newest.time)}"))
    bare = not asked.command.words
    return Reply(f"{text}." + (" `/badges help` says what else you can ask." if bare else ""), tuple(rows))
