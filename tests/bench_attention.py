"""How soon an edit is a score in its cell: 300 spreadsheets on one identity, people at work in 15 of them.

The real worker with its queue and quota, on a local Sheets server, on a clock that flies: an hour takes some minutes.
People edit in bursts of ten, two seconds apart, a hundred edits a minute in all. A request takes a third of a second,
as Google's do. The hook is `Looks.ask`, which is what the page does when Google calls it. Part of `make bench`.
"""

import random
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sync.domain.memory import PassResult
from sync.engine import Worker, attention
from sync.local_sheets import LocalSheets
from sync.passes.outcome import PassOutcome
from tests.support.flat_sheet import HEADER, change_current, every, key_results
from tests.support.installation import Installation
from tests.support.nights import MINUTE, Night, night

SPREADSHEETS, EDITED = 300, 15
EVERY, AS_FAST_AS_ALLOWED = "12m", "380s"
BURST, APART, BURSTS_EVERY = 10, 2.0, 90.0
# The first round has passed when people begin; then they work for so long, and what is left has some time to come.
BEGIN, WORK, AFTER = 8 * MINUTE, 60 * MINUTE, 13 * MINUTE
REQUEST, WRITE = 1 / 3, "spreadsheets.batchUpdate"
WAYS = ("fixed interval", "attention", "attention, hook")
HEAD = ("every", "median", "95th", "slowest", "reads/min", "failed", "edits")


@dataclass
class Watched:
    """The edits that wait for their score, those that have it with the seconds that it took, and what passes did."""

    waiting: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    failed: int = 0
    reads: list[float] = field(default_factory=list)

    def edited(self, spreadsheet: str, value: float, at: float) -> None:
        self.waiting.setdefault(spreadsheet, []).append((value, at))

    def scored(self, spreadsheet: str, value: float, at: float) -> None:
        """The cell shows the score of this value, and so of all edits before it."""
        edits = self.waiting.get(spreadsheet, [])
        shown = max((number for number, edit in enumerate(edits) if edit[0] == value), default=-1)
        self.seconds += [at - made for _, made in edits[: shown + 1]]
        self.waiting[spreadsheet] = edits[shown + 1 :]

    def most_reads(self) -> int:
        """In any minute, wherever it begins."""
        return max(sum(begin <= at < begin + MINUTE for at in self.reads) for begin in self.reads)


def attention_figures() -> None:
    """Print the table."""
    print(f"\n{SPREADSHEETS} spreadsheets on one identity, 100 edits a minute in {EDITED}; seconds from edit to score:")
    print(f"  {'':<18}" + "".join(f"{title:>11}" for title in HEAD))
    for way in WAYS:
        interval = AS_FAST_AS_ALLOWED if way == WAYS[0] else EVERY
        with tempfile.TemporaryDirectory() as name, Installation(Path(name)) as installation, the_way(way):
            tell(way, interval, measured(installation, interval, hooks="hook" in way))


@contextmanager
def the_way(way: str) -> Iterator[None]:
    """With a fixed interval no change makes a spreadsheet more interesting than it was."""
    burst, soon = attention.BURST, attention.SOON
    attention.BURST, attention.SOON = (1.0, 1e9) if way == WAYS[0] else (burst, soon)
    try:
        yield
    finally:
        attention.BURST, attention.SOON = burst, soon


def tell(way: str, interval: str, found: Watched) -> None:
    spread = statistics.quantiles(found.seconds, n=20)
    left = sum(map(len, found.waiting.values()))
    edits = f"{len(found.seconds)}" + (f"+{left}" if left else "")
    times = (statistics.median(found.seconds), spread[-1], max(found.seconds))
    figures = (interval, *(f"{seconds:.0f}" for seconds in times), found.most_reads(), found.failed, edits)
    print(f"  {way:<18}" + "".join(f"{figure:>11}" for figure in figures), flush=True)


def measured(installation: Installation, interval: str, *, hooks: bool) -> Watched:
    names = [f"team-{number}" for number in range(SPREADSHEETS)]
    for name in names:
        installation.spreadsheet(name, {"OKR": [HEADER, *key_results(2, 5)]})
    installation.configure("[worker]\npassers = 1\n" + "".join(every(interval, name) for name in names))
    watched = Watched()
    with night(BEGIN + WORK + AFTER) as clock:
        for at, spreadsheet, value in edits(names[:: SPREADSHEETS // EDITED]):
            clock.at(at, Edit(installation, watched, clock, spreadsheet, value, hooks=hooks))
        for method in ("spreadsheets.get", "spreadsheets.values.batchGet", WRITE):
            take_time(installation.server, method, clock, watched)
        worker = Worker(installation.config, installation.records, Watch(installation, watched, clock), clock)
        worker.start()
        clock.over.wait()
        worker.stop()
    return watched


def take_time(server: LocalSheets, method: str, clock: Night, watched: Watched) -> None:
    def pass_time(_: LocalSheets) -> None:
        if method != WRITE:
            watched.reads.append(clock.monotonic())
        clock.advance(REQUEST)
        take_time(server, method, clock, watched)

    server.before(method, pass_time)


def edits(names: list[str]) -> list[tuple[float, str, float]]:
    """When, where and to what the first current value is changed; no value twice in a row."""
    chance, found = random.Random(18), []
    for name in names:
        begin, number = BEGIN + chance.uniform(0, BURSTS_EVERY), 0
        while begin < BEGIN + WORK:
            for place in range(BURST):
                number += 1
                found.append((begin + place * APART, name, number % 99 / 10))
            begin += chance.uniform(0.5, 1.5) * BURSTS_EVERY
    return sorted(found)


@dataclass
class Edit:
    """Somebody types a number; with a hook, Google says so at once."""

    installation: Installation
    watched: Watched
    clock: Night
    spreadsheet: str
    value: float
    hooks: bool = False

    def __call__(self) -> None:
        change_current(self.installation.server, self.spreadsheet, 0, 1, self.value)
        self.watched.edited(self.spreadsheet, self.value, self.clock.monotonic())
        if self.hooks:
            self.installation.records.looks.ask(self.spreadsheet, self.clock.now())


@dataclass
class Watch:
    """Looks at the score cell after every pass, as the person who edits does."""

    installation: Installation
    watched: Watched
    clock: Night

    def __call__(self, outcome: PassOutcome) -> None:
        now = self.clock.monotonic()
        self.watched.failed += outcome.result is PassResult.FAILED
        if self.watched.waiting.get(outcome.spreadsheet):
            score = self.installation.cells(outcome.spreadsheet, "OKR").get("F2")
            self.watched.scored(outcome.spreadsheet, round(float(score or 0) * 10, 1), now)


if __name__ == "__main__":
    attention_figures()
