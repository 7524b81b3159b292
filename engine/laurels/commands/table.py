"""The table of commands.

To add a command: a module with ``async def verb(asked: Asked) -> Reply``, an :class:`Entry` here, and in every catalogue its texts
``usage.VERB``, ``about.VERB`` and, where there is more to say, ``more.VERB`` (see :mod:`laurels.texts`). The module

- finds whom and what is meant with :mod:`.people` and :mod:`.badges`, and raises :class:`Wrong` where that can't be found;
- calls ``asked.in_private()`` before it does anything whose answer nobody else may read;
- decides nothing: ``asked.acts`` does, and :func:`.outcomes.told` says what came of it. Only what is shown asks ``asked.demand(deed)``;
- answers what others need not read with ``asked.quietly(...)``, what they may not with ``Reply(..., private=True)``;
- offers what comes next as buttons, each the same as typing its words.

A verb whose words name something new adds the kind to :data:`.suggesting.KINDS`.
"""

from collections.abc import Mapping
from typing import Final

from ..model import Reply
from ..steering.steered import ROLES
from ..steering.steering import MODES
from .admin import steering
from .admin.awarding import award, reinstate, revoke
from .admin.batches import claims
from .admin.granting import roles
from .admin.moving import move
from .admin.setup import STEPS, setup
from .admin.status import status
from .admin.undoing import undo
from .admin.workshop import create, edit, history, restore, retire
from .asked import ADMIN, NAME, Asked
from .claim import claim
from .entry import Entry
from .help import overview
from .leaderboard import PERIODS, leaderboard
from .link import link
from .listing import listing
from .nominate import nominate
from .nominations import DEEDS, nominations
from .profile import profile
from .progress import progress
from .recent import recent
from .settings import DEEDS as SETTINGS
from .settings import settings
from .show import show
from .thanks import thanks
from .why import why


async def _help(asked: Asked) -> Reply:
    return await overview(asked, TABLES)


EVERYONE: Final[Mapping[str, Entry]] = {
    "profile": Entry(profile, ("person",)),
    "list": Entry(listing, ("mine",)),
    "show": Entry(show, ("badge",)),
    "progress": Entry(progress),
    "why": Entry(why, ("badge", "person")),
    "recent": Entry(recent, ("new",)),
    "leaderboard": Entry(leaderboard, ("badges|points", "|".join(PERIODS))),
    "thanks": Entry(thanks, ("person...",)),
    "nominate": Entry(nominate, ("badge", "person"), ("level", "reason")),
    "nominations": Entry(nominations, ("|".join(DEEDS), "nomination")),
    "claim": Entry(claim),
    "link": Entry(link, ("confirm|cancel|unlink", "account")),
    "settings": Entry(settings, ("|".join(SETTINGS), "setting"), ("level",)),
    "help": Entry(_help, ("command",)),
}

ADMINS: Final[Mapping[str, Entry]] = {
    "award": Entry(award, ("badge", "person..."), ("level", "note")),
    "revoke": Entry(revoke, ("badge", "person"), ("level", "occurrence", "note")),
    "reinstate": Entry(reinstate, ("badge", "person"), ("level", "occurrence", "note")),
    "undo": Entry(undo, ("cause", "yes")),
    "move": Entry(move, ("badge", "person")),
    "create": Entry(create, every=True),
    "edit": Entry(edit, ("badge",), every=True),
    "retire": Entry(retire, ("badge",)),
    "restore": Entry(restore, ("made",)),
    "history": Entry(history, ("made",)),
    "claims": Entry(claims, ("make|list|withdraw|give", "batch"), ("count", "uses", "expires", "for", "level", "batch", "note")),
    "setup": Entry(setup, ("|".join(STEPS),)),
    "roles": Entry(roles, ("|".join(ROLES), "person")),
    "mode": Entry(steering.mode, ("|".join(MODES),)),
    "announce": Entry(steering.announce, ("here",)),
    "ignore": Entry(steering.ignore, ("here",)),
    "heed": Entry(steering.heed, ("here",)),
    "disable": Entry(steering.disable, ("badge",)),
    "enable": Entry(steering.enable),
    "preview": Entry(steering.preview),
    "status": Entry(status),
    "help": Entry(_help, ("command",)),
}

TABLES: Final[Mapping[str, Mapping[str, Entry]]] = {NAME: EVERYONE, ADMIN: ADMINS}
