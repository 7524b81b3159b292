"""What tests use of npm: installed once for a run, and named as not run where that can't be."""

import json
from typing import Any

import pytest

import node


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
