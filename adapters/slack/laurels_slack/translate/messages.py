"""What people write: posted, edited, deleted."""

from collections.abc import Mapping
from typing import Any, Final

from laurels import Account, Event

from . import files, texts, thanks
from .source import SOURCE, moment
from .spots import Spot

MENTIONED: Final = 50  # people mentioned in one message, at the most

#: Of Slack's subtypes those that are somebody's own words; the others tell of people who came, of topics that changed, and so on.
SAID: Final = ("", "bot_message", "file_share", "me_message", "thread_broadcast")


def is_said(said: dict[str, Any]) -> bool:
    """Whether somebody, or a program, said this."""
    return (said.get("subtype") or "") in SAID and bool(author(said)) and not said.get("hidden")


def author(said: dict[str, Any]) -> str:
    """Whose it is: somebody's, or that of a bot without an account."""
    return said.get("user") or said.get("bot_id") or ""


def named(said: dict[str, Any]) -> list[str]:
    """Whom a message names: its author, whom it answers, whom it mentions."""
    found = [author(said), _answered(said), *texts.mentioned(said.get("text") or "")[:MENTIONED]]
    return [id_ for id_ in dict.fromkeys(found) if id_]


def message(said: dict[str, Any], spot: Spot, people: Mapping[str, Account]) -> list[Event]:
    """What a message comes to. *people* are those that it names."""
    if not is_said(said):
        return []
    who = people[author(said)]
    return [_posted(said, spot, people), *files.shared(said, spot, who), *thanks.given(said, spot, people, who)]


def edited(change: dict[str, Any], spot: Spot, people: Mapping[str, Account]) -> list[Event]:
    """A changed message in its new state; nothing where Slack only added a preview, or counted replies."""
    said, before, revised = change["message"], change.get("previous_message") or {}, change["event_ts"]
    if not is_said(said):
        return []
    who = people[author(said)]
    was, is_ = ([file["id"] for file in files.there(each)] for each in (before, said))
    events = [*files.gone(before, spot, revised, but=is_), *files.shared(said, spot, who, revised, without=was)] if before else []
    if is_edit(change):
        now = thanks.given(said, spot, people, who, revised)
        events += [_posted(said, spot, people, revised), *now]
        events += thanks.gone(said["ts"], spot, revised, range(len(now), len(thanks.receivers(before)) if before else thanks.MOST))
    return events


def is_edit(change: dict[str, Any]) -> bool:
    """Whether somebody wrote something else."""
    said, before = change["message"], change.get("previous_message") or {}
    return bool(said.get("edited")) and (said["edited"] != before.get("edited") or said.get("text") != before.get("text"))


def is_gone(change: dict[str, Any]) -> bool:
    """Whether a message was deleted. Where it began a thread, a stone stands in its place as long as there are replies."""
    return change.get("subtype") == "message_deleted" or (change.get("message") or {}).get("subtype") == "tombstone"


def deleted(change: dict[str, Any], spot: Spot) -> list[Event]:
    """A message that is no more, with its thanks and files."""
    before: dict[str, Any] = change.get("previous_message") or {}
    if before and not is_said(before):
        return []
    ts, revised = change.get("deleted_ts") or (change.get("message") or before)["ts"], change["event_ts"]
    its = spot.message(ts)
    off = Event(
        f"{its}:deleted", SOURCE, "message.posted", moment(ts), None, {}, spot.place({**before, "ts": ts}), realm=spot.realm, thing=its,
        on=False, revised=moment(revised),
    )  # fmt: skip
    count = len(thanks.receivers(before)) if before else thanks.MOST
    return [off, *files.gone(before, spot, revised), *thanks.gone(ts, spot, revised, range(count))]


def _posted(said: dict[str, Any], spot: Spot, people: Mapping[str, Account], revised: str = "") -> Event:
    its = spot.message(said["ts"])
    data, others = _facts(said, people)
    return Event(
        f"{its}:{revised}" if revised else its, SOURCE, "message.posted", moment(said["ts"]), people[author(said)], data, spot.place(said),
        others, spot.realm, thing=its if revised else "", revised=moment(revised) if revised else None,
    )  # fmt: skip


def _facts(said: dict[str, Any], people: Mapping[str, Account]) -> tuple[dict[str, Any], tuple[Account, ...]]:
    text = texts.seen(said.get("text") or "")
    data: dict[str, Any] = {"length": len(text), "words": len(text.split()), "files": len(files.there(said)), "text": text}
    others: tuple[Account, ...] = ()
    own, answered = author(said), people.get(_answered(said))
    if answered is not None and answered.id != own:
        data["answered"], others = answered.key, (answered,)
    meant = [people[id_] for id_ in texts.mentioned(said.get("text") or "") if id_ in people and id_ != own]
    if mentioned := [person for person in meant if person not in others]:
        data["mentions"], others = [person.key for person in mentioned], (*others, *mentioned)
    return data, others


def _answered(said: dict[str, Any]) -> str:
    """Who began the thread that this stands in."""
    if said.get("thread_ts") in (None, said.get("ts")):
        return ""
    root = said.get("root") or {}
    return said.get("parent_user_id") or root.get("user") or ""
