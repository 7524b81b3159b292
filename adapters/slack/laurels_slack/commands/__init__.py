"""``/badges`` and ``/badges-admin`` on Slack."""

from slack_bolt.async_app import AsyncApp

from laurels import Host

from ..directory import Directory
from ..settings import Settings
from .slash import Slash


def install(app: AsyncApp, host: Host, wanted: Settings, directory: Directory) -> None:
    """Answer what people ask."""
    slash = Slash(host, wanted, directory)
    for name in (wanted.command, wanted.admin_command):
        app.command(name)(ack=slash.ack, lazy=[slash.answer])
