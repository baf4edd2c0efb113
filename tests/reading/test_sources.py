"""Where a fact may come from, and what it means: cells, constants, titles and pieces of texts; levels, dates, and the
cells that take a score.
"""

from decimal import Decimal

import pytest

from sync.domain.okr import Kind, Level, Metric, Status
from sync.translations.problems import hint_of
from tests.support.grids import at, grid, read, read_all


def test_a_label_that_stands_above_no_table_is_told_unless_it_is_optional() -> None:
    by = 'objective = { text = "O", owner = { label = "%s", optional = %s } }'
    tab = grid("Phụ trách: Mai\nO\no")
    told = {
        each: [found.code for found in read(tab, by % each).problems] for each in [("Chủ", "false"), ("Chủ", "true")]
    }
    assert told == {("Chủ", "false"): ["label-missing"], ("Chủ", "true"): []}
    # A label with nothing behind it is there.
    assert read(grid("Phụ trách:\nO\no"), by % ("Phụ trách", "false")).problems == []


def test_a_dash_names_neither_a_parent_nor_a_cross_link() -> None:
    by = 'objective = { text = "O", parent = "Cha", related = "Chéo" }'
    [found] = read(grid("O | Cha | Chéo\no | - | N/A"), by).objectives
    assert (found.parent, found.related) == ("", ())


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


WORDS = """
[objective]
text = "O"
level = { header = "Cấp", words = { "Tổ đội" = "department" } }
status = { header = "TT", words = { "Huỷ" = "closed" } }
kind = { header = "Loại", words = { Moonshot = "aspirational" } }
[key_result]
text = "KR"
metric = { header = "Kiểu", words = { "Trần" = "at_most" } }
direction = { header = "Hướng", words = { Diminua = "decrease", "tăng" = "decrease" } }
start = "Đầu"
target = "Đích"
current = "Nay"
"""
HEAD = "O | Cấp | TT | Loại | KR | Kiểu | Hướng | Đầu | Đích | Nay\n"


def test_words_of_ones_own_mean_what_the_mapping_says() -> None:
    reading = read(
        grid(HEAD + "o | TỔ ĐỘI | huỷ | moonshot | a | trần | | | 5 | 4\n | | | | b | | diminua | | 5 | 4"), WORDS
    )
    [objective] = reading.objectives
    assert (objective.level, objective.status, objective.kind) == (Level.DEPARTMENT, Status.CLOSED, Kind.ASPIRATIONAL)
    assert [found.metric for found in reading.key_results] == [Metric.AT_MOST, Metric.LINEAR_DOWN]
    assert reading.problems == []


def test_words_of_ones_own_extend_those_that_are_understood_anyway_and_go_before_them() -> None:
    reading = read(
        grid(HEAD + "o | Công ty | Nháp | Cam kết | a | tối đa | | | 5 | 4\n | | | | b | | Tăng | | 5 | 4"), WORDS
    )
    [objective] = reading.objectives
    assert (objective.level, objective.status, objective.kind) == (Level.COMPANY, Status.DRAFT, Kind.COMMITTED)
    assert [found.metric for found in reading.key_results] == [Metric.AT_MOST, Metric.LINEAR_DOWN]


def test_a_word_that_nobody_knows_is_told_at_its_cell_with_what_to_add() -> None:
    reading = read(grid(HEAD + 'o | Ấp | Treo | Mơ | a | Sàn | | | 5 | 4\n | | | | b | | "Lùi" | | 5 | 4'), WORDS)
    told = {found.cell and found.cell.a1: hint_of(found, "en") for found in reading.problems}
    assert {found.code for found in reading.problems} == {"unknown-word"}
    assert list(told) == ["B2", "C2", "D2", "F2", "G3"]
    assert 'words = { "Treo" = "draft" }, or another of active, closed.' in told["C2"]
    assert r'words = { "\"Lùi\"" = "increase" }, or another of decrease.' in told["G3"]
    assert reading.objectives[0].status is Status.ACTIVE


def test_an_objective_at_work_needs_no_word_of_its_own_and_what_means_nothing_is_no_word() -> None:
    reading = read(grid(HEAD + "o | - | Đang thực hiện | n/a | a\np | | On track | | b"), WORDS)
    assert [found.status for found in reading.objectives] == [Status.ACTIVE, Status.ACTIVE]
    assert reading.problems == []


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
