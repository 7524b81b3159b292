"""What people do in the simulated Slack besides writing, told with the payloads of Slack's documentation."""

from typing import Any

from slack_town import Human, Room, Town

Payload = dict[str, Any]


async def edit(room: Room, message: Payload, text: str, **more: Any) -> Payload:
    """Somebody writes something else. https://docs.slack.dev/reference/events/message/message_changed"""
    before, now = dict(message), room.town.next_ts()
    message.update(text=text, edited={"user": message.get("user"), "ts": f"{now.partition('.')[0]}.000000"}, **more)
    return await change(room, dict(message), before, now)


async def change(room: Room, message: Payload, before: Payload, now: str = "") -> Payload:
    """Slack tells that a message is different."""
    ts = now or room.town.next_ts()
    told = {
        "type": "message", "subtype": "message_changed", "message": message, "previous_message": before, "channel": room.id,
        "hidden": True, "ts": ts, "event_ts": ts, "channel_type": room.kind,
    }  # fmt: skip
    return await room.town.tell(told)


async def delete(room: Room, message: Payload) -> Payload:
    """Somebody takes it back. https://docs.slack.dev/reference/events/message/message_deleted"""
    if any(message["ts"] == other.get("thread_ts") for other in room.messages if other is not message):
        return await _bury(room, message)
    room.messages.remove(message)
    ts = room.town.next_ts()
    told = {
        "type": "message", "subtype": "message_deleted", "previous_message": dict(message), "channel": room.id, "hidden": True,
        "deleted_ts": message["ts"], "ts": ts, "event_ts": ts, "channel_type": room.kind,
    }  # fmt: skip
    return await room.town.tell(told)


async def _bury(room: Room, message: Payload) -> Payload:
    """The first of a thread leaves a stone."""
    before = dict(message)
    stone = {
        "subtype": "tombstone", "text": "This message was deleted.", "user": "USLACKBOT", "hidden": True, "type": "message",
        "thread_ts": message["ts"], "reply_count": 1, "reply_users_count": 1, "is_locked": False, "ts": message["ts"],
    }  # fmt: skip
    message.clear()
    message.update(stone)
    return await change(room, stone, before)


async def react(human: Human, room: Room, message: Payload, name: str, *, on: bool = True, **more: Any) -> Payload:
    """Somebody reacts, or takes it back. https://docs.slack.dev/reference/events/reaction_added"""
    told = {
        "type": "reaction_added" if on else "reaction_removed", "user": human.id, "reaction": name, "item_user": message.get("user"),
        "item": {"type": "message", "channel": room.id, "ts": message["ts"]}, "event_ts": room.town.next_ts(),
    }  # fmt: skip
    return await human.town.tell({key: value for key, value in told.items() if value is not None}, **more)


async def arrive(human: Human, **more: Any) -> Payload:
    """Somebody is new in the workspace. https://docs.slack.dev/reference/events/team_join"""
    return await human.town.tell({"type": "team_join", "user": human.profile, "cache_ts": int(human.town.now), **_now(human.town)}, **more)


async def change_profile(human: Human, **facts: Any) -> Payload:
    """Something about somebody is different. https://docs.slack.dev/reference/events/user_change"""
    human.facts.update(facts)
    return await human.town.tell({"type": "user_change", "user": human.profile, "cache_ts": int(human.town.now), **_now(human.town)})


async def enter(human: Human, room: Room, inviter: Human | None = None, *, on: bool = True) -> Payload:
    """Somebody comes into a channel, or leaves it. https://docs.slack.dev/reference/events/member_joined_channel"""
    told = {
        "type": "member_joined_channel" if on else "member_left_channel", "user": human.id, "channel": room.id,
        "channel_type": "C" if room.kind == "channel" else "G", "team": human.town.team, **_now(room.town),
    }  # fmt: skip
    return await room.town.tell(told | ({"inviter": inviter.id} if inviter else {}))


async def create(human: Human, room: Room) -> Payload:
    """Somebody creates a channel. https://docs.slack.dev/reference/events/channel_created"""
    about = {"id": room.id, "name": room.name, "created": int(room.town.now), "creator": human.id, "is_channel": True, "is_shared": False}
    return await room.town.tell({"type": "channel_created", "channel": about | {"context_team_id": room.town.team}, **_now(room.town)})


def file(id_: str, kind: str = "png", size: int = 1024, **more: Any) -> Payload:
    """A file, as it stands in a message. https://docs.slack.dev/reference/objects/file-object"""
    return {"id": id_, "name": f"map.{kind}", "mimetype": "image/png", "filetype": kind, "size": size, "mode": "hosted",
            "is_external": False, "user": "U0", **more}  # fmt: skip


def bot(id_: str, name: str, team: str = "T0TOWN") -> Payload:
    """What a message of an app has of its own."""
    return {"bot_id": id_, "app_id": f"A{id_}", "bot_profile": {"id": id_, "app_id": f"A{id_}", "name": name, "team_id": team}}


def _now(town: Town) -> Payload:
    return {"event_ts": town.next_ts()}
