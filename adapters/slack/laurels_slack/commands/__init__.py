"""``/badges`` and ``/badges-admin`` on Slack: commands, mentions, direct messages, forms, buttons, shortcuts, and the home tab."""

import re
from typing import Any, Final

from slack_bolt.async_app import AsyncApp

from laurels import Host

from ..directory import Directory
from ..settings import Settings
from ..uploads import Uploads
from . import forms, shortcuts
from .clerk import Clerk
from .completing import Completing
from .forms import Forms
from .groups import Groups
from .home import Home
from .nominating import Medals
from .presses import Presses
from .shortcuts import ANYWHERE, MESSAGE, Shortcuts
from .spoken import Spoken
from .who import Who

__all__ = ["ANYWHERE", "MESSAGE", "Commands", "install"]

_PRESSED: Final = re.compile(r"(do|own|turn):.*")


class Commands:
    """Everything that people ask and press."""

    def __init__(self, host: Host, wanted: Settings, directory: Directory, uploads: Uploads) -> None:
        self.clerk = Clerk(host, wanted, Who(host, directory, Groups(wanted)), uploads)
        self.forms, self.home = Forms(self.clerk), Home(self.clerk)
        self.spoken, self.presses = Spoken(self.clerk, self.forms), Presses(self.clerk, self.home)
        self.shortcuts, self.completing = Shortcuts(self.forms), Completing(self.clerk)
        self.medals = Medals(self.clerk)

    async def rest(self) -> None:
        """Return once everything that was asked is answered."""
        await self.clerk.errands.rest()

    async def close(self) -> None:
        """Leave what is not answered yet."""
        await self.clerk.errands.close()


async def _alone(event: dict[str, Any]) -> bool:
    """Whether nobody else reads it."""
    return event.get("channel_type") in ("im", "app_home")


def install(app: AsyncApp, host: Host, wanted: Settings, directory: Directory, uploads: Uploads) -> Commands:
    """Answer what people ask. What is returned is to be closed at the end."""
    its = Commands(host, wanted, directory, uploads)
    for name in (wanted.command, wanted.admin_command):
        app.command(name)(its.spoken.slash)
    if wanted.nominate:
        app.middleware(its.medals.heard)
    app.event("message", matchers=[_alone])(its.spoken.direct)
    app.event("app_mention")(its.spoken.mention)
    app.event("app_home_opened")(its.home.opened)
    app.view(forms.FORM)(its.forms.submitted)
    app.options("badge")(its.completing.badges)
    app.action(_PRESSED)(its.presses.pressed)
    app.shortcut({"callback_id": shortcuts.MESSAGE, "type": "message_action"})(its.shortcuts.message)
    app.shortcut({"callback_id": shortcuts.ANYWHERE, "type": "shortcut"})(its.shortcuts.anywhere)
    return its
