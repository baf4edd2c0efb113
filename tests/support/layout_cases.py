"""The real layouts: read once each, and what a proposal makes of them, compared cell by cell with what is expected.

No pass is made: the proposal is read, scored and planned as a pass would, and the plan's writes are looked at.
"""

import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from sync.domain.cells import CellRef
from sync.domain.grid import Book
from sync.domain.okr import KeyResult, Objective
from sync.domain.scoring import Score, score_okrs
from sync.inspect import Proposal, propose
from sync.inspect.unused import unused
from sync.passes.plan import Plan, make_plan
from sync.reading import BookReading, read_book
from tests.support.installation import Installation
from tests.support.word_loss import half_of_the_words

LAYOUTS = Path(__file__).parents[3] / "shared" / "layouts"
TODAY = date(2026, 11, 21)

# "Cut first response to 2h": since this layout was described, a fall in words without a start has no score.
SINCE: dict[tuple[str, str], dict[str, Any]] = {
    ("20-en-horizontal-kr123", "E2"): {"score": None, "problem": "start-missing"},
    ("20-en-horizontal-kr123", "A2"): {"score": 0.8},
}

# An empty template, of which the expectation says that it may as well be left out.
UNFILLED = {("22-en-separate-objective-score-block", "A23")}

Place = tuple[str, str]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout: the spreadsheet as it is read, and what is expected of every key result and objective."""

    name: str
    should_map: bool
    book: Book
    expected: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Miss:
    """Something that did not come out as expected: at which cell, in which field, and what came out instead."""

    at: Place
    kind: str
    field: str
    found: object
    wanted: object


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a proposal, unedited, makes of a layout."""

    layout: Layout
    proposal: Proposal
    misses: tuple[Miss, ...] = ()

    @property
    def refused(self) -> bool:
        return not self.proposal.drafts

    @property
    def right(self) -> bool:
        return self.refused is not self.layout.should_map and not self.misses


def layouts() -> list[Path]:
    """The folders of the layouts, where they are."""
    return sorted(path.parent for path in LAYOUTS.glob("*/case.json"))


@lru_cache(maxsize=64)
def layout(source: Path) -> Layout:
    """Imported into a local Sheets server and read from there, as a pass reads it."""
    case = json.loads((source / "case.json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder, Installation(Path(folder), locale=case["locale"]) as installation:
        workbook = shutil.copy(source / "workbook.xlsx", Path(folder) / f"{source.name}.xlsx")
        book = installation.client.read_book(installation.server.import_workbook(Path(workbook)))
    entries = json.loads((source / "expected.json").read_text(encoding="utf-8"))
    expected = tuple({**entry, **SINCE.get((source.name, entry["at"]), {})} for entry in entries)
    return Layout(source.name, case["should_map"], book, expected)


def tried(found: Layout) -> Outcome:
    """What inspect proposes for a layout, and what that comes to."""
    proposal = propose(found.book, TODAY)
    if not proposal.drafts:
        return Outcome(found, proposal)
    reading = read_book(found.book, [draft.mapping() for draft in proposal.drafts])
    scores = score_okrs(reading.objectives, reading.key_results, {})
    plan = make_plan(found.book, reading, scores, ours={}, owned_columns=frozenset(), accept=True)
    return Outcome(found, proposal, misses(found, reading, scores, plan))


@lru_cache(maxsize=256)
def tried_with_half(source: Path, seed: int) -> Outcome:
    """The same with half of the words taken away; what several tests ask for is tried once."""
    with half_of_the_words(seed):
        return tried(layout(source))


def misses(found: Layout, reading: BookReading, scores: Mapping[str, Score], plan: Plan) -> tuple[Miss, ...]:
    """All that did not come out as expected."""
    return tuple(_misses(found, reading, scores, plan))


def _misses(found: Layout, reading: BookReading, scores: Mapping[str, Score], plan: Plan) -> Iterator[Miss]:
    wanted = by_name(
        (entry["kind"], (entry["tab"], entry["at"]), entry["text"].strip(), entry) for entry in found.expected
    )
    records = by_name(
        (kind, place_of(each.cell), each.text.strip(), each)
        for kind, several in (("objective", reading.objectives), ("kr", reading.key_results))
        for each in several
    )
    for (kind, at, text), entry in wanted.items():
        record = records.get((kind, at, text))
        if record is None:
            yield Miss(at, kind, "text", None, entry["text"])
        else:
            yield from _of_record(entry, record, scores[record.key])
    for (kind, at, text), record in records.items():
        if (kind, at, text) not in wanted:
            yield Miss(at, kind, "text", record.text, None)
    yield from _of_cells(found, plan)


def by_name(found: Iterable[tuple[str, Place, str, T]]) -> dict[tuple[str, Place, str], T]:
    """By kind and place; by text as well where several stand in one cell. Some expectations shorten their texts."""
    several = list(found)
    crowd = Counter((kind, at) for kind, at, _, _ in several)
    return {(kind, at, text if crowd[kind, at] > 1 else ""): each for kind, at, text, each in several}


def _of_record(entry: dict[str, Any], record: Objective | KeyResult, score: Score) -> Iterator[Miss]:
    shown = None if score.value is None else float(score.value.quantize(Decimal("0.0001"), ROUND_HALF_UP))
    said = score.problem or None
    if not any(shown == one["score"] and one.get("problem", said) == said for one in readings(entry)):
        yield Miss(place_of(record.cell), entry["kind"], "score", shown, entry["score"])


def _of_cells(found: Layout, plan: Plan) -> Iterator[Miss]:
    writes = {place_of(write.cell): write.new for write in plan.writes}
    ours = {
        (entry["tab"], a1): [one.get("cell_value") for one in readings(entry)]
        for entry in found.expected
        if entry.get("score_cell") and entry.get("cell_value") is not None and not entry.get("left_alone")
        for a1 in (entry["score_cell"], *entry.get("also", ()))
    }
    for place, wanted in ours.items():
        value = writes.get(place, _value(found.book, place))
        if None not in wanted and not any(_same(value, one) for one in wanted):
            yield Miss(place, "cell", "score cell", value, wanted[0])
    for place in writes.keys() - ours.keys():
        yield Miss(place, "cell", "score cell", writes[place], None)


def _same(one: object, other: float | None) -> bool:
    return isinstance(one, int | float | Decimal) and other is not None and abs(float(one) - other) < 1e-9


def readings(entry: dict[str, Any]) -> Sequence[dict[str, Any]]:
    """What may be understood: where the policy allows two readings, either."""
    return [entry, {**entry, **entry["or"]}] if entry.get("ambiguous") else [entry]


def _value(book: Book, place: Place) -> object:
    title, a1 = place
    tab = next(tab for tab in book.tabs if tab.title == title)
    return next(
        (
            value
            for row, values in enumerate(tab.values)
            for column, value in enumerate(values)
            if CellRef("", 0, "", row, column).a1 == a1
        ),
        None,
    )


def place_of(cell: CellRef) -> Place:
    return cell.tab, cell.a1


# The lines of a draft that say what a record is, how it is measured, and where its score goes.
_IDENTITY = ("text", "when", "each", "repeat", "rows", "objective", "id", "unit", "owner", "period")
_MEASURE = ("start", "target", "current", "progress", "progress_scale", "metric", "direction", "words", "rows")
_TABLE = ("skip", "until", "header_row", "numbers")


def is_silent(outcome: Outcome, miss: Miss) -> bool:
    """Whether nothing that leads to a wrong result was asked about."""
    title, _ = miss.at
    here = [draft for draft in outcome.proposal.drafts if draft.title == title]
    if not here:
        return False  # the tab is left out, which is told with its reason
    lines = []
    for draft in here if miss.field == "text" else outcome.proposal.drafts:
        if any(each.asks for each in unused(draft)):
            return False
        lines += [draft.table.get(name) for name in _TABLE]
        kinds = ("objective", "key_result")
        lines += [draft.records.get(kind, {}).get(name) for kind in kinds for name in _IDENTITY]
        if miss.field != "text":
            own = draft.records.get("key_result", {})
            lines += [own.get(name) for name in (*_MEASURE, "weight")]
            lines += [draft.records.get(kind, {}).get("score") for kind in kinds if miss.field == "score cell"]
    return all(line.sure for line in lines if line is not None)


def is_silently_wrong(outcome: Outcome) -> bool:
    return not outcome.refused and any(is_silent(outcome, miss) for miss in outcome.misses)
