"""A key result on several rows: the way of counting them that gives the scores which the sheet shows.

Without such scores nothing is chosen; `repeats` asks.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from sync.domain.grid import Book
from sync.domain.keys import key_of
from sync.domain.scoring import score_okrs
from sync.inspect.comparing import compared
from sync.inspect.draft import Draft, DraftLine
from sync.inspect.measuring import score_line, unknown_numbers
from sync.reading import BookReading, read_book

# What each way adds to the lines of a key result: `rows` for all of it, or for one number.
_WAYS: tuple[Mapping[str, str], ...] = (
    {"rows": "sum"},
    {"rows": "mean"},
    {"rows": "latest"},
    {"target": "sum"},
    {"target": "sum", "current": "sum"},
)


def count_rows(book: Book, draft: Draft) -> None:
    """Choose the one way that fits, where rows are several of a key result and the sheet shows its scores."""
    own = replace(book, tabs=tuple(tab for tab in book.tabs if tab.title == draft.title))
    if not _has_several_rows(read_book(own, [draft.mapping()])):
        return
    before = draft.records["key_result"]
    fitting = [lines for lines in _ways(before) if _fits(own, draft, lines)]
    if not fitting and "score" not in before:
        scored = [{**before, "score": line} for line in _score_lines(draft, before)]
        fitting = [lines for each in scored for lines in _ways(each) if _fits(own, draft, lines)]
    draft.records["key_result"] = fitting[0] if len(fitting) == 1 else before


def _score_lines(draft: Draft, before: Mapping[str, DraftLine]) -> Iterator[DraftLine]:
    """Columns of numbers whose header says nothing: one may be what the sheet shows as scores."""
    used = [line.value for line in before.values()]
    free = [column for column in unknown_numbers(draft.binding) if draft.binding.head.reference(column) not in used]
    for column in free:
        yield score_line(draft.binding, draft.binding.bound(column))


def _has_several_rows(reading: BookReading) -> bool:
    names = [(found.objective, key_of(found.text)) for found in reading.key_results]
    return len(set(names)) < len(names) and all(tab.mapping.key_result for tab in reading.tabs)


def _ways(lines: Mapping[str, DraftLine]) -> Iterator[dict[str, DraftLine]]:
    for way in _WAYS:
        if all(name == "rows" or name in lines for name in way):
            yield {**lines, **{name: counted(lines.get(name), rule) for name, rule in way.items()}}


def counted(line: DraftLine | None, rule: str) -> DraftLine:
    """The line of one number with a rule for its rows; without a line, the rule for all of them."""
    if line is None:
        return DraftLine(rule, "rows_fit", {}, sure=False)
    place = line.value if isinstance(line.value, dict) else {"header": line.value}
    return replace(line, value={**place, "rows": rule}, why="rows_fit", sure=False)


def _fits(book: Book, draft: Draft, lines: dict[str, DraftLine]) -> bool:
    """Whether every score that the sheet shows is what comes out."""
    draft.records["key_result"] = lines
    reading = read_book(book, [draft.mapping()])
    scores = score_okrs(reading.objectives, reading.key_results, {})
    found = [each for _, of_tab in compared(book, reading, scores) for each in of_tab.get("key_result", ())]
    return bool(found) and not any(each.differs for each in found)
