"""One API request, checked and ready to be carried out, and what a method of the API is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sync.local_sheets.fields import Mask, project
from sync.local_sheets.store import Store


@dataclass(frozen=True)
class Call:
    store: Store
    caller: str
    address: str
    spreadsheet_id: str = ""
    range: str = ""
    query: dict[str, Any] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)
    mask: Mask | None = None

    def shown(self, answer: dict[str, Any]) -> dict[str, Any]:
        """What the caller's `fields` leave of the answer."""
        shown: dict[str, Any] = project(answer, self.mask or {})
        return shown


@dataclass(frozen=True)
class Method:
    """`query`, `body` and `answer` name messages; a query of None is not checked, a body of None not read."""

    name: str
    kind: str
    verb: str
    path: str
    carry_out: Callable[[Call], dict[str, Any] | None]
    answer: str
    query: str | None = "NoQuery"
    body: str | None = None
    body_name: str = ""
