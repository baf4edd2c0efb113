"""Writing back: rounds of intend, send, verify and repair, until every number stands or nothing more can be done.

    intend   what is to be sent, and the sheet that it was planned on, go into the journal
    send     one request; its answer shows the sheet right after it
    verify   the numbers stand beside their rows, and formulas make no other scores of them; if they do, those are sent
    repair   rows moved meanwhile: read again, put back what was hit, plan again

What is protected is left out, and the rest is sent again. Each step takes a `State` and gives the next.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from sync.domain.collecting import without_collecting
from sync.domain.grid import Book, CellWrite, Tab
from sync.google import SheetsError
from sync.passes.compute import Known, compute
from sync.passes.context import Context
from sync.passes.journal import PendingWrite, packed
from sync.passes.repair import (
    Baseline,
    baselines,
    book_after,
    book_shown,
    by_hand,
    merged,
    repairs,
    with_rows,
)
from sync.passes.state import State, runs, standing_beside, tabs_of
from sync.passes.targets import score_places
from sync.passes.write_answers import Answer, Then, what_follows
from sync.reading import BookReading

# Of more writes than these the answer shows all: whether a row is alone with its name costs a look at every row.
FEW = 8

# Answers after which there is nothing to look at again.
FINAL = frozenset({Then.READ_ONLY, Then.GIVE_UP})

log = logging.getLogger(__name__)


def begin(
    context: Context, shown: Book, reading: BookReading, known: Known, pending: PendingWrite, *, unverified: bool
) -> State:
    """What must be written into the sheet as it is; first of all what a pass that was cut off may have left."""
    owned = known.memory.owned_columns
    computed = compute(shown, reading, known, owned, pending.lost)
    if pending.writes:
        log.info("%s: a write was cut off before it was seen to have landed; looking after it", context.spreadsheet)
    pending = replace(pending, lost=computed.lost)
    return _planned(State(known, owned, pending, shown, computed, unverified=unverified), None)


def write_back(context: Context, state: State) -> State:
    """Carry it out. Trouble with Google is the `failure` of what it gives; raises RecordsError and LeaseLostError."""
    # Between a write and its verification we do not stop, as long as that is up to us.
    with context.client.seeing_it_through():
        while state.goes_on:
            state = _round(context, state)
        if state.failure is None and state.unanswered and state.batch():
            state = _unanswered(context, state, state.unanswered)
    return state if state.failure else replace(state, pending=state.pending_on(tabs_of(state.waiting)))


def _round(context: Context, state: State) -> State:
    batch, computed = state.batch(), state.computed
    tabs = tabs_of(batch)
    seen = baselines(state.shown, computed.reading, batch, computed.plan.owned, state.baselines)
    left = state.pending_on(tabs_of(state.waiting) - tabs)
    state, answer = _sent(context, state, batch, PendingWrite(seen, batch).beside(left))
    then = what_follows(answer, tabs, seen, batch)
    if then is Then.VERIFIED:
        verified = _verified(state, batch, answer, left)
        if verified is not None:
            return verified
        then = Then.SET_RIGHT
    state = _changed(state, then, answer.error, tabs)
    # What a few rows show of a sheet in which others moved does not tell which cells were hit.
    answer = answer if answer.rows is None else replace(answer, tabs=None)
    return state if then in FINAL else _read_again(context, replace(state, narrow=None), answer)


def _sent(context: Context, state: State, batch: tuple[CellWrite, ...], pending: PendingWrite) -> tuple[State, Answer]:
    """Send the batch; `pending` is what the journal is to hold meanwhile."""
    id_, records, clock = context.spreadsheet, context.records, context.clock
    tabs = tabs_of(batch)
    reading = state.computed.reading
    places = frozenset(place for tab in reading.tabs if tab.tab.sheet_id in tabs for place in score_places(tab))
    before = replace(state.known.memory, owned_columns=state.owned_columns, pending_write=packed(state.pending, id_))
    records.intend(id_, places, state.verified, packed(pending, id_) or b"", clock.now(), context.holder)
    state = replace(state, verified={})
    applied = replace(
        state,
        pending=pending,
        owned_columns=state.owned_columns | places,
        sent=(*state.sent, *(write for write in batch if write.key)),
        unanswered=None,
    )
    try:
        return applied, _answer(context, state, batch, pending.baselines)
    except SheetsError as error:
        log.info("write to %s: %s", id_, error.trouble)
        if error.ambiguous:
            return replace(applied, unverified=True, unanswered=error), Answer(error=error)
        records.withdraw(id_, before, clock.now(), context.holder)
        return state, Answer(error=error)


def _answer(context: Context, state: State, batch: Sequence[CellWrite], before: Sequence[Baseline]) -> Answer:
    """Raises SheetsError."""
    id_, client = context.spreadsheet, context.client
    rows = state.narrow.rows if state.narrow else _few_rows(context, batch, before)
    if rows is None:
        return Answer(tuple(client.write(id_, batch, context.permit, fills=context.settings.looks_at_fills)))
    known = {each.tab.sheet_id: each for each in before}
    asked = {each.tab.title: runs({*each.header, *rows[each.tab.sheet_id]}) for each in before}
    shown = client.write(id_, batch, context.permit, rows=asked)
    whole = (
        with_rows(known[tab.sheet_id].tab, tab, {*known[tab.sheet_id].header, *rows[tab.sheet_id]})
        for tab in shown
        if tab.sheet_id in known
    )
    return Answer(tuple(whole), rows=rows)


def _few_rows(
    context: Context, batch: Sequence[CellWrite], before: Sequence[Baseline]
) -> Mapping[int, frozenset[int]] | None:
    """The rows that are written to, by sheet id, where their names alone tell whether each is where it was; None where
    the whole tabs have to be seen: for many of them, and where our numbers may change what formulas show.
    """
    if len(batch) > FEW or context.settings.looks_at_fills or any(not write.key for write in batch):
        return None
    written = {each.tab.sheet_id: frozenset(_rows_written(batch, each.tab.sheet_id)) for each in before}
    if tabs_of(batch) != written.keys() or any(each.tab.formulas for each in before):
        return None
    return written if all(each.tells_alone(written[each.tab.sheet_id]) for each in before) else None


def _rows_written(batch: Iterable[CellWrite], sheet_id: int) -> Iterator[int]:
    return (write.cell.row for write in batch if write.cell.sheet_id == sheet_id)


@without_collecting()
def _verified(state: State, batch: Sequence[CellWrite], answer: Answer, left: PendingWrite) -> State | None:
    """Nothing more is to be written into these tabs, unless formulas make other scores of our numbers.

    None where a few rows were looked at, and show something new.
    """
    tabs, answers = tabs_of(batch), answer.tabs or ()
    waiting = tuple(write for write in state.waiting if write.cell.sheet_id not in tabs)
    planned = book_after(state.computed.book, batch)
    shown = book_shown(planned, answers)
    if answer.rows is not None and shown is not planned:
        return None
    state = replace(state.verifying(batch), waiting=waiting, shown=shown)
    state = replace(state, computed=replace(state.computed, book=planned))
    if shown is not planned:
        state = state.computing(shown)
        more = tuple(write for write in state.computed.plan.writes if write.cell.sheet_id in tabs)
        state = replace(state, waiting=(*waiting, *more), rounds=state.rounds + bool(more))
    return replace(state, pending=replace(left, lost=state.computed.lost))


def _read_again(context: Context, state: State, answer: Answer) -> State:
    try:
        shown = context.client.read_book(context.spreadsheet, fills=context.settings.looks_at_fills)
    except SheetsError as error:
        return replace(state, failure=error)
    return _planned(replace(state, shown=shown).computing(shown), answer.tabs)


def _planned(state: State, answers: Iterable[Tab] | None) -> State:
    """What must be written and put back to make the sheet right that was just read.

    `answers` are the tabs as a write showed them that is pending still, None where nobody saw them. A tab where nothing
    is to be put back is out of the journal: to look again later would take what people type by then for what we wrote.
    """
    begun = state.pending
    if not begun.writes:
        return replace(state, waiting=state.computed.plan.writes)
    found = repairs(begun.baselines, begun.writes, answers, state.shown)
    before = [lost for lost in begun.lost if not lost.stops_tab]
    new = [lost for lost in by_hand.noted(found.lost, state.computed.reading) if lost not in before]
    left = begun.on(tabs_of(found.put_back) | by_hand.stopped(new))
    if found.put_back:
        log.info("rows moved in %s while we wrote: %d cells to put back", state.known.settings.id, len(found.put_back))
    # Our number may stand where a current value should be: plan on the sheet as it will be.
    book = book_after(state.shown, found.put_back)
    state = state.verifying(standing_beside(begun.writes, state.computed.reading, book))
    state = replace(state, baselines=begun.baselines, pending=replace(left, lost=(*before, *new))).computing(book)
    return replace(state, waiting=tuple(merged(state.computed.plan.writes, found.put_back)))


def _unanswered(context: Context, state: State, unanswered: SheetsError) -> State:
    """Reading goes well and no write is answered: the pass has failed, unless it is because we may only view."""
    try:
        refusal = context.client.refused_edit(state.computed.book) if unanswered.status == 500 else None
    except SheetsError as error:
        return replace(state, failure=error)
    return state.refusing_all(refusal) if refusal else replace(state, failure=unanswered)


def _changed(state: State, then: Then, error: SheetsError | None, tabs: frozenset[int]) -> State:
    """What an answer changes for the tabs that were sent, before the sheet is read again where it is."""
    if then is Then.SET_RIGHT or error is None:
        return replace(state, rounds=state.rounds + 1)
    if then is Then.LOOK_AGAIN:
        # Where it stays so, it is told as what it is, with the range that Google names.
        return replace(state, rounds=state.rounds + 1, unanswered=error)
    if then is Then.LEAVE_OUT:
        return replace(state, refused=state.refused | (tabs if error.sheet_id is None else {error.sheet_id}))
    if then is Then.ONE_BY_ONE:
        return replace(state, apart=True)
    return state.refusing_all(error) if then is Then.READ_ONLY else replace(state, failure=error)
