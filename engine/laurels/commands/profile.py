"""``/badges profile [person]``: what somebody holds."""

from ..model import Reply
from .asked import Asked
from .badges import highest, won
from .people import holdings, person
from .texts import day, marked


async def profile(asked: Asked) -> Reply:
    """Every badge at its highest level, the newest first."""
    who = await person(asked, " ".join(asked.words))
    held = highest(await holdings(asked, who))
    text = asked.say("profile.has" if held else "profile.none", person=who.name, count=len(held))
    definitions = asked.community.registry.definitions
    rows = []
    for slug, awards in held.items():
        name = won(asked, awards[0])
        name += f", {asked.its.count(len(awards), 'time')}" if len(awards) > 1 else ""
        rows.append((marked(definitions[slug], name) if slug in definitions else name, asked.say("profile.since", day=day(awards[0].time))))
    return Reply(text if asked.command.words else f"{text} {asked.say('profile.more')}", tuple(rows))
