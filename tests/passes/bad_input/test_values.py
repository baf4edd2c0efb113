"""Values and dates that are none: each is told with its cell, quoted, and hides nothing else."""

import pytest

from sync.domain.grid import Tab
from sync.domain.memory import PassResult
from sync.domain.rules import check_scores
from sync.domain.scoring import score_okrs
from sync.reading import read_book
from sync.translations.problems import hint_of, message_of
from tests.support.grids import book, codes, grid, mapping, read
from tests.support.installation import Installation
from tests.support.outcomes import only, problems, texts
from tests.support.sheet_with_ids import CONFIG, DRAWN, FIELDS, HEADER, SHORT, SHORT_HEADER, put, rows

# Values


@pytest.mark.parametrize("typed", ["1e309", "NaN", "∞", "-∞", "inf", "1E+400", "đang chờ", "12abc34", "--5", "10²"])
def test_what_is_no_number_is_quoted(typed: str) -> None:
    reading = read(Tab(1, "OKR", [[str(text) for text in HEADER], ["K1", "o", "a", 0, 10, typed, None]]), FIELDS)
    found = only(reading.problems, "not-a-number", "F2", f"“{typed}”")
    assert "12,5" in hint_of(found, "vi")
    [key_result] = reading.key_results
    assert key_result.current.fault == "not-a-number"


@pytest.mark.parametrize("value", [float("inf"), float("nan"), 1e308])
def test_a_number_out_of_all_measure_is_no_number(value: float) -> None:
    reading = read(Tab(1, "OKR", [[str(text) for text in HEADER], ["K1", "o", "a", 0, 10, value, None]]), FIELDS)
    assert codes(reading) == ["not-a-number"]


@pytest.mark.parametrize(
    ("locale", "cell", "quoted"),
    [("vi_VN", "0.5", "(0,5)"), ("en_US", "0.5", "(0.5)"), ("vi_VN", "250000", "(250000)"), ("vi_VN", "5%%", "(5%)")],
)
def test_a_number_is_quoted_as_its_cell_shows_it(locale: str, cell: str, quoted: str) -> None:
    reading = read(grid(f"{SHORT_HEADER}\no | a | | {cell}"), SHORT, locale=locale)
    scores = score_okrs(reading.objectives, reading.key_results, {})
    only(check_scores(reading.key_results, reading.objectives, scores), "target-missing", "C2", quoted)


def test_full_width_digits_are_digits() -> None:
    reading = read(grid(f"{DRAWN}\nK1 | o | a | ０ | １０ | ５，５ |"), FIELDS)
    [found] = reading.key_results
    assert (str(found.target.number), str(found.current.number)) == ("10", "5.5")


def test_an_ambiguous_number_is_told_with_both_readings() -> None:
    english = read(grid(f"{DRAWN}\nK1 | o | a | 0 | '1.234 | 5 |"), FIELDS, locale="en_US")
    found = only(english.problems, "ambiguous-number", "E2", "“1.234”")
    assert "1234" in message_of(found, "en")
    assert "1.2340" in message_of(found, "en")
    vietnamese = read(grid(f"{DRAWN}\nK1 | o | a | 0 | '1,234 | 5 |"), FIELDS)
    only(vietnamese.problems, "ambiguous-number", "E2", "“1,234”")


def test_a_date_where_a_number_should_be_is_told_as_the_date_that_it_became(installation: Installation) -> None:
    installation.spreadsheet("sales", {"OKR": [HEADER, *rows(2, 5)]})
    installation.configure(CONFIG)
    value = {"userEnteredValue": {"numberValue": 46145}, "userEnteredFormat": {"numberFormat": {"type": "DATE"}}}
    start = {"sheetId": 0, "rowIndex": 1, "columnIndex": 5}
    fields = "userEnteredValue,userEnteredFormat.numberFormat"
    edit = {"updateCells": {"start": start, "rows": [{"values": [value]}], "fields": fields}}
    installation.server.edit("sales", edit)
    outcome = installation.sync()
    only(problems(outcome), "date-not-number", "F2", "2026-05-03")
    cells = installation.cells("sales", "OKR")
    assert (cells.get("G2"), cells["G3"]) == (None, 0.5)


@pytest.mark.parametrize("a1", ["D2", "E2", "F2"])
def test_a_checkbox_where_a_number_should_be_is_no_number(sales: Installation, a1: str) -> None:
    put(sales, a1, True)
    found = problems(sales.sync())
    if a1 == "E2":  # a target of yes makes a yes/no key result, and 2 says neither
        only(found, "not-yes-or-no", "F2", "“2”")
    else:
        only(found, "not-a-number", a1, "“TRUE”")


def test_a_row_of_formulas_is_read_by_what_it_shows_and_its_score_left_alone(installation: Installation) -> None:
    formulas: list[object] = ['="K"&1', '="Bán tốt hơn"', '="Kết quả"', "=0", "=5*2", "=H1", "=F2/E2"]
    installation.spreadsheet("sales", {"OKR": [[*HEADER, 4], formulas, *rows(2)]})
    installation.configure(CONFIG)
    before = installation.cells("sales", "OKR")
    outcome = installation.sync()
    assert outcome.snapshot is not None
    values = [str(outcome.snapshot.scores[found.key].value) for found in outcome.snapshot.key_results]
    assert values[0] == "0.4"
    after = installation.cells("sales", "OKR")
    assert {a1: value for a1, value in after.items() if a1 != "G3"} == before


def test_errors_in_every_cell_are_told_and_the_last_good_view_is_kept(sales: Installation) -> None:
    for row in (2, 3, 4):
        for column in "ABCDEF":
            put(sales, f"{column}{row}", "=1/0")
    outcome = sales.sync()
    assert outcome.result is PassResult.REFUSED
    assert {problem.code for problem in problems(outcome)} == {"row-unreadable", "tab-emptied"}
    assert texts(outcome) == ["Kết quả 1", "Kết quả 2", "Kết quả 3"]


@pytest.mark.parametrize(("column", "header"), [("A", "Mã"), ("B", "Mục tiêu"), ("C", "Kết quả then chốt")])
def test_an_error_where_a_row_has_its_name_leaves_out_that_row_only(column: str, header: str) -> None:
    drawn = [f"K{n} | o{n} | k{n} | 0 | 10 | 5 |".split(" | ") for n in (1, 2, 3)]
    drawn[1]["ABC".index(column)] = "#REF!"
    table = "\n".join([DRAWN, *(" | ".join(cells) for cells in drawn)])
    reading = read(grid(table), FIELDS)
    assert [found.text for found in reading.key_results] == ["k1", "k3"]
    found = only(reading.problems, "row-unreadable", f"{column}3", "#REF!")
    assert header in message_of(found, "en")


def test_key_results_below_an_unreadable_objective_do_not_go_to_the_one_above() -> None:
    reading = read(grid(f"{SHORT_HEADER}\no | a | 10 | 5\n#N/A | b | 10 | 5\n | c | 10 | 5\np | d | 10 | 5"), SHORT)
    names = {objective.key: objective.text for objective in reading.objectives}
    assert [(found.text, names[found.objective]) for found in reading.key_results] == [("a", "o"), ("d", "p")]
    only(reading.problems, "row-unreadable", "A3", "#N/A")


# Dates


def test_a_log_line_whose_date_cannot_be_read_is_told_and_never_the_newest() -> None:
    tab = grid("KR | Chỉ tiêu | Nay\na | 10 |")
    log = grid("KR | Ngày | Giá trị\na | 5/12/2025 | 4\na | cuối quý | 9\na | 4/12/2025 | 3", title="Log", sheet_id=2)
    reading = read_book(
        book(tab, log),
        [
            mapping('key_result = { text = "KR", target = "Chỉ tiêu", current = { check_in = true } }'),
            mapping('title = "Log"\ncheck_in = { key_result = "KR", date = "Ngày", value = "Giá trị" }'),
        ],
    )
    assert [found.date for found in reading.check_ins] == ["2025-12-05", "cuối quý", "2025-12-04"]
    assert [found.current.number for found in reading.key_results] == [4]
    told = [problem for problem in reading.problems if problem.code != "no-objective"]
    only(told, "day-missing", "B3", "“cuối quý”")
