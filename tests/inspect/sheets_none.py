"""Invented tables that hold no OKRs, however like them they look."""

from sync.domain.grid import Book
from tests.inspect.sheets import sheet
from tests.support.grids import grid

NO_OKRS: dict[str, Book] = {
    "a budget": sheet(
        grid(
            """
        Ngân sách quý 4
        TT | Hạng mục | Kế hoạch | Thực tế | % thực hiện | Người phụ trách
        1 | Chi phí nhân sự | 500 | 450 | 90%% | Lan
        1.1 | Lương | 400 | 380 | 95%% | Lan
        1.2 | Đào tạo | 100 | 70 | 70%% | Lan
        2 | Chi phí bán hàng | 300 | 310 | 103%% | Minh
        2.1 | Quảng cáo | 300 | 310 | 103%% | Minh
        """,
            "Ngân sách",
        )
    ),
    "a task list": sheet(
        grid("""
        Task | Owner | Due date | Status | % Complete
        Write the brief | Ann | 2026-11-01 | Done | 100%%
        Book the venue | Bob | 2026-11-05 | Open | 20%%
        Send invitations | Cy | 2026-11-09 | Open | 0%%
        """),
        locale="en_US",
    ),
    "attendance": sheet(
        grid("""
        Bảng chấm công tháng 11
        Họ tên | Phòng ban | 1 | 2 | 3 | 4 | 5 | Tổng
        Lan | Kho | x | x |  | x | x | 4
        Minh | Kho | x | x | x | x | x | 5
        """)
    ),
    "a rating form": sheet(
        grid("""
        ĐÁNH GIÁ VIỆC THỰC HIỆN OKR
        TT | Tiêu chí | Điểm tối đa | Lan | Minh | Hoa
        I | Chất lượng mục tiêu |  |  |  |
        1 | Mục tiêu rõ ràng, có kết quả then chốt | 10 | 8 | 9 | 7
        2 | Kết quả then chốt đo được | 10 | 7 | 7 | 9
        II | Kỷ luật check-in |  |  |  |
        1 | Check-in mỗi tuần | 5 | 5 | 4 | 5
         | Tổng |  | 20 | 20 | 21
        """)
    ),
    "a guide that explains OKRs": sheet(
        grid("""
        OKR là gì?
        Objective: mục tiêu truyền cảm hứng
        Key Result: kết quả then chốt đo được
        Ví dụ | Mục tiêu | Kết quả
        """)
    ),
    "sales against targets": sheet(
        grid("""
        Nhân viên | Chỉ tiêu | Thực đạt | % hoàn thành
        Lan | 100 | 50 | 50%%
        Minh | 80 | 80 | 100%%
        """)
    ),
    "a project plan": sheet(
        grid("""
        No | Goal | Deliverable | Owner | Start | End | Status
        1 | Launch site | Design | Ann | 2026-01-01 | 2026-02-01 | Done
        2 | Launch site | Build | Bob | 2026-02-01 | 2026-03-01 | Open
        """),
        locale="en_US",
    ),
    "users and periods": sheet(
        grid("Email | Role | Active\na@x.vn | admin | TRUE\nb@x.vn | viewer | TRUE", "Users", 1),
        grid("Period | Status\nQ3 2026 | closed\nQ4 2026 | open", "Periods", 2),
    ),
}
