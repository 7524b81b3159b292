"""What a generation of badges is to the database: what would change if it were taken in."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

from msgspec import Struct

from ..definition import Definition
from ..records import BadgeInfo
from ..registry import Registry
from ..stores.codec import encode

Kind: TypeAlias = Literal["new", "returns", "rule", "texts", "retires"]


class Difference(Struct, frozen=True):
    """One badge that is not as the database knows it.

    *kind*: it is ``new``, ``returns`` from being retired, has another ``rule`` or other ``texts`` (its name, its levels' names), or
    ``retires``. *before* and *now* are what differs: of a rule, version and fingerprint. *holders* is how many people hold it.
    """

    badge: str
    kind: Kind
    before: str = ""
    now: str = ""
    holders: int = 0


def differences(registry: Registry, infos: Sequence[BadgeInfo]) -> list[Difference]:
    """In the order of the registry; then what would be retired."""
    known = {info.slug: info for info in infos}
    found = [one for definition in registry.definitions.values() for one in _of(definition, known)]
    gone = [info for info in infos if not info.retired and info.slug not in registry.definitions]
    return found + [Difference(info.slug, "retires", holders=info.holders) for info in gone]


def _of(definition: Definition, known: Mapping[str, BadgeInfo]) -> Iterator[Difference]:
    slug, info = definition.slug, known.get(definition.slug)
    if info is None:
        yield Difference(slug, "new", now=rule(definition.cause))
        return
    if info.retired:
        yield Difference(slug, "returns", holders=info.holders)
    if info.cause != definition.cause:
        yield Difference(slug, "rule", rule(info.cause), rule(definition.cause), info.holders)
    names = [level.name for level in definition.levels]
    if info.name != definition.name or info.levels != encode(names):
        yield Difference(slug, "texts", _texts(info.name, info.levels), _texts(definition.name, encode(names)), info.holders)


def rule(cause: str) -> str:
    """Version and fingerprint of a badge's cause, as ``2#0a1b2c3d``."""
    return cause.rpartition("@")[2]


def _texts(name: str, levels: str) -> str:
    return name if levels == '[""]' else f"{name} {levels}"
