"""Several kinds of key results on one tab, told apart by condition."""

from decimal import Decimal

import pytest

from sync.config.mapping import TabMapping
from sync.domain.okr import Metric
from sync.domain.scoring import score_key_result
from sync.passes.targets import score_places
from sync.reading import TabReading
from tests.support.grids import at, codes, grid, mapping, read, read_all

TWO_KINDS = """
objective.text = "O"

[[key_result]]
when = { header = "Loại", is = "Số" }
text = "KR"
target = "Đích"
current = "Nay"
score = "Điểm"

[[key_result]]
when = { header = "Loại", is = "Việc" }
text = "KR"
metric.value = "done"
current = "Xong?"
score = { header = "Điểm %", scale = 100 }
"""
HEAD = "O | Loại | KR | Đích | Nay | Xong? | Điểm | Điểm %\n"


def scores(reading: TabReading) -> list[tuple[str, str, str, object]]:
    objectives = {found.key: found.text for found in reading.objectives}
    return [
        (objectives.get(found.objective, ""), found.text, found.metric.value, score_key_result(found).value)
        for found in reading.key_results
    ]


def test_each_row_is_read_by_the_kind_whose_conditions_hold_and_they_share_their_objectives() -> None:
    reading = read(grid(HEAD + "o | Số | a | 10 | 5 |\n | Việc | b | | | Có |\np | Việc | c | | | Không |"), TWO_KINDS)
    assert scores(reading) == [("o", "a", "linear", 0.5), ("o", "b", "done", 1), ("p", "c", "done", 0)]
    assert codes(reading) == []


def test_each_kind_has_a_score_column_of_its_own() -> None:
    reading = read(grid(HEAD + "o | Số | a | 10 | 5 |\n | Việc | b | | | Có |"), TWO_KINDS)
    assert [found.score_cells for found in reading.key_results] == [(at("G2"),), (at("H3"),)]
    assert {name for _, name in score_places(reading)} == {"điểm", "điểm %"}


def test_a_row_of_no_kind_is_no_key_result() -> None:
    assert scores(read(grid(HEAD + "o | Ý | a | 10 | 5 | Có"), TWO_KINDS)) == []


def test_a_row_is_of_the_first_kind_that_fits_so_that_the_last_may_take_the_rest() -> None:
    rest = TWO_KINDS.replace('when = { header = "Loại", is = "Việc" }\n', "")
    reading = read(grid(HEAD + "o | Số | a | 10 | 5 | Có\n | ? | b | | | Có |"), rest)
    assert [found.metric for found in reading.key_results] == [Metric.LINEAR, Metric.DONE]
    assert codes(reading) == []


def test_rows_may_be_taken_together_in_one_kind_and_stay_apart_in_another() -> None:
    by = """
    [[key_result]]
    when = { header = "Loại", is = "Tổng" }
    text = "KR"
    target = "Đích"
    current = "Nay"
    rows = "sum"
    [[key_result]]
    text = "KR"
    target = "Đích"
    current = "Nay"
    """
    reading = read(grid("Loại | KR | Đích | Nay\nTổng | a | 10 | 2\nTổng | a | 10 | 3\n | b | 10 | 4"), by)
    assert [(found.text, found.current.number) for found in reading.key_results] == [
        ("a", Decimal(5)),
        ("b", Decimal(4)),
    ]


def test_an_equal_text_in_two_kinds_is_told() -> None:
    reading = read(grid(HEAD + "o | Số | a | 10 | 5 |\n | Việc | a | | | Có |"), TWO_KINDS)
    assert codes(reading) == ["duplicate"]


def test_only_the_kind_that_says_so_takes_its_current_value_from_the_log() -> None:
    by = """
    objective.text.value = "o"
    [[key_result]]
    when = { header = "Đích", is = "theo mốc" }
    text = "KR"
    current = { check_in = true }
    [[key_result]]
    text = "KR"
    target = "Đích"
    current = "Nay"
    """
    log = 'title = "Log"\ncheck_in = { key_result = "KR", value = "Mốc" }'
    tabs = [grid("KR | Đích | Nay\na | theo mốc | đã ghi nhận\nb | 10 | 5"), grid("KR | Mốc\na | 2/4\nb | 9", "Log", 2)]
    reading = read_all(tabs, by, log)
    found = [(each.text, each.metric.value, score_key_result(each).value) for each in reading.key_results]
    assert found == [("a", "steps", Decimal("0.5")), ("b", "linear", Decimal("0.5"))]
    assert codes(reading) == []


@pytest.mark.parametrize("column", ["key_result", "[key_result]"])
def test_one_kind_may_stand_alone_or_in_a_list(column: str) -> None:
    assert mapping(f'[{column}]\ntext = "KR"') == TabMapping.model_validate(
        {"title": "OKR", "key_result": {"text": "KR"}}
    )
