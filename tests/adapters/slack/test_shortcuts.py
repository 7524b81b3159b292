"""The shortcuts: on a message, which becomes evidence, and from anywhere."""

from pathlib import Path
from typing import Any

from slack_office import Office, Seen, living

JUDGED = """
[communities.home.badges.closed]
awarders = ["slack:group:S0JUDGES"]
"""


async def picked(office: Office, who: Any, filled: dict[str, Any]) -> tuple[Seen, list[Seen], str]:
    """The form of the shortcut on a message of bob's, what came of handing it in, and the address of the message."""
    message = await office.bob.says(office.hall, "I carried the chairs")
    await office.stage.rest()
    shown = await office.message_shortcut(who, message)
    link = f"https://town.slack.com/archives/{office.hall.id}/p{message['ts'].replace('.', '')}"
    return shown, await office.submit(who, shown, filled), link


async def test_who_may_award_awards_for_a_message_which_is_the_evidence(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        shown, (made,), link = await picked(office, office.eve, {"badge": "closed", "reason": "all the chairs"})
        assert shown.shown["title"]["text"] == "Award for this message" and made.text.startswith("bob has Closed now.")
        (award,) = [award for award in await office.stage.app.store.awards(office.stage.community) if award.badge == "closed"]
        assert (award.note, award.evidence) == ("all the chairs", (link,))


async def test_who_may_not_nominates(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        shown, (made,), link = await picked(office, office.ana, {"badge": "kind", "reason": "chairs"})
        assert shown.shown["title"]["text"] == "Nominate for a message"
        assert made.text == f"bob is nominated for Kind Soul. 1 approval missing yet.\n“chairs”\n{link}" and made.kind == "all"


async def test_who_may_award_one_badge_nominates_for_others(tmp_path: Path) -> None:
    async with living(tmp_path, configuration=f"[communities.home]\n{JUDGED}") as office:
        office.town.groups["S0JUDGES"] = ("judges", [office.ana.id])
        shown, (made,), _ = await picked(office, office.ana, {"badge": "kind"})
        assert shown.shown["title"]["text"] == "Award for this message" and "nominated" in made.text
        _, (given,), _ = await picked(office, office.ana, {"badge": "closed"})
        assert given.text.startswith("bob has Closed now.")


async def test_what_an_app_wrote_is_nobodys(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        message = office.hall.keep({"type": "message", "subtype": "bot_message", "bot_id": "B0OTHER", "text": "beep"})
        told = await office.message_shortcut(office.eve, message)
        assert told.kind == "alone" and told.text == "That was written by nobody who can have badges."


async def test_a_message_of_a_thread_is_answered_in_it(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        parent = await office.ana.says(office.hall, "help?")
        reply = await office.bob.says(office.hall, "here", thread=parent["ts"])
        await office.stage.rest()
        shown = await office.message_shortcut(office.eve, reply)
        (made,) = await office.submit(office.eve, shown, {"badge": "closed"})
        assert made.shown["thread_ts"] == parent["ts"]


async def test_from_anywhere_one_nominates_and_picks_where_it_is_told(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        shown = await office.shortcut(office.ana)
        url = office.town.response_url()
        picked = {"block_id": "place", "action_id": "place", "channel_id": office.hall.id, "response_url": url}
        filled = {"badge": "kind", "person": office.bob, "place": office.hall}
        (made,) = await office.submit(office.ana, shown, filled, response_urls=[picked])
        assert made.kind == "all" and made.text.startswith("bob is nominated for Kind Soul.")


async def test_who_picks_no_place_is_answered_in_the_form(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        shown = await office.shortcut(office.ana)
        (made,) = await office.submit(office.ana, shown, {"badge": "kind", "person": office.bob})
        assert made.kind == "view" and made.text.startswith("bob is nominated for Kind Soul.")
        assert "1 nomination for you to accept" in (await office.slash(office.bob, "nominations")).text
