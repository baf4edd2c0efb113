"""Reviews, recognition, feedback, coaching and people, each read from a tab of its own."""

import pytest

from sync.domain.cycle_records import Coaching, CoachingState, Feedback, Person, Recognition, Review, Visible
from sync.domain.okr import Decision
from sync.domain.visibility import EVERYONE, NOBODY, audience
from sync.reading import BookReading
from sync.reading.days import UNQUOTED
from sync.translations.problems import message_of
from tests.support.grids import at, codes, grid, read_all

REVIEW = """
title = "Tổng kết"
[review]
about = "KR"
period = "Kỳ"
author = "Ai"
date = "Ngày"
lesson = "Bài học"
decision = { header = "Quyết định", words = { "Để sau" = "carry_over" } }
final_comment = "Nhận xét"
"""
RECOGNITION = """
title = "Ghi nhận"
[recognition]
text = "Nội dung"
receiver = "Người nhận"
giver = "Người gửi"
date = "Ngày"
about = "OKR"
"""
FEEDBACK = """
title = "Phản hồi"
[feedback]
text = "Nội dung"
receiver = "Người nhận"
giver = "Người gửi"
date = "Ngày"
kind = "Loại"
about = "OKR"
"""
COACHING = """
title = "Huấn luyện"
[coaching]
coach = "Người huấn luyện"
person = "Nhân viên"
date = "Ngày"
topic = "Chủ đề"
next_step = "Bước tiếp"
due = "Hạn"
status = "Tình trạng"
"""
PEOPLE = """
title = "Nhân sự"
[person]
name = "Họ tên"
email = "Email"
unit = "Phòng"
manager = "Quản lý"
"""

RECOGNITION_HEADER = "Nội dung | Người nhận | Người gửi | Ngày | OKR"
FEEDBACK_HEADER = "Nội dung | Người nhận | Người gửi | Ngày | Loại | OKR"
COACHING_HEADER = "Người huấn luyện | Nhân viên | Ngày | Chủ đề | Bước tiếp | Hạn | Tình trạng"


def read_one(title: str, toml: str, table: str) -> BookReading:
    return read_all([grid(table, title)], toml)


def test_a_review_says_what_was_learned_and_decided() -> None:
    table = (
        "KR | Kỳ | Ai | Ngày | Bài học | Quyết định | Nhận xét\n"
        "KR1 | Q3/2026 | An | 5/10/2026 | Bắt đầu sớm | Điều chỉnh | Ổn\n"
        "KR2 | | | | | để sau |\n"
        "KR3 | | | | | Hỏi lại sếp |"
    )
    reading = read_one("Tổng kết", REVIEW, table)
    first, second, third = reading.cycle.reviews
    assert first == Review(
        about="KR1",
        cell=at("A2", tab="Tổng kết"),
        period="Q3/2026",
        author="An",
        date="2026-10-05",
        lesson="Bắt đầu sớm",
        decision=Decision.CHANGE,
        decision_text="Điều chỉnh",
        final_comment="Ổn",
    )
    assert second.decision is Decision.CARRY_OVER
    assert (third.decision, third.decision_text) == (None, "Hỏi lại sếp")
    assert codes(reading) == ["unknown-word"]


def test_recognition_may_go_to_several_people_and_is_for_everyone() -> None:
    table = (
        "Nội dung | Người nhận | Người gửi | Ngày | OKR\n"
        "Cảm ơn đã cứu đơn hàng | Bình, Chi; Dũng | An | 12/11/2026 | KR1"
    )
    reading = read_one("Ghi nhận", RECOGNITION, table)
    assert reading.cycle.recognitions == (
        Recognition(
            text="Cảm ơn đã cứu đơn hàng",
            cell=at("A2", tab="Ghi nhận"),
            visible=Visible.EVERYONE,
            giver="An",
            receivers=("Bình", "Chi", "Dũng"),
            date="2026-11-12",
            about="KR1",
        ),
    )
    assert {audience(record) for record in reading.cycle} == {EVERYONE}
    assert not reading.problems


def test_feedback_is_for_those_who_are_named() -> None:
    table = "Nội dung | Người nhận | Người gửi | Ngày | Loại | OKR\nNói rõ hơn | Bình | An | 12/11/2026 | Góp ý | O1"
    [found] = read_one("Phản hồi", FEEDBACK, table).cycle.feedback
    assert found == Feedback(
        text="Nói rõ hơn",
        cell=at("A2", tab="Phản hồi"),
        visible=Visible.INVOLVED,
        giver="An",
        receivers=("Bình",),
        date="2026-11-12",
        kind="Góp ý",
        about="O1",
    )


def test_coaching_says_what_was_agreed_on() -> None:
    table = (
        "Người huấn luyện | Nhân viên | Ngày | Chủ đề | Bước tiếp | Hạn | Tình trạng\n"
        "An | Bình | 2/11/2026 | Đàm phán | Gọi lại khách | 9/11/2026 | Xong"
    )
    [found] = read_one("Huấn luyện", COACHING, table).cycle.coachings
    assert found == Coaching(
        cell=at("D2", tab="Huấn luyện"),
        visible=Visible.INVOLVED,
        coach="An",
        person="Bình",
        date="2026-11-02",
        topic="Đàm phán",
        next_step="Gọi lại khách",
        due="2026-11-09",
        status="Xong",
        state=CoachingState.DONE,
    )


def test_the_list_of_people_says_who_has_which_address() -> None:
    table = "Họ tên | Email | Phòng | Quản lý\nNguyễn An | An@Example.com | Kinh doanh | Bình\nBình | không có mail | |"
    reading = read_one("Nhân sự", PEOPLE, table)
    an, binh = reading.cycle.people
    assert an == Person(
        name="Nguyễn An",
        cell=at("A2", tab="Nhân sự"),
        email="an@example.com",
        unit="Kinh doanh",
        manager="Bình",
    )
    assert binh.email == ""
    assert [(found.code, found.cell) for found in reading.problems] == [("not-an-address", at("B3", tab="Nhân sự"))]


def told(reading: BookReading) -> list[tuple[str, str]]:
    return [(found.code, found.cell.a1 if found.cell else "") for found in reading.problems]


def test_a_coaching_row_without_a_person_is_seen_by_nobody_and_says_so() -> None:
    reading = read_one("Huấn luyện", COACHING, COACHING_HEADER + "\nAn | | | Đàm phán | | |")
    assert told(reading) == [("nobody-sees", "B2")]
    assert [audience(record) for record in reading.cycle] == [NOBODY]
    assert message_of(reading.problems[0], "en") == (
        "This row does not say for whom it is (Nhân viên), so nobody sees it."
    )


def test_feedback_without_a_receiver_is_seen_by_nobody_and_says_so() -> None:
    reading = read_one("Phản hồi", FEEDBACK, FEEDBACK_HEADER + "\nNói rõ hơn | | An | | |")
    assert told(reading) == [("nobody-sees", "B2")]
    assert [audience(record) for record in reading.cycle] == [NOBODY]


def test_recognition_of_nobody_is_shown_and_doubted() -> None:
    reading = read_one("Ghi nhận", RECOGNITION, RECOGNITION_HEADER + "\nCảm ơn | | An | |")
    assert told(reading) == [("nobody-named", "B2")]
    assert [audience(record) for record in reading.cycle] == [EVERYONE]


def test_a_row_with_a_coach_alone_is_no_record() -> None:
    assert read_one("Huấn luyện", COACHING, COACHING_HEADER + "\nAn | | | | | |").cycle.coachings == ()


def test_what_a_private_row_says_is_in_no_problem() -> None:
    row = "An | Bình | hôm Bình khóc | Đàm phán | Gọi | 30/2/2026 | chờ Bình bình tĩnh"
    reading = read_one("Huấn luyện", COACHING, f"{COACHING_HEADER}\n{row}")
    assert told(reading) == [("not-a-date", "C2"), ("no-such-day", "F2"), ("unknown-word", "G2")]
    facts = [fact for found in reading.problems for _, fact in found.facts]
    assert not [fact for fact in facts if any(word in fact for word in ("khóc", "30/2", "2026-02", "bình tĩnh"))]
    assert facts.count(UNQUOTED) == 3


def test_where_it_is_for_everyone_the_text_is_quoted() -> None:
    row = "An | Bình | hôm nọ | Đàm phán | Gọi | | chờ"
    reading = read_one("Huấn luyện", COACHING + '\nvisible = "everyone"', f"{COACHING_HEADER}\n{row}")
    assert [dict(found.facts)["text"] for found in reading.problems] == ["hôm nọ", "chờ"]


@pytest.mark.parametrize("cell", ["giver", "receiver", "text"])
def test_a_row_that_shows_an_error_where_it_names_somebody_is_left_out(cell: str) -> None:
    held = {"giver": "An", "receiver": "Bình", "text": "Tốt", cell: "#REF!"}
    table = f"{FEEDBACK_HEADER}\n{held['text']} | {held['receiver']} | {held['giver']} | | |"
    reading = read_one("Phản hồi", FEEDBACK, table)
    assert (reading.cycle.feedback, codes(reading)) == ((), ["row-unreadable"])


def test_visible_may_be_said_otherwise() -> None:
    table = RECOGNITION_HEADER + "\nCảm ơn | Bình | An | |"
    [found] = read_one("Ghi nhận", RECOGNITION + '\nvisible = "involved"', table).cycle.recognitions
    assert found.visible is Visible.INVOLVED


def test_lessons_stand_beside_objectives_and_key_results_too() -> None:
    by = """
    objective = { text = "O", lesson = "Bài học O", decision = "Quyết O" }
    key_result = { text = "KR", due = "Hạn", lesson = "Bài học", decision = "Quyết", final_comment = "Lời cuối" }
    """
    table = (
        "O | Bài học O | Quyết O | KR | Hạn | Bài học | Quyết | Lời cuối\n"
        "o | Ít hơn | Làm tiếp | a | 31/12/2026 | Đo sớm | Bỏ | Tiếc"
    )
    reading = read_all([grid(table)], by)
    [objective], [key_result] = reading.objectives, reading.key_results
    assert (objective.lesson, objective.decision) == ("Ít hơn", Decision.CARRY_OVER)
    assert (key_result.due, key_result.due_cell) == ("2026-12-31", at("E2"))
    assert (key_result.lesson, key_result.decision, key_result.decision_text) == ("Đo sớm", Decision.DROP, "Bỏ")
    assert key_result.final_comment == "Tiếc"
    assert codes(reading) == []
