"""What a column most likely is: the input is a sheet whose headers say little, the output the roles in order."""

from collections.abc import Collection

import pytest

from sync.domain.grid import CellError, Scalar, Tab
from sync.inspect.heads import head_at
from webapp.desk.likely import likely
from webapp.desk.roles import Role

ROWS: list[list[Scalar]] = [
    ["TT", "Việc lớn", "Đo bằng gì", "Ai lo", "Mốc cần tới", "Đang ở đâu", "Nặng nhẹ", "Chấm", "Tỷ trọng", "Ghi chú"],
    ["I", "Bán nhiều hơn ở siêu thị", "Doanh thu kênh siêu thị", "Hùng", "12 tỷ", 9e9, 0.5, None, 0.5, "chờ đối soát"],
    [None, None, "Số siêu thị mới lên kệ", "Lan", "40 cửa hàng", 31, 0.3, None, 0.3, None],
    [None, None, "Tỷ lệ trả hàng giảm còn", "Hùng", "≤ 3%", 0.042, 0.2, None, 0.2, None],
    ["II", "Khách quen quay lại", "Khách mua lần hai", "Vy", "1.500 khách", 1120, 1, None, 1, None],
    [None, "Cộng chung cả phòng", None, None, None, None, 2, CellError("#DIV/0!"), 2, None],
]
PERCENTS = frozenset((row, 6) for row in range(1, 6))


def offered(column: int, placed: Collection[Role] = ()) -> list[str]:
    head = head_at(Tab(1, "Q", ROWS, percents=PERCENTS), 0, two=False)
    return [f"{role.record}.{role.field}" for role in likely(head, column, placed)]


@pytest.mark.parametrize(
    ("column", "first"),
    [
        pytest.param(1, "objective.text", id="a sentence that stands for several rows is an objective"),
        pytest.param(2, "key_result.text", id="a sentence in nearly every row is a key result"),
        pytest.param(3, "key_result.owner", id="a short word is a name"),
        pytest.param(4, "key_result.target", id="a number with a word is an amount"),
        pytest.param(5, "key_result.target", id="a number is an amount"),
        pytest.param(6, "key_result.weight", id="percentages of a whole are shares"),
        pytest.param(7, "key_result.score", id="a column with nothing but a formula's error takes scores"),
        pytest.param(8, "key_result.weight", id="a header that says what it is goes before what the column holds"),
    ],
)
def test_the_likeliest_role_by_what_a_column_holds(column: int, first: str) -> None:
    assert offered(column)[0] == first


def test_what_another_column_is_already_comes_after_what_none_is_yet() -> None:
    assert offered(5, [Role("key_result", "target")])[0] == "key_result.current"


@pytest.mark.parametrize("column", [0, 9, 99])
def test_remarks_running_numbers_and_columns_that_are_not_there_are_nothing(column: int) -> None:
    assert offered(column) == []
