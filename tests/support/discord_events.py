"""What the journal has of what happened in the simulated Discord, and what simcord's people can't do by themselves."""

from typing import Any

from discord_stage import Stage
from journal import counted, journal

__all__ = ["Scene", "counted", "journal", "last_message", "react", "tell"]


class Scene:
    """A server with a channel, and Ana, Ben and Cem in it."""

    def __init__(self, stage: Stage) -> None:
        self.guild = stage.env.create_guild()
        self.channel = self.guild.create_text_channel("general")
        self.ana, self.ben, self.cem = (self.guild.add_member(stage.env.create_user(name)) for name in ("ana", "ben", "cem"))


def tell(stage: Stage, event: str, **payload: Any) -> None:
    """Let the gateway say something."""
    stage.env.backend.emit(event, payload)


def last_message(stage: Stage) -> dict[str, Any]:
    """The payload of the message in a server that the gateway told of last."""
    told = (entry[2] for entry in reversed(stage.env.backend.transcript) if entry[:2] == ("GATEWAY", "MESSAGE_CREATE"))
    return dict(next(payload for payload in told if "guild_id" in payload))


def react(stage: Stage, person: Any, message: Any, emoji: str, *, on: bool = True) -> None:
    """A reaction as Discord tells it: with the message's author where it is given, and nothing but ids where it is taken back."""
    guild = person.guild
    payload = {
        "guild_id": str(guild.id), "channel_id": str(message.channel.id), "message_id": str(message.id), "user_id": str(person.id),
        "emoji": {"id": None, "name": emoji}, "burst": False, "type": 0,
    }  # fmt: skip
    if on:
        user = {"id": str(person.id), "username": person.name, "discriminator": "0", "avatar": None, "bot": person.user.bot}
        member = {"user": user, "roles": [], "joined_at": "2020-01-01T00:00:00+00:00", "deaf": False, "mute": False, "flags": 0}
        payload |= {"message_author_id": str(message.author.id), "member": member}
    tell(stage, "MESSAGE_REACTION_ADD" if on else "MESSAGE_REACTION_REMOVE", **payload)
