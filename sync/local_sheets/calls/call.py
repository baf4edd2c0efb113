"""One API request, checked and ready to be carried out, and what a method of the API is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sync.local_sheets.book.book import Spreadsheet
from sync.local_sheets.calls.roles import may_read, may_write
from sync.local_sheets.errors import forbidden
from sync.local_sheets.protocol.fields import Mask, project
from sync.local_sheets.protocol.messages import Shape, method_shape
from sync.local_sheets.store.store import Store


@dataclass(frozen=True)
class File:
    """An answer that is no JSON."""

    content: bytes
    media_type: str


@dataclass(frozen=True)
class Call:
    """`named` is what the URL names, by Google's names; `media` an uploaded file."""

    store: Store
    caller: str
    address: str
    named: dict[str, str] = field(default_factory=dict)
    query: dict[str, Any] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)
    mask: Mask | None = None
    media: File | None = None

    @property
    def spreadsheet_id(self) -> str:
        return self.named.get("spreadsheetId") or self.named.get("fileId") or ""

    @property
    def range(self) -> str:
        return self.named["range"]

    def book(self) -> Spreadsheet:
        """The spreadsheet that is named; 404 where there is none, 403 where the caller may not read it."""
        book = self.store.book(self.spreadsheet_id)
        if not may_read(book, self.caller):
            raise forbidden()
        return book

    def change(self, change: dict[str, Any]) -> tuple[Spreadsheet, Any]:
        """Carries out one change, if the caller may write."""
        if not may_write(self.book(), self.caller):
            raise forbidden()
        return self.store.change(self.spreadsheet_id, change, self.caller)

    def shown(self, answer: dict[str, Any]) -> dict[str, Any]:
        """What the caller's `fields` leave of the answer."""
        shown: dict[str, Any] = project(answer, self.mask or {})
        return shown


Answer: TypeAlias = dict[str, Any] | File | None
# Told of each answer before it is sent, with the method's name: for tests that check all of them.
OnAnswer: TypeAlias = Callable[[str, Answer], None]


@dataclass(frozen=True)
class Method:
    """`kind` is "read", "write" or "other"; `body_name` is what a refusal calls the body."""

    name: str
    kind: str
    carry_out: Callable[[Call], Answer]
    shape: Shape
    body_name: str = ""
    takes_media: bool = False

    @property
    def strict(self) -> bool:
        """Sheets refuses names that it does not know, where Drive ignores them."""
        return self.name.startswith("spreadsheets.")


def method(name: str, kind: str, carry_out: Callable[[Call], Answer], body_name: str = "") -> Method:
    """A method of the discovery documents."""
    return Method(name, kind, carry_out, method_shape(name), body_name)
