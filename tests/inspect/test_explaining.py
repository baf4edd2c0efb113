"""What inspect says about its proposal, about one row, and how much work it is."""

import pytest

from sync.domain.grid import Tab
from sync.domain.languages import Language
from sync.inspect import propose
from sync.inspect.explain import explain
from sync.inspect.render import as_toml, refusals
from tests.inspect.sheets import TODAY
from tests.support.grids import book, grid, mapping, read
from tests.support.steps import steps

SHEET = grid("""
    Mục tiêu | KR             | Ban đầu | Chỉ tiêu | Hiện tại   | Duyệt | Điểm
    Tăng     | Khách mới      | 0       | 10       | 5          | x     |
    ^        | Doanh thu      | 0       | '2 tỷ    | '500 triệu | x     | 0.5
    ^        | Chưa duyệt     | 0       | 1        | 1          | chờ   |
    Tổng     |                |         |          |            |       |
""")
MAPPING = mapping("""
    skip = [{ header = "Duyệt", is = "chờ" }]
    until = { column = "A", is = "Tổng" }
    [objective]
    text = "Mục tiêu"
    [key_result]
    text = "KR"
    start = "Ban đầu"
    target = "Chỉ tiêu"
    current = "Hiện tại"
    score = "Điểm"
""")


def explained(row: int, title: str = "OKR") -> str:
    return "\n".join(explain(book(SHEET), [MAPPING], title, row, "en"))


def test_a_row_tells_where_each_field_came_from_and_what_was_understood() -> None:
    text = explained(3)
    assert "key result at B3: “Doanh thu”" in text
    assert "target: D3 (header = “Chỉ tiêu”): “2 tỷ”" in text
    assert "target: understood as 2000000000" in text
    assert "belongs to “Tăng”" in text
    assert "score 0.2500" in text
    assert "goes to G3" in text


def explained_with(target: str, current: str, language: Language) -> str:
    sheet = grid(f"Mục tiêu | KR | Chỉ tiêu | Hiện tại\nTăng | Doanh thu | {target} | {current}")
    fields = 'key_result = { text = "KR", target = "Chỉ tiêu", current = "Hiện tại" }'
    return "\n".join(explain(book(sheet), [mapping(f'objective.text = "Mục tiêu"\n{fields}')], "OKR", 2, language))


@pytest.mark.parametrize(
    ("target", "current", "language", "said"),
    [
        ("10", "", "en", "no score: there is no current value yet"),
        ("10", "", "vi", "không có điểm: chưa có giá trị hiện tại"),
        ("", "5", "en", "no score: “Doanh thu” has a current value (5) but no target"),
        ("10", "nhiều", "en", "no score: “nhiều” is not a number"),
        ("10", "#REF!", "en", "no score: The cell shows"),
    ],
)
def test_a_row_without_a_score_says_why_in_a_sentence(target: str, current: str, language: Language, said: str) -> None:
    assert said in explained_with(target, current, language)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (1, "row 1 is not below a header"),
        (4, "row 4 is left out: header = “Duyệt”, is = “chờ”"),
        (5, "row 5 is below the end of the table"),
        (99, "Row 99 is not on “OKR”"),
    ],
)
def test_a_row_that_does_not_count_says_why(row: int, said: str) -> None:
    assert said in explained(row)


def test_a_tab_that_is_not_mapped_says_so() -> None:
    assert explained(2, "Khác") == "“Khác” is not mapped."


def test_every_line_has_its_reason_and_doubts_are_questions() -> None:
    toml = as_toml(propose(book(SHEET), TODAY), "en")
    assert 'text = "Mục tiêu"  # header “Mục tiêu”; texts in' in toml
    assert "# ? “Điểm”" in toml


def test_the_comments_speak_the_language_of_the_terminal() -> None:
    assert "tiêu đề “Chỉ tiêu”" in as_toml(propose(book(SHEET), TODAY), "vi")


def test_tabs_that_are_left_out_are_named_with_the_reason() -> None:
    other = grid("Email | Role\na@x.vn | admin", "Users", 2)
    proposal = propose(book(SHEET, other), TODAY)
    assert [draft.title for draft in proposal.drafts] == ["OKR"]
    assert refusals(proposal, "en") == ["left out: “Users”: no column holds objectives or key results"]


def test_only_the_tabs_that_are_asked_for_are_looked_at() -> None:
    other = grid("Email | Role\na@x.vn | admin", "Users", 2)
    assert propose(book(SHEET, other), TODAY, ["Users"]).drafts == ()


def long_tab(count: int) -> Tab:
    header = ["Mục tiêu", "Kết quả then chốt", "Chỉ tiêu", "Hiện tại", "Điểm"]
    rows = [[f"Mục tiêu {i // 4}", f"Kết quả số {i}", 100, i % 100, None] for i in range(count)]
    return Tab(1, "OKR", [header, *rows])


def test_a_tab_of_twenty_thousand_rows_is_proposed_from_its_first_rows_and_says_so() -> None:
    proposal = propose(book(long_tab(20_000)), TODAY)
    assert "reads 113 objectives and 449 key results in the first 450 of 20001 rows" in as_toml(proposal, "en")


def test_rows_beyond_the_first_cost_nothing() -> None:
    few, many = book(long_tab(1000)), book(long_tab(20_000))
    assert steps("sync", lambda: propose(many, TODAY)) < 1.1 * steps("sync", lambda: propose(few, TODAY))


def test_twice_the_rows_cost_less_than_twice_the_steps() -> None:
    """Half of the steps do not depend on the rows; one step for each pair of rows would make them 1.8 times as many."""
    few, many = book(long_tab(500)), book(long_tab(1000))
    cost = steps("sync", lambda: propose(few, TODAY))
    assert steps("sync", lambda: propose(many, TODAY)) < 1.6 * cost


def test_a_row_that_is_no_record_says_which_text_or_condition_is_to_blame() -> None:
    by = mapping("""
        objective = { text = "Tên", when = { header = "Loại", is = "O" } }
        key_result = { text = "Tên", when = { header = "Loại", matches = "KR" } }
        initiative = { text = "Việc" }
    """)
    lines = explain(book(grid("Loại | Tên | Việc\nGhi chú | abc |")), [by], "OKR", 2, "en")
    assert lines[1:] == [
        "  no initiative: nothing stands in its text (header = “Việc”)",
        "  no objective: A2 holds “Ghi chú”, but it must be: header = “Loại”, is = “O”",
        "  no key result: A2 holds “Ghi chú”, but it must be: header = “Loại”, matches = “KR”",
    ]


def test_of_several_entries_for_a_tab_each_says_which_it_is() -> None:
    first = mapping('objective = { text = "O" }\nkey_result = { text = "KR 1" }')
    second = mapping('objective = { text = "O" }\nkey_result = { text = "KR 2" }')
    lines = explain(book(grid("O | KR 1 | KR 2\no | a | b")), [first, second], "OKR", 2, "vi")
    entries = [line for line in lines if "trong 2 mục" in line]
    assert entries == [
        "mục 1 trong 2 mục cấu hình của trang này (mục tiêu, kết quả then chốt):",
        "mục 2 trong 2 mục cấu hình của trang này (mục tiêu, kết quả then chốt):",
    ]
    assert next(line for line in lines[lines.index(entries[1]) :] if "“b”" in line)


def test_a_condition_that_fails_is_told_beside_the_record_that_the_row_does_yield() -> None:
    by = mapping("""
        objective = { text = "Tên", when = { header = "Loại", is = "O" } }
        key_result = { text = "Tên", when = { header = "Loại", is = "KR" } }
    """)
    lines = explain(book(grid("Loại | Tên\nO | abc")), [by], "OKR", 2, "en")
    assert lines[0] == "objective at B2: “abc”"
    assert lines[-1] == "no key result: A2 holds “O”, but it must be: header = “Loại”, is = “KR”"


def test_a_tab_that_is_refused_says_why_and_another_table_below_does_not_refuse_it() -> None:
    twice = [mapping('title = "OKR*"\nkey_result.text = "KR"'), mapping('title = "*R"\nkey_result.text = "KR"')]
    lines = explain(book(grid("KR | Đích\na | 1")), twice, "OKR", 2, "en")
    refusal = "the tab is not read: The tab “OKR” is read twice by the configuration (“OKR*”, “*R”)"
    assert [line.startswith(refusal) for line in lines] == [False, True, False, True]
    by = mapping('key_result = { text = "KR", target = "Đích" }')
    below = grid("KR | Đích | Ai\na | 1 | An\n|\nTên | Đích | Nơi\nAn | Trưởng | HN")
    assert read(below, 'key_result = { text = "KR", target = "Đích" }').problems[0].code == "other-table"
    assert explain(book(below), [by], "OKR", 2, "en")[0] == "key result at A2: “a”"


KINDS = mapping("""
    [[key_result]]
    when = { header = "Loại", is = "Việc" }
    text = "KR"
    metric = { header = "Đo", words = { Xong = "done" } }
    current = "Nay"
    [[key_result]]
    when = { header = "KR", fill = "none" }
    id = { join = ["Loại", { column = "B" }], separator = "-" }
    text = "KR"
    target = "Đích"
    current = "Nay"
""")


def explained_by_kinds(row: int) -> str:
    sheet = grid("""
        Loại | KR | Đo | Đích | Nay
        Việc | a  | Xong |    | Có
        Số   | b  |    | 10   | 5
        Mục  | c [#ffa500] | | |
    """)
    return "\n".join(explain(book(sheet), [KINDS], "OKR", row, "en"))


def test_a_row_is_explained_by_the_kind_of_key_result_that_it_is() -> None:
    assert "metric: C2 (header = “Đo”, words = “Xong”: “done”): “Xong”" in explained_by_kinds(2)
    assert "target" not in explained_by_kinds(2)
    text = explained_by_kinds(3)
    assert "id: A3 (join = header = “Loại” + column = “B”, separator = “-”): “Số-b”" in text
    assert "no key result" not in text
    assert "score 0.5000" in text


def test_a_row_of_no_kind_says_which_colour_its_cell_has() -> None:
    assert "no key result: B4 holds “#ffa500”, but it must be: header = “KR”, fill = “none”" in explained_by_kinds(4)


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ('review = { about = "A", lesson = "B" }', "review at A2: “x”"),
        ('recognition = { text = "A", receiver = "B" }', "recognition at A2: “x”"),
        ('feedback = { text = "A", receiver = "B" }', "feedback at A2: “x”"),
        ('coaching = { topic = "A", person = "B" }', "coaching at A2: “x”"),
        ('coaching.person = "A"', "coaching at A2: “x”"),
        ('person = { name = "A", email = "B" }', "person at A2: “x”"),
    ],
)
def test_records_around_okrs_are_explained_too(by: str, said: str) -> None:
    sheet = book(grid("A | B\nx | y\n | "))
    assert said in "\n".join(explain(sheet, [mapping(by)], "OKR", 2, "en"))
    assert "nothing" in "\n".join(explain(sheet, [mapping(by)], "OKR", 3, "en"))
