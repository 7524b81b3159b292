"""``help [command]``: what can be asked, and how."""

from collections.abc import Mapping

from ..model import Reply
from .asked import ADMIN, NAME, Asked
from .entry import Entry
from .errors import Wrong, near


async def overview(asked: Asked, tables: Mapping[str, Mapping[str, Entry]]) -> Reply:
    """Every command with what it answers; or all about one."""
    if asked.words:
        return _about(asked, tables)
    name = asked.command.name
    rows = [(asked.usage(verb), asked.say(f"about.{verb}")) for verb in tables[name]]
    rows += [(f"/{ADMIN} help", asked.say("help.admin"))] if name == NAME else []
    return asked.quietly(asked.say("help.ask" if name == NAME else "help.do"), rows)


def _about(asked: Asked, tables: Mapping[str, Mapping[str, Entry]]) -> Reply:
    verb = asked.words[0].casefold()
    here, there = asked.command.name, NAME if asked.command.name == ADMIN else ADMIN
    name = here if verb in tables[here] else there
    if verb not in tables[name]:
        raise Wrong("common.no_verb", near(verb, list(tables[here])), name=here, verb=verb)
    more = f"more.{verb}"
    rows = [("", line) for line in (asked.say(more) if more in asked.its else "").splitlines()]
    return asked.quietly(f"/{name} {asked.say(f'usage.{verb}')}: {asked.say(f'about.{verb}')}", rows)
