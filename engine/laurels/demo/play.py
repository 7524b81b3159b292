"""The script goes through a running app, step by step."""

from collections.abc import Sequence

from ..adapter import Host
from ..app import App
from ..model import Award
from ..periods import to_micros
from ..texts import catalogue
from .clock import Clock
from .github import GitHub
from .screen import Screen
from .script import Step, steps
from .stage import Curtain


class Play:
    """What happens goes in where it would: lines at the console, webhooks over HTTP. After each step laurels comes to rest."""

    def __init__(self, app: App, screen: Screen, curtain: Curtain, hub: GitHub, clock: Clock) -> None:
        self._app, self._screen, self._curtain, self._hub, self._clock = app, screen, curtain, hub, clock
        self._host: Host = app.host(curtain.name)

    async def through(self) -> None:
        """Play all of it."""
        for step in steps():
            if step.time is not None:
                self._clock.set(step.time)
            await self._take(step)

    async def _take(self, step: Step) -> None:
        match step:
            case Step("heading", text):
                self._screen.heading(text)
            case Step("remark", text):
                self._screen.remark(text)
            case Step("chat", text):
                self._screen.chat(self._clock(), text)
                await self._curtain.console.take(text, self._host)
            case _:
                await self._deliver(step)

    async def _deliver(self, step: Step) -> None:
        async with self._curtain.floor:
            before = (await self._app.store.counted()).journal
            sent = await self._hub.deliver(step.text)
            known = (await self._app.store.counted()).journal == before
            self._screen.webhook(self._clock(), sent, known=known)
        await self._host.rest()


async def standing(app: App, community: str) -> Sequence[Award]:
    """The awards that stand, in the order in which they were won."""
    return list(reversed(await app.store.awards(community, now=to_micros(app.clock()))))


def named(award: Award) -> str:
    """The badge as it is called at the award's level."""
    return catalogue("en").title(award.name, award.level_name, award.level)
