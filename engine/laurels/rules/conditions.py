"""Conditions: CEL expressions over the fields of one event type, checked when they are compiled."""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from ..errors import ConditionError, did_you_mean
from ..event_type import EventType
from ..model import Event
from . import fields

if TYPE_CHECKING:
    from cel_expr_python import cel

_FAULT = re.compile(r"ERROR: [^\n]*?:(?P<line>\d+):(?P<column>\d+): (?P<what>[^\n]*)\n?(?P<excerpt>(?: \|[^\n]*\n?)*)")
_UNDECLARED = re.compile(r"undeclared reference to '([^']*)'")
_STATUS = re.compile(r" \[[A-Z_]+\]\s*$|^[A-Z_]+: ")

#: What CEL has, for the hint where a function's name is wrong.
FUNCTIONS: Final = (
    "all", "bool", "bytes", "contains", "double", "duration", "dyn", "endsWith", "exists", "exists_one", "filter", "getDate",
    "getDayOfMonth", "getDayOfWeek", "getDayOfYear", "getFullYear", "getHours", "getMinutes", "getMonth", "getSeconds", "has", "int", "map",
    "matches", "size", "startsWith", "string", "timestamp", "type", "uint",
)  # fmt: skip

_NOTHING: Final = Event(id="", source="", type="", time=datetime.fromtimestamp(0, UTC))


class Environment:
    """The names of one set of fields: compiles expressions over them and binds for an event those that any of them uses."""

    def __init__(self, type: EventType, *, text_kept: bool) -> None:
        from cel_expr_python import cel  # noqa: PLC0415 - 70 ms that only who has conditions should pay

        self.names = fields.variables(type, text_kept=text_kept)
        self.truths = (cel.Type.BOOL, cel.Type.DYN)
        self._cel = cel.NewEnv(variables=self.names)
        self._binders = fields.binders(type, text_kept=text_kept)
        self._used: tuple[tuple[str, Callable[[Event], Any]], ...] = ()

    @property
    def size(self) -> int:
        """How many names are bound; it grows when an expression uses further ones."""
        return len(self._used)

    def compile(self, text: str) -> "cel.Expression":
        """Compile *text*. Raises RuntimeError, or TypeError, as CEL does."""
        expression = self._cel.compile(text)
        checked = expression.serialize()  # holds every name that it refers to
        already = dict(self._used)
        used = {name: get for name, get in self._binders.items() if name in already or name.encode() in checked}
        self._used = tuple(used.items())
        return expression

    def activate(self, event: Event) -> "cel.Activation":
        """*event* with every field bound that some expression uses: binding all of them would cost more than evaluating."""
        return self._cel.Activation({name: get(event) for name, get in self._used})


class Scope:
    """One event while all its conditions are asked: its fields are bound once, at the first."""

    __slots__ = ("_activations", "event")

    def __init__(self, event: Event) -> None:
        self.event = event
        self._activations: dict[tuple[Environment, int], cel.Activation] = {}

    def activation(self, environment: Environment) -> "cel.Activation":
        """The event's fields as *environment* binds them; again, if a condition was compiled since that uses others."""
        key = (environment, environment.size)
        found = self._activations.get(key)
        if found is None:
            found = self._activations[key] = environment.activate(self.event)
        return found


class Condition:
    """A compiled condition; call it with an event, or ask :meth:`matches` where several look at the same one."""

    __slots__ = ("_expression", "environment", "text")

    def __init__(self, text: str, environment: Environment, expression: "cel.Expression") -> None:
        self.text, self.environment, self._expression = text, environment, expression

    def __call__(self, event: Event) -> bool:
        """Whether it is true of *event*."""
        return self.matches(Scope(event))

    def matches(self, scope: Scope) -> bool:
        """Whether the condition is true, and nothing but true: an evaluation that fails is false."""
        try:
            return self._expression.eval(scope.activation(self.environment)).value() is True
        except Exception:  # whatever a payload holds, it must not stop an event
            return False

    def __repr__(self) -> str:
        return f"Condition({self.text!r})"


def compile_condition(text: str, type: EventType, *, text_kept: bool) -> Condition:
    """Compile *text* for events of *type*.

    Raises ConditionError, with CEL's line and caret and the nearest right name, where the syntax, a field, a type or a regular
    expression is wrong, where the result is no truth value, and where ``text`` is named although it isn't kept.
    """
    environment = _environment(_Key(type, text_kept))
    try:
        expression = environment.compile(text)
    except (RuntimeError, TypeError) as error:
        raise _explained(str(error), type, environment.names) from error
    result = expression.return_type()
    if result not in environment.truths:
        hint = "every field is always there: compare it, like event.data.x != ''" if "has(" in text else "compare it with something"
        raise ConditionError(f"it gives {result.name().lower()}, not true or false", 0, hint)
    _try(expression, environment)
    return Condition(text, environment, expression)


class _Key:
    """An event type as the key of its environment: types with the same fields share one."""

    __slots__ = ("signature", "text_kept", "type")

    def __init__(self, type: EventType, text_kept: bool) -> None:
        self.type, self.text_kept = type, text_kept
        names = () if type.dynamic else tuple((name, str(kind)) for name, kind in type.fields.items())
        self.signature = ("github.*" if type.dynamic else type.name, names, text_kept)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.signature == other.signature

    def __hash__(self) -> int:
        return hash(self.signature)


@lru_cache(maxsize=512)
def _environment(key: _Key) -> Environment:
    return Environment(key.type, text_kept=key.text_kept)


def _try(expression: "cel.Expression", environment: Environment) -> None:
    """Evaluate on empty fields: a wrong regular expression shows itself only then, and would be false for ever."""
    outcome = expression.eval(environment.activate(_NOTHING)).value()
    if isinstance(outcome, str) and "invalid regular expression" in outcome:
        raise ConditionError(_STATUS.sub("", outcome), 0, "CEL's regular expressions are RE2's")


def _explained(message: str, type: EventType, names: Iterable[str]) -> ConditionError:
    found = _FAULT.search(message)
    if not found:
        return ConditionError(_STATUS.sub("", message).partition("\n")[0])
    what, hint = _reworded(found["what"].removesuffix(" (in container '')"), type, names)
    excerpt = _STATUS.sub("", found["excerpt"].rstrip())
    return ConditionError(what + (f"\n{excerpt}" if excerpt else ""), int(found["column"]), hint)


def _reworded(what: str, type: EventType, names: Iterable[str]) -> tuple[str, str]:
    undeclared = _UNDECLARED.search(what)
    if not undeclared:
        return _STATUS.sub("", what), ""
    name = undeclared[1]
    if name == f"event.data.{fields.TEXT}" and fields.TEXT in type.fields:
        return f"{name!r} is not kept", fields.UNKEPT
    if name == "event" or name.startswith("event."):
        return f"{type.name} has no field {name!r}", fields.nearest(name, names)
    called_alike = [path for path in names if path.endswith(f".{name}")]
    return f"CEL knows no {name!r}", did_you_mean(called_alike).removeprefix("; ") or fields.nearest(name, FUNCTIONS)
