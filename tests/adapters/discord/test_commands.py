"""Every command, asked by somebody who may and by somebody who may not, or who asks for what there isn't."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest
import pytest_asyncio

from discord_town import Town, living, told
from laurels import Badge
from laurels_discord.commands.table import TABLES

pytestmark = pytest.mark.asyncio(loop_scope="module")

MAY_NOT = "You may not do that."


class Case(NamedTuple):
    """*who* gives *options*, and the answer says *says*; where a form asks for more, *filled* is handed in."""

    who: str
    says: str
    options: Mapping[str, Any] = MappingProxyType({})
    filled: Mapping[str, Any] = MappingProxyType({})


GOOD = {
    "badges profile": Case("ana", "**🏅 Bronze Talker**: since 2026-01-01", {"person": "bob"}),
    "badges list": Case("ana", "**🏅 Kind Soul (kind)**: For the good ones.", {"tag": "warm"}),
    "badges show": Case("ana", "Kind Soul\nFor the good ones.", {"badge": "kind"}),
    "badges progress": Case("ana", "What ana is on the way to:"),
    "badges why": Case("ana", "ana holds Bronze Talker.", {"badge": "talker"}),
    "badges recent": Case("ana", "Bronze Talker", {"badge": "talker"}),
    "badges leaderboard": Case("ana", "Most badges, this month:", {"by": "badges", "period": "month"}),
    "badges thanks": Case("ana", "ana thanks bob and eve.", {"person": "bob", "person2": "eve"}),
    "badges nominate": Case("ana", "bob is nominated for Kind Soul.", {"badge": "kind", "person": "bob"}, {"reason": "so kind"}),
    "badges nominations": Case("zoe", "No nomination waits for you"),
    "badges claim": Case("bob", "bob has Gift now."),
    "badges link": Case("ana", "link"),
    "badges settings": Case("ana", "Done.", {"setting": "tracking", "value": "on"}),
    "badges help": Case("ana", "give a badge to one or several people", {"command": "award"}),
    "badges-admin award": Case("eve", "zoe", {"badge": "closed", "person": "zoe"}, {"note": "well done"}),
    "badges-admin revoke": Case("eve", "Gift for revoke was taken back from bob.", {"badge": "gift-revoke", "person": "bob"}),
    "badges-admin reinstate": Case("eve", "Gift for reinstate stands again.", {"badge": "gift-reinstate", "person": "bob"}),
    "badges-admin undo": Case("eve", "gave 1 award to 1 person. Nothing is changed yet", {"cause": "command:4"}),
    "badges-admin move": Case("eve", "That is counted from what people do", {"badge": "talker", "person": "bob", "amount": "+5"}),
    "badges-admin create": Case("eve", "Lamp Lighter can be won now.", {}, {"name": "Lamp Lighter", "rule": "tags = lights"}),
    "badges-admin edit": Case("eve", "was changed.", {"badge": "edited", "description": "another"}),
    "badges-admin retire": Case("eve", "Retired can't be won any more", {"badge": "retired"}),
    "badges-admin restore": Case("eve", "Restored", {"badge": "restored"}),
    "badges-admin history": Case("eve", "2026-01-01, eve", {"badge": "edited"}),
    "badges-admin claims": Case("eve", "10 codes for Kind Soul", {"deed": "make", "badge": "kind", "count": 10}),
    "badges-admin setup": Case("eve", "How this community is set."),
    "badges-admin roles": Case("eve", "Done.", {"part": "creators", "role": "judges"}),
    "badges-admin mode": Case("eve", "Done.", {"mode": "live"}),
    "badges-admin announce": Case("eve", "Done.", {"channel": "hall"}),
    "badges-admin ignore": Case("eve", "Done.", {"channel": "cellar"}),
    "badges-admin heed": Case("eve", "Done.", {"channel": "cellar"}),
    "badges-admin disable": Case("eve", "Done.", {"badge": "star"}),
    "badges-admin enable": Case("eve", "Done.", {"badge": "ranked"}),
    "badges-admin preview": Case("eve", "would have been announced"),
    "badges-admin status": Case("eve", "How things stand here:"),
    "badges-admin help": Case("eve", "give a badge to one or several people"),
}

BAD = {
    "badges profile": Case("ana", "zoe has no badge yet.", {"person": "zoe"}),
    "badges list": Case("ana", "No badge fits 'moon'.", {"search": "moon"}),
    "badges show": Case("ana", "No badge 'kund'; did you mean 'kind'?", {"badge": "kund"}),
    "badges progress": Case("zoe", "zoe is on the way to no badge yet."),
    "badges why": Case("zoe", "zoe does not hold Talker", {"badge": "talker"}),
    "badges recent": Case("ana", "Nobody has won anything yet.", {"badge": "closed"}),
    "badges leaderboard": Case("ana", "Kind Soul counts nothing.", {"by": "kind"}),
    "badges thanks": Case("ana", "You can't thank yourself", {"person": "ana"}),
    "badges nominate": Case("ana", "Nobody nominates themselves", {"badge": "kind", "person": "ana", "reason": "me"}),
    "badges nominations": Case("ana", "There is no nomination 999.", {"deed": "accept", "nomination": "999"}),
    "badges claim": Case("ana", "There is no such code.", {"code": "AAAA-BBBB-CCCC"}),
    "badges link": Case("ana", "No account has shown a code of yours yet.", {"answer": "confirm"}),
    "badges settings": Case("ana", "can be", {"setting": "tracking", "value": "perhaps"}),
    "badges help": Case("ana", "There is no `/badges fly`.", {"command": "fly"}),
    "badges-admin award": Case("ana", MAY_NOT, {"badge": "kind", "person": "bob", "note": "x"}),
    "badges-admin revoke": Case("ana", MAY_NOT, {"badge": "talker", "person": "bob"}),
    "badges-admin reinstate": Case("ana", MAY_NOT, {"badge": "talker", "person": "bob"}),
    "badges-admin undo": Case("ana", MAY_NOT, {"cause": "command:1"}),
    "badges-admin move": Case("eve", "'5' is no amount.", {"badge": "kind", "person": "bob", "amount": "5"}),
    "badges-admin create": Case("ana", MAY_NOT, {"name": "Mine"}),
    "badges-admin edit": Case("eve", "It comes from a pack or a file", {"badge": "kind", "description": "x"}),
    "badges-admin retire": Case("ana", MAY_NOT, {"badge": "kind"}),
    "badges-admin restore": Case("eve", "There is no such badge.", {"badge": "nowhere"}),
    "badges-admin history": Case("eve", "nowhere", {"badge": "nowhere"}),
    "badges-admin claims": Case("eve", "mini", {"deed": "make", "badge": "kind", "expires": "mini"}),
    "badges-admin setup": Case("ana", MAY_NOT),
    "badges-admin roles": Case("ana", MAY_NOT, {"part": "creators", "everyone": True}),
    "badges-admin mode": Case("ana", MAY_NOT, {"mode": "quiet"}),
    "badges-admin announce": Case("ana", MAY_NOT, {"channel": "hall"}),
    "badges-admin ignore": Case("ana", MAY_NOT, {"channel": "hall"}),
    "badges-admin heed": Case("ana", MAY_NOT, {"channel": "hall"}),
    "badges-admin disable": Case("ana", MAY_NOT, {"badge": "kind"}),
    "badges-admin enable": Case("eve", "'kind' is not disabled", {"badge": "kind"}),
    "badges-admin preview": Case("ana", MAY_NOT),
    "badges-admin status": Case("ana", MAY_NOT),
    "badges-admin help": Case("eve", "There is no `/badges-admin fly`.", {"command": "fly"}),
}

PRIVATE = {"badges nominations", "badges link", "badges settings", "badges help", "badges-admin status", "badges-admin preview"}


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """A town with what the cases need. It lives in one task: what simcord sets in a context can only be taken back there."""
    begun: asyncio.Future[Town] = asyncio.get_running_loop().create_future()
    over = asyncio.Event()

    async def live() -> None:
        given = [Badge(slug=f"gift-{verb}", name=f"Gift for {verb}") for verb in ("revoke", "reinstate")]
        async with living(tmp_path_factory.mktemp("town"), *given, Badge(slug="gift", name="Gift")) as town:
            await prepare(town)
            begun.set_result(town)
            await over.wait()

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(live())
        yield await begun
        over.set()


async def prepare(town: Town) -> None:
    """Badges to be revoked, changed, retired and restored."""
    town.show_admin_commands(town.ana)
    for verb in ("revoke", "reinstate"):
        await admin(town, "award", badge=f"gift-{verb}", person=town.bob, note="here")
    await admin(town, "revoke", badge="gift-reinstate", person=town.bob)
    for slug in ("edited", "retired", "restored"):
        await admin(town, "create", slug=slug, name=slug.title())
    await admin(town, "retire", badge="restored")
    await admin(town, "disable", badge="ranked")


async def admin(town: Town, verb: str, **options: Any) -> Any:
    result = await town.eve.slash(town.hall, f"badges-admin {verb}", **options)
    await town.stage.rest()
    return result


async def asked(town: Town, command: str, case: Case) -> Any:
    """What comes of a case."""
    options = {name: getattr(town, value, value) if isinstance(value, str) else value for name, value in case.options.items()}
    who = getattr(town, case.who)
    if command == "badges claim" and not options:
        made = await admin(town, "claims", deed="make", badge="gift")
        options = {"code": told(made).split("\n")[1]}
    result = await who.slash(town.hall, command, **options)
    if case.filled:
        assert result.modal is not None
        result = await who.submit_modal(result, case.filled)
    await town.stage.rest()
    return result


async def test_every_command_has_a_good_and_a_bad_case() -> None:
    commands = {f"{name} {verb}" for name, table in TABLES.items() for verb in table}
    assert GOOD.keys() == commands and BAD.keys() == commands


@pytest.mark.parametrize("command", GOOD)
async def test_a_command_is_answered(town: Town, command: str) -> None:
    result = await asked(town, command, GOOD[command])
    assert GOOD[command].says in told(result)
    assert result.ephemeral or command not in PRIVATE


@pytest.mark.parametrize("command", BAD)
async def test_what_can_not_be_is_told_to_the_asker(town: Town, command: str) -> None:
    case = BAD[command]
    result = await asked(town, command, case)
    assert case.says in told(result)
    assert result.ephemeral or case.says != MAY_NOT
