"""Invented sheets of several blocks, tables or tabs, in the shape of `sheets`."""

from tests.inspect.sheets import Sheet, sheet
from tests.support.grids import grid

BLOCKS: dict[str, Sheet] = {
    "quarters side by side": Sheet(
        sheet(
            grid("""
             |  | Q3 2026 |  |  | Q4 2026 |  |
            Objective | Key Result | Target | Actual | Score | Target | Actual | Score
            Win the mid-market | 30 new accounts | 10 | 10 | 1 | 30 | 15 |
            Win the mid-market | 5 partners | 2 | 1 | 0.5 | 5 | 1 |
            Ship on time | 12 releases | 3 | 3 | 1 | 12 | 9 |
            """),
            locale="en_US",
        ),
        {"Win the mid-market": {"30 new accounts": 0.5, "5 partners": 0.2}, "Ship on time": {"12 releases": 0.75}},
        {"30 new accounts": "H3"},
    ),
    "key results side by side": Sheet(
        sheet(
            grid("""
            Nhân viên | Mục tiêu | KR1 | Chỉ tiêu KR1 | Hiện tại KR1 | KR2 | Chỉ tiêu KR2 | Hiện tại KR2
            Lan | Phục vụ tốt hơn | Gọi 100 khách | 100 | 50 | Trả lời 20 thư | 20 | 5
            Minh | Bán nhiều hơn | Ký 4 đơn | 4 | 3 |  |  |
            """)
        ),
        {"Phục vụ tốt hơn": {"Gọi 100 khách": 0.5, "Trả lời 20 thư": 0.25}, "Bán nhiều hơn": {"Ký 4 đơn": 0.75}},
    ),
    "two tabs and a check-in log": Sheet(
        sheet(
            grid(
                """
                objective_id | objective | team | quarter
                OB-1 | Faster support | Support | Q4 2026
                OB-2 | Happier staff | HR | Q4 2026
                """,
                "Objectives",
                1,
            ),
            grid(
                """
                kr_id | objective_id | key_result | start_value | target_value | score
                KR-1 | OB-1 | First answer in 2 hours | 10 | 2 |
                KR-2 | OB-2 | eNPS of 40 | 20 | 40 |
                """,
                "KRs",
                2,
            ),
            grid(
                """
                kr_id | date | value | comment
                KR-1 | 2026-10-05 | 8 | slow
                KR-1 | 2026-11-05 | 6 | better
                KR-2 | 2026-11-01 | 25 | fine
                """,
                "Check-ins",
                3,
            ),
            locale="en_US",
        ),
        {"Faster support": {"First answer in 2 hours": 0.5}, "Happier staff": {"eNPS of 40": 0.25}},
        {"eNPS of 40": "F3"},
    ),
    "two tables on one tab": Sheet(
        sheet(
            grid("""
            Mục tiêu | Kết quả then chốt | Chỉ tiêu | Hiện tại | Điểm
            Vận hành gọn | Giảm 5 bước | 5 | 4 |
             | Viết 10 quy trình | 10 | 1 |
            |
            Mục tiêu | Kết quả then chốt | Chỉ tiêu | Hiện tại | Điểm
            Học không ngừng | Đọc 12 cuốn | 12 | 6 |
            """)
        ),
        {"Vận hành gọn": {"Giảm 5 bước": None, "Viết 10 quy trình": 0.1}, "Học không ngừng": {"Đọc 12 cuốn": 0.5}},
        {"Đọc 12 cuốn": "E6"},
    ),
    "another table and a total below": Sheet(
        sheet(
            grid("""
            Objective | Key result | Weight | Target | Current | Score
            Cut waste | Recycle 60 tons | 2 | 60 | 30 |
            Cut waste | 10 audits | 1 | 10 | 2 |
            Total |  | 3 |  |  |
            |
            Open risks
            Risk | Who | Due date | Status
            Strike | Ann | June | open
            Flood | Bob | July | open
            """),
            locale="en_US",
        ),
        {"Cut waste": {"Recycle 60 tons": 0.5, "10 audits": 0.2}},
        {"10 audits": "F3"},
    ),
    "an objective above its table, Spanish": Sheet(
        sheet(
            grid("""
            Objetivo: Ser la tienda preferida de la ciudad
            Responsable: Marta
            |
            Resultado clave | Línea base | Meta | Actual | % Avance
            Abrir 4 tiendas | 0 | 4 | 1 | 0.25
            Bajar quejas a 10 | 50 | 10 | 30 | 0.5
            """),
            locale="es_ES",
        ),
        {"Ser la tienda preferida de la ciudad": {"Abrir 4 tiendas": 0.25, "Bajar quejas a 10": 0.5}},
        {"Abrir 4 tiendas": "E5"},
    ),
    "a block for each person": Sheet(
        sheet(
            grid("""
            Họ tên: Lan
            Mục tiêu | Kết quả then chốt | Chỉ tiêu | Hiện tại | Điểm
            Bán giỏi | Gọi 100 khách | 100 | 50 |
            |
            Họ tên: Minh
            Mục tiêu | Kết quả then chốt | Chỉ tiêu | Hiện tại | Điểm
            Phục vụ tốt | Trả lời 100 thư | 100 | 70 |
            """)
        ),
        {"Bán giỏi": {"Gọi 100 khách": 0.5}, "Phục vụ tốt": {"Trả lời 100 thư": 0.7}},
        {"Trả lời 100 thư": "E7"},
    ),
    "a labelled objective above each block": Sheet(
        sheet(
            grid("""
            OKR QUÝ 4
            Mục tiêu 1: Tăng trưởng bền vững
            STT | Kết quả then chốt | Chỉ tiêu | Hiện tại | Điểm
            1 | Doanh thu 10 tỷ | 10 | 5 |
            2 | 100 khách mới | 100 | 20 |
            |
            Mục tiêu 2: Đội ngũ mạnh
            STT | Kết quả then chốt | Chỉ tiêu | Hiện tại | Điểm
            1 | Tuyển 5 người | 5 | 4 |
            """)
        ),
        {
            "Tăng trưởng bền vững": {"Doanh thu 10 tỷ": 0.5, "100 khách mới": 0.2},
            "Đội ngũ mạnh": {"Tuyển 5 người": 0.8},
        },
        {"Tuyển 5 người": "E9"},
    ),
    "groups of columns under KR 1 and KR 2": Sheet(
        sheet(
            grid("""
            Mục tiêu | Phụ trách | KR 1 |  |  | KR 2 |  |
             |  | Nội dung | Chỉ tiêu | Thực đạt | Nội dung | Chỉ tiêu | Thực đạt
            Tăng doanh thu | Lan | Ký hợp đồng | 10 | 5 | Gặp khách hàng | 20 | 5
            Giảm chi phí | Minh | Cắt giảm bước | 4 | 4 |  |  |
            """)
        ),
        {
            "Tăng doanh thu": {"Ký hợp đồng": 0.5, "Gặp khách hàng": 0.25},
            "Giảm chi phí": {"Cắt giảm bước": None},
        },
    ),
    "signatures and a remark below": Sheet(
        sheet(
            grid("""
            Mục tiêu | Kết quả then chốt | Chỉ tiêu | Hiện tại | Điểm
            Tăng trưởng | Khách hàng mới | 10 | 5 |
             | Doanh thu tháng | 100 | 20 |
            * Cập nhật mỗi thứ Sáu hằng tuần trước 17 giờ
            |
            Người lập |  | Trưởng phòng
            Lan |  | Minh
            """)
        ),
        {"Tăng trưởng": {"Khách hàng mới": 0.5, "Doanh thu tháng": 0.2}},
        {"Doanh thu tháng": "E3"},
    ),
    "objectives and key results on two tabs, joined by text": Sheet(
        sheet(
            grid(
                """
                Mục tiêu | Chủ sở hữu | Cấp | Điểm
                Tăng trưởng | Lan | Công ty |
                Gọn nhẹ | Minh | Phòng ban |
                """,
                "Mục tiêu",
                1,
            ),
            grid(
                """
                Mục tiêu | Kết quả then chốt | Ban đầu | Chỉ tiêu | Hiện tại | Điểm
                Tăng trưởng | 100 khách | 0 | 100 | 20 |
                Gọn nhẹ | 5 bước | 10 | 5 | 7 |
                Tăng trưởng | 3 tỷ | 0 | 3 | 3 |
                """,
                "Kết quả then chốt",
                2,
            ),
        ),
        {"Tăng trưởng": {"100 khách": 0.2, "3 tỷ": 1.0}, "Gọn nhẹ": {"5 bước": 0.6}},
        {"5 bước": "F3"},
    ),
}
