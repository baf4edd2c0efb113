"""The sheet that faults and kills are tried on: key results, people's own cells around them, and when all is right."""

import random
from collections.abc import Mapping
from typing import Any

from sync.local_sheets import LocalSheets
from sync.local_sheets.store.watch import Watch, below_header
from tests.support.flat_sheet import key_results
from tests.support.installation import Installation
from tests.support.worded_sheet import HEADER, WORDED, WORDS

TAB = "OKR"
LEAN_READ, FULL_READ = "spreadsheets.values.batchGet", "spreadsheets.get"
WRITE = "spreadsheets.batchUpdate"

_TEXT, _TARGET, _CURRENT, _SCORE, _BAND, _MESSAGE = 1, 3, 4, 5, 6, 8


def spreadsheet(installation: Installation, name: str) -> None:
    """Three key results, and below them a person's note, number and formula in the score column, and a remark where
    words go.
    """
    note: list[object] = ["", "", "", "", "", "ghi chú", "", "", "hỏi Lan"]
    rows: list[list[object]] = [
        HEADER,
        *key_results(2, 5, 8),
        note,
        ["", "", "", "", "", 77],
        ["", "", "", "", "", "=2*21"],
    ]
    installation.spreadsheet(name, {TAB: rows})


def configuration(name: str, every: str = "5m") -> str:
    """How that sheet is mapped."""
    return WORDED.replace('id = "sales"', f'id = "{name}"\nevery = "{every}"')


def watched(server: LocalSheets) -> Watch:
    """From now on, whatever is neither the score of a key result nor words beside it is not ours."""
    owned = below_header("Điểm", *WORDS.values())
    return server.watch(lambda sheet, row, column: owned(sheet, row, column) and bool(sheet.cell(row, _TEXT).value))


def wrong_scores(server: LocalSheets, name: str) -> Mapping[str, object]:
    """What stands beside each key result that does not show its own score, or not its own words, by its text."""
    rows = [[*row, *[None] * (len(HEADER) - len(row))] for row in server.read(name, TAB)]
    found = [row for row in rows if str(row[_TEXT] or "").startswith("KR ")]
    return {str(row[_TEXT]): row[_SCORE:] for row in found if not _is_right(row)}


def _is_right(row: list[Any]) -> bool:
    score = _score(row)
    return (row[_SCORE], row[_BAND], row[_MESSAGE] or "") == (score, _band(row), "")


def _band(row: list[Any]) -> str:
    share = min(max(row[_CURRENT] / row[_TARGET], 0), 1)
    begins = {"hoàn thành": 1, "đúng hướng": 0.6, "có rủi ro": 0.3, "chệch hướng": 0}
    return next(word for word, least in begins.items() if share >= least)


def _score(row: list[Any]) -> float:
    return round(min(max(float(row[_CURRENT] / row[_TARGET]), 0.0), 1.0), 2)


# What people do


def type_current(server: LocalSheets, name: str, row: int, value: float) -> None:
    """A person types a current value."""
    start = {"sheetId": 0, "rowIndex": row, "columnIndex": _CURRENT}
    cell = {"userEnteredValue": {"numberValue": value}}
    server.edit(name, {"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": "userEnteredValue"}})


def insert_row(server: LocalSheets, name: str) -> None:
    """A person inserts a row above the first key result."""
    server.edit(name, {"insertDimension": {"range": _rows(1, 2)}})


def move_first_row(server: LocalSheets, name: str) -> None:
    """A person drags the first row below the next two."""
    server.edit(name, {"moveDimension": {"source": _rows(1, 2), "destinationIndex": 4}})


def sort_rows(server: LocalSheets, name: str) -> None:
    """A person sorts the key results by their texts."""
    area = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": len(HEADER)}
    server.edit(
        name, {"sortRange": {"range": area, "sortSpecs": [{"dimensionIndex": _TEXT, "sortOrder": "DESCENDING"}]}}
    )


def delete_empty_rows(server: LocalSheets, name: str) -> None:
    """A person takes out the rows that hold nothing."""
    rows = server.read(name, TAB)
    for row in reversed([row for row, cells in enumerate(rows) if not any(str(cell) for cell in cells)]):
        server.edit(name, {"deleteDimension": {"range": _rows(row, row + 1)}})


def disturb(server: LocalSheets, name: str, chance: random.Random) -> None:
    """One of the things that people do to rows."""
    chance.choice([insert_row, move_first_row, sort_rows, delete_empty_rows])(server, name)


def _rows(start: int, end: int) -> dict[str, Any]:
    return {"sheetId": 0, "dimension": "ROWS", "startIndex": start, "endIndex": end}
