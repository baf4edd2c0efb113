"""The probe's own tab: added before the first fact, emptied between facts, and taken away at the end.

Facts say what happens on it; this room knows how that is asked of the API, and notes how long each answer took.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import msgspec

from sync.clock import Clock
from sync.domain.cells import Area, CellRef
from sync.domain.grid import CellWrite, Entered, Scalar, Tab
from sync.google import SheetsClient
from sync.google.answers import Spreadsheet, answer_in
from sync.google.shapes import BOOK_FIELDS, book_of, range_of, update_requests

Json = dict[str, Any]

ROWS, COLUMNS = 40, 12
# Facts stay inside this corner, so that rows and columns can be deleted without it reaching beyond the grid.
_CORNER = Area(0, 0, 20, 8)


@dataclass
class Scratch:
    """A tab that nobody but the probe knows. Every method but `entry` raises SheetsError.

    `seconds` are the times that answers took, by the kind of request.
    """

    client: SheetsClient
    clock: Clock
    spreadsheet: str
    locale: str
    sheet_id: int
    title: str
    seconds: dict[str, list[float]] = field(default_factory=dict)

    @property
    def known_as(self) -> Tab:
        """The tab as far as a request must know it: its number and its title."""
        return Tab(self.sheet_id, self.title, [])

    @property
    def nowhere(self) -> int:
        """A sheet ID that no tab has."""
        return self.sheet_id - 1

    def entry(self, row: int, column: int, entered: Entered) -> CellWrite:
        """One cell of the tab and what is to be put into it, as our write-back has it."""
        cell = CellRef(self.spreadsheet, self.sheet_id, self.title, row, column)
        return CellWrite(cell, "repair", "", None, entered, "")

    def lay(self, *rows: Sequence[Entered]) -> None:
        """Empty the tab, formats too, and put these rows into its top left corner."""
        everywhere = self.area(_CORNER)
        entries = [
            self.entry(row, column, entered)
            for row, cells in enumerate(rows)
            for column, entered in enumerate(cells)
            if entered is not None
        ]
        emptied = {"updateCells": {"range": everywhere, "fields": "userEnteredValue,userEnteredFormat"}}
        self.change(emptied, *update_requests(entries))

    def area(self, area: Area) -> Json:
        """A GridRange on the tab."""
        rows = {"startRowIndex": area.top, "endRowIndex": area.bottom}
        return {"sheetId": self.sheet_id, **rows, "startColumnIndex": area.left, "endColumnIndex": area.right}

    def strip(self, dimension: str, start: int, end: int) -> Json:
        """A DimensionRange on the tab; `dimension` is "ROWS" or "COLUMNS"."""
        return {"sheetId": self.sheet_id, "dimension": dimension, "startIndex": start, "endIndex": end}

    def change(self, *requests: Mapping[str, Any]) -> Json:
        """One batch of requests; the answer's JSON."""
        return self.ask("batchUpdate", ":batchUpdate", body={"requests": list(requests)})

    def write(self, entries: Sequence[CellWrite]) -> list[Tab]:
        """Our own write, and the tabs that its answer shows."""
        with self._timed("batchUpdate with the answer after it"):
            return self.client.write(self.spreadsheet, entries)

    def enter(self, rows: Sequence[Sequence[object]], option: str) -> None:
        """What `values:batchUpdate` does with rows from the top left corner; `option` is RAW or USER_ENTERED."""
        data = [{"range": f"{range_of(self.title)}!A1", "values": [list(row) for row in rows]}]
        self.ask("values:batchUpdate", "/values:batchUpdate", body={"valueInputOption": option, "data": data})

    def sort(self, rows: int, columns: int) -> None:
        """Sort the first rows by their first column."""
        by_first = [{"dimensionIndex": 0, "sortOrder": "ASCENDING"}]
        self.change({"sortRange": {"range": self.area(Area(0, 0, rows, columns)), "sortSpecs": by_first}})

    def rename(self, title: str) -> None:
        """Give the tab another title."""
        properties = {"sheetId": self.sheet_id, "title": title}
        self.change({"updateSheetProperties": {"properties": properties, "fields": "title"}})
        self.title = title

    def sheet(self) -> Json:
        """Our full read, of this tab alone: its JSON."""
        return self._book()["sheets"][0]  # type: ignore[no-any-return]

    def tab(self) -> Tab:
        """Our full read, of this tab alone, in our shape."""
        return book_of(answer_in(msgspec.json.encode(self._book()), Spreadsheet)).tabs[0]

    def cells(self, row: int = 0) -> list[Json]:
        """The JSON of the cells of one row, without the empty ones at its end."""
        rows = self.sheet()["data"][0].get("rowData", [])
        cells: list[Json] = list(rows[row].get("values", [])) if row < len(rows) else []
        while cells and not cells[-1]:
            cells.pop()
        return cells

    def values(self, *ranges: str) -> list[Json]:
        """The lean read of some ranges of the tab: the JSON of each."""
        asked = [f"{range_of(self.title)}!{a1}" for a1 in ranges]
        params = {"ranges": asked, "valueRenderOption": "UNFORMATTED_VALUE", "dateTimeRenderOption": "SERIAL_NUMBER"}
        return list(self.ask("values:batchGet", "/values:batchGet", params=params)["valueRanges"])

    def ask(
        self, kind: str, method: str, *, params: Mapping[str, Any] | None = None, body: Mapping[str, Any] | None = None
    ) -> Json:
        """Any request of the API about the spreadsheet, its time noted under `kind`."""
        with self._timed(kind):
            return dict(self.client.ask(self.spreadsheet, method, params=params, body=body))

    def _book(self) -> Json:
        params = {"fields": BOOK_FIELDS, "ranges": [range_of(self.title)]}
        return self.ask("spreadsheets.get with cells", "", params=params)

    @contextmanager
    def _timed(self, kind: str) -> Iterator[None]:
        began = self.clock.monotonic()
        yield
        self.seconds.setdefault(kind, []).append(self.clock.monotonic() - began)


def rows_of(tab: Tab, rows: int, columns: int) -> list[list[Scalar]]:
    """What the cells of the top left corner show, for a table: an error as its code."""
    return [[_shown(tab.value(row, column)) for column in range(columns)] for row in range(rows)]


def _shown(value: Scalar) -> Scalar:
    return getattr(value, "code", value)
