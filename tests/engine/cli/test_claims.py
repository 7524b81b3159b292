"""``laurels claims``: make, list, print, withdraw."""

import asyncio
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from laurels import Account, Actor
from laurels.app import App
from laurels.config import load
from laurels.plugins import load_packs


def claim(code: str, who: str = "ana") -> str:
    """What somebody has from claiming a code."""

    async def claimed() -> str:
        async with App(load(Path("laurels.toml")), load_packs(())) as app:
            (outcome,) = await app.acts("acme").claims.claim(Actor(Account("console", who, name=who)), code)
            return outcome.detail or outcome.result

    return asyncio.run(claimed())


def test_codes_are_made_one_a_line_and_give_their_badge(shell):
    codes = shell("claims", "make", "kindness", "--count", "3", "--batch", "fair", "--note", "for coming").splitlines()
    assert shell.stderr == "3 codes of Kindness; together they are called fair\n"
    assert len(codes) == 3
    assert all(re.fullmatch("([0-9A-Z]{4}-){3}[0-9A-Z]{4}", code) for code in codes)
    assert [claim(codes[0]), claim(codes[0], "bob")] == ["AWARDED", "claim-used"]
    (award,) = json.loads(shell("awards", "--json"))
    assert (award["badge"], award["person"], award["note"], award["cause"]) == ("kindness", "ana", "for coming", "claims:fair")
    shell("undo", "claims:fair", "--yes")
    assert shell("awards") == ""


def test_a_script_is_told_the_codes_and_the_cause(shell):
    made = json.loads(shell("claims", "make", "chatterbox", "--level", "2", "--reusable", "--json"))
    (code,) = made.pop("codes")
    batch = made["batch"]
    assert made == {"badge": "chatterbox", "level": 2, "batch": batch, "cause": f"claims:{batch}"}
    assert [claim(code, who) for who in ("ana", "bob")] == ["AWARDED", "AWARDED"]


def test_the_list_says_how_often_each_was_used_until_when_it_works_and_for_whom(shell):
    shell.busy()
    free = shell("claims", "make", "kindness", "--uses", "2", "--batch", "two").strip()
    mine = shell("claims", "make", "kindness", "--for", "ana", "--expires", "7d", "--batch", "anas").strip()
    claim(free, "bob")
    one, two = shell.lines("claims", "list")
    assert one == [free, "kindness", "1", "two", "1 of 2", "", "", "good"]
    assert two[:5] + two[6:] == [mine, "kindness", "1", "anas", "0 of 1", "console:ana", "good"]
    assert timedelta(days=6) < datetime.fromisoformat(two[5]).replace(tzinfo=UTC) - datetime.now(UTC) < timedelta(days=7)
    (found,) = json.loads(shell("claims", "list", "--batch", "anas", "--json"))
    assert (found["code"], found["bound"], found["maker"], found["uses"], found["used"]) == (mine, "console:ana", "laurels:operator", 1, 0)
    assert (found["cause"], found["state"]) == ("claims:anas", "good")
    assert claim(free, "cem") == "AWARDED"
    assert [row[-1] for row in shell.lines("claims", "list", "--badge", "kindness")] == ["used", "good"]
    assert [claim(mine, who) for who in ("bob", "ana")] == ["claim-bound", "AWARDED"]


def test_there_is_nothing_to_list_yet(shell):
    shell.busy()
    assert shell("claims", "list", "--badge", "kindness") == ""
    assert shell.stderr == "no codes\n"
    assert shell("claims", "list", "--badge", "kidness", status=2) == "laurels: no badge 'kidness'; did you mean 'kindness'?\n"


def test_one_code_or_a_whole_batch_is_withdrawn(shell):
    codes = shell("claims", "make", "kindness", "--count", "3", "--batch", "fair").splitlines()
    assert shell("claims", "withdraw", codes[0].lower()) == "1 code withdrawn\n"
    claim(codes[1])
    refused = shell("claims", "withdraw", "fair", status=1, input="n\n")
    assert shell.stdout.startswith("3 codes of kindness, 1 of them can be used\nWithdraw them?"), refused
    assert claim(codes[2], "bob") == "AWARDED"
    more = shell("claims", "make", "kindness", "--batch", "fair").strip()
    assert shell("claims", "withdraw", "fair", input="y\n").splitlines()[-1] == (
        "1 code withdrawn; `laurels undo claims:fair` takes back what was given"
    )
    assert claim(more, "cem") == "claim-withdrawn"
    assert shell("claims", "withdraw", "fair", "--yes", status=1) == "laurels: nothing to withdraw: withdrawn already\n"
    assert shell("claims", "withdraw", codes[1], status=1) == "laurels: nothing to withdraw: used up already\n"
    assert shell("claims", "withdraw", "fare", "--yes", status=2) == "laurels: no batch 'fare'; did you mean 'fair'?\n"
    assert shell("claims", "withdraw", "0000-0000-0000-0000", status=2) == "laurels: there is no code 0000-0000-0000-0000\n"


@pytest.mark.parametrize(
    ("options", "what"),
    [
        (["--count", "0"], "laurels: 0 codes can't be made at once; from 1 to 1,000\n"),
        (["--uses", "0"], "laurels: a code can't be good for 0 uses; once or more, or any number\n"),
        (["--uses", "2", "--reusable"], "laurels: --uses says how often, --reusable any number of times: one of them\n"),
        (["--expires", "soon"], "laurels: --expires: 'soon' is no duration: write a whole number and one of s, m, h, d, w, like '7d'\n"),
        (["--level", "2"], "laurels: kindness has no level 2; levels go from 1 to 1\n"),
        (["--for", "nobody"], "laurels: nobody called 'nobody' has been seen in acme\n"),
        (["--evidence", "trust me"], "laurels: evidence 'trust me' is no address in the web, like https://example.org/post/1\n"),
    ],
)
def test_what_is_typed_wrong_makes_no_codes(shell, options, what):
    assert shell("claims", "make", "kindness", *options, status=2) == what


def test_a_batch_is_one_badges(shell):
    shell("claims", "make", "kindness", "--batch", "fair")
    assert shell("claims", "make", "thumbs-up", "--batch", "fair", status=1) == "laurels: fair is the batch of another badge.\n"


def test_a_sheet_has_the_codes_that_still_work(shell):
    codes = shell("claims", "make", "kindness", "--count", "3", "--batch", "fair", "--expires", "30d").splitlines()
    shell("claims", "withdraw", codes[1])
    assert shell("claims", "print", "fair", "--out", "sheet.svg") == "2 codes of Kindness in sheet.svg\n"
    page = (shell.folder / "sheet.svg").read_text()
    assert [code in page for code in codes] == [True, False, True]
    assert "Kindness" in page
    assert "/badges claim" in page
    assert shell("claims", "print", "fair", "--out", "sheet.pdf", "--paper", "Letter") == "2 codes of Kindness in sheet.pdf\n"
    assert (shell.folder / "sheet.pdf").read_bytes().startswith(b"%PDF-")


def test_an_svg_of_several_pages_is_several_files(shell):
    shell("claims", "make", "kindness", "--count", "11", "--batch", "fair")
    assert shell("claims", "print", "fair", "--out", "sheet.svg") == "11 codes of Kindness in sheet-1.svg, sheet-2.svg\n"
    assert sorted(path.name for path in shell.folder.glob("*.svg")) == ["sheet-1.svg", "sheet-2.svg"]


def test_what_can_not_be_printed_is_said_and_nothing_is_written(shell):
    code = shell("claims", "make", "kindness", "--batch", "fair").strip()
    assert shell("claims", "print", "fair", "--out", "sheet.txt", status=2) == "laurels: --out sheet.txt: name a .pdf or a .svg\n"
    assert shell("claims", "print", "fair", "--out", "s.svg", "--url", "https://x.test/", status=2) == (
        "laurels: --url 'https://x.test/' has no {code} in it, so every slip would lead to the same address\n"
    )
    assert shell("claims", "print", "fair", "--out", "s.pdf", "--paper", "A5", status=2) == "laurels: --paper 'A5': A4 or Letter\n"
    assert shell("claims", "print", "fare", "--out", "s.svg", status=2) == "laurels: no batch 'fare'; did you mean 'fair'?\n"
    shell("claims", "withdraw", code)
    assert shell("claims", "print", "fair", "--out", "s.svg", status=1) == (
        "laurels: no code of fair can be used any more\n"
    )  # fmt: skip
    assert list(shell.folder.glob("s*.svg")) == []


def test_codes_are_made_and_withdrawn_while_another_laurels_runs(shell):
    async def beside() -> None:
        async with App(load(Path("laurels.toml")), load_packs(())) as running:
            running.start(announce=False)
            codes = (await asyncio.to_thread(shell, "claims", "make", "kindness", "--count", "2", "--batch", "fair")).splitlines()
            ana = Actor(Account("console", "ana"))
            (outcome,) = await running.acts("acme").claims.claim(ana, codes[0])
            assert outcome.result == "AWARDED"
            said = await asyncio.to_thread(shell, "claims", "withdraw", codes[1])
            assert said.startswith("1 code withdrawn")
            (outcome,) = await running.acts("acme").claims.claim(ana, codes[1])
            assert outcome.detail == "claim-withdrawn"

    asyncio.run(beside())
