"""From a place to the workspace and channel in which the bot can speak."""

from collections.abc import Callable, Sequence

from laurels import Place, Unreachable

from .workspaces import Workspace, Workspaces

Owner = Callable[[str], str | None]


async def among(workspaces: Workspaces, place: Place, community: str, owner: Owner) -> Sequence[Workspace]:
    """The workspaces where it can be. *owner* tells whose one is: a community does not speak in another's. Raises Unreachable."""
    found = [its for its in await workspaces.all() if place.realm in ("", its.team, its.enterprise)]
    found = [its for its in found if community in (owner(its.team), owner(its.enterprise))]
    if not found:
        raise Unreachable("the app is not installed in that workspace, or the workspace is not this community's")
    return found
