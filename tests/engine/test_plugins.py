import importlib
import sys
from textwrap import dedent

import pytest

from laurels import Badge, Count, EventType, Level, all_of, at_least
from laurels.loaded import Loaded, Sourced
from laurels.plugins import load_adapters, load_packs, qualify


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Put a real distribution on the path: its metadata with entry points, and its modules."""
    monkeypatch.syspath_prepend(str(tmp_path))
    before = set(sys.modules)

    def put(name, entry_points, files, version="1.0", group="laurels.badges", extras=()):
        info = tmp_path / f"{name.replace('-', '_')}-{version}.dist-info"
        info.mkdir()
        provided = "".join(f"Provides-Extra: {extra}\n" for extra in extras)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{provided}")
        (info / "entry_points.txt").write_text(f"[{group}]\n" + "\n".join(entry_points) + "\n")
        for file, content in files.items():
            path = tmp_path / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(content))
        importlib.invalidate_caches()
        return tmp_path

    yield put
    for module in set(sys.modules) - before:
        del sys.modules[module]


def loaded(*names):
    """What is loaded of the entry points called *names*; others may be installed here."""
    return load_packs(names)


def slugs(result):
    return [sourced.badge.slug for sourced in result.badges]


def faults(result):
    return [str(problem) for problem in result.problems]


def test_a_module_gives_its_classes_instances_types_and_rule_files(install):
    folder = install(
        "Acme.Badges",
        ["t-community = acme_badges"],
        {
            "acme_badges/__init__.py": """
                from laurels import Badge, Count, EventType, Level
                from .more import Imported

                api = 1
                rules = ("badges.toml",)
                POINTS = EventType("points.awarded", points=int)
                types = [EventType("quiz.won")]

                class Base(Badge):
                    emoji = "x"

                class _Hidden(Badge):
                    slug = "hidden"

                class Second(Base):
                    slug = "second"

                made = Badge(slug="made", measure=Count("push"), levels=(Level("A", 1),))
                alias = made
                _private = Badge(slug="private")
            """,
            "acme_badges/more.py": """
                from laurels import Badge

                class Imported(Badge):
                    slug = "imported"
            """,
            "acme_badges/badges.toml": "[from-toml]\nname = 'T'\n",
        },
    )
    result = loaded("t-community")
    assert faults(result) == []
    assert [(sourced.badge.slug, sourced.origin, sourced.distribution, sourced.release, sourced.folder) for sourced in result.badges] == [
        ("imported", "acme_badges.more.Imported", "acme-badges", "1.0", folder / "acme_badges"),
        ("second", "acme_badges.Second", "acme-badges", "1.0", folder / "acme_badges"),
        ("made", "acme_badges.made", "acme-badges", "1.0", folder / "acme_badges"),
        ("from-toml", f"{folder}/acme_badges/badges.toml", "acme-badges", "1.0", folder / "acme_badges"),
    ]
    assert [type.name for type in result.types] == ["points.awarded", "quiz.won"]


def test_an_entry_point_may_name_a_class_or_an_instance(install):
    content = "from laurels import Badge\nclass One(Badge):\n    slug = 'one'\ntwo = Badge(slug='two')\n"
    install("one", ["t-one = one_mod:One", "t-two = one_mod:two"], {"one_mod.py": content})
    result = loaded("t-one", "t-two")
    assert [(sourced.badge.slug, sourced.origin) for sourced in result.badges] == [("one", "one_mod.One"), ("two", "one_mod.two")]


def test_a_badge_of_another_pack_is_a_base_and_not_ones_own(install):
    install("aaa", ["t-aaa = aaa_mod"], {"aaa_mod.py": "from laurels import Badge\nclass A(Badge):\n    slug = 'a'\n"})
    install("bbb", ["t-bbb = bbb_mod"], {"bbb_mod.py": "from aaa_mod import A\nclass B(A):\n    slug = 'b'\n"})
    assert slugs(loaded("t-*")) == ["a", "b"]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("import no_such_module", "can't be imported: ModuleNotFoundError: No module named 'no_such_module' [{file}:1]"),
        ("def broken(:", "can't be imported: SyntaxError: invalid syntax (broken_mod.py, line 1)"),
        ("x = 1\nraise SystemExit(3)", "can't be imported: SystemExit: 3 [{file}:2]"),
        ("class Odd(BaseException): pass\nraise Odd", "can't be imported: Odd [{file}:2]"),
        ("api = 2", "is written for api 2, this is api 1 (another version of one of the two is needed)"),
        ("rules = 3", "rules = 3 names no files (write rules = ('badges.toml',))"),
    ],
)
def test_a_broken_pack_is_named_with_its_error_and_the_others_load(install, content, fault):
    folder = install("broken", ["t-broken = broken_mod"], {"broken_mod.py": content}, version="2.1")
    install("fine", ["t-fine = fine_mod"], {"fine_mod.py": "from laurels import Badge\nclass F(Badge):\n    slug = 'f'\n"})
    result = loaded("t-*")
    assert slugs(result) == ["f"]
    assert faults(result) == [f"broken 2.1: entry point t-broken = broken_mod: {fault.format(file=folder / 'broken_mod.py')}"]


def test_an_extra_of_the_plugins_name_is_what_installs_what_it_lacks(install):
    folder = install("big", ["t-small = big_mod"], {"big_mod.py": "import no_such_module"}, extras=("t-small", "other"))
    (fault,) = faults(loaded("t-small"))
    assert fault == (
        "big 1.0: entry point t-small = big_mod: can't be imported: "
        f"ModuleNotFoundError: No module named 'no_such_module' [{folder / 'big_mod.py'}:1] (pip install 'big[t-small]')"
    )


def test_ctrl_c_during_an_import_gets_through(install):
    install("stopped", ["t-stopped = stopped_mod"], {"stopped_mod.py": "raise KeyboardInterrupt"})
    with pytest.raises(KeyboardInterrupt):
        loaded("t-stopped")


def test_a_class_that_cannot_be_made_costs_only_itself(install):
    content = """
        from laurels import Badge

        class Raises(Badge):
            slug = "raises"

            def __init__(self):
                raise RuntimeError("no database")

        class Leaves(Badge):
            slug = "leaves"

            def __init__(self):
                raise SystemExit

        class FirstMerge(Badge):
            pass

        class Number(Badge):
            slug = 3

        class Fine(Badge):
            slug = "fine"
    """
    folder = install("partly", ["t-partly = partly_mod"], {"partly_mod.py": content})
    result = loaded("t-partly")
    assert slugs(result) == ["fine"]
    assert faults(result) == [
        f"partly_mod.Raises: can't be made: RuntimeError: no database [{folder}/partly_mod.py:8] (a badge is made without arguments)",
        f"partly_mod.Leaves: can't be made: SystemExit [{folder}/partly_mod.py:14] (a badge is made without arguments)",
        "partly_mod.FirstMerge: slug: is missing (write slug = 'first-merge', or call a base class _FirstMerge)",
        "partly_mod.Number: slug: 3 is no slug (a text, like 'first-merge')",
    ]


def test_what_is_no_pack_is_named(install):
    install("odd", ["t-odd = odd_mod:thing", "t-gone = odd_mod:gone"], {"odd_mod.py": "thing = 3"})
    assert faults(loaded("t-odd")) == [
        "odd 1.0: entry point t-odd = odd_mod:thing: names a int (a pack is a module, a Badge class or a Badge)"
    ]
    assert "has no attribute 'gone'" in faults(loaded("t-gone"))[0]


def test_only_selected_packs_are_imported_and_a_wrong_name_is_a_problem(install):
    install("one", ["t-one = sel_one", "t-two = sel_two"], {"sel_one.py": "", "sel_two.py": "raise SystemExit"})
    result = loaded("t-one", "t-tow")
    assert "sel_two" not in sys.modules
    assert faults(result)[0].startswith("[badges].packs: no entry point 't-tow' in laurels.badges (did you mean 't-two'")


def badge(slug, distribution, **attributes):
    return Sourced(Badge(slug=slug, **attributes), f"{distribution}.{slug}", distribution)


def test_a_slug_that_two_distributions_claim_is_qualified_for_the_later():
    first = Loaded((badge("reviewer", "laurels"),))
    meta = badge("meta", "acme", requires=all_of("reviewer@2", at_least(1, of=("reviewer", "other"))))
    other = badge("meta2", "other", requires="reviewer")
    result = qualify(first, Loaded((badge("reviewer", "acme", name="R"), meta)), Loaded((other,)))
    assert slugs(result) == ["reviewer", "acme:reviewer", "meta", "meta2"]
    assert [sourced.badge.requires for sourced in result.badges[2:]] == [
        all_of("acme:reviewer@2", at_least(1, of=("acme:reviewer", "other"))),
        "reviewer",
    ]
    assert faults(result) == ["acme.reviewer: slug: 'reviewer' is laurels's already (it is used as 'acme:reviewer')"]


def test_a_slug_twice_in_one_distribution_is_the_first_ones():
    first, again = badge("a", "acme", name="First"), badge("a", "acme", name="Again")
    result = qualify(Loaded((first,)), Loaded((again,)))
    assert [sourced.badge.name for sourced in result.badges] == ["First"]
    assert faults(result) == ["acme.a: slug: 'a' is in acme.a already (that one is used; a badge needs a slug of its own)"]


def test_a_qualified_slug_is_claimed_once_too():
    result = qualify(Loaded((badge("a", "x"), badge("a", "y"), badge("a", "y"))))
    assert slugs(result) == ["a", "y:a"]
    assert len(result.problems) == 2


def test_problems_and_types_are_kept_when_sources_are_put_together():
    kind = EventType("quiz.won")
    result = qualify(Loaded(types=(kind,)), Loaded((badge("a", "x", measure=Count("push"), levels=(Level(at=1),)),)))
    assert (result.types, slugs(result)) == ((kind,), ["a"])


ADAPTER = """
    import msgspec
    from laurels import EventType

    class Settings(msgspec.Struct):
        token: str = ""

    class Chat:
        name = "t-chat"
        Settings = Settings
        types = (EventType("chat.waved"),)

        def __init__(self, settings):
            self.settings = settings

    class Bare:
        name = "t-bare"

    number = 3

    class Newer(Chat):
        api = 7
"""


def test_adapters_are_found_by_name_with_their_settings(install):
    points = ["t-chat = chat_mod:Chat", "t-bare = chat_mod:Bare", "t-number = chat_mod:number", "t-newer = chat_mod:Newer"]
    install("chat-adapter", points, {"chat_mod.py": ADAPTER}, group="laurels.adapters")
    found, problems = load_adapters(frozenset({"t-chat", "t-bare", "t-number", "t-newer"}))
    assert list(found) == ["t-chat"]
    plugin = found["t-chat"]
    assert (plugin.name, plugin.distribution, plugin.settings_type.__name__) == ("t-chat", "chat-adapter", "Settings")
    assert [type.name for type in plugin.types] == ["chat.waved"]
    assert plugin.factory(plugin.settings_type("x")).settings.token == "x"
    assert [str(problem) for problem in problems] == [
        (
            "chat-adapter 1.0: entry point t-bare = chat_mod:Bare: has no settings "
            "(set Settings to a msgspec.Struct, with no fields if it takes none)"
        ),
        (
            "chat-adapter 1.0: entry point t-newer = chat_mod:Newer: is written for api 7, this is api 1 "
            "(another version of one of the two is needed)"
        ),
        "chat-adapter 1.0: entry point t-number = chat_mod:number: names a int (an adapter is a class or function that makes it)",
    ]


def test_an_adapter_that_is_not_wanted_is_not_imported(install):
    install("unwanted", ["t-unwanted = unwanted_mod:X"], {"unwanted_mod.py": "raise SystemExit"}, group="laurels.adapters")
    assert load_adapters(frozenset()) == ({}, ())


def test_the_first_of_two_adapters_with_one_name_is_used(install):
    install("aaa-chat", ["t-chat = chat_a:Chat"], {"chat_a.py": ADAPTER}, group="laurels.adapters")
    install("bbb-chat", ["t-chat = chat_b:Chat"], {"chat_b.py": ADAPTER}, group="laurels.adapters")
    found, problems = load_adapters(frozenset({"t-chat"}))
    assert found["t-chat"].distribution == "aaa-chat"
    assert [str(problem) for problem in problems] == [
        "bbb-chat 1.0: entry point t-chat = chat_b:Chat: aaa-chat has an adapter of this name (that one is used)"
    ]
