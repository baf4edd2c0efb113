"""The command line in processes of their own, each forked off one that has imported everything already.

A command takes a second to import all that it may need, which hundreds of tests need not wait for; others try what
`python -m sync` does from its very beginning. Such a process can kill itself at a chosen call or return, with no hook
in the product.
"""

import multiprocessing
import os
import resource
import signal
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from multiprocessing.synchronize import Barrier
from pathlib import Path
from types import FrameType
from typing import Any, Literal

from sync.cli import main

_FORKED = multiprocessing.get_context("forkserver")
_FORKED.set_forkserver_preload(["tests.support.preloaded"])


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
    """Where a process runs, and where to what it prints and logs is appended, files or pipes.

    Without an `environment` it has that of the tests. What a person types comes from the file `typed`; no file that it
    writes gets larger than `largest_file` bytes.
    """

    output: Path | Connection
    errors: Path | Connection
    folder: Path | None = None
    environment: Mapping[str, str] | None = None
    typed: Path | None = None
    largest_file: int | None = None

    def take(self) -> None:
        """The process that calls this is in them from now on."""
        for number, told in ((1, self.output), (2, self.errors)):
            with told.open("ab") if isinstance(told, Path) else told as file:
                os.dup2(file.fileno(), number)
        if self.environment is not None:
            os.environ.clear()
            os.environ.update(self.environment)
        if self.folder is not None:
            os.chdir(self.folder)
        if self.typed is not None:
            sys.stdin = self.typed.open(encoding="utf-8")
        if self.largest_file is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (self.largest_file, self.largest_file))


def command_line(arguments: Sequence[str], surroundings: Surroundings, point: Point | None = None) -> ForkServerProcess:
    """A process that will run `okr-sheets` with these arguments."""
    return forked(surroundings, _run, [*arguments], point)


def forked(surroundings: Surroundings, task: Callable[..., object], *arguments: object) -> ForkServerProcess:
    """A process that will do a task, a function of a module's top level."""
    return _FORKED.Process(target=_do, args=(surroundings, task, *arguments))


def together(parties: int) -> Barrier:
    """Lets so many of these processes go on at the same moment."""
    return _FORKED.Barrier(parties)


def _do(surroundings: Surroundings, task: Callable[..., object], *arguments: object) -> None:
    # Where the tests run in the background of a shell, they and what they start are deaf to Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    surroundings.take()
    task(*arguments)


def _run(arguments: list[str], point: Point | None) -> None:
    if point is not None:
        killer = Killer(point)
        threading.setprofile(killer)
        sys.setprofile(killer)
    main(arguments, prog_name="okr-sheets")


class Running:
    """A command that stays, as `subprocess.Popen` has it; what it prints and logs is read from pipes as it comes."""

    def __init__(self, arguments: Sequence[str], folder: Path | None, environment: Mapping[str, str]) -> None:
        self._output, output = _FORKED.Pipe(duplex=False)
        self._errors, errors = _FORKED.Pipe(duplex=False)
        with output, errors:
            self._process = command_line(arguments, Surroundings(output, errors, folder, environment))
            self._process.start()
        assert self._process.pid is not None
        self.pid = self._process.pid
        self.stdout = os.fdopen(self._output.fileno(), encoding="utf-8", closefd=False)
        self.stderr = os.fdopen(self._errors.fileno(), encoding="utf-8", closefd=False)

    def poll(self) -> int | None:
        """Its exit code, negative where a signal killed it; None while it runs."""
        return self._process.exitcode

    def wait(self, seconds: float) -> int | None:
        """Its exit code, once it has ended; None where it has not within so many seconds."""
        self._process.join(seconds)
        return self.poll()

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def close(self) -> None:
        """Killed if it is still there."""
        self.kill()
        self._process.join()
        for file in (self.stdout, self.stderr, self._output, self._errors):
            file.close()
