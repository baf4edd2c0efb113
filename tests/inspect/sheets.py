"""Invented sheets as people lay them out, each with what it says: objectives with their key results and scores."""

from dataclasses import dataclass, field
from datetime import date

from sync.domain.grid import Book, Tab
from tests.support.grids import book, grid

TODAY = date(2026, 11, 21)


@dataclass(frozen=True)
class Sheet:
    """A spreadsheet, and its OKRs as {objective: {key result: score}}; `cells` are the score cells by key result."""

    book: Book
    okrs: dict[str, dict[str, float | None]] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)


def sheet(*tabs: Tab, locale: str = "vi_VN") -> Book:
    return book(*tabs, locale=locale)


OKRS: dict[str, Sheet] = {
    "title lines above a merged table": Sheet(
        sheet(
            grid("""
            OKR QUÝ 4/2026 - PHÒNG KINH DOANH |  |  |  |  |
            |
            Đơn vị: | Phòng Kinh doanh
            |
            STT | Mục tiêu | Kết quả then chốt | Ban đầu | Chỉ tiêu | Thực đạt | Điểm
            1 | Tăng doanh thu mảng dịch vụ | Ký 20 hợp đồng mới | 0 | 20 | 10 |
            2 | ^ | Doanh thu đạt '1.200.000.000 đồng | 0 | '1.200.000.000 | '300.000.000 |
            3 | Khách hàng hài lòng hơn | NPS từ 30 lên 50 | 30 | 50 | 40 |
            """)
        ),
        {
            "Tăng doanh thu mảng dịch vụ": {"Ký 20 hợp đồng mới": 0.5, "Doanh thu đạt '1.200.000.000 đồng": 0.25},
            "Khách hàng hài lòng hơn": {"NPS từ 30 lên 50": 0.5},
        },
        {"Ký 20 hợp đồng mới": "G6", "NPS từ 30 lên 50": "G8"},
    ),
    "mixed rows with a type column, scores 0 to 100": Sheet(
        sheet(
            grid("""
            Loại | Nội dung | Người phụ trách | Mục tiêu | Kết quả | Tiến độ (%)
            O | Nâng cao chất lượng tuyển dụng | Lan |  |  | 60
            KR | Tuyển đủ 10 kỹ sư | Minh | 10 | 6 | 60
            KR | Giảm thời gian tuyển còn 30 ngày | Hoa | 30 | 15 | 50
            O | Giữ chân nhân tài | Lan |  |  | 25
            KR | Khảo sát 200 nhân viên | Tú | 200 | 50 | 25
            """)
        ),
        {
            "Nâng cao chất lượng tuyển dụng": {"Tuyển đủ 10 kỹ sư": 0.6, "Giảm thời gian tuyển còn 30 ngày": None},
            "Giữ chân nhân tài": {"Khảo sát 200 nhân viên": 0.25},
        },
        {"Tuyển đủ 10 kỹ sư": "F3", "Khảo sát 200 nhân viên": "F6"},
    ),
    "one column with O1 and KR1.1 before the texts": Sheet(
        sheet(
            grid("""
            OKR | Owner | Baseline | Target | Actual | Progress %
            O1: Delight our customers | Ana |  |  |  |
            KR1.1: NPS from 20 to 60 | Ana | 20 | 60 | 40 | 50%%
            KR1.2: Answer 90% of tickets in a day | Bo | 50%% | 90%% | 60%% |
            O2: Build a pipeline that lasts | Cy |  |  |  |
            KR2.1: 40 qualified demos | Cy | 0 | 40 | 10 | 25%%
            """),
            locale="en_US",
        ),
        {
            "O1: Delight our customers": {
                "KR1.1: NPS from 20 to 60": 0.5,
                "KR1.2: Answer 90% of tickets in a day": 0.25,
            },
            "O2: Build a pipeline that lasts": {"KR2.1: 40 qualified demos": 0.25},
        },
        {"KR1.1: NPS from 20 to 60": "F3"},
    ),
    "CamelCase without accents, approvals": Sheet(
        sheet(
            grid("""
            MaKR | PhongBan | MucTieu | KetQuaThenChot | GiaTriBanDau | MucTieuSo | ThucDat | DonViTinh | TienDo | TrangThai
            K1 | Kho | Giảm hàng tồn | Vòng quay 8 lần | 4 | 8 | 6 | lần | 50 | Đã duyệt
            K2 | Kho | Giảm hàng tồn | Hàng lỗi dưới 100 | 300 | 100 | 250 | cái | 25 | Đã duyệt
            K3 | Kho | Giảm hàng tồn | Bỏ qua | 0 | 5 | 5 | cái | 100 | Chờ duyệt
            """)
        ),
        {"Giảm hàng tồn": {"Vòng quay 8 lần": 0.5, "Hàng lỗi dưới 100": 0.25}},
        {"Vòng quay 8 lần": "I2"},
    ),
    "English number texts in a Vietnamese spreadsheet": Sheet(
        sheet(
            grid("""
            Objective | Key Result | Start | Target | Current | Owner | Score
            Grow the business | Revenue of 1.5M | '0 | '1,500,000.00 | '750,000.50 | Ann |
            Grow the business | Rating of 4.8 | '4.0 | '4.8 | '4.2 | Bob |
            """)
        ),
        {"Grow the business": {"Revenue of 1.5M": 0.5000, "Rating of 4.8": 0.25}},
        {"Revenue of 1.5M": "G2"},
    ),
    "Vietnamese number texts in an English spreadsheet": Sheet(
        sheet(
            grid("""
            Mục tiêu | Kết quả chính | Chỉ tiêu | Hiện tại | % Hoàn thành
            Tăng trưởng bền vững | Doanh thu '2.000.000 | '2.000.000 | '500.000 |
             | Tỷ lệ giữ chân 0,8 | '0,8 | '0,4 |
            """),
            locale="en_US",
        ),
        {"Tăng trưởng bền vững": {"Doanh thu '2.000.000": 0.25, "Tỷ lệ giữ chân 0,8": 0.5}},
        {"Tỷ lệ giữ chân 0,8": "E3"},
    ),
    "numbers 1 and 1.1 tell the rows apart": Sheet(
        sheet(
            grid("""
            OKR công ty 2026
            TT | Mục tiêu / Kết quả then chốt | Trọng số | Xuất phát | Chỉ tiêu | Thực tế | Điểm
            1 | Dẫn đầu thị trường miền Nam | | | | | 0.5
            1.1 | Thị phần đạt 30% | 70%% | 20%% | 30%% | 25%% | 0.5
            1.2 | Mở 10 cửa hàng | 30%% | 0 | 10 | 5 | 0.5
            2 | Đội ngũ mạnh | | | | | 0
            2.1 | Đào tạo 100 người | 100%% | 0 | 100 | 20 | 0.2
            Tổng | | | | | |
            """)
        ),
        {
            "Dẫn đầu thị trường miền Nam": {"Thị phần đạt 30%": 0.5, "Mở 10 cửa hàng": 0.5},
            "Đội ngũ mạnh": {"Đào tạo 100 người": 0.2},
        },
        {"Mở 10 cửa hàng": "G5"},
    ),
    "progress typed, nothing else": Sheet(
        sheet(
            grid("""
            Phòng ban | Mục tiêu | Kết quả then chốt | Người phụ trách | Tiến độ
            Kỹ thuật | Hệ thống ổn định | Không sự cố nghiêm trọng | An | 80%%
            Kỹ thuật | Hệ thống ổn định | Sao lưu mỗi ngày | Bình | 40%%
            Kỹ thuật | Ra mắt phiên bản mới | Xong bản thử | An | 10%%
            """)
        ),
        {
            "Hệ thống ổn định": {"Không sự cố nghiêm trọng": 0.8, "Sao lưu mỗi ngày": 0.4},
            "Ra mắt phiên bản mới": {"Xong bản thử": 0.1},
        },
    ),
    "amounts in sentences with capitals": Sheet(
        sheet(
            grid("""
            Mục tiêu | Kết quả then chốt
            Bán tốt hơn | Doanh thu đạt 3 Tỷ (hiện tại 1,5 Tỷ)
            Lãi hơn | Lãi đạt 300 TRIỆU (Hiện tại 150 triệu)
            Lớn hơn | Vốn TỪ 2 TỶ LÊN 4 TỶ (hiện tại 3000 Tr)
            Rẻ hơn | Gọi vốn 2 M (hiện tại 500 k)
            Giữ người | Đào tạo 20 người (hiện tại 5)
            """)
        ),
        {
            "Bán tốt hơn": {"Doanh thu đạt 3 Tỷ (hiện tại 1,5 Tỷ)": 0.5},
            "Lãi hơn": {"Lãi đạt 300 TRIỆU (Hiện tại 150 triệu)": 0.5},
            "Lớn hơn": {"Vốn TỪ 2 TỶ LÊN 4 TỶ (hiện tại 3000 Tr)": 0.5},
            "Rẻ hơn": {"Gọi vốn 2 M (hiện tại 500 k)": 0.25},
            "Giữ người": {"Đào tạo 20 người (hiện tại 5)": 0.25},
        },
    ),
    "scores out of ten with levels and parents": Sheet(
        sheet(
            grid("""
            Cấp | Mã | Mục tiêu | OKR cấp trên | Kết quả then chốt | Mục tiêu | Thực đạt | Điểm
            Công ty | C1 | Tăng trưởng 30% |  | Doanh thu 100 tỷ | 100 | 70 | 7
            Phòng ban | P1 | Bán hàng tốt hơn | C1 | Ký 50 hợp đồng | 50 | 40 | 8
            Phòng ban | P1 | Bán hàng tốt hơn | C1 | 300 cuộc gặp | 300 | 255 | 8.5
            """)
        ),
        {
            "Tăng trưởng 30%": {"Doanh thu 100 tỷ": 0.7},
            "Bán hàng tốt hơn": {"Ký 50 hợp đồng": 0.8, "300 cuộc gặp": 0.85},
        },
        {"300 cuộc gặp": "H4"},
    ),
    "key results as lines of one cell": Sheet(
        sheet(
            grid("""
            Team | Objective | Key Results
            Sales | Grow | - Raise revenue from 10 to 20 (now 15)¶- Win 8 deals (now 2)
            Care | Help | - Raise CSAT from 80% to 90% (now 85%)
            """),
            locale="en_US",
        ),
        {
            "Grow": {"Raise revenue from 10 to 20 (now 15)": 0.5, "Win 8 deals (now 2)": 0.25},
            "Help": {"Raise CSAT from 80% to 90% (now 85%)": 0.5},
        },
    ),
    "weekly columns": Sheet(
        sheet(
            grid("""
            Mục tiêu | Kết quả then chốt | Chỉ tiêu | Tuần 1 | Tuần 2 | Tuần 3 | Tuần 4 | Tiến độ
            Khoẻ hơn | Chạy 100 km | 100 | 10 | 30 | 50 |  | 0.5
            Khoẻ hơn | Bơi 20 buổi | 20 | 1 | 5 |  |  | 0.25
            """)
        ),
        {"Khoẻ hơn": {"Chạy 100 km": 0.5, "Bơi 20 buổi": 0.25}},
        {"Chạy 100 km": "H2"},
    ),
    "rows of objectives have no numbers": Sheet(
        sheet(
            grid("""
            OKR | Target | Actual | Score
            Become the best place to work |  |  |
            eNPS of 40 | 40 | 20 | 0.5
            Attrition under 10% | 10%% | 8%% | 1
            Delight customers |  |  |
            CSAT of 90% | 90%% | 45%% | 0.5
            """),
            locale="en_US",
        ),
        {
            "Become the best place to work": {"eNPS of 40": 0.5, "Attrition under 10%": 1.0},
            "Delight customers": {"CSAT of 90%": 0.5},
        },
        {"eNPS of 40": "D3"},
    ),
    "an export of one row each, with parents": Sheet(
        sheet(
            grid("""
            okr_id | parent_id | type | title | owner | unit | start | target | current | progress_pct
            1 |  | Objective | Grow ARR | Ann |  |  |  |  |
            2 | 1 | Key Result | ARR 2M | Ann | USD | 1000000 | 2000000 | 1500000 | 50
            3 | 1 | Key Result | 50 logos | Bob | logos | 0 | 50 | 10 | 20
            4 |  | Objective | Love | Cy |  |  |  |  |
            5 | 4 | Key Result | NPS 50 | Cy | pts | 30 | 50 | 35 | 25
            """),
            locale="en_US",
        ),
        {"Grow ARR": {"ARR 2M": 0.5, "50 logos": 0.2}, "Love": {"NPS 50": 0.25}},
        {"NPS 50": "J6"},
    ),
    "nothing but a status": Sheet(
        sheet(
            grid("""
            Mục tiêu | Kết quả then chốt | Người phụ trách | Hạn | Trạng thái
            Số hoá kho | Lắp 20 máy quét | Lan | 30/11/2026 | Đang làm
            Số hoá kho | Đào tạo 50 người | Minh | 15/12/2026 | Hoàn thành
            """)
        ),
        {"Số hoá kho": {"Lắp 20 máy quét": 0.5, "Đào tạo 50 người": 1.0}},
    ),
    "columns of objectives and key results with one word each": Sheet(
        sheet(
            grid("""
            Mã O | Mục tiêu | Mã KR | Kết quả then chốt | Phòng | Kỳ | Bắt đầu | Đích đến | Hiện tại | Tiến độ KR | Tiến độ O
            O1 | Tăng trưởng | KR1 | Doanh thu 5 tỷ | KD | Q4/2026 | 0 | 5 | 2.5 | 0.5 | 0.35
            O1 | Tăng trưởng | KR2 | 200 khách | KD | Q4/2026 | 0 | 200 | 40 | 0.2 | 0.35
            O2 | Gọn | KR1 | Cắt 10 bước | VH | Q4/2026 | 0 | 10 | 10 | 1 | 1
            """)
        ),
        {"Tăng trưởng": {"Doanh thu 5 tỷ": 0.5, "200 khách": 0.2}, "Gọn": {"Cắt 10 bước": 1.0}},
        {"200 khách": "J3"},
    ),
}
