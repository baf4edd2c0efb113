"""What one spreadsheet says by itself, whatever the others hold. Pure.

What depends on links between spreadsheets, on the day, or on people's decisions is made in `joins` and `company`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sync.domain.alignment import Alignment, by_objective
from sync.domain.naming import Bearers, Item, bearers_of
from sync.domain.okr import KeyResult, Objective
from sync.domain.rules import WITHIN_ONE, Said, said
from webapp.company.holders import Holder, holders_of
from webapp.company.search import Texts, texts_of


@dataclass(frozen=True, slots=True)
class OwnPart:
    """All `items`, objectives first; objectives by key, key results by objective and by key; what the rules of
    WITHIN_ONE say of them, the texts by which objectives are found, and who bears which name.
    """

    items: tuple[Item, ...]
    objectives: Mapping[str, Objective]
    key_results: Mapping[str, tuple[KeyResult, ...]]
    by_key: Mapping[str, KeyResult]
    said: Said
    texts: Mapping[str, Texts]
    holders: Mapping[str, Holder]
    bearers: Bearers


def own_part(own: Iterable[Objective], parts: Iterable[KeyResult]) -> OwnPart:
    """Of whole spreadsheets: all of their objectives and key results."""
    own, parts = tuple(own), tuple(parts)
    objectives = {objective.key: objective for objective in own}
    key_results = by_objective(parts)
    return OwnPart(
        (*own, *parts),
        objectives,
        key_results,
        {key_result.key: key_result for key_result in parts},
        said(WITHIN_ONE, Alignment(dict(objectives), key_results)),
        texts_of(objectives.values(), key_results),
        holders_of(own, key_results),
        bearers_of((*own, *parts)),
    )
