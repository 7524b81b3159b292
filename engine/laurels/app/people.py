"""Who is who: the accounts that the configuration says belong together."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .app import App


async def declare(app: "App") -> None:
    """Link each configured person's accounts to the first. What was declared before is not decided again."""
    for name, community in app.config.communities.items():
        desk = app.desk(name)
        for accounts in community.people.values():
            for account in accounts[1:]:
                await desk.link(accounts[0], account)
