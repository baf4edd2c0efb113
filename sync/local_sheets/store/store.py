"""The spreadsheets of one data folder, durable: `ID.json` is a snapshot, `ID.journal` the changes since.

A change is one line, flushed to disk before it is published, so killing the process loses nothing that was
acknowledged. A line torn by the kill was never acknowledged and is dropped. Published spreadsheets never change
(see `book`), so readers take no lock; writers take turns.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from filelock import FileLock, Timeout

from sync.local_sheets.book.book import OWNER, Spreadsheet
from sync.local_sheets.errors import not_found
from sync.local_sheets.store.change_log import ChangeLog
from sync.local_sheets.store.changes import applied
from sync.local_sheets.store.snapshots import dumped, loaded
from sync.local_sheets.store.watch import Watch

_IDS = re.compile(r"[A-Za-z0-9_-]+")
# A journal is folded into the snapshot when it outgrows it, or this where the snapshot is small.
_SMALL_JOURNAL = 1_000_000


class DamagedData(Exception):
    """A file of the data folder that is not what this server wrote."""


class Store:
    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._owned = FileLock(folder / "lock")
        try:
            self._owned.acquire(timeout=0)
        except Timeout:
            raise OSError(f"{folder} is in use by another local Sheets server") from None
        self._writing = threading.RLock()
        self._journals: dict[str, IO[bytes]] = {}
        self._books: dict[str, Spreadsheet] = {}
        self._watch: Watch | None = None
        self.changes = ChangeLog(lambda: list(self._books))
        try:
            self._books = {book.spreadsheet_id: book for book in self._load()}
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        with self._writing:
            for journal in self._journals.values():
                journal.close()
            self._journals.clear()
            self._owned.release()

    def secret(self) -> bytes:
        """Random bytes of this folder, the same after a restart."""
        path = self._folder / "secret"
        if not path.exists():
            _write_whole(path, secrets.token_hex(32))
        return path.read_bytes()

    def books(self) -> list[Spreadsheet]:
        return sorted(self._books.values(), key=lambda book: (book.title.casefold(), book.spreadsheet_id))

    def book(self, spreadsheet_id: str) -> Spreadsheet:
        book = self._books.get(spreadsheet_id)
        if book is None:
            raise not_found()
        return book

    def set_watch(self, watch: Watch) -> None:
        """From here on, each change is told to this watch; it takes the place of one that was there."""
        with self._writing:
            for book in self._books.values():
                watch.placed(book)
            self._watch = watch

    def __contains__(self, spreadsheet_id: str) -> bool:
        return spreadsheet_id in self._books

    def put(self, book: Spreadsheet) -> None:
        """A new spreadsheet, in the place of one with the same id."""
        if not _IDS.fullmatch(book.spreadsheet_id):
            raise ValueError(f"{book.spreadsheet_id!r} cannot be the id of a spreadsheet")
        with self._writing:
            old = self._books.get(book.spreadsheet_id)
            book.version = old.version + 1 if old else book.version
            book.modified = now()
            book.created = book.created or book.modified
            self._fold(book)
            self._books[book.spreadsheet_id] = book
            self.changes.add(book.spreadsheet_id)
            if self._watch:
                self._watch.placed(book)

    def change(self, spreadsheet_id: str, change: dict[str, Any], who: str) -> tuple[Spreadsheet, Any]:
        """Carries out one change, or raises and leaves everything as it was."""
        with self._writing:
            stamped = {**change, "who": who, "at": now()}
            changed, result = applied(self.book(spreadsheet_id), stamped)
            self._journal(changed, {"version": changed.version, **stamped})
            self._books[spreadsheet_id] = changed
            self.changes.add(spreadsheet_id, by_hand=who == OWNER)
            if self._watch:
                self._watch.changed(changed, stamped)
            return changed, result

    def delete(self, spreadsheet_id: str) -> None:
        with self._writing:
            self.book(spreadsheet_id)
            # The snapshot goes first: a journal without one is swept away at the next start.
            self._snapshot_path(spreadsheet_id).unlink()
            self._close_journal(spreadsheet_id)
            self._journal_path(spreadsheet_id).unlink(missing_ok=True)
            del self._books[spreadsheet_id]
            self.changes.add(spreadsheet_id)
            if self._watch:
                self._watch.deleted(spreadsheet_id)

    def _journal(self, book: Spreadsheet, entry: dict[str, Any]) -> None:
        line = json.dumps(entry, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode() + b"\n"
        journal = self._journals.get(book.spreadsheet_id)
        if journal is None:
            journal = self._journal_path(book.spreadsheet_id).open("ab", buffering=0)
            self._journals[book.spreadsheet_id] = journal
        with _undone_on_failure(journal):
            while line:
                line = line[journal.write(line) :]
            os.fsync(journal.fileno())
        if journal.tell() > max(_SMALL_JOURNAL, self._snapshot_path(book.spreadsheet_id).stat().st_size):
            self._fold(book)

    def _fold(self, book: Spreadsheet) -> None:
        """Writes a snapshot and begins an empty journal; killed in between, the version tells what is in both."""
        _write_whole(self._snapshot_path(book.spreadsheet_id), dumped(book))
        self._close_journal(book.spreadsheet_id)
        self._journal_path(book.spreadsheet_id).unlink(missing_ok=True)

    def _load(self) -> Iterator[Spreadsheet]:
        for leftover in self._folder.glob("*.tmp"):
            leftover.unlink()
        for path in sorted(self._folder.glob("*.journal")):
            if not path.with_suffix(".json").exists():
                path.unlink()
        for path in sorted(self._folder.glob("*.json")):
            yield self._loaded(path)

    def _loaded(self, path: Path) -> Spreadsheet:
        try:
            book = loaded(path.read_text("utf-8"))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise DamagedData(f"{path} cannot be read: {error}") from error
        journal = path.with_suffix(".journal")
        if journal.exists():
            for entry in _entries(journal):
                if entry["version"] > book.version:
                    book, _ = applied(book, entry)
            self._fold(book)
        return book

    def _close_journal(self, spreadsheet_id: str) -> None:
        journal = self._journals.pop(spreadsheet_id, None)
        if journal is not None:
            journal.close()

    def _snapshot_path(self, spreadsheet_id: str) -> Path:
        return self._folder / f"{spreadsheet_id}.json"

    def _journal_path(self, spreadsheet_id: str) -> Path:
        return self._folder / f"{spreadsheet_id}.journal"


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _entries(path: Path) -> Iterator[dict[str, Any]]:
    """The whole lines of a journal. Only the last can be torn; any other that cannot be read is damage."""
    lines = path.read_bytes().split(b"\n")
    for number, line in enumerate(lines[:-1], start=1):
        try:
            entry = json.loads(line)
        except ValueError:
            if number == len(lines) - 1:
                return
            raise DamagedData(f"{path}, line {number}, cannot be read") from None
        yield entry


@contextmanager
def _undone_on_failure(journal: IO[bytes]) -> Iterator[None]:
    """A line that could not be written whole, on a full disk say, must not stand before the next one."""
    end = journal.seek(0, os.SEEK_END)
    try:
        yield
    except OSError:
        os.ftruncate(journal.fileno(), end)
        raise


def _write_whole(path: Path, text: str) -> None:
    """All or nothing, also through a power cut."""
    temporary = path.with_name(path.name + ".tmp")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
