"""One command while it is answered: who asks, in which language, with what words."""

import re
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from ..acts import Acts
from ..engine.community import Community
from ..model import Actor, Announcement, Button, Command, Event, Place, Reply
from ..periods import to_micros
from ..policy import Deed
from ..regrade import Looker
from ..store import Store
from ..texts import Catalogue
from .errors import Wrong

NAME: Final = "badges"
ADMIN: Final = "badges-admin"


class Means(NamedTuple):
    """What commands are answered with: what can be done, looked up and put in.

    *preview* says what a community that is in the shadow would announce; *platforms* are those that accounts can be on.
    """

    acts: Acts
    looker: Looker
    put: Callable[[Event], Awaitable[None]]
    clock: Callable[[], datetime]
    preview: Callable[[str], Awaitable[Sequence[Announcement]]]
    platforms: Collection[str] = ()


class Asked:
    """A command in its community. *words* are what follows the *verb*, *options* the ``key=value`` among it."""

    def __init__(self, command: Command, means: Means, its: Catalogue) -> None:
        self.command, self.means, self.its = command, means, its
        self.verb = ""
        self.words: Sequence[str] = ()
        self.options: dict[str, str] = {}
        self.now = to_micros(means.clock())

    @property
    def acts(self) -> Acts:
        """What people can do here."""
        return self.means.acts

    @property
    def store(self) -> Store:
        """Where everything is kept."""
        return self.means.acts.store

    @property
    def community(self) -> Community:
        """The community."""
        return self.means.acts.community

    @property
    def by(self) -> Actor:
        """Who acts, with the roles that the platform gives them."""
        return Actor(self.command.actor, self.command.roles)

    @property
    def evidence(self) -> tuple[str, ...]:
        """What was pointed at."""
        return (self.command.message,) if self.command.message else ()

    def say(self, key: str, /, **values: object) -> str:
        """A text in the asker's language."""
        return self.its.say(key, **values)

    def quietly(self, text: str, fields: Iterable[tuple[str, str]] = (), *, ok: bool = True, buttons: Iterable[Button] = ()) -> Reply:
        """An answer that is nobody else's business, but no secret: to the asker alone where that can be."""
        return Reply(text, tuple(fields), private=self.command.private, ok=ok, buttons=tuple(buttons))

    def button(self, key: str, *words: str, admin: bool = False, style: str = "") -> Button:
        """A button that is the same as typing *words*."""
        return Button(self.say(f"button.{key}"), words, ADMIN if admin else NAME, style)

    def in_private(self) -> None:
        """Raise where others would read the answer: nothing is done then."""
        if not self.command.private:
            raise Wrong("common.private")

    def demand(self, deed: Deed, badge: str = "") -> None:
        """Raise where the asker may not, saying who may."""
        if not self.acts.policy.may(self.by, deed, badge):
            raise Wrong("common.forbidden", roles=self.roles(", ".join(self.acts.policy.roles(deed, badge))))

    def roles(self, names: str) -> str:
        """Roles as an outcome names them, in words."""
        return self.its.listed(self.say(f"role.{name}") if f"role.{name}" in self.its else name for name in names.split(", "))

    def need(self, count: int = 1) -> None:
        """Raise, showing how it is typed, where there are fewer words."""
        if len(self.words) < count:
            raise Wrong("common.usage", usage=self.usage())

    def prose(self, text: str) -> str:
        """What the asker wrote for others to read: who and what it names is called as people call them."""
        called = {**{account.key: account.name for account in self.command.people if account.name}, **dict(self.command.called)}
        if not called:
            return text
        keys = "|".join(re.escape(key) for key in sorted(called, key=len, reverse=True))
        return re.sub(rf"(?<![\w:/])(?:{keys})(?![\w:/])", lambda found: called[found[0]], text)

    def yes(self, place: int) -> bool:
        """Whether the word in this place says that it is meant."""
        return [word.casefold() for word in self.words[place : place + 1]] in (["yes"], [self.say("common.yes")])

    def usage(self, verb: str = "") -> str:
        """How a command is typed."""
        return f"/{self.command.name} {self.say(f'usage.{verb or self.verb}')}"

    def shows(self, place: Place | None) -> bool:
        """Whether *place* may be named here: who reads the answer need not be able to see a private one, unless they are in it."""
        here = self.command.place
        known = place is not None and (place.platform, place.realm, place.channel) == (here.platform, here.realm, here.channel)
        return place is None or not place.private or known
