"""Invented sheets where what stands in the cells tells more than the headers, in the shape of `sheets`."""

from tests.inspect.sheets import Sheet, sheet
from tests.support.grids import grid

EVIDENCE: dict[str, Sheet] = {
    "current values below a header that says nothing": Sheet(
        sheet(
            grid("""
            Objective | Key Result | Champion | Start | Target | Wk47 reading | Score
            Cleaner rivers | Tons removed | Ida | 0 | 40 | 10 |
            Cleaner rivers | Volunteers | Per | 100 | 300 | 200 |
            Greener streets | Trees planted | Ida | 0 | 500 | 400 |
            """),
            locale="en_US",
        ),
        {"Cleaner rivers": {"Tons removed": 0.25, "Volunteers": 0.5}, "Greener streets": {"Trees planted": 0.8}},
        {"Volunteers": "G3"},
    ),
    "a column of difficulty before the target": Sheet(
        sheet(
            grid("""
            Mục tiêu | Kết quả then chốt | Độ khó | Chỉ tiêu | Hiện tại | Điểm
            Xanh | Cây trồng mới | 3 | 40 | 10 |
            Xanh | Rác tái chế | 2 | 80 | 40 |
            """),
        ),
        {"Xanh": {"Cây trồng mới": 0.25, "Rác tái chế": 0.5}},
        {"Cây trồng mới": "F2"},
    ),
    "values of Q1 to Q4 side by side, one annual target": Sheet(
        sheet(
            grid("""
            Objective | Key Result | Annual target | Q1 | Q2 | Q3 | Q4 | Progress
            Grow abroad | Stores opened | 40 | 4 | 10 | 20 | |
            Grow abroad | Export revenue (M) | 100 | 5 | 10 | 25 | |
            """),
            locale="en_US",
        ),
        {"Grow abroad": {"Stores opened": 0.5, "Export revenue (M)": 0.25}},
        {"Stores opened": "H2"},
    ),
    "a total above the table, a type column, scores by formula": Sheet(
        sheet(
            grid("""
            OKR DASHBOARD | | | | | |
            Overall progress | =1/2 → 0.5 | | | | |
            |
            ID | O/KR | Description | Assignee | Target | Actual | Progress
            O1 | O | Trusted by every parent | Mia | | | =AVERAGE(G6:G7) → 0.375
            KR1.1 | KR | Parents on the app | Ben | 400 | 200 | =F6/E6 → 0.5
            KR1.2 | KR | Replies within an hour | Zoe | 80 | 20 | =F7/E7 → 0.25
            O2 | O | Teachers who stay | Mia | | | =G9 → 0.75
            KR2.1 | KR | Teachers mentored | Ben | 40 | 30 | =F9/E9 → 0.75
            """),
            locale="en_US",
        ),
        {
            "Trusted by every parent": {"Parents on the app": 0.5, "Replies within an hour": 0.25},
            "Teachers who stay": {"Teachers mentored": 0.75},
        },
        {"Parents on the app": "G6"},
    ),
    "key results merged over the rows of their actions": Sheet(
        sheet(
            grid("""
            Mục tiêu | Kết quả then chốt | Chỉ tiêu | Hiện tại | Điểm | Hành động | Hạn
            Bán nhanh hơn | Đơn mỗi ngày | 40 | 20 | 0.5 | Thuê thêm người | 30/11/2026
            ^ | ^ | ^ | ^ | ^ | Đổi phần mềm | 15/12/2026
            ^ | Khách quay lại | 400 | 100 | 0.25 | Thẻ thành viên | 30/11/2026
            Kho gọn | Mã hàng thừa | 100 | 80 | 0.8 | Thanh lý | 30/11/2026
            ^ | ^ | ^ | ^ | ^ | Kiểm kê | 15/12/2026
            """),
        ),
        {"Bán nhanh hơn": {"Đơn mỗi ngày": 0.5, "Khách quay lại": 0.25}, "Kho gọn": {"Mã hàng thừa": 0.8}},
        {"Khách quay lại": "E4"},
    ),
    "from what to what in the text, current values in a column": Sheet(
        sheet(
            grid("""
            Objective | Key Result | Current | Progress
            Loved by users | Increase NPS from 30 to 50 | 40 |
            Loved by users | Reduce churn from 8% to 4% | '7% |
            Fast | Cut build time from 20 to 10 minutes | 15 |
            """),
            locale="en_US",
        ),
        {
            "Loved by users": {"Increase NPS from 30 to 50": 0.5, "Reduce churn from 8% to 4%": 0.25},
            "Fast": {"Cut build time from 20 to 10 minutes": 0.5},
        },
        {"Increase NPS from 30 to 50": "D2"},
    ),
    "headers with pictures": Sheet(
        sheet(
            grid("""
            🎯 Objective | 🔑 Key Result | 👤 Owner | 🏁 Target | 📈 Current | ✅ Progress
            Ship v2 | Beta users | Al | 40 | 20 | 50%%
            Ship v2 | Bugs closed | Bo | 80 | 20 | 25%%
            """),
            locale="en_US",
        ),
        {"Ship v2": {"Beta users": 0.5, "Bugs closed": 0.25}},
        {"Beta users": "F2"},
    ),
    "a score column known by its numbers only": Sheet(
        sheet(
            grid("""
            OKR PHÒNG KẾ TOÁN THÁNG 11
            STT | Mục tiêu | Kết quả then chốt | Kế hoạch | Thực hiện | % TH/KH | Đánh giá
            1 | Thu hồi công nợ | Khách trả đúng hạn | 40 | 30 | 75%% | Đạt
             |  | Nợ quá hạn thu về (triệu) | 800 | 400 | 50%% | Chưa đạt
            2 | Báo cáo nhanh | Báo cáo trước ngày 5 | 4 | 1 | 25%% | Chưa đạt
            """),
        ),
        {
            "Thu hồi công nợ": {"Khách trả đúng hạn": 0.75, "Nợ quá hạn thu về (triệu)": 0.5},
            "Báo cáo nhanh": {"Báo cáo trước ngày 5": 0.25},
        },
        {"Khách trả đúng hạn": "F3"},
    ),
    "section lines that begin with Objective:": Sheet(
        sheet(
            grid("""
            Key Result | Owner | Baseline | Target | Current | Score
            Objective: Win the enterprise | | | | |
            Logos signed | Al | 0 | 8 | 2 |
            Security reviews passed | Bo | 0 | 4 | 3 |
            Objective: Scale the team | | | | |
            Engineers hired | Cy | 10 | 30 | 20 |
            """),
            locale="en_US",
        ),
        {
            "Objective: Win the enterprise": {"Logos signed": 0.25, "Security reviews passed": 0.75},
            "Objective: Scale the team": {"Engineers hired": 0.5},
        },
        {"Logos signed": "F3"},
    ),
    "a block for each department, with its name above": Sheet(
        sheet(
            grid("""
            PHÒNG KỸ THUẬT | | | |
            Mục tiêu | Kết quả then chốt | Chỉ tiêu | Thực tế | Điểm
            Hệ thống ổn định | Máy chủ đã thay | 8 | 4 |
            |
            PHÒNG NHÂN SỰ | | | |
            Mục tiêu | Kết quả then chốt | Chỉ tiêu | Thực tế | Điểm
            Tuyển đúng người | Số kỹ sư tuyển được | 10 | 5 |
            """)
        ),
        {"Hệ thống ổn định": {"Máy chủ đã thay": 0.5}, "Tuyển đúng người": {"Số kỹ sư tuyển được": 0.5}},
        {"Số kỹ sư tuyển được": "E7"},
    ),
    "last year's result, two of which make a hundred": Sheet(
        sheet(
            grid("""
            Mục tiêu | KR | KQ 2025 | KH 2026 | TH 6 tháng
            Sản xuất xanh | Điện tái tạo (%) | 10 | 30 | 20
            Sản xuất xanh | Rác chôn lấp (tấn) | 90 | 40 | 60
            """)
        ),
        {"Sản xuất xanh": {"Điện tái tạo (%)": 0.5, "Rác chôn lấp (tấn)": 0.6}},
    ),
    "a target below a year, values below quarters": Sheet(
        sheet(
            grid("""
            Mục tiêu | Kết quả then chốt | Năm 2026 | Q1 | Q2 | Q3 | Q4
            Tăng thị phần | Số tỉnh có đại lý | 40 | 10 | 18 | 30 |
            Tăng thị phần | Doanh số | 200 | 30 | 80 | 150 |
            """)
        ),
        {"Tăng thị phần": {"Số tỉnh có đại lý": 0.75, "Doanh số": 0.75}},
    ),
}
