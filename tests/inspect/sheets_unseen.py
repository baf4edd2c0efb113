"""Invented sheets in the shape of `sheets`, drawn as people draw them and not as inspect would like them."""

from tests.inspect.sheets import Sheet, sheet
from tests.support.grids import grid

UNSEEN: dict[str, Sheet] = {
    "a header in row 6 and letters for objectives": Sheet(
        sheet(
            grid("""
            CÔNG TY CP MAY BÌNH MINH | | | | | |
            BẢNG THEO DÕI OKRs – XƯỞNG 2 | | | | | |
            Kỳ: Quý 4/2026 | | | | | |
            Người lập: Trần Thị Mai | | | | | |
            |
            TT | Nội dung OKRs | ĐVT | Số đầu kỳ | Số cam kết | Số thực hiện đến 15/11 | Ghi chú
            A | Giao hàng đúng hẹn cho khách Nhật | | | | |
            1 | Tỷ lệ đơn đúng hẹn | % | 80 | 96 | 92 | còn 2 đơn
            2 | Số đơn phải bay hàng không | đơn | 9 | 1 | 3 |
            B | Tay nghề công nhân vững | | | | |
            1 | Công nhân đạt bậc 4 | người | 40 | 80 | 50 |
            """)
        ),
        {
            "Giao hàng đúng hẹn cho khách Nhật": {"Tỷ lệ đơn đúng hẹn": 0.75, "Số đơn phải bay hàng không": 0.75},
            "Tay nghề công nhân vững": {"Công nhân đạt bậc 4": 0.25},
        },
    ),
    "months side by side and one yearly target": Sheet(
        sheet(
            grid("""
            Mục tiêu | Kết quả then chốt | Chỉ tiêu năm | T7 | T8 | T9 | T10 | % đạt
            Mở rộng chuỗi quán | Số quán mới | 20 | 3 | 6 | 10 | 15 |
            Mở rộng chuỗi quán | Doanh thu lũy kế (tỷ) | 80 | 10 | 22 | 40 | |
            Khách quay lại nhiều hơn | Thẻ thành viên | 4000 | 500 | 900 | 1000 | 3000 |
            """)
        ),
        {
            "Mở rộng chuỗi quán": {"Số quán mới": 0.75, "Doanh thu lũy kế (tỷ)": 0.5},
            "Khách quay lại nhiều hơn": {"Thẻ thành viên": 0.75},
        },
        {"Số quán mới": "H2"},
    ),
    "merged objectives, scores and their mean by formula": Sheet(
        sheet(
            grid("""
            Objective | KR | Baseline | Goal | Latest | Progress | O progress
            Painless onboarding | Days to first use | 20 | 5 | 11 | =(E2-C2)/(D2-C2) → 0.6 | =AVERAGE(F2:F3) → 0.55
            ^ | Customers live within a week | 0 | 40 | 20 | =(E3-C3)/(D3-C3) → 0.5 | ^
            A place to work | Applications per opening | 10 | 50 | 20 | =(E4-C4)/(D4-C4) → 0.25 | =AVERAGE(F4:F4) → 0.25
            """),
            locale="en_US",
        ),
        {
            "Painless onboarding": {"Days to first use": 0.6, "Customers live within a week": 0.5},
            "A place to work": {"Applications per opening": 0.25},
        },
        {"Customers live within a week": "F3"},
    ),
    "a tab for each person": Sheet(
        sheet(
            grid(
                """
                OKR cá nhân: Nguyễn Lan
                |
                Mục tiêu | Kết quả | Cần đạt | Đã đạt | Điểm
                Bán hàng chủ động | Gặp 40 khách mới | 40 | 30 |
                 | Ký 8 hợp đồng | 8 | 2 |
                """,
                "Lan",
                1,
            ),
            grid(
                """
                OKR cá nhân: Trần Minh
                |
                Mục tiêu | Kết quả | Cần đạt | Đã đạt | Điểm
                Hỗ trợ đội tốt hơn | Viết 10 bài hướng dẫn | 10 | 5 |
                """,
                "Minh",
                2,
            ),
        ),
        {
            "Bán hàng chủ động": {"Gặp 40 khách mới": 0.75, "Ký 8 hợp đồng": 0.25},
            "Hỗ trợ đội tốt hơn": {"Viết 10 bài hướng dẫn": 0.5},
        },
        {"Gặp 40 khách mới": "E4"},
    ),
    "ids with ids of parents in one list": Sheet(
        sheet(
            grid("""
            Code | Parent code | Type | Title | Owner | Start value | Target value | Current value
            C1 | | Objective | Trusted by hospitals | Eva | | |
            C1-1 | C1 | Key Result | Hospitals with a contract | Tom | 4 | 24 | 14
            C1-2 | C1 | Key Result | Average answer time in hours | Tom | 10 | 2 | 4
            T1 | C1 | Objective | Support around the clock | Kai | | |
            T1-1 | T1 | Key Result | Nights covered per month | Kai | 0 | 30 | 15
            """),
            locale="en_US",
        ),
        {
            "Trusted by hospitals": {"Hospitals with a contract": 0.5, "Average answer time in hours": 0.75},
            "Support around the clock": {"Nights covered per month": 0.5},
        },
    ),
    "German, with points in thousands": Sheet(
        sheet(
            grid("""
            Ziel | Schlüsselergebnis | Ausgangswert | Zielwert | Istwert | Fortschritt
            Stammkunden begeistern | Weiterempfehlungen | 0 | '1.200 | '600 | 50%%
            Stammkunden begeistern | Reklamationen je Monat | 40 | 20 | 35 | 25%%
            Schneller liefern | Lieferungen am selben Tag | 0 | 400 | 300 | 75%%
            """),
            locale="de_DE",
        ),
        {
            "Stammkunden begeistern": {"Weiterempfehlungen": 0.5, "Reklamationen je Monat": 0.25},
            "Schneller liefern": {"Lieferungen am selben Tag": 0.75},
        },
        {"Weiterempfehlungen": "F2"},
    ),
    "French, an objective above its own rows": Sheet(
        sheet(
            grid("""
            Résultat clé | Départ | Cible | Réalisé | Avancement
            Objectif 1 : Fidéliser les abonnés | | | |
            Taux de renouvellement (%) | 60 | 80 | 75 |
            Appels traités en 2 jours | 0 | 200 | 100 |
            Objectif 2 : Ouvrir le marché belge | | | |
            Revendeurs signés | 0 | 12 | 3 |
            """),
            locale="fr_FR",
        ),
        {
            "Objectif 1 : Fidéliser les abonnés": {
                "Taux de renouvellement (%)": 0.75,
                "Appels traités en 2 jours": 0.5,
            },
            "Objectif 2 : Ouvrir le marché belge": {"Revendeurs signés": 0.25},
        },
        {"Revendeurs signés": "E6"},
    ),
    "Japanese, plan and result": Sheet(
        sheet(
            grid("""
            目標 | 主要な成果 | 担当 | 目標値 | 実績値 | 達成率
            店舗の体験を良くする | 来店者アンケート回答 | 佐藤 | 400 | 300 | 75%%
            店舗の体験を良くする | 常連客の数 | 田中 | 200 | 50 | 25%%
            採用を強くする | 応募者の数 | 鈴木 | 80 | 40 | 50%%
            """),
            locale="ja_JP",
        ),
        {
            "店舗の体験を良くする": {"来店者アンケート回答": 0.75, "常連客の数": 0.25},
            "採用を強くする": {"応募者の数": 0.5},
        },
        {"応募者の数": "F4"},
    ),
    "Portuguese, quarters on tabs": Sheet(
        sheet(
            grid(
                """
                Objetivo | Resultado-chave | Inicial | Meta | Atual | % Concluído
                Vender mais pela internet | Visitas por dia | 0 | 80 | 60 | 75%%
                """,
                "T3 2026",
                1,
            ),
            grid(
                """
                Objetivo | Resultado-chave | Inicial | Meta | Atual | % Concluído
                Vender mais pela internet | Pedidos por dia | 60 | 100 | 80 | 50%%
                Entregar sem atraso | Entregas no prazo | 0 | 400 | 100 | 25%%
                """,
                "T4 2026",
                2,
            ),
            locale="pt_BR",
        ),
        {
            "Vender mais pela internet": {"Visitas por dia": 0.75, "Pedidos por dia": 0.5},
            "Entregar sem atraso": {"Entregas no prazo": 0.25},
        },
        {"Entregas no prazo": "F3"},
    ),
    "ids below O/KR": Sheet(
        sheet(
            grid("""
            O/KR | Nội dung | Chủ trì | Mức cần đạt | Mức đã đạt | Tiến độ
            O1 | Nhà máy an toàn | Hùng | | |
            KR1.1 | Số giờ đào tạo an toàn | Hùng | 400 | 100 |
            KR1.2 | Số góc máy được dán nhãn | Thu | 80 | 60 |
            O2 | Chi phí gọn hơn | Thu | | |
            KR2.1 | Số nhà cung cấp đã thương lượng lại | Thu | 12 | 6 |
            """)
        ),
        {
            "Nhà máy an toàn": {"Số giờ đào tạo an toàn": 0.25, "Số góc máy được dán nhãn": 0.75},
            "Chi phí gọn hơn": {"Số nhà cung cấp đã thương lượng lại": 0.5},
        },
        {"Số giờ đào tạo an toàn": "F3"},
    ),
    "a legend below scores that end early": Sheet(
        sheet(
            grid("""
            Mục tiêu | Kết quả then chốt | Chỉ tiêu | Hiện tại | Điểm
            Thư viện đông bạn đọc | Lượt mượn sách | 400 | 300 | 0.75
            Thư viện đông bạn đọc | Sự kiện mỗi quý | 8 | 4 |
            |
            1: kém | 3: khá | 5: tốt | |
            """)
        ),
        {"Thư viện đông bạn đọc": {"Lượt mượn sách": 0.75, "Sự kiện mỗi quý": 0.5}},
        {"Sự kiện mỗi quý": "E3"},
    ),
    "misspelled headers": Sheet(
        sheet(
            grid("""
            Objetive | Key Resuls | Taget | Curent | Scroe
            Green office | Paper sheets saved | 4000 | 1000 |
            Green office | Bikes in the yard | 20 | 15 |
            Healthy team | Sports days | 4 | 2 |
            """),
            locale="en_US",
        ),
        {
            "Green office": {"Paper sheets saved": 0.25, "Bikes in the yard": 0.75},
            "Healthy team": {"Sports days": 0.5},
        },
        {"Sports days": "E4"},
    ),
    "a direction below an unknown header": Sheet(
        sheet(
            grid("""
            Mục tiêu | Kết quả then chốt | Chieu huong | Khởi điểm | Chỉ tiêu | Hiện tại
            Bếp sạch | Số lần nhắc nhở | Giảm | 20 | 4 | 8
            Bếp sạch | Món mới mỗi tháng | Tăng | 0 | 8 | 6
            """)
        ),
        {"Bếp sạch": {"Số lần nhắc nhở": 0.75, "Món mới mỗi tháng": 0.75}},
    ),
    "Spanish, the value of a date": Sheet(
        sheet(
            grid("""
            Objetivo | Resultado clave | Línea base | Meta | Valor a la fecha | Avance
            Clientes que vuelven | Clientes recurrentes | 100 | 300 | 200 |
            Clientes que vuelven | Quejas por mes | 30 | 10 | 15 |
            """),
            locale="es_ES",
        ),
        {"Clientes que vuelven": {"Clientes recurrentes": 0.5, "Quejas por mes": 0.75}},
        {"Quejas por mes": "F3"},
    ),
    "two tables side by side": Sheet(
        sheet(
            grid("""
            OKR nhóm Nội dung | | | | | Ngày nghỉ của nhóm | |
            |
            Mục tiêu | Kết quả then chốt | Chỉ tiêu | Hiện tại | | Họ tên | Ngày phép | Đã nghỉ
            Bài viết hay hơn | Lượt đọc mỗi bài | 800 | 600 | | Lan | 12 | 3
            Bài viết hay hơn | Bài được chia sẻ | 40 | 10 | | Minh | 12 | 7
            """)
        ),
        {"Bài viết hay hơn": {"Lượt đọc mỗi bài": 0.75, "Bài được chia sẻ": 0.25}},
    ),
    "key results that say their numbers": Sheet(
        sheet(
            grid("""
            Mục tiêu | Kết quả then chốt | Người chịu trách nhiệm | Kết quả hiện tại
            Ứng dụng được yêu thích | Tăng điểm đánh giá từ 3 lên 5 | Hà | 4
            Ứng dụng được yêu thích | Giảm lỗi treo máy từ 40 xuống 20 | Nam | 25
            Đội làm việc nhanh hơn | Tăng số bản phát hành từ 2 lên 10 | Nam | 4
            """)
        ),
        {
            "Ứng dụng được yêu thích": {
                "Tăng điểm đánh giá từ 3 lên 5": 0.5,
                "Giảm lỗi treo máy từ 40 xuống 20": 0.75,
            },
            "Đội làm việc nhanh hơn": {"Tăng số bản phát hành từ 2 lên 10": 0.25},
        },
    ),
    "grades that people give themselves": Sheet(
        sheet(
            grid("""
            Mục tiêu | Kết quả then chốt | Chỉ tiêu | Thực đạt | Tự chấm (5) | QL chấm (5)
            Tư vấn tận tâm | Buổi tư vấn miễn phí | 40 | 30 | 4 | 3
            Tư vấn tận tâm | Bài hướng dẫn đã viết | 8 | 2 | 2 | 2
            """)
        ),
        {"Tư vấn tận tâm": {"Buổi tư vấn miễn phí": 0.75, "Bài hướng dẫn đã viết": 0.25}},
    ),
    "targets of the year and of the quarter": Sheet(
        sheet(
            grid("""
            Objective | Key Result | FY Target | Q4 Target | Q4 Actual
            Faster claims | Claims paid within a week | 400 | 80 | 60
            Faster claims | Forms filled in online | 1000 | 200 | 50
            """),
            locale="en_US",
        ),
        {"Faster claims": {"Claims paid within a week": 0.75, "Forms filled in online": 0.25}},
    ),
    "plan and result below each month": Sheet(
        sheet(
            grid("""
            Mục tiêu | Kết quả then chốt | T10 | | T11 |
             | | KH | TH | KH | TH
            Cửa hàng sáng đèn | Lượt khách ghé | 300 | 250 | 400 | 300
            Cửa hàng sáng đèn | Đơn giao tận nhà | 40 | 30 | 80 | 20
            """)
        ),
        {"Cửa hàng sáng đèn": {"Lượt khách ghé": 0.75, "Đơn giao tận nhà": 0.25}},
    ),
    "misspelled headers beside weeks": Sheet(
        sheet(
            grid("""
            Objective | Key Resuls | Taget | W40 | W41 | W42
            Green office | Paper sheets saved | 4000 | 500 | 800 | 1000
            Green office | Bikes in the yard | 20 | 5 | 15 |
            """),
            locale="en_US",
        ),
        {"Green office": {"Paper sheets saved": 0.25, "Bikes in the yard": 0.75}},
    ),
}
