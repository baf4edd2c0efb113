"""The command line in processes of their own, each forked off one that has imported everything already.

Such a process can kill itself at a chosen call or return, with no hook in the product.
"""

import multiprocessing
import os
import signal
import sys
import threading
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from types import FrameType
from typing import Any, Literal

from sync.cli import main

_FORKED = multiprocessing.get_context("forkserver")
_FORKED.set_forkserver_preload(["tests.reliability.processes"])


@dataclass(frozen=True)
class Point:
    """A moment between two steps of a pass: the n-th `time` that a function, by its qualified name, is called or
    returns.
    """

    event: Literal["call", "return"]
    module: str
    function: str
    time: int = 1


class Killer:
    """A profile function that ends the process at its point, as the kernel would: nothing is tidied up."""

    def __init__(self, point: Point) -> None:
        self._point, self._left = point, point.time

    def __call__(self, frame: FrameType, event: str, _: Any) -> None:
        place = (event, frame.f_globals.get("__name__"), frame.f_code.co_qualname)
        if place == (self._point.event, self._point.module, self._point.function):
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


def command_line(arguments: list[str], output: Path, point: Point | None = None) -> ForkServerProcess:
    """A process that will run `okr-sheets` with these arguments; what it prints and logs is appended to `output`."""
    return _FORKED.Process(target=_run, args=(arguments, output, point))


def _run(arguments: list[str], output: Path, point: Point | None) -> None:
    with output.open("ab") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    if point is not None:
        killer = Killer(point)
        threading.setprofile(killer)
        sys.setprofile(killer)
    main(arguments)
