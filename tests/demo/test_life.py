"""The moves in the sample company."""

from itertools import islice

from sync.demo import Life, Moving, moves
from sync.domain.memory import PassResult
from tests.demo.conftest import Sample


def moving(sample: Sample) -> list[Moving]:
    return [cell for workbook in sample.workbooks for cell in workbook.moving]


def test_each_cell_goes_up_its_values_and_down_again() -> None:
    cell = Moving("id", "tab", "A1", (1, 2, 3))

    assert [value for _, value in islice(moves([cell]), 5)] == [2, 3, 2, 1, 2]


def test_only_current_values_move_and_never_the_companys(sample: Sample) -> None:
    current = {
        (cell.spreadsheet, cell.tab, cell.a1)
        for snapshot in sample.snapshots
        for found in snapshot.key_results
        if (cell := found.current.cell) is not None
    }
    cells = {(cell.spreadsheet, cell.tab, cell.cell) for cell in moving(sample)}

    assert cells <= current
    assert "cong-ty" not in {spreadsheet for spreadsheet, *_ in cells}
    assert 4 <= len(cells) <= 10


def test_a_move_changes_scores(opened: Sample) -> None:
    life = Life(opened.sheets.url, moving(opened))

    cell = life.step()
    outcome = opened.passes()[cell.spreadsheet]

    assert opened.sheets.read(cell.spreadsheet, f"'{cell.tab}'!{cell.cell}") == [[cell.values[1]]]
    assert outcome.result is PassResult.OK
    assert {str(write.cell) for write in outcome.writes} == {"OKR phòng!L8", "OKR phòng!L5"}


def test_all_moves_keep_the_sample_as_planned(opened: Sample) -> None:
    life = Life(opened.sheets.url, moving(opened))
    before = {id_: found.snapshot.problems for id_, found in opened.first.items() if found.snapshot}

    for _ in range(4 * len(moving(opened))):
        life.step()

    opened.passes()
    assert {found.spreadsheet: found.problems for found in opened.records.snapshots()} == before


def test_a_row_that_moved_is_left_alone(opened: Sample) -> None:
    first = moving(opened)[0]
    row = {"sheetId": 0, "dimension": "ROWS", "startIndex": 4, "endIndex": 5}
    opened.sheets.edit(first.spreadsheet, {"insertDimension": {"range": row}})
    before = opened.sheets.cells(first.spreadsheet)

    Life(opened.sheets.url, [first]).step()

    assert opened.sheets.cells(first.spreadsheet) == before
