"""A small community in a simulated Discord, and what of it goes onto pictures."""

import base64
from collections.abc import Sequence
from html import escape
from typing import Any

import discord

from discord_stage import Stage
from laurels import LAUREL, Account, Place
from laurels.drawing.medal import medal
from laurels.policy import SYSTEM

COLOURS = {"Ana": "#3ba55d", "Bob": "#faa61a", "Mia": "#eb459e"}


class Town:
    """*ana*, *bob* and *mia*, who manages the server, in one channel."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.env = stage, stage.env
        self.guild = self.env.create_guild("Rocketeers")
        self.hall = self.guild.create_text_channel("hall")
        manager = self.guild.create_role("Council", permissions=discord.Permissions(manage_guild=True))
        self.ana, self.bob = (self.guild.add_member(self.env.create_user(name)) for name in ("Ana", "Bob"))
        self.mia = self.guild.add_member(self.env.create_user("Mia"), roles=[manager])
        self.files: dict[str, bytes] = {}

    def account(self, member: Any) -> Account:
        """Who somebody is to laurels."""
        return Account("discord", str(member.id), name=member.name)

    async def give(self, slug: str, whom: Any, level: int | None = None, note: str = "", said: discord.Message | None = None) -> None:
        """Somebody is given a badge in the hall, for what they *said*."""
        place = Place("discord", str(self.hall.id), realm=str(self.guild.id), name="#hall", url=said.jump_url if said else "")
        awards = self.stage.app.acts(self.stage.community).awards
        await awards.give(SYSTEM, slug, [self.account(whom)], level=level, note=note, place=place)

    async def talk(self) -> None:
        """Ana and Bob say something."""
        for one in (self.ana, self.bob):
            await one.send(self.hall, "hello")
        await self.later()

    async def later(self) -> None:
        """Once all is said."""
        for _ in range(3):
            await self.stage.rest()
            await self.env.advance_time(1)
        await self.stage.rest()

    def shown(self, messages: Sequence[discord.Message], *, used: str = "") -> list[dict[str, Any]]:
        """Messages as a picture needs them; the first answers a command that somebody *used*."""
        return [self._shown(message, used if number == 0 else "") for number, message in enumerate(messages)]

    def _shown(self, message: discord.Message, used: str) -> dict[str, Any]:
        bot = message.author.bot
        name = "laurels" if bot else message.author.display_name
        return {
            "author": name, "bot": bot, "at": "Today at 12:00", "picture": _avatar(name), "content": message.content, "used": used,
            "private": bool(message.flags.ephemeral), "embeds": [self._card(embed.to_dict(), message) for embed in message.embeds],
            "components": [{"components": [_button(button) for button in row.to_dict()["components"]]} for row in message.components],
        }  # fmt: skip

    def _card(self, embed: Any, message: discord.Message) -> dict[str, Any]:
        address = embed.get("thumbnail", {}).get("url", "")
        for attached in message.attachments:
            if address == f"attachment://{attached.filename}":
                name = f"picture-{len(self.files)}"
                self.files[name] = self.env.backend.cdn.get(attached.url)
                embed["thumbnail"] = {"url": name}
        if "url" in embed:
            embed["url"] = "a message"  # whose number is another each time
        return dict(embed)


def _button(button: Any) -> dict[str, Any]:
    return {"label": button.get("label", ""), "style": button["style"]}


def _avatar(name: str) -> str:
    """Somebody's picture, with ``@`` where its place goes."""
    if name == "laurels":
        data = base64.b64encode(medal(LAUREL).encode()).decode()
        return f'<g transform="@"><image width="40" height="40" href="data:image/svg+xml;base64,{data}"/></g>'
    letter = 'font-family="Noto Sans" font-size="19" font-weight="700" text-anchor="middle" fill="#fff"'
    disc = f'<circle cx="20" cy="20" r="20" fill="{COLOURS[name]}"/>'
    return f'<g transform="@">{disc}<text x="20" y="27" {letter}>{escape(name[0])}</text></g>'
