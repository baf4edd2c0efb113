"""What a pass leaves for the next one, where that may have to look at a few rows only. Pure.

Nothing is left of a sheet whose rows cannot be told from each other alone, nor after a pass that ended in any other way
than well: with a brake, something to be put back, a cell that is only loading.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sync.domain.memory import Memory, PassResult
from sync.domain.snapshot import Snapshot
from sync.passes.narrow.columns import columns_of
from sync.passes.narrow.kept import Index, LeftBehind
from sync.passes.outcome import result_of
from sync.passes.repair.references import tabs_named
from sync.passes.state import State
from sync.passes.targets import score_places
from sync.reading import TabReading


def left_behind(
    state: State, snapshot: Snapshot, memory: Memory, blocks: Mapping[int, Sequence[bytes]], number: int
) -> LeftBehind | None:
    """What the pass of this number left; None for nothing that could be used."""
    known, computed = state.known, state.computed
    settled = result_of(state) is PassResult.OK and memory.fingerprint and not memory.pending_write
    if not settled or known.closed.periods or known.settings.roll_up or known.settings.looks_at_fills:
        return None
    if computed.plan.problems or computed.unbelieved or any(found.code == "duplicate" for found in computed.problems):
        return None
    book, reading = computed.book, computed.reading
    places = frozenset[tuple[int, str]]().union(*map(score_places, reading.tabs))
    if not places <= memory.owned_columns or not all(map(_is_simple, reading.tabs)):
        return None
    # What is read alone is read from the sheet as it was left.
    tabs = tuple(replace(tab, tab=book.tab(tab.tab.sheet_id) or tab.tab) for tab in reading.tabs)
    reading = replace(reading, tabs=tabs)
    return LeftBehind(
        settings=known.settings,
        company=known.company,
        number=number,
        memory=replace(memory, written={**known.memory.written, **memory.written}),
        snapshot=snapshot,
        computed=replace(computed, reading=reading),
        blocks={sheet_id: tuple(each) for sheet_id, each in blocks.items()},
        index=state.narrow.index if state.narrow else Index(reading),
    )


def _is_simple(tab: TabReading) -> bool:
    """Whether what a tab says of one row can be told from that row and those of its objective, and is not calculated by
    formulas, which our own numbers may change.
    """
    if tab.refused or tab.word_cells or tab.additions or not tab.tables:
        return False
    if len(tab.tables) > 1 and any(part.label for part in tab.mapping.places()):
        return False
    formulas = tab.tab.formulas
    if any(tabs_named(formula) for formula in formulas.values()):
        return False
    columns = columns_of(tab) if formulas else None
    return columns is None or not any(column in columns.read for _, column in formulas)
