"""Certainty against truth: how many of the lines that inspect is sure of are right, and of those that it asks about.

A line is right where it says of its tab what the proposal with all words says, which is right as a whole. Layouts that
are not yet right with all words tell nothing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from sync.inspect import Proposal
from sync.inspect.draft import Draft, DraftLine
from tests.support.layout_cases import Outcome

# The tab, the record ("" for the tab's own lines) and the field.
Place = tuple[str, str, str]
# How many lines were stated sure or not, and are right or not.
Calibration = Counter[tuple[bool, bool]]


def calibration(whole: Iterable[Outcome], lost: Iterable[Outcome]) -> Calibration:
    """The lines of proposals with all words, where these are right, and of those of the same layouts without some."""
    known = {outcome.layout.name: outcome for outcome in whole if outcome.right and not outcome.refused}
    counts: Calibration = Counter((line.sure, True) for each in known.values() for _, line, _ in _lines(each.proposal))
    for outcome in lost:
        if outcome.layout.name in known:
            counts.update(_against(known[outcome.layout.name], outcome))
    return counts


def share_right(counts: Calibration, *, sure: bool) -> float:
    """How many of the lines are right, from 0 to 1."""
    return counts[sure, True] / max(counts[sure, True] + counts[sure, False], 1)


def _against(whole: Outcome, lost: Outcome) -> Iterator[tuple[bool, bool]]:
    known = {place: value for place, _, value in _lines(whole.proposal)}
    for place, line, value in _lines(lost.proposal):
        yield line.sure, known.get(place) == value


def _lines(proposal: Proposal) -> Iterator[tuple[Place, DraftLine, Any]]:
    """Every line with its value, in which a column is told by its place, however it is named."""
    for draft in proposal.drafts:
        for record, fields in (("", draft.table), *draft.records.items()):
            for name, line in fields.items():
                yield (draft.title, record, name), line, _resolved(draft, line.value)


def _resolved(draft: Draft, value: Any) -> Any:
    place = {"header": value} if isinstance(value, str) else value
    if not isinstance(place, dict):
        return value
    named = {key: each for key, each in place.items() if key in ("header", "under", "nth", "column")}
    bare = named["header"] if list(named) == ["header"] else named
    column = next((i for i in draft.binding.head.columns if draft.binding.head.reference(i) == bare), None)
    return value if column is None else (column, {key: each for key, each in place.items() if key not in named})
