"""How smoothly 20,000 rows scroll: a recorded trace of a real Chromium, in figures. `make trace` prints them.

It is no test: a busy machine drops frames that the page did not lose. Tests hold what makes it smooth, the number of
elements and of rows that are asked for.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Browser, Page, sync_playwright

from sync.local_sheets import LocalSheets
from tests.support.chromium import QUIET, chromium

ROWS = 20_000
LIMIT = 100.0
CATEGORIES = [
    "devtools.timeline",
    "disabled-by-default-devtools.timeline",
    "disabled-by-default-devtools.timeline.frame",
]

# Every frame shows other rows than the one before; it turns back at the ends.
SCROLL = """([step, frames]) => new Promise((done) => {
    const grid = document.getElementById('grid');
    let direction = step;
    const next = (left) => {
        const before = grid.scrollTop;
        grid.scrollTop += direction;
        if (grid.scrollTop === before) direction = -direction;
        if (left > 0) requestAnimationFrame(() => next(left - 1));
        else done();
    };
    next(frames);
})"""
SPEEDS = {"three rows a frame": 72, "ten rows a frame": 240, "a page a frame": 700}
FRAMES = 400


@dataclass(frozen=True, slots=True)
class Figures:
    """Milliseconds: between two drawn frames; for which one task had the page's thread, and of that the processor."""

    frames: int
    longest_frame: float
    typical_frame: float
    slow_frames: int
    longest_task: float
    most_work: float

    def __str__(self) -> str:
        return (
            f"{self.frames} frames, typical {self.typical_frame:.0f} ms, longest {self.longest_frame:.0f} ms, "
            f"{self.slow_frames} over {LIMIT:.0f} ms; longest task {self.longest_task:.0f} ms, "
            f"most work in a task {self.most_work:.0f} ms"
        )


def figures(trace: dict[str, Any]) -> Figures:
    events = trace["traceEvents"]
    mains = {
        (e["pid"], e["tid"]) for e in events if e["name"] == "thread_name" and e["args"]["name"] == "CrRendererMain"
    }
    tasks = [e for e in events if e["name"] == "RunTask" and (e["pid"], e["tid"]) in mains]
    page = Counter(e["pid"] for e in tasks).most_common(1)[0][0]
    drawn = sorted(e["ts"] / 1000 for e in events if e["name"] == "DrawFrame" and e["pid"] == page)
    lengths = sorted(later - earlier for earlier, later in pairwise(drawn))
    return Figures(
        frames=len(lengths),
        longest_frame=lengths[-1],
        typical_frame=lengths[len(lengths) // 2],
        slow_frames=sum(length > LIMIT for length in lengths),
        longest_task=max(e.get("dur", 0) / 1000 for e in tasks if e["pid"] == page),
        most_work=max(e.get("tdur", 0) / 1000 for e in tasks if e["pid"] == page),
    )


def workbook(path: Path) -> Path:
    """As a large company's tab might be: a coloured header, wrapped and merged objectives, formulas, percent."""
    book = openpyxl.Workbook()
    tab = book.active
    assert isinstance(tab, Worksheet)
    tab.append(["Mục tiêu", "Kết quả then chốt", "Ban đầu", "Chỉ tiêu", "Hiện tại", "Điểm", "Người phụ trách", "Xong"])
    for cell in tab[1]:
        cell.font, cell.fill = Font(bold=True, color="FFFFFFFF"), PatternFill("solid", fgColor="FF1F4E78")
    for row in range(2, ROWS + 2):
        tab.append(
            [f"Mục tiêu {row // 4}", f"Kết quả {row}", 0, row, row / 3, f"=E{row}/D{row}", f"Nhóm {row % 40}", True]
        )
        tab.cell(row, 6).number_format = "0%"
    for row in range(2, ROWS + 2, 4):
        tab.merge_cells(start_row=row, end_row=row + 3, start_column=1, end_column=1)
    tab.freeze_panes = "C2"
    book.save(path)
    return path


def record(browser: Browser, page: Page, path: Path, step: int) -> Figures:
    browser.start_tracing(page=page, path=path, categories=CATEGORIES)
    page.evaluate(SCROLL, [step, FRAMES])
    browser.stop_tracing()
    return figures(json.loads(path.read_text("utf-8")))


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        LocalSheets(Path(folder) / "data") as server,
        sync_playwright() as driver,
    ):
        spreadsheet_id = server.import_workbook(workbook(Path(folder) / "long.xlsx"))
        with driver.chromium.launch(executable_path=chromium(), args=list(QUIET)) as browser:
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.goto(f"{server.url}/spreadsheets/d/{spreadsheet_id}/edit")
            page.locator(".cell.active").wait_for()
            for name, step in SPEEDS.items():
                print(f"{ROWS} rows, {name}: {record(browser, page, Path(folder) / 'trace.json', step)}", flush=True)
            print(f"elements in the page: {page.locator('*').count()}")


if __name__ == "__main__":
    main()
