"""The home tab: what one has, is on the way to, may decide and has decided; whatever is pressed there acts there."""

from pathlib import Path
from typing import Any

from laurels import Badge, Count, Level
from slack_office import living
from slack_town import Refusal

MANY = [
    Badge(
        slug=f"badge-{number}",
        name=f"Badge {number} " + "long " * 30,
        measure=Count("message.posted"),
        levels=(Level(at=1), Level(at=1000)),
    )
    for number in range(100)
]


async def test_it_shows_badges_progress_nominations_and_settings(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        await office.slash(office.ana, f"nominate kind {office.bob.mention} so kind")
        home = await office.home(office.bob)
        assert home.kind == "home"
        headers = [block["text"]["text"] for block in home.blocks if block["type"] == "header"]
        assert headers == ["Your badges", "On the way", "Nominations", "Your settings"]
        for says in ("🏅 Bronze Talker: since 2026-01-01", "1 of 1,000", "Kind Soul for bob", "by ana; “so kind”", "Tracking"):
            assert says in home.text
        assert next(label for label in home.labels if "#" in label).startswith("Accept #")
        assert {"Don't track me", "Leave me off leaderboards", "Don't announce what I win", "Export", "Forget me"} <= set(home.labels)


async def test_its_switches_act_and_it_shows_them(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        home = await office.home(office.ana)
        (after,) = await office.press(office.ana, home, "Don't track me")
        assert after.kind == "home" and "Track me" in after.labels and "Don't track me" not in after.labels
        (again,) = await office.press(office.ana, after, "Track me")
        assert "Don't track me" in again.labels


async def test_its_nominations_are_decided_there(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        await office.slash(office.ana, f"nominate kind {office.bob.mention} so kind")
        home = await office.home(office.bob)
        (after,) = await office.press(office.bob, home, next(label for label in home.labels if label.startswith("Decline")))
        assert after.kind == "home" and "No nomination waits for you" in after.text


async def test_what_asks_once_more_does_so_in_a_window(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        home = await office.home(office.ana)
        window, _ = await office.press(office.ana, home, "Forget me")
        assert window.kind == "view" and "nothing brings it back" in window.text and window.labels == ["Forget me"]
        forgotten, after = await office.press(office.ana, window, "Forget me")
        assert forgotten.kind == "view" and (after.kind, "ana has no badge yet." in after.text) == ("home", True)


async def test_a_refusal_is_shown_in_a_window_or_where_none_opens_in_a_direct_message(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        await office.slash(office.ana, f"nominate kind {office.bob.mention} so kind")
        home = await office.home(office.bob)
        accept = next(label for label in home.labels if label.startswith("Decline"))
        await office.slash(office.bob, f"nominations decline {accept.rpartition('#')[2]}")
        (window,) = await office.press(office.bob, home, accept)
        assert window.kind == "view" and "That nomination is over: declined." in window.text
        office.town.refuse("views.open", Refusal("expired_trigger_id"))
        *_, told = await office.press(office.bob, home, accept)
        assert told.kind == "direct" and "That nomination is over: declined." in told.text


async def test_everything_that_is_stored_is_handed_over_from_there_too(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        home = await office.home(office.ana)
        seen = await office.press(office.ana, home, "Export")
        assert "The file is in our direct messages." in seen[0].text


async def test_with_a_hundred_badges_the_rest_is_a_button_away(tmp_path: Path) -> None:
    async with living(tmp_path, *MANY) as office:
        home = await office.home(office.ana)
        assert home.labels.count("Show all") == 3 and len(home.blocks) <= 100
        (window,) = await office.press(office.ana, home, "Show all")
        assert window.kind == "view" and "Page 1 of" in window.text and window.labels == ["Next"]
        (turned,) = await office.press(office.ana, window, "Next")
        assert turned.kind == "view" and "Page 2 of" in turned.text
        assert [given["view_id"] for given in office.town.asked("views.update")] == [window.shown["id"]]


async def test_somebody_of_an_unknown_workspace_is_told_so(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        host: Any = office.host
        host._community_of = lambda platform, realm: None
        assert (await office.home(office.ana)).text == "This place belongs to no community that laurels knows."


async def test_it_is_in_the_language_of_who_looks(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        home = await office.home(office.town.human("hans", locale="de-DE"))
        assert home.blocks[0]["text"]["text"] == "Deine Abzeichen" and home.labels[-1] == "Was du sonst fragen kannst"


async def test_help_opens_in_a_window(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        home = await office.home(office.ana)
        (window,) = await office.press(office.ana, home, "What else you can ask")
        assert window.kind == "view" and "/badges show <badge>" in window.text


async def test_its_messages_are_not_its_home(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        event = {
            "type": "app_home_opened",
            "user": office.ana.id,
            "channel": "D0HOME",
            "tab": "messages",
            "event_ts": office.town.next_ts(),
        }
        assert await office.heard(event) == []


async def test_what_slack_does_not_take_is_left_out_of_it(tmp_path: Path) -> None:
    parrot = Badge(slug="parrot", name="Parrot", emoji=":no-such-parrot:", measure=Count("message.posted"), levels=(Level(at=1),))
    async with living(tmp_path, parrot) as office:
        url = "https://other.slack.com/archives/C1/p1"
        await office.slash(office.bob, f"nominate kind {office.ana.mention} see {url}")
        office.town.refuse("views.publish", Refusal("invalid_arguments"))
        home = await office.home(office.ana)
        assert home.kind == "home" and ":no-such-parrot: Parrot" in home.text and url in home.text
        assert not any(f"'type': '{kind}'" in str(home.blocks) for kind in ("emoji", "link"))


async def test_who_chose_a_language_reads_all_of_it_in_that(tmp_path: Path) -> None:
    async with living(tmp_path, *MANY) as office:
        await office.slash(office.ana, "settings language de")
        home = await office.home(office.ana)
        assert home.blocks[0]["text"]["text"] == "Deine Abzeichen" and {"Alle zeigen", "Was du sonst fragen kannst"} <= set(home.labels)
        (window,) = await office.press(office.ana, home, "Alle zeigen")
        assert window.shown["title"]["text"] == "Abzeichen" and window.labels == ["Weiter"] and "Seite 1 von" in window.text
