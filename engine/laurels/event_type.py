"""Event types: what a pack or the engine declares before a badge may listen to it."""

from types import GenericAlias
from typing import Any, Final

from .model import Account

#: Kinds of field, by the Python type that declares them, with the value a rule sees where an event leaves the field out.
DEFAULTS: Final[dict[Any, Any]] = {
    str: "",
    int: 0,
    float: 0.0,
    bool: False,
    Account: "",
    list[str]: [],
    list[int]: [],
    list[Account]: [],
}


class EventType:
    """``EventType("points.awarded", "Someone got points.", points=int)``: a type's name, meaning and typed fields.

    A field is ``str``, ``int``, ``float``, ``bool``, ``Account`` (its key as text), or a list of ``str``, ``int`` or ``Account``.
    In ``cap = {by = "pair"}`` the other half of the pair is the first ``Account`` field. ``local_date`` is added by the engine.
    """

    def __init__(self, name: str, description: str = "", /, **fields: type | GenericAlias) -> None:
        self.name, self.description, self.fields = name, description, fields

    def __repr__(self) -> str:
        return f"EventType({self.name!r})"

    @property
    def dynamic(self) -> bool:
        """Whether the fields are whatever the platform sent: ``github.*``."""
        return self.name.startswith("github.")

    @property
    def counterpart(self) -> str:
        """The field that names the other person, or empty."""
        return next((name for name, kind in self.fields.items() if kind is Account), "")

    def problems(self) -> list[str]:
        """What is wrong with this declaration, in words."""
        wrong = [f"field {name!r}: {kind!r} is no kind of field" for name, kind in self.fields.items() if kind not in DEFAULTS]
        if "." not in self.name and self.name != "push":
            wrong.append(f"{self.name!r} should be written thing.happened, like 'points.awarded'")
        return wrong
