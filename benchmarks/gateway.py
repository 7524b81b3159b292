"""What Discord's gateway would say: a server, and messages in it."""

from datetime import UTC, datetime
from typing import Any, Final

PEOPLE: Final = 200
GUILD, CHANNEL, BOT, FIRST = 1_000_000_000_000_000_001, 1_000_000_000_000_000_002, 1_000_000_000_000_000_003, 1_100_000_000_000_000_000


def user(number: int) -> dict[str, Any]:
    """Somebody, as Discord writes it."""
    return {
        "id": str(FIRST + number),
        "username": f"somebody{number}",
        "discriminator": "0",
        "global_name": f"Somebody {number}",
        "avatar": "8342729096ea3675442027381ff50dfe",
        "public_flags": 64,
        "clan": None,
        "primary_guild": None,
        "avatar_decoration_data": None,
    }


def member(number: int) -> dict[str, Any]:
    """What a message says of its author as a member."""
    joined = datetime(2024, 1, 1 + number % 28, tzinfo=UTC).isoformat()
    return {
        "roles": [],
        "premium_since": None,
        "pending": False,
        "nick": None,
        "mute": False,
        "joined_at": joined,
        "flags": 0,
        "deaf": False,
        "communication_disabled_until": None,
        "banner": None,
        "avatar": None,
    }


def payload(number: int) -> dict[str, Any]:
    """A message; every fifth replies, every fourth mentions somebody, every tenth has a file."""
    author = number % PEOPLE
    other = user((author + 7) % PEOPLE)
    mentions = [{**other, "member": member(author + 7)}] if number % 4 == 0 else []
    said = f"<@{other['id']}> have you seen it?" if mentions else "it works on my machine, and that is all that I can say about it"
    found = {
        "type": 19 if number % 5 == 0 else 0,
        "tts": False,
        "timestamp": "2026-01-01T12:00:00.123000+00:00",
        "pinned": False,
        "nonce": str(number),
        "mentions": mentions,
        "mention_roles": [],
        "mention_everyone": False,
        "member": member(author),
        "id": str(FIRST + 10_000 + number),
        "flags": 0,
        "embeds": [],
        "edited_timestamp": None,
        "content": said,
        "components": [],
        "channel_type": 0,
        "channel_id": str(CHANNEL),
        "author": user(author),
        "attachments": [attachment(number)] if number % 10 == 0 else [],
        "guild_id": str(GUILD),
    }
    return {**found, **answer(number)} if number % 5 == 0 else found


def hidden(told: dict[str, Any]) -> dict[str, Any]:
    """A message as a bot is told of it that may not see what is written."""
    earlier = told.get("referenced_message")
    return {**told, "content": "", "attachments": []} | ({"referenced_message": hidden(earlier)} if earlier else {})


def attachment(number: int) -> dict[str, Any]:
    """A picture."""
    url = f"https://cdn.discordapp.com/attachments/{CHANNEL}/{number}/picture.png"
    size = {"width": 640, "height": 480, "size": 20_000, "content_type": "image/png"}
    return {"id": str(FIRST + number), "filename": "picture.png", "url": url, "proxy_url": url, **size}


def answer(number: int) -> dict[str, Any]:
    """What a reply says of what it answers."""
    earlier = {**payload(number - 1 - number % 2 * 2), "referenced_message": None} if number else payload(1)
    reference = {"type": 0, "message_id": earlier["id"], "channel_id": str(CHANNEL), "guild_id": str(GUILD)}
    return {"message_reference": reference, "referenced_message": earlier}


def guild() -> dict[str, Any]:
    """The server, with one channel that everybody may see."""
    everyone = {
        "id": str(GUILD),
        "name": "@everyone",
        "permissions": "1071698660929",
        "position": 0,
        "color": 0,
        "hoist": False,
        "managed": False,
        "mentionable": False,
        "flags": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
    }
    channel = {"id": str(CHANNEL), "type": 0, "name": "general", "position": 0, "permission_overwrites": [], "nsfw": False}
    return {
        "id": str(GUILD),
        "name": "Bench",
        "owner_id": str(FIRST),
        "roles": [everyone],
        "channels": [channel],
        "threads": [],
        "emojis": [],
        "stickers": [],
        "features": [],
        "members": [{**member(0), "user": {**user(0), "id": str(BOT), "bot": True}}],
        "member_count": PEOPLE,
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "premium_tier": 0,
        "nsfw_level": 0,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "preferred_locale": "en-US",
        "afk_timeout": 300,
        "unavailable": False,
    }
