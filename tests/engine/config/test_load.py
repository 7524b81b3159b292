from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest

from laurels import Account, Badge, ConfigError, Count, LaurelsError, Level
from laurels.config import CommunityConfig, Listen, Override, adapter_settings, load, overridden, pack_settings

FULL = """
language = "de"
[store]
url = "postgresql://laurels@db/laurels"
[http]
listen = "[::]:0"
public_url = "https://badges.example.org/"
[badges]
packs = ["starter"]
files = ["rules.toml"]
[announcer.templates]
won = "{{ person }} won"
[adapters.chat]
token = "env:NOT_LOOKED_UP_YET"
[packs.acme]
weight = 3
[communities.acme]
discord.guilds = [123, "456"]
slack.teams = ["T1"]
github.owners = ["Acme"]
realms.mattermost = ["team"]
timezone = "Europe/Berlin"
mode = "shadow"
announce = ["discord:#badges"]
language = "pt-BR"
keep_text = true
disabled = ["first-steps"]
people = { ana = ["console:ana", "github:1"] }
[communities.acme.badges.reviewer]
name = "Critic"
levels = [5, 20.5]
points = 3
[communities.acme.badges.regular]
enabled = false
[communities.other]
github.owners = ["*"]
"""


@pytest.fixture
def write(tmp_path):
    def put(text):
        path = tmp_path / "laurels.toml"
        path.write_text(text)
        return path

    return put


def faults(path, **more):
    with pytest.raises(ConfigError) as raised:
        load(path, **more)
    return [str(problem).replace(f"{path}", "laurels.toml") for problem in raised.value.problems]


def test_without_a_file_everything_has_its_default(tmp_path):
    config = load(tmp_path / "laurels.toml")
    assert (config.language, config.store.url, config.http.listen, config.http.public_url) == (
        "en", "sqlite:///laurels.db", Listen("127.0.0.1", 8080), "",
    )  # fmt: skip
    assert (config.badges.packs, config.badges.files, config.adapters, config.packs) == (("*",), ("badges/*.toml",), {}, {})
    assert list(config.communities) == ["default"]
    assert config.communities["default"].mode is None
    assert config.folder == tmp_path
    assert load().folder == Path()


def test_every_setting_is_read(write):
    config = load(write(FULL))
    assert config.language == "de"
    assert config.store.url == "postgresql://laurels@db/laurels"
    assert config.http.listen == ("::", 0)
    assert config.http.public_url == "https://badges.example.org"
    assert (config.badges.packs, config.badges.files) == (("starter",), ("rules.toml",))
    assert config.announcer.templates == {"won": "{{ person }} won"}
    assert config.adapters == {"chat": {"token": "env:NOT_LOOKED_UP_YET"}}
    assert config.packs == {"acme": {"weight": 3}}
    assert config.communities["acme"] == CommunityConfig(
        name="acme",
        realms={"mattermost": ("team",), "discord": ("123", "456"), "slack": ("T1",), "github": ("Acme",)},
        timezone=ZoneInfo("Europe/Berlin"),
        mode="shadow",
        announce=("discord:#badges",),
        language="pt-BR",
        keep_text=True,
        overrides={"reviewer": Override(name="Critic", levels=(5.0, 20.5), points=3), "regular": Override(enabled=False)},
        disabled=frozenset({"first-steps", "regular"}),
        people={"ana": (Account("console", "ana"), Account("github", "1"))},
    )
    assert config.communities["other"].language == "de"


def test_a_realm_belongs_to_the_community_that_names_it(write):
    config = load(write(FULL))
    asked = [("discord", "123"), ("github", "ACME"), ("github", "someone"), ("slack", "T2"), ("console", "")]
    assert [config.community_of(*realm) for realm in asked] == ["acme", "acme", "other", None, None]


def test_the_only_community_there_is_by_default_takes_everything():
    assert [load().community_of("github", "anyone"), load().community_of("console", "")] == ["default", "default"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("languages = 'en'", "laurels.toml:1: languages: no such key (did you mean 'language' or 'badges'?)"),
        ("language = 3", "laurels.toml:1: language: expected a text, got 3"),
        ("language = 'English please'", "laurels.toml:1: language: 'English please' is no language (like 'en' or 'pt-BR')"),
        ("store = 3", "laurels.toml:1: store: expected a table, got 3"),
        ("[store]\nurl = 'mysql://x'", "laurels.toml:2: [store].url: 'mysql' is no store (sqlite:///laurels.db, or postgresql://user@host/database)"),
        ("[store]\nurl = 'postgres://x'", "laurels.toml:2: [store].url: 'postgres' is no store (sqlite:///laurels.db, or postgresql://user@host/database)"),
        ("[store]\nurl = 'sqlite://x.db'",
         "laurels.toml:2: [store].url: SQLite has no host (three slashes, then the file: sqlite:///laurels.db)"),
        ("[http]\nlisten = '8080'",
         "laurels.toml:2: [http].listen: '8080' is no address to listen at (host:port, like 127.0.0.1:8080 or [::]:8080)"),
        ("[http]\nlisten = 'a:99999'",
         "laurels.toml:2: [http].listen: 'a:99999' is no address to listen at (host:port, like 127.0.0.1:8080 or [::]:8080)"),
        ("[http]\npublic_url = 'ftp://x'",
         "laurels.toml:2: [http].public_url: 'ftp://x' is no address in the web (like https://badges.example.org)"),
        ("[http]\npublic_url = 'http://[x'", "laurels.toml:2: [http].public_url: 'http://[x' is no URL: Invalid IPv6 URL"),
        ("[badges]\npacks = '*'", "laurels.toml:2: [badges].packs: expected a list of texts, got \"*\""),
        ("[announcer.templates]\nwon = '{{'",
         "laurels.toml:2: [announcer.templates].won: no Jinja2 template: unexpected 'end of template'"),
        ("[adapters]\nchat = 3", "laurels.toml:2: [adapters].chat: expected a table, got 3"),
        ("[communities.acme]\ntimezone = 'Europe/Berln'",
         "laurels.toml:2: [communities.acme].timezone: no time zone 'Europe/Berln' (did you mean 'Europe/Berlin' or 'Europe/Belfast'?)"),
        ("[communities.acme]\nmode = 'on'", "laurels.toml:2: [communities.acme].mode: expected 'shadow', 'quiet' or 'live', got \"on\""),
        ("[communities.acme]\nkeep_text = 1", "laurels.toml:2: [communities.acme].keep_text: expected true or false, got 1"),
        ("[communities.acme]\nannounce = ['#badges']",
         "laurels.toml:2: [communities.acme].announce: '#badges' is no place (platform:channel, like 'discord:#badges')"),
        ("[communities.acme]\ndiscord.guild = [1]",
         "laurels.toml:2: [communities.acme.discord].guild: no such key (did you mean 'guilds'?)"),
        ("[communities.acme]\ngithub.owners = 'acme'",
         "laurels.toml:2: [communities.acme.github].owners: expected a list of texts or whole numbers, got \"acme\""),
        ("[communities.acme]\nrealms.github = ['acme']",
         "laurels.toml:2: [communities.acme.realms].github: has a key of its own (write github.owners = [...])"),
        ("[communities.'A b']", ("laurels.toml:1: [communities].A b: 'A b' is no name for a community "
                                "(small letters, digits, - and _: it is part of web addresses)")),
        ("[communities.acme]\npeople.ana = ['ana']",
         "laurels.toml:2: [communities.acme.people].ana: 'ana' is no account (write platform:id or platform:realm/id)"),
        ("[communities.acme.people]\nana = ['github:1']\nbob = ['github:1']",
         "laurels.toml:3: [communities.acme.people].bob: 'github:1' is ana's already (an account belongs to one person)"),
        ("[communities.acme.badges.reviewer]\nnmae = 'x'",
         "laurels.toml:2: [communities.acme.badges.reviewer].nmae: no such key (did you mean 'name' or 'image'?)"),
        ("[communities.acme.badges.reviewer]\nlevels = [true]",
         "laurels.toml:2: [communities.acme.badges.reviewer].levels: expected a list of numbers, got [true]"),
        ("[communities.a]\ngithub.owners = ['Acme']\n[communities.b]\ngithub.owners = ['acme']",
         "laurels.toml:4: [communities.b.github].owners: 'acme' belongs to the community 'a' already (a realm is in one community)"),
        ("[communities.a]\nrealms.irc = ['x']\n[communities.b]\nrealms.irc = ['x']",
         "laurels.toml:4: [communities.b.realms].irc: 'x' belongs to the community 'a' already (a realm is in one community)"),
        ("[store\nurl = 'x'", "laurels.toml:1: no TOML: Expected ']' at the end of a table declaration"),
    ],
)  # fmt: skip
def test_a_fault_names_line_key_and_what_is_right(write, text, fault):
    assert faults(write(text)) == [fault]


@pytest.mark.parametrize("zone", ["Europe", "../etc/passwd", "", "Nowhere"])
def test_what_is_no_time_zone_is_refused_and_never_raises(write, zone):
    assert f"no time zone {zone!r}" in faults(write(f"[communities.acme]\ntimezone = '{zone}'"))[0]


def test_all_faults_are_found_in_one_run(write):
    assert len(faults(write("languag = 1\n[http]\nlisten = 3\n[badges]\nfile = []\n[communities.a]\nmode = 1\ntimezone = 'x'"))) == 5


def test_a_secret_of_the_store_is_looked_up_when_the_file_is_read(write, monkeypatch):
    path = write("[store]\nurl = 'env:LAURELS_STORE'")
    monkeypatch.setenv("LAURELS_STORE", "sqlite:///x.db")
    assert load(path).store.url == "sqlite:///x.db"
    monkeypatch.setenv("LAURELS_STORE", "")
    hint = "(export LAURELS_STORE=... before starting, or write the value here)"
    assert faults(path)[0] == f"laurels.toml:2: [store].url: the environment variable LAURELS_STORE is empty {hint}"
    monkeypatch.delenv("LAURELS_STORE")
    assert faults(path)[0] == f"laurels.toml:2: [store].url: the environment variable LAURELS_STORE is not set {hint}"


def test_a_file_that_was_asked_for_has_to_be_there_and_readable(tmp_path, write):
    assert faults(tmp_path / "gone.toml", required=True) == ["laurels.toml: can't be read: No such file or directory"]
    path = write("")
    path.write_bytes(b"\xff")
    assert faults(path) == ["laurels.toml: can't be read: not UTF-8"]


class Inner(msgspec.Struct):
    seconds: int = 1


class Settings(msgspec.Struct):
    token: str
    secrets: str | tuple[str, ...] = ()
    poll: Inner = msgspec.field(default_factory=Inner)

    def __post_init__(self):
        if self.token == "bad":
            raise ValueError("token: 'bad' is no token")


class Plugin:
    name = "chat"
    settings_type = Settings


def test_adapter_settings_are_decoded_with_their_secrets(write, monkeypatch):
    monkeypatch.setenv("CHAT_TOKEN", "t0ken")
    monkeypatch.setenv("OLD", "old")
    path = write("[adapters.chat]\ntoken = 'env:CHAT_TOKEN'\nsecrets = ['env:OLD', 'plain']\npoll = { seconds = 5 }")
    assert adapter_settings(load(path), Plugin()) == Settings("t0ken", ("old", "plain"), Inner(5))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tokn = 'x'", ["2: [adapters.chat].tokn: no such key (did you mean 'token'?)", "1: [adapters.chat].token: is missing"]),
        ("token = 'x'\nsecrets = true\npoll.second = 2", [
            "3: [adapters.chat].secrets: expected a text or a list of texts, got true",
            "4: [adapters.chat.poll].second: no such key (did you mean 'seconds'?)",
        ]),
        ("token = 'env:NOT_THERE'", [
            ("2: [adapters.chat].token: the environment variable NOT_THERE is not set "
            "(export NOT_THERE=... before starting, or write the value here)"),
        ]),
        ("token = 'bad'", ["2: [adapters.chat].token: 'bad' is no token"]),
    ],
)  # fmt: skip
def test_adapter_settings_are_refused_with_every_fault(write, text, expected):
    path = write(f"[adapters.chat]\n{text}")
    with pytest.raises(ConfigError) as raised:
        adapter_settings(load(path), Plugin())
    assert [str(problem).removeprefix(f"{path}:") for problem in raised.value.problems] == expected


def test_a_value_from_the_environment_is_never_shown(write, monkeypatch):
    monkeypatch.setenv("SECRET", "s3cret")
    path = write("[adapters.chat]\ntoken = 'x'\npoll.seconds = 'env:SECRET'")
    with pytest.raises(ConfigError) as raised:
        adapter_settings(load(path), Plugin())
    fault = "3: [adapters.chat.poll].seconds: expected a whole number, got something else from the environment"
    assert str(raised.value) == f"{path}:{fault}"


def test_pack_settings_are_decoded_likewise(write):
    config = load(write("[packs.acme]\nseconds = 7"))
    assert pack_settings(config, "acme", Inner) == Inner(7)
    assert pack_settings(config, "none", Inner) == Inner(1)


def test_an_override_changes_a_copy():
    badge = Badge(slug="x", name="X", measure=Count("push"), levels=(Level("A", 10), Level("B", 20)))
    changed = overridden(badge, Override(name="Y", levels=(1, 2), hidden=True))
    assert (changed.name, changed.levels, changed.hidden) == ("Y", (Level("A", 1), Level("B", 2)), True)
    assert (badge.name, badge.levels[0].at) == ("X", 10)
    assert overridden(badge, Override()) is badge


def test_an_override_has_to_go_with_the_levels():
    badge = Badge(slug="x", measure=Count("push"), levels=(Level("A", 10), Level("B", 20)))
    with pytest.raises(LaurelsError, match=r"^'x' has 2 levels, and the override 1 thresholds$"):
        overridden(badge, Override(levels=(1,)))
    with pytest.raises(LaurelsError, match=r"^'y' has no thresholds that could be changed$"):
        overridden(Badge(slug="y"), Override(levels=(1,)))
