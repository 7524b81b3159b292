"""``/badges`` and ``/badges-admin`` as application commands."""

from laurels import Host

from ..client import Client
from ..settings import Settings


def install(client: Client, host: Host, wanted: Settings) -> None:
    """Put the commands into the client's tree, and let buttons of earlier runs work."""
