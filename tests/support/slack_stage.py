"""A laurels with an app in a simulated Slack: Bolt's own dispatcher and slack_sdk's own client, over real HTTP to :mod:`slack_town`."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from laurels.app import App
from laurels.testing.pack import gather
from laurels.testing.settings import settings
from laurels_slack import Settings, SlackAdapter
from slack_town import TOKEN, Human, Town


class Stage:
    """*app* counts; *adapter* is installed in *town*, where tests act as people. After each act: :meth:`rest`."""

    def __init__(self, app: App, town: Town, wanted: Settings) -> None:
        self.app, self.town, self.wanted = app, town, wanted
        self.adapter: SlackAdapter
        self.bolt: AsyncApp
        self.community = next(iter(app.config.communities))
        town.deliver = self.deliver

    @property
    def now(self) -> datetime:
        """The time in the town, which is laurels' too."""
        return datetime.fromtimestamp(self.town.now, UTC)

    def arrive(self) -> None:
        """A new process of the app on the same database."""
        self.adapter = SlackAdapter(self.wanted)
        self.app.adapters["slack"] = self.adapter
        self.bolt = self.adapter.attach(self.app.host("slack"))
        speaker, absence = self.adapter.speaker, self.adapter.absence
        assert speaker is not None and absence is not None
        absence.clock = lambda: self.now
        speaker.pace.clock = speaker.finder.clock = lambda: self.town.now

    async def deliver(self, body: dict[str, Any] | str) -> BoltResponse:
        """Give Bolt what Slack sends; its answer."""
        return await self.bolt.async_dispatch(AsyncBoltRequest(body=body, mode="socket_mode"))

    async def rest(self) -> None:
        """Return once all that was told and asked is counted, answered and announced."""
        while under_way := [task for task in asyncio.all_tasks() if _is_answering(task)]:
            await asyncio.wait(under_way)
        await self.adapter.commands.rest()
        await self.app.rest()

    async def held(self, human: Human) -> list[str]:
        """``badge@level`` of what stands for somebody."""
        awards = await self.app.store.awards(self.community)
        return sorted(f"{award.badge}@{award.level}" for award in awards if any(key.endswith(f"/{human.id}") for key in award.accounts))


def _is_answering(task: asyncio.Task[Any]) -> bool:
    """Whether a task is a lazy listener of Bolt's."""
    return "to_runnable_function" in getattr(task.get_coro(), "__qualname__", "")


@asynccontextmanager
async def staged(
    folder: Path, pack: Any = (), *, configuration: str = "", town: Town | None = None, **options: Any
) -> AsyncIterator[Stage]:
    """*pack* as for the World; *configuration* is the text of a laurels.toml without adapters, *options* those of the adapter's settings.

    The first community takes in every workspace and is live, unless the configuration says else.
    """
    async with (town or Town()).open() as there:
        wanted = Settings(**{"bot_token": TOKEN, "app_token": "xapp-simulated", "api_url": there.api, **options})
        app = App(settings(folder, configuration), gather(pack), clock=lambda: stage.now)
        stage = Stage(app, there, wanted)
        stage.arrive()
        async with app:
            app.start()
            yield stage
            await stage.rest()
