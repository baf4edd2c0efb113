"""How a process that stays shares processor and memory between its threads: passers, and readers of the page."""

import ctypes
import sys
from contextlib import suppress

# How long one thread computes while another waits. Python's 5 ms are a second and more for a reader whose page asks the
# database a hundred times while four passers compute.
SWITCH_SECONDS = 0.0005
# How many heaps glibc keeps. Its own eight for each processor hold on to what other threads could use.
HEAPS = 2
_M_ARENA_MAX = -8


def share_fairly() -> None:
    """To be called before there are threads; what a system does not know is left out."""
    sys.setswitchinterval(SWITCH_SECONDS)
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, HEAPS)
