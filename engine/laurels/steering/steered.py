"""The configuration of a community, and what its admins set since: the newer word holds."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec
from msgspec import structs

from ..config import CommunityConfig
from ..engine.decisions.decision import Decision
from ..filed import Setting

#: What can be set, as fields of :class:`CommunityConfig`. Of what the configuration lists, a setting keeps what was added and taken away.
SIMPLE: Final = ("mode", "announce")
LISTS: Final = ("disabled", "ignored")


async def steer(decision: Decision) -> None:
    """Keep a setting. Additions to a list, and removals from it, are kept by themselves: the configuration may still change."""
    name, value = decision.data["name"], decision.data["value"]
    if name in LISTS:
        before = await decision.store.find(Setting, decision.community.name, name=name)
        changed: dict[str, bool] = msgspec.json.decode(before[0].value) if before else {}
        value = {**changed, **value}
    text = msgspec.json.encode(value).decode()
    decision.save(Setting(name=name, value=text, seq=decision.row.seq, time=decision.now))
    decision.say("SET")


def steered(config: CommunityConfig, settings: Iterable[Setting]) -> CommunityConfig:
    """The configuration with the settings applied."""
    said: Mapping[str, Any] = {setting.name: msgspec.json.decode(setting.value) for setting in settings}
    changes: dict[str, Any] = {name: said[name] for name in SIMPLE if name in said}
    if "announce" in changes:
        changes["announce"] = tuple(changes["announce"])
    for name in LISTS:
        listed: dict[str, bool] = said.get(name, {})
        added = {item for item, there in listed.items() if there}
        changes[name] = (getattr(config, name) | added) - (listed.keys() - added)
    return structs.replace(config, **changes)
