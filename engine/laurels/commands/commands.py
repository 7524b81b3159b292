"""The table of commands, and the way from what was typed to the answer."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from ..engine.community import Community
from ..errors import LaurelsError, nearest
from ..model import Command, Reply, Suggestion
from ..regrade import Looker
from ..store import Store
from .asked import Asked
from .help import overview
from .listing import listing
from .profile import profile
from .progress import progress
from .recent import recent
from .show import show
from .why import why

NAME: Final = "badges"
ADMIN: Final = "badges-admin"
_MOST: Final = 25  # suggestions; no platform shows more


class Entry(NamedTuple):
    """One command: how it is called, what it answers, and what its words name."""

    usage: str
    summary: str
    answer: Callable[[Asked], Awaitable[Reply]]
    takes: tuple[str, ...] = ()


async def _help(_: Asked) -> Reply:
    return overview((entry.usage, entry.summary) for entry in TABLE.values())


TABLE: Final = {
    "profile": Entry("profile [person]", "what you, or somebody else, hold", profile, ("person",)),
    "list": Entry("list", "what can be won", listing),
    "show": Entry("show <badge>", "a badge, its levels, and who has it", show, ("badge",)),
    "progress": Entry("progress", "what you are on the way to", progress),
    "why": Entry("why <badge> [person]", "which events gave it, or what is missing", why, ("badge", "person")),
    "recent": Entry("recent", "what was won lately", recent),
    "help": Entry("help", "this", _help),
}


class Commands:
    """Answers the commands of one community. *clock* tells what has expired."""

    def __init__(self, community: Community, store: Store, looker: Looker, clock: Callable[[], datetime]) -> None:
        self._community, self._store, self._looker, self._clock = community, store, looker, clock

    async def answer(self, command: Command) -> Reply:
        """Answer *command*; what is wrong with it is said to the asker alone."""
        if command.name == ADMIN:
            return _refused("Badges are given and taken in the operator's shell: `laurels award`, `laurels revoke`, `laurels undo`.")
        if command.name != NAME:
            return _refused(f"There is no command /{command.name}. `/{NAME} help` says what you can ask.")
        verb = command.words[0].casefold() if command.words else "profile"
        entry = TABLE.get(verb)
        if entry is None:
            return _refused(f"There is no `/{NAME} {verb}`; {nearest(verb, list(TABLE)) or f'`/{NAME} help` says what there is'}")
        asked = self._asked(command)
        if "badge" in entry.takes and not asked.words:
            return _refused(f"Which badge? `/{NAME} {entry.usage}`; `/{NAME} list` names them.")
        try:
            return await entry.answer(asked)
        except LaurelsError as error:
            return _refused(f"{str(error)[:1].upper()}{str(error)[1:]}")

    def _asked(self, command: Command) -> Asked:
        return Asked(command, self._community, self._store, self._looker, self._clock())

    async def suggest(self, partial: Command) -> Sequence[Suggestion]:
        """Completions of the last word."""
        if partial.name != NAME:
            return ()
        begun = partial.words[-1].casefold() if partial.words else ""
        if len(partial.words) < 2:
            found = [Suggestion(verb, f"{entry.usage}: {entry.summary}") for verb, entry in TABLE.items()]
        else:
            found = await self._names(partial)
        return [each for each in found if begun.removeprefix("@") in f"{each.value} {each.label}".casefold()][:_MOST]

    async def _names(self, partial: Command) -> list[Suggestion]:
        entry, place = TABLE.get(partial.words[0].casefold()), len(partial.words) - 2
        takes = entry.takes[place] if entry and place < len(entry.takes) else ""
        if takes == "badge":
            visible = await self._asked(partial).visible()
            return [Suggestion(slug, definition.name) for slug, definition in visible.items()]
        if takes == "person":
            return [Suggestion(name, name) for name in dict.fromkeys(await self._store.names(self._community.name))]
        return []


def _refused(text: str) -> Reply:
    return Reply(text, private=True, ok=False)
