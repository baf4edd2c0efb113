"""What one spreadsheet says by itself, whatever the others hold. Pure.

What depends on links between spreadsheets, on the day, or on people's decisions is made in `joins` and `company`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sync.domain.alignment import Alignment, by_objective
from sync.domain.naming import Bearers, Item, bearers_of
from sync.domain.okr import KeyResult, Objective
from sync.domain.periods import Calendar
from sync.domain.rules import WITHIN_ONE, Said, said
from sync.domain.rules.objectives import groups_of
from webapp.company.holders import Holder, holders_of
from webapp.company.search import Texts, texts_of


@dataclass(frozen=True, slots=True)
class OwnPart:
    """All `items`, objectives first; objectives by key, key results by objective and by key; what the rules of
    WITHIN_ONE say of them, the texts by which objectives are found, who bears which name, and open objectives by
    the groups that `too_many_objectives` counts.
    """

    items: tuple[Item, ...]
    objectives: Mapping[str, Objective]
    key_results: Mapping[str, tuple[KeyResult, ...]]
    by_key: Mapping[str, KeyResult]
    said: Said
    texts: Mapping[str, Texts]
    holders: Mapping[str, Holder]
    bearers: Bearers
    groups: Mapping[tuple[str, ...], tuple[Objective, ...]]


def own_part(own: Iterable[Objective], parts: Iterable[KeyResult], calendar: Calendar) -> OwnPart:
    """Of whole spreadsheets: all of their objectives and key results."""
    own, parts = tuple(own), tuple(parts)
    objectives = {objective.key: objective for objective in own}
    key_results = by_objective(parts)
    okrs = Alignment(dict(objectives), key_results, calendar=calendar)
    return OwnPart(
        (*own, *parts),
        objectives,
        key_results,
        {key_result.key: key_result for key_result in parts},
        said(WITHIN_ONE, okrs),
        texts_of(objectives.values(), key_results),
        holders_of(own, key_results),
        bearers_of((*own, *parts)),
        groups_of(okrs),
    )
