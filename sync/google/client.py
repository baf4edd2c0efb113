"""The requests of a pass: a lean read, a full read or one of a few rows, a write with the answer that shows where it
landed.
"""

import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlencode

from gspread.urls import (
    SPREADSHEET_BATCH_UPDATE_URL,
    SPREADSHEET_URL,
    SPREADSHEET_VALUES_BATCH_URL,
)

from sync.clock import Clock, SystemClock
from sync.domain.failures import Trouble
from sync.domain.grid import Book, CellWrite, Scalar, Tab
from sync.google import shapes
from sync.google.answers import BatchUpdate, BatchValues, Json, MatchedBatchValues, Spreadsheet
from sync.google.errors import SheetsError
from sync.google.http import Permit, SheetsHTTPClient
from sync.google.quota import Kind, Quota
from sync.google.session import Identity, open_session

# Google refuses addresses somewhere beyond 8,000 characters, and proxies earlier.
LONGEST_ADDRESS = 2000

_AS_STORED = {"valueRenderOption": "UNFORMATTED_VALUE", "dateTimeRenderOption": "SERIAL_NUMBER"}


class SheetsClient:
    """Our hands at Google, for one thread. Every method raises SheetsError and nothing else of its own.

    Clients that sign in as the same identity share a `quota`; with the `identity` of another client they share its
    signing in too, and the key file is not read again. `reads` and `writes` count the requests sent so far,
    retries included; `statuses` their answers by HTTP status, with 0 for no answer.
    """

    @classmethod
    def alone(
        cls, credentials: Path | None, endpoint: str | None, requests_per_minute: int, clock: Clock
    ) -> "SheetsClient":
        """One that shares its quota with nobody in this process. Raises SheetsError."""
        return cls(credentials, endpoint, clock=clock, quota=Quota.share_of(requests_per_minute, clock))

    def __init__(
        self,
        key_file: Path | None = None,
        endpoint: str | None = None,
        *,
        clock: Clock | None = None,
        quota: Quota | None = None,
        identity: Identity | None = None,
    ) -> None:
        clock = clock or SystemClock()
        self._session = open_session(key_file, endpoint, clock, identity)
        self._quota = quota or Quota(clock)
        self._http = SheetsHTTPClient(self._session, self._quota, clock)

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

    def within(self, seconds: float) -> AbstractContextManager[None]:
        """All requests in here together get so much time. What does not fit in fails with the trouble last seen."""
        return self._session.wire.deadline.within(seconds)

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    @property
    def identity(self) -> Identity:
        """Who we are, for clients of other threads."""
        return self._session.identity

    @property
    def account(self) -> str:
        """The address that spreadsheets must be shared with, "" if unknown."""
        return self._session.account

    @property
    def reads(self) -> int:
        return self._http.sent["read"]

    @property
    def writes(self) -> int:
        return self._http.sent["write"]

    @property
    def statuses(self) -> Counter[int]:
        return self._http.statuses

    @property
    def quota_left(self) -> dict[str, int]:
        """How many reads and writes our share of the quota still allows at once; none where that cannot be counted."""
        try:
            return {kind: self._quota.left(kind) for kind in get_args(Kind)}
        except SheetsError:
            return {}

    @property
    def clock_skew(self) -> float | None:
        """Seconds by which our clock is ahead of Google's, as of the last answer that told the time."""
        return self._session.wire.clock_skew

    def read_values(self, spreadsheet: str, titles: Sequence[str]) -> list[list[list[Scalar]]]:
        """The lean read: only values, of whole tabs in the order of `titles`. Trouble.RANGE when one is not there."""
        ranges = [shapes.range_of(title) for title in titles]
        url = SPREADSHEET_VALUES_BATCH_URL % spreadsheet
        params = {"ranges": ranges, **_AS_STORED, "prettyPrint": "false"}
        if len(url) + len(urlencode(params, doseq=True)) > LONGEST_ADDRESS:
            return self._read_many(spreadsheet, ranges)
        return self._http.exchange(
            "read", "get", url, BatchValues, partial(shapes.values_of, len(titles)), params=params
        )

    def _read_many(self, spreadsheet: str, ranges: Sequence[str]) -> list[list[list[Scalar]]]:
        """The lean read with the ranges in the body, which Google counts as one read too."""
        url = SPREADSHEET_VALUES_BATCH_URL % spreadsheet + "ByDataFilter"
        body = {"dataFilters": [{"a1Range": each} for each in ranges], **_AS_STORED}
        params = {"prettyPrint": "false"}
        found = self._http.exchange(
            "read", "post", url, MatchedBatchValues, shapes.values_by_range, params=params, json=body
        )
        gone = [each for each in ranges if each not in found]
        if gone:
            raise SheetsError(Trouble.RANGE, f"nothing at {gone[0]}")
        return [found[each] for each in ranges]

    def read_book(self, spreadsheet: str, *, fills: bool = False) -> Book:
        """The full read: values, formulas, formats, merges and protections of all tabs, in one picture; the colours of
        cells only where `fills` asks for them.
        """
        fields = shapes.with_fills(shapes.BOOK_FIELDS) if fills else shapes.BOOK_FIELDS
        params = {"fields": fields, "prettyPrint": "false"}
        return self._http.exchange(
            "read", "get", SPREADSHEET_URL % spreadsheet, Spreadsheet, shapes.book_of, params=params
        )

    def read_rows(self, spreadsheet: str, rows: Mapping[str, Sequence[range]]) -> Book:
        """The full read of a few rows of some tabs, by title: the tabs without what stands in other rows.

        Trouble.RANGE where a tab is not there, or where these are more ranges than an address holds.
        """
        ranges = [shapes.rows_of(title, each) for title, those in rows.items() for each in those]
        params = {"ranges": ranges, "fields": shapes.BOOK_FIELDS, "prettyPrint": "false"}
        url = SPREADSHEET_URL % spreadsheet
        if len(url) + len(urlencode(params, doseq=True)) > LONGEST_ADDRESS:
            raise SheetsError(Trouble.RANGE, f"{len(ranges)} ranges")
        return self._http.exchange("read", "get", url, Spreadsheet, shapes.book_of, params=params)

    def write(
        self,
        spreadsheet: str,
        writes: Sequence[CellWrite],
        permit: Permit | None = None,
        *,
        fills: bool = False,
        rows: Mapping[str, Sequence[range]] | None = None,
    ) -> list[Tab]:
        """Write all cells or none. The answer shows the written tabs right after the write was applied: what their
        cells show, where they hold formulas, and, where `fills` asks for it, the colours of cells. With `rows`, by
        title, it shows no more than these of them.

        `permit` is asked right before each attempt, however long we waited for it; what it raises comes out.

        Where Google names the request that it refuses, the error carries the `sheet_id` of the tab that it was for.
        """
        requests = shapes.update_requests(writes)
        titles = dict.fromkeys(write.cell.tab for write in writes)
        whole = [shapes.range_of(title) for title in titles]
        body = {
            "requests": requests,
            "includeSpreadsheetInResponse": True,
            "responseIncludeGridData": True,
            "responseRanges": whole
            if rows is None
            else [shapes.rows_of(title, each) for title in titles for each in rows[title]],
        }
        url = SPREADSHEET_BATCH_UPDATE_URL % spreadsheet
        fields = shapes.with_fills(shapes.ANSWER_FIELDS) if fills else shapes.ANSWER_FIELDS
        params = {"fields": fields, "prettyPrint": "false"}
        try:
            return self._http.exchange(
                "write", "post", url, BatchUpdate, shapes.answered_tabs, params=params, json=body, permit=permit
            )
        except SheetsError as error:
            if error.request_index is not None and error.request_index < len(requests):
                error.sheet_id = requests[error.request_index]["updateCells"]["range"]["sheetId"]
            raise

    def refused_edit(self, book: Book) -> SheetsError | None:
        """Why we may not edit a spreadsheet that we may read: Trouble.PERMISSION; None where we may."""
        for tab in book.tabs[:1]:
            try:
                self.try_to_edit(book.id, tab.title)
            except SheetsError as error:
                # Google answers some who may only view with 500 instead of 403.
                if error.trouble is Trouble.PERMISSION or error.status == 500:
                    return SheetsError(Trouble.PERMISSION, error.detail, status=error.status)
                # A first cell that is protected says nothing about the score cells.
                if error.trouble is not Trouble.PROTECTED:
                    raise
        return None

    def try_to_edit(self, spreadsheet: str, title: str) -> None:
        """A write that changes nothing, because Sheets skips null; it fails where we may not edit."""
        nothing = {"range": f"{shapes.range_of(title)}!A1", "values": [[None]]}
        self._http.values_batch_update(spreadsheet, {"valueInputOption": "RAW", "data": [nothing]})

    def ask(
        self,
        spreadsheet: str,
        method: str = "",
        *,
        params: Mapping[str, Any] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> Any:
        """The API itself, for the probe: Google's JSON as it came. With a body a POST, else a GET.

        `method` is what stands after the spreadsheet's ID in the address: "", ":batchUpdate", "/values:batchGet".
        """
        url = SPREADSHEET_URL % spreadsheet + method
        if body is None:
            return self._http.exchange("read", "get", url, Json, dict, params=params)
        return self._http.exchange("write", "post", url, Json, dict, params=params, json=body)
