"""What an adapter may ask."""

from pathlib import Path

import pytest

from laurels import ADMIN, Account, Actor, Badge
from laurels.app import App
from laurels.config import load
from laurels.loaded import Loaded
from laurels.testing import World

ROLES = """
[communities.home]
[communities.home.roles]
awarders = ["fake:role:Judges"]
"""


async def test_who_may_award_is_known_before_it_is_offered(tmp_path: Path) -> None:
    async with World(tmp_path, Badge(slug="kind"), configuration=ROLES) as world:
        host, ana = world.app.host("chat"), Account("fake", "1", name="Ana")
        assert host.may_award(Actor(ana, ("role:Judges",)), "1", "kind")
        assert host.may_award(Actor(ana, (ADMIN,)), "1", "kind")
        assert not host.may_award(Actor(ana, ("role:Guests",)), "1", "kind")


GERMAN = """
[store]
url = "sqlite:///{folder}/laurels.db"
[badges]
files = []
[communities.heim]
realms.fake = ["1"]
language = "de"
"""


async def test_what_an_adapter_says_by_itself_is_in_the_communitys_language(tmp_path: Path) -> None:
    (tmp_path / "laurels.toml").write_text(GERMAN.format(folder=tmp_path))
    async with App(load(tmp_path / "laurels.toml"), Loaded(())) as app:
        host = app.host("chat")
        assert host.say("common.yes", "fake", "1", "en") == "ja"
        assert host.say("common.yes", "fake", "2", "de-AT") == "ja"
        assert host.say("common.yes", "fake", "2", "fr") == host.say("common.yes", "fake", "2") == "yes"
        with pytest.raises(KeyError):
            host.say("common.nothing", "fake", "1")
