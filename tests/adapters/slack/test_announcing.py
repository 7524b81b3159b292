"""Announcements in a simulated Slack: what is posted, updated, sent elsewhere, and who is not pinged."""

import json
from pathlib import Path

import pytest

import block_kit
from laurels import Account, Actor, Announcement, Later, Place
from laurels.policy import SYSTEM
from laurels_slack import Settings, SlackAdapter
from slack_scene import GUEST, TALKER, announcing, pictures, scene, words
from slack_town import TOKEN, Refusal


async def test_who_wins_is_told_of_where_it_happened_with_a_card(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        hello = await it.says()
        (message,) = it.said(it.general)
        link = f"https://town.slack.com/archives/{it.general.id}/p{hello['ts'].replace('.', '')}"
        assert message["text"] == "ana earned Bronze Talker"
        assert words(message["blocks"]) == f"ana earned Bronze Talker|💬 *<{link}|Talker · Bronze>*\nSays something."
        (picture,) = pictures(message)
        assert picture["alt_text"] == "Talker · Bronze"
        assert it.town.files[picture["slack_file"]["id"]]["content"].startswith(b"\x89PNG")
        assert message["metadata"]["event_type"] == "laurels_announcement"


async def test_what_is_won_in_a_thread_is_told_there(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        start = it.general.keep({"type": "message", "user": it.ana.id, "text": "let us talk"})
        await it.says(thread=start["ts"])
        (message,) = it.said(it.general)
        assert message["thread_ts"] == start["ts"]


async def test_nobody_is_pinged_and_nothing_unfolds(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        it.ana.name = "<@U1> <!here> *b* <#C1> https://evil.example"
        await it.says()
        (asked,) = it.town.asked("chat.postMessage")
        off = ("unfurl_links", "unfurl_media", "link_names", "mrkdwn")
        assert ([asked[key] for key in off], asked["parse"]) == ([False] * 4, "none")
        assert "<" not in asked["text"]
        assert "*b*" in words(asked["blocks"])
        assert block_kit.pings(asked["blocks"]) == []
        assert it.ana.mention not in json.dumps(asked)


async def test_several_badges_are_one_message_with_a_card_each(tmp_path: Path) -> None:
    async with scene(tmp_path, TALKER, GUEST) as it:
        await it.says()
        (message,) = it.said(it.general)
        assert [picture["alt_text"] for picture in pictures(message)] == ["Talker · Bronze", "Guest"]


async def test_what_is_taken_back_is_struck_out_and_comes_back(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        await it.says()
        await it.revoke()
        (message,) = it.said(it.general)
        assert message["text"] == "ana no longer holds Bronze Talker"
        (title,) = message["blocks"][1]["elements"][0]["elements"]
        assert title == {"type": "text", "text": "Talker · Bronze", "style": {"strike": True}}
        assert not pictures(message)
        await it.acts.awards.reinstate(SYSTEM, "talker", it.account(), 1)
        await it.later()
        (message,) = it.said(it.general)
        assert message["text"] == "ana earned Bronze Talker"
        assert len(pictures(message)) == 1
        assert {asked["parse"] for asked in it.town.asked("chat.update")} == {"none"}


async def test_it_goes_to_the_configured_channel_by_its_name(tmp_path: Path) -> None:
    async with scene(tmp_path, configuration=announcing("slack:#badges")) as it:
        await it.says()
        assert (it.texts(it.general), it.texts(it.badges)) == ([], ["ana earned Bronze Talker"])
        await it.revoke()
        assert it.texts(it.badges) == ["ana no longer holds Bronze Talker"]


async def test_a_refusal_falls_back_to_the_next_place_tells_the_operator_and_loses_nothing(tmp_path: Path) -> None:
    async with scene(tmp_path, configuration=announcing("slack:@place", "slack:#badges")) as it:
        it.town.refuse("chat.postMessage", Refusal("is_archived"))
        await it.says()
        assert (it.texts(it.general), it.texts(it.badges)) == ([], ["ana earned Bronze Talker"])
        assert await it.troubles() == ["slack:#general can't be reached: the channel is archived"]


async def test_a_channel_that_the_app_is_not_in_is_told_of_with_what_to_do(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        it.general.members.remove(it.town.bot_user)
        await it.says()
        assert await it.troubles() == ["slack:#general can't be reached: the app is not in the channel: write /invite and its name there"]


async def test_a_message_that_somebody_deleted_is_not_posted_again(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        await it.says()
        it.general.messages = [message for message in it.general.messages if not message.get("bot_id")]
        await it.revoke()
        assert not it.said(it.general)
        assert await it.troubles() == ["slack:#general can't be reached: the message was deleted"]


@pytest.mark.parametrize("in_thread", [False, True])
async def test_an_answer_that_is_lost_does_not_post_twice(tmp_path: Path, in_thread: bool) -> None:
    async with scene(tmp_path) as it:
        start = it.general.keep({"type": "message", "user": it.ana.id, "text": "let us talk"})
        it.town.refuse("chat.postMessage", Refusal("internal_error", 503, late=True))
        await it.says(thread=start["ts"] if in_thread else "")
        await it.later(10)
        (message,) = it.said(it.general)
        assert message["text"] == "ana earned Bronze Talker"
        assert len(it.town.asked("chat.postMessage")) == 1
        await it.revoke()
        assert it.texts(it.general) == ["ana no longer holds Bronze Talker"]


@pytest.mark.parametrize("busy", [False, True])
async def test_a_lost_message_is_found_at_the_end_of_a_long_thread_while_slack_lets_one_look(tmp_path: Path, busy: bool) -> None:
    async with scene(tmp_path) as it:
        start = it.general.keep({"type": "message", "user": it.ana.id, "text": "let us talk"})
        for number in range(300):
            it.general.keep({"type": "message", "user": "U0OTHER", "text": str(number)}, start["ts"])
        it.town.refuse("chat.postMessage", Refusal("internal_error", 503, late=True))
        it.town.refuse("conversations.replies", None, *[Refusal("ratelimited", 429)] * busy)
        await it.says(thread=start["ts"])
        await it.later(10)
        assert it.texts(it.general) == ["ana earned Bronze Talker"] * (2 if busy else 1)
        assert len(it.town.asked("conversations.replies")) == 2


async def test_a_try_that_did_not_get_through_is_made_again(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        it.town.refuse("chat.postMessage", Refusal("service_unavailable", 503))
        await it.says()
        assert it.texts(it.general) == ["ana earned Bronze Talker"]
        assert await it.troubles() == []


async def test_a_process_that_died_between_posting_and_noting_it_posts_once(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        real = it.stage.adapter.announce

        async def dies(*told: object) -> None:
            await real(*told)
            raise ConnectionResetError

        it.stage.adapter.announce = dies
        await it.says()
        it.stage.arrive()
        await it.later(10)
        assert it.texts(it.general) == ["ana earned Bronze Talker"]
        assert await it.troubles() == []


async def test_what_was_taken_back_before_it_got_through_is_not_posted(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        it.town.refuse("chat.postMessage", Refusal("internal_error", 503))
        await it.ana.says(it.general, "hello")
        await it.stage.rest()
        await it.revoke()
        assert it.said(it.general) == []
        assert len(it.town.asked("chat.postMessage")) == 1


async def test_a_channel_that_gets_another_name_is_still_found(tmp_path: Path) -> None:
    async with scene(tmp_path, configuration=announcing("slack:#badges")) as it:
        await it.says()
        it.badges.name = "laurels"
        it.town.now += 3600
        await it.revoke()
        assert it.texts(it.badges) == ["ana no longer holds Bronze Talker"]


async def test_another_apps_mark_is_not_taken_for_ones_own(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        it.town.refuse("chat.postMessage", Refusal("internal_error", 503))
        await it.ana.says(it.general, "hello")
        await it.stage.rest()
        mark = it.town.asked("chat.postMessage")[0]["metadata"]
        it.general.keep({"type": "message", "user": "U0OTHER", "bot_id": "B0OTHER", "text": "mine", "metadata": mark})
        await it.later()
        assert it.texts(it.general) == ["mine", "ana earned Bronze Talker"]


async def test_who_may_not_read_the_history_posts_all_the_same(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        it.town.refuse("chat.postMessage", Refusal("service_unavailable", 503))
        it.town.refuse("conversations.history", always=Refusal("missing_scope", needed="channels:history"))
        await it.says()
        assert it.texts(it.general) == ["ana earned Bronze Talker"]


async def test_before_the_adapter_runs_announcements_wait() -> None:
    adapter = SlackAdapter(Settings(bot_token=TOKEN, app_token="xapp-simulated"))
    with pytest.raises(Later):
        await adapter.announce(Announcement("laurels-1", "acme", Place("slack", "C00000001"), "ana", "ana earned it", ()), None)


async def test_in_the_shadow_nothing_is_posted(tmp_path: Path) -> None:
    async with scene(tmp_path, configuration="[communities.acme]\nmode = 'shadow'") as it:
        await it.says()
        assert await it.stage.held(it.ana) == ["talker@1"]
        assert not it.town.asked("chat.postMessage")


async def test_a_card_that_slack_does_not_take_costs_only_itself(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        it.town.refuse("chat.postMessage", Refusal("invalid_blocks"), Refusal("invalid_blocks"))
        await it.says()
        (message,) = it.said(it.general)
        assert (message["text"], message["blocks"]) == ("ana earned Bronze Talker", [])


async def test_who_asks_to_be_told_alone_is_told_alone(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        await it.says()
        await _wishes(it.acts, it.account(), "dm")
        await it.says(times=2)
        assert it.texts(it.general) == ["ana earned Bronze Talker"]
        (message,) = it.said(it.direct(it.ana))
        assert message["text"] == "ana earned Silver Talker"
        assert message["blocks"][-1]["elements"][0]["text"] == "Town"
        await it.revoke(level=2)
        assert it.texts(it.direct(it.ana)) == ["ana no longer holds Silver Talker"]


async def test_who_takes_no_direct_messages_is_told_nothing_and_nobody_is_alarmed(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        await it.says()
        await _wishes(it.acts, it.account(), "dm")
        it.town.refuse("conversations.open", always=Refusal("user_disabled"))
        await it.says(times=2)
        assert await it.troubles() == []
        assert (await it.stage.app.store.announcements())["quiet"] == 1


async def test_a_community_that_tells_winners_alone_falls_back_to_its_channel(tmp_path: Path) -> None:
    async with scene(tmp_path, configuration=announcing("slack:@winner", "slack:#badges")) as it:
        await it.says()
        assert it.texts(it.direct(it.ana)) == ["ana earned Bronze Talker"]
        it.town.refuse("chat.postMessage", Refusal("messages_tab_disabled"))
        await it.says(times=2)
        assert it.texts(it.badges) == ["ana earned Silver Talker"]


@pytest.mark.parametrize("error", ["token_revoked", "account_inactive", "invalid_auth"])
async def test_a_token_that_is_no_longer_good_is_told_in_plain_words(tmp_path: Path, error: str) -> None:
    async with scene(tmp_path) as it:
        it.town.refuse("chat.postMessage", Refusal(error))
        await it.says()
        (told,) = await it.troubles()
        assert "token" in told


async def test_a_scope_that_is_missing_is_named(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        it.town.refuse("chat.postMessage", Refusal("missing_scope", needed="chat:write", provided="commands"))
        await it.says()
        assert await it.troubles() == ["slack:#general can't be reached: the app lacks the scope chat:write: install it again"]


async def _wishes(acts: object, account: Account, wish: str) -> None:
    await acts.privacy.set(Actor(account), "announce", wish)
