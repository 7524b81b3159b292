"""What people ask of laurels, and what it answers, whatever the platform."""

from msgspec import Struct

from .account import Account
from .event import Place

#: The role that an adapter gives to whom its platform counts among the administrators of the place.
ADMIN = "admin"


class Command(Struct, frozen=True):
    """A chat command: ``/badges show helper`` is ``Command("badges", ("show", "helper"), ...)``.

    *realm* names the tenant, like an event's. *roles* are the platform's roles of the actor, as its adapter saw them: ``role:NAME``
    (Discord), ``group:ID`` (Slack), ``permission:NAME`` and ``team:SLUG`` (GitHub), and :data:`ADMIN`. *locale* is the language that the
    actor reads, where the platform tells. *private* says whether the answer can be shown to the actor alone. *message* is what was being
    answered or pointed at when the command was given, as a link: it becomes evidence. *people* are accounts that the words name by their
    keys, as the platform knows them: so who was never seen before has a name too. *called* says of places and roles among the words what
    people call them: ``("slack:C0123ABCD", "#general")``.
    """

    name: str
    words: tuple[str, ...]
    actor: Account
    place: Place
    realm: str = ""
    roles: tuple[str, ...] = ()
    locale: str = ""
    private: bool = True
    message: str = ""
    people: tuple[Account, ...] = ()
    called: tuple[tuple[str, str], ...] = ()


class Button(Struct, frozen=True, omit_defaults=True):
    """Something to press: the same as typing ``/name words...``. *style* is ``primary``, ``danger`` or empty."""

    label: str
    words: tuple[str, ...]
    name: str = "badges"
    style: str = ""


class File(Struct, frozen=True):
    """A file that comes with an answer."""

    name: str
    content: str


class Reply(Struct, frozen=True, omit_defaults=True):
    """A platform-neutral answer.

    *private* replies are shown to the asker only: where that can't be, a pointer to where it can is posted instead of them.
    *fields* are (name, value) rows; *image* the path of a file on this machine, or a URL; *ok* says whether what was asked was
    done. *over* says that what was spoken of is closed: buttons that still offer to decide about it can be taken away. *wrong* names what
    of the words was not understood, where that was so, for a form that can say it there: ``badge``, ``level``, ``person``, or the key of a
    badge that is made. *language* is what the texts are in, which the asker may have chosen, for what an adapter says around them.
    """

    text: str
    fields: tuple[tuple[str, str], ...] = ()
    image: str = ""
    private: bool = False
    ok: bool = True
    buttons: tuple[Button, ...] = ()
    file: File | None = None
    over: bool = False
    wrong: str = ""
    language: str = ""


class Suggestion(Struct, frozen=True):
    """One completion: *value* is what to type, *label* what to show."""

    value: str
    label: str
