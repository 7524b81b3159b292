"""Who is who: the accounts that the configuration says belong together."""

from typing import TYPE_CHECKING

from ..filed import Link

if TYPE_CHECKING:
    from .app import App


async def declare(app: "App") -> None:
    """Have the accounts of each configured person be one person's, where that isn't so already; what is configured no more is parted."""
    for name, community in app.config.communities.items():
        wanted = {frozenset((its[0].key, other.key)) for its in community.people.values() for other in its[1:]}
        if wanted != await _declared(app, name):
            await app.desk(name).declare(community.people.values())


async def _declared(app: "App", community: str) -> set[frozenset[str]]:
    links = await app.store.find(Link, community, declared=True)
    accounts = await app.store.accounts({account for link in links for account in (link.account, link.other)})
    return {frozenset((accounts[link.account].key, accounts[link.other].key)) for link in links}
