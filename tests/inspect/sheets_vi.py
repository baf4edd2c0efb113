"""More invented sheets of Vietnamese companies, in the shape of `sheets`."""

from tests.inspect.sheets import Sheet, sheet
from tests.support.grids import grid

VIETNAMESE: dict[str, Sheet] = {
    "Mục tiêu is the target, codes O1.KR2": Sheet(
        sheet(
            grid("""
            BẢNG THEO DÕI OKR
            Phòng: Marketing
            Kỳ: | Quý 4/2026
            |
            Mã | Nội dung | Đơn vị tính | Mục tiêu | Thực hiện | Tiến độ
            O1 | Xây dựng thương hiệu được tin yêu |  |  |  |
            O1.KR1 | Lượt theo dõi fanpage | người | 20000 | 5000 | 25%%
            O1.KR2 | Bài viết trên báo lớn | bài | 8 | 4 | 50%%
            O2 | Có khách hàng đều đặn |  |  |  |
            O2.KR1 | Khách hàng đủ chuẩn | lead | 400 | 100 |
            O2.KR2 | Buổi hội thảo cùng đối tác | buổi | 4 |  |
            """)
        ),
        {
            "Xây dựng thương hiệu được tin yêu": {"Lượt theo dõi fanpage": 0.25, "Bài viết trên báo lớn": 0.5},
            "Có khách hàng đều đặn": {"Khách hàng đủ chuẩn": 0.25, "Buổi hội thảo cùng đối tác": None},
        },
        {"Lượt theo dõi fanpage": "F7", "Khách hàng đủ chuẩn": "F10"},
    ),
    "% hoàn thành typed, objectives merged": Sheet(
        sheet(
            grid("""
            CÔNG TY TNHH MINH LONG
            OKR QUÝ IV NĂM 2026
            STT | Objective | Key Results | PIC | Deadline | % hoàn thành | Ghi chú
            1 | Giao hàng nhanh nhất khu vực | Mở kho Bình Dương | Hùng | 30/11/2026 | 80 | chờ giấy phép
            2 | ^ | Thuê thêm đội xe tải | Hùng | 15/12/2026 | 45 |
            3 | ^ | Ký với đơn vị vận chuyển | Nga | 31/12/2026 | 0 |
            4 | Nhân viên gắn bó | Lộ trình nghề nghiệp cho mọi vị trí | Thảo | 31/12/2026 | 100 |
            """)
        ),
        {
            "Giao hàng nhanh nhất khu vực": {
                "Mở kho Bình Dương": 0.8,
                "Thuê thêm đội xe tải": 0.45,
                "Ký với đơn vị vận chuyển": 0.0,
            },
            "Nhân viên gắn bó": {"Lộ trình nghề nghiệp cho mọi vị trí": 1.0},
        },
    ),
    "Từ and Đến": Sheet(
        sheet(
            grid("""
            Mục tiêu | Kết quả chính | Từ | Đến | Hiện tại | % đạt | Người phụ trách
            Khách hàng quay lại | Tỷ lệ mua lại | 20%% | 40%% | 25%% |  | lan.nguyen@congty.vn
             | Điểm hài lòng | 3.5 | 4.5 | 4 |  | minh.tran@congty.vn
            Vận hành tinh gọn | Thời gian xử lý đơn (phút) | 60 | 20 | 30 |  | lan.nguyen@congty.vn
            """)
        ),
        {
            "Khách hàng quay lại": {"Tỷ lệ mua lại": 0.25, "Điểm hài lòng": 0.5},
            "Vận hành tinh gọn": {"Thời gian xử lý đơn (phút)": 0.75},
        },
        {"Tỷ lệ mua lại": "F2", "Thời gian xử lý đơn (phút)": "F4"},
    ),
    "months T1 to T12 side by side": Sheet(
        sheet(
            grid("""
            OKR NĂM 2026 - KHỐI SẢN XUẤT
            Mục tiêu | KR | Chỉ tiêu năm | T1 | T2 | T3 | T4 | T5 | T6 | T7 | T8 | T9 | T10 | T11 | T12 | Tỷ lệ đạt
            Nhà máy không lỗi | Sản lượng đạt chuẩn | 1000 | 50 | 90 | 120 | 200 | 250 |  |  |  |  |  |  |  |
             | Cải tiến được áp dụng | 40 | 2 | 4 | 5 | 8 |  |  |  |  |  |  |  |  |
            Thợ giỏi nghề | Thợ có chứng chỉ | 60 | 10 | 12 | 15 | 20 | 30 |  |  |  |  |  |  |  |
            """)
        ),
        {
            "Nhà máy không lỗi": {"Sản lượng đạt chuẩn": 0.25, "Cải tiến được áp dụng": 0.2},
            "Thợ giỏi nghề": {"Thợ có chứng chỉ": 0.5},
        },
        {"Sản lượng đạt chuẩn": "P3"},
    ),
    "a header in two rows with merged groups": Sheet(
        sheet(
            grid("""
            STT | Mục tiêu (O) | Kết quả then chốt (KR) | Đo lường |  |  |  | Đánh giá |
            ^ | ^ | ^ | Đơn vị | Đầu kỳ | Mục tiêu | Hiện tại | Điểm | Ghi chú
            1 | Dạy học lấy người học làm gốc | Học viên hoàn thành khoá | % | 40 | 80 | 60 |  | tốt
            2 |  | Giờ thực hành mỗi khoá | giờ | 10 | 30 | 15 |  |
            3 | Giảng viên hạnh phúc | Giảng viên ở lại | người | 0 | 20 | 16 |  |
            """)
        ),
        {
            "Dạy học lấy người học làm gốc": {"Học viên hoàn thành khoá": 0.5, "Giờ thực hành mỗi khoá": 0.25},
            "Giảng viên hạnh phúc": {"Giảng viên ở lại": 0.8},
        },
        {"Học viên hoàn thành khoá": "H3", "Giảng viên ở lại": "H5"},
    ),
    "1,5 tỷ and 45% as text in an American spreadsheet": Sheet(
        sheet(
            grid("""
            Mục tiêu | Kết quả then chốt | Mục tiêu cần đạt | Thực tế | Tiến độ | Owner
            Tăng trưởng đột phá | Doanh thu kênh online | 1,5 tỷ | 750 triệu |  | hoa@shop.vn
            Tăng trưởng đột phá | Biên lợi nhuận gộp | '45% | '36% |  | hoa@shop.vn
            Khách hàng là bạn | Khách quay lại | '2.000 khách | '500 khách |  | tam@shop.vn
            """),
            locale="en_US",
        ),
        {
            "Tăng trưởng đột phá": {"Doanh thu kênh online": 0.5, "Biên lợi nhuận gộp": 0.8},
            "Khách hàng là bạn": {"Khách quay lại": 0.25},
        },
        {"Doanh thu kênh online": "E2"},
    ),
    "a personal form with sections, totals and a legend": Sheet(
        sheet(
            grid("""
            OKR CÁ NHÂN
            Họ và tên: | Trần Thị Mai
            Phòng ban: | Chăm sóc khách hàng
            Kỳ đánh giá: | Q4/2026
            |
            TT | Kết quả then chốt | Trọng số | Chỉ tiêu | Kết quả đạt được | Tỷ lệ hoàn thành
            Mục tiêu 1: Khách hàng được lắng nghe
            1 | Cuộc gọi chăm sóc | 60%% | 200 | 100 | 50%%
            2 | Phản hồi trong ngày | 40%% | 50 | 40 | 80%%
            Mục tiêu 2: Giỏi nghề hơn mỗi ngày
            1 | Khoá học hoàn thành | 100%% | 4 | 1 | 25%%
            Tổng cộng |  |  |  |  | 48%%
            |
            Chú thích:
            Dưới 40% | Cần cố gắng
            Từ 40% đến 70% | Đạt
            Trên 70% | Xuất sắc
            """)
        ),
        {
            "Mục tiêu 1: Khách hàng được lắng nghe": {"Cuộc gọi chăm sóc": 0.5, "Phản hồi trong ngày": 0.8},
            "Mục tiêu 2: Giỏi nghề hơn mỗi ngày": {"Khoá học hoàn thành": 0.25},
        },
        {"Cuộc gọi chăm sóc": "F8", "Khoá học hoàn thành": "F11"},
    ),
    "a template tab beside the tab in use": Sheet(
        sheet(
            grid(
                """
                Mục tiêu | Kết quả then chốt | Chỉ tiêu | Hiện tại | Điểm
                Ví dụ: Trở thành nơi làm việc tốt | Ví dụ: Đạt eNPS | 40 | 20 |
                 | Ví dụ: Tỷ lệ nghỉ việc | 10 | 5 |
                """,
                "Mẫu",
                1,
            ),
            grid(
                """
                Mục tiêu | Kết quả then chốt | Chỉ tiêu | Hiện tại | Điểm
                Phần mềm chạy êm | Giờ không gián đoạn | 700 | 350 |
                 | Lỗi đã sửa | 80 | 20 |
                """,
                "Phòng Kỹ thuật",
                2,
            ),
        ),
        {"Phần mềm chạy êm": {"Giờ không gián đoạn": 0.5, "Lỗi đã sửa": 0.25}},
        {"Lỗi đã sửa": "E3"},
    ),
    "last quarter's tab beside this quarter's": Sheet(
        sheet(
            grid(
                """
                Objective | Key Result | Chỉ tiêu | Kết quả | Điểm
                Mở rộng miền Trung | Đại lý mới | 20 | 20 | 1
                Mở rộng miền Trung | Doanh số tỉnh | 50 | 25 | 0.5
                """,
                "OKR Q3",
                1,
            ),
            grid(
                """
                Objective | Key Result | Chỉ tiêu | Kết quả | Điểm
                Mở rộng miền Bắc | Nhà phân phối | 10 | 2 |
                Mở rộng miền Bắc | Cửa hàng trưng bày | 5 | 4 |
                """,
                "OKR Q4",
                2,
            ),
        ),
        {
            "Mở rộng miền Trung": {"Đại lý mới": 1.0, "Doanh số tỉnh": 0.5},
            "Mở rộng miền Bắc": {"Nhà phân phối": 0.2, "Cửa hàng trưng bày": 0.8},
        },
        {"Nhà phân phối": "E2"},
    ),
    "key results by code and a check-in tab": Sheet(
        sheet(
            grid(
                """
                Mã KR | Mục tiêu | Kết quả chính | Ban đầu | Chỉ tiêu | Điểm
                KR01 | Tuyển đúng người | Kỹ sư vượt thử việc | 0 | 10 |
                KR02 | Tuyển đúng người | Ngày để tuyển một vị trí | 60 | 30 |
                """,
                "OKR",
                1,
            ),
            grid(
                """
                Ngày | Mã KR | Giá trị | Mức độ tự tin | Ghi chú | Người cập nhật
                2026-10-10 | KR01 | 2 | Xanh | | Lan
                2026-11-10 | KR01 | 4 | Vàng | chậm | Lan
                2026-11-12 | KR02 | 45 | Xanh | | Minh
                """,
                "Check-in hằng tuần",
                2,
            ),
        ),
        {"Tuyển đúng người": {"Kỹ sư vượt thử việc": 0.4, "Ngày để tuyển một vị trí": 0.5}},
        {"Kỹ sư vượt thử việc": "F2"},
    ),
}
