"""What one spreadsheet says by itself, whatever the others hold: made once, and used again until it changes.

Pure, but for the memory of `OwnParts`. What depends on links between spreadsheets, on the day, or on people's decisions
is made for the whole company, in `company`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sync.domain.alignment import Alignment
from sync.domain.okr import KeyResult, Objective
from sync.domain.rules import Advice, advice_within
from sync.domain.snapshot import Snapshot
from webapp.company.search import Texts, texts_of


@dataclass(frozen=True, slots=True)
class OwnPart:
    """The rules' advice about one spreadsheet, and the texts by which its objectives are found."""

    advice: Advice
    texts: Mapping[str, Texts]


def own_part(own: Iterable[Objective], parts: Iterable[KeyResult]) -> OwnPart:
    """Of whole spreadsheets: all of their objectives and key results."""
    found: dict[str, list[KeyResult]] = {}
    for key_result in parts:
        found.setdefault(key_result.objective, []).append(key_result)
    key_results = {key: tuple(those) for key, those in found.items()}
    objectives = {objective.key: objective for objective in own}
    return OwnPart(advice_within(Alignment(objectives, key_results)), texts_of(objectives.values(), key_results))


class OwnParts:
    """The parts of one list of snapshots after the other. For one thread at a time.

    Of an unchanged spreadsheet the records give the very same objectives and key results again, so that nothing need
    be compared.
    """

    def __init__(self) -> None:
        self._known: dict[str, tuple[Snapshot, OwnPart]] = {}

    def of(self, snapshots: Iterable[Snapshot]) -> list[OwnPart]:
        """In their order; what is not among them is forgotten."""
        known = {each.spreadsheet: (each, self._part(each)) for each in snapshots}
        self._known = known
        return [part for _, part in known.values()]

    def _part(self, snapshot: Snapshot) -> OwnPart:
        before, part = self._known.get(snapshot.spreadsheet, (None, None))
        if before is not None and part is not None and _is_the_same(before, snapshot):
            return part
        return own_part(snapshot.objectives, snapshot.key_results)


def _is_the_same(one: Snapshot, other: Snapshot) -> bool:
    return one.objectives is other.objectives and one.key_results is other.key_results
