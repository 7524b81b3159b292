"""Every error that laurels raises on purpose, under one root."""

from collections.abc import Collection, Sequence
from difflib import get_close_matches


class LaurelsError(Exception):
    """Root of all errors of this distribution."""


class Problem(LaurelsError):
    """One thing that is wrong in a badge, a rule file, the configuration or a plugin.

    *where* is the file or class, *place* the key, attribute or line inside it, *what* the fault, *hint* what would be right.
    Problems are collected, not raised at once, so that one run finds all of them.
    """

    def __init__(self, where: str, place: str, what: str, hint: str = "") -> None:
        super().__init__(where, place, what, hint)
        self.where, self.place, self.what, self.hint = where, place, what, hint

    def __str__(self) -> str:
        location = f"{self.where}: {self.place}" if self.place else self.where
        return f"{location}: {self.what}" + (f" ({self.hint})" if self.hint else "")


class Note(Problem):
    """Nothing wrong, but worth knowing: ``laurels check`` tells it and is content."""


class ConfigError(LaurelsError):
    """The configuration can't be used; *problems* has every fault found in it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class ConditionError(LaurelsError):
    """A condition can't be used. *column* (from 1, 0 where there is none) is where it goes wrong, *hint* what would be right."""

    def __init__(self, message: str, column: int = 0, hint: str = "") -> None:
        super().__init__(message)
        self.column, self.hint = column, hint


class UnknownBadge(LaurelsError):
    """No badge has this slug; *nearest* are those that look like it."""

    def __init__(self, slug: str, known: Sequence[str]) -> None:
        self.slug, self.nearest = slug, tuple(get_close_matches(slug, known, n=3))
        super().__init__(f"no badge {slug!r}" + did_you_mean(self.nearest))


class UnknownPerson(LaurelsError):
    """Nobody of this name or account has been seen in the community."""


class Refused(LaurelsError):
    """The policy does not allow it; the message says who may."""


class InvalidEvent(LaurelsError):
    """An adapter put an event that can't be one: the message names the field and what it takes."""


class ForeignRealm(LaurelsError):
    """The event's realm belongs to another community than the one it was put for."""


class Later(LaurelsError):
    """The platform asks to wait *seconds* before this announcement is tried again."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"try again in {seconds:g} s")
        self.seconds = seconds


class Unreachable(LaurelsError):
    """The place can't be posted to (gone, forbidden, unknown); trying again would not help."""


class NotCounted(LaurelsError):
    """What was decided is written down, but the process that counts has not counted it yet; it will, when there is one again."""

    exit_status = 1

    def __init__(self, seqs: Collection[int], seconds: float) -> None:
        causes = ", ".join(f"command:{seq}" for seq in seqs)
        super().__init__(f"written down as {causes}, but the laurels that runs has not counted it within {seconds:g} s")


class StoreError(LaurelsError):
    """The store can't be used as it is: wrong schema version, no durable writes, not a database."""


def did_you_mean(nearest: Sequence[str]) -> str:
    """``; did you mean 'a' or 'b'?``, or nothing where nothing is near."""
    return "; did you mean " + " or ".join(repr(name) for name in nearest) + "?" if nearest else ""


def nearest(name: str, known: Sequence[str]) -> str:
    """The hint for a misspelt *name*: the names in *known* that look like it."""
    return did_you_mean(get_close_matches(name, known, n=2, cutoff=0.5)).removeprefix("; ")
