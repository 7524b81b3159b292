"""Whether a value fits a type, and in words why not: the same words for rule files, badge classes and the configuration."""

import types
from typing import Any, Final, Literal, Union, get_args, get_origin

import msgspec

_WORDS: Final[dict[Any, str]] = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    dict: "a table",
}
_PLURAL: Final[dict[Any, str]] = {str: "texts", int: "whole numbers", float: "numbers"}
_SHOWN = 60  # characters of a wrong value that an error repeats


def fault(value: Any, kind: Any) -> str:
    """Say why *value* is not of *kind*, or nothing where it is. Strict: ``true`` is not 1, ``"1"`` is not 1."""
    try:
        msgspec.convert(value, kind, strict=True)
    except msgspec.ValidationError:
        return f"expected {describe(kind)}, got {show(value)}"
    return ""


def describe(kind: Any) -> str:
    """*kind* in words: ``a whole number``, ``a list of texts``, ``'day' or 'week'``."""
    origin, arguments = get_origin(kind), [argument for argument in get_args(kind) if argument not in (type(None), ...)]
    if origin is Literal:
        return listed([repr(argument) for argument in arguments])
    if origin in (tuple, list):
        return "a list of " + listed([_PLURAL.get(part, describe(part)) for part in _parts(arguments[0])])
    if origin in (Union, types.UnionType):
        return listed([describe(argument) for argument in arguments])
    if origin is dict or (isinstance(kind, type) and issubclass(kind, msgspec.Struct)):
        return "a table"
    return _WORDS.get(kind, getattr(kind, "__name__", str(kind)))


def listed(words: list[str], last: str = "or") -> str:
    """``a, b or c``."""
    return f" {last} ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def show(value: Any) -> str:
    """*value* as a rule file would have it, shortened."""
    try:
        text = msgspec.json.encode(value).decode()
    except (TypeError, ValueError, OverflowError):
        text = repr(value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _parts(kind: Any) -> tuple[Any, ...]:
    return get_args(kind) if get_origin(kind) in (Union, types.UnionType) else (kind,)
