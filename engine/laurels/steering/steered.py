"""The configuration of a community, and what its admins set since: the newer word holds."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec
from msgspec import structs

from ..config import CommunityConfig
from ..config.model import Roles
from ..engine.decisions.decision import Decision
from ..filed import Setting

#: What can be set, as fields of :class:`CommunityConfig`. Of what the configuration lists, a setting keeps what was added and taken away.
SIMPLE: Final = ("mode", "announce")
LISTS: Final = ("disabled", "ignored")
ROLES: Final = Roles.__struct_fields__


async def steer(decision: Decision) -> None:
    """Keep a setting. Additions to a list, and removals from it, are kept by themselves: the configuration may still change."""
    name, value = decision.data["name"], decision.data["value"]
    if name in (*LISTS, *ROLES):
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
    changes |= {name: _turned(getattr(config, name), said.get(name, {})) for name in LISTS}
    roles = {name: _turned(getattr(config.roles, name), said.get(name, {})) for name in ROLES}
    return structs.replace(config, roles=Roles(**roles), **changes)


def _turned(configured: frozenset[str], said: Mapping[str, bool]) -> frozenset[str]:
    """A list of the configuration with what was added and taken away since."""
    added = {item for item, there in said.items() if there}
    return (configured | added) - (said.keys() - added)
