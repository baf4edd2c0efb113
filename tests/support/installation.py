"""A whole installation in a temporary folder: local Sheets server, configuration, records, and passes over it."""

import pickle
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Any

from openpyxl import Workbook

from sync.config.settings import Config, load_config
from sync.google import Quota, SheetsClient
from sync.local_sheets import LocalSheets
from sync.local_sheets.book.book import Spreadsheet
from sync.local_sheets.xlsx.workbooks import read_workbook
from sync.passes.narrow.kept import LastPasses
from sync.passes.outcome import PassOutcome
from sync.passes.run import run_pass
from sync.records import Records
from tests.support.clocks import ManualClock
from tests.support.databases import empty_database

Rows = Sequence[Sequence[object]]


# Hundreds of tests begin with the same few workbooks.
_WRITTEN: dict[str, bytes] = {}
# To read one takes a hundred times as long as to copy what was read: by the file, and how numbers are typed.
_READ: dict[tuple[bytes, str], bytes] = {}


def save_workbook(path: Path, tabs: Mapping[str, Rows], merges: Mapping[str, Sequence[str]] | None = None) -> Path:
    """Write an .xlsx with these tabs; a text that begins with "=" is a formula."""
    told = repr((tabs, merges))
    if told not in _WRITTEN:
        _WRITTEN[told] = _workbook(tabs, merges or {})
    path.write_bytes(_WRITTEN[told])
    return path


def _workbook(tabs: Mapping[str, Rows], merges: Mapping[str, Sequence[str]]) -> bytes:
    workbook, file = Workbook(), BytesIO()
    workbook.remove(workbook.worksheets[0])
    for title, rows in tabs.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        for area in merges.get(title, ()):
            sheet.merge_cells(area)
    workbook.save(file)
    return file.getvalue()


def as_imported(path: Path, locale: str) -> Spreadsheet:
    """What the local Sheets server makes of a workbook whose name is to be its ID."""
    told = path.read_bytes(), locale
    if told not in _READ:
        _READ[told] = pickle.dumps(read_workbook(path, path.stem, path.stem, locale))
    book: Spreadsheet = pickle.loads(_READ[told])
    book.spreadsheet_id = book.title = path.stem
    return book


class Installation:
    """okr-sheets as an admin has it, on a local Sheets server. Time stands still unless it is moved on."""

    def __init__(self, folder: Path, locale: str = "vi_VN", database: str | None = None) -> None:
        self.folder = folder
        self._database, self._locale = database, locale
        self.server = LocalSheets(folder / "data", locale=locale)
        self.server.start()
        self.clock = ManualClock()
        self.records = Records.open(database or empty_database(folder / "state" / "okr-sheets.db"))
        # Tests that make hundreds of passes in a moment are not about Google's quota.
        quota = Quota(self.clock, reads=100_000, writes=100_000)
        self.client = SheetsClient(None, self.server.url, clock=self.clock, quota=quota)
        self.config: Config
        self.kept: LastPasses | None = None

    def spreadsheet(
        self, name: str, tabs: Mapping[str, Rows], merges: Mapping[str, Sequence[str]] | None = None
    ) -> str:
        """Put a spreadsheet on the server; its ID is its name."""
        workbook = save_workbook(self.folder / f"{name}.xlsx", tabs, merges)
        return self.server.add(as_imported(workbook, self._locale))

    def configure(self, text: str) -> Path:
        """Write and load the configuration; the database is named where it is not the usual one."""
        path = self.folder / "config.toml"
        database = f'database = "{self._database}"\n' if self._database else ""
        path.write_text(f'{database}[google]\nendpoint = "{self.server.url}"\n{text}', encoding="utf-8")
        self.config = load_config(path, {})
        return path

    def sync(
        self, spreadsheet: int = 0, *, accept: bool = False, dry_run: bool = False, expecting: bool = False
    ) -> PassOutcome:
        """One pass over one of the configured spreadsheets, with what was `kept` of the last one."""
        settings = self.config.spreadsheet[spreadsheet]
        return run_pass(
            settings,
            self.client,
            self.records,
            self.clock,
            accept=accept,
            dry_run=dry_run,
            expecting=expecting,
            company=self.config.company,
            kept=self.kept,
        )

    def later(self, seconds: float) -> None:
        """Let time pass."""
        self.clock.advance(seconds)

    def counted(self, action: Callable[[], object]) -> tuple[int, int]:
        """The read and write requests that the server saw during an action."""
        before = len(self.server.requests)
        action()
        kinds = [request.kind for request in self.server.requests[before:]]
        return kinds.count("read"), kinds.count("write")

    def cells(self, spreadsheet: str, tab: str) -> dict[str, Any]:
        """Every cell that is not empty, as entered."""
        return dict(self.server.cells(spreadsheet)[tab])

    def sheet_id(self, spreadsheet: str, tab: str) -> int:
        """The number by which a tab is known, whatever it is called."""
        found = self.client.read_book(spreadsheet).tabs
        return next(each.sheet_id for each in found if each.title == tab)

    def __enter__(self) -> "Installation":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.client.close()
        self.records.close()
        self.server.close()
