"""The one session of the desk: the workbook, the document with what was done to it, and the file that it is saved to.

Requests come from several threads and are taken one at a time.
"""

import difflib
import os
import re
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from sync.config.settings import config_of
from sync.domain.grid import Book, CellWrite, Tab
from sync.domain.languages import N_, Language
from sync.domain.periods import CALENDAR_YEARS, Calendar
from sync.domain.snapshot import Snapshot
from sync.inspect import Proposal, propose
from sync.inspect.render import as_toml
from webapp.desk.document import Document
from webapp.desk.doubts import doubts
from webapp.desk.edits import EditError, Scene, apply
from webapp.desk.questions import Card, answer, chosen_of, open_cards
from webapp.desk.understanding import Understanding, WorkbookReader, beginning_of, is_long

MOST_UNDONE = 200
NOTHING_PROPOSED = N_("Nothing on “%(title)s” looks like OKRs. Say what its columns hold by clicking on their letters.")


NO_ADDRESS = N_(
    "Give the spreadsheet's address at Google: open it in the browser and copy what stands in the address line, "
    "https://docs.google.com/spreadsheets/d/…"
)
_ADDRESS = re.compile(r"/spreadsheets/d/([\w-]{20,})", re.ASCII)
_ID = re.compile(r"([\w-]{20,})", re.ASCII)


@dataclass(frozen=True, slots=True)
class TriedOut:
    """A pass, made or only tried: what became of cells, and the view that it gave; or why it could not be made."""

    writes: tuple[CellWrite, ...] = ()
    snapshot: Snapshot | None = None
    failure: str = ""


class RoadError(Exception):
    """What is in the way to the sheet, and what to do about it, in words."""


class Road(Protocol):
    """What the desk needs of the world; the command that opens it gives it."""

    def book(self) -> Book:
        """The workbook, read in full. Raises RoadError."""

    def picture(self, ranges: Sequence[str], fields: str) -> Any:
        """The workbook as it looks, in the JSON of Google's API. Raises RoadError."""

    def pass_over(self, text: str, language: Language, *, dry_run: bool, accept: bool) -> TriedOut:
        """A pass over this spreadsheet by a configuration's text."""


@dataclass(frozen=True, slots=True)
class _State:
    """What undo goes back to: the document, and the questions that were answered on the way to it."""

    document: Document
    answered: frozenset[int]


class Desk:
    """Everything between the page and the file. `path` is the configuration's; `is_copy` says that a downloaded
    workbook is being mapped, whose address at Google is not known yet.
    """

    def __init__(
        self,
        road: Road,
        path: Path,
        today: Callable[[], date],
        language: Language,
        *,
        is_copy: bool,
        calendar: Calendar = CALENDAR_YEARS,
    ) -> None:
        self.road, self.path, self.is_copy, self._today, self._calendar = road, path, is_copy, today, calendar
        self.lock = threading.RLock()
        self._take_up(road.book())
        self.file = path.read_text(encoding="utf-8") if path.exists() else ""
        # The text that was saved: of a copy not what the file holds, which names the real spreadsheet.
        self.saved = self.file
        # For which spreadsheet it was saved, where a copy is mapped.
        self.address = ""
        self.is_practice = False
        self.proposal: Proposal | None = None
        document = Document(self.saved, self.book.id)
        if document.number is None:
            self.proposal = propose(self.book, today())
            document = _proposed(document, self.proposal, language) if self.proposal.drafts else _empty(document)
        self.began_empty = self.proposal is not None and not self.proposal.drafts
        self.questions = list(self.proposal.questions) if self.proposal else []
        self._undone: list[_State] = []
        self._done: list[_State] = []
        self._state = _State(document, frozenset())

    def _take_up(self, book: Book) -> None:
        self.book, self._reader = book, WorkbookReader(book, self._today, self._calendar)
        self._first_reader = self._reader
        if is_long(book):
            self._first_reader = WorkbookReader(beginning_of(book), self._today, self._calendar)

    @property
    def document(self) -> Document:
        return self._state.document

    @property
    def understanding(self) -> Understanding:
        """What the present document makes of the workbook. May be asked for while others click."""
        return self._reader.understand(self.document)

    @property
    def at_first(self) -> Understanding:
        """The same at once: where all of a long workbook was not read by the document yet, of its beginning only."""
        return self._reader.known(self.document) or self._first_reader.understand(self.document)

    def is_whole(self, understanding: Understanding) -> bool:
        """Whether all rows are in it."""
        return understanding.book is self.book

    @property
    def can_undo(self) -> bool:
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    @property
    def is_saved(self) -> bool:
        return self.document.text == self.saved

    @property
    def may_write(self) -> bool:
        """What is written into a real sheet must be what the worker goes on with."""
        return self.is_saved or self.is_copy

    def tab(self, sheet_id: int | None) -> Tab:
        """A tab of the workbook; the first mapped one where none is asked for, or it is not there."""
        found = self.book.tab(sheet_id) if sheet_id is not None else None
        mapped = [self.book.tab(each.tab.sheet_id) for each in self.at_first.reading.tabs]
        return found or next(tab for tab in [*mapped, *self.book.tabs] if tab is not None)

    @property
    def cards(self) -> list[Card]:
        """The open questions: inspect's, and those about rows that are read by now."""
        understanding, answered = self.at_first, self._state.answered
        # What stands below all key results is known only once all are.
        odd = doubts(understanding, answered) if self.is_whole(understanding) else []
        return [*open_cards(understanding, self.questions, answered), *odd]

    def edit(self, tab: Tab, edit: Mapping[str, Any], language: Language) -> None:
        """Carry out a click. Raises EditError."""
        if edit.get("do") == "take":
            self._take(tab, language)
        elif edit.get("do") == "answer":
            card, chosen = chosen_of(self.cards, _number(edit.get("question")), _number(edit.get("answer")))
            self._go(answer(self.document, card, chosen), self._state.answered | {card.number})
        else:
            self._go(apply(Scene(self.document, self.at_first, tab), edit))

    def _take(self, tab: Tab, language: Language) -> None:
        """Let a tab take part, as inspect would map it beside those that do; else by itself."""
        mapped = [found.tab.title for found in self.at_first.reading.tabs]
        tries = ([*mapped, tab.title], [tab.title])
        proposals = (propose(self.book, self._today(), titles) for titles in tries)
        found = ((each, tuple(draft for draft in each.drafts if draft.title == tab.title)) for each in proposals)
        proposal, drafts = next(((each, drafts) for each, drafts in found if drafts), (None, ()))
        if proposal is None:
            raise EditError(NOTHING_PROPOSED, title=tab.title)
        own = replace(proposal, drafts=drafts, refusals=())
        self.questions += own.questions
        self._go(_proposed(self.document, own, language))

    def write_text(self, text: str) -> None:
        """Take over a text that a person typed. Raises Fault where it is no TOML."""
        changed = replace(self.document, text=text)
        changed.tables()
        self._go(changed)

    def undo(self) -> None:
        """One step back."""
        if self._done:
            self._undone.append(self._state)
            self._state = self._done.pop()

    def redo(self) -> None:
        """One step forward again."""
        if self._undone:
            self._done.append(self._state)
            self._state = self._undone.pop()

    def read_again(self) -> None:
        """The workbook as it is now; the document stays."""
        self._take_up(self.road.book())

    def to_save(self, address: str = "") -> Document:
        """What would be put into the file; of a copy, with the ID of the real spreadsheet. Raises EditError."""
        return self.document.renamed(_id_in(address)) if address else self.document

    def difference(self, document: Document) -> list[str]:
        """What saving would change in the file, as lines of a unified diff."""
        return list(difflib.unified_diff(self.file.splitlines(), document.text.splitlines(), lineterm="", n=2))

    def save(self, address: str = "", *, practice: bool = False) -> None:
        """Put the document into the file, where it is a configuration. A copy needs the address of the real
        spreadsheet, unless it is for practice only: no worker finds a file's name at Google.

        Raises ConfigError with every fault, EditError and OSError.
        """
        if self.is_copy and not practice and not address.strip():
            raise EditError(NO_ADDRESS)
        document = self.to_save("" if practice else address)
        config_of(document.tables(), self.path)
        _write(self.path, document.text)
        self.saved, self.file = self.document.text, document.text
        self.address, self.is_practice = address, self.is_copy and practice

    def _go(self, document: Document, answered: frozenset[int] | None = None) -> None:
        state = _State(document, self._state.answered if answered is None else answered)
        if state != self._state:
            self._done = [*self._done, self._state][-MOST_UNDONE:]
            self._undone.clear()
            self._state = state


def _id_in(address: str) -> str:
    """The ID in an address at Google, or an ID by itself. Raises EditError."""
    found = _ADDRESS.search(address) or _ID.fullmatch(address.strip())
    if found is None:
        raise EditError(NO_ADDRESS)
    return found[1]


def _proposed(document: Document, proposal: Proposal, language: Language) -> Document:
    return document.add(as_toml(proposal, language, with_questions=False))


def _number(value: Any) -> int:
    return value if isinstance(value, int) else -1


def _empty(document: Document) -> Document:
    """A spreadsheet of which nothing is mapped yet."""
    return document.add(f'[[spreadsheet]]\nid = "{document.spreadsheet}"\n')


def _write(path: Path, text: str) -> None:
    """Beside the file first, so that it is either the old one or the new one."""
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent, text=True)
    new = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        new.chmod(mode)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
