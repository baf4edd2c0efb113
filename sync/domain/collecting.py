"""Values in masses are made without Python's search for cycles of garbage.

What is read of a sheet, and the company put together of it, hold no cycles, and with so many values the search takes up
to half of the time.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """No search within; of several threads at once, the one that came first lets it go on."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
