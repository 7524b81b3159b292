"""What people ask of laurels, and what it answers, whatever the platform."""

from msgspec import Struct

from .account import Account
from .event import Place


class Command(Struct, frozen=True):
    """A chat command: ``/badges show helper`` is ``Command("badges", ("show", "helper"), ...)``.

    *roles* are the platform's roles of the actor, as its adapter saw them. *realm* names the tenant, like an event's.
    """

    name: str
    words: tuple[str, ...]
    actor: Account
    place: Place
    realm: str = ""
    roles: tuple[str, ...] = ()


class Reply(Struct, frozen=True, omit_defaults=True):
    """A platform-neutral answer. *private* replies are shown to the asker only; *fields* are (name, value) rows; *image* a file name."""

    text: str
    fields: tuple[tuple[str, str], ...] = ()
    image: str = ""
    private: bool = False
    ok: bool = True


class Suggestion(Struct, frozen=True):
    """One completion: *value* is what to type, *label* what to show."""

    value: str
    label: str
