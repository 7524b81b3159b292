"""Python's collector of cycles, asked to be patient: an engine's events come and go by the thousand and leave no cycles behind."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

PATIENCE: Final = (20_000, 20, 20)  # new objects until it looks; by default 700, which takes a tenth of a busy engine's time


@contextmanager
def patient() -> Iterator[None]:
    """Until left, look for cycles less often."""
    before = gc.get_threshold()
    gc.set_threshold(*PATIENCE)
    try:
        yield
    finally:
        gc.set_threshold(*before)
