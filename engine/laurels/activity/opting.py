"""Who does not want to be on a leaderboard."""

from ..filed import Preference
from ..store import Store

LEADERBOARD = "leaderboard"


async def opted_out(store: Store, community: str) -> set[int]:
    """The persons whose newest word on it, by whatever account, is no."""
    said = await store.find(Preference, community, order="time", name=LEADERBOARD)
    accounts = await store.accounts({preference.account for preference in said})
    known = await store.know(community, accounts.values())
    newest = {known[accounts[preference.account].key].person: preference.value for preference in said if preference.account in accounts}
    return {person for person, value in newest.items() if value == "off"}
