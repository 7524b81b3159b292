"""A laurels to be killed: GitHub webhooks in, announcements into a file. Usage: kill_server.py DATABASE PORT POSTS"""

import asyncio
import os
import sys
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


async def main(database: str, port: str, posts: str) -> None:
    path = Path(database).with_suffix(".toml")
    path.write_text(CONFIG.format(database=database, port=port))
    packs = Loaded(tuple(Sourced(badge, "kill_server") for badge in BADGES))
    adapters = {"github": GitHubAdapter(GitHubAdapter.Settings(secret=SECRET)), "file": FileAdapter(Path(posts))}
    async with App(load(path), packs, adapters) as app:
        await serve(app)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
