"""What a key result's own sentence may say of its target: the golden table of directions, and the rules behind it."""

from decimal import Decimal

import pytest

from sync.domain.scoring import rounded_score, score_key_result
from sync.reading.numbers import number_language
from sync.reading.sentences import limit_in, may_fall
from tests.support import golden
from tests.support.grids import grid, read

# text, start, target, current, score, problem
GOLDEN = """
Giảm tồn kho xuống 60 tỷ                         |    | 60    | 75    |      | start-missing
Rút ngắn thời gian giao hàng còn 2 ngày          |    | 2     | 3     |      | start-missing
Cut first response to 2h                         |    | 2     | 3     |      | start-missing
Reduce bug count by 50%                          |    | 100   | 75    |      | start-missing
Reducir el tiempo de respuesta a 4 horas         |    | 4     | 6     |      | start-missing
Giảm tồn kho xuống 60 tỷ                         | 90 | 60    | 75    | 0.50 |
Tỷ lệ churn ≤ 8%                                 |    | 8     | 9.2   | 0.00 |
Tỷ lệ churn ≤ 8%                                 |    | 8     | 7.5   | 1.00 |
CAC ≤ 15.000đ                                    |    | 15000 | 13500 | 1.00 |
Reduce churn rate to under 5%                    |    | 5     | 6.2   | 0.00 |
Reduce churn rate to under 5%                    |    | 5     | 5     | 0.00 |
Phản hồi không quá 20 phút                       |    | 20    | 20    | 1.00 |
Đạt dưới 30 khiếu nại trong quý                  |    | 30    | 12    | 1.00 |
Tăng doanh thu 20%                               |    | 20    | 15    | 0.75 |
Giữ 100 khách hàng thân thiết                    |    | 100   | 80    | 0.80 |
Ký 10 hợp đồng với khách giảm phát thải          |    | 10    | 5     | 0.50 |
Hoàn thành 5 buổi đào tạo giảm stress            |    | 5     | 4     | 0.80 |
Increase retention to over 90%                   |    | 90    | 45    | 0.50 |
"""
FIELDS = ("text", "start", "target", "current", "score", "problem")
TABLE = golden.drawn(GOLDEN, FIELDS)
COLUMNS = 'key_result = {{ text = "KR", start = "Start", target = "Target", current = "Now"{} }}'


def scored(text: str, target: str, current: str, start: str = "", more: str = "") -> tuple[str, str]:
    """The score as shown, and why there is none, of a key result on a Vietnamese tab."""
    tab = grid(f"KR | Start | Target | Now\n{text} | {start} | {target} | {current}")
    score = score_key_result(read(tab, COLUMNS.format(more)).key_results[0])
    return "" if score.value is None else str(rounded_score(score.value, 2)), score.problem


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row['text']} {row['current']}")
def test_the_golden_table_of_directions(row: dict[str, str]) -> None:
    assert scored(row["text"], row["target"], row["current"], row["start"]) == (row["score"], row["problem"])


def test_the_golden_table_here_is_the_shared_one() -> None:
    assert golden.shared("directions.csv", FIELDS) == TABLE


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Tồn kho giảm xuống 60 tỷ", "60"),
        ("Đưa tồn kho xuống dưới mức cũ, còn 60 tỷ", "60"),
        ("Hạ chi phí quảng cáo", "12"),
        ("1. Giảm lỗi xuống 1", "1"),
        ("KR2: Giảm lỗi xuống 2", "2"),
        ("Tháng 1 giảm lỗi nghiêm trọng xuống 1", "1"),
        ("Tăng doanh thu và giảm tồn kho xuống 60 tỷ", "60"),
        ("GIẢM TỶ LỆ HỦY ĐƠN", "5"),
        ("Chi phí mỗi đơn tối đa", "50"),
        ("Tỷ lệ lỗi 2% (càng thấp càng tốt)", "2"),
        ("Open tickets (lower is better)", "5"),
        ("Bring the cost per lead down to 12", "12"),
        ("Lower time to hire to 20 days", "20"),
        ("Minimising churn: 3%", "3"),
        ("Diminuir o prazo para 4 dias", "4"),
        ("在庫を60億円に削減する", "60"),
        ("解約率を5%に下げる", "5"),
    ],
)
def test_a_fall_that_the_text_speaks_of_has_no_score_without_a_start(text: str, target: str) -> None:
    assert scored(text, target, "3") == ("", "start-missing")


@pytest.mark.parametrize(
    ("text", "target", "current"),
    [
        ("Hoàn thiện hạ tầng cho 4 chi nhánh", "4", "2"),
        ("Đạt 4.000 lượt tải xuống", "4000", "2000"),
        ("Sau khi cắt giảm nhân sự, tăng doanh thu 20%", "20", "10"),
        ("Sign 10 drop-off points", "10", "5"),
        ("Grow sales in the lower Mekong to 10 shops", "10", "5"),
        ("Open 4 cut-price stores", "4", "2"),
        ("Cut-off dates published for 4 teams", "4", "2"),
        ("コスト削減セミナーを4回開催", "4", "2"),
    ],
)
def test_words_that_only_look_like_a_fall_leave_it_a_rise(text: str, target: str, current: str) -> None:
    assert scored(text, target, current) == ("0.50", "")


@pytest.mark.parametrize(
    ("text", "target", "mark"),
    [
        ("Tỷ lệ lỗi tối đa 2%", "2", "≤"),
        ("Tỷ lệ lỗi không vượt quá 2%", "0.02", "≤"),
        ("CAC ≤ 1,5 triệu", "1500000", "≤"),
        ("CAC ≤ 1.5M", "1500000", "≤"),
        ("Giữ khiếu nại thấp hơn 30", "30", "<"),
        ("Respond within 2 hours", "2", "≤"),
        ("Keep churn below 5%", "5", "<"),
        ("Ít nhất 5 hợp đồng", "5", "≥"),
        ("Churn ≤ 8% ở 3 vùng", "3", ""),
        ("Chi phí mỗi khách mới (không quá)", "50", "≤"),
        ("Cost per lead: at most", "50", "≤"),
        ("Khiếu nại <", "5", "<"),
        ("Số đơn (đơn hàng dưới)", "50", ""),
        ("Tuyển 5 kỹ sư trong vòng 5 tuần", "5", ""),
    ],
)
def test_a_limit_counts_where_it_stands_right_before_the_target(text: str, target: str, mark: str) -> None:
    assert limit_in(text, Decimal(target), number_language("vi_VN" if "1.5M" not in text else "en_US")) == mark


def test_a_number_that_stands_with_and_without_a_limit_may_be_either() -> None:
    assert may_fall("Tuyển 5 kỹ sư trong vòng 5 tuần", Decimal(5), number_language("vi_VN"))
    assert scored("Tuyển 5 kỹ sư trong vòng 5 tuần", "5", "3") == ("", "start-missing")


def test_a_word_that_speaks_of_a_fall_only_right_before_the_target_counts_there() -> None:
    assert may_fall("Push the churn rate down 8 points", Decimal(8), number_language("en_US"))
    assert not may_fall("Break down 8 silos", Decimal(5), number_language("en_US"))


@pytest.mark.parametrize(
    ("choice", "score"),
    [('"problem"', ("", "start-missing")), ('"at_most"', ("0.00", "")), ('"rising"', ("1.00", ""))],
)
def test_the_mapping_may_say_what_a_fall_without_a_start_is(choice: str, score: tuple[str, str]) -> None:
    more = f", falling_without_start = {choice}"
    assert scored("Giảm tồn kho xuống 60 tỷ", "60", "75", more=more) == score


def test_a_direction_that_is_given_wins_over_the_text() -> None:
    assert scored("Giảm 60 điểm phát thải", "60", "30", more=', direction = { value = "tăng" }') == ("0.50", "")


@pytest.mark.parametrize("word", ["Minimizar", "Càng thấp càng tốt", "Minimize it", "Lower is better", "⬇"])
def test_less_is_better_in_other_words_is_a_fall(word: str) -> None:
    assert scored("Churn", "2", "3", more=f', direction = {{ value = "{word}" }}') == ("", "start-missing")


@pytest.mark.parametrize("field", ["direction", "metric"])
def test_a_word_that_nobody_understands_gives_no_score(field: str) -> None:
    tab = grid("KR | How | Target | Now\nChurn | kiểu lạ | 2 | 3")
    by = f'key_result = {{ text = "KR", {field} = "How", target = "Target", current = "Now" }}'
    reading = read(tab, by)
    assert score_key_result(reading.key_results[0]).problem == "unknown-word"
    assert [(found.code, found.cell and found.cell.a1) for found in reading.problems] == [("unknown-word", "B2")]


def test_with_a_start_the_numbers_say_which_way_and_no_word_is_needed() -> None:
    assert scored("Churn", "2", "3", "4", more=', direction = { value = "kiểu lạ" }') == ("0.50", "")


@pytest.mark.parametrize(
    ("target", "current", "score"),
    [
        ("20 phút trở xuống", "15", "1.00"),
        ("5%以下", "6%", "0.00"),
        ("5%未満", "5%", "0.00"),
        ("4 trở lên", "2", "0.50"),
    ],
)
def test_a_limit_may_stand_behind_its_number_in_the_targets_cell(target: str, current: str, score: str) -> None:
    assert scored("Churn", target, current) == (score, "")
