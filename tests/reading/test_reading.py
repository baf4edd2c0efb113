"""From rows to OKRs: what belongs together, what a cell is worth, and how each thing is known again."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.domain.grid import CellError, Scalar, Tab
from sync.domain.okr import Kind, Level, Metric, Status
from sync.domain.problems import Problem
from sync.domain.scoring import score_key_result
from sync.reading import BookReading, TabReading, read_book
from sync.translations.problems import message_of
from tests.support.grids import at, book, grid, mapping, read, read_all

OKR = """
objective.text = "O"
[key_result]
text = "KR"
start = "Đầu"
target = "Đích"
current = "Nay"
"""


def codes(reading: TabReading | BookReading) -> list[str]:
    return [found.code for found in reading.problems]


def tree(reading: BookReading | TabReading) -> list[tuple[str, str]]:
    texts = {objective.key: objective.text for objective in reading.objectives}
    return [(texts.get(found.objective, ""), found.text) for found in reading.key_results]


def measured(start: str, target: str, current: str, more: str = "") -> tuple[Metric, Decimal | None, str, list[str]]:
    """Metric, score and reason of one key result, in Vietnamese."""
    reading = read(grid(f"O | KR | Đầu | Đích | Nay\no | a | {start} | {target} | {current}"), OKR + more)
    found = reading.key_results[0]
    score = score_key_result(found)
    return found.metric, score.value, score.problem, codes(reading)


# What belongs together


@pytest.mark.parametrize(
    "table",
    [
        "O | KR\no | a\n  | b\np | c",
        "O | KR\no | a\no | b\np | c",
        "O | KR\no | a\n^ | b\np | c",
        "O | KR\no |\n | a\n | b\np |\n | c",
        "O | KR\no | a\n|\n | b\np | c",
    ],
    ids=["blank below", "repeated", "merged", "own row", "empty row between"],
)
def test_a_key_result_belongs_to_the_objective_beside_or_above(table: str) -> None:
    reading = read(grid(table), 'objective.text = "O"\nkey_result.text = "KR"')
    assert [found.text for found in reading.objectives] == ["o", "p"]
    assert tree(reading) == [("o", "a"), ("o", "b"), ("p", "c")]
    assert codes(reading) == []


def test_a_key_result_above_every_objective_is_stray() -> None:
    reading = read_all([grid("O | KR\n | a\no | b")], 'objective.text = "O"\nkey_result.text = "KR"')
    assert tree(reading) == [("", "a"), ("o", "b")]
    assert [(found.code, found.cell) for found in reading.problems] == [("no-objective", at("B2"))]


def test_rows_of_both_kinds_in_one_column_are_told_apart_by_a_rule() -> None:
    by = r"""
    [objective]
    text = "Tên"
    when = { header = "Mã", matches = 'O\d+$' }
    [key_result]
    text = "Tên"
    when = { header = "Mã", matches = 'O\d+\.KR' }
    """
    reading = read(grid("Mã | Tên\nO1 | o\nO1.KR1 | a\nO2 | p\nO2.KR1 | b\n | ghi chú"), by)
    assert tree(reading) == [("o", "a"), ("p", "b")]


def test_an_objective_row_met_twice_is_a_duplicate_where_rows_are_told_apart() -> None:
    by = 'objective = { text = "O", when = { header = "Loại", is = "O" } }\nkey_result = { text = "KR" }'
    reading = read(grid("Loại | O | KR\nO | o |\nO | o | "), by)
    assert codes(reading) == ["duplicate"]


def test_a_repeated_objective_takes_its_score_on_every_row_and_a_merged_one_once() -> None:
    by = 'objective = { text = "O", score = "Điểm" }\nkey_result.text = "KR"'
    repeated = read(grid("O | KR | Điểm\no | a |\no | b |"), by)
    assert repeated.objectives[0].score_cells == (at("C2"), at("C3"))
    one = read(grid("O | KR | Điểm\no | a |\n^ | b | ^"), by)
    assert one.objectives[0].score_cells == (at("C2"),)


def test_one_objective_text_of_two_owners_is_two_objectives() -> None:
    by = 'objective = { text = "O", owner = "Ai" }\nkey_result.text = "KR"'
    reading = read(grid("O | Ai | KR\no | An | a\no | Bình | b"), by)
    assert len({found.key for found in reading.objectives}) == 2
    assert len({found.objective for found in reading.key_results}) == 2


def test_a_repeated_objective_whose_other_cells_are_blank_is_the_same() -> None:
    by = 'objective = { text = "O", owner = "Ai" }\nkey_result.text = "KR"'
    reading = read(grid("O | Ai | KR\no | An | a\no | | b"), by)
    assert [found.owner for found in reading.objectives] == ["An"]


def test_key_results_side_by_side_are_one_each() -> None:
    by = """
    objective.text = "O"
    [key_result]
    repeat = ["1", "2"]
    text = "KR{}"
    target = "Đích {}"
    score = "Điểm {}"
    """
    reading = read(grid("O | KR1 | Đích 1 | Điểm 1 | KR2 | Đích 2 | Điểm 2\no | a | 10 | | b | 20 |\np | c | 30"), by)
    assert tree(reading) == [("o", "a"), ("o", "b"), ("p", "c")]
    assert [found.target.number for found in reading.key_results] == [10, 20, 30]
    assert [found.score_cells for found in reading.key_results] == [(at("D2"),), (at("G2"),), (at("D3"),)]
    assert reading.identity_columns == (0, 1, 4)


def test_equal_texts_side_by_side_are_different_key_results() -> None:
    by = 'objective.text = "O"\nkey_result = { repeat = ["1", "2"], text = "KR{}" }'
    reading = read(grid("O | KR1 | KR2\no | a | a"), by)
    assert len({found.key for found in reading.key_results}) == 2


TABS = (
    'title = "O"\nobjective = { id = "Mã", text = "Tên" }',
    'title = "KR"\nkey_result = { text = "Tên", objective = "Thuộc" }',
)


@pytest.mark.parametrize("reference", ["O1", "o1", "Tăng trưởng", "  TĂNG   trưởng "])
def test_key_results_on_another_tab_find_their_objective_by_id_or_text(reference: str) -> None:
    tabs = [grid("Mã | Tên\nO1 | Tăng trưởng", "O", 1), grid(f"Tên | Thuộc\na | {reference}", "KR", 2)]
    assert tree(read_all(tabs, *TABS)) == [("Tăng trưởng", "a")]


@pytest.mark.parametrize("reference", ["O9", ""])
def test_a_reference_that_names_nothing_is_told(reference: str) -> None:
    tabs = [grid("Mã | Tên\nO1 | o", "O", 1), grid(f"Tên | Thuộc\na | {reference}", "KR", 2)]
    reading = read_all(tabs, *TABS)
    assert [(found.code, found.cell) for found in reading.problems] == [("no-objective", at("A2", 2, "KR"))]


def test_a_source_may_be_a_cell_a_constant_the_title_or_a_piece_of_a_text() -> None:
    by = r"""
    title = "OKR *"
    [objective]
    text = "O"
    unit = { cell = "B1" }
    period = { tab_title = true, pattern = 'Q\d' }
    level = { value = "Phòng ban" }
    [key_result]
    text = "KR"
    target = { field = "text", pattern = '(\d+) khách' }
    """
    reading = read(grid("Phòng | Sales\nO | KR\no | đạt 40 khách", "OKR Q3"), by)
    objective = reading.objectives[0]
    assert (objective.unit, objective.period, objective.level) == ("Sales", "Q3", Level.DEPARTMENT)
    assert reading.key_results[0].target.number == 40


@pytest.mark.parametrize(
    ("text", "metric", "strict"),
    [
        ("phản hồi ≤ 20 phút", Metric.AT_MOST, False),
        ("phản hồi dưới 20 phút", Metric.AT_MOST, True),
        ("phản hồi tối đa 20 phút", Metric.AT_MOST, False),
        ("Cut first response to 20 phút", Metric.LINEAR_DOWN, False),
        ("giảm còn 20 phút", Metric.LINEAR_DOWN, False),
    ],
)
def test_a_limit_or_a_fall_in_the_text_that_a_number_is_taken_from_is_honoured(
    text: str, metric: Metric, strict: bool
) -> None:
    by = r"""key_result = { text = "KR", target = { field = "text", pattern = '(\d+) phút' }, current = "Nay" }"""
    found = read(grid(f"KR | Nay\n{text} | 25"), by).key_results[0]
    assert (found.metric, found.strict) == (metric, strict)


def test_words_for_level_status_and_kind_are_understood_in_both_languages() -> None:
    by = 'objective = { text = "O", level = "Cấp", status = "TT", kind = "Loại" }'
    reading = read(grid("O | Cấp | TT | Loại\no | CÔNG TY | Nháp | Cam kết\np | team | closed | aspirational"), by)
    first, second = reading.objectives
    assert (first.level, first.status, first.kind) == (Level.COMPANY, Status.DRAFT, Kind.COMMITTED)
    assert (second.level, second.status, second.kind) == (Level.DEPARTMENT, Status.CLOSED, Kind.ASPIRATIONAL)


def test_an_unknown_level_is_told_once_for_a_merged_cell() -> None:
    by = 'objective = { text = "O", level = "Cấp" }\nkey_result.text = "KR"'
    reading = read_all([grid("O | Cấp | KR\no | Cty | a\n^ | ^ | b\n^ | ^ | c")], by)
    assert [(found.code, found.cell) for found in reading.problems] == [("unknown-word", at("B2"))]


def test_check_ins_and_initiatives_are_read_with_their_dates() -> None:
    by = """
    [check_in]
    key_result = "KR"
    date = "Ngày"
    value = "Số"
    [initiative]
    text = "Việc"
    key_result = "KR"
    due = "Hạn"
    """
    reading = read(grid("KR | Ngày | Số | Việc | Hạn\nKR1, KR2 | 46082 | 12,5 | Gọi | cuối quý"), by)
    check_in, initiative = reading.check_ins[0], reading.initiatives[0]
    assert (check_in.date, check_in.value.number) == ("2026-03-01", Decimal("12.5"))
    assert (initiative.key_results, initiative.due) == (("KR1", "KR2"), "cuối quý")


@pytest.mark.parametrize(
    "text",
    [
        '{ cell = "B1" }',
        '{ label = "Tên" }',
        '{ value = "Tăng trưởng" }',
        '{ field = "owner" }',
        "{ tab_title = true }",
    ],
)
def test_the_score_of_an_objective_named_for_the_whole_table_stands_in_each_of_its_rows(text: str) -> None:
    by = f"""
    objective = {{ text = {text}, owner = {{ cell = "B1" }}, score = "Điểm O" }}
    key_result = {{ text = "KR", target = "Đích", current = "Nay", score = "Điểm" }}
    """
    table = "Tên | Tăng trưởng\n|\nKR | Đích | Nay | Điểm | Điểm O\na | 10 | 5 | |\n | | | | 0.5\nb | 10 | 6 | |"
    reading = read(grid(table), by)
    assert [found.score_cells for found in reading.objectives] == [(at("E4"), at("E6"))]


def test_a_row_that_a_condition_picks_takes_the_score_of_an_objective_named_elsewhere() -> None:
    by = """
    [objective]
    text = { cell = "B1" }
    when = { header = "Objective", is = "Obj 1" }
    score = "Score"
    """
    reading = read(grid("Name | Grow\n|\nObjective | Score\nObj 1 |\nObj 2 |"), by)
    assert [(found.text, found.score_cells) for found in reading.objectives] == [("Grow", (at("B4"),))]


# How a key result is measured


@pytest.mark.parametrize(
    ("start", "target", "current", "metric", "score"),
    [
        ("", "60", "45", Metric.LINEAR, "0.75"),
        ("100", "20", "80", Metric.LINEAR_DOWN, "0.25"),
        ("", "≤ 20 phút", "15 phút", Metric.AT_MOST, "1"),
        ("", "≤ 20 phút", "28", Metric.AT_MOST, "0"),
        ("", "< 20", "20", Metric.AT_MOST, "0"),
        ("", "tối đa 20", "20", Metric.AT_MOST, "1"),
        ("60", "≤ 20", "40", Metric.LINEAR_DOWN, "0.5"),
        ("", "≥ 60 demo", "45", Metric.LINEAR, "0.75"),
        ("", "4–5", "4,5", Metric.BETWEEN, "1"),
        ("", "", "Xong", Metric.DONE, "1"),
        ("", "", "Chưa", Metric.DONE, "0"),
        ("", "", "✓", Metric.DONE, "1"),
        ("", "", "TRUE", Metric.DONE, "1"),
        ("", "Có", "Không", Metric.DONE, "0"),
        ("", "Không", "Không", Metric.DONE, "1"),
        ("", "Có", "1", Metric.DONE, "1"),
        ("", "", "3/5", Metric.STEPS, "0.6"),
        ("", "5", "3/5", Metric.STEPS, "0.6"),
        ("", "90%", "45,0%", Metric.LINEAR, "0.5"),
        ("", "90%%", "45,0%", Metric.LINEAR, "0.5"),
        ("", "1,2 tỷ", "300 triệu", Metric.LINEAR, "0.25"),
    ],
)
def test_cells_say_how_a_key_result_is_measured(
    start: str, target: str, current: str, metric: Metric, score: str
) -> None:
    assert measured(start, target, current) == (metric, Decimal(score), "", [])


def test_a_limit_mark_without_a_start_means_at_most() -> None:
    assert measured("", "≤ 20", "28")[:2] == (Metric.AT_MOST, Decimal(0))


@pytest.mark.parametrize("kind", ["number", "Số", "%", "linear"])
def test_a_column_that_says_number_does_not_undo_a_limit(kind: str) -> None:
    assert measured("", "≤ 20", "28", f'metric.value = "linear"\nmeasure.value = "{kind}"')[1] == 0


@pytest.mark.parametrize(("target", "score"), [("8", 1), ("≥ 8", 1), ("> 8", 0)])
def test_a_floor_is_strict_where_its_mark_is(target: str, score: int) -> None:
    assert measured("", target, "8", 'metric.value = "at_least"')[:2] == (Metric.AT_LEAST, Decimal(score))


@pytest.mark.parametrize("word", ["giảm", "Decrease", "↓"])
def test_a_fall_needs_a_start(word: str) -> None:
    more = f'direction.value = "{word}"'
    assert measured("", "2", "5", more)[:3] == (Metric.LINEAR_DOWN, None, "start-missing")
    assert measured("8", "2", "5", more)[:2] == (Metric.LINEAR_DOWN, Decimal("0.5"))
    assert measured("", "2", "5", more + '\nfalling_without_start = "at_most"')[:2] == (Metric.AT_MOST, Decimal(0))


def test_a_direction_that_nobody_knows_is_told_and_not_guessed_at() -> None:
    assert measured("", "2", "5", 'direction.value = "xuống dốc"')[3] == ["unknown-word"]
    assert measured("", "2", "5", 'direction.value = "-"')[3] == []


def test_a_metric_that_nobody_knows_is_told() -> None:
    found = measured("", "10", "5", 'metric.value = "linear"')
    assert found[3] == []
    reading = read(
        grid("KR | Kiểu | Nay\na | kỳ lạ | 5"), 'key_result = { text = "KR", metric = "Kiểu", current = "Nay" }'
    )
    assert codes(reading) == ["unknown-word"]


@pytest.mark.parametrize(
    ("scale", "progress", "score"),
    [
        ("1", "0,45", "0.45"),
        ("10", "4,5", "0.45"),
        ("100", "45", "0.45"),
        ("100", "45%", "0.45"),
        ("100", "45%%", "0.45"),
        ('"percent"', "0,45", "0.45"),
        ("100", "145", "1"),
        ("100", "0", "0"),
    ],
)
def test_progress_is_taken_on_its_scale(scale: str, progress: str, score: str) -> None:
    by = f'key_result = {{ text = "KR", progress = "Nay", progress_scale = {scale} }}'
    found = read(grid(f"KR | Nay\na | {progress}"), by).key_results[0]
    assert (found.metric, score_key_result(found).value) == (Metric.PROGRESS, Decimal(score))


def test_rows_that_call_themselves_progress_are_taken_on_that_scale_too() -> None:
    by = 'key_result = { text = "KR", metric = "Kiểu", target = "Đích", current = "Nay", progress_scale = 100 }'
    reading = read(grid("KR | Kiểu | Đích | Nay\na | Tiến độ | | 45\nb | Số | 60 | 45"), by)
    assert [score_key_result(found).value for found in reading.key_results] == [Decimal("0.45"), Decimal("0.75")]


@pytest.mark.parametrize(("word", "score"), [("Hoàn thành", "1"), ("đang LÀM", "0.5"), ("chưa làm", "0")])
def test_status_words_are_worth_what_the_mapping_says(word: str, score: str) -> None:
    more = 'words = { "Hoàn thành" = 1, "Đang làm" = 0.5, "Chưa làm" = 0 }'
    assert measured("", "", word, more)[:2] == (Metric.WORDS, Decimal(score))


# The four kinds of nothing


@pytest.mark.parametrize("blank", ["", "-", "N/A", "n/d", "—", "Chưa đo", "\u200b", "\u00a0", "\ufeff \u200b"])
def test_blank_is_not_measured_yet(blank: str) -> None:
    assert measured("0", "10", f"'{blank}") == (Metric.LINEAR, None, "no-data", [])


def test_zero_is_zero() -> None:
    assert measured("0", "10", "0") == (Metric.LINEAR, Decimal(0), "", [])


def test_zero_is_nothing_where_the_mapping_says_so() -> None:
    reading = read(grid("O | KR | Đầu | Đích | Nay\no | a | | 10 | 0"), 'nothing = ["0"]\n' + OKR)
    assert score_key_result(reading.key_results[0]).problem == "no-data"


@pytest.mark.parametrize("text", ["sắp xong", "NaN", "1e309", "١٢", "12ab3", "'=1+1"])
def test_text_that_is_no_number_is_a_fault(text: str) -> None:
    assert measured("0", "10", text)[2:] == ("not-a-number", ["not-a-number"])


def test_a_number_with_two_readings_is_a_fault_that_names_both() -> None:
    reading = read(grid("O | KR | Đầu | Đích | Nay\no | a | | 10 | 1,234"), OKR)
    assert dict(reading.problems[0].facts) == {"text": "1,234", "field": "Nay", "one": "1,2340", "other": "1234"}


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!", "Loading…", "'#REF!", "'Loading..."])
def test_a_cell_that_shows_an_error_is_unreadable_for_now(error: str) -> None:
    assert measured("0", "10", error)[2:] == ("cell-error", ["cell-error"])


@pytest.mark.parametrize("held", [float("nan"), float("inf"), float("-inf"), 1e309, 1e300])
def test_a_number_out_of_all_measure_is_no_number(held: float) -> None:
    tab = Tab(1, "OKR", [["KR", "Đích", "Nay"], ["a", 10, held]])
    reading = read(tab, 'key_result = { text = "KR", target = "Đích", current = "Nay" }')
    assert codes(reading) == ["not-a-number"]


def test_one_bad_row_hides_no_other() -> None:
    reading = read(grid("O | KR | Đầu | Đích | Nay\no | a | | x | y\n | b | | 10 | 5"), OKR)
    assert codes(reading) == ["not-a-number", "not-a-number"]
    assert score_key_result(reading.key_results[1]).value == Decimal("0.5")


def test_numbers_are_read_in_the_language_of_the_tab_or_else_of_the_spreadsheet() -> None:
    table = grid("KR | Nay\na | '0.7")
    by = 'key_result = { text = "KR", current = "Nay" }'
    assert codes(read(table, by, "vi_VN")) == ["ambiguous-number"]
    assert read(table, by, "en_US").key_results[0].current.number == Decimal("0.7")
    assert read(table, 'numbers = "en_US"\n' + by, "vi_VN").key_results[0].current.number == Decimal("0.7")


# Weights


@pytest.mark.parametrize(
    ("weight", "number"),
    [("", "1"), ("-", "1"), ("2", "2"), ("0", "0"), ("30%", "0.3"), ("30%%", "0.3"), ("0,5", "0.5")],
)
def test_a_weight_is_a_number_from_0_up_and_1_where_there_is_none(weight: str, number: str) -> None:
    reading = read(grid(f"KR | W\na | {weight}"), 'key_result = { text = "KR", weight = "W" }')
    assert reading.key_results[0].weight == Decimal(number)
    assert codes(reading) == []


@pytest.mark.parametrize("weight", ["-1", "nhiều", "#REF!"])
def test_a_weight_that_cannot_be_used_is_told(weight: str) -> None:
    reading = read(grid(f"KR | W\na | {weight}"), 'key_result = { text = "KR", weight = "W" }')
    assert reading.key_results[0].weight is None
    assert [(found.code, found.cell) for found in reading.problems] == [("bad-weight", at("B2"))]


# Keys


def keys(reading: BookReading) -> list[str]:
    return [*(found.key for found in reading.objectives), *(found.key for found in reading.key_results)]


def test_keys_survive_moved_rows_and_columns_and_a_renamed_tab() -> None:
    by = 'title = "*"\nobjective.text = "O"\nkey_result.text = "KR"'
    one = read_all([grid("O | KR\no | a\np | b")], by)
    other = read_all([grid("|\nKR | x | O\nb | | P\na | | O", "OKR mới")], by)
    assert sorted(keys(one)) == sorted(keys(other))


def test_an_id_keeps_a_reworded_key_result_the_same() -> None:
    by = 'key_result = { id = "Mã", text = "KR" }'
    one, other = read_all([grid("Mã | KR\nK1 | a")], by), read_all([grid("Mã | KR\nk1 | hoàn toàn khác")], by)
    assert keys(one) == keys(other)


def test_one_key_result_text_under_two_objectives_is_two_key_results() -> None:
    reading = read_all([grid("O | KR\no | a\np | a")], 'objective.text = "O"\nkey_result.text = "KR"')
    assert len(set(keys(reading))) == 4
    assert codes(reading) == []


def test_a_key_result_that_stands_twice_is_told_and_kept_apart() -> None:
    reading = read_all([grid("O | KR\no | a\n | a")], 'objective.text = "O"\nkey_result.text = "KR"')
    assert len(set(keys(reading))) == 3
    assert [(found.code, found.cell, dict(found.facts)["other"]) for found in reading.problems] == [
        ("duplicate", at("B3"), "B2")
    ]


def test_one_key_result_of_two_people_is_no_duplicate() -> None:
    by = 'objective.text = "O"\nkey_result = { text = "KR", owner = "Ai" }'
    reading = read_all([grid("O | KR | Ai\no | a | An\n | a | Bình")], by)
    assert len(set(keys(reading))) == 3
    assert codes(reading) == []


def test_quarters_side_by_side_have_keys_of_their_own() -> None:
    table = "   |    | Q1 | Q2\nO | KR | Nay | Nay\no | a | 1 | 2"
    by = 'objective.text = "O"\nkey_result = {{ text = "KR", current = {{ header = "Nay", under = "{}" }} }}'
    reading = read_all([grid(table)], by.format("Q1"), by.format("Q2"))
    assert len(set(keys(reading))) == 4
    assert [found.current.number for found in reading.key_results] == [1, 2]
    assert keys(read_all([grid(table)], by.format("Q1")))[0] in keys(reading)


# Tabs


def test_a_missing_tab_is_told_with_the_tabs_that_are_there() -> None:
    reading = read_all([grid("KR\na", "Khác")], 'key_result.text = "KR"')
    assert [(found.code, found.cell, dict(found.facts)) for found in reading.problems] == [
        ("tab-missing", None, {"title": "OKR", "tabs": "“Khác”"})
    ]


def test_a_pattern_maps_every_tab_that_fits() -> None:
    tabs = [grid("KR\na", "OKR Sales", 1), grid("KR\nb", "okr HR", 2), grid("KR\nc", "Nháp", 3)]
    reading = read_all(tabs, 'title = "OKR *"\nkey_result.text = "KR"')
    assert [found.text for found in reading.key_results] == ["a", "b"]


def test_a_renamed_tab_is_followed() -> None:
    tabs = book(grid("KR\na", "OKR quý 1", 7))
    reading = read_book(tabs, [mapping('key_result.text = "KR"')], {7: "OKR"})
    assert [found.text for found in reading.key_results] == ["a"]
    assert "tab-renamed" in codes(reading)
    assert reading.titles == {7: "OKR"}


def test_a_new_tab_with_the_old_title_is_the_one_that_counts() -> None:
    tabs = book(grid("KR\na", "Bản cũ", 7), grid("KR\nb", "OKR", 8))
    reading = read_book(tabs, [mapping('key_result.text = "KR"')], {7: "OKR"})
    assert [found.text for found in reading.key_results] == ["b"]
    assert "tab-renamed" not in codes(reading)


# Anything may stand in a sheet

cells: st.SearchStrategy[Scalar] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(["O", "KR", "≤ 5", "1-2", "3/0", "0/0", "100%", "1.234", "-", "có", "9" * 40 + "-1"]),
    st.sampled_from(["#REF!", "Loading…"]).map(CellError),
)


@given(st.lists(st.lists(cells, max_size=9), max_size=8))
def test_reading_and_scoring_never_raise_on_what_a_sheet_holds(rows: list[list[Scalar]]) -> None:
    header: list[Scalar] = ["O", "Cấp", "KR", "Đầu", "Đích", "Nay", "W", "Kiểu", "Hướng"]
    by = """
    objective = { text = "O", level = "Cấp", weight = "W" }
    [key_result]
    text = "KR"
    start = "Đầu"
    target = "Đích"
    current = "Nay"
    weight = "W"
    metric = "Kiểu"
    direction = "Hướng"
    [check_in]
    key_result = "KR"
    date = "Đầu"
    value = "Nay"
    """
    reading = read_all([Tab(1, "OKR", [header, *rows])], by)
    for found in reading.key_results:
        score = score_key_result(found)
        assert score.value is None or 0 <= score.value <= 1
    everything: list[Problem] = list(reading.problems)
    assert all(message_of(item, language) for item in everything for language in ("vi", "en"))


def test_key_results_below_an_objective_that_is_skipped_do_not_fall_to_the_one_above() -> None:
    tab = grid("""
        Loại | Nội dung | Trạng thái | Chỉ tiêu | Hiện tại
        O    | Tăng     |            |          |
        KR   | a        |            | 10       | 5
        O    | Hoãn lại | Huỷ        |          |
        KR   | b        |            | 10       | 0
        O    | Giữ      |            |          |
        KR   | c        |            | 10       | 8
    """)
    reading = read(
        tab,
        """
        skip = [{ header = "Trạng thái", is = "Huỷ" }]
        objective = { text = "Nội dung", when = { header = "Loại", is = "O" } }
        [key_result]
        text = "Nội dung"
        when = { header = "Loại", is = "KR" }
        target = "Chỉ tiêu"
        current = "Hiện tại"
        """,
    )
    assert [found.text for found in reading.objectives] == ["Tăng", "Giữ"]
    assert [found.text for found in reading.key_results] == ["a", "c"]


def test_a_key_result_merged_over_its_initiatives_counts_once() -> None:
    tab = grid("""
        Mục tiêu | KR | Chỉ tiêu | Hiện tại | Sáng kiến
        Tăng     | a  | 10       | 5        | gọi khách
        ^        | ^  | ^        | ^        | gửi thư
        ^        | b  | 10       | 8        | học thêm
    """)
    reading = read(
        tab,
        """
        objective = { text = "Mục tiêu" }
        key_result = { text = "KR", target = "Chỉ tiêu", current = "Hiện tại" }
        initiative = { text = "Sáng kiến", key_result = "KR" }
        """,
    )
    assert [found.text for found in reading.key_results] == ["a", "b"]
    assert [found.key_results for found in reading.initiatives] == [("a",), ("a",), ("b",)]
    assert reading.problems == []


def test_steps_are_understood_in_the_current_value_and_nowhere_else() -> None:
    tab = grid("""
        Mục tiêu | KR | Chỉ tiêu | Hiện tại
        Tăng     | a  |          | 3/5
        Tăng     | b  | 3/5      | 2
    """)
    reading = read(
        tab,
        """
        objective = { text = "Mục tiêu" }
        key_result = { text = "KR", target = "Chỉ tiêu", current = "Hiện tại" }
        """,
    )
    assert [found.metric for found in reading.key_results] == ["steps", "linear"]
    assert [(found.code, str(found.cell)) for found in reading.problems] == [("not-a-number", "OKR!C3")]


@pytest.mark.parametrize("below", ["", "^"], ids=["blank below", "merged"])
def test_key_results_below_a_skipped_first_row_stay_with_their_own_objective(below: str) -> None:
    tab = grid(f"""
        Mục tiêu  | KR | Chỉ tiêu | Hiện tại | Tình trạng
        Bán tốt   | a  | 10       | 5        |
        Giữ người | b  | 10       | 9        | Huỷ
        {below}   | c  | 10       | 2        |
        {below}   | d  | 10       | 4        |
        Bỏ hẳn    | e  | 10       | 1        | Huỷ
        Học hỏi   | f  | 10       | 1        |
    """)
    reading = read(
        tab,
        """
        skip = { header = "Tình trạng", is = "Huỷ" }
        objective = { text = "Mục tiêu" }
        key_result = { text = "KR", target = "Chỉ tiêu", current = "Hiện tại" }
        """,
    )
    names = {found.key: found.text for found in reading.objectives}
    assert [(found.text, names[found.objective]) for found in reading.key_results] == [
        ("a", "Bán tốt"),
        ("c", "Giữ người"),
        ("d", "Giữ người"),
        ("f", "Học hỏi"),
    ]
    assert list(names.values()) == ["Bán tốt", "Giữ người", "Học hỏi"]


def test_repeat_fills_patterns_conditions_and_labels_too() -> None:
    by = r"""
    objective.text = "O"
    [key_result]
    repeat = ["1", "2+"]
    text = { header = "KRs", pattern = '{}: ([^;]+)' }
    owner = { label = "Phụ trách {}" }
    when = { header = "Bật", matches = '.*{}' }
    """
    table = "Phụ trách 1: An\nPhụ trách 2+: Bo\nO | KRs | Bật\no | 1: a; 2+: b | 1, 2+\np | 1: c; 2+: d | 1"
    reading = read(grid(table), by)
    found = [(each.text, each.owner) for each in reading.key_results]
    assert found == [("a", "An"), ("b", "Bo"), ("c", "An")]


QUARTERS = """
Mục tiêu | KR | Đích Q1 | Nay Q1 | Đích Q2 | Nay Q2
Tăng     | a  | 10      | 5      | 10      | 1
Giảm     | b  | 20      | 4      | 20      | 2
"""


def by_quarter(title: str, quarter: str) -> str:
    return f"""
        title = "{title}"
        objective.text = "Mục tiêu"
        key_result = {{ text = "KR", target = "Đích {quarter}", current = "Nay {quarter}" }}
    """


def test_a_tab_that_two_patterns_read_in_the_same_cells_is_refused_with_one_problem() -> None:
    reading = read_all([grid(QUARTERS, "OKR 2026")], by_quarter("OKR*", "Q1"), by_quarter("*2026", "Q1"))
    assert [(found.code, found.cell) for found in reading.problems] == [("tab-twice", at("B2", tab="OKR 2026"))]
    assert "(“OKR*”, “*2026”)" in message_of(reading.problems[0], "en")
    assert (reading.key_results, reading.objectives) == ((), ())
    assert all(tab.refused for tab in reading.tabs)


def test_quarters_side_by_side_on_one_tab_are_two_parts_of_it() -> None:
    reading = read_all([grid(QUARTERS)], by_quarter("OKR", "Q1"), by_quarter("OK*", "Q2"))
    assert [(found.text, found.current.text) for found in reading.key_results] == [
        ("a", "5"),
        ("b", "4"),
        ("a", "1"),
        ("b", "2"),
    ]
    assert reading.problems == ()


def test_two_mappings_that_share_out_the_rows_of_a_tab_are_two_parts_of_it() -> None:
    tab = grid("Nhóm | KR | Đích | Nay\nA | a | 10 | 5\nB | b | 10 | 5")
    part = """
        key_result = {{ text = "KR", target = "Đích", current = "Nay", when = {{ header = "Nhóm", is = "{}" }} }}
        objective.text.value = "Tăng"
    """
    reading = read_all([tab], part.format("A"), part.format("B"))
    assert [found.text for found in reading.key_results] == ["a", "b"]
    assert "tab-twice" not in [found.code for found in reading.problems]


@pytest.mark.parametrize(
    "record", ['objective.text = "KR"', 'check_in = { key_result = "KR", value = "Nay Q1" }', 'initiative.text = "KR"']
)
def test_other_records_that_are_read_twice_are_told_too(record: str) -> None:
    reading = read_all([grid(QUARTERS)], f'title = "OKR"\n{record}', f'title = "O*"\n{record}')
    assert [found.code for found in reading.problems] == ["tab-twice"]
