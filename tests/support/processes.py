"""The command line in processes of their own, each forked off one that has imported everything already.

A command takes a second to import all that it may need, which hundreds of tests need not wait for; others try what
`python -m sync` does from its very beginning. Such a process can kill itself at a chosen call or return, with no hook
in the product.
"""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from types import FrameType
from typing import Any, Literal

from sync.cli import main

_FORKED = multiprocessing.get_context("forkserver")
_FORKED.set_forkserver_preload(["tests.support.processes", "sync.inspect.render", "sync.records.migrating"])


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


@dataclass(frozen=True)
class Surroundings:
    """Where a command runs, and where to what it prints and logs is appended."""

    output: Path
    errors: Path
    folder: Path | None = None
    environment: Mapping[str, str] = field(default_factory=dict)


def command_line(arguments: Sequence[str], surroundings: Surroundings, point: Point | None = None) -> ForkServerProcess:
    """A process that will run `okr-sheets` with these arguments."""
    return _FORKED.Process(target=_run, args=([*arguments], surroundings, point))


def _run(arguments: list[str], surroundings: Surroundings, point: Point | None) -> None:
    for number, path in ((1, surroundings.output), (2, surroundings.errors)):
        with path.open("ab") as file:
            os.dup2(file.fileno(), number)
    os.environ |= surroundings.environment
    if surroundings.folder:
        os.chdir(surroundings.folder)
    if point is not None:
        killer = Killer(point)
        threading.setprofile(killer)
        sys.setprofile(killer)
    main(arguments, prog_name="okr-sheets")
