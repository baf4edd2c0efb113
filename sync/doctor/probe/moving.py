"""Facts about what people's moves do: rows inserted, deleted, sorted, columns inserted, tabs renamed."""

from decimal import Decimal

from sync.doctor.probe.fact import Fact, Observation, compared
from sync.doctor.probe.scratch import Scratch, rows_of
from sync.domain.cells import Area
from sync.domain.failures import Trouble
from sync.domain.grid import Entered, Formula, Tab
from sync.google import SheetsError

_TABLE: tuple[list[Entered], ...] = (
    ["b", 2, Formula("=B1*10"), None, Formula("=B2")],
    ["a", 1, Formula("=B2*10")],
)


def _insert_row(scratch: Scratch) -> Observation:
    scratch.lay(*_TABLE)
    scratch.change({"insertDimension": {"range": scratch.strip("ROWS", 1, 2), "inheritFromBefore": True}})
    tab = scratch.tab()
    found = [rows_of(tab, 3, 2), _formulas(tab, (0, 2), (2, 2), (0, 4))]
    return compared(found, [[["b", 2], [None, None], ["a", 1]], ["=B1*10", "=B3*10", "=B3"]])


def _delete_row(scratch: Scratch) -> Observation:
    scratch.lay(*_TABLE)
    scratch.change({"deleteDimension": {"range": scratch.strip("ROWS", 1, 2)}})
    tab = scratch.tab()
    return compared([rows_of(tab, 2, 2), rows_of(tab, 1, 5)[0][4]], [[["b", 2], [None, None]], "#REF!"])


def _insert_column(scratch: Scratch) -> Observation:
    scratch.lay(*_TABLE)
    scratch.change({"insertDimension": {"range": scratch.strip("COLUMNS", 1, 2), "inheritFromBefore": True}})
    tab = scratch.tab()
    found = [rows_of(tab, 1, 3)[0], _formulas(tab, (0, 3), (0, 5))]
    scratch.change({"deleteDimension": {"range": scratch.strip("COLUMNS", 1, 2)}})
    return compared(found, [["b", None, 2], ["=C1*10", "=C2"]])


def _move_row(scratch: Scratch) -> Observation:
    scratch.lay(*_TABLE)
    scratch.change({"moveDimension": {"source": scratch.strip("ROWS", 1, 2), "destinationIndex": 0}})
    tab = scratch.tab()
    found = [rows_of(tab, 2, 3), _formulas(tab, (0, 2), (1, 2), (1, 4))]
    return compared(found, [[["a", 1, 10], ["b", 2, 20]], ["=B1*10", "=B2*10", "=B1"]])


def _sort(scratch: Scratch) -> Observation:
    scratch.lay(*_TABLE)
    scratch.sort(2, 3)
    tab = scratch.tab()
    found = [rows_of(tab, 2, 3), _formulas(tab, (0, 2), (1, 2), (0, 4))]
    return compared(found, [[["a", 1, 10], ["b", 2, 20]], ["=B1*10", "=B2*10", "=B2"]])


def _sort_looking_elsewhere(scratch: Scratch) -> Observation:
    """Formulas that look at the row above or below: what is put back after a sort must look where it looks then."""
    scratch.lay(["c", 3, Formula("=B2*10")], ["a", 1, Formula("=B1*10")], ["b", 2, Formula("=$B$1*10")])
    scratch.sort(3, 3)
    tab = scratch.tab()
    found = {tab.text(row, 0): tab.formulas.get((row, 2)) for row in range(3)}
    text = ", ".join(f"{name}: {formula}" for name, formula in sorted(found.items()))
    return Observation(text, sorted(found) == ["a", "b", "c"])


def _move_through_a_merge(scratch: Scratch) -> Observation:
    """We move nothing. A merge that people's moves tear, or not, is what the local server is to do too."""
    scratch.lay(["a"], ["b"], ["c"])
    merged = scratch.area(Area(0, 0, 2, 1))
    scratch.change({"mergeCells": {"range": merged, "mergeType": "MERGE_ALL"}})
    try:
        scratch.change({"moveDimension": {"source": scratch.strip("ROWS", 1, 2), "destinationIndex": 3}})
        merges = [[area.top, area.bottom] for area in scratch.tab().merges]
        return Observation(f"not refused; merged rows afterwards {merges}", True)
    except SheetsError as error:
        return Observation(f"refused: {error.status} {error.detail}", error.status == 400)
    finally:
        scratch.change({"unmergeCells": {"range": scratch.area(Area(0, 0, 4, 1))}})


def _written_by_position(scratch: Scratch) -> Observation:
    """Why every write of ours is verified: it goes by position, and its answer shows whose row that is."""
    scratch.lay(["a", 0], ["b", 0])
    scratch.change({"insertDimension": {"range": scratch.strip("ROWS", 0, 1), "inheritFromBefore": False}})
    [answer] = scratch.write([scratch.entry(1, 1, Decimal("0.5"))])
    return compared(rows_of(answer, 3, 2), [[None, None], ["a", 0.5], ["b", 0]])


def _renamed(scratch: Scratch) -> Observation:
    scratch.lay(["here"])
    old, number = scratch.title, scratch.sheet_id
    scratch.rename(f"{old} renamed")
    try:
        scratch.client.read_values(scratch.spreadsheet, [old])
        return Observation("the old title still reads", False)
    except SheetsError as error:
        found = scratch.sheet()["properties"]["sheetId"]
        expected = error.trouble is Trouble.RANGE and "Unable to parse range" in error.detail and found == number
        return Observation(
            f"{error.status} {error.detail.replace(old, '…')}; sheetId {'kept' if found == number else 'changed'}",
            expected,
        )
    finally:
        scratch.rename(old)


def _odd_titles(scratch: Scratch) -> Observation:
    """Titles that are cells, or hold what titles are quoted with; each with the probe's time, so none is taken."""
    scratch.lay(["here"])
    old = scratch.title
    time = old.rsplit(" ", 1)[-1]
    found: dict[str, object] = {}
    try:
        for title in (f"OKR{time}", f"it's '{time}'", f'“{time}”!A1 "Q4"'):
            scratch.rename(title)
            [rows] = scratch.client.read_values(scratch.spreadsheet, [title])
            found[title.replace(time, "…")] = rows
    finally:
        scratch.rename(old)
    return compared(list(found.items()), [[title, [["here"]]] for title in found])


def _formulas(tab: Tab, *places: tuple[int, int]) -> list[str | None]:
    return [tab.formulas.get(place) for place in places]


FACTS = (
    Fact("a row is inserted", "cells and the formulas that point at them follow", _insert_row),
    Fact("a row is deleted", "the rest moves up; a formula that pointed into it shows #REF!", _delete_row),
    Fact("a column is inserted", "cells and the formulas that point at them follow", _insert_column),
    Fact("a row is moved", "cells and the formulas that point at them follow", _move_row),
    Fact("rows are sorted", "rows go with their formulas; a formula elsewhere keeps pointing at the place", _sort),
    Fact(
        "sorted formulas that look at other rows",
        "told: whether they look at the same place as before, or as far from themselves",
        _sort_looking_elsewhere,
    ),
    Fact("a row moved out of a merge", "told: refused with 400, or what becomes of the merge", _move_through_a_merge),
    Fact(
        "written by position",
        "after an insert a number lands beside another row, and the answer shows it",
        _written_by_position,
    ),
    Fact("a tab is renamed", "400 “Unable to parse range” for the old title; its sheetId stays", _renamed),
    Fact("odd titles", "a tab named like a cell, or with quotes, is read by its quoted title", _odd_titles),
)
