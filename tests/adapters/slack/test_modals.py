"""What is asked where nothing was said: forms, which work across restarts and say at the field what is wrong."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from laurels import Badge, Command, Reply
from laurels_slack.commands import forms
from slack_office import Office, Seen, living, read
from slack_town import Refusal

MANY = [Badge(slug=f"badge-{number}", name=f"Badge {number} " + "long " * 30) for number in range(120)]


def inputs(form: Seen) -> dict[str, dict[str, Any]]:
    """The inputs of a form, by name."""
    return {block["block_id"]: block for block in form.blocks if block["type"] == "input"}


async def form(office: Office, who: Any, text: str, *, admin: bool = False) -> Seen:
    seen = await office.slash(who, text, admin=admin)
    assert seen.kind == "view"
    return seen


async def test_nominate_alone_asks_whom_for_what_and_why(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        shown = await form(office, office.ana, "nominate")
        assert shown.shown["title"]["text"] == "Nominate" and list(inputs(shown)) == ["badge", "person", "level", "reason"]
        assert [name for name, block in inputs(shown).items() if not block["optional"]] == ["badge", "person"]
        (made,) = await office.submit(office.ana, shown, {"badge": "kind", "person": office.zoe, "reason": 'she "listens"'})
        assert office.acked is None and made.kind == "all"
        assert made.text == 'zoe is nominated for Kind Soul. 1 approval missing yet.\n“she "listens"”'
        assert made.labels == ["Accept", "Approve", "Decline"]


async def test_a_form_that_was_opened_before_a_restart_is_taken_after_it(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        shown = await form(office, office.eve, "award", admin=True)
        office.stage.arrive()
        filled = {"badge": "closed", "people": [office.bob, office.zoe], "note": "for all of it"}
        (made,) = await office.submit(office.eve, shown, filled)
        assert made.text.startswith("Done for 2 of 2:")
        (award,) = [award for award in await office.stage.app.store.awards(office.stage.community) if award.badge == "closed"]
        assert award.note == "for all of it"


async def test_who_comes_back_after_half_an_hour_is_answered_by_the_bot_itself(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        shown = await form(office, office.ana, "nominate")
        office.town.now += 3600
        (made,) = await office.submit(office.ana, shown, {"badge": "kind", "person": office.bob})
        assert made.kind == "all" and made.shown["channel"] == office.hall.id


async def test_what_is_wrong_is_said_at_the_field(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        shown = await form(office, office.ana, "nominate")
        assert await office.submit(office.ana, shown, {"badge": "ranked", "person": office.bob}) == []
        assert office.acked is not None and office.acked["response_action"] == "errors"
        assert office.acked["errors"].keys() == {"level"} and "Ranked has several levels." in office.acked["errors"]["level"]
        await office.submit(office.ana, shown, {"badge": "ranked", "person": office.bob, "level": "Third"})
        assert "Ranked has no level Third." in office.acked["errors"]["level"]
        await office.submit(office.ana, shown, {"badge": "kund", "person": office.bob})
        assert office.acked["errors"] == {"badge": "No badge 'kund'; did you mean 'kind'?"}
        await office.submit(office.ana, shown, {"person": office.bob})
        assert office.acked["errors"] == {"badge": "Which badge?"}
        (made,) = await office.submit(office.ana, shown, {"badge": "ranked", "person": office.bob, "level": "Second"})
        assert "Second" in made.text


async def test_a_refusal_takes_the_place_of_the_form(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        shown = await form(office, office.ana, "nominate")
        (refused,) = await office.submit(office.ana, shown, {"badge": "closed", "person": office.bob})
        assert office.acked is not None and office.acked["response_action"] == "update"
        assert refused.kind == "view" and "Nobody can be nominated for it." in refused.text and office.town.responses == []


async def test_what_takes_long_is_answered_in_the_form_and_where_it_was_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "PATIENCE", 0.01)
    async with living(tmp_path) as office:
        shown = await form(office, office.ana, "nominate")
        host, go = office.host, asyncio.Event()
        ask, deliver = host.ask, office.stage.deliver

        async def slowly(command: Command) -> Reply:
            await go.wait()
            return await ask(command)

        async def acked(body: Any) -> Any:
            answer = await deliver(body)
            go.set()
            return answer

        monkeypatch.setattr(host, "ask", slowly)
        monkeypatch.setattr(office.stage, "deliver", acked)
        seen = await office.submit(office.ana, shown, {"badge": "kind", "person": office.bob})
        assert office.acked is not None and read(office.acked["view"]["blocks"]) == "It takes a while. The answer will be here."
        assert sorted(one.kind for one in seen) == ["all", "view", "view"]
        assert all(one.text.startswith(("bob is nominated for Kind Soul.", "It takes a while")) for one in seen)
        (update,) = office.town.asked("views.update")
        assert update["view_id"] == shown.shown["id"]


async def test_a_badge_is_made_and_changed_by_forms(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        shown = await form(office, office.eve, "create", admin=True)
        assert list(inputs(shown)) == ["name", "description", "emoji", "levels", "rule"] and not inputs(shown)["name"]["optional"]
        rule = "on = message.posted\nwhere = event.data.length > 3"
        filled = {"name": "Chatter", "description": 'Says "much"', "levels": "10=Bronze, 50=Silver", "rule": rule}
        (made,) = await office.submit(office.eve, shown, filled)
        assert made.text == "Chatter can be won now."
        page = (await office.slash(office.ana, "show chatter")).text
        assert 'Says "much"' in page and "at 10" in page and "Silver" in page
        shown = await form(office, office.eve, "edit chatter", admin=True)
        assert "badge" not in inputs(shown)
        await office.submit(office.eve, shown, {"rule": "on message.postd"})
        assert office.acked is not None and "message.posted" in office.acked["errors"]["rule"]
        await office.submit(office.eve, shown, {"emoji": "no emoji at all"})
        assert office.acked["errors"].keys() == {"emoji"}
        (changed,) = await office.submit(office.eve, shown, {"description": "another"})
        assert changed.text == "Chatter was changed."
        shown = await form(office, office.eve, "edit", admin=True)
        (changed,) = await office.submit(office.eve, shown, {"badge": "chatter", "name": "Chatterbox"})
        assert changed.text == "Chatterbox was changed."


async def test_who_says_enough_is_asked_nothing(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        for text in ("create lamp name=Lamp", "edit lamp description=x", f"award closed {office.bob.mention}"):
            assert (await office.slash(office.eve, text, admin=True)).kind == "all"


async def test_where_no_form_can_be_opened_it_is_said_how_it_is_typed(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        office.town.refuse("views.open", Refusal("expired_trigger_id"))
        seen = (await office.slash(office.ana, "nominate")).text
        assert "/badges nominate <badge> <person>" in seen
        (typed,) = await office.mention(office.ana, f"<@{office.town.bot_user}> nominate")
        assert "/badges nominate <badge> <person>" in typed.text


async def test_badges_are_completed_while_they_are_typed(tmp_path: Path) -> None:
    async with living(tmp_path, *MANY) as office:
        shown = await form(office, office.ana, "nominate")
        assert await office.suggested(office.ana, shown, "soul") == [("kind", "Kind Soul")]
        assert 20 < len(await office.suggested(office.ana, shown, "")) <= 100


async def test_completions_that_fail_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(asked: Command) -> Any:
        raise RuntimeError("no")

    async with living(tmp_path) as office:
        shown = await form(office, office.ana, "nominate")
        monkeypatch.setattr(office.host, "suggest", broken)
        assert await office.suggested(office.ana, shown, "k") == []


async def test_a_form_that_is_delivered_twice_is_taken_once(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        shown = await form(office, office.ana, "nominate")
        deliver = office.stage.deliver

        async def twice(body: Any) -> Any:
            await deliver(body)
            return await deliver(body)

        office.stage.deliver = twice
        assert len(await office.submit(office.ana, shown, {"badge": "kind", "person": office.bob})) == 1


async def test_forms_are_in_the_language_of_the_asker(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        hans = office.town.human("hans", locale="de-DE")
        shown = await form(office, hans, "nominate")
        assert shown.shown["title"]["text"] == "Nominieren" and inputs(shown)["badge"]["label"]["text"] == "Abzeichen"


async def test_what_a_form_is_about_is_in_it(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        shown = await form(office, office.eve, "edit kind", admin=True)
        about = json.loads(shown.shown["private_metadata"])
        assert about["name"] == "badges-admin" and about["words"] == ["edit", "kind"] and about["channel"] == office.hall.id
