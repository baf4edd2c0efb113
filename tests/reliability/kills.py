"""A pass whose process is killed while people move rows, and what the next passes make of it.

`make kills` kills at 200 random moments and prints the figures.
"""

import random
import signal
import sqlite3
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from sync.domain.memory import PassResult
from sync.local_sheets import LocalSheets
from sync.local_sheets.http.traffic import Moment
from tests.reliability.okrs import (
    FULL_READ,
    LEAN_READ,
    WRITE,
    configuration,
    disturb,
    insert_row,
    spreadsheet,
    type_current,
    watched,
    wrong_scores,
)
from tests.support.installation import Installation
from tests.support.processes import Point, Surroundings, command_line

PATIENCE = 120.0


@dataclass(frozen=True)
class Request:
    """A moment at the server: before or after the (skip+1)-th such request of the pass was carried out."""

    moment: Moment
    method: str
    skip: int = 0


_CLIENT, _RECORDS = "sync.google.client", "sync.records.records"

# The numbered steps of `sync.passes.run`; rows were moved before the write, so that each pass has all of them.
STEPS: dict[str, Point | Request] = {
    "1 lean read, not carried out": Request("before", LEAN_READ),
    "1 lean read, done": Point("return", _CLIENT, "SheetsClient.read_values"),
    "2 full read, not answered": Request("after", FULL_READ),
    "2 full read, done": Point("return", _CLIENT, "SheetsClient.read_book"),
    "3 compute, done": Point("return", "sync.passes.compute", "compute"),
    "4 intend, before": Point("call", _RECORDS, "Records.intend"),
    "4 intend, not committed": Point("return", "sync.records.pending_writes", "keep"),
    "4 intend, done": Point("return", _RECORDS, "Records.intend"),
    "5 write, not sent": Point("call", _CLIENT, "SheetsClient.write"),
    "5 write, not carried out": Request("before", WRITE),
    "5 write, not answered": Request("after", WRITE),
    "5 write, answered": Point("return", _CLIENT, "SheetsClient.write"),
    "6 verify, rows have moved": Point("return", "sync.passes.repair.baseline", "is_verified"),
    "6 verify, read again, not answered": Request("after", FULL_READ, skip=1),
    "6 verify, repairs known": Point("return", "sync.passes.repair", "repairs"),
    "6 verify, repair intended": Point("return", _RECORDS, "Records.intend", 2),
    "6 verify, repair not carried out": Request("before", WRITE, skip=1),
    "6 verify, repair not answered": Request("after", WRITE, skip=1),
    "6 verify, repair answered": Point("return", _CLIENT, "SheetsClient.write", 2),
    "7 record, before": Point("call", _RECORDS, "Records.record"),
    "7 record, not committed": Point("return", "sync.records.passes", "keep"),
    "7 record, done": Point("return", _RECORDS, "Records.record"),
    "7 record, lease not given back": Point("call", _RECORDS, "Records.give_back_lease"),
}


@dataclass(frozen=True)
class Aftermath:
    """What was found after a kill. `killed` is False where the pass had ended before; `reached` is the last request
    that the killed process had made, "" for none. `passes` count those made until all was right.
    """

    killed: bool
    reached: str
    passes: int
    wrong: dict[str, object]
    differences: list[object]
    database: str
    pending_write: bytes | None
    output: str


class Scene:
    """An installation whose passes are made by processes, each kill on a spreadsheet of its own."""

    def __init__(self, folder: Path) -> None:
        self._installation = Installation(folder)
        self._server = self._installation.server
        self._watch = watched(self._server)
        self._output = folder / "output"
        self._count = 0

    def close(self) -> None:
        self._installation.__exit__(None, None, None)

    def kill_at(self, step: Point | Request) -> Aftermath:
        """Kill a pass at one of its steps, rows having been moved before its write."""
        name = self._prepared()
        self._server.before(WRITE, lambda server: insert_row(server, name))
        process = self._process(step if isinstance(step, Point) else None)
        started = threading.Event()

        def kill(_: LocalSheets) -> None:
            started.wait(PATIENCE)
            process.kill()

        if isinstance(step, Request):
            hang = self._server.before if step.moment == "before" else self._server.after
            hang(step.method, kill, skip=step.skip)
        requests = self._requests()
        process.start()
        started.set()
        return self._after(process, name, requests)

    def kill_after(self, seconds: float, chance: random.Random) -> Aftermath:
        """Kill a pass so long after its first request, while somebody moves rows."""
        name = self._prepared()
        self._server.before(WRITE, lambda server: disturb(server, name, chance))
        requests = self._requests()
        process = self._under_way()
        process.join(seconds)
        process.kill()
        return self._after(process, name, requests)

    def duration(self) -> float:
        """Seconds from the first request of a pass to the end of its process."""
        name = self._prepared()
        self._server.before(WRITE, lambda server: insert_row(server, name))
        process = self._under_way()
        start = time.monotonic()
        process.join(PATIENCE)
        return time.monotonic() - start

    def _prepared(self) -> str:
        """A spreadsheet after a good pass, in which people have changed two of three current values since."""
        self._count += 1
        name = f"sheet-{self._count}"
        spreadsheet(self._installation, name)
        self._installation.configure(configuration(name))
        self._installation.clock.set(datetime.now(UTC))
        assert self._installation.sync().result is PassResult.OK
        for row, value in ((1, 9), (3, 1)):
            type_current(self._server, name, row, value)
        return name

    def _after(self, process: ForkServerProcess, name: str, requests: int) -> Aftermath:
        process.join(PATIENCE)
        killed = process.exitcode == -signal.SIGKILL
        made = self._server.requests[requests:]
        passes = 0
        while passes < 5 and (passes == 0 or wrong_scores(self._server, name) or self._watch.differences()):
            passes += 1
            process = self._process()
            process.start()
            process.join(PATIENCE)
        return Aftermath(
            killed=killed,
            reached=made[-1].method if made else "",
            passes=passes,
            wrong=dict(wrong_scores(self._server, name)),
            differences=list(self._watch.differences()),
            database=self._quick_check(),
            pending_write=self._installation.records.memory(name).pending_write,
            output=self._output.read_text(encoding="utf-8"),
        )

    def _under_way(self) -> ForkServerProcess:
        """A pass that has sent its first request."""
        begun = threading.Event()
        self._server.before("token", lambda _: begun.set())
        process = self._process()
        process.start()
        assert begun.wait(PATIENCE)
        return process

    def _process(self, point: Point | None = None) -> ForkServerProcess:
        arguments = ["sync", "--config", str(self._installation.folder / "config.toml")]
        return command_line(arguments, Surroundings(self._output, self._output), point)

    def _requests(self) -> int:
        return len(self._server.requests)

    def _quick_check(self) -> str:
        path = self._installation.folder / "state" / "okr-sheets.db"
        with closing(sqlite3.connect(path)) as database:
            return str(database.execute("PRAGMA quick_check").fetchone()[0])


def main(kills: int) -> None:
    """Kill at random moments until so many have died in the middle of a pass, and print what came of it."""
    chance = random.Random(datetime.now(UTC).timestamp())
    found: list[Aftermath] = []
    with tempfile.TemporaryDirectory() as folder:
        scene = Scene(Path(folder))
        usual = min(scene.duration() for _ in range(3))
        while sum(each.killed for each in found) < kills:
            found.append(scene.kill_after(chance.uniform(0, usual), chance))
        scene.close()
    died = [each for each in found if each.killed]
    print(f"{len(died)} kills; {len(found) - len(died)} processes had ended before theirs")
    print("last request of the killed process:", dict(Counter(each.reached for each in died)))
    print("passes until all was right:", dict(sorted(Counter(each.passes for each in found).items())))
    print("database:", dict(Counter(each.database for each in found)))
    lost = [each for each in found if each.wrong or each.differences or each.pending_write]
    print("scores wrong, foreign cells changed, or a journal left open:", len(lost))
    sys.exit(1 if lost or any(each.passes > 2 or each.database != "ok" for each in found) else 0)


if __name__ == "__main__":
    main(int(sys.argv[1]))
