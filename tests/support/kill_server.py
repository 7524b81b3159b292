"""A laurels to be killed: GitHub webhooks in, announcements into a file."""

import asyncio
import os
from pathlib import Path

import msgspec

from laurels import Announcement, Badge, Count, Host, Level, Receipt
from laurels.app import App, serve
from laurels.config import load
from laurels.loaded import Loaded, Sourced
from laurels_github import GitHubAdapter

SECRET = "it is a secret to everybody"
LEVELS = (10, 50, 100)
BADGES = (
    Badge(slug="opener", name="Opener", measure=Count("issue.opened"), levels=tuple(Level(f"At {at}", at=at) for at in LEVELS)),
    Badge(slug="meta", name="Meta", requires="opener@2"),
)
CONFIG = """
[store]
url = "sqlite:///{database}"
[http]
listen = "127.0.0.1:{port}"
[badges]
files = []
[communities.acme]
github.owners = ["acme"]
announce = ["file:posts"]
mode = "live"
realms.file = ["*"]
"""


class FileAdapter:
    """Posts into a file, durably; a post that is there already is not made again."""

    name = "file"

    def __init__(self, path: Path) -> None:
        self.path = path

    async def run(self, host: Host) -> None:
        await asyncio.Event().wait()

    async def announce(self, announcement: Announcement, earlier: Receipt | None) -> Receipt:
        posts = self.path.read_text().splitlines() if self.path.exists() else []
        if not any(msgspec.json.decode(post)["key"] == announcement.key for post in posts if post.endswith("}")):
            with self.path.open("a") as file:
                file.write(msgspec.json.encode(announcement).decode() + "\n")
                file.flush()
                os.fsync(file.fileno())
        return Receipt(announcement.key, announcement.place)


def run(folder: Path, port: int) -> None:
    """Serve until killed: what it needs and says is in *folder*."""
    log = os.open(folder / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    asyncio.run(_serve(folder, port))


async def _serve(folder: Path, port: int) -> None:
    path = folder / "laurels.toml"
    path.write_text(CONFIG.format(database=folder / "x.db", port=port))
    packs = Loaded(tuple(Sourced(badge, "kill_server") for badge in BADGES))
    adapters = {"github": GitHubAdapter(GitHubAdapter.Settings(secret=SECRET)), "file": FileAdapter(folder / "posts")}
    async with App(load(path), packs, adapters) as app:
        await serve(app)
