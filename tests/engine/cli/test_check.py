import json
import re
import sqlite3
from contextlib import closing

ONE = "badges/rules.toml:1: [chatterbox]: chatterbox"
NONE = "note: sqlite:///laurels.db: there is no database yet; `laurels run` makes it\n"
ADAPTER = """
    import msgspec
    from laurels import Problem

    class Settings(msgspec.Struct):
        token: str
        room: int = 1

    class Adapter:
        Settings = Settings
        name = "chat"
        def __init__(self, settings):
            if settings.token == "bad":
                raise ValueError("this token can't be one")
            self.token = settings.token
        async def run(self, host): ...
        async def announce(self, announcement, earlier): ...
        async def check(self, tenants):
            if self.token == "old":
                return [Problem("chat", "token", "the platform does not take it", "make a new one")]
            if self.token == "odd":
                raise RuntimeError("no network")
            return []
"""


def configure(shell, text):
    with (shell.folder / "laurels.toml").open("a") as file:
        file.write(text)


def test_where_nothing_is_wrong_it_says_so_and_how_much_there_is(shell):
    assert shell("check") == NONE + "0 errors, 0 warnings: 5 badges, 1 community, 0 adapters\n"
    shell.busy()
    assert shell("check") == "0 errors, 0 warnings: 5 badges, 1 community, 0 adapters\n"


def test_without_any_configuration_it_is_well_too(shell):
    (shell.folder / "laurels.toml").unlink()
    shell.rules.unlink()
    assert shell("check").startswith(NONE + "0 errors, 0 warnings: ")


def test_every_kind_of_mistake_is_found_in_one_run(shell, install):
    install("chat", "adapters", "chat = chat:Adapter", ADAPTER)
    install("broken", "badges", "broken = broken", "import nothing_of_this_name")
    (shell.folder / "laurels.toml").write_text(
        'langage = "en"\n'
        "[badges]\npacks = ['broken', 'brokn']\n"
        "[announcer.templates]\nwon = '{{ person'\nwonn = 'x'\n"
        "[adapters.chat]\ntokn = 'x'\nroom = true\n"
        "[adapters.cat]\n"
        "[communities.acme]\ntimezone = 'Europe/Berln'\ndisabled = ['helpr']\n"
        "[communities.acme.badges.chatterbox]\nlevels = [1]\n"
    )
    with shell.rules.open("a") as file:
        file.write(
            "[bad]\non = 'message.posted'\nwhere = 'event.data.lenght > 3'\nat = 1\n[odd]\ncuont = 3\n"
            "[meta]\nrequires = { all = ['helpr'] }\n"
            "[a]\nrequires = { all = ['b'] }\n[b]\nrequires = { all = ['a'] }\n"
        )  # fmt: skip
    shell("check", status=2)
    found = shell.stdout
    for expected in (
        "error: laurels.toml:1: langage: no such key (did you mean 'language'?)",
        "error: laurels.toml:5: [announcer.templates].won: no Jinja2 template",
        "error: laurels.toml:6: [announcer.templates].wonn: laurels says nothing of this name (did you mean 'won'?)",
        "error: laurels.toml:12: [communities.acme].timezone: no time zone 'Europe/Berln' (did you mean 'Europe/Berlin'",
        "error: broken 1.0: entry point broken = broken: can't be imported: ModuleNotFoundError",
        "error: laurels.toml:3: [badges].packs: no entry point 'brokn' in laurels.badges (did you mean 'broken'?)",
        "error: laurels.toml:8: [adapters.chat].tokn: no such key (did you mean 'token'?)",
        "error: laurels.toml:9: [adapters.chat].room: expected",
        "error: laurels.toml:7: [adapters.chat].token: is missing",
        "error: laurels.toml:10: [adapters.cat]: no adapter of this name is installed (did you mean 'chat'?)",
        "error: laurels.toml:13: [communities.acme].disabled: no badge has the slug 'helpr' (did you mean 'helper'",
        "error: laurels.toml:14: [communities.acme.badges.chatterbox]: 'chatterbox' has 2 levels, and the override 1 thresholds",
        "error: badges/rules.toml:21: [bad].where: ",
        "error: badges/rules.toml:24: [odd].cuont: no such key (did you mean 'count' or 'on'?)",
        "error: badges/rules.toml:26: [meta].requires: ",
        "error: badges/rules.toml:28: [a].requires: ",
    ):  # fmt: skip
        assert expected in found


def test_scripts_get_json(shell):
    shell.edit('on = "thanks.given"', 'on = "thank.given"')
    shell("check", "--json", status=2)
    assert json.loads(shell.stdout)[0] == {
        "gravity": "error",
        "where": "badges/rules.toml:6",
        "place": "[helper].on",
        "what": "nothing declares the event type 'thank.given'",
        "hint": "did you mean 'thanks.given'?",
    }


def test_no_toml_is_an_error_with_its_line_and_the_rest_is_looked_at(shell):
    (shell.folder / "laurels.toml").write_text("[badges\n")
    shell.edit('on = "thanks.given"', 'on = "thank.given"')
    shell("check", status=2)
    assert shell.stdout.startswith("error: laurels.toml:1: no TOML: ")
    assert "[helper].on: nothing declares the event type 'thank.given'" in shell.stdout


def test_an_adapter_looks_at_its_own_set_up(shell, install):
    install("chat", "adapters", "chat = chat:Adapter", ADAPTER)
    configure(shell, '[adapters.chat]\ntoken = "good"\n')
    assert shell("check") == NONE + "0 errors, 0 warnings: 5 badges, 1 community, 1 adapter\n"
    configuration = (shell.folder / "laurels.toml").read_text()
    for token, said in (
        ("old", "error: chat: token: the platform does not take it (make a new one)\n"),
        ("odd", "error: laurels.toml:11: [adapters.chat]: its check failed: RuntimeError: no network\n"),
        ("bad", "error: laurels.toml:11: [adapters.chat]: the adapter can't be made: ValueError: this token can't be one\n"),
        ("env:CHAT_TOKEN", "error: laurels.toml:12: [adapters.chat].token: the environment variable CHAT_TOKEN is not set"),
    ):  # fmt: skip
        (shell.folder / "laurels.toml").write_text(configuration.replace("good", token))
        shell("check", status=2)
        assert said in shell.stdout


def test_an_adapter_hears_which_communities_have_to_do_with_its_platform(shell, install):
    install("chat", "adapters", "chat = chat:Adapter", """
        import msgspec
        from laurels import Note
        class Adapter:
            Settings = msgspec.defstruct("Settings", [])
            name = "chat"
            def __init__(self, settings): ...
            async def run(self, host): ...
            async def announce(self, announcement, earlier): ...
            async def check(self, tenants):
                return [Note(one.name, " ".join(one.realms), " ".join((*one.announce, *one.roles))) for one in tenants]
    """)  # fmt: skip
    (shell.folder / "laurels.toml").write_text(
        "[badges]\npacks = []\n[adapters.chat]\n"
        "[communities.acme]\nrealms.chat = ['1', '*']\nannounce = ['chat:#hall', 'github:acme/hall']\n"
        "[communities.acme.roles]\nawarders = ['chat:role:Mods', 'chat:ana', 'github:team:core', 'everyone']\n"
        "[communities.hall]\nannounce = ['chat:7']\n"
        "[communities.other]\ngithub.owners = ['acme']\n"
    )
    said = shell("check")
    assert "note: acme: 1 *: #hall role:Mods\n" in said and "note: hall: 7\n" in said and "other" not in said


def test_a_database_of_another_schema_is_an_error(shell):
    shell.put()
    with closing(sqlite3.connect("laurels.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '0000'")
    shell("check", status=2)
    assert "error: laurels.toml: [store].url: sqlite:///laurels.db is at schema 0000" in shell.stdout


def test_a_store_that_there_is_not_is_an_error(shell):
    configure(shell, '[store]\nurl = "postgresql://localhost/laurels"\n')
    shell("check", status=2)
    assert "error: laurels.toml:12: [store].url: " in shell.stdout


def test_badges_that_are_new_changed_or_gone_are_noted(shell):
    shell.busy()
    shell.edit("2 = ", "1 = ")
    shell.edit("at = 2", "at = 3\nversion = 2")
    shell.edit("[kindness]", "[goodness]")
    cause = shell.cause("helper")
    prints = re.compile("#[0-9a-f]{8}")
    assert prints.sub("#...", shell("check")).splitlines() == [
        f"warning: {ONE}: its rule has changed, but its version is 1 as before: 1#... becomes 1#... (write version = 2)",
        "note: badges/rules.toml:5: [helper]: helper: goes from version 1#... to 2#...; on_change is 'keep'",
        "note: badges/rules.toml:15: [goodness]: goodness: is new: people win it at their next event (`laurels regrade goodness` for all)",
        "note: database: kindness: is no longer there and will be retired; 0 people hold it, and what is held stays",
        "0 errors, 1 warning: 5 badges, 1 community, 0 adapters",
    ]
    assert shell.cause("helper") == cause, "looking makes nothing known"


def test_the_difference_is_shown_before_it_is_applied_and_nothing_is_written(shell):
    shell.busy()
    before = shell.dump()
    whole = shell.rules.read_text()
    shell.edit('2 = "Bronze"', '2 = "Copper"')
    shell.edit("at = 2", "at = 3")
    shell.edit("[thumbs-up]", "[thumbs-down]")
    shell.edit('name = "Kindness"', 'name = "Being kind"')
    shell("check", "--json")
    changes = [(one["change"]["community"], one["change"]["difference"]) for one in json.loads(shell.stdout) if "change" in one]
    rule = re.compile("1#[0-9a-f]{8}")
    assert all(
        rule.fullmatch(its.pop(key)) for _, its in changes if its["kind"] in ("rule", "new") for key in ("before", "now") if its[key]
    )
    assert changes == [
        ("acme", {"badge": "chatterbox", "kind": "texts", "holders": 1, "before": 'Chatterbox ["Bronze","Silver"]',
                  "now": 'Chatterbox ["Copper","Silver"]'}),
        ("acme", {"badge": "helper", "kind": "rule", "holders": 1}),
        ("acme", {"badge": "kindness", "kind": "texts", "before": "Kindness", "now": "Being kind", "holders": 0}),
        ("acme", {"badge": "thumbs-down", "kind": "new", "before": "", "holders": 0}),
        ("acme", {"badge": "thumbs-up", "kind": "retires", "before": "", "now": "", "holders": 0}),
    ]  # fmt: skip
    assert shell.dump() == before
    shell.rules.write_text(whole.replace("[helper]", "[helper-two]").replace('"helper"]', '"helper-two"]'))
    assert "note: database: helper: is no longer there and will be retired; 1 person holds it, and what is held stays" in shell("check")
    shell.put()
    assert shell("check").startswith("0 errors, 0 warnings")
    assert [award["name"] for award in json.loads(shell("awards", "--badge", "helper", "--json"))] == ["Helper"], "who holds it keeps it"
    shell.rules.write_text(whole)
    assert "note: badges/rules.toml:5: [helper]: helper: comes back; 1 person holds it\n" in shell("check")
    shell.put(shell.event("thanks.given", "dan", 3, receiver="console:ana"))
    assert "retired" not in shell("check")
    assert len(shell.lines("awards", "--badge", "helper")) == 1


def test_a_badge_in_quarantine_is_a_warning(shell):
    cause = json.loads(shell("badges", "--json"))[1]["cause"]
    (shell.folder / "laurels.db.quarantine").write_text(json.dumps({cause: "held the event loop for 9.0 s"}))
    assert (
        "warning: badges/rules.toml:5: [helper]: helper: held the event loop for 9.0 s and is in quarantine "
        "(change it, or `laurels badges --release helper`)\n"
    ) in shell("check")  # fmt: skip


def test_an_adapter_has_what_it_remembers_where_there_is_a_database(shell, install):
    install("chat", "adapters", "chat = chat:Adapter", """
        import msgspec
        from laurels import Note
        class Adapter:
            Settings = msgspec.defstruct("Settings", [])
            name = "chat"
            state = None
            def __init__(self, settings): ...
            async def run(self, host): ...
            async def announce(self, announcement, earlier): ...
            def remember(self, state):
                self.state = state
            async def check(self, tenants):
                return [Note("chat", "", f"{await self.state.all('room:') if self.state else 'nothing yet'}")]
    """)  # fmt: skip
    configure(shell, "[adapters.chat]\n")
    assert "note: chat: nothing yet\n" in shell("check")
    shell.busy()
    with closing(sqlite3.connect(shell.folder / "laurels.db")) as database:
        database.execute("""INSERT INTO memory VALUES ('chat', 'room:1', '"red"'), ('other', 'room:2', '"blue"')""")
        database.commit()
    assert "note: chat: {'room:1': 'red'}\n" in shell("check")


def test_a_place_of_announcements_that_no_adapter_posts_to_is_named(shell):
    configuration = shell.folder / "laurels.toml"
    text = configuration.read_text().replace("[communities.acme]", '[communities.acme]\nannounce = ["consle:#x", "console:#y"]')
    configuration.write_text(text + "\n[adapters.console]\n")
    (line,) = [line for line in shell("check").splitlines() if "announce" in line]
    assert line.startswith("note: ") and line.endswith(
        "[communities.acme].announce: 'consle:#x': no adapter of 'consle' is configured (did you mean 'console'?)"
    )
