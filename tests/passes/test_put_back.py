"""What people's cells held that a write of ours hit: it comes back where its home is sure, and is told where not.

People change the sheet in the instant between our read and our write, or between the write and its repair; the answer
to the write comes, or is lost.
"""

import json
import zlib
from collections.abc import Sequence
from typing import Any

import pytest

from sync.domain.memory import PassResult
from sync.local_sheets import Fault, LocalSheets
from sync.passes.journal import BEFORE, PendingWrite, packed, unpacked
from sync.passes.outcome import PassOutcome
from sync.translations.problems import hint_of, message_of
from tests.support.edits import Edit, inserted, moved, together, typed
from tests.support.flat_sheet import FLAT, HEADER, change_current, key_results, scores
from tests.support.installation import Installation
from tests.support.left_to_people import told, type_what_is_told
from tests.support.lost_answers import READ, WRITE, lose_the_answer
from tests.support.sheet_layouts import MERGED, place

answered_or_lost = pytest.mark.parametrize("lost", [False, True], ids=["answered", "lost"])


def key_results_and(
    installation: Installation, *below: Sequence[object], others: dict[str, Sequence[Sequence[object]]] | None = None
) -> Installation:
    """Three key results, and rows of people's own below them."""
    table = [[*HEADER, "Ghi chú"], *key_results(2, 5, 8), *below]
    installation.spreadsheet("sales", {"OKR": table, **(others or {})})
    installation.configure(FLAT.replace('title = "OKR*"', 'title = "OKR"'))
    return installation


def row_of_people(held: object, note: str = "") -> list[object]:
    """Something in the score column, and perhaps a word to it."""
    return ["", "", "", "", "", held, note]


def synced(installation: Installation, *edits: Edit, lost: bool) -> PassOutcome:
    """The last pass of as many as it takes; each edit comes right before the next write."""
    for number, edit in enumerate(edits):
        installation.server.before(WRITE, edit, skip=number)
    if lost:
        lose_the_answer(installation.server)
    outcome = installation.sync()
    installation.server.clear_faults()
    return installation.sync() if lost else outcome


# A row that nobody knows again


def reworded_and_dragged(server: LocalSheets) -> None:
    typed(4, 6, "báo cáo")(server)
    moved(4, 1)(server)


@answered_or_lost
def test_a_remark_whose_row_was_reworded_and_dragged_is_told_and_stays_so_until_it_is_typed(
    installation: Installation, lost: bool
) -> None:
    key_results_and(installation, row_of_people("xem lại", "tổng kết"))
    outcome = synced(installation, reworded_and_dragged, lost=lost)
    assert (outcome.result, told(outcome)) == (PassResult.PARTIAL, [("put-back-by-hand", "F2", "xem lại")])
    assert "F2" not in installation.cells("sales", "OKR")
    assert scores(installation) == {"KR 1": 0.2, "KR 2": 0.5, "KR 3": 0.8}
    assert installation.counted(installation.sync) == (1, 0)
    assert told(installation.sync()) == [("put-back-by-hand", "F2", "xem lại")]
    type_what_is_told(installation, outcome)
    assert installation.sync().result is PassResult.OK
    assert installation.sync().result is PassResult.UNCHANGED
    assert installation.cells("sales", "OKR")["F2"] == "xem lại"


def test_what_is_told_says_the_cell_the_text_and_what_to_type_in_both_languages(installation: Installation) -> None:
    key_results_and(installation, row_of_people("xem lại " * 20, "tổng kết"))
    outcome = synced(installation, reworded_and_dragged, lost=False)
    assert outcome.snapshot is not None
    [found] = [each for each in outcome.snapshot.problems if each.code == "put-back-by-hand"]
    for said in (message_of(found, "en"), hint_of(found, "en"), message_of(found, "vi"), hint_of(found, "vi")):
        assert f"“{'xem lại ' * 20}”" in said
    assert str(found.cell) == "OKR!F2"


def test_what_nobody_needs_any_more_is_let_go_with_accept(installation: Installation) -> None:
    key_results_and(installation, row_of_people("xem lại", "tổng kết"))
    synced(installation, reworded_and_dragged, lost=False)
    assert installation.sync(accept=True).result is PassResult.OK
    assert installation.records.memory("sales").pending_write is None


def test_the_score_of_a_key_result_waits_where_a_text_may_belong_beside_it(installation: Installation) -> None:
    """The key result that had the text is gone, and another row has new words: it may be that one."""
    key_results_and(installation)
    typed(2, 5, "xem lại")(installation.server)
    new_words = together(typed(2, 0, "Khác"), typed(2, 1, "KR mới"), typed(2, 3, 20), typed(2, 4, 6), moved(2, 1))
    outcome = synced(installation, new_words, lost=False)
    assert told(outcome) == [("put-back-by-hand", "F2", "xem lại")]
    assert scores(installation) == {"KR mới": None, "KR 1": 0.2, "KR 3": 0.8}
    change_current(installation.server, "sales", 0, row=2, value=9)
    installation.sync()
    assert scores(installation) == {"KR mới": None, "KR 1": 0.9, "KR 3": 0.8}
    installation.sync(accept=True)
    assert scores(installation) == {"KR mới": 0.3, "KR 1": 0.9, "KR 3": 0.8}


# A part of a row that changed is no move of the row


def texts_swapped(server: LocalSheets) -> None:
    typed(1, 1, "KR 2")(server)
    typed(2, 1, "KR 1")(server)


def cells_deleted(server: LocalSheets) -> None:
    area = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 2, "startColumnIndex": 0, "endColumnIndex": 4}
    server.edit("sales", {"deleteRange": {"range": area, "shiftDimension": "ROWS"}})


@answered_or_lost
@pytest.mark.parametrize("edit", [texts_swapped, cells_deleted])
def test_a_text_is_never_copied_to_where_its_source_still_holds_it(
    installation: Installation, lost: bool, edit: Edit
) -> None:
    key_results_and(installation)
    typed(2, 5, "xem lại")(installation.server)
    outcome = synced(installation, edit, lost=lost)
    cells = installation.cells("sales", "OKR")
    assert (outcome.result, cells["F2"], cells["F3"]) == (PassResult.OK, 0.2, "xem lại")


# Formulas come back as Sheets would have carried them along


def elsewhere_renamed(sheet_id: int) -> Edit:
    change = {"properties": {"sheetId": sheet_id, "title": "KR hai"}, "fields": "title"}
    return lambda server: server.edit("sales", {"updateSheetProperties": change})


@pytest.fixture
def referring(installation: Installation) -> Installation:
    """A formula in the score column that refers to another tab."""
    below = row_of_people("='KR 2'!D4", "ngoài")
    return key_results_and(installation, below, others={"KR 2": [[1, 2, 3, 4 + n] for n in range(6)]})


@answered_or_lost
@pytest.mark.parametrize("later", [False, True], ids=["before the write", "before the repair"])
def test_a_reference_to_another_tab_follows_the_rows_there(referring: Installation, lost: bool, later: bool) -> None:
    change = inserted(1, sheet_id=referring.sheet_id("sales", "KR 2"))
    edits = [moved(4, 1), change] if later else [together(moved(4, 1), change)]
    assert synced(referring, *edits, lost=lost).result is PassResult.OK
    assert referring.cells("sales", "OKR")["F2"] == "='KR 2'!D5"


@answered_or_lost
def test_a_reference_to_another_tab_follows_its_title(referring: Installation, lost: bool) -> None:
    change = elsewhere_renamed(referring.sheet_id("sales", "KR 2"))
    assert synced(referring, together(moved(4, 1), change), lost=lost).result is PassResult.OK
    assert referring.cells("sales", "OKR")["F2"] == "='KR hai'!D4"


def test_a_formula_is_told_where_nobody_knows_what_it_refers_to_now(referring: Installation) -> None:
    gone = {"deleteSheet": {"sheetId": referring.sheet_id("sales", "KR 2")}}
    outcome = synced(referring, together(moved(4, 1), lambda server: server.edit("sales", gone)), lost=False)
    assert told(outcome) == [("put-back-by-hand", "F2", "='KR 2'!D4")]


@answered_or_lost
@pytest.mark.parametrize(("formula", "after"), [("=D7*1", "=D8*1"), ("=SUM(D5:D9)", "=SUM(D5:D10)")])
def test_a_row_inserted_before_the_repair_lands_is_followed_too(
    installation: Installation, lost: bool, formula: str, after: str
) -> None:
    rows: list[list[object]] = [["", "", "", n, "", "", f"n{n}"] for n in range(6)]
    key_results_and(installation, rows[0], row_of_people(formula, "ngoài"), *rows[1:])
    assert synced(installation, moved(5, 1), inserted(6), lost=lost).result is PassResult.OK
    assert installation.cells("sales", "OKR")["F2"] == after


def test_a_formula_that_a_lost_repair_hit_comes_back(installation: Installation) -> None:
    """F2 is to have "=2*21" again; meanwhile the row of "=5*5" stands there, and nobody sees it hit."""
    key_results_and(installation, row_of_people("=2*21", "một"), row_of_people("=5*5", "hai"))
    server = installation.server
    server.before(WRITE, moved(4, 1))
    server.before(WRITE, moved(5, 1), skip=1)
    server.fault(Fault(kind="reset", applied="first", method=WRITE, skip=1))
    server.fault(Fault(kind="error", status=503, method=READ, skip=2))
    assert installation.sync().result is PassResult.FAILED
    server.clear_faults()
    assert installation.sync().result is PassResult.OK
    cells = installation.cells("sales", "OKR")
    assert (cells["F2"], cells["F3"]) == ("=5*5", "=2*21")


# Unchanged is said only of a sheet that is right


def unmerged(server: LocalSheets) -> None:
    area = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 5, "startColumnIndex": 0, "endColumnIndex": 1}
    server.edit("sales", {"unmergeCells": {"range": area}})


def merged_into_one(server: LocalSheets) -> None:
    """One objective over all four rows: the title of the second is gone with it."""
    unmerged(server)
    area = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 5, "startColumnIndex": 0, "endColumnIndex": 1}
    server.edit("sales", {"mergeCells": {"range": area, "mergeType": "MERGE_ALL"}})


OBJECTIVES: list[Edit] = [
    unmerged,
    merged_into_one,
    typed(1, 0, "Một, viết lại"),
    typed(3, 0, "Một"),
    inserted(2),
    moved(1, 5),
]


@answered_or_lost
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("edit", OBJECTIVES)
def test_no_pass_is_called_unchanged_over_objectives_that_need_another_score(
    installation: Installation, edit: Edit, when: str, lost: bool
) -> None:
    place(installation, MERGED)
    installation.sync()
    typed(1, 2, 3)(installation.server)
    getattr(installation.server, when)(WRITE, edit)
    if lost:
        lose_the_answer(installation.server)
    outcome = installation.sync()
    installation.server.clear_faults()
    while outcome.result is not PassResult.UNCHANGED:
        outcome = installation.sync(accept=outcome.result is PassResult.REFUSED)
    assert installation.sync(dry_run=True).writes == ()


@answered_or_lost
def test_a_merge_undone_while_we_write_is_seen_though_no_value_changes(installation: Installation, lost: bool) -> None:
    """A row that was dragged out of a merged objective left the merge over the title of the next one."""
    place(installation, MERGED)
    installation.sync()
    moved(2, 5)(installation.server)
    installation.sync()
    typed(1, 2, 3)(installation.server)
    everything = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 5, "startColumnIndex": 0, "endColumnIndex": 5}
    undo = {"unmergeCells": {"range": everything}}
    assert synced(installation, lambda server: server.edit("sales", undo), lost=lost).result is PassResult.OK
    assert installation.sync(dry_run=True).writes == ()


def test_after_a_write_without_an_answer_the_next_pass_computes(installation: Installation) -> None:
    key_results_and(installation)
    installation.server.fault(Fault(kind="reset", applied="first", method=WRITE, times=1))
    assert installation.sync().result is PassResult.OK
    before = len(installation.server.requests)
    assert installation.sync().result is PassResult.OK
    assert [request.method for request in installation.server.requests[before:]] == [READ]
    assert installation.sync().result is PassResult.UNCHANGED


# The journal


def entry_of_before(entry: bytes) -> bytes:
    """As the version before this one would have written it."""
    found: dict[str, Any] = json.loads(zlib.decompress(entry))
    found["writes"] = [_without_field(write) for write in found["writes"]]
    found["lost"] = [each[:-1] for each in found["lost"]]
    return zlib.compress(json.dumps(found | {"version": BEFORE}).encode())


def _without_field(write: list[Any]) -> list[Any]:
    *said, instead_of, _ = write
    return [*said, _without_field(instead_of) if instead_of else None]


def test_an_entry_of_the_version_before_is_looked_after_as_well(installation: Installation) -> None:
    key_results_and(installation, row_of_people("xem lại", "tổng kết"))
    installation.server.before(WRITE, moved(4, 1))
    lose_the_answer(installation.server)
    installation.sync()
    installation.server.clear_faults()
    memory = installation.records.memory("sales")
    assert memory.pending_write is not None
    now = installation.clock.now()
    installation.records.intend("sales", memory.owned_columns, {}, entry_of_before(memory.pending_write), now)
    assert installation.sync().result is PassResult.OK
    assert installation.cells("sales", "OKR")["F2"] == "xem lại"


def test_an_empty_journal_has_no_entry() -> None:
    assert packed(PendingWrite(), "sales") is None
    assert unpacked(b"") is None
