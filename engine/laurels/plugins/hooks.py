"""Hooks: classes named by entry points of their own, or found in badge packs."""

from collections.abc import Iterable
from importlib.metadata import EntryPoint
from typing import Any, Final

from ..hook import Hook
from ..loaded import Loaded
from . import entries

GROUP: Final = "laurels.hooks"


def load_hooks() -> Loaded:
    """Load every installed hook; one that is broken is named and left out."""
    loaded = Loaded()
    for entry in entries.find(GROUP):
        try:
            loaded += made(entry, [entries.load(entry)])
        except entries.Broken as broken:
            loaded += Loaded(problems=(broken.problem,))
    return loaded


def made(entry: EntryPoint, classes: Iterable[Any]) -> Loaded:
    """One instance of each class; what can't be made, or is no hook, is a problem."""
    loaded = Loaded()
    for found in classes:
        if not (isinstance(found, type) and issubclass(found, Hook)):
            problem = entries.wrong(entry, f"names {found!r}", "a hook is a subclass of laurels.Hook")
            loaded += Loaded(problems=(problem,))
            continue
        try:
            loaded += Loaded(hooks=(found(),))
        except Exception as error:
            problem = entries.wrong(entry, f"{found.__name__} can't be made: {entries.told(error)}", "a hook is made without arguments")
            loaded += Loaded(problems=(problem,))
    return loaded
