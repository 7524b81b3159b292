import asyncio
import json

from msgspec import structs

from laurels.cli.tasks.status import _unreached
from laurels.filed import HookCall, Setting
from laurels.stores import open_store


def test_it_tells_how_much_there_is_and_what_waits(shell):
    shell.busy()
    shell.put(shell.event("message.posted", "bob", 9), count=False)
    assert shell("status") == (
        "no laurels is running: `laurels run` counts what waits\n"
        "9 events, 1 waiting to be counted\n"
        "4 awards, 3 accounts\n"
        "0 people and badges due to be settled\n"
        "4 announcements waiting\n"
        "community acme: live\n"
    )


def test_it_names_the_culprit_of_what_fails(shell, install):
    install("acme", "badges", "acme = acme", """
        from laurels import Badge
        class Broken(Badge):
            slug = "broken"
            events = ("thanks.given",)
            def award(self, check): raise ValueError("no such file")
    """)  # fmt: skip
    configuration = shell.folder / "laurels.toml"
    configuration.write_text(configuration.read_text().replace("packs = []", 'packs = ["acme"]'))
    shell.busy()
    failing = [line for line in shell("status").splitlines() if line.startswith("failing: ")]
    assert len(failing) == 2
    assert failing[0].startswith("failing: broken about bob, thanks.given e7: ValueError: no such file")
    first = json.loads(shell("status", "--json"))["failing"][0]
    assert (first["badge"], first["person"], first["event"], first["type"]) == ("broken", "bob", "e7", "thanks.given")


def test_it_names_what_was_left_out_quarantined_and_unknown(shell, install):
    install("broken", "badges", "broken = broken", "import nothing_of_this_name")
    configuration = shell.folder / "laurels.toml"
    configuration.write_text(configuration.read_text().replace("packs = []", 'packs = ["broken"]'))
    shell.busy()
    (shell.folder / "laurels.db.quarantine").write_text(json.dumps({shell.cause("helper"): "held the event loop for 9.0 s"}))
    said = shell("status")
    assert f"in quarantine: {shell.cause('helper')} held the event loop for 9.0 s\n" in said
    assert "left out: broken 1.0: entry point broken = broken: can't be imported" in said


def test_what_admins_set_since_goes_before_the_configuration(shell):
    shell.busy()

    async def quiet() -> None:
        async with open_store(f"sqlite:///{shell.folder / 'laurels.db'}") as store:
            await store.save("acme", Setting(name="mode", value='"quiet"', seq=1, time=0))

    asyncio.run(quiet())
    assert "community acme: quiet\n" in shell("status")


def test_a_realm_that_is_taken_in_since_is_unknown_no_more(shell):
    shell.busy()

    async def met() -> None:
        async with open_store(f"sqlite:///{shell.folder / 'laurels.db'}") as store:
            for realm in ("T1", "T2"):
                await store.stranger("slack", realm, 1)

    asyncio.run(met())
    configuration = shell.folder / "laurels.toml"
    configuration.write_text(configuration.read_text().replace("[communities.acme]", '[communities.acme]\nslack.teams = ["T2"]'))
    unknown = [line for line in shell("status").splitlines() if line.startswith("unknown")]
    assert unknown == ["unknown: slack:T1 belongs to no community; 1 event"]


def test_scripts_get_json(shell):
    shell.busy()
    status = json.loads(shell("status", "--json"))
    assert status == {
        "counting": False,
        "counts": {"journal": 8, "work": 0, "due": 0, "parked": 0, "award": 4, "account": 3},
        "announcements": {"waiting": 4},
        "communities": {"acme": "live"},
        "failing": [], "parked": [], "hooks": [], "unreachable": [], "rewards": [], "quarantine": {}, "problems": [], "strangers": [],
    }  # fmt: skip


def test_a_hook_that_could_not_be_told_is_named(shell):
    shell.busy()
    call = HookCall(hook="strict", verb="award_was_made", subject="helper@1/1/", news="{}", at=0, attempts=2, error="RuntimeError: no")

    async def fail() -> None:
        async with open_store(f"sqlite:///{shell.folder / 'laurels.db'}") as store:
            await store.save("acme", call, structs.replace(call, subject="helper@1/2/", state="parked"))

    asyncio.run(fail())
    said = [line for line in shell("status").splitlines() if line.startswith("hook not told")]
    assert said == [
        "hook not told: strict, award_was_made helper@1/1/: RuntimeError: no; told again at 1970-01-01 00:00:00",
        "hook not told: strict, award_was_made helper@1/2/: RuntimeError: no; given up",
    ]


def test_a_place_that_can_not_be_reached_is_named_once():
    one = {"place": "slack:#x", "error": "slack:#x can't be reached: there is no such channel", "again": None, "said": False}
    assert _unreached(one) == "not announced: slack:#x: there is no such channel; given up"
