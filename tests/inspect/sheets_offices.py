"""Invented sheets as offices fill in their forms, in the shape of `sheets`: what a form adds to the table itself."""

from tests.inspect.sheets import Sheet, sheet
from tests.support.grids import grid

OFFICES: dict[str, Sheet] = {
    "a start that is called a value": Sheet(
        sheet(
            grid("""
            Mã OKR | Tên OKR | Loại | Trọng số | Giá trị bắt đầu | Giá trị đích | Giá trị hiện tại | % hoàn thành
            OKR1 | Tăng trưởng doanh thu bền vững | Mục tiêu | | | | |
            OKR1.1 | Doanh thu quý (tỷ) | Kết quả chính | 60 | 6 | 12 | 9 |
            OKR1.2 | Tỷ lệ nghỉ việc | Kết quả chính | 40 | 15 | 5 | 10 |
            """)
        ),
        {"Tăng trưởng doanh thu bền vững": {"Doanh thu quý (tỷ)": 0.5, "Tỷ lệ nghỉ việc": 0.5}},
        {"Doanh thu quý (tỷ)": "H3"},
    ),
    "names merged over two rows, columns numbered below, grades of two people": Sheet(
        sheet(
            grid("""
            BẢNG ĐĂNG KÝ OKR PHÒNG KẾ TOÁN
            STT | Mục tiêu | Kết quả then chốt | ĐVT | Đo lường | | Đánh giá |
            ^ | ^ | ^ | ^ | Chỉ tiêu | Thực hiện | Tự chấm | Quản lý chấm
            (1) | (2) | (3) | (4) | (5) | (6) | (7) | (8)
            1 | Số liệu kế toán kịp thời | Báo cáo nộp đúng hạn | báo cáo | 12 | 6 | |
            ^ | ^ | Sai sót khi kiểm toán ≤ 3 lỗi | lỗi | 3 | 2 | |
            """)
        ),
        {"Số liệu kế toán kịp thời": {"Báo cáo nộp đúng hạn": 0.5, "Sai sót khi kiểm toán ≤ 3 lỗi": 1.0}},
    ),
    "a person on each row, with several key results and their numbers line by line": Sheet(
        sheet(
            grid("""
            Họ tên | Phòng | Mục tiêu | Kết quả then chốt | Chỉ tiêu | Thực hiện | Điểm
            Vũ Mai | Kế toán | Báo cáo kịp thời | KR1: Khoá sổ đúng hạn¶KR2: Báo cáo được gửi | 12¶6 | 9¶3 |
            Lê Hùng | Kho | Tồn kho chính xác | KR1: Lượt kiểm kê¶KR2: Hàng có mã vạch | 4¶2000 | 2¶- |
            """)
        ),
        {
            "Báo cáo kịp thời": {"KR1: Khoá sổ đúng hạn": 0.75, "KR2: Báo cáo được gửi": 0.5},
            "Tồn kho chính xác": {"KR1: Lượt kiểm kê": 0.5, "KR2: Hàng có mã vạch": None},
        },
    ),
    "ticks beside key results": Sheet(
        sheet(
            grid("""
            Objective | Key Result | DRI | Done? | Progress
            Ra mắt website mới | Thiết kế được duyệt | Hà | TRUE |
            | Kiểm thử bảo mật | Nam | FALSE |
            Bộ nhận diện thống nhất | Sổ tay thương hiệu | Hà | TRUE |
            """)
        ),
        {
            "Ra mắt website mới": {"Thiết kế được duyệt": 1.0, "Kiểm thử bảo mật": 0.0},
            "Bộ nhận diện thống nhất": {"Sổ tay thương hiệu": 1.0},
        },
        {"Kiểm thử bảo mật": "E3"},
    ),
    "goals of the job, a rate that waits, lines of sums and signatures": Sheet(
        sheet(
            grid("""
            BẢNG GIAO CHỈ TIÊU THÁNG 11 NĂM 2026
            Họ tên NV: Hoàng Minh Tuấn | | | Mã NV: NV-0231
            TT | Mục tiêu công việc | Kết quả then chốt | ĐVT | Tỷ trọng | Chỉ tiêu giao | Kết quả thực hiện | Tỷ lệ
            1 | Tăng doanh số Tây Nguyên | Doanh số bán hàng | triệu đồng | 40%% | '1.250,5 | '625,25 |
            2 | Tăng doanh số Tây Nguyên | Điểm bán mới | điểm | 30%% | 20 | 15 |
            3 | Chăm sóc khách hàng | Lượt thăm khách | lượt | 30%% | 120 | 30 |
            | Cộng | | | 100%% | | |
            | Xếp loại: | | | | | |
            |
            | Nhân viên ký | | | Trưởng phòng | | Giám đốc |
            """)
        ),
        {
            "Tăng doanh số Tây Nguyên": {"Doanh số bán hàng": 0.5, "Điểm bán mới": 0.75},
            "Chăm sóc khách hàng": {"Lượt thăm khách": 0.25},
        },
        {"Lượt thăm khách": "H6"},
    ),
    "the progress of each week": Sheet(
        sheet(
            grid("""
            Mục tiêu | KR | Chỉ tiêu | Tiến độ T40 | Tiến độ T41 | Tiến độ T42 | Điểm cuối kỳ
            Hệ thống CRM chạy thật | Khách hàng được nhập | 5000 | 10%% | 25%% | 40%% |
            | Nhân viên được đào tạo | 40 | 0%% | 10%% | |
            """)
        ),
        {"Hệ thống CRM chạy thật": {"Khách hàng được nhập": 0.4, "Nhân viên được đào tạo": 0.1}},
        {"Nhân viên được đào tạo": "G3"},
    ),
    "codes that join two tabs, shortened in Vietnamese": Sheet(
        sheet(
            grid(
                """
                Mã MT | Tên mục tiêu | Cấp | Người phụ trách | Mã MT cha | Tiến độ
                CT01 | Top 3 ngành logistics | Công ty | Mai | |
                KD01 | Mở rộng mạng lưới miền Bắc | Phòng ban | Lan | CT01 |
                """,
                "Mục tiêu",
                1,
            ),
            grid(
                """
                Mã KQ | Mã MT | Tên kết quả | Ban đầu | Mục tiêu | Hiện tại | Đơn vị | Tiến độ
                KQ01 | CT01 | Doanh thu | 100 | 200 | 150 | tỷ |
                KQ02 | KD01 | Bưu cục mới | 0 | 40 | 30 | bưu cục |
                """,
                "KQ then chốt",
                2,
            ),
        ),
        {"Top 3 ngành logistics": {"Doanh thu": 0.5}, "Mở rộng mạng lưới miền Bắc": {"Bưu cục mới": 0.75}},
        {"Bưu cục mới": "H3"},
    ),
    "numbers to be reached in the sentences alone, some of them without a start": Sheet(
        sheet(
            grid("""
            Mục tiêu | Kết quả then chốt | Thực tế | Hoàn thành
            Mở rộng thị trường | Tăng số cửa hàng từ 10 lên 20 | 15 |
            | Ra mắt 4 sản phẩm mới | 1 |
            | Doanh thu đạt 100 tỷ | 75 |
            """)
        ),
        {
            "Mở rộng thị trường": {
                "Tăng số cửa hàng từ 10 lên 20": 0.5,
                "Ra mắt 4 sản phẩm mới": 0.25,
                "Doanh thu đạt 100 tỷ": None,
            }
        },
        {"Ra mắt 4 sản phẩm mới": "D3"},
    ),
    "Thai": Sheet(
        sheet(
            grid("""
            วัตถุประสงค์ | ผลลัพธ์หลัก (KR) | ผู้รับผิดชอบ | ค่าเริ่มต้น | เป้าหมาย | ค่าปัจจุบัน | ความคืบหน้า
            เป็นร้านที่ลูกค้ารักที่สุด | คะแนนรีวิวเฉลี่ย | สมชาย | 3 | 5 | 4 |
            | ลูกค้าประจำ | สมหญิง | 100 | 500 | 200 |
            ทีมงานเติบโต | ชั่วโมงอบรม | สมชาย | 0 | 200 | 150 |
            """),
            locale="th_TH",
        ),
        {
            "เป็นร้านที่ลูกค้ารักที่สุด": {"คะแนนรีวิวเฉลี่ย": 0.5, "ลูกค้าประจำ": 0.25},
            "ทีมงานเติบโต": {"ชั่วโมงอบรม": 0.75},
        },
        {"ลูกค้าประจำ": "G3"},
    ),
    "key results as what measures the objective": Sheet(
        sheet(
            grid("""
            OBJECTIVE | AS MEASURED BY | OWNER | VALUE AS BASELINE | TARGET | ACTUAL | SCORE
            Quán cà phê được yêu thích nhất Đà Nẵng | Điểm trung bình trên bản đồ | Trang | '4,1 | '4,7 | '4,4 |
            | Khách quay lại trong 30 ngày | Trang | '20% | '40% | '25% |
            """)
        ),
        {
            "Quán cà phê được yêu thích nhất Đà Nẵng": {
                "Điểm trung bình trên bản đồ": 0.5,
                "Khách quay lại trong 30 ngày": 0.25,
            }
        },
        {"Khách quay lại trong 30 ngày": "G3"},
    ),
}
