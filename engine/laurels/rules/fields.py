"""The fields of an event that a rule can name, each with its type and a value where the event leaves it out."""

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from types import GenericAlias
from typing import TYPE_CHECKING, Any, Final

from ..errors import did_you_mean
from ..event_type import DEFAULTS, EventType
from ..model import Account, Event

if TYPE_CHECKING:
    from cel_expr_python import cel

Kind = type | GenericAlias
Getter = Callable[[Event], Any]

#: The field that holds what people wrote, in whatever type: it is there only in communities that keep texts.
TEXT: Final = "text"
UNKEPT: Final = "the text of messages is there only with keep_text = true for the community"

#: What every event has. A place or an actor that isn't there has empty fields.
COMMON: Final[dict[str, tuple[Kind, Getter]]] = {
    "event.id": (str, lambda event: event.id),
    "event.type": (str, lambda event: event.type),
    "event.source": (str, lambda event: event.source),
    "event.actor": (Account, lambda event: event.actor.key if event.actor else ""),
    "event.actor.name": (str, lambda event: event.actor.name if event.actor else ""),
    "event.actor.bot": (bool, lambda event: event.actor.bot if event.actor else False),
    "event.local_date": (str, lambda event: event.data.get("local_date")),
    "event.place.channel": (str, lambda event: event.place.channel if event.place else ""),
    "event.place.thread": (str, lambda event: event.place.thread if event.place else ""),
    "event.place.name": (str, lambda event: event.place.name if event.place else ""),
}

_DATA = "event.data."
_INT64 = 1 << 63  # CEL's integers


def kinds(type: EventType, *, text_kept: bool = True) -> dict[str, Kind]:
    """Every field of *type* by its path, with its kind. Under ``github.*`` only the common ones: the rest is what GitHub sends."""
    common = {path: kind for path, (kind, _) in COMMON.items()}
    if type.dynamic:
        return common
    return common | {_DATA + name: kind for name, kind in type.fields.items() if text_kept or name != TEXT}


def kind_of(path: str, type: EventType) -> Kind | None:
    """The kind of the field at *path*; None for what GitHub sends. Raises ValueError, with the nearest right name, if there is none."""
    known = kinds(type)
    if path in known:
        return known[path]
    if type.dynamic and path.startswith(_DATA) and all(path.split(".")):
        return type.fields.get(path.removeprefix(_DATA))
    hint = nearest(path, known)
    raise ValueError(f"{type.name} has no field {path!r}" + (f"; {hint}" if hint else ""))


def nearest(path: str, known: Iterable[str]) -> str:
    """The hint for a misspelt *path*: the one name that is most like it; all of them are a little, for what they begin with."""
    return did_you_mean(get_close_matches(path, sorted(known), n=1)).removeprefix("; ")


def getter(path: str, type: EventType) -> Getter:
    """What reads the field at *path*: its value, or the default of its kind where that is missing or of another kind.

    Under ``github.*`` a path goes as deep as the payload does; there, what is missing or null is ``""``. Raises ValueError as
    :func:`kind_of` does.
    """
    kind = kind_of(path, type)
    if kind is None:
        return _deep(path.removeprefix(_DATA).split("."))
    return _typed(path, kind)


def variables(type: EventType, *, text_kept: bool = True) -> "dict[str, cel.Type]":
    """The types under which CEL knows the fields of *type*."""
    from cel_expr_python import cel  # noqa: PLC0415 - 70 ms that only who has conditions should pay

    simple = {str: cel.Type.STRING, Account: cel.Type.STRING, int: cel.Type.INT, float: cel.Type.DOUBLE, bool: cel.Type.BOOL}
    table: dict[Any, cel.Type] = simple | {
        list[str]: cel.Type.List(cel.Type.STRING),
        list[Account]: cel.Type.List(cel.Type.STRING),
        list[int]: cel.Type.List(cel.Type.INT),
    }
    names = {path: table[kind] for path, kind in kinds(type, text_kept=text_kept).items()}
    return names | {"event.data": cel.Type.Map(cel.Type.STRING, cel.Type.DYN)} if type.dynamic else names


def bindings(type: EventType, text_kept: bool = True) -> Callable[[Event], dict[str, Any]]:
    """What makes the values for :func:`variables`: every field is there, and of its type, whatever the payload has."""
    getters = tuple(binders(type, text_kept=text_kept).items())
    return lambda event: {path: get(event) for path, get in getters}


def binders(type: EventType, *, text_kept: bool = True) -> dict[str, Getter]:
    """What reads each of the :func:`variables`."""
    getters = {path: _typed(path, kind) for path, kind in kinds(type, text_kept=text_kept).items()}
    return getters | {"event.data": lambda event: _clean(event.data)} if type.dynamic else getters


def _typed(path: str, kind: Kind) -> Getter:
    fit, default = _FITS[kind], DEFAULTS[kind]
    if path in COMMON:
        read = COMMON[path][1]
        return lambda event: fit(read(event), default)
    name = path.removeprefix(_DATA)
    return lambda event: fit(event.data.get(name), default)


def _deep(steps: list[str]) -> Getter:
    def get(event: Event) -> Any:
        value: Any = event.data
        for step in steps:
            value = value.get(step) if isinstance(value, Mapping) else None
        return "" if value is None else _clean(value)

    return get


def _text(value: Any, default: Any) -> Any:
    if not isinstance(value, str):
        return default
    return value if value.isascii() else _encodable(value)


def _encodable(text: str) -> str:
    """*text* without lone surrogates, which neither CEL nor a database takes."""
    return text.encode("utf-8", "replace").decode()


def _whole(value: Any, default: Any) -> Any:
    return value if isinstance(value, int) and not isinstance(value, bool) and -_INT64 <= value < _INT64 else default


def _number(value: Any, default: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return default
    try:
        return float(value)
    except OverflowError:
        return default


def _flag(value: Any, default: Any) -> Any:
    return value if isinstance(value, bool) else default


def _list_of(fit: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def fit_all(value: Any, default: Any) -> Any:
        fitting = (fit(item, None) for item in value) if isinstance(value, (list, tuple)) else ()
        return [item for item in fitting if item is not None]

    return fit_all


_FITS: Final[dict[Any, Callable[[Any, Any], Any]]] = {
    str: _text,
    Account: _text,
    int: _whole,
    float: _number,
    bool: _flag,
    list[str]: _list_of(_text),
    list[Account]: _list_of(_text),
    list[int]: _list_of(_whole),
}


def _clean(value: Any) -> Any:
    """What CEL can take: one value that it can't would cost every condition on the event."""
    if isinstance(value, str):
        return value if value.isascii() else _encodable(value)
    if isinstance(value, Mapping):
        return {_text(key, ""): _clean(item) for key, item in value.items() if isinstance(key, str)}
    if isinstance(value, (list, tuple)):
        return [_clean(item) for item in value]
    if isinstance(value, int) and not -_INT64 <= value < _INT64:
        return _number(value, None)
    return value if value is None or isinstance(value, (int, float)) else str(value)


def naming_people(type: EventType) -> list[str]:
    """The fields of *type* that hold an account or a list of them: what ``to`` can be."""
    declared = {_DATA + name: kind for name, kind in type.fields.items()}
    return ["event.actor", *(path for path, kind in declared.items() if kind in (Account, list[Account]))]
