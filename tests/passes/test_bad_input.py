"""What people do to sheets, and what we say: a code, a cell, a sentence that quotes it; never a traceback, never a
lost view, never a number in somebody else's cell.
"""

import unicodedata
from typing import Any

import pytest

from sync.domain.grid import Tab
from sync.domain.languages import LANGUAGES
from sync.domain.memory import PassResult
from sync.domain.problems import Problem
from sync.domain.scoring import score_okrs
from sync.passes.outcome import PassOutcome
from sync.passes.plan import make_plan, score_places
from sync.reading import BookReading, TabReading, read_book
from sync.translations.problems import hint_of, message_of
from tests.support.grids import at, book, grid, mapping, read
from tests.support.installation import Installation

HEADER: list[object] = ["Mã", "Mục tiêu", "Kết quả then chốt", "Ban đầu", "Chỉ tiêu", "Hiện tại", "Điểm"]

FIELDS = """
objective = { text = "Mục tiêu" }
key_result = { id = "Mã", text = "Kết quả then chốt", start = "Ban đầu", target = "Chỉ tiêu", current = "Hiện tại", \
score = "Điểm" }
"""

CONFIG = f"""
[[spreadsheet]]
id = "sales"

[[spreadsheet.tab]]
title = "OKR"
{FIELDS}
"""

DRAWN = "Mã | Mục tiêu | Kết quả then chốt | Ban đầu | Chỉ tiêu | Hiện tại | Điểm"


def rows(*currents: object) -> list[list[object]]:
    return [[f"K{n}", "Bán tốt hơn", f"Kết quả {n}", 0, 10, current] for n, current in enumerate(currents, 1)]


@pytest.fixture
def sales(installation: Installation) -> Installation:
    """A flat tab with an ID, three key results at 2, 5 and 8 of 10, and one pass behind it."""
    installation.spreadsheet("sales", {"OKR": [HEADER, *rows(2, 5, 8)], "Ghi chú": [["x"]]})
    installation.configure(CONFIG)
    installation.sync()
    return installation


def put(installation: Installation, a1: str, value: object) -> None:
    """A person types into a cell of the first tab."""
    cell = at(a1)
    kind = "boolValue" if isinstance(value, bool) else "stringValue" if isinstance(value, str) else "numberValue"
    entered = {"formulaValue": value} if isinstance(value, str) and value.startswith("=") else {kind: value}
    start = {"sheetId": 0, "rowIndex": cell.row, "columnIndex": cell.column}
    request = {"start": start, "rows": [{"values": [{"userEnteredValue": entered}]}], "fields": "userEnteredValue"}
    installation.server.edit("sales", {"updateCells": request})


def insert_column(installation: Installation, column: int) -> None:
    area = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": column, "endIndex": column + 1}
    installation.server.edit("sales", {"insertDimension": {"range": area}})


def problems(outcome: PassOutcome) -> list[Problem]:
    assert outcome.snapshot is not None
    return list(outcome.snapshot.problems)


def texts(outcome: PassOutcome) -> list[str]:
    assert outcome.snapshot is not None
    return [found.text for found in outcome.snapshot.key_results]


def only(found: list[Problem], code: str, a1: str, quoted: str) -> Problem:
    """The one problem, which names its cell, quotes what stands there and says what to do, in both languages."""
    [problem] = found
    assert problem.code == code
    assert problem.cell is not None
    assert problem.cell.a1 == a1
    for language in LANGUAGES:
        assert quoted in message_of(problem, language)
        assert hint_of(problem, language)
        assert "{" not in message_of(problem, language) + hint_of(problem, language)
    assert message_of(problem, "vi") != message_of(problem, "en")
    return problem


def codes(reading: TabReading | BookReading) -> list[str]:
    return [problem.code for problem in reading.problems]


# Headers


def test_a_renamed_header_is_named_with_the_nearest_one_and_the_view_is_kept(sales: Installation) -> None:
    put(sales, "F1", "Hiện tại T10")
    before = sales.server.cells("sales")
    outcome = sales.sync()
    assert outcome.result is PassResult.REFUSED
    found = only(problems(outcome), "header-missing", "A1", "“Hiện tại”")
    assert "“Hiện tại T10”" in hint_of(found, "vi")
    assert texts(outcome) == ["Kết quả 1", "Kết quả 2", "Kết quả 3"]
    assert sales.server.cells("sales") == before


@pytest.mark.parametrize("column", range(7))
def test_headers_are_found_wherever_a_new_column_moves_them(sales: Installation, column: int) -> None:
    insert_column(sales, column)

    def moved(index: int) -> str:
        return "ABCDEFGH"[index + (index >= column)]

    put(sales, f"{moved(5)}2", 10)
    outcome = sales.sync()
    assert outcome.result is PassResult.OK
    assert sales.cells("sales", "OKR")[f"{moved(6)}2"] == 1


def test_a_header_that_stands_twice_is_told_with_both_cells(sales: Installation) -> None:
    put(sales, "H1", "Hiện tại")
    found = only(problems(sales.sync()), "header-ambiguous", "F1", "“Hiện tại”")
    assert "F1, H1" in message_of(found, "vi")
    assert "nth" in hint_of(found, "en")


def test_a_header_split_in_two_is_missing_and_both_halves_are_not_guessed_at(sales: Installation) -> None:
    insert_column(sales, 6)
    put(sales, "F1", "Hiện tại (số)")
    put(sales, "G1", "Hiện tại (chữ)")
    outcome = sales.sync()
    assert outcome.result is PassResult.REFUSED
    only(problems(outcome), "header-missing", "A1", "“Hiện tại”")


def test_letters_that_mean_other_columns_after_an_insertion_are_not_believed(installation: Installation) -> None:
    by_letter = """
[[spreadsheet]]
id = "sales"
[[spreadsheet.tab]]
title = "OKR"
header_row = 1
objective = { text = { column = "B" } }
key_result.text = { column = "C" }
key_result.target = { column = "E" }
key_result.current = { column = "F" }
key_result.score = { column = "G" }
"""
    installation.spreadsheet("sales", {"OKR": [HEADER, *rows(2, 5, 8, 9)]})
    installation.configure(by_letter)
    installation.sync()
    insert_column(installation, 2)
    outcome = installation.sync()
    assert outcome.result is PassResult.REFUSED
    assert len(texts(outcome)) == 4


def test_empty_header_cells_between_the_others_do_not_matter() -> None:
    reading = read(
        grid("Mục tiêu | | Kết quả then chốt | '\u200b | Chỉ tiêu | Hiện tại\no | x | k | y | 10 | 5"), SHORT
    )
    assert [(found.text, str(found.current.number)) for found in reading.key_results] == [("k", "5")]
    assert reading.problems == []


SHORT = """
objective = { text = "Mục tiêu" }
key_result = { text = "Kết quả then chốt", target = "Chỉ tiêu", current = "Hiện tại" }
"""
SHORT_HEADER = "Mục tiêu | Kết quả then chốt | Chỉ tiêu | Hiện tại"


def test_a_header_row_repeated_in_the_middle_is_no_row() -> None:
    reading = read(grid(f"{SHORT_HEADER}\no | a | 10 | 5\n{SHORT_HEADER}\n| b | 10 | 6\np | c | 10 | 7"), SHORT)
    assert [found.text for found in reading.objectives] == ["o", "p"]
    assert [found.text for found in reading.key_results] == ["a", "b", "c"]


def test_a_second_block_may_have_its_columns_in_another_order() -> None:
    reading = read(
        grid(
            f"""
            {SHORT_HEADER}
            o | a | 10 | 5
            |
            Kết quả then chốt | Mục tiêu | Hiện tại | Chỉ tiêu
            b | p | 1 | 20
            """
        ),
        SHORT,
    )
    assert [(found.text, str(found.target.number), str(found.current.number)) for found in reading.key_results] == [
        ("a", "10", "5"),
        ("b", "20", "1"),
    ]


# Tabs


def test_a_renamed_tab_is_followed_and_the_old_title_quoted(sales: Installation) -> None:
    properties = {"sheetId": 0, "title": "OKR quý 4"}
    sales.server.edit("sales", {"updateSheetProperties": {"properties": properties, "fields": "title"}})
    put(sales, "F2", 10)
    outcome = sales.sync()
    only(problems(outcome), "tab-renamed", "A1", "“OKR quý 4”")
    assert sales.cells("sales", "OKR quý 4")["G2"] == 1


def test_a_deleted_tab_is_refused_and_those_that_are_there_are_listed(sales: Installation) -> None:
    sales.server.edit("sales", {"deleteSheet": {"sheetId": 0}})
    outcome = sales.sync()
    assert outcome.result is PassResult.REFUSED
    [problem] = problems(outcome)
    assert (problem.code, problem.cell) == ("tab-missing", None)
    assert "“Ghi chú”" in hint_of(problem, "en")
    assert texts(outcome) == ["Kết quả 1", "Kết quả 2", "Kết quả 3"]


# Merged cells


def test_an_id_merged_over_two_key_results_is_the_first_ones_only() -> None:
    reading = read(grid(f"{DRAWN}\nK1 | o | a | 0 | 10 | 5 |\n^ | o | b | 0 | 10 | 6 |"), FIELDS)
    assert [(found.id, found.text) for found in reading.key_results] == [("K1", "a"), ("", "b")]
    only(reading.problems, "id-merged", "A2", "“K1”")


def test_a_score_merged_over_two_rows_is_written_for_the_first_and_told_for_the_second() -> None:
    tab = grid(f"{DRAWN}\nK1 | o | a | 0 | 10 | 5 |\nK2 | o | b | 0 | 10 | 6 | ^")
    reading = read_book(book(tab), [mapping(FIELDS)])
    scores = score_okrs(reading.objectives, reading.key_results, {})
    plan = make_plan(book(tab), reading, scores, ours={}, owned_columns=score_places(reading.tabs[0]))
    assert [write.cell.a1 for write in plan.writes] == ["G2"]
    only(list(plan.problems), "score-merged", "G3", "“b”")


# Other tables and lines of totals below

BELOW = [
    pytest.param("Nhân viên | Phòng | Ngày công | Phụ cấp | Thưởng | Tổng lương", id="words where numbers should be"),
    pytest.param("Ghi chú | Mục tiêu | Việc cần làm | Hạn", id="one of our headers among others"),
]


@pytest.mark.parametrize("header", BELOW)
def test_another_table_below_is_not_taken_for_okrs(header: str) -> None:
    drawn = f"{DRAWN}\nK1 | o | a | 0 | 10 | 5 |\n|\n{header}\nAn | Kho | x | 1 | 2 | 3 | 4\nHà | Kho | y | 1 | 2 | 3"
    reading = read(grid(drawn), FIELDS)
    assert [found.text for found in reading.key_results] == ["a"]
    only(reading.problems, "other-table", "A4", header.split(" | ", maxsplit=1)[0])


def test_key_results_in_words_are_no_other_table() -> None:
    reading = read(grid(f"{SHORT_HEADER}\no | a | 10 | 5\n|\np | Ra mắt | Đã ra mắt | Đang thử\n| c | 10 | 7"), SHORT)
    assert [found.text for found in reading.key_results] == ["a", "Ra mắt", "c"]
    assert codes(reading) == ["not-a-number", "not-a-number"]


def test_nothing_is_written_beside_another_table(installation: Installation) -> None:
    below: list[list[object]] = [[], ["Tên", "Phòng", "Việc", "Giờ đầu", "Giờ cuối", "Công"], ["An", "B", "C", 0, 4, 2]]
    installation.spreadsheet("sales", {"OKR": [HEADER, *rows(2), *below]})
    installation.configure(CONFIG)
    before = installation.cells("sales", "OKR")
    installation.sync()
    assert installation.cells("sales", "OKR") == {**before, "G2": 0.2}


@pytest.mark.parametrize("word", ["Tổng cộng", "TỔNG:", "Total", "合計"])
@pytest.mark.parametrize("line", ["| {} | | | 20 | 7 |", "| | {} | 0 | 20 | 7 |"])
def test_a_line_of_totals_is_no_okr(word: str, line: str) -> None:
    reading = read(grid(f"{DRAWN}\nK1 | o | a | 0 | 10 | 5 |\n{line.format(word)}"), FIELDS)
    assert ([found.text for found in reading.objectives], len(reading.key_results)) == (["o"], 1)
    only(reading.problems, "total-row", "B3" if line.startswith("| {}") else "C3", word)


# Texts

NFD_HEADER: list[object] = [unicodedata.normalize("NFD", str(text)) for text in HEADER]


def test_decomposed_headers_and_texts_are_the_same_words(installation: Installation) -> None:
    installation.spreadsheet("sales", {unicodedata.normalize("NFD", "OKR"): [NFD_HEADER, *rows(2)]})
    installation.configure(CONFIG)
    assert installation.sync().result is PassResult.OK
    assert installation.cells("sales", "OKR")["G2"] == 0.2


def test_conditions_and_patterns_see_through_decomposed_and_invisible_characters() -> None:
    total = unicodedata.normalize("NFD", "Hết\u00a0bảng\u200b này")
    tab = grid(f"{SHORT_HEADER}\no | a (trọng số\u00a030%) | 10 | 5\n{total} | b | 10 | 5")
    conditions = 'until = { header = "Mục tiêu", matches = "Hết bảng này" }'
    weight = "{ field = 'text', pattern = 'trọng số (\\d+%)' }"
    reading = read(tab, conditions + SHORT.replace('current = "Hiện tại"', f'current = "Hiện tại", weight = {weight}'))
    assert [(found.text, str(found.weight)) for found in reading.key_results] == [("a (trọng số\u00a030%)", "0.30")]


@pytest.mark.parametrize("mark", ["\u200b", "\u00a0", "\u200f", "\u202b", "\u2066", "\u00ad", "\ufeff"])
def test_invisible_characters_hide_nothing(mark: str) -> None:
    header = " | ".join(f"{mark}{text}{mark}" for text in DRAWN.split(" | "))
    reading = read(
        grid(f"{header}\n{mark}K1{mark} | o | a | '0{mark} | '{mark}10 | '5{mark} |\n | | {mark} | | | |"), FIELDS
    )
    [found] = reading.key_results
    assert (found.id, str(found.target.number), str(found.current.number)) == ("K1", "10", "5")
    assert reading.problems == []


def test_ids_are_compared_as_people_see_them() -> None:
    reading = read(grid(f"{DRAWN}\nK\u200b1 | o | a | 0 | 10 | 5 |\nｋ1 | o | b | 0 | 10 | 6 |"), FIELDS)
    only(reading.problems, "duplicate", "C3", "“ｋ1”")


@pytest.mark.parametrize("column", range(6))
@pytest.mark.parametrize("piece", ["ă", "9", "1.", "1 ", "1-", "≤", "(", "\n", "\u0301", "/1"])
def test_fifty_thousand_characters_in_a_cell_are_read_and_quoted_shortly(column: int, piece: str) -> None:
    cells: list[Any] = ["K1", "o", "a", 0, 10, 5, None]
    cells[column] = (piece * 50_000)[:50_000]
    reading = read(Tab(1, "OKR", [[str(text) for text in HEADER], cells]), FIELDS)
    for problem in reading.problems:
        assert len(message_of(problem, "vi")) < 400


def test_a_duplicate_id_is_told_with_both_places_and_both_rows_keep_their_scores(sales: Installation) -> None:
    put(sales, "A3", "K1")
    put(sales, "F2", 4)
    outcome = sales.sync()
    found = only(problems(outcome), "duplicate", "C3", "“K1”")
    assert "C2" in message_of(found, "en")
    cells = sales.cells("sales", "OKR")
    assert (cells["G2"], cells["G3"], cells["G4"]) == (0.4, 0.5, 0.8)


def test_one_id_of_two_different_objectives_is_told() -> None:
    reading = read(
        grid("Mã | Mục tiêu | KR\nO1 | Bán tốt hơn | a\nO1 | Tuyển tốt hơn | b"),
        'objective = { id = "Mã", text = "Mục tiêu" }\nkey_result = { text = "KR" }',
    )
    found = only(reading.problems, "duplicate", "B3", "“O1”")
    assert "B2" in message_of(found, "vi")


def test_an_id_typed_as_a_number_is_the_same_as_one_typed_as_text() -> None:
    tabs = [
        Tab(1, "O", [["Mã", "Mục tiêu"], [1, "một"], ["2", "hai"]]),
        Tab(2, "KR", [["Mã O", "KR"], ["1", "a"], [2.0, "b"]]),
    ]
    first = 'title = "O"\nobjective = { id = "Mã", text = "Mục tiêu" }'
    second = 'title = "KR"\nkey_result = { objective = "Mã O", text = "KR" }'
    reading = read_book(book(*tabs), [mapping(first), mapping(second)])
    names = {objective.key: objective.text for objective in reading.objectives}
    assert [names[found.objective] for found in reading.key_results] == ["một", "hai"]
    assert reading.problems == ()


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
        only(found, "not-a-number", "F2", "“2”")
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
    only(told, "not-a-date", "B3", "“cuối quý”")


# Size


def test_a_tab_of_twenty_thousand_rows_goes_through_a_whole_pass(installation: Installation) -> None:
    table: list[list[object]] = [
        [f"K{n}", f"Mục tiêu {n // 4}", f"Kết quả {n}", 0, 100, n % 100] for n in range(20_000)
    ]
    installation.spreadsheet("sales", {"OKR": [HEADER, *table]})
    installation.configure(CONFIG)
    outcome = installation.sync()
    assert outcome.result is PassResult.OK
    assert len(outcome.writes) == 20_000
    assert installation.counted(installation.sync) == (1, 0)
