"""What the mapping desk costs on long tabs: a click, and opening, beside parsing the workbook that is mapped.

CPU seconds of this process; what the browser draws is not in them.
"""

import json
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from sync.domain.grid import Book, Tab
from sync.domain.languages import Language
from sync.reading import read_book
from tests.inspect.test_explaining import long_tab
from tests.support.grids import book
from tests.support.installation import save_workbook
from webapp.desk import view
from webapp.desk.desk import Desk, RoadError, TriedOut
from webapp.reader.languages import Words, load_words

FEW, MANY = 2_000, 20_000
CLICKS = 3


class OpenRoad:
    """A workbook that was read already."""

    def __init__(self, *tabs: Tab) -> None:
        self._book = book(*tabs)

    def book(self) -> Book:
        return self._book

    def picture(self, ranges: Sequence[str], fields: str) -> Any:
        raise RoadError

    def pass_over(self, text: str, language: Language, *, dry_run: bool, accept: bool) -> TriedOut:
        raise RoadError


def desk_figures() -> None:
    print(f"\n{'mapping desk':<32}{FEW:>10,} rows{MANY:>10,} rows{'ratio':>10}")
    few, many = (_measured(count) for count in (FEW, MANY))
    for name in few:
        print(f"{name:<32}{few[name] * 1000:>12.0f} ms{many[name] * 1000:>12.0f} ms{many[name] / few[name]:>10.1f}")
    print(f"a click beside parsing the workbook  {few['click, whole'] / _parsing(long_tab(FEW)):.2f}")


def _measured(count: int) -> dict[str, float]:
    tab, words = long_tab(count), load_words()["vi"]
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        began = time.process_time()
        desk = Desk(OpenRoad(tab), Path(folder) / "config.toml", lambda: date(2026, 7, 1), "vi", is_copy=False)
        json.dumps(view.whole(desk, desk.tab(None), words))
        found["open, first shown"] = time.process_time() - began
        found["open, whole"] = found["open, first shown"] + _seconds(partial(_whole, desk, words))
    mappings = [entry.mapping for entry in desk.understanding.entries if entry.mapping]
    found["read"] = min(_seconds(lambda: read_book(desk.book, mappings)) for _ in range(CLICKS))
    spent = [_click(desk, words, on=click % 2 == 0) for click in range(CLICKS)]
    found["click, first shown"], found["click, whole"] = map(min, zip(*spent, strict=True))
    return found


def _click(desk: Desk, words: Words, *, on: bool) -> tuple[float, float]:
    """A column becomes the owner's, or no longer is: the tab is read, scored and shown again. Gives the seconds until
    something is shown, and until all of it is.
    """
    began = time.process_time()
    edit = {"do": "role", "column": 1, "record": "key_result", "field": "owner", "on": on}
    desk.edit(desk.tab(None), edit, "vi")
    json.dumps(view.whole(desk, desk.tab(None), words))
    first = time.process_time()
    _whole(desk, words)
    return first - began, time.process_time() - began


def _whole(desk: Desk, words: Words) -> None:
    """What the page asks for behind what was shown first; nothing where that was all."""
    if not desk.is_whole(desk.at_first):
        _ = desk.understanding
        json.dumps(view.whole(desk, desk.tab(None), words))


def _parsing(tab: Tab) -> float:
    with tempfile.TemporaryDirectory() as folder:
        path = save_workbook(Path(folder) / "long.xlsx", {"OKR": [list(row) for row in tab.values]})
        return _seconds(lambda: load_workbook(path))


def _seconds(action: Callable[[], object]) -> float:
    began = time.process_time()
    action()
    return time.process_time() - began


if __name__ == "__main__":
    desk_figures()
