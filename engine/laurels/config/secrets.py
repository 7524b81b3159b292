"""Settings that others own, ``[adapters.NAME]`` and ``[packs.NAME]``, and secrets as ``env:NAME``."""

import os
from collections.abc import Mapping
from typing import Any, Protocol, TypeVar

from msgspec import Struct

from ..errors import ConfigError
from .decode import Missing, Source, decode
from .model import Config

T = TypeVar("T", bound=Struct)

_MARK = "env:"


class Configurable(Protocol):
    """What has a name and a settings type: an adapter plugin."""

    @property
    def name(self) -> str:
        """The table's name."""
        ...

    @property
    def settings_type(self) -> type[Struct]:
        """What the table is decoded into."""
        ...


def adapter_settings(config: Config, plugin: Configurable) -> Any:
    """The settings of an adapter from ``[adapters.NAME]``, secrets looked up. Raises ConfigError with every fault in them."""
    return _settings(config, ("adapters", plugin.name), config.adapters.get(plugin.name, {}), plugin.settings_type)


def pack_settings(config: Config, name: str, kind: type[T]) -> T:
    """The settings of a badge pack from ``[packs.NAME]``, likewise."""
    return _settings(config, ("packs", name), config.packs.get(name, {}), kind)


def resolve(source: Source, place: tuple[str, ...], value: Any) -> Any:
    """*value* with every ``env:NAME`` in it replaced; a variable that is missing or empty is noted."""
    if isinstance(value, str) and value.startswith(_MARK):
        return _looked_up(source, place, value)
    if isinstance(value, Mapping):
        return {key: resolve(source, (*place, key), item) for key, item in value.items()}
    return [resolve(source, place, item) for item in value] if isinstance(value, list) else value


def _looked_up(source: Source, place: tuple[str, ...], value: str) -> str:
    name = value.removeprefix(_MARK)
    found = os.environ.get(name, "")
    source.secret.add(place)
    if not found:
        fault = "is empty" if name in os.environ else "is not set"
        source.wrong(place, f"the environment variable {name} {fault}", f"export {name}=... before starting, or write the value here")
    return found


def _settings(config: Config, place: tuple[str, ...], table: Mapping[str, Any], kind: type[T]) -> T:
    source = Source(config.path, config.lines)
    try:
        settings = decode(source, place, resolve(source, place, table), kind)
    except Missing:
        raise ConfigError(source.problems) from None
    if source.problems:
        raise ConfigError(source.problems)
    return settings
