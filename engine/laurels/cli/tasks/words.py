"""Badges in words."""

from ...definition import Definition
from ...measures import Measure, Streak
from ...requirements import AtLeast, Held, Requirement, parse
from . import output


def rule(definition: Definition) -> str:
    """What it takes to win the badge."""
    if definition.kind == "code":
        return "code, on " + ", ".join(definition.badge.events) + _gate(definition)
    if definition.kind == "measured" and definition.badge.measure is not None:
        return measure(definition.badge.measure) + _gate(definition)
    return requirement(definition.requirement) if definition.requirement else "given by people"


def measure(measure: Measure) -> str:
    """What a measure counts."""
    types = ", ".join(measure.names)
    field = str(getattr(measure, "field", "")).removeprefix("event.data.").removeprefix("event.")
    said = f"{measure.period}s in a row with {types}" if isinstance(measure, Streak) else {
        "count": types, "sum": f"sum of {field} in {types}", "distinct": f"distinct {field} in {types}",
    }[measure.kind]  # fmt: skip
    where = f" where {measure.where}" if measure.where else ""
    to = "" if measure.to == "event.actor" else f", for {measure.to.removeprefix('event.data.').removeprefix('event.')}"
    time = f" within {measure.within}" if measure.within else f" per {measure.per}" if measure.per else ""
    return said + where + to + time


def requirement(part: Requirement) -> str:
    """What badges must be held."""
    if isinstance(part, str):
        part = parse(part)
    if isinstance(part, Held):
        return part.slug + (f"@{part.level}" if part.level > 1 else "")
    if isinstance(part, AtLeast) and len(part.of) == 1:
        return requirement(part.of[0])
    how = "all of" if part.n == len(part.of) else f"{part.n} of"
    return f"{how} ({', '.join(requirement(inner) for inner in part.of)})"


def levels(definition: Definition) -> str:
    """The badge's levels, with what reaches each."""
    said = [
        f"{level.name} {'' if level.at is None else output.number(level.at)}".strip() or "one level" for level in definition.levels
    ]  # fmt: skip
    return ", ".join(said) + (", again and again" if definition.badge.repeatable else "")


def level(definition: Definition, number: int) -> str:
    """One level of the badge."""
    name = definition.level_name(number)
    return f"level {number}" + (f" ({name})" if name else "")


def title(definition: Definition, number: int, occurrence: str = "") -> str:
    """The badge at a level: its name alone where it has only one."""
    said = definition.name if len(definition.levels) == 1 and not definition.level_name(number) else (
        f"{definition.name}, {level(definition, number)}"
    )  # fmt: skip
    return said + (f" [{occurrence}]" if occurrence else "")


def _gate(definition: Definition) -> str:
    return f", while holding {requirement(definition.requirement)}" if definition.requirement else ""
