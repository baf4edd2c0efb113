"""The same text in several places, which a mapping may read as one record or as several: each is a question.

A key result on several rows of its objective, key results that stand on two tabs, and an objective whose rows are apart
with another column changing in between.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from sync.domain.keys import key_of
from sync.domain.okr import KeyResult
from sync.inspect.draft import Draft, by_header
from sync.inspect.unused import unused
from sync.reading import BookReading, TabReading

_OVERLAP = 0.7


def ask_about_repeats(drafts: Sequence[Draft], reading: BookReading) -> bool:
    """Make the lines unsure whose records may be one or several, and say where. True where objectives became more."""
    more = False
    by_title = {draft.title: draft for draft in drafts}
    texts = [{key_of(found.text) for found in tab.key_results} for tab in reading.tabs]
    for tab, own in zip(reading.tabs, texts, strict=True):
        draft = by_title[tab.tab.title]
        _ask_about_rows(draft, tab.key_results)
        more = _ask_about_objectives(draft) or more
        for other, others in zip(reading.tabs, texts, strict=True):
            if other is not tab and _are_the_same(own, others) and _may_be_of_one_period(tab, other):
                _doubt(draft, "key_result", "on_two_tabs", {"other": other.tab.title})
    return more


def _doubt(draft: Draft, kind: str, why: str, facts: dict[str, object]) -> None:
    line = draft.records[kind]["text"]
    draft.records[kind]["text"] = replace(line, why=why, facts={**line.facts, **facts}, sure=False)


def _ask_about_rows(draft: Draft, key_results: Sequence[KeyResult]) -> None:
    seen: dict[tuple[str, str], KeyResult] = {}
    for found in key_results:
        first = seen.setdefault((found.objective, key_of(found.text)), found)
        if first.cell.row != found.cell.row:
            facts: dict[str, object] = {"text": found.text[:60], "one": first.cell.a1, "two": found.cell.a1}
            facts["alike"] = first.current.text == found.current.text
            _doubt(draft, "key_result", "on_several_rows", facts)
            return


def _are_the_same(texts: set[str], known: set[str]) -> bool:
    return bool(texts and known) and len(texts & known) >= _OVERLAP * min(len(texts), len(known))


def _may_be_of_one_period(tab: TabReading, other: TabReading) -> bool:
    """Whether the same words on two tabs may be one: last quarter's key results are others than this quarter's."""
    one, two = ({key_of(found.period) for found in each.objectives} - {""} for each in (tab, other))
    return not (one and two) or not one.isdisjoint(two)


def _ask_about_objectives(draft: Draft) -> bool:
    """The same words for two departments are two objectives: a column on the left that tells them apart is a unit."""
    objective, fields = draft.binding.get("objective"), draft.records.get("objective", {})
    if objective is None or "text" not in fields:
        return False
    headers = {" ".join(draft.binding.head.texts[column].split()): column for column in draft.binding.head.columns}
    for left_out in (each for each in unused(draft) if each.header in headers):
        column = headers[left_out.header]
        if draft.binding.columns[column].is_text and (rows := _apart(draft, objective.column.index, column)):
            facts: dict[str, object] = {"one": rows[0] + 1, "two": rows[1] + 1, "other": left_out.header}
            if column > objective.column.index or "unit" in fields:
                _doubt(draft, "objective", "objectives_apart", facts)
                return False
            line = by_header(draft.binding.bound(column), draft.binding)
            fields["unit"] = replace(line, why="objectives_apart", facts={**line.facts, **facts}, sure=False)
            return True
    return False


def _apart(draft: Draft, objective: int, other: int) -> tuple[int, int] | None:
    """Two rows of one objective, apart, with different values in a column that is equal within each run of rows."""
    seen: dict[str, tuple[int, str]] = {}
    for text, values, row in _runs(draft, objective, other):
        if len(values) != 1:
            return None
        (value,) = values
        if text in seen and seen[text][1] != value:
            return seen[text][0], row
        seen.setdefault(text, (row, value))
    return None


def _runs(draft: Draft, objective: int, other: int) -> Iterator[tuple[str, set[str], int]]:
    """Rows below each other with one objective: its text, what stands in another column, and the first row."""
    tab, rows = draft.binding.head.tab, draft.binding.head.rows()
    pairs = [(key_of(tab.text(row, objective)), key_of(tab.text(row, other)), row) for row in rows]
    for text, run in groupby((pair for pair in pairs if pair[0]), key=lambda pair: pair[0]):
        held = list(run)
        yield text, {value for _, value, _ in held}, held[0][2]
