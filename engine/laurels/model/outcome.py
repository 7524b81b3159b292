"""What came of something that somebody asked for."""

from typing import Final, Literal, TypeAlias

from msgspec import Struct

from .account import Account

Result: TypeAlias = Literal[
    # what an award can come to, whoever asked for it and however
    "AWARDED", "ALREADY_HELD", "HIGHER_HELD", "HELD_FOR", "VETOED", "FORBIDDEN", "INVALID", "FAILED",
    # what else can be done
    "REVOKED", "REINSTATED", "UNDONE", "MOVED", "NOMINATED", "SECONDED", "APPROVED", "ACCEPTED", "DECLINED", "REJECTED", "MADE",
    "WITHDRAWN", "LINKED", "UNLINKED", "CREATED", "EDITED", "RETIRED", "HIDDEN", "SHOWN", "SET", "FORGOTTEN",
]  # fmt: skip

#: Results that leave things as they were.
UNCHANGED: Final = frozenset({"ALREADY_HELD", "HIGHER_HELD", "VETOED", "FORBIDDEN", "INVALID", "FAILED"})


class Outcome(Struct, frozen=True, omit_defaults=True):
    """The outcome of one attempt, for one account where it is about one.

    *detail* names the text that says why, such as ``claim-expired``; *reason* are somebody's own words (a hook's, a person's) or what
    that text speaks of. *seq* is the journal entry's: ``command:SEQ`` undoes what it did.
    """

    result: Result
    account: str = ""
    badge: str = ""
    level: int = 0
    occurrence: str = ""
    detail: str = ""
    reason: str = ""
    seq: int = 0

    @property
    def done(self) -> bool:
        """Whether anything came of it."""
        return self.result not in UNCHANGED


class Actor(Struct, frozen=True):
    """Who asks for something: an account, with the roles that its platform gives it (see :class:`Command`)."""

    account: Account
    roles: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """All that a configuration can call them by: ``github:ana``, ``discord:role:Moderators``."""
        return frozenset({self.account.key, *(f"{self.account.platform}:{role}" for role in self.roles)})
