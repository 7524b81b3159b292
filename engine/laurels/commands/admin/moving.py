"""``move <badge> <person> +5``: progress by hand."""

import re
from typing import Final

from ...announcer.harmless import words as harmless
from ...model import Reply
from ..asked import Asked
from ..badges import badge
from ..errors import Wrong
from ..outcomes import told
from ..people import person

_AMOUNT: Final = re.compile(r"([+=-])(\d{1,12}(?:\.\d{1,6})?)")


async def move(asked: Asked) -> Reply:
    """Move somebody's progress by so much, or to so much."""
    definition, rest = await badge(asked, every=True)
    if len(rest) != 2:
        raise Wrong("common.usage", usage=asked.usage())
    who, amount = await person(asked, rest[0]), _AMOUNT.fullmatch(rest[1].replace("\N{MINUS SIGN}", "-"))
    if amount is None:
        raise Wrong("move.amount", amount=harmless(rest[1]))
    value = float(amount[2]) * (-1 if amount[1] == "-" else 1)
    return await told(asked, await asked.acts.awards.move(asked.by, definition.slug, who.account, amount=value, to=amount[1] == "="))
