"""Every column is accounted for: those that a draft does not use, and whether that is a question.

What looks like a measure, or could take scores where none go anywhere yet, is asked about; the rest is listed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sync.config.sources import fits
from sync.domain.cells import column_letters, column_number
from sync.domain.keys import key_of
from sync.inspect.draft import Draft
from sync.inspect.measuring import unknown_numbers
from sync.inspect.placing import is_share
from sync.inspect.roles import MEASURES, SAYS_NOTHING


@dataclass(frozen=True, slots=True)
class Unused:
    """A column that no line takes, by its header: `asks` is the code of the question, empty for none."""

    header: str
    asks: Literal["", "unknown_numbers", "unknown_empty"] = ""


def unused(draft: Draft) -> list[Unused]:
    """The columns with a header that a draft of key results or objectives leaves out, from left to right."""
    if not {"objective", "key_result"} & draft.records.keys():
        return []
    head = draft.binding.head
    numbers = {*unknown_numbers(draft.binding), *_other_measures(draft)}
    if "key_result" not in draft.records:
        numbers = {column for column in numbers if _may_be_progress(draft, column)}
    scores = any("score" in fields for fields in draft.records.values())
    found = []
    for column in _left_out(draft):
        is_empty = column not in numbers and not scores and _is_unknown_and_empty(draft, column)
        asks: Literal["", "unknown_numbers", "unknown_empty"] = (
            "unknown_numbers" if column in numbers else "unknown_empty" if is_empty else ""
        )
        found.append(Unused(" ".join(head.texts[column].split()), asks))
    covered = [Unused(column_letters(column), "unknown_numbers") for column in _covered(draft)]
    return [*found, *covered] if "key_result" in draft.records else found


def stands_again(draft: Draft) -> Mapping[str, object] | None:
    """The first header that stands again to the right of what is read: a second table beside the first."""
    head = draft.binding.head
    texts = [_places(fields["text"].value) for fields in draft.records.values() if "text" in fields]
    read = {key_of(place[1]) for places in texts for place in places if place[0] == "header"}
    first: dict[str, int] = {}
    for column in head.columns if not draft.binding.period else ():
        header = key_of(head.texts[column])
        if header in read and first.setdefault(header, column) != column:
            letters = {"column": column_letters(column), "first": column_letters(first[header])}
            return {"header": " ".join(head.texts[column].split()), **letters}
    return None


def _other_measures(draft: Draft) -> Iterator[int]:
    """Columns of numbers that are called as a measure is, or a value: last year's result beside this year's."""
    for column, worths in draft.binding.worths.items():
        best = max(worths, key=lambda role: worths[role], default="")
        held = draft.binding.columns[column]
        if best in (*MEASURES, "stretch", "value") and held.filled and held.numeric >= 0.8 and held.dates < 0.5:
            yield column


def _covered(draft: Draft) -> Iterator[int]:
    """Columns of numbers below a name that is merged over several, of which the first alone is read by that name."""
    head, columns = draft.binding.head, draft.binding.columns
    named = {column_number(place[1]) for value in _values(draft) for place in _places(value) if place[0] == "column"}
    below = [area for area in head.tab.merges if area.top <= head.row < area.bottom]
    for column in (column for area in below for column in range(area.left + 1, area.right)):
        held = columns.get(column)
        is_free = column not in named and not head.texts[column]
        if is_free and held is not None and held.filled and held.numeric >= 0.8:
            yield column


def _may_be_progress(draft: Draft, column: int) -> bool:
    """On a list of objectives, numbers are asked about that are shares."""
    return "%" in draft.binding.head.texts[column] or is_share(draft.binding.columns[column])


def _is_unknown_and_empty(draft: Draft, column: int) -> bool:
    worths = draft.binding.worths.get(column, {})
    says = max((worth for role, worth in worths.items() if role != "score"), default=0)
    return not draft.binding.columns[column].filled and says < SAYS_NOTHING


def _left_out(draft: Draft) -> Iterator[int]:
    head = draft.binding.head
    named = [place for value in _values(draft) for place in _places(value)]
    columns = {column_number(place[1]) for place in named if place[0] == "column"}
    headers = [key_of(place[1]).replace("{}", "*") for place in named if place[0] == "header"]
    for column in head.columns:
        text = key_of(head.texts[column])
        if text and column not in columns and not any(fits(text, header) for header in headers):
            yield column


def _values(draft: Draft) -> Iterator[Any]:
    # What tells where the table ends may hold numbers above.
    yield from (line.value for name, line in draft.table.items() if name != "until")
    for fields in draft.records.values():
        yield from (line.value for name, line in fields.items() if name not in ("each", "repeat", "words"))


def _places(value: Any) -> Iterator[tuple[str, str]]:
    """The columns that a line names, as ("header", text) or ("column", letters)."""
    if isinstance(value, str):
        yield "header", value
    elif isinstance(value, list):
        for inner in value:
            yield from _places(inner)
    elif isinstance(value, dict):
        for kind in ("header", "column"):
            several = value.get(kind, ())
            yield from ((kind, one) for one in ([several] if isinstance(several, str) else several))
        yield from _places(value.get("join", []))
