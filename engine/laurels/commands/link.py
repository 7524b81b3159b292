"""``/badges link``: showing that another account is the same person's.

A code is given in private, shown with ``link <code>`` by the other account, anywhere, and confirmed in private by who was given it.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from ..announcer.harmless import words as harmless
from ..errors import Refused
from ..model import Account, Reply
from .asked import Asked
from .errors import Wrong, near
from .outcomes import told
from .people import asker


async def link(asked: Asked) -> Reply:
    """Give a code; confirm, cancel, unlink; or take the code that somebody shows."""
    verb = asked.words[0].casefold() if asked.words else ""
    does = DEEDS.get(verb)
    if does is not None:
        asked.in_private()
        return await does(asked)
    try:
        return await told(asked, await asked.acts.links.show(asked.by, " ".join(asked.words)), quiet=True)
    except Refused:
        raise Wrong("link.person") from None


async def _ask(asked: Asked) -> Reply:
    """A code; or, where one was shown, the question whether that is them."""
    if (shown := await asked.acts.links.waiting(asked.by)) is not None:
        return _question(asked, shown)
    try:
        code = await asked.acts.links.ask(asked.by)
    except Refused:
        raise Wrong("link.person") from None
    buttons = (asked.button("confirm", "link", "confirm"), asked.button("cancel", "link", "cancel"))
    rows = tuple((asked.say("link.yours"), _told(account)) for account in (await asker(asked)).accounts)
    return Reply(asked.say("link.code", code=code), rows, private=True, buttons=buttons)


def _question(asked: Asked, shown: Account) -> Reply:
    rows = ((asked.say("link.here"), _told(asked.command.actor)), (asked.say("link.there"), _told(shown)))
    buttons = (
        asked.button("that_is_me", "link", "confirm", shown.key, style="primary"), asked.button("not_me", "link", "cancel", style="danger"),
    )  # fmt: skip
    return Reply(asked.say("link.question"), rows, private=True, buttons=buttons)


async def _confirm(asked: Asked) -> Reply:
    """The account is named, so that nobody confirms what they have not seen."""
    shown = await asked.acts.links.waiting(asked.by)
    if shown is None:
        raise Wrong("link.nothing")
    if asked.words[1:] != [shown.key]:
        return _question(asked, shown)
    return _alone(await told(asked, await asked.acts.links.answer(asked.by, True, shown)))


async def _cancel(asked: Asked) -> Reply:
    return _alone(await told(asked, await asked.acts.links.answer(asked.by, False)))


async def _unlink(asked: Asked) -> Reply:
    asked.need(2)
    text = asked.words[1].removeprefix("@")
    mine = {account.key: account for account in (await asker(asked)).accounts}
    named = [account for account in mine.values() if text.casefold() in (account.key.casefold(), account.name.casefold())]
    if len(named) != 1:
        raise Wrong("link.not_yours", near(text, list(mine)), account=harmless(text), keys=", ".join(mine))
    return _alone(await told(asked, await asked.acts.links.unlink(asked.by, named[0])))


def _alone(reply: Reply) -> Reply:
    return Reply(reply.text, reply.fields, private=True, ok=reply.ok)


def _told(account: Account) -> str:
    return f"{harmless(account.name)} ({account.key})" if account.name else account.key


DEEDS: Final[Mapping[str, Callable[[Asked], Awaitable[Reply]]]] = {"": _ask, "confirm": _confirm, "cancel": _cancel, "unlink": _unlink}
