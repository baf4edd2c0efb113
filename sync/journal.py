"""The journal's entry: a write that is about to be sent, and the tabs as it was planned on, as bytes and back.

With it the next process can tell, after a crash at any moment, what a write may have hit by mistake and what stood
there before. Pure: `records` keeps the bytes.
"""

import json
import zlib
from collections.abc import Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sync.grid import CellError, Entered, Formula, Scalar, Tab
from sync.okr import CellRef
from sync.repairing import Picture
from sync.writing import CellWrite

# Changes with the shape below: an entry of another version is not guessed at.
VERSION = 4


@dataclass(frozen=True, slots=True)
class UnderWay:
    """Writes that were sent, or were about to be, and the pictures that they were planned on."""

    pictures: tuple[Picture, ...]
    writes: tuple[CellWrite, ...]

    def on(self, sheet_ids: Set[int]) -> "UnderWay":
        """What of it is on some tabs."""
        return UnderWay(
            tuple(picture for picture in self.pictures if picture.tab.sheet_id in sheet_ids),
            tuple(write for write in self.writes if write.cell.sheet_id in sheet_ids),
        )

    def beside(self, other: "UnderWay") -> "UnderWay":
        """This one, and another one on other tabs."""
        return UnderWay(self.pictures + other.pictures, self.writes + other.writes)


def packed(under_way: UnderWay) -> bytes:
    """As the journal keeps it."""
    tabs = {picture.tab.sheet_id: picture.tab for picture in under_way.pictures}
    entry = {
        "version": VERSION,
        "spreadsheet": under_way.writes[0].cell.spreadsheet,
        "tabs": [_tab(tab) for tab in tabs.values()],
        "pictures": [_picture(picture) for picture in under_way.pictures],
        "writes": [_write(write) for write in under_way.writes],
    }
    return zlib.compress(json.dumps(entry, ensure_ascii=False, allow_nan=False).encode(), level=1)


def unpacked(entry: bytes) -> UnderWay | None:
    """What `packed` was given; None for an entry of another version, and for one that is damaged."""
    try:
        found = json.loads(zlib.decompress(entry))
        return _restored(found) if found["version"] == VERSION else None
    except (zlib.error, ValueError, TypeError, ArithmeticError, LookupError):
        return None


def _restored(found: dict[str, Any]) -> UnderWay:
    tabs = {tab["id"]: _restored_tab(tab) for tab in found["tabs"]}
    pictures = tuple(_restored_picture(tabs, picture) for picture in found["pictures"])
    writes = tuple(_restored_write(found["spreadsheet"], tabs, write) for write in found["writes"])
    return UnderWay(pictures, writes)


def _picture(picture: Picture) -> list[object]:
    header = [picture.header_rows, picture.header_height]
    return [picture.tab.sheet_id, *header, picture.identity_columns]


def _restored_picture(tabs: dict[int, Tab], stored: list[Any]) -> Picture:
    sheet_id, header_rows, header_height, columns = stored
    return Picture(tabs[sheet_id], header_rows, header_height, tuple(columns))


def _tab(tab: Tab) -> dict[str, object]:
    return {
        "id": tab.sheet_id,
        "title": tab.title,
        "values": [[_plain(value) for value in row] for row in tab.values],
        "formulas": [[row, column, text] for (row, column), text in tab.formulas.items()],
    }


def _restored_tab(stored: dict[str, Any]) -> Tab:
    values: Sequence[Sequence[Scalar]] = [[_scalar(value) for value in row] for row in stored["values"]]
    formulas = {(row, column): text for row, column, text in stored["formulas"]}
    return Tab(stored["id"], stored["title"], values, formulas)


def _write(write: CellWrite) -> list[object]:
    cell = write.cell
    place = [cell.sheet_id, cell.row, cell.column]
    instead_of = _write(write.instead_of) if write.instead_of else None
    return [*place, write.kind, write.key, _plain(write.old), _plain(write.new), write.why, instead_of]


def _restored_write(spreadsheet: str, tabs: dict[int, Tab], stored: list[Any]) -> CellWrite:
    sheet_id, row, column, kind, key, old, new, why, instead_of = stored
    cell = CellRef(spreadsheet, sheet_id, tabs[sheet_id].title, row, column)
    repair = _restored_write(spreadsheet, tabs, instead_of) if instead_of else None
    return CellWrite(cell, kind, key, _scalar(old), _entered(new), why, repair)


def _plain(value: Scalar | Entered) -> object:
    """JSON has no errors, formulas and exact numbers: those are objects of one key."""
    if isinstance(value, CellError):
        return {"error": value.code}
    if isinstance(value, Formula):
        return {"formula": [value.text, _plain(value.shows)]}
    if isinstance(value, Decimal):
        return {"exact": str(value)}
    return value


def _scalar(stored: Any) -> Scalar:
    if isinstance(stored, dict):
        return CellError(stored["error"])
    value: Scalar = stored
    return value


def _entered(stored: Any) -> Entered:
    if isinstance(stored, dict) and "formula" in stored:
        text, shows = stored["formula"]
        return Formula(text, _scalar(shows))
    if isinstance(stored, dict):
        return Decimal(stored["exact"])
    entered: Entered = stored
    return entered
