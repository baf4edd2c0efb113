"""A proposal beside the numbers that the sheet itself shows: where they differ, what led there is asked about.

A score place that holds a number of people's, typed or by formula, is compared with what the mapping would give; old
numbers differ as well, so this asks and decides nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from sync.config.sources import ScoreColumn
from sync.domain.cells import CellRef
from sync.domain.grid import Book, Tab
from sync.domain.okr import KeyResult, Objective
from sync.domain.scoring import Score, rounded, score_okrs
from sync.inspect.draft import Draft
from sync.reading import BookReading, TabReading
from sync.reading.numbers import Number, NumberLanguage, from_cell, number_language, parse_number

_MEASURES = ("start", "target", "current", "progress", "direction", "metric", "words")
# People round to two decimals, or to whole percents.
_CLOSE = Decimal("0.0051")


@dataclass(frozen=True, slots=True)
class Comparison:
    """The score that a cell shows and the one that a mapping gives; both are shares of a full score."""

    cell: CellRef
    shown: Decimal
    ours: Decimal

    @property
    def differs(self) -> bool:
        """Whether they differ, by more than people round; more than all of it is all of it."""
        return abs(min(max(self.shown, Decimal(0)), Decimal(1)) - self.ours) > _CLOSE


@dataclass(frozen=True, slots=True)
class _Shown:
    """The scores that a tab shows in a column."""

    tab: Tab
    column: ScoreColumn
    language: NumberLanguage

    def at(self, cell: CellRef) -> Decimal | None:
        """As a share of a full score; None where the cell shows no number."""
        held = self.tab.value(*cell.place)
        if isinstance(held, str):
            written = parse_number(held, self.language)
            if not isinstance(written, Number) or written.unit not in ("", "%") or written.steps:
                return None
            return written.value if written.unit == "%" else written.value / self._full
        if isinstance(held, bool) or not isinstance(held, int | float):
            return None
        number = from_cell(held)
        return None if number is None else number / self._full

    @property
    def _full(self) -> int:
        return 1 if self.column.scale == "percent" else self.column.scale


def doubt(book: Book, drafts: Sequence[Draft], reading: BookReading) -> None:
    """Make the lines unsure that lead to other scores than the sheet shows, or to none, and say where it does."""
    by_title = {draft.title: draft for draft in drafts}
    scores = score_okrs(reading.objectives, reading.key_results, {})
    for tab in reading.tabs:
        _ask_about_missing(by_title[tab.tab.title], tab, number_language(book.locale))
    for tab, of_tab in compared(book, reading, scores):
        for kind, found in of_tab.items():
            differing = [each for each in found if each.differs]
            if differing:
                _ask(by_title[tab.tab.title], kind, differing, len(found))


def _ask_about_missing(draft: Draft, tab: TabReading, language: NumberLanguage) -> None:
    """Progress that people typed beside key results without a target, which have no score by the mapping."""
    typed = [
        (cell, shown)
        for item in tab.key_results
        if (column := tab.score_column(item)) is not None and not (item.target.text or item.current.text)
        for cell in item.score_cells
        if cell.place not in tab.tab.formulas and (shown := _Shown(tab.tab, column, language).at(cell))
    ]
    line = draft.records.get("key_result", {}).get("score")
    if typed and line is not None:
        cell, shown = typed[0]
        facts = {
            **line.facts,
            "cell": cell.a1,
            "shown": _percent(shown),
            "count": len(typed),
            "rows": len(tab.key_results),
        }
        draft.records["key_result"]["score"] = replace(line, why="shows_alone", facts=facts, sure=False)


def compared(
    book: Book, reading: BookReading, scores: Mapping[str, Score]
) -> Iterator[tuple[TabReading, dict[str, list[Comparison]]]]:
    """Scores of each tab beside what its score places show, by kind of record, where there are both."""
    language = number_language(book.locale)
    for tab in reading.tabs:
        yield tab, _of_tab(tab, scores, language)


def _of_tab(tab: TabReading, scores: Mapping[str, Score], language: NumberLanguage) -> dict[str, list[Comparison]]:
    found: dict[str, list[Comparison]] = {}
    kinds: tuple[tuple[str, Sequence[KeyResult | Objective]], ...] = (
        ("key_result", tab.key_results),
        ("objective", tab.objectives),
    )
    for kind, items in kinds:
        for item in items:
            column = tab.score_column(item)
            if column is not None:
                shown = _Shown(tab.tab, column, language)
                found.setdefault(kind, []).extend(_comparisons(item, scores[item.key].value, shown))
    return found


def _comparisons(item: KeyResult | Objective, ours: Decimal | None, shown: _Shown) -> Iterator[Comparison]:
    if ours is None:
        return
    for cell in item.score_cells:
        there = shown.at(cell)
        if there is not None:
            yield Comparison(cell, there, ours)


def _ask(draft: Draft, kind: str, differing: Sequence[Comparison], count: int) -> None:
    first, lines = differing[0], draft.records[kind]
    facts = {
        **lines["score"].facts,
        "cell": first.cell.a1,
        "shown": _percent(first.shown),
        "ours": _percent(first.ours),
        "count": len(differing),
        "rows": count,
    }
    lines["score"] = replace(lines["score"], why="differs", facts=facts, sure=False)
    for name in _MEASURES:
        if name in lines:
            lines[name] = replace(lines[name], sure=False)


def _percent(share: Decimal) -> str:
    return f"{rounded(share * 100, 1).normalize():f}%"
