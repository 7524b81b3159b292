"""How Python itself behaves while an engine runs: what its defaults cost a process that turns over thousands of events a second."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

#: New objects until the collector of cycles looks; by default 700, which takes a tenth of a busy engine's time. Events leave no cycles.
PATIENCE: Final = (20_000, 20, 20)

#: Seconds that a thread which is ready waits for one that computes; by default 0.005, which SQLite's thread would wait after each sync.
SWITCH: Final = 0.0002


@contextmanager
def tempered() -> Iterator[None]:
    """Until left, collect less often and switch between threads sooner."""
    collected, switched = gc.get_threshold(), sys.getswitchinterval()
    gc.set_threshold(*PATIENCE)
    sys.setswitchinterval(SWITCH)
    try:
        yield
    finally:
        gc.set_threshold(*collected)
        sys.setswitchinterval(switched)
