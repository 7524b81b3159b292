"""Every command of laurels' is answered when it is typed behind a slash: one that can be, and one that can't."""

from collections.abc import AsyncIterator
from typing import NamedTuple

import pytest
import pytest_asyncio

from laurels import Badge
from laurels.commands.table import TABLES
from laurels_slack.commands.table import ADMIN, NAME
from slack_office import Office, Seen, living

pytestmark = pytest.mark.asyncio(loop_scope="module")

MAY_NOT = "You may not do that."


class Case(NamedTuple):
    """*who* types *text* behind the verb; the answer *says* this."""

    who: str
    says: str
    text: str = ""


GOOD = {
    "badges profile": Case("ana", "🏅 Bronze Talker: since 2026-01-01", "{bob}"),
    "badges list": Case("ana", "Kind Soul (kind)", "soul tag:warm"),
    "badges show": Case("ana", "For the good ones.", "“Kind Soul”"),
    "badges progress": Case("ana", "1 of 1,000"),
    "badges why": Case("ana", "bob holds Bronze Talker.", "talker {bob}"),
    "badges recent": Case("ana", "The newest awards:"),
    "badges leaderboard": Case("ana", "1. ", "badges"),
    "badges thanks": Case("ana", "ana thanks bob and zoe", "{bob} {zoe} for all of it"),
    "badges nominate": Case("ana", "bob is nominated for Kind Soul.", "kind {bob} she says &lt;3 &amp; means it"),
    "badges nominations": Case("ana", "Your nominations:"),
    "badges claim": Case("bob", "bob has Gift now.", "{code}"),
    "badges link": Case("ana", "Your code is"),
    "badges settings": Case("ana", "What is stored about you."),
    "badges help": Case("ana", "/badges show <badge>"),
    "badges-admin award": Case("eve", "Done for 2 of 2:", "closed {bob} {zoe} note=“well done”"),
    "badges-admin revoke": Case("eve", "Gift for revoke was taken back from bob.", "gift-revoke {bob}"),
    "badges-admin reinstate": Case("eve", "Gift for reinstate stands again.", "gift-reinstate {bob}"),
    "badges-admin undo": Case("eve", "Nothing is changed yet", "command:{cause}"),
    "badges-admin move": Case("eve", "That is counted from what people do", "talker {bob} +5"),
    "badges-admin create": Case("eve", "Chatter can be won now.", 'chatter name="Chatter" on=message.posted levels=10=A'),
    "badges-admin edit": Case("eve", "Edited was changed.", "edited description=“so fine”"),
    "badges-admin retire": Case("eve", "Retired can't be won any more", "retired"),
    "badges-admin restore": Case("eve", "Restored stands again.", "restored"),
    "badges-admin history": Case("eve", "1. ", "edited"),
    "badges-admin claims": Case("eve", "code", "make gift"),
    "badges-admin setup": Case("eve", "How this community is set"),
    "badges-admin roles": Case("eve", "Done.", "awarders {judges}"),
    "badges-admin mode": Case("eve", "Done.", "live"),
    "badges-admin announce": Case("eve", "Done.", "{hall}"),
    "badges-admin ignore": Case("eve", "Done.", "{cellar}"),
    "badges-admin heed": Case("eve", "Done.", "{cellar}"),
    "badges-admin disable": Case("eve", "Done.", "star"),
    "badges-admin enable": Case("eve", "Done.", "ranked"),
    "badges-admin preview": Case("eve", "would have been announced"),
    "badges-admin status": Case("eve", "How things stand here:"),
    "badges-admin help": Case("eve", "give a badge to one or several people"),
}

BAD = {
    "badges profile": Case("ana", "zoe has no badge yet.", "{zoe}"),
    "badges list": Case("ana", "No badge fits 'moon'.", "moon"),
    "badges show": Case("ana", "No badge 'kund'; did you mean 'kind'?", "kund"),
    "badges progress": Case("zoe", "zoe is on the way to no badge yet."),
    "badges why": Case("zoe", "zoe does not hold Talker", "talker"),
    "badges recent": Case("ana", "'stars' is nobody and no badge", "stars"),
    "badges leaderboard": Case("ana", "Kind Soul counts nothing.", "kind"),
    "badges thanks": Case("ana", "You can't thank yourself", "{ana}"),
    "badges nominate": Case("ana", "Nobody nominates themselves", "kind {ana} me"),
    "badges nominations": Case("ana", "There is no nomination 999.", "accept 999"),
    "badges claim": Case("ana", "There is no such code.", "AAAA-BBBB-CCCC"),
    "badges link": Case("ana", "No account has shown a code of yours yet.", "confirm"),
    "badges settings": Case("ana", "can be", "tracking perhaps"),
    "badges help": Case("ana", "There is no /badges fly.", "fly"),
    "badges-admin award": Case("ana", MAY_NOT, "kind {bob} x"),
    "badges-admin revoke": Case("ana", MAY_NOT, "talker {bob}"),
    "badges-admin reinstate": Case("ana", MAY_NOT, "talker {bob}"),
    "badges-admin undo": Case("ana", MAY_NOT, "command:1"),
    "badges-admin move": Case("eve", "'5' is no amount.", "kind {bob} 5"),
    "badges-admin create": Case("ana", MAY_NOT, "name=Mine"),
    "badges-admin edit": Case("eve", "It comes from a pack or a file", "kind description=x"),
    "badges-admin retire": Case("ana", MAY_NOT, "kind"),
    "badges-admin restore": Case("eve", "There is no such badge.", "nowhere"),
    "badges-admin history": Case("eve", "nowhere", "nowhere"),
    "badges-admin claims": Case("eve", "mini", "make kind expires=mini"),
    "badges-admin setup": Case("ana", MAY_NOT),
    "badges-admin roles": Case("ana", MAY_NOT, "creators everyone"),
    "badges-admin mode": Case("ana", MAY_NOT, "quiet"),
    "badges-admin announce": Case("ana", MAY_NOT, "{hall}"),
    "badges-admin ignore": Case("ana", MAY_NOT, "{hall}"),
    "badges-admin heed": Case("ana", MAY_NOT, "{hall}"),
    "badges-admin disable": Case("ana", MAY_NOT, "kind"),
    "badges-admin enable": Case("eve", "'kind' is not disabled", "kind"),
    "badges-admin preview": Case("ana", MAY_NOT),
    "badges-admin status": Case("ana", MAY_NOT),
    "badges-admin help": Case("eve", "There is no /badges-admin fly.", "fly"),
}

PRIVATE = {"badges nominations", "badges link", "badges settings", "badges help", "badges-admin status", "badges-admin preview"}


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    """An office with what the cases need."""
    given = [Badge(slug=f"gift-{verb}", name=f"Gift for {verb}") for verb in ("revoke", "reinstate")]
    async with living(tmp_path_factory.mktemp("office"), *given, Badge(slug="gift", name="Gift")) as office:
        await prepare(office)
        yield office


async def prepare(office: Office) -> None:
    """Badges to be revoked, changed, retired and restored."""
    for verb in ("revoke", "reinstate"):
        await admin(office, f"award gift-{verb} {office.bob.mention} here")
    await admin(office, f"revoke gift-reinstate {office.bob.mention}")
    for slug in ("edited", "retired", "restored"):
        await admin(office, f"create {slug} name={slug.title()}")
    await admin(office, "retire restored")
    await admin(office, "disable ranked")


async def admin(office: Office, text: str) -> Seen:
    return await office.slash(office.eve, text, admin=True)


async def asked(office: Office, command: str, case: Case) -> Seen:
    """What comes of a case."""
    name, verb = command.split()
    names = {human.name: f"<@{human.id}|{human.name}>" for human in office.everybody}
    names |= {room.name: f"<#{room.id}|{room.name}>" for room in (office.hall, office.cellar)} | {"judges": "<!subteam^S0JUDGES|@judges>"}
    if "{code}" in case.text:
        names["code"] = (await admin(office, "claims make gift")).text.split("\n")[1]
    if "{cause}" in case.text:
        button = (await admin(office, f"award star {office.bob.mention}")).buttons[0]
        names["cause"] = button["value"].rpartition(":")[2].strip('"]')
    return await office.slash(getattr(office, case.who), f"{verb} {case.text.format(**names)}", admin=name == ADMIN)


async def test_every_command_has_a_good_and_a_bad_case() -> None:
    commands = {f"{name} {verb}" for name, table in TABLES.items() for verb in table}
    assert GOOD.keys() == commands and BAD.keys() == commands and set(TABLES) == {NAME, ADMIN}


@pytest.mark.parametrize("command", GOOD)
async def test_a_command_is_answered(office: Office, command: str) -> None:
    seen = await asked(office, command, GOOD[command])
    assert GOOD[command].says in seen.text
    assert (seen.kind == "alone") or command not in PRIVATE


@pytest.mark.parametrize("command", BAD)
async def test_what_can_not_be_is_told_to_the_asker(office: Office, command: str) -> None:
    seen = await asked(office, command, BAD[command])
    assert BAD[command].says in seen.text
    assert seen.kind == "alone" or BAD[command].says != MAY_NOT
