"""What can be wrong with what somebody typed, or with the moment at which they typed it."""

from collections.abc import Sequence

from ..errors import LaurelsError, did_you_mean


class Wrong(LaurelsError):
    """The command line names something that there isn't, or not enough."""


class NotNow(LaurelsError):
    """What was asked for is right, but can't be done as things stand."""

    exit_status = 1


class NoCommunity(Wrong):
    """The community is not named, or there is none of that name."""

    def __init__(self, name: str | None, known: Sequence[str]) -> None:
        self.name = name
        what = f"no community {name!r}" if name else "there are several communities: say which with --community"
        super().__init__(f"{what}; there {'is' if len(known) == 1 else 'are'} {', '.join(known)}")


class NoAward(NotNow):
    """The person has no such award."""


class Unclear(Wrong):
    """Several people could be meant."""

    def __init__(self, text: str, accounts: Sequence[str]) -> None:
        self.accounts = tuple(accounts)
        super().__init__(f"{len(accounts)} people could be meant by {text!r}; name one by an account: {', '.join(accounts)}")


def unknown(what: str, name: str, near: Sequence[str]) -> str:
    """A sentence about a *name* that there isn't, with the nearest there are."""
    return f"no {what} {name!r}" + did_you_mean(near)
