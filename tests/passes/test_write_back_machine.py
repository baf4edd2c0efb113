"""Any order of passes, people's edits at any moment between our requests, faults of Google, and restarts.

However it goes: no cell that is not ours stays changed by our hand, but for those that a problem names with what stood
in them; two passes after the last disturbance, and after people have typed what they were told of, every score is right
beside its key result; a pass that is called good left the sheet right; nobody makes two passes at once.

`make test` runs 100 examples, `make soak` 100,000; half of them with columns for words of ours, and half without, where
a pass that finds few values changed looks at a few rows only.
"""

import math
import os
from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from sync.domain.grid import CellWrite, Formula, text_of
from sync.domain.memory import PassResult
from sync.google import SheetsClient
from sync.local_sheets import Difference, Fault, LocalSheets
from sync.local_sheets.book.book import Sheet
from sync.passes.journal import unpacked
from sync.passes.locks import PassInProgressError, pass_lock
from sync.passes.narrow.kept import LastPasses
from sync.passes.outcome import PassOutcome
from sync.passes.repair import shown
from sync.passes.run import run_pass
from sync.records import Records
from tests.support.flat_sheet import FLAT
from tests.support.moments import LEAN_READ, READ, WRITE, faults, moments
from tests.support.people_at_work import (
    CURRENT,
    NUMBERS,
    REWORDED,
    SCORE,
    TARGET,
    TEXT,
    THEIRS,
    People,
    Table,
    edits,
    is_formula,
    kind_of,
    moves,
    parts,
    rows,
    typing,
)
from tests.support.shared_world import World, worlds
from tests.support.worded_sheet import WORDED, WORDS

GOOD = (PassResult.OK, PassResult.UNCHANGED)

LEFT_TO_PEOPLE = ("put-back-by-hand", "columns-moved")

# After what we read and before what we write. What is typed then into a cell that we write, nobody has ever seen.
UNSEEN = {("after", READ), ("after", LEAN_READ), ("before", WRITE)}

# Shrinking takes minutes: for who looks into a failure.
SHRINK = "MACHINE_SHRINK" in os.environ
EXAMPLES = int(os.environ.get("MACHINE_EXAMPLES", "100"))
# A hunt goes in shares, which the cores take in turn: each begins with small examples, and a failure ends it alone.
SHARES = math.ceil(EXAMPLES / 500) if EXAMPLES > 1000 else 1

# What is typed after our read, into a cell that moves under our write in the same moment, nobody has ever seen either:
# so people do either while we write, not both.
meanwhile = st.one_of(
    *(st.lists(st.tuples(moments, change), min_size=1, max_size=2) for change in (moves, typing)),
    st.lists(st.tuples(moments, parts), min_size=1, max_size=1),
)


class WriteBack(RuleBasedStateMachine):
    """Our service, people and Google around one spreadsheet."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world, self.clock = world, world.clock
        self.disturbed = False
        self.at_work = True
        self.happened: list[str] = []
        self.failures: list[BaseException] = []
        self.passes = 0
        self.formulas: set[object] = set()

    @initialize()
    def begin(self) -> None:
        self.settings = self.world.spreadsheet()
        self.server = self.world.server
        self.open()
        [_, other] = self.client.read_book(self.settings.id).tabs
        self.people = People(self.server, self.settings.id, self.on_its_way, other.sheet_id)
        self.watch = self.server.watch(_is_ours)

    def open(self) -> None:
        self.client = SheetsClient(None, self.server.url, clock=self.clock)
        self.kept = LastPasses()

    @property
    def records(self) -> Records:
        return self.world.records

    def on_its_way(self) -> Set[str]:
        entry = self.records.memory(self.settings.id).pending_write
        begun = unpacked(entry) if entry else None
        return {_entered(write) for write in begun.writes} if begun else set()

    # What happens

    @rule(edit=edits)
    def somebody_edits(self, edit: tuple[Any, ...]) -> None:
        self.people.do(edit)

    @rule(number=rows)
    def somebody_scores_by_formula(self, number: int) -> None:
        """Between two passes. In the instant between our read and our write nobody could see it: the last one wins."""
        self.formulas |= self.people.score_by_formula(number)

    @rule(number=rows, changes=meanwhile, fault=st.none() | faults)
    def a_pass_is_made_while_people_work(
        self, number: int, changes: list[tuple[tuple[str, str, int], tuple[Any, ...]]], fault: Fault | None
    ) -> None:
        """There is something to write, and just before or after one of our requests something is changed."""
        self.people.do(("count up", number))
        for moment, edit in changes:
            self.somebody_will_edit(moment, edit)
        if fault is not None:
            self.server.fault(fault)
        self.sync()

    def somebody_will_edit(self, moment: tuple[str, str, int], edit: tuple[Any, ...]) -> None:
        when, method, skip = moment

        def hurry() -> None:
            self.disturbed = True
            if (when, method) not in UNSEEN or not self.people.cover_ours(edit):
                self.people.do(edit)

        hang = self.server.before if when == "before" else self.server.after
        hang(method, self.hook(f"{when} {method}: {edit}", hurry), skip=skip)

    @rule(fault=faults)
    def google_fails(self, fault: Fault) -> None:
        self.server.fault(fault)

    @rule()
    def google_is_well_again(self) -> None:
        self.server.clear_faults()

    @rule(seconds=st.sampled_from([1, 300, 3600]))
    def time_passes(self, seconds: int) -> None:
        self.clock.advance(seconds)

    @rule()
    def we_start_again(self) -> None:
        self.client.close()
        self.world.start_again()
        self.open()

    @rule(method=st.sampled_from([READ, WRITE]))
    def a_second_worker_tries(self, method: str) -> None:
        def try_it() -> None:
            with pytest.raises(PassInProgressError), self.lock():
                pass

        self.server.before(method, self.hook("a second worker", try_it))

    @rule()
    def a_pass_is_made(self) -> None:
        self.disturbed = False
        outcome = self.sync()
        if outcome.result in GOOD and not self.disturbed:
            self.check_scores()

    @precondition(lambda self: self.at_work)
    @rule()
    def the_admin_accepts(self) -> None:
        self.people_put_back_what_they_are_told_of()
        self.sync(accept=True)

    def hook(self, what: str, act: Callable[[], None]) -> Callable[[LocalSheets], None]:
        """Something that happens during the next pass, in the server's thread, which can neither note nor fail here."""
        meant = self.passes

        def happen(_: LocalSheets) -> None:
            if self.at_work and self.passes == meant:
                self.happened.append(what)
                try:
                    act()
                except BaseException as error:
                    self.failures.append(error)

        return happen

    # How it ends

    def teardown(self) -> None:
        try:
            if hasattr(self, "client"):
                self.settle()
        finally:
            self.at_work = False
            if hasattr(self, "client"):
                self.server.clear_faults()
                self.client.close()

    def settle(self) -> None:
        """Nobody disturbs any more."""
        self.at_work = False
        self.server.clear_faults()
        first, second = self.sync(), self.sync()
        self.people_put_back_what_they_are_told_of()
        if second.result not in GOOD:
            # A brake that only the admin lets go.
            assert second.result in (PassResult.REFUSED, PassResult.PARTIAL), (first.result, second.result)
            second = self.sync(accept=True)
        assert second.result in GOOD
        self.check_scores()
        assert [each for each in self.watch.differences() if not self.is_left_behind(each)] == []

    def is_left_behind(self, difference: Difference) -> bool:
        """What we wrote beside a key result whose text alone people moved away may stay in an empty cell, or go with
        something of ours that hit its cell. It was never a person's: people type no scores and no such words.
        """
        table, cell = Table(self.server, self.settings.id), difference.cell
        held = [each for each in (difference.expected, difference.found) if each is not None]
        if not self.people.texts_moved or len(held) != 1:
            return False
        if table.is_for_words(cell):
            return not _is_theirs(held[0])
        is_a_score = isinstance(held[0], int | float) and held[0] not in NUMBERS and 0 <= held[0] <= 1
        return is_a_score and table.is_score_cell(cell)

    def people_put_back_what_they_are_told_of(self) -> None:
        """They know where it stood. Nothing but that is in need of them."""
        view = self.records.snapshot(self.settings.id)
        problems = [each for each in (view.problems if view else ()) if each.code in LEFT_TO_PEOPLE]
        told = {dict(each.facts)["lost"] for each in problems}
        for missing in self.watch.differences() if told else ():
            expected: Any = missing.expected
            text = text_of(expected) or "—"
            if text not in told and not text.startswith("="):
                continue
            note(f"by hand: {missing}")
            title, a1 = missing.cell.rsplit("!", 1)
            assert title == Table(self.server, self.settings.id).title
            [row, column] = [int(a1.lstrip("ABCDEFGHIJKLMNOP")) - 1, ord(a1[0]) - ord("A")]
            entered = {"userEnteredValue": {kind_of(expected): expected}} if expected not in (None, "") else {}
            start = {"sheetId": 0, "rowIndex": row, "columnIndex": column}
            cells = {"start": start, "rows": [{"values": [entered]}], "fields": "userEnteredValue"}
            self.server.edit(self.settings.id, {"updateCells": cells})

    def sync(self, *, accept: bool = False) -> PassOutcome:
        with self.lock() as lease:
            outcome = run_pass(
                self.settings, self.client, self.records, self.clock, accept=accept, lease=lease, kept=self.kept
            )
        self.passes += 1
        cells = [str(write.cell) for write in outcome.writes]
        note(f"pass: {outcome.result} {outcome.error or ''} {cells}; meanwhile {self.happened}")
        self.happened.clear()
        assert self.failures == []
        return outcome

    @contextmanager
    def lock(self) -> Iterator[Any]:
        with pass_lock(self.world.folder / "state", self.settings.id, self.records, self.clock) as lease:
            yield lease

    def check_scores(self) -> None:
        table = Table(self.server, self.settings.id)
        if self.world.has_words and not self.people.texts_moved:
            self.check_words(table, self.server.cells(self.settings.id)[table.title])
        entered = self.server.cells(self.settings.id)[table.title]
        note(str(entered))
        for row in table.key_results():
            target, current, shown = (table.value(row, name) for name in (TARGET, CURRENT, SCORE))
            if is_formula(entered, row, table.column[SCORE]):
                continue
            assert self.people.texts_moved or table.value(row, TEXT) not in self.formulas, f"row {row + 1}"
            if self.people.texts_moved and target is None:
                # A text that came beside numbers of nobody's: what people typed there stays, and it has no score.
                assert shown in [None, *NUMBERS], f"row {row + 1}"
            elif isinstance(current, int | float) or current == "8":
                assert shown == _score(current, target), f"row {row + 1}"
            elif self.people.texts_moved:
                continue
            elif current is None and REWORDED not in str(table.value(row, TEXT)):
                assert shown in [None, *NUMBERS], f"row {row + 1}"
            else:
                # Its own score of before, or what a person typed there; never another's.
                own = [_score(each, target) for each in range(11)]
                assert shown in [None, *own, *NUMBERS], f"row {row + 1}"

    def check_words(self, table: Table, entered: dict[str, object]) -> None:
        """Each cell for words holds a person's, or what is right; beside a text that was reworded, perhaps what was."""
        letter = chr(ord("A") + table.column[CURRENT])
        for row in table.key_results():
            band, message, day = (table.value(row, WORDS[field]) for field in ("band", "message", "checked"))
            was_reworded = REWORDED in str(table.value(row, TEXT))
            current, shown = table.value(row, CURRENT), table.value(row, SCORE)
            if not _is_theirs(message) and not was_reworded:
                assert str(message).startswith(f"{letter}: “tám”") == (current == "tám"), f"row {row + 1}: {message}"
                by_formula = is_formula(entered, row, table.column[SCORE])
                assert by_formula or (message is None) == (current != "tám"), f"row {row + 1}: {message}"
            if not _is_theirs(band) and not was_reworded and isinstance(current, int | float) and shown not in NUMBERS:
                assert band is not None, f"row {row + 1}"
            assert day is None or _is_theirs(day) or str(day).endswith("/2026"), f"row {row + 1}"


def _is_theirs(held: object) -> bool:
    """Whether this is what a person wrote where words go."""
    return held in NUMBERS or str(held).startswith(THEIRS)


def _is_ours(sheet: Sheet, row: int, column: int) -> bool:
    """The score cell of a key result, or one for words."""
    header = next((each for each in range(len(sheet.rows)) if _has(sheet, each, TEXT)), None)
    if header is None or row <= header:
        return False
    names = {cell.value: index for index, cell in sheet.rows[header].items()}
    typed = sheet.cell(row, column).typed
    if not sheet.cell(row, names[TEXT]).value:
        return False
    if column == names.get(SCORE):
        # Words of ours may have hit it for a moment.
        return not str(typed).startswith("=")
    return column in {names.get(name) for name in WORDS.values()} and not _is_theirs(typed)


def _entered(write: CellWrite) -> str:
    return write.new.text if isinstance(write.new, Formula) else text_of(shown(write))


def _has(sheet: Sheet, row: int, text: str) -> bool:
    return any(cell.value == text for cell in sheet.rows[row].values())


def _score(current: object, target: object) -> float:
    share = min(max(Decimal(str(current)) / Decimal(str(target)), Decimal(0)), Decimal(1))
    return float(share.quantize(Decimal("0.01"), ROUND_HALF_UP))


@pytest.mark.timeout(0)
@pytest.mark.parametrize("configuration", [WORDED, FLAT], ids=["with words", "without"])
@pytest.mark.parametrize("share", range(SHARES))
def test_whatever_happens_the_sheet_comes_right_and_peoples_cells_are_theirs(share: int, configuration: str) -> None:
    with worlds(configuration) as world:
        run_state_machine_as_test(
            lambda: WriteBack(world),  # type: ignore[arg-type]
            settings=settings(
                max_examples=EXAMPLES // SHARES // 2,
                stateful_step_count=8,
                deadline=None,
                # The same examples each time where a change is judged, other ones where faults are hunted.
                derandomize="MACHINE_EXAMPLES" not in os.environ,
                # What failed in one share is no matter of the others.
                database=None,
                suppress_health_check=list(HealthCheck),
                phases=[phase for phase in Phase if phase is not Phase.shrink or SHRINK],
            ),
        )
