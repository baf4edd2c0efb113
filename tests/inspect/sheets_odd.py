"""Harder invented sheets: what people add to, leave out of and mix into their OKRs, in the shape of `sheets`."""

from tests.inspect.sheets import Sheet, sheet
from tests.support.grids import grid

ODD: dict[str, Sheet] = {
    "Roman sections, numbered key results, targets as text": Sheet(
        sheet(
            grid("""
            TỔNG CÔNG TY AN PHÁT
            KẾ HOẠCH OKRs QUÝ 4 NĂM 2026
            Bộ phận: Kho vận
            TT | Mục tiêu/Kết quả then chốt | ĐVT | Chỉ tiêu | Thực hiện | Tỷ lệ HT | Ghi chú
            I | Kho bãi gọn gàng, an toàn | | | | |
            1 | Số vụ mất an toàn | vụ | ≤ 2 | 1 | |
            2 | Hàng kiểm kê khớp sổ | % | 98% | 49% | |
            II | Giao hàng đúng hẹn | | | | |
            1 | Chuyến đúng giờ | chuyến | '1.200 | '300 | | thiếu xe
            2 | Phản hồi khiếu nại | vụ | 40 | 30 | |
            TỔNG | | | | | |
            """)
        ),
        {
            "Kho bãi gọn gàng, an toàn": {"Số vụ mất an toàn": 1.0, "Hàng kiểm kê khớp sổ": 0.5},
            "Giao hàng đúng hẹn": {"Chuyến đúng giờ": 0.25, "Phản hồi khiếu nại": 0.75},
        },
        {"Chuyến đúng giờ": "F9"},
    ),
    "objective and key result codes beside both texts": Sheet(
        sheet(
            grid("""
            O# | Objective | KR# | Key Result | Metric | Owner email | Baseline | Q4 Target | Latest | % Achieved | RAG
            O1 | Lower churn | KR1 | Enterprise churn | % | jo@saas.com | 8 | 4 | 6 | | Amber
            O1 | Lower churn | KR2 | Health checks held | # | li@saas.com | 0 | 60 | 45 | | Green
            O2 | Raise prices fairly | KR1 | Accounts migrated | # | jo@saas.com | 0 | 500 | 100 | | Red
            """),
            locale="en_US",
        ),
        {
            "Lower churn": {"Enterprise churn": 0.5, "Health checks held": 0.75},
            "Raise prices fairly": {"Accounts migrated": 0.2},
        },
        {"Health checks held": "J3"},
    ),
    "English months side by side": Sheet(
        sheet(
            grid("""
            Objective | Key Result | Target | Oct | Nov | Dec | Score
            Healthy pipeline | Qualified leads | 400 | 80 | 200 | | 0.5
            Healthy pipeline | Partner deals | 10 | 1 | 2 | | 0.2
            Strong brand | Press mentions | 40 | 4 | 10 | | 0.25
            """),
            locale="en_US",
        ),
        {"Healthy pipeline": {"Qualified leads": 0.5, "Partner deals": 0.2}, "Strong brand": {"Press mentions": 0.25}},
        {"Partner deals": "G3"},
    ),
    "Tháng 10 to Tháng 12 under a merged group": Sheet(
        sheet(
            grid("""
            OKR QUÝ 4/2026
            Mục tiêu | Kết quả then chốt | Chỉ tiêu | Kết quả thực hiện | | | % Hoàn thành
            ^ | ^ | ^ | Tháng 10 | Tháng 11 | Tháng 12 | ^
            Bếp ăn ngon | Suất ăn đạt chuẩn | 400 | 100 | 200 | |
             | Món mới | 20 | 2 | 5 | |
            Bếp sạch | Lần kiểm tra đạt | 10 | 3 | 8 | |
            """)
        ),
        {"Bếp ăn ngon": {"Suất ăn đạt chuẩn": 0.5, "Món mới": 0.25}, "Bếp sạch": {"Lần kiểm tra đạt": 0.8}},
        {"Món mới": "G5"},
    ),
    "objectives above each group of rows, the word in its own column": Sheet(
        sheet(
            grid("""
            OKR - Nhóm Thiết kế - Q4/2026
            | Nội dung | Chỉ tiêu | Đã đạt | Tiến độ
            Mục tiêu 1 | Sản phẩm đẹp và dễ dùng | | | 38%%
            KR 1 | Màn hình được thử với người dùng | 40 | 20 | 50%%
            KR 2 | Lỗi giao diện được sửa | 80 | 20 | 25%%
            Mục tiêu 2 | Hệ thống thiết kế chung | | | 50%%
            KR 1 | Thành phần dùng lại | 60 | 30 | 50%%
            """)
        ),
        {
            "Sản phẩm đẹp và dễ dùng": {"Màn hình được thử với người dùng": 0.5, "Lỗi giao diện được sửa": 0.25},
            "Hệ thống thiết kế chung": {"Thành phần dùng lại": 0.5},
        },
        {"Thành phần dùng lại": "E7"},
    ),
    "two teams on two tabs, a dashboard of totals and a guide": Sheet(
        sheet(
            grid(
                """
                Hướng dẫn sử dụng
                1. Mỗi phòng có tối đa 3 mục tiêu
                2. Mỗi mục tiêu có 3 đến 5 kết quả then chốt
                3. Cập nhật vào thứ Sáu
                """,
                "README",
                1,
            ),
            grid(
                """
                Phòng | Số mục tiêu | Số KR | Tiến độ trung bình
                Kinh doanh | 1 | 2 | 38%%
                Nhân sự | 1 | 1 | 80%%
                """,
                "Tổng hợp",
                2,
            ),
            grid(
                """
                Mục tiêu | KR | Người chịu trách nhiệm | Chỉ tiêu | Hiện tại | % HT
                Bán hàng khắp cả nước | Tỉnh có đại lý | Sơn | 40 | 20 | 50%%
                 | Đơn hàng từ tỉnh | Vy | 800 | 200 | 25%%
                """,
                "Kinh doanh",
                3,
            ),
            grid(
                """
                Mục tiêu | KR | Người chịu trách nhiệm | Chỉ tiêu | Hiện tại | % HT
                Đội ngũ vững vàng | Buổi đào tạo | Tú | 10 | 8 | 80%%
                """,
                "Nhân sự",
                4,
            ),
        ),
        {
            "Bán hàng khắp cả nước": {"Tỉnh có đại lý": 0.5, "Đơn hàng từ tỉnh": 0.25},
            "Đội ngũ vững vàng": {"Buổi đào tạo": 0.8},
        },
        {"Tỉnh có đại lý": "F2"},
    ),
    "yes and no, a milestone, money and hours in one table": Sheet(
        sheet(
            grid("""
            Objective | Measure of success | Unit | Start | Target | Actual | Achievement
            Launch in Brazil | Entity registered | yes/no | No | Yes | Yes |
            Launch in Brazil | First revenue | USD | $0 | $200K | $50K |
            Support around the clock | First response | hours | 12h | 4h | 8h |
            """),
            locale="en_US",
        ),
        {
            "Launch in Brazil": {"Entity registered": 1.0, "First revenue": 0.25},
            "Support around the clock": {"First response": 0.5},
        },
        {"First revenue": "G3"},
    ),
    "committed and aspirational, weights, formulas for scores": Sheet(
        sheet(
            grid("""
            Objective | Type | Key Result | Weight | Baseline | Target | Current | Score | Weighted score
            Be the safest airline | Committed | Audits passed | 60%% | 0 | 20 | 10 | =G2/F2 → 0.5 | =H2*D2 → 0.3
            Be the safest airline | Committed | Near misses | 40%% | 40 | 20 | 35 | =1 → 0.25 | =H3*D3 → 0.1
            Fly full planes | Aspirational | Seats sold | 100%% | 0 | 90 | 72 | =G4/F4 → 0.8 | =H4*D4 → 0.8
            """),
            locale="en_US",
        ),
        {
            "Be the safest airline": {"Audits passed": 0.5, "Near misses": 0.25},
            "Fly full planes": {"Seats sold": 0.8},
        },
        {"Seats sold": "H4"},
    ),
    "objective texts with O1. and merged rows, blank rows between": Sheet(
        sheet(
            grid("""
            OKR Phòng Tài chính - Kế toán | | | | | | Cập nhật: 20/11/2026
            |
            OKR | | Owner | Target | Result | %
            Objective | Key result | | | |
            O1. Sổ sách minh bạch | KR1. Báo cáo đúng hạn | Hà | 12 | 9 | 75%%
            ^ | KR2. Bút toán sai sót | Hà | 40 | 20 | 50%%
            |
            O2. Dòng tiền khoẻ | KR1. Công nợ thu hồi | Phú | 800 | 200 | 25%%
            """)
        ),
        {
            "O1. Sổ sách minh bạch": {"KR1. Báo cáo đúng hạn": 0.75, "KR2. Bút toán sai sót": 0.5},
            "O2. Dòng tiền khoẻ": {"KR1. Công nợ thu hồi": 0.25},
        },
        {"KR1. Công nợ thu hồi": "F8"},
    ),
    "KR rows under an Objective column, key results numbered": Sheet(
        sheet(
            grid("""
            Empresa: Café do Vale
            Trimestre: Q4 2026
            |
            Objetivo | KR | Métrica | Dono | Inicial | Meta | Realizado | Progresso
            1. Dobrar as vendas online | 1.1 Pedidos por mês | pedidos | Rui | 100 | 300 | 150 |
             | 1.2 Taxa de conversão | % | Rui | '1,5% | '3,5% | '2,5% |
            2. Clientes fiéis | 2.1 Assinantes ativos | pessoas | Lia | 0 | 500 | 400 |
            """),
            locale="pt_BR",
        ),
        {
            "1. Dobrar as vendas online": {"1.1 Pedidos por mês": 0.25, "1.2 Taxa de conversão": 0.5},
            "2. Clientes fiéis": {"2.1 Assinantes ativos": 0.8},
        },
        {"2.1 Assinantes ativos": "H7"},
    ),
    "Kết quả for the result, Kết quả then chốt for the text, no accents": Sheet(
        sheet(
            grid("""
            STT | Muc tieu | Ket qua then chot | Muc tieu | Ket qua | Tien do (%) | Tu tin
            1 | Chuoi cung ung vung | Nha cung cap moi | 20 | 5 | 25 | 7/10
            2 | Chuoi cung ung vung | Don giao tre | 10 | 5 | 50 | 5/10
            3 | Gia tot | Hop dong khung | 8 | 6 | 75 | 8/10
            """)
        ),
        {
            "Chuoi cung ung vung": {"Nha cung cap moi": 0.25, "Don giao tre": 0.5},
            "Gia tot": {"Hop dong khung": 0.75},
        },
        {"Hop dong khung": "F4"},
    ),
    "an objective block with its own lines, repeated down the tab": Sheet(
        sheet(
            grid("""
            Objective 1: | Make support a reason to buy
            Owner: | Dana
            Key Results | Start | Target | Current | Score
            Tickets solved at first contact | 0 | 400 | 200 |
            Articles published | 0 | 40 | 10 |
            |
            Objective 2: | Keep the team healthy
            Owner: | Omar
            Key Results | Start | Target | Current | Score
            Overtime hours | 100 | 20 | 40 |
            """),
            locale="en_US",
        ),
        {
            "Make support a reason to buy": {"Tickets solved at first contact": 0.5, "Articles published": 0.25},
            "Keep the team healthy": {"Overtime hours": 0.75},
        },
        {"Overtime hours": "E10"},
    ),
}
