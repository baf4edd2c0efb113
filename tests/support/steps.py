"""How much work an action is, counted in lines of Python run: the same on any machine, however slow or busy."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def steps(package: str, action: Callable[[], object]) -> int:
    """How many lines of a package's modules an action runs. What C code does in one line counts as one."""
    counted = 0

    def count(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal counted
        if not f"{frame.f_globals.get('__name__')}.".startswith(f"{package}."):
            return None
        counted += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        action()
    finally:
        sys.settrace(before)
    return counted
