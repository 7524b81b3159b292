"""Buttons mean commands, for whoever presses them, before and after a restart."""

from pathlib import Path
from typing import Any

import pytest

from discord_town import Town, labels, living, read, told
from laurels import Badge
from laurels_discord.commands.pocket import Pocket

MANY = [Badge(slug=f"badge-{number}", name=f"Badge {number}", description="Long. " * 50) for number in range(30)]


async def nominated(town: Town, badge: str = "kind") -> Any:
    """The message with a nomination of bob's."""
    result = await town.ana.slash(town.hall, "badges nominate", badge=badge, person=town.bob, reason="so kind")
    await town.stage.rest()
    return result.response


def last(town: Town) -> Any:
    """The message of the nomination as it is now."""
    return next(message for message in reversed(town.hall.history()) if "nominated" in read(message))


async def test_a_nomination_goes_its_way_across_restarts_of_the_bot(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        made = await nominated(town)
        assert labels(made) == ["Accept", "Approve", "Decline"] and "“so kind”" in read(made)
        await town.stage.restart()
        await town.bob.click(made, label="Accept")
        await town.stage.rest()
        assert "bob accepts Kind Soul. 1 approval missing yet." in read(last(town))
        assert labels(last(town)) == ["Accept", "Approve", "Decline"]
        await town.stage.restart()
        await town.eve.click(last(town), label="Approve")
        await town.stage.rest()
        assert "bob has Kind Soul now." in read(last(town)) and labels(last(town)) == []
        assert "kind@1" in await town.stage.held(town.bob)


async def test_who_may_not_decide_is_told_alone_and_the_buttons_stay(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        made = await nominated(town)
        refused = await town.zoe.click(made, label="Approve")
        assert refused.followups[0].ephemeral and told(refused).startswith("You may not do that.")
        own = await town.ana.click(made, label="Accept")
        assert own.followups[0].ephemeral
        assert labels(last(town)) == ["Accept", "Approve", "Decline"] and read(last(town)) == read(made)


async def test_who_declines_closes_it(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        await town.bob.click(await nominated(town), label="Decline")
        assert "bob declined Kind Soul." in read(last(town)) and labels(last(town)) == []


async def test_what_was_decided_elsewhere_takes_the_buttons_away_when_somebody_presses(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        made = await nominated(town)
        id_ = made.components[0]["components"][0]["custom_id"].split('"')[-2]
        await town.bob.slash(town.cellar, "badges nominations", deed="decline", nomination=id_)
        await town.stage.rest()
        late = await town.eve.click(made, label="Approve")
        assert "That nomination is over: declined." in told(late) and late.followups[0].ephemeral
        assert labels(last(town)) == []


async def test_from_the_inbox_one_decides_and_the_rest_stays(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        await nominated(town, "kind")
        await nominated(town, "star")
        inbox = await town.bob.slash(town.hall, "badges nominations")
        assert inbox.ephemeral and len(labels(inbox.response)) == 4
        first = labels(inbox.response)[1]
        done = await town.bob.click(inbox.response, label=first)
        assert done.followups[0].ephemeral and "bob declined" in told(done)
        assert len(labels(inbox.response)) == 2 and first not in labels(inbox.response)


async def test_what_began_in_private_goes_on_there(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        own = await town.ana.slash(town.hall, "badges settings")
        before = len(town.hall.history())
        await town.ana.click(own.response, label="Don't track me")
        assert read(own.response) == "Done." and len(town.hall.history()) == before
        walk = await town.eve.slash(town.hall, "badges-admin setup")
        await town.eve.click(walk.response, label="Step by step")
        await town.eve.click(walk.response, label="Answer only")
        assert walk.response.ephemeral and "Next step" in labels(walk.response)
        await town.eve.click(walk.response, label="Next step")
        assert "Announce here" in labels(walk.response)


async def test_what_only_shows_something_is_shown_to_who_pressed(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        shown = await town.ana.slash(town.hall, "badges show", badge="talker")
        why = await town.bob.click(shown.response, label="Why?")
        assert why.followups[0].ephemeral and "bob holds Bronze Talker." in told(why)


async def test_an_award_is_undone_after_a_look_at_it(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        given = await town.eve.slash(town.hall, "badges-admin award", badge="closed", person=town.bob, note="x")
        refused = await town.ana.click(given.response, label="Undo")
        assert refused.followups[0].ephemeral and told(refused).startswith("You may not do that.")
        look = await town.eve.click(given.response, label="Undo")
        (preview,) = look.followups
        assert preview.ephemeral and "Nothing is changed yet" in read(preview)
        await town.eve.click(preview, label="Undo")
        await town.stage.rest()
        assert "withdrawn" in read(preview) and "closed@1" not in await town.stage.held(town.bob)


async def test_what_was_taken_back_is_given_again(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        await town.eve.slash(town.hall, "badges-admin award", badge="closed", person=town.bob, note="x")
        taken = await town.eve.slash(town.hall, "badges-admin revoke", badge="closed", person=town.bob)
        assert (await town.bob.click(taken.response, label="Let it stand again")).followups[0].ephemeral
        assert "Closed stands again." in told(await town.eve.click(taken.response, label="Let it stand again"))


async def test_a_badge_is_made_shown_retired_and_restored(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        made = await town.eve.slash(town.hall, "badges-admin create", name="Lamp", description="Lit.")
        assert "Lit." in told(await town.ana.click(made.response, label="Show it"))
        gone = await town.eve.slash(town.hall, "badges-admin retire", badge="lamp")
        assert told(await town.ana.click(gone.response, label="Restore")).startswith("You may not do that.")
        assert "stands again" in told(await town.eve.click(gone.response, label="Restore"))


async def test_codes_are_made_worthless(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        made = await town.eve.slash(town.hall, "badges-admin claims", deed="make", badge="closed")
        code = read(made.response).split("\n")[1]
        await town.eve.click(made.response, label="Withdraw")
        assert "1 code withdrawn." in read(made.response)
        refused = await town.bob.slash(town.hall, "badges claim", code=code)
        assert refused.ephemeral and "That code was withdrawn." in told(refused)


async def test_two_accounts_become_one_person(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        asked = await town.ana.slash(town.hall, "badges link")
        code = next(word.strip("`.*") for word in read(asked.response).split() if word.strip("`.*").count("-") >= 1)
        assert labels(asked.response) == ["Confirm", "Cancel"] and asked.ephemeral
        shown = await town.bob.slash(town.hall, "badges link", code=code)
        assert shown.ephemeral
        await town.ana.click(asked.response, label="Confirm")
        assert labels(asked.response) == ["Yes, that is me", "No, that is not me"]
        await town.ana.click(asked.response, label="Yes, that is me")
        assert read(asked.response) == "Your accounts are one person now."


async def test_a_strangers_account_is_turned_away(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        asked = await town.ana.slash(town.hall, "badges link")
        code = next(word.strip("`.*") for word in read(asked.response).split() if word.strip("`.*").count("-") >= 1)
        early = await town.ana.click(asked.response, label="Confirm")
        assert early.followups[0].ephemeral and "No account has shown a code of yours yet." in told(early)
        await town.bob.slash(town.hall, "badges link", code=code)
        await town.ana.click(asked.response, label="Confirm")
        await town.ana.click(asked.response, label="No, that is not me")
        assert labels(asked.response) == [] and "talker@1" in await town.stage.held(town.bob)


async def test_who_wants_to_be_forgotten_is_asked_once_more(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        own = await town.ana.slash(town.hall, "badges settings")
        await town.ana.click(own.response, label="Forget me")
        assert labels(own.response) == ["Forget me"] and await town.stage.held(town.ana) == ["talker@1"]
        await town.ana.click(own.response, label="Forget me")
        await town.stage.rest()
        assert read(own.response) == "Everything about you was erased." and await town.stage.held(town.ana) == []


async def test_an_export_comes_as_a_file(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        own = await town.ana.slash(town.hall, "badges settings", setting="export")
        (file,) = own.response.attachments
        assert own.ephemeral and file.filename.endswith(".json")


async def test_a_badge_is_shown_with_its_picture(tmp_path: Path) -> None:
    (tmp_path / "lamp.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>')
    (tmp_path / "lamp.toml").write_text('[lamp]\nname = "Lamp"\nimage = "lamp.svg"\n')
    async with living(tmp_path, str(tmp_path / "lamp.toml")) as town:
        shown = await town.ana.slash(town.hall, "badges show", badge="lamp")
        (picture,) = shown.response.attachments
        assert picture.filename == "badge.png" and shown.response.embeds[0].thumbnail.url


async def test_long_answers_have_pages_that_turn_for_who_asked(tmp_path: Path) -> None:
    async with living(tmp_path, *MANY) as town:
        result = await town.ana.slash(town.hall, "badges list")
        assert "35 badges can be won here." in read(result.response) and "Page 1 of " in read(result.response)
        assert labels(result.response) == ["Next"]
        await town.stage.restart()
        await town.ana.click(result.response, label="Next")
        assert "Page 2 of " in read(result.response) and labels(result.response) == ["Back", "Next"]
        assert len(result.response.embeds[0].description) <= 4096
        other = await town.bob.click(result.response, label="Next")
        assert other.followups[0].ephemeral and "Ask yourself: `/badges list`" in told(other)
        assert "Page 2 of " in read(result.response)
        await town.ana.click(result.response, label="Back")
        assert "Page 1 of " in read(result.response)


async def test_a_leaderboard_turns_in_its_place(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        people = [town.guild.add_member(town.env.create_user(f"person{number}")) for number in range(12)]
        for one in people:
            await one.send(town.hall, "hello")
        await town.stage.rest()
        board = await town.ana.slash(town.hall, "badges leaderboard")
        before = len(town.hall.history())
        first = read(board.response)
        await town.ana.click(board.response, label="More")
        assert read(board.response) != first and len(town.hall.history()) == before
        await town.ana.click(board.response, label="Back")
        assert read(board.response) == first


async def test_buttons_outlive_the_quarter_of_an_hour_that_discord_py_gives_private_ones(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        own = await town.ana.slash(town.hall, "badges settings")
        await town.env.advance_time(16 * 60)
        await town.ana.click(own.response, label="Don't track me")
        assert read(own.response) == "Done."


@pytest.mark.parametrize("words", [("show", "helper"), ("list", "x" * 200), ("list", 'grüße, "du" <@1>', "日本")])
async def test_a_meaning_is_what_it_was_whatever_its_length(tmp_path: Path, words: tuple[str, ...]) -> None:
    async with living(tmp_path) as town:
        pocket = Pocket(town.stage.app.host("discord").state)
        id_ = await pocket.pack("do:", "badges", words)
        assert len(id_) <= 100 and await pocket.unpack(id_.removeprefix("do:")) == ("badges", *words)
        assert await pocket.pack("do:", "badges", words) == id_


async def test_only_so_many_long_meanings_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("laurels_discord.commands.pocket._KEPT", 2)
    async with living(tmp_path) as town:
        state = town.stage.app.host("discord").state
        ids = [await Pocket(state).pack("", "badges", ("list", letter * 200)) for letter in "abc"]
        assert [await Pocket(state).unpack(id_) is not None for id_ in ids] == [False, True, True]


async def test_a_button_whose_meaning_is_forgotten_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with living(tmp_path) as town:
        made = await nominated(town)
        clerk = town.stage.adapter.client.presses.clerk

        async def forgotten(packed: str) -> None:
            return None

        monkeypatch.setattr(clerk.pocket, "unpack", forgotten)
        pressed = await town.bob.click(made, label="Accept")
        assert pressed.followups[0].ephemeral and told(pressed) == "That button is too old. Please ask again."
