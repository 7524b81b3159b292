"""The configuration: ``laurels.toml`` read whole, with everything that is wrong in it."""

from .load import load, read
from .model import Announcer, Badges, CommunityConfig, Config, Http, Listen, Override, Store
from .overrides import overridden
from .secrets import adapter_settings, pack_settings

__all__ = [
    "Announcer",
    "Badges",
    "CommunityConfig",
    "Config",
    "Http",
    "Listen",
    "Override",
    "Store",
    "adapter_settings",
    "load",
    "overridden",
    "pack_settings",
    "read",
]
