"""What inspect proposes for tabs around OKRs, read back unedited; and what it leaves alone."""

import tomllib
from decimal import Decimal

from sync.config.settings import SpreadsheetSettings
from sync.domain.cycle_records import Visible
from sync.domain.okr import Decision, InitiativeState
from sync.inspect import propose
from sync.inspect.render import as_toml
from sync.reading import BookReading, read_book
from tests.inspect.sheets import TODAY
from tests.support.grids import book, grid

OKR = grid(
    "Mục tiêu | Mã KR | Kết quả then chốt | Chỉ tiêu | Hiện tại | Hạn | Bài học | Quyết định\n"
    "Bán tốt hơn ở miền Nam | KR1 | Doanh thu miền Nam | 100 | 50 | 31/12/2026 | Bắt đầu sớm hơn | Tiếp tục\n"
    " | KR2 | Số khách hàng mới | 20 | 5 | 30/11/2026 | Chọn ít việc | Dừng"
)


def read_as_proposed(*tabs: tuple[str, str]) -> BookReading:
    drawn = [OKR, *(grid(table, title, number) for number, (title, table) in enumerate(tabs, 2))]
    found = book(*drawn)
    settings = SpreadsheetSettings.model_validate(tomllib.loads(as_toml(propose(found, TODAY), "vi"))["spreadsheet"][0])
    return read_book(found, settings.mappings())


def test_when_key_results_are_due_and_what_was_learned() -> None:
    first, second = read_as_proposed().key_results
    assert (first.due, first.lesson, first.decision) == ("2026-12-31", "Bắt đầu sớm hơn", Decision.CARRY_OVER)
    assert second.decision is Decision.DROP


def test_initiatives_with_their_days_and_progress() -> None:
    table = (
        "Mã KR | Sáng kiến | Người phụ trách | Ngày bắt đầu | Hạn | Tình trạng | Tiến độ\n"
        "KR1 | Gọi lại toàn bộ khách cũ | Mai | 1/10/2026 | 31/10/2026 | Đang làm | 40%%\n"
        "KR2 | Mở hội thảo ở Cần Thơ | An | 5/11/2026 | 30/11/2026 | Chưa bắt đầu | 0%%"
    )
    first, second = read_as_proposed(("Sáng kiến", table)).initiatives
    assert (first.start, first.due, first.state) == ("2026-10-01", "2026-10-31", InitiativeState.DOING)
    assert first.progress.number is not None
    assert (float(first.progress.number), second.state) == (0.4, InitiativeState.PLANNED)


def test_a_log_with_obstacles_and_next_steps() -> None:
    table = (
        "Mã KR | Ngày | Giá trị | Giá trị trước | Mức độ tự tin | Khó khăn | Bước tiếp theo | Người check-in\n"
        "KR1 | 20/11/2026 | 50 | 40 | 7 | Thiếu người gọi | Tuyển thêm hai người | Mai\n"
        "KR2 | 20/11/2026 | 5 | 4 | 4 | Chưa có ngân sách | Xin duyệt ngân sách | An"
    )
    found = read_as_proposed(("Check-in", table)).check_ins[0]
    assert (found.obstacle, found.next_step) == ("Thiếu người gọi", "Tuyển thêm hai người")
    assert found.before.number == Decimal(40)


def test_a_column_for_each_week_holds_the_newest_values() -> None:
    table = "Mã KR | Tuần 1 | Tuần 2 | Tuần 3 | Tuần 4\nKR1 | 10 | 20 | 30 |\nKR2 | 1 | 2 | 3 | 4"
    reading = read_as_proposed(("Theo tuần", table))
    assert [(each.key_result, each.value.text) for each in reading.check_ins] == [("KR1", "30"), ("KR2", "4")]


def test_recognition() -> None:
    table = (
        "Ngày | Người gửi | Người nhận | Nội dung | Mã KR\n"
        "12/11/2026 | Mai | Bình, Chi | Cảm ơn đã cứu đơn hàng trong đêm | KR1\n"
        "13/11/2026 | An | Mai | Hỗ trợ đội khác rất nhiệt tình | KR2"
    )
    found = read_as_proposed(("Ghi nhận", table)).cycle.recognitions[0]
    assert (found.giver, found.receivers, found.about) == ("Mai", ("Bình", "Chi"), "KR1")
    assert (found.date, found.text) == ("2026-11-12", "Cảm ơn đã cứu đơn hàng trong đêm")


def test_feedback_and_what_may_be_either_is_private() -> None:
    table = (
        "Date | From whom | To whom | Comment\n"
        "2026-11-12 | Mai | Bình | Speak up earlier when a plan slips\n"
        "2026-11-13 | An | Mai | Good questions in the last review"
    )
    reading = read_as_proposed(("Feedback & Recognition", table))
    assert [found.receivers for found in reading.cycle.feedback] == [("Bình",), ("Mai",)]
    assert {found.visible for found in reading.cycle.feedback} == {Visible.INVOLVED}
    assert reading.cycle.recognitions == ()


def test_coaching() -> None:
    table = (
        "Ngày | Người huấn luyện | Nhân viên | Chủ đề | Bước tiếp theo | Hạn | Tình trạng\n"
        "2/11/2026 | Mai | Bình | Kỹ năng đàm phán với khách | Gọi lại ba khách | 9/11/2026 | Chưa xong\n"
        "3/11/2026 | Mai | Chi | Sắp xếp việc trong tuần | Ghi lại một tuần | 10/11/2026 | Xong"
    )
    found = read_as_proposed(("Huấn luyện", table)).cycle.coachings[0]
    assert (found.coach, found.person, found.topic) == ("Mai", "Bình", "Kỹ năng đàm phán với khách")
    assert (found.date, found.due, found.next_step) == ("2026-11-02", "2026-11-09", "Gọi lại ba khách")


def test_a_review_on_a_tab_of_its_own() -> None:
    table = (
        "Mã KR | Bài học | Quyết định | Nhận xét cuối kỳ\n"
        "KR1 | Đo mỗi tuần, không đợi cuối tháng | Chuyển tiếp | Suýt đạt\n"
        "KR2 | Hỏi khách trước khi làm | Điều chỉnh | Đổi cách đo"
    )
    found = read_as_proposed(("Tổng kết Q4", table)).cycle.reviews[1]
    assert (found.about, found.lesson, found.decision) == ("KR2", "Hỏi khách trước khi làm", Decision.CHANGE)
    assert found.final_comment == "Đổi cách đo"


def test_the_list_of_people() -> None:
    table = (
        "Họ tên | Email | Phòng ban | Quản lý\n"
        "Trần Mai | mai@example.com | Kinh doanh |\n"
        "Lê Bình | binh@example.com | Kinh doanh | Trần Mai"
    )
    found = read_as_proposed(("Nhân sự", table)).cycle.people[1]
    assert (found.name, found.email, found.unit, found.manager) == (
        "Lê Bình",
        "binh@example.com",
        "Kinh doanh",
        "Trần Mai",
    )


def test_a_tab_that_does_not_say_for_whom_its_rows_are_is_left_out() -> None:
    table = "Ngày | Nội dung\n12/11/2026 | Cảm ơn mọi người đã cố gắng\n13/11/2026 | Một tuần rất tốt của cả đội"
    assert list(read_as_proposed(("Ghi nhận", table)).cycle) == []


def test_a_due_column_without_days_is_not_proposed() -> None:
    table = grid(
        "Mục tiêu | Kết quả then chốt | Chỉ tiêu | Hiện tại | Hạn\n"
        "Bán tốt hơn ở miền Nam | Doanh thu miền Nam | 100 | 50 | cuối quý\n"
        " | Số khách hàng mới | 20 | 5 | sớm"
    )
    assert "due" not in as_toml(propose(book(table), TODAY), "en")
