"""The adapter on a real server, and what GitHub would send it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest

import github_api
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


@pytest.fixture
async def github() -> AsyncIterator[github_api.GitHub]:
    async with github_api.github() as made:
        yield made
