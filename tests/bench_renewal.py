"""What a view costs to renew, and whole passes where much, little or nothing changed. `make bench`.

Passes are measured in a process of their own (`python -m tests.bench_renewal URL`), so that its memory is theirs alone.
"""

import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import gspread

from sync.clock import SystemClock
from sync.config.settings import load_config
from sync.domain.company import ALONE
from sync.domain.okr import KeyResult, Level, Objective
from sync.domain.snapshot import Snapshot
from sync.google import Quota, SheetsClient
from sync.google.session import open_session
from sync.passes.narrow.kept import LastPasses
from sync.passes.run import run_pass
from sync.records import Records
from tests.webapp.companies import amount, cell, keep, key_result, objective, snapshot
from webapp.company.kept import Kept
from webapp.company.now import company_now

SPREADSHEETS, OBJECTIVES, KEY_RESULTS = 300, 32, 4

SHEET, THEIRS = "bench", "get_all_records"
ROUNDS = 4
CONFIG = """
[[spreadsheet]]
id = "bench"
accept_existing_scores = true

[[spreadsheet.tab]]
title = "OKR"
objective = { text = "Mục tiêu" }

[spreadsheet.tab.key_result]
id = "Mã"
text = "Kết quả then chốt"
start = "Ban đầu"
target = "Chỉ tiêu"
current = "Hiện tại"
score = "Điểm"
"""


def department(number: int, shift: int = 0) -> Snapshot:
    """One spreadsheet of a company; the first one's objectives are supported by those of all others."""
    here = f"sheet-{number}"
    objectives: list[Objective] = []
    key_results: list[KeyResult] = []
    for n in range(OBJECTIVES):
        key, row = f"s{number}o{n}", n * KEY_RESULTS + 1
        parent = "" if number == 0 else f"Dẫn đầu {n}" if n < 5 else f"O{n % 5}"
        facts: dict[str, Any] = {"unit": f"Phòng {number}", "owner": f"Nguyễn An {number} {n}", "period": "Q4/2026"}
        text = f"Dẫn đầu {n}" if number == 0 else f"Nâng cao chất lượng {number} {n}"
        level = Level.COMPANY if number == 0 else Level.DEPARTMENT if n < 5 else Level.INDIVIDUAL
        at = cell(row, spreadsheet=here)
        objectives.append(objective(key, text=text, id=f"O{n}", cell=at, level=level, parent=parent, **facts))
        for part in range(KEY_RESULTS):
            current = amount((n * 7 + part * 13 + number + shift) % 101)
            at = cell(row + part, 1, spreadsheet=here)
            texts: dict[str, Any] = {
                "text": f"Doanh thu {number} {n} {part}",
                "id": f"KR{n}.{part}",
                "owner": facts["owner"],
            }
            numbers: dict[str, Any] = {"start": amount(0), "current": current, "target": amount(100)}
            key_results.append(key_result(f"{key}k{part}", key, cell=at, **texts, **numbers))
    return snapshot(objectives, key_results, spreadsheet=here, title=here)


def renewal_figures() -> None:
    """From the records to the company, whose spreadsheets call everything alike, after one of them changed."""
    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder, Records.open(f"sqlite:///{Path(folder) / 'records.db'}") as records:
        for number in range(SPREADSHEETS):
            keep(records, replace(department(number), taken_at=now - timedelta(days=9)))
        kept, spent = Kept(), []
        restored = cpu(lambda: company_now(records, (), ALONE, now, kept))
        for shift in range(1, 6):
            keep(records, replace(department(7, shift), taken_at=now))
            spent.append(cpu(lambda: company_now(records, (), ALONE, now, kept)))
    print(f"\nView of {SPREADSHEETS} spreadsheets of {OBJECTIVES * KEY_RESULTS} key results, CPU seconds:")
    print(f"  after the start, all restored          {restored:.2f} s")
    print(f"  renewed, one of them changed           {statistics.median(spent):.2f} s")


def pass_figures(url: str) -> None:
    """Whole passes over one spreadsheet on a server, beside what gspread takes just to read it as records: of each the
    least of a few rounds, because cores that are shared are faster and slower from one second to the next.
    """
    sheet = gspread.Client(auth=None, session=open_session(None, url)).open_by_key(SHEET).sheet1  # type: ignore[arg-type]
    rounds = [dict(_round(url, sheet, number)) for number in range(ROUNDS)]
    least = {name: min(each[name] for each in rounds) for name in rounds[0]}
    theirs = least.pop(THEIRS)
    print(f"\nPasses over {sheet.row_count:,} rows, CPU seconds beside {THEIRS} ({theirs:.2f} s):")
    for name, spent in least.items():
        print(f"  {name:<38} {spent:.2f} s   {spent / theirs:.2f}")
    print(f"  most memory so far                     {most_memory():.0f} MB")


def _round(url: str, sheet: gspread.Worksheet, number: int) -> Iterator[tuple[str, float]]:
    """What each kind of pass took, from an empty database and a sheet without scores on."""
    sheet.batch_clear(["G2:G"])
    with tempfile.TemporaryDirectory() as folder, Records.open(f"sqlite:///{Path(folder) / 'records.db'}") as records:
        path, clock = Path(folder) / "config.toml", SystemClock()
        path.write_text(f'[google]\nendpoint = "{url}"\n{CONFIG}', encoding="utf-8")
        settings = load_config(path, {}).spreadsheet[0]
        quota = Quota(clock, reads=100_000, writes=100_000)
        client, kept = SheetsClient(None, url, clock=clock, quota=quota), LastPasses()

        def spent() -> float:
            return cpu(lambda: run_pass(settings, client, records, clock, kept=kept))

        yield THEIRS, cpu(sheet.get_all_records)
        yield "first, every score written", spent()
        yield "nothing changed", spent()
        sheet.update_cell(2, 6, 70 + number)
        yield "one cell changed", spent()
        sheet.update_cell(3, 6, 80 + number)
        yield "and another one", spent()
        sheet.update_cell(2, 3, f"Kết quả mới {number}")
        sheet.update_cell(3, 6, 90 + number)
        yield "a name and a value, all read again", spent()
        kept.drop(SHEET)
        sheet.update_cell(2, 6, 60 + number)
        yield "one cell, all read after a start", spent()
        client.close()


def cpu(action: Callable[[], object]) -> float:
    """The CPU seconds of this process for one go."""
    began = time.process_time()
    action()
    return time.process_time() - began


def most_memory() -> float:
    """The most that this process ever had, in MB; what `getrusage` tells may be what the one had that began it."""
    [peak] = re.findall(r"^VmHWM:\s+(\d+) kB$", Path("/proc/self/status").read_text(), re.MULTILINE)
    return int(peak) / 1024


if __name__ == "__main__":
    pass_figures(sys.argv[1])
