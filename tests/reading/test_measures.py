"""How a key result is measured, the four kinds of nothing, and weights."""

from decimal import Decimal

import pytest

from sync.domain.grid import Tab
from sync.domain.okr import Metric
from sync.domain.scoring import score_key_result
from tests.support.grids import at, codes, grid, read

OKR = """
objective.text = "O"
[key_result]
text = "KR"
start = "Đầu"
target = "Đích"
current = "Nay"
"""


def measured(start: str, target: str, current: str, more: str = "") -> tuple[Metric, Decimal | None, str, list[str]]:
    """Metric, score and reason of one key result, in Vietnamese."""
    reading = read(grid(f"O | KR | Đầu | Đích | Nay\no | a | {start} | {target} | {current}"), OKR + more)
    found = reading.key_results[0]
    score = score_key_result(found)
    return found.metric, score.value, score.problem, codes(reading)


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
        ("0", "-10%", "-5%", Metric.LINEAR_DOWN, "0.5"),
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


def test_a_sign_that_means_nothing_elsewhere_is_a_direction_where_the_mapping_says_so() -> None:
    more = 'direction = { value = "-", words = { "-" = "decrease" } }'
    assert measured("", "2", "5", more)[:3] == (Metric.LINEAR_DOWN, None, "start-missing")


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
        ("100", "=1/2 → 0,5", "0.005"),
    ],
)
def test_progress_is_taken_on_its_scale(scale: str, progress: str, score: str) -> None:
    by = f'key_result = {{ text = "KR", progress = "Nay", progress_scale = {scale} }}'
    found = read(grid(f"KR | Nay\na | {progress}"), by).key_results[0]
    assert (found.metric, score_key_result(found).value) == (Metric.PROGRESS, Decimal(score))


@pytest.mark.parametrize(("scale", "progress"), [("100", "0,5"), ("100", "1"), ("1", "75"), ('"percent"', "75")])
def test_a_bare_number_that_fits_two_scales_of_progress_is_told_and_not_scored(scale: str, progress: str) -> None:
    by = f'key_result = {{ text = "KR", progress = "Nay", progress_scale = {scale} }}'
    reading = read(grid(f"KR | Nay\na | {progress}"), by)
    assert (score_key_result(reading.key_results[0]).value, codes(reading)) == (None, ["ambiguous-number"])


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


MONTHS = """
objective.text = "O"
[key_result]
text = "KR"
target = "Đích"
current = { header = "T1*", pick = "%s"%s }
"""


@pytest.mark.parametrize(
    ("months", "pick", "current"),
    [
        ("20 | 25 | ", "sum", "45"),
        ("20 | 25 | -", "sum", "45"),
        ("500 triệu | 1 tỷ | ", "sum", "1500000000"),
        (" | | ", "sum", None),
        ("20 | sắp có | 5", "sum", None),
        ("20 kg | 5 h | ", "sum", None),
        ("500 triệu | 3 | ", "sum", None),
        ("2–3 | 2–3 | ", "sum", None),
        ("20 | 25 | -", "last", "25"),
        ("- | - | ", "last", None),
    ],
)
def test_what_columns_of_months_hold_is_added_up_or_the_newest_is_taken(
    months: str, pick: str, current: str | None
) -> None:
    reading = read(grid(f"O | KR | Đích | T10 | T11 | T12\no | a | 100 | {months}"), MONTHS % (pick, ""))
    [found] = reading.key_results
    assert found.current.number == (None if current is None else Decimal(current))
    # What cannot be added up is told, and blanks are not.
    assert bool(reading.problems) is bool(found.current.fault)


def test_a_text_may_mean_nothing_in_one_column_alone() -> None:
    nothing = ', nothing = ["0"]'
    tab = grid("O | KR | Đích | T10 | T11\no | a | 0 | 3 | 0")
    [found] = read(tab, MONTHS % ("last", nothing)).key_results
    assert (found.target.number, found.current.number) == (Decimal(0), Decimal(3))


@pytest.mark.parametrize("text", ["sắp xong", "NaN", "1e309", "١٢", "12ab3", "'=1+1"])
def test_text_that_is_no_number_is_a_fault(text: str) -> None:
    assert measured("0", "10", text)[2:] == ("not-a-number", ["not-a-number"])


@pytest.mark.parametrize(
    ("text", "example"), [("Đã có 12 khách", "12"), ("sắp xong", "12,5"), ("từ 3 đến nay 5 rồi", "12,5")]
)
def test_the_only_number_of_a_text_is_the_example_of_what_to_type(text: str, example: str) -> None:
    reading = read(grid(f"O | KR | Đầu | Đích | Nay\no | a | | 10 | {text}"), OKR)
    assert dict(reading.problems[0].facts)["example"] == example


@pytest.mark.parametrize("text", ["x", "7", "1.234"])
def test_what_says_neither_yes_nor_no_is_told_where_that_is_wanted(text: str) -> None:
    assert measured("", "Có", text)[2:] == ("not-a-number", ["not-yes-or-no"])


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
