"""The three requests of a pass: a lean read, a full read, a write with the answer that shows where it landed."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar, cast

import gspread
from gspread.urls import (
    SPREADSHEET_BATCH_UPDATE_URL,
    SPREADSHEET_URL,
    SPREADSHEET_VALUES_BATCH_UPDATE_URL,
    SPREADSHEET_VALUES_BATCH_URL,
)
from requests import Response

from sync.grid import Area, Book, Scalar, Tab
from sync.repairing import Answer
from sync.sheets import shapes
from sync.sheets.errors import SheetsError, Trouble
from sync.sheets.http import SheetsHTTPClient
from sync.sheets.session import account_of, open_session
from sync.writing import CellWrite

Shape = TypeVar("Shape")


class SheetsClient:
    """Our hands at Google, for one thread. Every method raises SheetsError and nothing else.

    `reads` and `writes` count the requests sent so far, retries included.
    """

    def __init__(self, key_file: Path | None = None, endpoint: str | None = None) -> None:
        self._session = open_session(key_file, endpoint)
        # gspread takes the credentials from the session; its annotation of `auth` does not know that.
        client = gspread.Client(auth=cast(Any, None), session=self._session, http_client=SheetsHTTPClient)
        self._http = cast(SheetsHTTPClient, client.http_client)

    def stop_with(self, stopping: threading.Event) -> None:
        """Send nothing more, and wait for nothing more, once `stopping` is set."""
        self._http.stopping = stopping

    @contextmanager
    def seeing_it_through(self) -> Iterator[None]:
        """Requests in here are sent even when we are stopping: half done would be worse."""
        self._http.must_finish = not self._http.stopping.is_set()
        try:
            yield
        finally:
            self._http.must_finish = False

    def close(self) -> None:
        """Close the connections."""
        self._session.close()  # type: ignore[no-untyped-call]

    @property
    def account(self) -> str:
        """The address that spreadsheets must be shared with, "" if unknown."""
        return account_of(self._session)

    @property
    def reads(self) -> int:
        return self._http.reads

    @property
    def writes(self) -> int:
        return self._http.writes

    @property
    def clock_skew(self) -> float | None:
        """Seconds by which our clock is ahead of Google's, as of the last answer."""
        return self._http.clock_skew

    def read_values(self, spreadsheet: str, titles: Sequence[str]) -> list[list[list[Scalar]]]:
        """The lean read: only values, of whole tabs in the order of `titles`. Trouble.RANGE when one is not there."""
        response = self._http.request(
            "get",
            SPREADSHEET_VALUES_BATCH_URL % spreadsheet,
            params={
                "ranges": [shapes.range_of(title) for title in titles],
                "valueRenderOption": "UNFORMATTED_VALUE",
                "dateTimeRenderOption": "SERIAL_NUMBER",
                "prettyPrint": "false",
            },
        )
        return _shaped(response, shapes.values_of)

    def read_book(self, spreadsheet: str) -> Book:
        """The full read: values, formulas, formats, merges and protections of all tabs, in one picture."""
        response = self._http.request(
            "get", SPREADSHEET_URL % spreadsheet, params={"fields": shapes.BOOK_FIELDS, "prettyPrint": "false"}
        )
        return _shaped(response, shapes.book_of)

    def write(self, spreadsheet: str, writes: Sequence[CellWrite], watched: Sequence[tuple[Tab, Area]]) -> list[Answer]:
        """Write all cells or none. The answer shows the `watched` areas right after the write was applied."""
        body = {
            "requests": shapes.update_requests(writes),
            "includeSpreadsheetInResponse": True,
            "responseIncludeGridData": True,
            "responseRanges": [shapes.range_of(tab.title, area) for tab, area in watched],
        }
        response = self._http.request(
            "post",
            SPREADSHEET_BATCH_UPDATE_URL % spreadsheet,
            params={"fields": shapes.ANSWER_FIELDS, "prettyPrint": "false"},
            json=body,
        )
        cells = _shaped(response, shapes.answered_cells, ambiguous=True)
        return [Answer(sheet_id, found) for sheet_id, found in cells.items()]

    def try_to_edit(self, spreadsheet: str, title: str) -> None:
        """A write that changes nothing, because Sheets skips null; it fails where we may not edit."""
        nothing = {"range": f"{shapes.range_of(title)}!A1", "values": [[None]]}
        self._http.request(
            "post",
            SPREADSHEET_VALUES_BATCH_UPDATE_URL % spreadsheet,
            json={"valueInputOption": "RAW", "data": [nothing]},
        )


def _shaped(response: Response, shape: Callable[[Any], Shape], ambiguous: bool = False) -> Shape:
    """The answer in our shape; one that is broken is like none at all."""
    try:
        return shape(shapes.loads(response.text))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SheetsError(Trouble.NETWORK, "a broken answer", ambiguous=ambiguous) from error
