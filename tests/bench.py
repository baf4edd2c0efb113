"""What a pass costs beside the ways people would write it by hand: ratios, measured in one run. `make bench`.

CPU seconds of this process; the local Sheets server runs in another one, so its work is not counted. What the page
costs stands in `bench_page`, a renewed view and whole passes in `bench_renewal`, what the mapping desk costs in
`bench_desk`, many spreadsheets in `bench_worker`, from an edit to its score in `bench_attention`.
"""

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import gspread

from sync.config.mapping import TabMapping
from sync.domain.cells import Area
from sync.domain.grid import CellError, Tab
from sync.domain.scoring import score_okrs
from sync.google import SheetsClient
from sync.google.session import open_session
from sync.inspect import propose
from sync.passes.plan import make_plan
from sync.passes.targets import score_places
from sync.reading import read_book
from tests.bench_attention import attention_figures
from tests.bench_desk import desk_figures
from tests.bench_page import page_figures
from tests.bench_renewal import renewal_figures
from tests.bench_worker import worker_figures
from tests.support.grids import book, mapping
from tests.support.installation import save_workbook

HEADER: list[Any] = ["Mã", "Mục tiêu", "Kết quả then chốt", "Ban đầu", "Chỉ tiêu", "Hiện tại", "Điểm"]
FIELDS = mapping(
    'objective = { text = "Mục tiêu" }\n'
    'key_result = { id = "Mã", text = "Kết quả then chốt", start = "Ban đầu", target = "Chỉ tiêu", '
    'current = "Hiện tại", score = "Điểm" }'
)

FEW, MANY, VERY_MANY = 2_000, 20_000, 100_000


def flat(count: int) -> Tab:
    table: list[list[Any]] = [[f"K{n}", f"Mục tiêu {n // 4}", f"Kết quả {n}", 0, 100, n % 100] for n in range(count)]
    return Tab(1, "OKR", [[str(text) for text in HEADER], *table])


def one_objective(count: int) -> Tab:
    table: list[list[Any]] = [[f"K{n}", "Một", f"Kết quả {n}", 0, 100, n % 100] for n in range(count)]
    return Tab(1, "OKR", [[str(text) for text in HEADER], *table])


def all_alike(count: int) -> Tab:
    table: list[list[Any]] = [["K", "Một", "Kết quả", 0, 100, 7] for _ in range(count)]
    return Tab(1, "OKR", [[str(text) for text in HEADER], *table])


def merged(count: int) -> Tab:
    tab = flat(count)
    return Tab(1, "OKR", tab.values, merges=tuple(Area(row, 1, row + 4, 2) for row in range(1, count, 4)))


def blocks(count: int) -> Tab:
    header = [str(text) for text in HEADER]
    table: list[list[Any]] = []
    for n in range(count // 5):
        table += [header, *[[f"K{n}.{m}", f"Mục tiêu {n}", f"Kết quả {n}.{m}", 0, 10, m] for m in range(4)]]
    return Tab(1, "OKR", table)


def errors(count: int) -> Tab:
    error = CellError("#REF!")
    table: list[list[Any]] = [[f"K{n}", f"Mục tiêu {n}", f"KQ {n}", error, error, error] for n in range(count)]
    return Tab(1, "OKR", [[str(text) for text in HEADER], *table])


def cpu(action: Callable[[], object]) -> float:
    """The CPU seconds of the better of two runs."""
    spent = []
    for _ in range(2):
        began = time.process_time()
        action()
        spent.append(time.process_time() - began)
    return min(spent)


def compute(tab: Tab, fields: TabMapping = FIELDS) -> None:
    """Parse, check, score, plan."""
    reading = read_book(book(tab), [fields])
    scores = score_okrs(reading.objectives, reading.key_results, {})
    make_plan(book(tab), reading, scores, ours={}, owned_columns=score_places(reading.tabs[0]))


def inspected(tab: Tab) -> None:
    propose(book(tab), date(2026, 7, 1))


def growth() -> None:
    print(f"{'shape of the tab':<24}{FEW:>10,} rows{MANY:>10,} rows{'ratio':>10}")
    for shape in (flat, one_objective, all_alike, merged, blocks, errors):
        grows(shape.__name__, partial(compute, shape(FEW)), partial(compute, shape(MANY)))
    grows(f"flat, {MANY:,} and {VERY_MANY:,}", partial(compute, flat(MANY)), partial(compute, flat(VERY_MANY)))
    grows("inspect (flat)", partial(inspected, flat(FEW)), partial(inspected, flat(MANY)))


def grows(name: str, for_few: Callable[[], object], for_many: Callable[[], object]) -> None:
    few, many = cpu(for_few), cpu(for_many)
    print(f"{name:<24}{few:>13.2f} s{many:>13.2f} s{many / few:>10.1f}")


def beside_gspread(url: str) -> None:
    """A whole first pass without its write, beside what gspread takes just to read the tab as records."""
    client = SheetsClient(None, url)
    session = open_session(None, url)
    plain = gspread.Client(auth=None, session=session)  # type: ignore[arg-type]
    ours = cpu(lambda: compute(client.read_book("bench").tabs[0]))
    theirs = cpu(lambda: plain.open_by_key("bench").sheet1.get_all_records())
    lean = cpu(lambda: client.read_values("bench", ["OKR"]))
    print(f"\n{MANY:,} rows over HTTP, CPU seconds beside gspread's get_all_records ({theirs:.2f} s):")
    print(f"  full read, parse, check, score, plan   {ours:.2f} s   {ours / theirs:.2f}")
    print(f"  lean read of an idle pass              {lean:.2f} s   {lean / theirs:.2f}")
    client.close()
    session.close()


def main() -> None:
    growth()
    renewal_figures()
    page_figures()
    desk_figures()
    worker_figures()
    attention_figures()
    with tempfile.TemporaryDirectory() as folder:
        workbook = save_workbook(Path(folder) / "bench.xlsx", {"OKR": [list(row) for row in flat(MANY).values]})
        command = [sys.executable, "-m", "sync", "local-sheets", "--port", "0", "--data", folder + "/data"]
        with subprocess.Popen([*command, "--import", str(workbook)], stdout=subprocess.PIPE, text=True) as server:
            lines = iter(server.stdout or ())
            url = next(found[1] for line in lines if (found := re.match(r"listening on (\S+)", line)))
            try:
                beside_gspread(url)
                subprocess.run([sys.executable, "-m", "tests.bench_renewal", url], check=True)
            finally:
                # It has nothing to see through, and would tell of its end among the figures.
                server.kill()


if __name__ == "__main__":
    main()
