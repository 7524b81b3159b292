"""A server with people in it, and what they read of the bot's answers."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import discord

from discord_stage import Stage, staged
from laurels import Badge, Count, Level, Nominations

PACK = (
    Badge(slug="talker", name="Talker", measure=Count("message.posted"), levels=(Level("Bronze", at=1), Level("Silver", at=1000))),
    Badge(slug="kind", name="Kind Soul", description="For the good ones.", tags=("warm",), nominations=True),
    Badge(slug="star", name="Good Star", nominations=Nominations(approvals=2)),
    Badge(slug="ranked", name="Ranked", levels=("First", "Second"), nominations=True),
    Badge(slug="closed", name="Closed"),
)


class Town:
    """*ana* and *bob* are people, *eve* manages the server, *zoe* never wrote a word; they meet in the *hall*."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.env = stage, stage.env
        self.guild = self.env.create_guild()
        self.hall = self.guild.create_text_channel("hall")
        self.cellar = self.guild.create_text_channel("cellar")
        managing = self.guild.create_role("Council", permissions=discord.Permissions(manage_guild=True))
        self.judges = self.guild.create_role("Judges")
        self.ana, self.bob, self.zoe = (self.guild.add_member(self.env.create_user(name)) for name in ("ana", "bob", "zoe"))
        self.eve = self.guild.add_member(self.env.create_user("eve"), roles=[managing])

    async def talk(self) -> None:
        """Everybody but zoe says something."""
        for one in (self.ana, self.bob, self.eve):
            await one.send(self.hall, "hello")
        await self.stage.rest()

    def show_admin_commands(self, *people: Any) -> None:
        """Let people see ``/badges-admin``, as whoever manages a server can."""
        found = self.env.backend.find_command("badges-admin", self.guild.id, type=1)
        self.guild.set_command_permissions(int(found["id"]), dict.fromkeys(people, True))

    def twice(self) -> None:
        """From now on, Discord delivers each interaction twice."""
        emit = self.env.backend.emit

        def again(event: str, payload: Any, *args: Any, **more: Any) -> Any:
            if event == "INTERACTION_CREATE":
                emit(event, payload, *args, **more)
            return emit(event, payload, *args, **more)

        self.env.backend.emit = again


@asynccontextmanager
async def living(folder: Path, *more: Badge | str, **options: Any) -> AsyncIterator[Town]:
    """A town on a stage; *options* are the stage's."""
    async with staged(folder, [*PACK, *more], **options) as stage:
        town = Town(stage)
        await town.talk()
        yield town


def told(result: Any) -> str:
    """All that an answer says: of the answer itself, or of what followed it."""
    messages = [*result.followups] or [result.response]
    return "\n".join(read(message) for message in messages if message is not None)


def read(message: Any) -> str:
    """All that a message says."""
    cards = [f"{embed.description or ''} {embed.footer.text or ''}".strip() for embed in message.embeds]
    return "\n".join(filter(None, [message.content, *cards]))


def labels(message: Any) -> list[str]:
    """What the buttons of a message say."""
    rows = message.components if isinstance(message.components[:1], list) else list(message.components)
    return [button["label"] for row in map(_plain, rows) for button in row["components"]]


def _plain(row: Any) -> Any:
    return row if isinstance(row, dict) else row.to_dict()
