"""Invented sheets in which formulas, colours and lines above tell what a row is, in the shape of `sheets`."""

from tests.inspect.sheets import Sheet, sheet
from tests.support.grids import grid

OUTLINED: dict[str, Sheet] = {
    "averages name the key results of an objective, and the total of all": Sheet(
        sheet(
            grid("""
            Item | Owner | Start | Target | Current | %
            Grow the business | Ann | | | | =AVERAGE(F3:F4) → 0.5
            Revenue | Bob | 0 | 100 | 60 | =E3/D3 → 0.6
            Customers | Cid | 0 | 50 | 20 | =E4/D4 → 0.4
            Please our users | Dan | | | | =AVERAGE(F6:F7) → 0.35
            Net promoter score | Eve | 0 | 60 | 30 | =E6/D6 → 0.5
            Reviews | Fay | 0 | 100 | 20 | =E7/D7 → 0.2
            The whole company | | | | | =AVERAGE(F2,F5) → 0.425
            """),
            locale="en_US",
        ),
        {
            "Grow the business": {"Revenue": 0.6, "Customers": 0.4},
            "Please our users": {"Net promoter score": 0.5, "Reviews": 0.2},
        },
        {"Revenue": "F3", "Reviews": "F7"},
    ),
    "weighted sums, and a total at the end": Sheet(
        sheet(
            grid("""
            Nội dung | Trọng số | Kế hoạch | Kết quả | Hoàn thành
            Phát triển thị trường miền Trung | | | | =SUMPRODUCT(B3:B4,E3:E4) → 0.44
            Đại lý mới ký hợp đồng | 0.6 | 20 | 8 | =D3/C3 → 0.4
            Doanh số vùng (tỷ) | 0.4 | 50 | 25 | =D4/C4 → 0.5
            Đội ngũ bán hàng chuyên nghiệp | | | | =SUMPRODUCT(B6:B7,E6:E7) → 0.8
            Nhân viên qua đào tạo | 0.5 | 30 | 27 | =D6/C6 → 0.9
            Buổi huấn luyện tại chỗ | 0.5 | 10 | 7 | =D7/C7 → 0.7
            TỔNG CỘNG | | | | =AVERAGE(E2,E5) → 0.62
            """)
        ),
        {
            "Phát triển thị trường miền Trung": {"Đại lý mới ký hợp đồng": 0.4, "Doanh số vùng (tỷ)": 0.5},
            "Đội ngũ bán hàng chuyên nghiệp": {"Nhân viên qua đào tạo": 0.9, "Buổi huấn luyện tại chỗ": 0.7},
        },
        {"Đại lý mới ký hợp đồng": "E3", "Buổi huấn luyện tại chỗ": "E7"},
    ),
    "nothing but a colour": Sheet(
        sheet(
            grid(
                """
                Tên | Chỉ tiêu | Hiện tại
                Khách hàng tin yêu thương hiệu [#f9cb9c] | 100 | 60
                Điểm giới thiệu | 60 | 45
                Khiếu nại được xử lý | 100 | 80
                Vận hành tinh gọn [#f9cb9c] | 100 | 50
                Số quy trình chuẩn hoá | 12 | 6
                """,
                "OKR Q4",
            )
        ),
        {
            "Khách hàng tin yêu thương hiệu": {"Điểm giới thiệu": 0.75, "Khiếu nại được xử lý": 0.8},
            "Vận hành tinh gọn": {"Số quy trình chuẩn hoá": 0.5},
        },
    ),
    "departments in lines above their objectives": Sheet(
        sheet(
            grid("""
            Key Result | Target | Actual
            SALES DEPARTMENT | |
            Grow faster than the market | |
            New customers | 100 | 40
            Average order ($) | 50 | 45
            SUPPORT DEPARTMENT | |
            Answer before they ask again | |
            First replies within the hour (%) | 90 | 45
            """),
            locale="en_US",
        ),
        {
            "Grow faster than the market": {"New customers": 0.4, "Average order ($)": 0.9},
            "Answer before they ask again": {"First replies within the hour (%)": 0.5},
        },
    ),
    "blocks below a label with its objective in the next cell": Sheet(
        sheet(
            grid("""
            OKRs do time de Produto | | | | |
            |
            Objetivo 1 | Encantar os clientes | | | |
            KR | Responsável | Inicial | Meta | Atual | %
            NPS | Ana | 30 | 60 | 45 | 50%%
            Tempo de resposta (h) | Rui | 8 | 2 | 5 | 50%%
            |
            Objetivo 2 | Crescer com eficiência | | | |
            KR | Responsável | Inicial | Meta | Atual | %
            Receita (mil) | Lia | 100 | 200 | 120 | 20%%
            """),
            locale="pt_BR",
        ),
        {
            "Encantar os clientes": {"NPS": 0.5, "Tempo de resposta (h)": 0.5},
            "Crescer com eficiência": {"Receita (mil)": 0.2},
        },
        {"NPS": "F5", "Receita (mil)": "F10"},
    ),
    "an owner for each key result of a block": Sheet(
        sheet(
            grid("""
            Objective 1: Grow sales | | |
            Key Result | Target | Current | Owner
            Revenue | 100 | 80 | Mai
            Customers | 40 | 10 | An
            |
            Objective 2: Happy users | | |
            Key Result | Target | Current | Owner
            NPS | 50 | 25 | Chi
            Tickets | 10 | 10 | Mai
            """),
            locale="en_US",
        ),
        {"Grow sales": {"Revenue": 0.8, "Customers": 0.25}, "Happy users": {"NPS": 0.5, "Tickets": 1.0}},
    ),
    "grades of ten show what start, target and value are": Sheet(
        sheet(
            grid("""
            Objectifs | Résultats clés | Zéro | Cent | Ici | Note
            Être la référence du marché | Part de marché (%) | 10 | 20 | 15 | 5
             | Articles de presse | 0 | 40 | 32 | 8
            Recruter les meilleurs | Candidatures reçues | 0 | 500 | 100 | 2
            """),
            locale="fr_FR",
        ),
        {
            "Être la référence du marché": {"Part de marché (%)": 0.5, "Articles de presse": 0.8},
            "Recruter les meilleurs": {"Candidatures reçues": 0.2},
        },
        {"Part de marché (%)": "F2", "Candidatures reçues": "F4"},
    ),
    "of a committed target and a stretch, the scores show which one counts": Sheet(
        sheet(
            grid("""
            Objective | Key Result | Committed | Aspirational | Actual | Score
            Win the mid-market | New logos | 20 | 30 | 15 | 0.5
            Win the mid-market | Pipeline ($k) | 800 | 1000 | 500 | 0.5
            Delight users | Satisfied users (%) | 80 | 95 | 76 | 0.8
            """),
            locale="en_US",
        ),
        {
            "Win the mid-market": {"New logos": 0.5, "Pipeline ($k)": 0.5},
            "Delight users": {"Satisfied users (%)": 0.8},
        },
        {"New logos": "F2", "Satisfied users (%)": "F4"},
    ),
    "without scores the committed target counts": Sheet(
        sheet(
            grid("""
            Mục tiêu | Kết quả then chốt | Cam kết | Thách thức | Thực hiện
            Tăng trưởng doanh thu | Doanh thu thuần | 100 | 120 | 60
             | Khách hàng mới | 40 | 50 | 20
            Nâng cao chất lượng | Điểm hài lòng | 8 | 9 | 6
            """)
        ),
        {
            "Tăng trưởng doanh thu": {"Doanh thu thuần": 0.6, "Khách hàng mới": 0.5},
            "Nâng cao chất lượng": {"Điểm hài lòng": 0.75},
        },
    ),
    "the same quarter of two years": Sheet(
        sheet(
            grid("""
            Năm | Quý | Mục tiêu | Kết quả then chốt | Chỉ tiêu | Hiện tại
            2025 | 4 | Mở rộng kênh bán | Đại lý mới | 10 | 10
            2026 | 4 | Mở rộng kênh bán lẻ | Đại lý mới | 20 | 5
            """)
        ),
        {"Mở rộng kênh bán": {"Đại lý mới": 1.0}, "Mở rộng kênh bán lẻ": {"Đại lý mới": 0.25}},
    ),
}
