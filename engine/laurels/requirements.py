"""Requirements: which badges must be held for a meta-badge."""

from typing import TypeAlias

from msgspec import Struct


class Held(Struct, frozen=True):
    """The badge *slug* at *level* or higher; written ``"slug@2"``, or ``"slug"`` for any level."""

    slug: str
    level: int = 1


class AtLeast(Struct, frozen=True):
    """At least *n* of the requirements *of*."""

    n: int
    of: tuple["Requirement", ...]


Requirement: TypeAlias = Held | AtLeast | str


def all_of(*of: Requirement) -> AtLeast:
    """Every one of these: badges as ``"slug"`` or ``"slug@2"``, or requirements nested."""
    return AtLeast(len(of), of)


def any_of(*of: Requirement) -> AtLeast:
    """One of these, or more."""
    return AtLeast(1, of)


def at_least(n: int, of: tuple[Requirement, ...]) -> AtLeast:
    """*n* of these, or more."""
    return AtLeast(n, of)


def parse(text: str) -> Held:
    """Read ``slug`` or ``slug@level``. Raises ValueError where the level is no positive number."""
    slug, at, level = text.partition("@")
    if at and not (level.isascii() and level.isdigit() and int(level) > 0):
        raise ValueError(f"{text!r}: a level is a number from 1, like {slug}@2")
    return Held(slug, int(level) if at else 1)


def leaves(requirement: Requirement) -> tuple[Held, ...]:
    """Every badge that *requirement* names, in order. Raises ValueError as :func:`parse` does."""
    if isinstance(requirement, str):
        return (parse(requirement),)
    if isinstance(requirement, Held):
        return (requirement,)
    return tuple(leaf for part in requirement.of for leaf in leaves(part))
