"""``[packs.NAME]``: settings reach the pack that takes them; what is wrong with them costs only what they make."""

import json

PACK = """
    import msgspec
    from laurels import Badge, Check, Count, Grant, Level

    class Settings(msgspec.Struct):
        goal: int
        word: str = "hi"

    class _Loud(Badge):
        slug = "loud"
        events = ("message.posted",)

        def __init__(self, settings: Settings) -> None:
            super().__init__()
            self._length = len(settings.word)

        def award(self, check: Check):
            return Grant() if check.event.data["length"] == self._length else None

    fixed = Badge(slug="fixed")

    def badges(settings: Settings):
        yield Badge(slug="goal", measure=Count("message.posted"), levels=(Level(at=settings.goal),))
        yield _Loud(settings)
"""


def configure(shell, text):
    (shell.folder / "laurels.toml").write_text(
        f'[badges]\npacks = ["acme"]\nfiles = []\n[communities.acme]\nrealms = {{ console = ["*"] }}\n{text}'
    )


def listed(shell):
    return {badge["badge"]: badge for badge in json.loads(shell("badges", "--json"))}


def test_badges_are_made_from_the_settings_of_the_configuration(shell, install):
    install("acme", "badges", "acme = acme", PACK)
    configure(shell, "[packs.acme]\ngoal = 3\n")
    found = listed(shell)
    assert found["goal"]["levels"] == [{"level": 1, "name": "", "at": 3.0}]
    assert {slug: badge["distribution"] for slug, badge in found.items()} == {"fixed": "acme", "goal": "acme", "loud": "acme"}
    cause = found["goal"]["cause"]
    configure(shell, "[packs.acme]\ngoal = 4\n")
    assert listed(shell)["goal"]["cause"] != cause, "a threshold is part of the rule, wherever it comes from"


def test_secrets_are_looked_up_for_packs_too(shell, install, monkeypatch):
    install("acme", "badges", "acme = acme", PACK)
    configure(shell, '[packs.acme]\ngoal = 3\nword = "env:ACME_WORD"\n')
    monkeypatch.delenv("ACME_WORD", raising=False)
    assert "laurels.toml:8: [packs.acme].word: the environment variable ACME_WORD is not set" in shell("badges")
    monkeypatch.setenv("ACME_WORD", "hello")
    assert "left out" not in shell("badges")


def test_what_is_wrong_in_them_leaves_out_only_what_they_make(shell, install):
    install("acme", "badges", "acme = acme", PACK)
    for text, said in (
        ("", "configuration: [packs.acme].goal: is missing"),
        ("[packs.acme]\ngaol = 3\n", "laurels.toml:7: [packs.acme].gaol: no such key (did you mean 'goal'?)"),
        ("[packs.acme]\ngoal = true\n", "laurels.toml:7: [packs.acme].goal: expected a whole number, got true"),
        ("[packs.acme]\ngoal = 0\n", "acme.badges[0]: levels: level 1: 0 is no threshold"),
        (
            "[packs.acme]\ngoal = 3\n[packs.amce]\n",
            "laurels.toml:8: [packs.amce]: no pack of this name takes settings (did you mean 'acme'?)",
        ),
    ):
        configure(shell, text)
        shell("check", status=2)
        assert said.removeprefix("configuration: ") in shell.stdout
        assert "fixed" in shell("badges")


def test_a_pack_whose_function_fails_or_is_missing_is_named(shell, install):
    install("acme", "badges", "acme = acme", """
        import msgspec
        from laurels import Badge
        class Settings(msgspec.Struct):
            goal: int = 1
        fixed = Badge(slug="fixed")
        def badges(settings):
            return [Badge(slug="a"), "b"] if settings.goal == 1 else 1 / 0
    """)  # fmt: skip
    configure(shell, "")
    assert "entry point acme = acme: badges[1] is 'b' (badges that are made, like Badge(slug='kind'))" in shell("badges")
    assert set(listed(shell)) == {"a", "fixed"}
    configure(shell, "[packs.acme]\ngoal = 0\n")
    assert "badges(settings) failed: ZeroDivisionError: division by zero" in shell("badges")
    assert set(listed(shell)) == {"fixed"}


def test_settings_that_nothing_takes_are_named(shell, install):
    install("acme", "badges", "acme = acme", "import msgspec\nclass Settings(msgspec.Struct):\n    goal: int = 1\n")
    configure(shell, "")
    assert "has Settings that nothing takes (write def badges(settings), which gives badges)" in shell("badges")
