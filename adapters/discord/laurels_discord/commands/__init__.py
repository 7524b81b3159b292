"""``/badges`` and ``/badges-admin`` on Discord: commands, buttons, forms, menus, and the reaction that nominates."""

from laurels import Host

from ..client import Client
from . import menus, tree
from .buttons import Deed, Turn
from .clerk import Clerk
from .forms import Forms
from .nominating import medal
from .presses import Presses
from .syncing import sync

__all__ = ["install", "medal", "publish", "sync"]


def install(client: Client, host: Host) -> None:
    """Put the commands into the client's tree, and let buttons and forms of earlier runs work. Discord is told of them at the start."""
    client.presses = Presses(Clerk(host))
    _plant(client)
    client.add_dynamic_items(Deed, Turn)
    client.listen(Forms({menus.PREFIX: menus.submitted}))

    async def setup_hook() -> None:
        await sync(client.tree, host.state)

    client.event(setup_hook)


async def publish(client: Client) -> bool:
    """Tell Discord the commands, whatever it knows, for a client that is logged in and serves nobody. False where it refuses."""
    _plant(client)
    return await sync(client.tree)


def _plant(client: Client) -> None:
    tree.plant(client.tree)
    menus.plant(client.tree)
