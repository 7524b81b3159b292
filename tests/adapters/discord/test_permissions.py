"""One table says what is asked of Discord and why: the link, the connection and the documentation are made from it."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import discord

from fake_host import FakeHost
from laurels_discord import DiscordAdapter, Settings
from laurels_discord.client import Client
from laurels_discord.permissions import INTENTS, PERMISSIONS, SWITCHES, UNSEEN, intents, invite, permissions

PAGE = (Path(__file__).parents[3] / "docs/discord.md").read_text(encoding="utf-8")
PLAIN = Settings(token="x")
ALL = Settings(token="x", members=True, message_content=True, roles={"talker": "Talkers"}, nominate={"🏅": "kind"})
#: What is heard of each intent's events, by the listeners that there must be.
HEARD = {
    "guilds": "on_guild_join", "guild_messages": "on_message", "guild_reactions": "on_raw_reaction_add",
    "voice_states": "on_voice_state_update", "guild_scheduled_events": "on_scheduled_event_update", "members": "on_raw_member_remove",
}  # fmt: skip


def test_by_default_nothing_privileged_is_asked_for_and_no_role_can_be_managed() -> None:
    asked = intents(PLAIN)
    assert not (asked.members or asked.message_content or asked.presences)
    assert not (permissions(PLAIN).manage_roles or permissions(PLAIN).add_reactions or permissions(PLAIN).administrator)


def test_what_settings_need_is_asked_for() -> None:
    assert intents(ALL).members and intents(ALL).message_content
    assert permissions(ALL).manage_roles and permissions(ALL).add_reactions


def test_the_link_has_exactly_the_permissions_of_the_table_and_both_scopes() -> None:
    asked = parse_qs(urlsplit(invite(4711, ALL)).query)
    assert asked["client_id"] == ["4711"] and set(asked["scope"][0].split()) == {"bot", "applications.commands"}
    assert discord.Permissions(int(asked["permissions"][0])) == discord.Permissions(
        **dict.fromkeys((need.name for need in PERMISSIONS), True)
    )


async def test_the_connection_asks_for_the_intents_of_the_table() -> None:
    for wanted in (PLAIN, ALL):
        assert Client(wanted).intents == intents(wanted)


async def test_every_intent_that_is_asked_for_is_listened_to() -> None:
    client = DiscordAdapter(ALL).attach(FakeHost())
    assert [name for name, listener in HEARD.items() if not hasattr(client, listener)] == []
    assert HEARD.keys() | {"message_content"} == {need.name for need in INTENTS}


def test_the_documentation_has_both_tables() -> None:
    for need in PERMISSIONS:
        only = f"; only where `{need.setting}` is set" if need.setting else ""
        assert f"| *{need.called}* | {need.why}{only} |" in PAGE
    for need in INTENTS:
        assert f"| *{need.called}* | {need.why} | {f'if `{need.setting} = true`' if need.setting else 'always'} |" in PAGE
    for setting, what in UNSEEN.items():
        assert f"| `{setting}` | *{SWITCHES[setting]}* | {what} |" in PAGE


def test_the_documentation_asks_for_nothing_else() -> None:
    table = PAGE.partition("| Permission | For |\n|---|---|\n")[2].partition("\n\n")[0]
    assert len(table.splitlines()) == len(PERMISSIONS)
