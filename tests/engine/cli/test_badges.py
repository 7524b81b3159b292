import json

LISTED = """\
chatterbox	Chatterbox	message.posted	Bronze 2, Silver 4	local	badges/rules.toml
helper	Helper	distinct actor in thanks.given, for receiver	2	local	badges/rules.toml
chatty-helper	Chatty helper	all of (chatterbox@2, helper)	one level	local	badges/rules.toml
kindness	Kindness	given by people	one level	local	badges/rules.toml
thumbs-up	Thumbs up	given by people	one level, again and again	local	badges/rules.toml
"""


def test_every_badge_is_listed_on_a_line_with_where_it_comes_from(shell):
    assert shell("badges") == LISTED


def test_what_was_left_out_comes_after_the_badges(shell):
    with shell.rules.open("a") as file:
        file.write('[bad]\non = "mesage.posted"\nat = 1\n')
    assert shell("badges") == LISTED + (
        "left out: badges/rules.toml:20: [bad].on: nothing declares the event type 'mesage.posted' (did you mean 'message.posted'?)\n"
    )


def test_a_pack_is_named_with_its_distribution_and_a_broken_one_with_its_error(shell, install):
    install("acme", "badges", "acme = acme", """
        from laurels import Badge
        class Solver(Badge):
            slug = "solver"
            events = ("discussion.answered",)
            requires = "helper"
            def award(self, check): return None
    """)  # fmt: skip
    install("broken", "badges", "broken = broken", "import nothing_of_this_name")
    (shell.folder / "laurels.toml").write_text('[badges]\npacks = ["acme", "broken"]\n')
    *listed, last = shell("badges").splitlines()
    assert "solver\tSolver\tcode, on discussion.answered, while holding helper\tone level\tacme 1.0\tacme.Solver" in listed
    assert last.startswith("left out: broken 1.0: entry point broken = broken: can't be imported: ModuleNotFoundError: No module named")


def test_scripts_get_json(shell):
    badges = json.loads(shell("badges", "--json"))
    assert badges[0] == {
        "badge": "chatterbox",
        "name": "Chatterbox",
        "description": "",
        "kind": "measured",
        "rule": "message.posted",
        "levels": [{"level": 1, "name": "Bronze", "at": 2.0}, {"level": 2, "name": "Silver", "at": 4.0}],
        "distribution": "local",
        "release": "",
        "origin": "badges/rules.toml",
        "cause": badges[0]["cause"],
        "community": "acme",
    }


def test_with_several_communities_each_line_names_one(shell):
    with (shell.folder / "laurels.toml").open("a") as file:
        file.write("[communities.other]\nrealms = { console = ['o'] }\ndisabled = ['helper']\n")
    assert [row[-1] for row in shell.lines("badges") if row[0] == "helper"] == ["acme"]
    *badges, left_out = shell("badges", "--community", "other").splitlines()
    assert [line.partition("\t")[0] for line in badges] == ["chatterbox", "kindness", "thumbs-up"]
    assert "'helper'" in left_out


def test_a_name_can_not_command_the_terminal(shell):
    shell.edit('name = "Kindness"', 'name = "Kind\\u001b[2J"')
    assert "\x1b" not in shell("badges")


def test_a_badge_is_let_out_of_quarantine(shell):
    cause = json.loads(shell("badges", "--json"))[1]["cause"]
    (shell.folder / "laurels.db.quarantine").write_text(json.dumps({cause: "held the event loop for 9.0 s"}))
    assert "left out: badges/rules.toml: helper: held the event loop and is in quarantine" in shell("badges")
    assert shell("badges", "--release", "helpr", status=2) == (
        "laurels: no quarantined badge 'helpr'; did you mean 'helper'? In quarantine: helper\n"
    )
    assert shell("badges", "--release", "helper") == "helper is out of quarantine; a running laurels takes it in when it is started again\n"
    assert shell("badges") == LISTED
    assert shell("badges", "--release", "helper", status=2) == "laurels: 'helper' is not in quarantine; no badge is\n"
