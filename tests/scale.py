"""Many spreadsheets on many machines, in real time: `python -m tests.scale [SPREADSHEETS MINUTES]`.

Four workers, each with a state folder of its own as on machines of their own, share a PostgreSQL and five accounts; the
local Sheets server keeps Google's quota of each account by the minute. People edit all the while. One worker is killed
and one is stopped for a minute. In the end every score must be right, no spreadsheet read by two at once, none left
alone for longer than its interval and a minute, and no cell changed that is not ours.
"""

import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import psycopg

from sync.local_sheets import LocalSheets
from sync.records.libpq import libpq_address
from tests.support.flat_sheet import FLAT, HEADER, key_results
from tests.support.installation import as_imported, save_workbook
from tests.support.keys import write_key
from tests.support.postgresql import binaries
from tests.support.postgresql import running as postgresql

WORKERS, ACCOUNTS = 4, 5
EVERY = timedelta(minutes=8)
# Beyond the interval.
GRACE = timedelta(minutes=1)
EDITS_A_MINUTE, WHERE_PEOPLE_ARE = 60, 40
SCORE_COLUMN = "F"
# Shares of the whole time: when one is killed, when one is stopped, and when people go home.
KILLED, STOPPED, LAST_EDIT = 0.45, 0.6, 0.8
STOPPED_FOR = 60.0

Pass = tuple[str, datetime, datetime, str]


@dataclass
class World:
    """What people typed, by spreadsheet, and how long each edit waited for its score, in seconds."""

    sheets: LocalSheets
    names: Sequence[str]
    currents: dict[str, list[float]]
    waiting: dict[str, float] = field(default_factory=dict)
    waited: list[float] = field(default_factory=list)

    def edit(self, chance: random.Random) -> None:
        """Somebody types a current value in one of the spreadsheets that people are at."""
        name, row = chance.choice(self.names[:WHERE_PEOPLE_ARE]), chance.randrange(3)
        value = float(chance.randrange(11))
        if self.currents[name][row] == value:
            return
        self.currents[name][row] = value
        start = {"sheetId": 0, "rowIndex": row + 1, "columnIndex": 4}
        cell = {"userEnteredValue": {"numberValue": value}}
        cells = {"start": start, "rows": [{"values": [cell]}], "fields": "userEnteredValue"}
        self.sheets.edit(name, {"updateCells": cells})
        self.waiting.setdefault(name, time.monotonic())

    def look(self) -> None:
        """Which edits have their scores by now."""
        for name, since in list(self.waiting.items()):
            if not self.wrong(name):
                self.waited.append(time.monotonic() - since)
                del self.waiting[name]

    def wrong(self, name: str) -> bool:
        """Whether a score is missing or another than it must be."""
        cells = self.sheets.cells(name)["OKR"]
        found = [cells.get(f"{SCORE_COLUMN}{row}") for row in range(2, 5)]
        return found != [value / 10 for value in self.currents[name]]

    def touched(self, name: str) -> bool:
        """Whether a cell outside the scores is not as people left it."""
        cells = {a1: value for a1, value in self.sheets.cells(name)["OKR"].items() if a1[0] != SCORE_COLUMN}
        rows = enumerate([HEADER, *key_results(*self.currents[name])], 1)
        theirs = {f"{letter}{row}": value for row, each in rows for letter, value in zip("ABCDE", each, strict=False)}
        return cells != theirs


def main(spreadsheets: int = 1500, minutes: float = 16) -> None:
    found = binaries()
    if found is None:
        sys.exit("no PostgreSQL: install Debian's package postgresql")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="okr-sheets-scale-")))
        database = stack.enter_context(postgresql(found)).new_database()
        sheets = stack.enter_context(LocalSheets(folder / "data", locale="vi_VN"))
        world = _filled(sheets, folder, spreadsheets)
        sheets.quota(60, 60)
        workers = [_worker(folder, number, database, world, stack) for number in range(WORKERS)]
        _live(world, workers, minutes * 60)
        for worker in workers:
            worker.kill()
        _tell(world, _passes(database), minutes)


def _filled(sheets: LocalSheets, folder: Path, count: int) -> World:
    names, chance = [f"team-{number}" for number in range(count)], random.Random(1)
    currents = {name: [float(chance.randrange(11)) for _ in range(3)] for name in names}
    accounts = [f"account-{number}@example.iam.gserviceaccount.com" for number in range(ACCOUNTS)]
    for number, account in enumerate(accounts):
        sheets.account(account)
        write_key(folder / f"{number}.json", account=account)
    for name in names:
        path = save_workbook(folder / f"{name}.xlsx", {"OKR": [HEADER, *key_results(*currents[name])]})
        sheets.add(as_imported(path, "vi_VN"))
        sheets.share(name, *accounts)
    return World(sheets, names, currents)


def _worker(folder: Path, number: int, database: str, world: World, stack: ExitStack) -> "subprocess.Popen[bytes]":
    own = folder / f"machine-{number}"
    own.mkdir()
    accounts = "".join(
        f'[[google.identity]]\nname = "account-{each}"\ncredentials = "{folder}/{each}.json"\n'
        for each in range(ACCOUNTS)
    )
    every = f'every = "{EVERY.seconds}s"'
    tabs = "".join(FLAT.replace('id = "sales"', f'id = "{name}"\n{every}') for name in world.names)
    text = f'database = "{database}"\n[google]\nendpoint = "{world.sheets.url}"\n{accounts}{tabs}'
    (own / "config.toml").write_text(text, encoding="utf-8")
    log = stack.enter_context((own / "log").open("wb"))
    process = subprocess.Popen([sys.executable, "-m", "sync", "worker"], cwd=own, stdout=log, stderr=log)
    stack.callback(process.wait)
    stack.callback(process.kill)
    return process


def _live(world: World, workers: Sequence["subprocess.Popen[bytes]"], seconds: float) -> None:
    began, chance = time.monotonic(), random.Random(2)
    todo = [
        (KILLED * seconds, workers[0].kill),
        (STOPPED * seconds, lambda: workers[1].send_signal(signal.SIGSTOP)),
        (STOPPED * seconds + STOPPED_FOR, lambda: workers[1].send_signal(signal.SIGCONT)),
    ]
    next_edit = 0.0
    while (now := time.monotonic() - began) < seconds:
        if todo and now >= todo[0][0]:
            todo.pop(0)[1]()
        if next_edit <= now < LAST_EDIT * seconds:
            world.edit(chance)
            next_edit = now + 60 / EDITS_A_MINUTE
        world.look()
        time.sleep(0.2)


def _passes(database: str) -> list[Pass]:
    address = libpq_address(database)
    assert address is not None
    with psycopg.connect(address) as connection:
        rows = connection.execute(
            "SELECT spreadsheet, started_at, finished_at, result FROM pass ORDER BY id"
        ).fetchall()
    return [(str(row[0]), row[1], row[2], str(row[3])) for row in rows]


def _tell(world: World, passes: Sequence[Pass], minutes: float) -> None:
    by_name: dict[str, list[Pass]] = defaultdict(list)
    for each in passes:
        by_name[each[0]].append(each)
    reads = Counter(request.kind for request in world.sheets.requests)
    refused = sum(count for (_, status, _), count in world.sheets.counts().items() if status == 429)
    results = Counter(each[3] for each in passes)
    gaps = sorted(gap for name in world.names for gap in _gaps(by_name[name]))
    waited = sorted(world.waited)
    lines = {
        "spreadsheets": len(world.names),
        "passes": dict(results),
        "reads a minute": round(reads["read"] / minutes),
        "requests that Google's quota refused": refused,
        "edit to score in seconds, middle and 95th": (_share(waited, 0.5), _share(waited, 0.95)),
        "longest time alone, in seconds": round(gaps[-1]) if gaps else None,
    }
    wrong = {
        "wrong scores": sum(world.wrong(name) for name in world.names),
        "cells of people changed": sum(world.touched(name) for name in world.names),
        "never read": sum(not by_name[name] for name in world.names),
        "two passes at once": sum(_overlaps(each) for each in by_name.values()),
        "left alone for longer than promised": sum(gap > (EVERY + GRACE).total_seconds() for gap in gaps),
    }
    for what, value in {**lines, **wrong}.items():
        print(f"{what:45} {value}")
    sys.exit(any(wrong.values()))


def _gaps(passes: Sequence[Pass]) -> Iterator[float]:
    """Seconds from one good look to the next."""
    good = [each for each in passes if each[3] != "failed"]
    return ((later[2] - earlier[2]).total_seconds() for earlier, later in pairwise(good))


def _overlaps(passes: Sequence[Pass]) -> bool:
    in_order = sorted(passes, key=lambda each: each[1])
    return any(later[1] < earlier[2] for earlier, later in pairwise(in_order))


def _share(values: Sequence[float], share: float) -> float | None:
    return round(values[int(share * (len(values) - 1))], 1) if values else None


if __name__ == "__main__":
    main(*(kind(given) for kind, given in zip((int, float), sys.argv[1:], strict=False)))
