"""Announcements in a simulated Discord: what is posted, edited, sent elsewhere, and who is not pinged."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import discord

from discord_stage import Stage, staged
from laurels import Account, Actor, Badge, Count, Level
from laurels.policy import SYSTEM

TALKER = Badge(
    slug="talker", name="Talker", description="Says something.", emoji="💬", measure=Count("message.posted"),
    levels=(Level("Bronze", at=1), Level("Silver", at=3)),
)  # fmt: skip
GUEST = Badge(slug="guest", name="Guest", measure=Count("message.posted"), levels=(Level("", at=1),))


class Scene:
    """One server, two channels, one person."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.env = stage, stage.env
        self.guild = stage.env.create_guild("Rocketeers")
        self.general, self.badges = (self.guild.create_text_channel(name) for name in ("general", "badges"))
        self.ana = self.guild.add_member(stage.env.create_user("ana"))

    async def says(self, *, times: int = 1, channel: Any = None) -> None:
        for _ in range(times):
            await self.ana.send(channel or self.general, "hello")
        await self.later()

    async def later(self) -> None:
        """Once all is said, as a channel takes one message a second."""
        for _ in range(3):
            await self.stage.rest()
            await self.env.advance_time(1)
        await self.stage.rest()

    def said(self, channel: Any) -> list[discord.Message]:
        """What the bot posted there."""
        return [message for message in channel.history() if message.author.bot]

    def sent(self, method: str = "POST") -> list[Any]:
        """What the bot asked of the server's channels."""
        paths = tuple(f"/channels/{channel.id}/messages" for channel in self.guild.channels.values())
        return [entry for entry in self.env.http_requests if entry.method == method and entry.path.startswith(paths)]


@asynccontextmanager
async def scene(folder: Path, *pack: Badge, **options: Any) -> AsyncIterator[Scene]:
    async with staged(folder, pack or TALKER, **options) as stage:
        yield Scene(stage)


async def test_who_wins_is_told_of_where_it_happened_with_a_card(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        await it.says()
        (message,) = it.said(it.general)
        (card,) = message.embeds
        assert message.content == "ana earned Bronze Talker"
        assert (card.title, card.description, card.colour.value) == ("💬 Talker · Bronze", "Says something.", 0xE0955A)
        assert card.url == it.general.history()[0].jump_url
        assert card.thumbnail.url == "attachment://" + message.attachments[0].filename


async def test_nobody_is_pinged_and_a_try_has_its_own_nonce(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        await it.says()
        (request,) = it.sent()
        assert request.json["allowed_mentions"] == {"parse": []}
        assert request.json["enforce_nonce"] is True
        assert 10 < len(request.json["nonce"]) <= 25
        assert f"<@{it.ana.id}>" not in str(request.json)


async def test_names_are_shown_as_they_are_and_lead_nowhere(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        eve = it.guild.add_member(it.env.create_user("eve"), nick="[**win**](https://evil.example)")
        await eve.send(it.general, "hello")
        await it.later()
        assert it.said(it.general)[0].content == "\\[\\*\\*win\\*\\*\\](https:\u2060//evil.example) earned Bronze Talker"


async def test_several_badges_are_one_message_with_a_card_each(tmp_path: Path) -> None:
    async with scene(tmp_path, TALKER, GUEST) as it:
        await it.says()
        (message,) = it.said(it.general)
        assert [card.title for card in message.embeds] == ["💬 Talker · Bronze", "🏅 Guest"]
        assert [card.colour.value for card in message.embeds] == [0xE0955A, 0x8FCF6A]
        assert message.embeds[0].url
        assert not message.embeds[1].url  # Discord would make one card of two that lead to the same message
        assert len(message.attachments) == 2


async def test_what_is_taken_back_is_struck_out_and_comes_back(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        await it.says()
        awards, who = it.stage.app.acts(it.stage.community).awards, _account(it)
        await awards.revoke(SYSTEM, "talker", who, 1)
        await it.later()
        (message,) = it.said(it.general)
        (card,) = message.embeds
        assert message.content == "ana no longer holds Bronze Talker"
        assert (card.title, card.colour.value, card.url) == ("~~💬 Talker · Bronze~~", 0x80848E, None)
        assert not message.attachments
        await awards.reinstate(SYSTEM, "talker", who, 1)
        await it.later()
        (message,) = it.said(it.general)
        assert message.content == "ana earned Bronze Talker"
        assert message.embeds[0].title == "💬 Talker · Bronze"
        assert len(message.attachments) == 1
        assert [request.json["allowed_mentions"] for request in it.sent("PATCH")] == [{"parse": []}] * 2


async def test_it_goes_to_the_configured_channel_by_its_name(tmp_path: Path) -> None:
    async with scene(tmp_path, configuration=_announcing("discord:#badges")) as it:
        await it.says()
        assert not it.said(it.general)
        assert [message.content for message in it.said(it.badges)] == ["ana earned Bronze Talker"]


async def test_a_channel_may_be_given_by_its_id(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        await it.stage.app.acts(it.stage.community).steering.announce(SYSTEM, [f"discord:{it.badges.id}"])
        await it.says()
        assert [message.content for message in it.said(it.badges)] == ["ana earned Bronze Talker"]


async def test_a_community_does_not_speak_in_the_server_of_another(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        theirs = it.env.create_guild("Others").create_text_channel("hall")
        await it.stage.app.acts(it.stage.community).steering.announce(SYSTEM, [f"discord:{theirs.id}", "discord:#badges"])
        it.stage.adapter.owner = lambda guild: it.stage.community if guild == str(it.guild.id) else "others"
        await it.says()
        assert not it.said(theirs)
        assert [message.content for message in it.said(it.badges)] == ["ana earned Bronze Talker"]


async def test_a_refusal_falls_back_to_the_next_place_tells_the_operator_and_loses_nothing(tmp_path: Path) -> None:
    async with scene(tmp_path, configuration=_announcing("discord:@place", "discord:#badges")) as it:
        it.env.inject_error(
            "POST", f"/channels/{it.general.id}/messages", status=403, code=50013, message="Missing Permissions", times=None
        )
        await it.says()
        assert not it.said(it.general)
        assert [message.content for message in it.said(it.badges)] == ["ana earned Bronze Talker"]
        (trouble,) = await it.stage.app.store.troubles()
        assert trouble.said
        assert trouble.again is None
        assert trouble.error == "discord:#general can't be reached: the bot may not write there"
        awards, who = it.stage.app.acts(it.stage.community).awards, _account(it)
        await awards.revoke(SYSTEM, "talker", who, 1)
        await it.later()
        assert [message.content for message in it.said(it.badges)] == ["ana no longer holds Bronze Talker"]


async def test_a_channel_where_the_bot_may_not_write_is_not_even_asked(tmp_path: Path) -> None:
    async with scene(tmp_path, configuration=_announcing("discord:#quiet", "discord:#badges")) as it:
        silent = {it.guild.default_role: discord.PermissionOverwrite(send_messages=False)}
        quiet = it.guild.create_text_channel("quiet", overwrites=silent)
        await it.says()
        assert [message.content for message in it.said(it.badges)] == ["ana earned Bronze Talker"]
        assert [request.path for request in it.sent()] == [f"/channels/{it.badges.id}/messages"]
        (trouble,) = await it.stage.app.store.troubles()
        assert trouble.error == "discord:#quiet can't be reached: the bot lacks Send Messages there"
        assert not it.said(quiet)


async def test_a_channel_that_is_gone_is_passed_by_too(tmp_path: Path) -> None:
    async with scene(tmp_path, configuration=_announcing("discord:#gone", "discord:#badges")) as it:
        await it.says()
        assert [message.content for message in it.said(it.badges)] == ["ana earned Bronze Talker"]
        (trouble,) = await it.stage.app.store.troubles()
        assert "no such channel" in trouble.error


async def test_a_channel_deleted_before_the_correction_costs_only_the_correction(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        await it.says()
        await it.guild.me.guild.get_channel(it.general.id).delete()
        await it.env.settle()
        await it.stage.app.acts(it.stage.community).awards.revoke(SYSTEM, "talker", _account(it), 1)
        await it.later()
        (trouble,) = await it.stage.app.store.troubles()
        assert trouble.again is None
        await it.says(channel=it.badges, times=3)
        assert it.said(it.badges)


async def test_a_message_that_a_moderator_deleted_is_not_posted_again(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        await it.says()
        await it.said(it.general)[0].delete()
        awards, who = it.stage.app.acts(it.stage.community).awards, _account(it)
        await awards.revoke(SYSTEM, "talker", who, 1)
        await awards.reinstate(SYSTEM, "talker", who, 1)
        await it.later()
        assert not it.said(it.general)


async def test_who_left_is_named_all_the_same(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        await it.ana.send(it.general, "bye")
        it.guild.remove_member(it.ana)
        await it.later()
        assert [message.content for message in it.said(it.general)] == ["ana earned Bronze Talker"]


async def test_a_bot_that_died_between_posting_and_noting_it_posts_once(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        real = it.stage.adapter.announce

        async def dies(*told: Any) -> None:
            await real(*told)
            raise ConnectionResetError

        it.stage.adapter.announce = dies
        await it.says()
        await it.stage.restart()
        await it.env.advance_time(600)  # Discord has forgotten the nonce; simcord knows none
        await it.later()
        assert [message.content for message in it.said(it.general)] == ["ana earned Bronze Talker"]
        assert await it.stage.app.store.troubles() == []


async def test_in_the_shadow_nothing_is_posted(tmp_path: Path) -> None:
    async with scene(tmp_path, configuration="[communities.acme]\nmode = 'shadow'") as it:
        await it.says()
        assert await it.stage.held(it.ana) == ["talker@1"]
        assert not it.sent()


async def test_a_thread_is_answered_in_the_thread(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        start = await it.ana.send(it.badges, "let us talk")
        await it.later()
        thread = await it.guild.me.guild.get_channel(it.badges.id).create_thread(name="talk", message=start)
        await it.env.settle()
        (handle,) = it.badges.threads
        bob = it.guild.add_member(it.env.create_user("bob"))
        await bob.send(handle, "here")
        await it.later()
        assert [message.content for message in it.said(handle)] == ["bob earned Bronze Talker"]
        assert thread.id == handle.id


async def test_a_bot_that_may_not_embed_says_it_in_words(tmp_path: Path) -> None:
    async with scene(tmp_path, configuration=_announcing("discord:#plain")) as it:
        plain = {it.guild.default_role: discord.PermissionOverwrite(embed_links=False)}
        channel = it.guild.create_text_channel("plain", overwrites=plain)
        await it.says()
        (message,) = it.said(channel)
        assert (message.content, message.embeds, message.attachments) == ("ana earned Bronze Talker", [], [])


async def test_a_card_that_discord_does_not_take_costs_only_itself(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        it.env.inject_error("POST", f"/channels/{it.general.id}/messages", status=400, code=50035, message="Invalid Form Body")
        await it.says()
        assert [(message.content, message.embeds) for message in it.said(it.general)] == [("ana earned Bronze Talker", [])]


async def test_who_asks_to_be_told_alone_is_told_alone(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        await it.says()
        await _wishes(it, "dm")
        await it.says(times=2)
        assert [message.content for message in it.said(it.general)] == ["ana earned Bronze Talker"]
        (message,) = it.said(_user(it).dm_channel)
        assert message.content == "ana earned Silver Talker"
        assert message.embeds[-1].footer.text == "Rocketeers"


async def test_who_takes_no_direct_messages_is_told_nothing_and_nobody_is_alarmed(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        await it.says()
        await _wishes(it, "dm")
        it.env.inject_error("POST", "/channels/*/messages", status=403, code=50007, message="Cannot send messages to this user", times=None)
        await it.says(times=2)
        assert await it.stage.app.store.troubles() == []
        assert (await it.stage.app.store.announcements())["quiet"] == 1
        assert not it.said(_user(it).dm_channel)


async def test_a_community_that_tells_winners_alone_falls_back_to_its_channel(tmp_path: Path) -> None:
    async with scene(tmp_path, configuration=_announcing("discord:@winner", "discord:#badges")) as it:
        await it.says()
        assert [message.content for message in it.said(_user(it).dm_channel)] == ["ana earned Bronze Talker"]
        it.env.inject_error(
            "POST", f"/channels/{_user(it).dm_channel.id}/messages", status=403, code=50007, message="Cannot send", times=None
        )
        await it.says(times=2)
        assert [message.content for message in it.said(it.badges)] == ["ana earned Silver Talker"]


def _announcing(*places: str) -> str:
    return f"[communities.acme]\nannounce = {list(places)}"


def _account(it: Scene) -> Account:
    return Account("discord", str(it.ana.id), name="ana")


def _user(it: Scene) -> Any:
    return it.ana.user


async def _wishes(it: Scene, wish: str) -> None:
    await it.stage.app.acts(it.stage.community).privacy.set(Actor(_account(it)), "announce", wish)
    await it.later()
