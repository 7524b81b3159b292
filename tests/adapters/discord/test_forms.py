"""What is asked where nothing was said, and the menus on messages and people."""

from pathlib import Path
from typing import Any

import pytest

from discord_town import Town, living, read, told
from laurels import Badge

MANY = [Badge(slug=f"badge-{number}", name=f"Badge {number}") for number in range(30)]
JUDGED = """
[communities.home.badges.closed]
awarders = ["discord:role:Judges"]
"""


def fields(shown: Any) -> dict[str, Any]:
    """The fields of a form, by name."""
    return {label["component"]["custom_id"]: label["component"] for label in shown.modal["components"]}


async def test_a_nomination_without_a_reason_asks_for_one(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        shown = await town.ana.slash(town.hall, "badges nominate", badge="kind", person=town.zoe)
        assert shown.modal["title"] == "Nominate" and list(fields(shown)) == ["reason"]
        result = await town.ana.submit_modal(shown, {"reason": "she listens"})
        assert told(result) == "zoe is nominated for Kind Soul. 1 approval missing yet.\n“she listens”"


async def test_who_says_nothing_needs_no_reason(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        shown = await town.ana.slash(town.hall, "badges nominate", badge="kind", person=town.bob)
        assert told(await town.ana.submit_modal(shown, {})) == "bob is nominated for Kind Soul. 1 approval missing yet."


async def test_a_form_that_was_opened_before_a_restart_is_taken_after_it(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        shown = await town.eve.slash(town.hall, "badges-admin award", badge="closed", person=town.bob)
        await town.stage.restart()
        assert told(await town.eve.submit_modal(shown, {"note": "for all of it"})).startswith("bob has Closed now.")
        await town.stage.rest()
        (award,) = [award for award in await town.stage.app.store.awards(town.stage.community) if award.badge == "closed"]
        assert award.note == "for all of it"


async def test_several_people_fit_into_a_form_too(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        people = {"person": town.ana, "person2": town.bob, "person3": town.zoe, "person4": town.eve}
        shown = await town.eve.slash(town.hall, "badges-admin award", badge="closed", **people)
        assert len(shown.modal["custom_id"]) <= 100
        assert told(await town.eve.submit_modal(shown, {})).startswith("Done for 4 of 4:")


async def test_a_form_is_refused_where_the_command_would_be(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        shown = await town.ana.slash(town.hall, "badges nominate", badge="closed", person=town.bob)
        result = await town.ana.submit_modal(shown, {"reason": "x"})
        assert result.ephemeral and "Nobody can be nominated for it." in told(result)


async def test_a_badge_is_made_and_changed_by_forms(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        shown = await town.eve.slash(town.hall, "badges-admin create")
        assert list(fields(shown)) == ["name", "description", "emoji", "levels", "rule"] and fields(shown)["name"]["required"]
        rule = "on = message.posted\nwhere = event.data.length > 3"
        filled = {"name": "Chatter", "description": 'Says "much"', "levels": "10=Bronze, 50=Silver", "rule": rule}
        assert told(await town.eve.submit_modal(shown, filled)) == "Chatter can be won now."
        page = told(await town.ana.slash(town.hall, "badges show", badge="chatter"))
        assert 'Says "much"' in page and "at 10" in page and "Silver" in page
        shown = await town.eve.slash(town.hall, "badges-admin edit", badge="chatter")
        refused = await town.eve.submit_modal(shown, {"rule": "on message.postd"})
        assert refused.ephemeral and "message.posted" in told(refused)
        result = await town.eve.slash(town.hall, "badges-admin edit", badge="chatter", tags="words, noise")
        assert told(result) == "Chatter was changed."


async def test_what_is_missing_for_a_badge_is_asked_for_and_what_was_given_is_kept(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        shown = await town.eve.slash(town.hall, "badges-admin create", description="Made of light", tags="warm")
        await town.eve.submit_modal(shown, {"name": "Lamp"})
        page = told(await town.ana.slash(town.hall, "badges show", badge="lamp"))
        assert "Made of light" in page and "warm" in page


async def test_what_is_wrong_with_a_badge_is_told_line_by_line(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        result = await town.eve.slash(town.hall, "badges-admin create", name="Wrong", on="message.postd", levels="10=A")
        assert result.ephemeral and "message.posted" in told(result)


# -- menus ---------------------------------------------------------------------------------------------------------------------


async def picked(town: Town, who: Any, filled: dict[str, Any], name: str = "Award for this message") -> tuple[Any, Any]:
    """The form of the menu on a message of bob's, and what came of handing it in."""
    message = await town.bob.send(town.hall, "I carried the chairs")
    shown = await who.context_menu(town.hall, name, message)
    result = await who.submit_modal(shown, filled)
    await town.stage.rest()
    return shown, (result, message)


async def test_who_may_award_awards_for_a_message_which_is_the_evidence(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        shown, (result, message) = await picked(town, town.eve, {"badge": ["closed"], "reason": "all the chairs"})
        assert shown.modal["title"] == "Award for this message" and told(result).startswith("bob has Closed now.")
        (award,) = [award for award in await town.stage.app.store.awards(town.stage.community) if award.badge == "closed"]
        assert (award.note, award.evidence) == ("all the chairs", (message.jump_url,))


async def test_who_may_not_nominates(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        shown, (result, message) = await picked(town, town.ana, {"badge": ["kind"], "reason": "chairs"})
        assert shown.modal["title"] == "Nominate for this message"
        assert told(result) == f"bob is nominated for Kind Soul. 1 approval missing yet.\n“chairs”\n{message.jump_url}"


async def test_who_may_award_one_badge_nominates_for_others(tmp_path: Path) -> None:
    async with living(tmp_path, configuration=f"[communities.home]\n{JUDGED}") as town:
        judge = town.guild.add_member(town.env.create_user("judy"), roles=[town.judges])
        shown, (result, _) = await picked(town, judge, {"badge": ["closed"]})
        assert shown.modal["title"] == "Award for this message" and told(result).startswith("bob has Closed now.")
        _, (result, _) = await picked(town, judge, {"badge": ["kind"]})
        assert told(result).startswith("bob is nominated for Kind Soul.")


async def test_a_badge_that_has_no_room_in_the_list_is_named(tmp_path: Path) -> None:
    async with living(tmp_path, *MANY) as town:
        shown, (result, _) = await picked(town, town.eve, {"other": "badge 29"})
        assert not fields(shown)["badge"]["required"] and len(fields(shown)["badge"]["options"]) == 25
        assert told(result).startswith("bob has Badge 29 now.")
        _, (result, _) = await picked(town, town.eve, {})
        assert result.ephemeral and told(result) == "Which badge?"


async def test_a_level_is_asked_for_where_there_are_several(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        _, (result, _) = await picked(town, town.eve, {"badge": ["ranked"]})
        assert result.ephemeral and "has several levels" in told(result)
        _, (result, _) = await picked(town, town.eve, {"badge": ["ranked"], "level": "Second"})
        assert told(result).startswith("bob has Second Ranked now.")


async def test_a_bot_is_not_nominated(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        robot = town.guild.add_member(town.env.create_user("robot", bot=True))
        message = await robot.send(town.hall, "beep")
        shown = await town.ana.context_menu(town.hall, "Award for this message", message)
        result = await town.ana.submit_modal(shown, {"badge": ["kind"]})
        assert result.ephemeral and "Bots don't get it." in told(result)


async def test_without_badges_there_is_nothing_to_pick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with living(tmp_path) as town:

        async def none(partial: Any) -> list[Any]:
            return []

        monkeypatch.setattr(town.stage.adapter.client.presses.clerk.host, "suggest", none)
        message = await town.bob.send(town.hall, "hello")
        result = await town.ana.context_menu(town.hall, "Award for this message", message)
        assert result.ephemeral and told(result) == "There are no badges here yet."


async def test_a_form_that_fails_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(partial: Any) -> list[Any]:
        raise RuntimeError("the disk is full")

    async with living(tmp_path, *MANY, check_errors=False) as town:
        message = await town.bob.send(town.hall, "hello")
        shown = await town.eve.context_menu(town.hall, "Award for this message", message)
        monkeypatch.setattr(town.stage.adapter.client.presses.clerk.host, "suggest", broken)
        result = await town.eve.submit_modal(shown, {"other": "badge 29"})
        assert result.ephemeral and told(result).startswith("Something went wrong on my side")
        again = await town.eve.context_menu(town.hall, "Award for this message", message)
        assert again.ephemeral and told(again).startswith("Something went wrong on my side")


async def test_badges_of_a_person_are_shown_to_who_asks(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        result = await town.ana.context_menu(town.hall, "Show badges", town.bob)
        assert result.ephemeral and read(result.response).startswith("bob has 1 badge.")
        nobody = await town.ana.context_menu(town.hall, "Show badges", town.zoe)
        assert nobody.ephemeral and told(nobody) == "zoe has no badge yet."
