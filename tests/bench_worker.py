"""What many spreadsheets cost: a whole round of them beside the time that Google's quota needs for it.

`okr-sheets run`, worker and page in one process, on a local Sheets server in another one, and a reader of the page
meanwhile. Wall clock, because that is what people wait for. Part of `make bench`.
"""

import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.error import HTTPError

from sync.google import share_of
from tests.support.installation import save_workbook

ROWS, MANY, FEW = 200, 300, 60
# For the many more is allowed than by Google, or one round would take 6¼ minutes; for the few as much as by Google.
FAST, GOOGLES = 188, 60
ROUNDS = 2
HEADER = ["Mã", "Mục tiêu", "Kết quả then chốt", "Ban đầu", "Chỉ tiêu", "Hiện tại", "Điểm"]
TAB = """
[[spreadsheet.tab]]
title = "OKR"
objective.text = "Mục tiêu"

[spreadsheet.tab.key_result]
id = "Mã"
text = "Kết quả then chốt"
start = "Ban đầu"
target = "Chỉ tiêu"
current = "Hiện tại"
score = "Điểm"
"""
HEAD = ("needed", "first", "ratio", "second", "ratio", "failed", "threads", "memory", "/ median", "/ slowest")


@dataclass
class Measured:
    """What one run came to: its passes as the log tells them, and what the process and its page took."""

    passes: list[dict[str, Any]] = field(default_factory=list)
    page_seconds: list[float] = field(default_factory=list)
    threads: int = 0
    megabytes: float = 0.0

    def rounds(self, count: int) -> list[float]:
        """Seconds of each round, from the end of its first pass to that of its last, and one pass more."""
        ends = [datetime.fromisoformat(each["at"]).timestamp() for each in self.passes]
        parts = [ends[number : number + count] for number in range(0, ROUNDS * count, count)]
        return [(part[-1] - part[0]) * count / (count - 1) for part in parts]

    def failed(self) -> int:
        return sum(each["trouble"] is not None for each in self.passes)


def worker_figures() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name, sheets_server(Path(name), MANY) as url:
        print(f"\n`okr-sheets run` over spreadsheets of {ROWS} key results; seconds of a round, / in milliseconds:")
        print(f"  {'':<36}" + "".join(f"{title:>11}" for title in HEAD))
        for count, per_minute in ((MANY, FAST), (FEW, GOOGLES)):
            tell(count, per_minute, run(Path(name) / f"run-{count}", url, count, per_minute))


def tell(count: int, per_minute: int, measured: Measured) -> None:
    needed = count * 60 / share_of(per_minute)
    first, second = measured.rounds(count)
    page = [seconds * 1000 for seconds in measured.page_seconds]
    figures = (
        *(f"{needed:.0f}", f"{first:.0f}", f"{first / needed:.2f}", f"{second:.0f}", f"{second / needed:.2f}"),
        *(measured.failed(), measured.threads, f"{measured.megabytes:.0f} MB"),
        *(f"{statistics.median(page):.0f}", f"{max(page):.0f}"),
    )
    name = f"{count} spreadsheets, {share_of(per_minute)} reads a minute"
    print(f"  {name:<36}" + "".join(f"{figure:>11}" for figure in figures))


@contextmanager
def sheets_server(folder: Path, count: int) -> Iterator[str]:
    """A local Sheets server with so many spreadsheets, team-0 and on, in a process of its own."""
    rows = [[f"K{n}", f"Mục tiêu {n // 4}", f"Kết quả {n}", 0, 100, n % 100, None] for n in range(ROWS)]
    workbook = save_workbook(folder / "team-0.xlsx", {"OKR": [HEADER, *rows]})
    copies = [workbook, *(shutil.copy(workbook, folder / f"team-{number}.xlsx") for number in range(1, count))]
    imports = [word for copy in copies for word in ("--import", str(copy))]
    command = [sys.executable, "-m", "sync", "local-sheets", "--port", "0", "--data", str(folder / "data"), *imports]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield first_match(server, r"listening on (\S+)")
        finally:
            # It has nothing to see through, and would tell of its end among the figures.
            server.kill()


def run(folder: Path, url: str, count: int, per_minute: int) -> Measured:
    """Two rounds: one that reads and writes everything, and one that finds nothing changed."""
    folder.mkdir()
    log, config = folder / "log", folder / "config.toml"
    every = count * 60 // share_of(per_minute)
    spreadsheets = [f'\n[[spreadsheet]]\nid = "team-{n}"\nevery = "{every}s"\n{TAB}' for n in range(count)]
    head = f'[google]\nendpoint = "{url}"\nrequests_per_minute = {per_minute}\n[page]\nport = 0\n'
    config.write_text(head + "".join(spreadsheets), encoding="utf-8")
    command = [sys.executable, "-m", "sync", "run", "--config", str(config)]
    measured, over = Measured(), Event()
    with log.open("wb") as told, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=told, text=True) as process:
        try:
            page = first_match(process, r"page on (\S+)")
            reader = Thread(target=read_the_page, args=(page, measured.page_seconds, over))
            reader.start()
            while len(measured.passes) < ROUNDS * count and process.poll() is None:
                time.sleep(0.5)
                look_at(process.pid, measured)
                measured.passes = passes_in(log)
            over.set()
            reader.join()
        finally:
            process.terminate()
    return measured


def look_at(pid: int, measured: Measured) -> None:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    facts = dict(re.findall(r"^(\w+):\s+(\d+)", status, re.MULTILINE))
    measured.threads = max(measured.threads, int(facts["Threads"]))
    # The most that it ever was.
    measured.megabytes = int(facts["VmHWM"]) / 1024


def read_the_page(address: str, seconds: list[float], over: Event) -> None:
    """As somebody who asks for it twice a second. Before the first spreadsheet was read there is none."""
    while not over.wait(0.5):
        began = time.monotonic()
        with suppress(HTTPError), urllib.request.urlopen(address) as answer:
            answer.read()
            seconds.append(time.monotonic() - began)


def passes_in(log: Path) -> list[dict[str, Any]]:
    lines = log.read_text(encoding="utf-8").splitlines(keepends=True)
    entries = [json.loads(line) for line in lines if line.endswith("\n") and line.startswith("{")]
    return [entry for entry in entries if entry.get("event") == "pass"]


def first_match(process: "subprocess.Popen[str]", pattern: str) -> str:
    lines = iter(process.stdout or ())
    return next(found[1] for line in lines if (found := re.search(pattern, line)))


if __name__ == "__main__":
    worker_figures()
