"""Texts that operators and authors write: Jinja2 as data.

A template shows values and chooses between texts; it calls nothing, reaches nothing but what it is given, and can neither run on nor
grow without bound.
"""

import functools
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from ..errors import nearest

if TYPE_CHECKING:  # only who has templates should pay for Jinja2
    from jinja2 import Template, nodes
    from jinja2.sandbox import SandboxedEnvironment

LIMIT: Final = 4_000  # characters of a template, and of whatever a filter makes in it

#: The texts that a configuration may replace, under ``[announcer.templates]``.
TEXTS: Final = {
    "won": "one award",
    "several": "more than one award of one person",
    "withdrawn": "what becomes of an announcement when nothing in it stands any more",
}

#: What a template may name.
VALUES: Final = {
    "person": "the winner's name",
    "badge": "the award as words: level, name, and who gave it",
    "awards": "all awards of the text",
    "others": "the awards but the first",
    "account": "the winner's account at the place, such as `github:1024`, or nothing",
    "place": "where it is announced",
    "community": "the community's name",
    "name": "the badge's name, of the first award",
    "level": "its level's number",
    "level_name": "its level's name",
    "description": "its description",
    "emoji": "its emoji",
    "note": "what who gave it wrote",
    "giver": "who gave it",
}

_FILTERS: Final = (
    "abs", "capitalize", "default", "first", "int", "join", "last", "length", "list", "lower", "map", "reject", "rejectattr", "replace",
    "reverse", "round", "select", "selectattr", "sort", "string", "sum", "title", "trim", "truncate", "unique", "upper",
)  # fmt: skip
_NODES: Final = frozenset((
    "Template", "Output", "TemplateData", "Name", "Const", "Getattr", "Getitem", "Filter", "Test", "CondExpr", "If", "For", "Compare",
    "Operand", "And", "Or", "Not", "Neg", "Add", "Sub", "Concat", "Slice", "List", "Tuple", "Keyword",
))  # fmt: skip
_WHAT: Final = {"Call": "a call", "Assign": "{% set %}", "AssignBlock": "{% set %}", "Macro": "{% macro %}", "Mul": "*", "Pow": "**"}


class Spoken(Struct, frozen=True):
    """One award as templates see it: what they show when they show the whole of it is *words*."""

    words: str
    badge: str
    name: str
    level: int = 1
    level_name: str = ""
    occurrence: str = ""
    times: int = 1
    description: str = ""
    emoji: str = ""
    note: str = ""
    giver: str = ""

    def __str__(self) -> str:
        return self.words


_SAMPLE: Final = (
    Spoken("Silver Reviewer", "reviewer", "Reviewer", 2, "Silver", "", 1, "Reviews", "\N{SPORTS MEDAL}", "thanks", "Bob"),
    Spoken("Helper", "helper", "Helper"),
)


def values(person: str, account: str, place: str, community: str, awards: tuple[Spoken, ...]) -> dict[str, Any]:
    """All of :data:`VALUES`, for a text about *awards*, of which there is at least one."""
    first = awards[0]
    shared = {name: getattr(first, name) for name in ("name", "level", "level_name", "description", "emoji", "note", "giver")}
    return {
        "person": person, "account": account, "place": place, "community": community, "badge": str(first), "awards": awards,
        "others": awards[1:], **shared,
    }  # fmt: skip


@functools.lru_cache(maxsize=500)
def fault(text: str) -> str:
    """Say why *text* is no template, or nothing where it is one."""
    if len(text) > LIMIT:
        return f"no template: longer than {LIMIT} characters"
    if "{" not in text:
        return ""
    from jinja2 import TemplateSyntaxError  # noqa: PLC0415 - see above

    try:
        tree = _environment().parse(text)
        # In this order: already looking for names makes Jinja2 work out constants, such as 'x' * 9999999999.
        what = _forbidden(tree) or _unknown(tree)
        if not what:
            render(text, values("Ana", "github:1024", "#badges", "acme", _SAMPLE))
    except TemplateSyntaxError as error:
        what = f"no Jinja2 template: {error.message}"
    except Exception as error:  # whatever an expression does to the sample, such as adding a text to a number
        what = f"it fails: {str(error).replace(f'{__name__}.Spoken object', 'award')}"
    return what


def faults(texts: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """The name, the fault and a hint, of every faulty one of the *texts* that are to replace laurels' own."""
    for name, text in texts.items():
        if name not in TEXTS:
            yield name, "laurels says nothing of this name", nearest(name, sorted(TEXTS)) or f"there are {', '.join(TEXTS)}"
        elif what := fault(text):
            yield name, what, ""


def render(text: str, context: Mapping[str, Any]) -> str:
    """The text with the values in it. Raises whatever a template can raise."""
    return (_template(text).render(context) if "{" in text else text).strip()


@functools.lru_cache(maxsize=500)
def _template(text: str) -> "Template":
    return _environment().from_string(text)


@functools.cache
def _environment() -> "SandboxedEnvironment":
    from jinja2 import StrictUndefined  # noqa: PLC0415
    from jinja2.sandbox import SandboxedEnvironment  # noqa: PLC0415

    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False, cache_size=0)
    environment.globals.clear()
    filters = environment.filters
    environment.filters = {name: _bounded(filters[name]) for name in _FILTERS}
    return environment


def _bounded(function: Callable[..., Any]) -> Callable[..., Any]:
    """The filter, refusing results from which a chain of filters could grow without bound."""

    @functools.wraps(function)
    def bounded(*args: Any, **kwargs: Any) -> Any:
        result = function(*args, **kwargs)
        if isinstance(result, str) and len(result) > LIMIT:
            raise ValueError(f"a text of more than {LIMIT} characters")
        return result

    return bounded


def _forbidden(tree: "nodes.Template") -> str:
    """What of a template goes beyond showing values, or nothing."""
    from jinja2 import nodes  # noqa: PLC0415

    for node in _walk(tree):
        kind = type(node).__name__
        if kind not in _NODES:
            return f"a template can't use {_WHAT.get(kind, kind)}: it shows values, chooses between texts and loops over awards"
        if isinstance(node, nodes.For) and any(isinstance(inner, nodes.For) for inner in _walk(node) if inner is not node):
            return "a template can't loop within a loop"
    return ""


def _unknown(tree: "nodes.Template") -> str:
    """What of a template names a value that there isn't, or nothing."""
    from jinja2 import meta  # noqa: PLC0415

    names = sorted(meta.find_undeclared_variables(tree) - VALUES.keys())
    return f"it can't show {names[0]!r}" + _hint(names[0]) if names else ""


def _walk(node: "nodes.Node") -> "Iterator[nodes.Node]":
    yield node
    for child in node.iter_child_nodes():
        yield from _walk(child)


def _hint(name: str) -> str:
    return f"; {near}" if (near := nearest(name, sorted(VALUES))) else f"; there are {', '.join(VALUES)}"
