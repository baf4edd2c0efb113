"""The journal's entry: a write that is about to be sent, and the tabs as it was planned on, as bytes and back.

With it the next process can tell, after a crash at any moment, what a write may have hit by mistake and what stood
there before. It also keeps what is left to a person to put back. Pure: `records` keeps the bytes.
"""

import logging
import zlib
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import msgspec

from sync.domain.cells import CellRef
from sync.domain.grid import CellError, CellWrite, Entered, Formula, Scalar, Tab
from sync.passes.repair import Baseline, Lost, by_hand

log = logging.getLogger(__name__)

# Changes with the shape below: an entry of a version that is not known is not guessed at.
VERSION = 6
# It knew of no words, and not what of ours was in the cell of what is left to a person.
BEFORE = 5


@dataclass(frozen=True, slots=True)
class PendingWrite:
    """Writes that were sent, or were about to be, and the baselines that they were planned on.

    `lost` is what people's cells held and a person has to see to.
    """

    baselines: tuple[Baseline, ...] = ()
    writes: tuple[CellWrite, ...] = ()
    lost: tuple[Lost, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to keep."""
        return bool(self.writes or self.lost)

    def on(self, sheet_ids: Set[int]) -> "PendingWrite":
        """What was written of it to some tabs."""
        return PendingWrite(
            tuple(baseline for baseline in self.baselines if baseline.tab.sheet_id in sheet_ids),
            tuple(write for write in self.writes if write.cell.sheet_id in sheet_ids),
        )

    def beside(self, other: "PendingWrite") -> "PendingWrite":
        """This one, and another one on other tabs."""
        return PendingWrite(self.baselines + other.baselines, self.writes + other.writes, self.lost + other.lost)


def left_by_the_last(entry: bytes | None, spreadsheet: str) -> PendingWrite:
    """What the last pass left in the journal of a spreadsheet."""
    found = unpacked(entry) if entry else PendingWrite()
    if found is None:
        log.warning("%s: a write was cut off, and nobody can read what it may have hit", spreadsheet)
    return found or PendingWrite()


def accepted(pending_write: PendingWrite) -> PendingWrite:
    """Without what a person was told to see to, who says that it is right now."""
    tabs = {write.cell.sheet_id for write in pending_write.writes}
    return pending_write.on(tabs - by_hand.stopped(pending_write.lost))


def packed(pending_write: PendingWrite, spreadsheet: str) -> bytes | None:
    """As the journal keeps it; None for nothing."""
    if not pending_write:
        return None
    kept = [tab for baseline in pending_write.baselines for tab in (baseline.tab, *baseline.elsewhere)]
    tabs = list({id(tab): tab for tab in kept}.values())
    number = {id(tab): index for index, tab in enumerate(tabs)}
    entry = {
        "version": VERSION,
        "spreadsheet": spreadsheet,
        "tabs": [_tab(tab) for tab in tabs],
        "pictures": [_baseline(baseline, number) for baseline in pending_write.baselines],
        "writes": [_write(write) for write in pending_write.writes],
        "lost": [_lost(each) for each in pending_write.lost],
    }
    return zlib.compress(msgspec.json.encode(entry), level=1)


def unpacked(entry: bytes) -> PendingWrite | None:
    """What `packed` was given; None for an entry of another version, and for one that is damaged."""
    try:
        found = msgspec.json.decode(zlib.decompress(entry))
        return _restored(_upgraded(found)) if found["version"] in (VERSION, BEFORE) else None
    except (zlib.error, ValueError, TypeError, ArithmeticError, LookupError):
        return None


def _upgraded(found: dict[str, Any]) -> dict[str, Any]:
    """An entry in the shape of this version. All that an earlier one wrote were scores."""
    if found["version"] == VERSION:
        return found
    lost = [[*each, None] for each in found["lost"]]
    return found | {"writes": [_with_field(write) for write in found["writes"]], "lost": lost}


def _with_field(write: list[Any]) -> list[Any]:
    *said, instead_of = write
    return [*said, _with_field(instead_of) if instead_of else None, "score"]


def _restored(found: dict[str, Any]) -> PendingWrite:
    spreadsheet, tabs = found["spreadsheet"], [_restored_tab(tab) for tab in found["tabs"]]
    titles = {tab.sheet_id: tab.title for tab in tabs}
    baselines = tuple(_restored_baseline(tabs, baseline) for baseline in found["pictures"])
    writes = tuple(_restored_write(spreadsheet, titles, write) for write in found["writes"])
    return PendingWrite(baselines, writes, tuple(_restored_lost(spreadsheet, each) for each in found["lost"]))


def _baseline(baseline: Baseline, number: Mapping[int, int]) -> list[object]:
    header = [baseline.header_rows, baseline.header_height]
    elsewhere = [number[id(tab)] for tab in baseline.elsewhere]
    return [number[id(baseline.tab)], *header, baseline.identity_columns, sorted(baseline.owned), elsewhere]


def _restored_baseline(tabs: Sequence[Tab], stored: list[Any]) -> Baseline:
    tab, header_rows, header_height, columns, owned, elsewhere = stored
    places = frozenset((row, column) for row, column in owned)
    others = tuple(tabs[number] for number in elsewhere)
    return Baseline(tabs[tab], header_rows, header_height, tuple(columns), places, others)


def _lost(lost: Lost) -> list[object]:
    cell = lost.cell
    place = [cell.sheet_id, cell.tab, cell.row, cell.column]
    return [place, _plain(lost.held), lost.slot, lost.seen, lost.stops_tab, _plain(lost.ours)]


def _restored_lost(spreadsheet: str, stored: list[Any]) -> Lost:
    place, held, slot, seen, stops_tab, ours = stored
    return Lost(CellRef(spreadsheet, *place), _entered(held), slot, seen, stops_tab, _entered(ours))


def _tab(tab: Tab) -> dict[str, object]:
    return {
        "id": tab.sheet_id,
        "title": tab.title,
        # Few rows hold anything that JSON has not.
        "values": [[_plain(value) for value in row] if CellError in map(type, row) else row for row in tab.values],
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
    said = [write.kind, write.key, _plain(write.old), _plain(write.new), write.why]
    return [*place, *said, instead_of, write.field]


def _restored_write(spreadsheet: str, titles: Mapping[int, str], stored: list[Any]) -> CellWrite:
    sheet_id, row, column, kind, key, old, new, why, instead_of, field = stored
    cell = CellRef(spreadsheet, sheet_id, titles[sheet_id], row, column)
    repair = _restored_write(spreadsheet, titles, instead_of) if instead_of else None
    return CellWrite(cell, kind, key, _scalar(old), _entered(new), why, repair, field)


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
