"""The badges that a test names, loaded as an installed pack's are."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..loaded import Loaded
from ..plugins.packs import load_value
from ..rules import toml


def gather(pack: Any, folder: Path = Path()) -> Loaded:
    """What *pack* is: a module, a badge or its class, the path of a rule file (relative to *folder*), or several of these."""
    if isinstance(pack, Loaded):
        return pack
    if isinstance(pack, str | Path):
        return toml.load(folder / pack)
    if isinstance(pack, Iterable):
        return sum((gather(part, folder) for part in pack), Loaded())
    return load_value(pack)
