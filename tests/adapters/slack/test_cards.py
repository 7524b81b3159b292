"""What an announcement looks like, within Slack's limits whatever people wrote."""

from typing import Any

import pytest

import block_kit
from laurels import Announcement, Place, Won
from laurels_slack import cards
from slack_scene import words

FILE = {"slack_file": {"id": "F00000001"}}
NASTY = "<@U1> <!here> *b* _i_ ~s~ `c` :tada: <https://evil.example|x> &amp; #general @channel"


def won(award: int = 1, **more: Any) -> Won:
    return Won(**{"award": award, "badge": "talker", "name": "Talker", "level": 1, "level_name": "Bronze", "emoji": "💬", **more})


def announced(*its: Won, text: str = "ana earned it", withdrawn: bool = False) -> Announcement:
    return Announcement("laurels-1", "acme", Place("slack", "C00000001"), "ana", text, its, withdrawn=withdrawn)


def shown(announcement: Announcement, *, pictured: bool = False, team: str = "") -> list[cards.Block]:
    pictures = {each.award: cards.image(each, FILE) for each in announcement.won} if pictured else {}
    blocks = cards.blocks(announcement, pictures, team)
    block_kit.check_message({"text": cards.text(announcement), "blocks": blocks})
    assert block_kit.pings(blocks) == []
    return blocks


@pytest.mark.parametrize("pictured", [False, True])
@pytest.mark.parametrize("withdrawn", [False, True])
@pytest.mark.parametrize("letter", ["ß", "&", "*"])
@pytest.mark.parametrize("length", [0, 1, 100, 5000])
def test_everything_fits_whatever_its_length(length: int, letter: str, pictured: bool, withdrawn: bool) -> None:
    long = letter * length
    its = [
        won(number, name=long or "x", level_name=long, description=long, note=long, emoji="💬", url="https://town.slack.com/archives/C1/p1")
        for number in range(100)
    ]  # fmt: skip
    shown(announced(*its, text=long or "x", withdrawn=withdrawn), pictured=pictured, team=long)


def test_what_people_wrote_is_text_and_nothing_else() -> None:
    its = announced(won(name=NASTY, description=NASTY, note=f"not {NASTY}"), text=f"{NASTY} won")
    for pictured in (False, True):
        blocks = shown(its, pictured=pictured)
        assert words(blocks).count(NASTY) == 4
        assert "mrkdwn" not in str(blocks)
        assert "'bold'" not in str(blocks) or not pictured
    assert cards.text(its).startswith("&lt;@U1&gt; &lt;!here&gt; *b*")


def test_a_title_leads_to_where_it_was_won() -> None:
    blocks = shown(announced(won(url="https://town.slack.com/archives/C1/p1")))
    link = blocks[1]["elements"][0]["elements"][-1]
    assert (link["type"], link["url"], link["text"]) == ("link", "https://town.slack.com/archives/C1/p1", "Talker · Bronze")


def test_a_workspaces_own_emoji_is_shown_as_one() -> None:
    head = shown(announced(won(emoji=":party_parrot:")))[1]["elements"][0]["elements"]
    assert head[0] == {"type": "emoji", "name": "party_parrot"}


def test_a_givers_words_are_quoted_unless_the_text_has_them() -> None:
    assert "rich_text_quote" in str(shown(announced(won(note="thanks"))))
    assert "rich_text_quote" in str(shown(announced(won(note="thanks")), pictured=True))
    assert "rich_text_quote" not in str(shown(announced(won(note="thanks"), text="ana earned it (thanks)")))


def _beside(**more: Any) -> dict[str, Any]:
    return shown(announced(won(**more)), pictured=True)[1]["text"]


def test_beside_a_picture_the_title_is_bold_and_leads_to_where_it_was_won() -> None:
    assert _beside(description="Asks Q&A.") == {"type": "mrkdwn", "text": "💬 *Talker · Bronze*\nAsks Q&amp;A.", "verbatim": True}
    assert _beside(url="https://x.example/p1?a=1&b=2", emoji="")["text"] == "*<https://x.example/p1?a=1&amp;b=2|Talker · Bronze>*"
    assert _beside(emoji=":party_parrot:")["text"] == ":party_parrot: *Talker · Bronze*"


@pytest.mark.parametrize("sign", ["*b*", "snake_case", "~s~", "`c`", ":tada:", "https://x.example", "> said", "a\n> b"])
def test_a_sign_that_slack_would_obey_makes_all_of_it_plain(sign: str) -> None:
    assert _beside(name=sign) == {"type": "plain_text", "text": f"💬 {sign} · Bronze", "emoji": False}
    assert _beside(description=sign) == {"type": "plain_text", "text": f"💬 Talker · Bronze\n{sign}", "emoji": False}
    assert _beside(description=sign, emoji=":party_parrot:")["text"] == f"Talker · Bronze\n{sign}"
    assert _beside(emoji="*") == {"type": "plain_text", "text": "* Talker · Bronze", "emoji": False}


def test_an_address_that_is_none_leads_nowhere() -> None:
    assert _beside(url="https://x.example/a|b>c")["text"] == "💬 *Talker · Bronze*"
    assert "link" not in str(shown(announced(won(url="javascript:1"))))


def test_another_platforms_emoji_is_left_out() -> None:
    assert _beside(emoji="<:party:123456789012345678>")["text"] == "*Talker · Bronze*"


def test_a_level_that_names_its_badge_is_said_once() -> None:
    assert cards.image(won(name="Solver", level_name="Gold Solver"), FILE)["alt_text"] == "Gold Solver"
    assert cards.image(won(level_name="", level=3), FILE)["alt_text"] == "Talker · 3"


def test_what_is_withdrawn_has_no_picture_and_is_struck_out() -> None:
    blocks = shown(announced(won(note="thanks", description="Says it."), withdrawn=True), pictured=True)
    assert "accessory" not in str(blocks)
    assert words(blocks) == "ana earned it|Talker · Bronze"
    assert "'strike': True" in str(blocks)


def test_an_emoji_that_is_none_pings_nobody() -> None:
    blocks = shown(announced(won(emoji="💬<!channel>")), pictured=True)
    assert blocks[1]["text"]["text"] == "💬&lt;!channel&gt; *Talker · Bronze*"
