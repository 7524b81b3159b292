"""A third party's pack and adapter, built and installed into an environment that has nothing else, and seen to work there."""

import asyncio
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import venv
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import ClientConnectionError, ClientSession

from laurels.scaffold import create_badge_pack

ROOT = Path(__file__).parents[2]
EXAMPLES = (ROOT / "examples/acme-badges", ROOT / "examples/acme-adapter")
PACK = "fresh-badges"

pytestmark = pytest.mark.timeout(400)

CONFIGURATION = """
[http]
listen = "127.0.0.1:{port}"
[adapters.acme_feed]
token = "env:ACME_TOKEN"
outbox = "announcements.jsonl"
[communities.acme]
realms.acme = ["*"]
mode = "live"
"""

KATAS = ("fizzbuzz", "bowling", "tennis")


class Installation:
    """A clean virtual environment with laurels, both examples and a pack fresh from the templates, none of them editable."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV", "COV_"))}
        self.environment |= {"ACME_TOKEN": "s3cret", "NO_COLOR": "1", "COLUMNS": "200"}

    def command(self, name: str) -> str:
        return str(self.folder / ("Scripts" if sys.platform == "win32" else "bin") / name)

    def run(self, name: str, *arguments: str | Path, cwd: Path) -> str:
        command = [self.command(name), *map(str, arguments)]
        outcome = subprocess.run(command, cwd=cwd, env=self.environment, capture_output=True, text=True, timeout=300, check=False)
        assert outcome.returncode == 0, outcome.stdout + outcome.stderr
        return outcome.stdout


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("clean")
    create_badge_pack(PACK, folder / PACK)
    venv.create(folder / "venv")
    made = Installation(folder / "venv")
    requirements = [str(ROOT), *(f"{example}[dev]" for example in EXAMPLES), f"{folder / PACK}[dev]"]
    pip = [sys.executable, "-m", "pip", "--python", made.command("python"), "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--no-compile", *requirements], cwd=folder, env=made.environment, timeout=300, check=True)
    yield made
    shutil.rmtree(folder)


EXTRAS = ("discord", "slack")
LOOK = f"""
from importlib.metadata import entry_points
for group in ("laurels.adapters", "laurels.badges", "laurels.cli"):
    print(group, *sorted(point.name for point in entry_points(group=group) if point.name in {EXTRAS} or point.load()))
"""


def test_all_that_laurels_itself_brings_is_in_its_wheel(installation: Installation, tmp_path: Path) -> None:
    """And needs nothing that only those who work on it have, or who asked for Discord or Slack too."""
    adapters, badges, _ = (set(line.split()) for line in installation.run("python", "-c", LOOK, cwd=tmp_path).splitlines())
    assert adapters >= {"console", "github_webhooks", *EXTRAS}
    assert badges >= {"starter"}


def test_what_an_adapter_lacks_is_named_with_the_extra_that_installs_it(installation: Installation, tmp_path: Path) -> None:
    (tmp_path / "laurels.toml").write_text('[adapters.discord]\ntoken = "x"\n[adapters.slack]\nbot_token = "x"\n')
    with pytest.raises(AssertionError) as said:
        installation.run("laurels", "check", cwd=tmp_path)
    assert re.search(r"No module named 'discord'.*pip install 'laurels\[discord\]'", str(said.value))
    assert re.search(r"No module named 'slack_bolt'.*pip install 'laurels\[slack\]'", str(said.value))
    with pytest.raises(AssertionError, match=r"No module named 'slack_bolt'.*pip install 'laurels\[slack\]'"):
        installation.run("laurels", "slack", "manifest", cwd=tmp_path)


def test_the_badges_are_listed_with_where_they_come_from(installation: Installation, tmp_path: Path) -> None:
    lines = installation.run("laurels", "badges", cwd=tmp_path).splitlines()
    for slug, distribution in (("kata", "acme-badges"), ("katas-in-a-row", "acme-badges"), (f"{PACK}-storyteller", PACK)):
        assert [line for line in lines if slug in line.split() and distribution in line], f"{slug} from {distribution}"


@pytest.mark.parametrize("project", [*EXAMPLES, None], ids=lambda project: project.name if project else PACK)
def test_its_own_tests_pass(project: Path | None, installation: Installation, tmp_path: Path) -> None:
    """From a copy of the tests alone, so that the package is the installed one."""
    source = project or installation.folder.parent / PACK
    shutil.copytree(source / "tests", tmp_path / "tests")
    shutil.copy(source / "pyproject.toml", tmp_path)
    assert "passed" in installation.run("python", "-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=tmp_path)


async def test_what_comes_in_over_the_adapter_wins_the_badges_of_the_pack(installation: Installation, tmp_path: Path) -> None:
    port = free_port()
    (tmp_path / "laurels.toml").write_text(CONFIGURATION.format(port=port))
    body = "\n".join(line(number, kata) for number, kata in enumerate(KATAS))
    shown = {"Authorization": "Bearer s3cret"}
    async with running(installation, tmp_path), ClientSession(f"http://127.0.0.1:{port}", headers=shown) as client:
        await eventually(lambda: ready(client))
        for _ in range(2):
            async with client.post("/acme", data=body) as response:
                assert response.status == 200, await response.text()
        await eventually(lambda: announced(tmp_path / "announcements.jsonl", "Kata"))
    awards = json.loads(installation.run("laurels", "awards", "--json", cwd=tmp_path))
    assert sorted((award["badge"], award["level"]) for award in awards if award["state"] == "active") == [("kata", 1), ("kata", 2)]


def line(number: int, kata: str) -> str:
    """A line of the feed about something that happened just now: what is older than a day is not announced."""
    data = {"kata": kata, "points": number}
    return json.dumps({"id": f"solved-{number}", "at": datetime.now(UTC).isoformat(), "who": "ana", "what": "kata.solved", "data": data})


@asynccontextmanager
async def running(installation: Installation, folder: Path) -> AsyncIterator[None]:
    """``laurels run`` in *folder*, stopped at the end as a service manager would."""
    process = await asyncio.create_subprocess_exec(installation.command("laurels"), "run", cwd=folder, env=installation.environment)
    try:
        yield
        assert process.returncode is None, "laurels run ended by itself"
        process.terminate()
        assert await asyncio.wait_for(process.wait(), 20) == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def eventually(true: Callable[[], Awaitable[bool]]) -> None:
    """Return when it is so; the time limit only ends a run that hangs."""
    async with asyncio.timeout(30):
        while not await true():
            await asyncio.sleep(0.05)


async def ready(client: ClientSession) -> bool:
    try:
        async with client.get("/readyz") as response:
            return response.status == 200
    except ClientConnectionError:
        return False


async def announced(outbox: Path, text: str) -> bool:
    return outbox.exists() and any(text in json.loads(line)["text"] for line in outbox.read_text().splitlines())  # noqa: ASYNC240


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
