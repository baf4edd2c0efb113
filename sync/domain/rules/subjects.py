"""Which OKRs a rule looks at, and in what order."""

from collections.abc import Iterator

from sync.domain.alignment import Alignment
from sync.domain.okr import KeyResult, Objective, Status


def open_objectives(alignment: Alignment) -> Iterator[Objective]:
    """Active ones and drafts: of what is closed there is nothing left to mend."""
    return (found for found in alignment.objectives.values() if found.status is not Status.CLOSED)


def open_key_results(alignment: Alignment) -> Iterator[KeyResult]:
    """Their key results."""
    for objective in open_objectives(alignment):
        yield from alignment.key_results.get(objective.key, ())
