"""For tests of badges, adapters and stores: ``pytest_plugins = ["laurels.testing"]``.

The plugin gives a ``world`` (a whole laurels with people, a clock that is told and a transcript) and ``running`` (an adapter under
``laurels run``). The suites hold what is true of every pack, adapter and store: inherit one, and override the fixtures that it names.

PYTEST_DONT_REWRITE: a test module imports this before pytest meets it as a plugin; the modules with assertions are announced below.
"""

import pytest

pytest.register_assert_rewrite(*(f"{__name__}.{suite}" for suite in ("adapter_suite", "pack_suite", "store_suite")))

from .adapter_suite import AdapterSuite  # noqa: E402
from .pack_suite import PackSuite  # noqa: E402
from .people import Member  # noqa: E402
from .running import Running  # noqa: E402
from .store_suite import StoreSuite  # noqa: E402
from .world import World, WorldError  # noqa: E402

__all__ = ["AdapterSuite", "Member", "PackSuite", "Running", "StoreSuite", "World", "WorldError", "pytest_plugins"]

#: The fixtures are in a plugin of their own, so that they don't stand among the names that tests import.
pytest_plugins = ("laurels.testing.fixtures",)
