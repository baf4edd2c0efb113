"""The real worker for thousands of passes in one process on a clock that flies, with faults and people at work.

`make soak` makes 10,000 passes and prints the figures.
"""

import gc
import logging
import math
import os
import random
import sys
import tempfile
import threading
import tracemalloc
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from sync.engine import Worker
from sync.local_sheets import Fault, LocalSheets
from sync.passes.outcome import PassOutcome
from tests.reliability.cases import TOKEN
from tests.reliability.matrix import GOOD
from tests.reliability.okrs import (
    FULL_READ,
    LEAN_READ,
    WRITE,
    configuration,
    disturb,
    spreadsheet,
    type_current,
    watched,
    wrong_scores,
)
from tests.support.installation import Installation
from tests.support.nights import night

NAME = "soak"
# Passes from one round of faults and edits to the next; what follows a round is calm.
ROUND = 6
CALM = 3

_FAULTS = [
    *(Fault(kind="error", status=status) for status in (401, 403, 404, 429, 500, 503)),
    Fault(kind="html"),
    Fault(kind="reset"),
    *(Fault(kind=kind, applied="first") for kind in ("reset", "garbled", "truncated")),
]


@dataclass(frozen=True)
class Held:
    """What the process holds after so many passes: Python's own memory, all of it, and open files."""

    passes: int
    traced_bytes: int
    resident_bytes: int
    open_files: int


@dataclass
class Figures:
    """What came of a soak. `late` are passes that were at least the second in a calm and left something wrong."""

    results: Counter[str] = field(default_factory=Counter)
    faults: int = 0
    edits: int = 0
    put_back: int = 0
    held: list[Held] = field(default_factory=list)
    good_but_wrong: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)


class Soak:
    """`watch` is called after every pass, in the worker's thread, and makes trouble for the next."""

    def __init__(self, installation: Installation, passes: int, chance: random.Random) -> None:
        self._server, self._chance = installation.server, chance
        # Each at the end of a calm.
        self._quarters = [passes * quarter // 4 // ROUND * ROUND for quarter in (1, 2, 3, 4)]
        self._open_files: list[int] = []
        self._watch = watched(self._server)
        self._count = self._calm = 0
        self.figures = Figures()
        self.done = threading.Event()

    def watch(self, outcome: PassOutcome) -> None:
        self._count += 1
        self._calm += 1
        self._judge(outcome)
        self._open_files.append(len(os.listdir("/proc/self/fd")))
        if self._count in self._quarters:
            self._measure()
        if self._count == self._quarters[-1]:
            self.done.set()
        elif self._count % ROUND == 0:
            self._make_trouble()
            self._open_files.clear()
        elif self._count % ROUND == ROUND - CALM:
            self._end_trouble()

    def _judge(self, outcome: PassOutcome) -> None:
        figures = self.figures
        figures.results[outcome.result.value] += 1
        wrong, differences = wrong_scores(self._server, NAME), self._watch.differences()
        if wrong or differences:
            told = f"pass {self._count}, {outcome.result}: {wrong} {differences}"
            if outcome.result in GOOD:
                figures.good_but_wrong.append(told)
            if self._calm > 1 and self._server.faults() == []:
                figures.late.append(told)

    def _make_trouble(self) -> None:
        chance, server = self._chance, self._server
        self._disturbed()
        for row in _key_result_rows(server):
            if chance.random() < 0.5:
                type_current(server, NAME, row, chance.randrange(11))
        disturb(server, NAME, chance)
        if server.hooks_waiting() == 0:
            server.before(chance.choice([WRITE, FULL_READ]), self._disturb)
        for _ in range(chance.randrange(3)):
            method, times = chance.choice([TOKEN, LEAN_READ, FULL_READ, WRITE]), chance.randint(1, 8)
            told = {"method": method, "times": times, "probability": chance.uniform(0.3, 1), "seed": self._count}
            server.fault(chance.choice(_FAULTS).model_copy(update=told))

    def _end_trouble(self) -> None:
        server = self._server
        self._calm = 0
        self.figures.faults += sum(rule.fired for rule in server.faults())
        self.figures.put_back += len(self._watch.trespasses)
        server.clear_faults()
        # The server's own memory is not what is measured.
        server.requests.clear()
        self._watch.trespasses.clear()

    def _disturb(self, server: LocalSheets) -> None:
        """In the middle of a pass."""
        disturb(server, NAME, self._chance)
        self._disturbed()

    def _disturbed(self) -> None:
        """The pass under way, if there is one, does not count as made in calm."""
        self._calm = -1
        self.figures.edits += 1

    def _measure(self) -> None:
        gc.collect()
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        resident = pages * os.sysconf("SC_PAGE_SIZE")
        # The server may be about to close a connection of the pass before.
        files = min(self._open_files[-CALM:])
        self.figures.held.append(Held(self._count, tracemalloc.get_traced_memory()[0], resident, files))


def soak(folder: Path, passes: int, seed: int, patience: float | None = None) -> Figures:
    """Let the worker make so many passes."""
    tracemalloc.start()
    try:
        with Installation(folder) as installation, night(math.inf) as clock:
            spreadsheet(installation, NAME)
            installation.configure(configuration(NAME, every="1m"))
            running = Soak(installation, passes, random.Random(seed))
            worker = Worker(installation.config, installation.records, running.watch, clock)
            worker.start()
            assert running.done.wait(patience)
            worker.stop()
            return running.figures
    finally:
        tracemalloc.stop()


def _key_result_rows(server: LocalSheets) -> list[int]:
    rows = server.read(NAME, "OKR")
    return [row for row, cells in enumerate(rows) if len(cells) > 1 and str(cells[1]).startswith("KR ")]


def main(passes: int) -> None:
    """Print what came of so many passes."""
    # Answers that break off are meant here.
    logging.getLogger("waitress").setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        figures = soak(Path(folder), passes, seed=4)
    print(f"{passes} passes: {dict(figures.results)}")
    print(f"{figures.faults} faults met, {figures.edits} edits, {figures.put_back} foreign cells put back")
    for held in figures.held:
        print(
            f"after {held.passes} passes: {held.traced_bytes / 1e6:.2f} MB of Python objects, "
            f"{held.resident_bytes / 1e6:.0f} MB resident, {held.open_files} open files"
        )
    for told in (*figures.good_but_wrong, *figures.late):
        print("WRONG", told)
    sys.exit(1 if figures.good_but_wrong or figures.late else 0)


if __name__ == "__main__":
    main(int(sys.argv[1]))
