"""The adapter on a real server, and what GitHub would send it."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest

import node
from fake_host import FakeHost
from github_endpoint import SECRET, Endpoint, served
from laurels_github import Settings

Serve = Callable[..., Awaitable[Endpoint]]


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    async with AsyncExitStack() as stack:

        async def start(host: FakeHost | None = None, *, unpack: bool = False, **settings: Any) -> Endpoint:
            configured = Settings(**({"secret": SECRET} | settings))
            return await stack.enter_async_context(served(configured, host or FakeHost(), unpack=unpack))

        yield start


@pytest.fixture(scope="session")
def npm() -> None:
    try:
        node.install()
    except node.NpmUnreachable as exc:
        pytest.skip(f"not run: npm registry: {exc}")


@pytest.fixture(scope="session")
def examples(npm: None) -> list[tuple[str, dict[str, Any]]]:
    """GitHub's documented payloads: (event, payload)."""
    documented = json.loads(node.PAYLOADS.read_bytes())
    return [(event["name"], payload) for event in documented for payload in event["examples"]]
