"""Badge packs, hooks and adapters that are installed, found through entry points; a broken one is named and left out."""

from .adapters import AdapterPlugin, load_adapters
from .hooks import load_hooks
from .packs import load_packs
from .slugs import qualify

__all__ = ["AdapterPlugin", "load_adapters", "load_hooks", "load_packs", "qualify"]
