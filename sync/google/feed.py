"""Drive's change feed: which spreadsheets changed lately, one request for all that an identity sees.

A hint, and never a gate: Google tells an edit in the browser about three minutes late, several as one, and what
recalculates by itself never. Nothing is known of what changed inside.
"""

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

from sync.clock import Clock
from sync.domain.failures import Trouble
from sync.google.answers import Json
from sync.google.errors import SheetsError
from sync.google.http import SheetsHTTPClient
from sync.google.quota import Quota
from sync.google.session import open_session

# The least that lets us ask which files changed. It shows names of files, and nothing that is in them.
FEED_SCOPES = ("https://www.googleapis.com/auth/drive.metadata.readonly",)

CHANGES_URL = "https://www.googleapis.com/drive/v3/changes"
_ALL_DRIVES = {"supportsAllDrives": "true", "includeItemsFromAllDrives": "true"}
_FIELDS = "nextPageToken,newStartPageToken,changes(fileId,removed,file(trashed,lastModifyingUser(me)))"
# The most that Drive puts on one page.
_PAGE = 1000
# Of Drive's 12,000 requests a minute; we ask once a minute.
REQUESTS_PER_MINUTE = 60
# Seconds that all requests of a look have together: whoever asks has passes to make.
PATIENCE = 10.0
# How Drive says that it does not know a page token any more.
_LOST = (400, 404, 410)


class Hint(StrEnum):
    """What the feed says of a spreadsheet. OURS: what was changed last was changed by us."""

    CHANGED = "changed"
    OURS = "ours"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Look:
    """What changed since the last look, the newest word on each file; or `lost`: anything may have changed since."""

    hints: Mapping[str, Hint]
    lost: bool = False


class ChangeFeed:
    """The feed of one identity, for one thread. What was before it is first asked, it does not tell."""

    def __init__(self, key_file: Path | None, endpoint: str | None, clock: Clock, token: str = "") -> None:
        """Begins now, or at a page token. Raises SheetsError for unusable credentials."""
        self._session = open_session(key_file, endpoint, clock, scopes=FEED_SCOPES)
        quota = Quota(clock, reads=REQUESTS_PER_MINUTE, writes=REQUESTS_PER_MINUTE)
        self._http = SheetsHTTPClient(self._session, quota, clock)
        self._token = token

    def look(self) -> Look:
        """Ask for what changed. Raises SheetsError: without the scope or the API, PERMISSION or API_DISABLED."""
        with self._session.wire.deadline.within(PATIENCE):
            return self._look()

    def stop_with(self, stopping: threading.Event) -> None:
        """Send nothing more, and wait for nothing more, once `stopping` is set."""
        self._http.stopping = stopping

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def _look(self) -> Look:
        if not self._token:
            return self._begin()
        hints: dict[str, Hint] = {}
        try:
            for name, hint in self._changes():
                # Whatever is told twice or out of order: our own write is no reason to overlook what others did.
                if hint is not Hint.OURS or name not in hints:
                    hints[name] = hint
        except SheetsError as error:
            if error.status not in _LOST or error.trouble is Trouble.QUOTA:
                raise
            return self._begin()
        return Look(hints)

    def _begin(self) -> Look:
        params = {"supportsAllDrives": "true", "fields": "startPageToken"}
        url = f"{CHANGES_URL}/startPageToken"
        self._token = self._http.exchange("read", "get", url, Json, partial(_text_of, "startPageToken"), params=params)
        return Look({}, lost=True)

    def _changes(self) -> Iterator[tuple[str, Hint]]:
        """Page after page. The token moves on when the last page is there, so that a lost page is asked for again."""
        token = self._token
        while True:
            params = {"pageToken": token, "pageSize": str(_PAGE), "includeRemoved": "true", "fields": _FIELDS}
            page = self._http.exchange("read", "get", CHANGES_URL, Json, _page_of, params=params | _ALL_DRIVES)
            yield from page.hints
            if page.start:
                self._token = page.start
                return
            token = page.next


@dataclass(frozen=True, slots=True)
class _Page:
    hints: tuple[tuple[str, Hint], ...]
    next: str
    start: str


def _page_of(answer: Mapping[str, Any]) -> _Page:
    """Raises ValueError for what is no page of changes."""
    following, start = answer.get("nextPageToken", ""), answer.get("newStartPageToken", "")
    if not (following or start):
        raise ValueError("a page of changes without a token")
    changes = answer.get("changes", [])
    hints = tuple((str(each["fileId"]), _hint_of(each)) for each in changes if each.get("fileId"))
    return _Page(hints, str(following), str(start))


def _hint_of(change: Mapping[str, Any]) -> Hint:
    file = change.get("file") or {}
    if change.get("removed") or file.get("trashed"):
        return Hint.GONE
    return Hint.OURS if (file.get("lastModifyingUser") or {}).get("me") else Hint.CHANGED


def _text_of(name: str, answer: Mapping[str, Any]) -> str:
    text = str(answer.get(name, ""))
    if not text:
        raise ValueError(f"an answer without {name}")
    return text
