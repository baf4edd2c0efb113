"""A last round of invented sheets, found by trying what had not been thought of, in the shape of `sheets`."""

from sync.domain.grid import Book
from tests.inspect.sheets import Sheet, sheet
from tests.support.grids import grid

WILD: dict[str, Sheet] = {
    "numbers line by line beside the key results of one cell": Sheet(
        sheet(
            grid("""
            Objetivo | Resultados-chave | Meta | Atual
            Encantar os clientes | 1. Aumentar o NPS¶2. Chamados no prazo | 70¶96% | 56¶72%
            Vender no digital | 1. Receita online (R$ mil)¶2. Lojas novas | 900¶8 | 450¶-
            """),
            locale="pt_BR",
        ),
        {
            "Encantar os clientes": {"Aumentar o NPS": 0.8, "Chamados no prazo": 0.75},
            "Vender no digital": {"Receita online (R$ mil)": 0.5, "Lojas novas": None},
        },
    ),
    "key results whose numbers are words still, at the end": Sheet(
        sheet(
            grid("""
            Mục tiêu | Kết quả then chốt | Chỉ tiêu | Hiện tại
            Vận hành gọn | Đơn đúng hẹn | 200 | 50
            | Hệ thống mới | Hoàn thành | Đang làm
            | Điểm hài lòng | chờ khảo sát | sắp đo
            | Đại lý | 20 | 15
            Kho gọn | Mã hàng dán nhãn | 400 | 100
            | Ngày tồn | 60 | 45
            """)
        ),
        {
            "Vận hành gọn": {"Đơn đúng hẹn": 0.25, "Hệ thống mới": None, "Điểm hài lòng": None, "Đại lý": 0.75},
            "Kho gọn": {"Mã hàng dán nhãn": 0.25, "Ngày tồn": 0.75},
        },
    ),
    "what is done for a key result on lines of its own, by outline numbers": Sheet(
        sheet(
            grid("""
            STT | Nội dung | Phụ trách | Đầu kỳ | Mục tiêu | Thực hiện
            1. | Chiếm lĩnh miền Tây | Lan | | |
            1.1. | Đại lý mới | Lan | 0 | 40 | 20
            1.1.1. | Lập danh sách 100 cửa hàng | Nam | | | xong
            1.1.2. | Đi thăm từng tỉnh | Nam | | | đang làm
            1.2. | Doanh thu (tỷ) | Minh | 10 | 30 | 15
            1.2.1. | Chạy khuyến mãi | Vy | | |
            """)
        ),
        {"Chiếm lĩnh miền Tây": {"Đại lý mới": 0.5, "Doanh thu (tỷ)": 0.25}},
    ),
    "what is done for a key result on lines of its own, behind dashes": Sheet(
        sheet(
            grid("""
            OKR | Người làm | Chỉ tiêu | Thực tế
            O1: Bán tốt hơn | Lan | |
            KR1: Đơn hàng | Lan | 100 | 50
            - Gọi lại khách cũ | Nam | |
            - Chạy quảng cáo | Vy | |
            KR2: Khách mới | Minh | 40 | 10
            O2: Người giỏi ở lại | Hoa | |
            KR1: Giờ học | Hoa | 100 | 75
            - Mời giảng viên | Hoa | |
            """)
        ),
        {
            "O1: Bán tốt hơn": {"KR1: Đơn hàng": 0.5, "KR2: Khách mới": 0.25},
            "O2: Người giỏi ở lại": {"KR1: Giờ học": 0.75},
        },
    ),
    "an example above what was filled in": Sheet(
        sheet(
            grid("""
            Mục tiêu (O) | KR | Đích | Tuần này
            VD: Trở thành chuyên gia | VD: Đọc 10 cuốn sách | 10 | 4
            Hệ thống ổn định | Kiểm thử tự động | 200 | 50
            Làm chủ công nghệ | Chứng chỉ đạt được | 4 | 1
            """)
        ),
        {
            "Hệ thống ổn định": {"Kiểm thử tự động": 0.25},
            "Làm chủ công nghệ": {"Chứng chỉ đạt được": 0.25},
        },
    ),
    "one score beside several key results": Sheet(
        sheet(
            grid("""
            Mục tiêu | KR1 | Mục tiêu KR1 | Đạt KR1 | KR2 | Mục tiêu KR2 | Đạt KR2 | Điểm TB
            Chăm khách tốt hơn | Gọi lại trong 1 giờ | 80 | 60 | Đánh giá 5 sao | 200 | 100 |
            """)
        ),
        {"Chăm khách tốt hơn": {"Gọi lại trong 1 giờ": 0.75, "Đánh giá 5 sao": 0.5}},
    ),
    "targets and values with a number each are periods": Sheet(
        sheet(
            grid("""
            Objetivo | Indicador (KR) | Polaridade | Meta T3 | Real T3 | Meta T4 | Real T4
            Ser referência no Sul | Lojas abertas | Quanto maior, melhor | 6 | 5 | 8 | 6
            Ser referência no Sul | Custo por entrega | Quanto menor, melhor | 26 | 27 | 25 | 26
            """),
            locale="pt_BR",
        ),
        {"Ser referência no Sul": {"Lojas abertas": 0.75, "Custo por entrega": None}},
    ),
    "indented by spaces only, objectives with a rolled-up score": Sheet(
        sheet(
            grid("""
            OKR khối Công nghệ | Chủ trì | Chỉ tiêu | Đạt được | % Hoàn thành
            Hạ tầng sẵn sàng cho tăng trưởng | Quân | | | 45%%
            Dịch vụ chuyển lên đám mây | Đạt | 40 | 20 | 50%%
            Chi phí máy chủ mỗi tháng (triệu) | Đạt | 100 | 40 | 40%%
            Kỹ sư làm chủ sản phẩm | Quân | | | 25%%
            Buổi chia sẻ nội bộ | Ngân | 12 | 3 | 25%%
            """)
        ),
        {
            "Hạ tầng sẵn sàng cho tăng trưởng": {
                "Dịch vụ chuyển lên đám mây": 0.5,
                "Chi phí máy chủ mỗi tháng (triệu)": 0.4,
            },
            "Kỹ sư làm chủ sản phẩm": {"Buổi chia sẻ nội bộ": 0.25},
        },
        {"Buổi chia sẻ nội bộ": "E6"},
    ),
    "bullets in the key results' own column, priority and links": Sheet(
        sheet(
            grid("""
            Priority | Objective | Key Results | DRI | Start value | Target value | Current value | % complete | Link
            P0 | Own enterprise search | • Logos signed | Kai | 0 | 8 | 2 | 25%% | https://x.io/1
            P0 | | • Median latency (ms) | Noa | 400 | 200 | 300 | 50%% | https://x.io/2
            P1 | Fun at work | • Offsites held | Kai | 0 | 2 | 1 | 50%% |
            """),
            locale="en_US",
        ),
        {
            "Own enterprise search": {"• Logos signed": 0.25, "• Median latency (ms)": 0.5},
            "Fun at work": {"• Offsites held": 0.5},
        },
        {"• Logos signed": "H2"},
    ),
    "company, department and personal levels in one list": Sheet(
        sheet(
            grid("""
            Cấp độ | Bộ phận | Mục tiêu (O) | Kết quả then chốt (KR) | Khởi điểm | Mục tiêu | Hiện tại | Điểm (0-1) | Ai
            Công ty | BGĐ | Dẫn đầu ngành nội thất | Thị phần (%) | 10 | 20 | 15 | 0.5 | Sơn
            Công ty | BGĐ | Dẫn đầu ngành nội thất | Showroom mới | 0 | 5 | 1 | 0.2 | Sơn
            Phòng ban | Marketing | Thương hiệu được nhớ đến | Người nhận biết (nghìn) | 200 | 600 | 300 | 0.25 | My
            Cá nhân | Marketing | Nội dung lan toả | Video triệu lượt xem | 0 | 4 | 3 | 0.75 | Khoa
            """)
        ),
        {
            "Dẫn đầu ngành nội thất": {"Thị phần (%)": 0.5, "Showroom mới": 0.2},
            "Thương hiệu được nhớ đến": {"Người nhận biết (nghìn)": 0.25},
            "Nội dung lan toả": {"Video triệu lượt xem": 0.75},
        },
        {"Thị phần (%)": "H2"},
    ),
    "scores out of 100 as whole numbers, a rating, an approval column": Sheet(
        sheet(
            grid("""
            PHIẾU ĐĂNG KÝ VÀ ĐÁNH GIÁ OKR
            Họ tên: Phạm Văn Nam
            Quý: 4/2026
            |
            STT | Mục tiêu | Kết quả then chốt | Trọng số | Chỉ tiêu | Kết quả thực hiện | Điểm (100) | Loại | Duyệt
            1 | Bán chéo hiệu quả | Khách mua thêm gói | 50 | 40 | 20 | 50 | C | Đã duyệt
            2 | Bán chéo hiệu quả | Cuộc gọi tư vấn | 30 | 400 | 300 | 75 | B | Đã duyệt
            3 | Học nghề | Chứng chỉ nghiệp vụ | 20 | 4 | 1 | 25 | D | Đã duyệt
            | | Tổng điểm | 100 | | | 53 | |
            |
            Người lập | | Quản lý trực tiếp | | Nhân sự
            (ký tên) | | (ký tên) | | (ký tên)
            """)
        ),
        {
            "Bán chéo hiệu quả": {"Khách mua thêm gói": 0.5, "Cuộc gọi tư vấn": 0.75},
            "Học nghề": {"Chứng chỉ nghiệp vụ": 0.25},
        },
        {"Cuộc gọi tư vấn": "G7"},
    ),
    "key results as columns KR1 KR2 KR3 with progress beside": Sheet(
        sheet(
            grid("""
            Team | Objective | KR1 | KR1 Progress | KR2 | KR2 Progress
            Web | Faster pages | Load time under two seconds | 50%% | Images compressed | 20%%
            App | Fewer crashes | Crash-free sessions | 75%% | |
            """),
            locale="en_US",
        ),
        {
            "Faster pages": {"Load time under two seconds": 0.5, "Images compressed": 0.2},
            "Fewer crashes": {"Crash-free sessions": 0.75},
        },
    ),
    "French with a comma and a percent": Sheet(
        sheet(
            grid("""
            Objectif | Résultat clé | Responsable | Valeur initiale | Cible | Valeur actuelle | % d'avancement
            Devenir la référence locale | Clients actifs | Léa | 100 | 500 | 300 |
            | Panier moyen | Léo | '20,50 € | '40,50 € | '25,50 € |
            Une équipe soudée | Absences par mois | Léa | 20 | 4 | 8 |
            """),
            locale="fr_FR",
        ),
        {
            "Devenir la référence locale": {"Clients actifs": 0.5, "Panier moyen": 0.25},
            "Une équipe soudée": {"Absences par mois": 0.75},
        },
        {"Panier moyen": "G3"},
    ),
    "dates between the texts and the numbers, a remark row, unmeasured rows": Sheet(
        sheet(
            grid("""
            Bảng OKR - Trung tâm Anh ngữ Sao Mai
            Lưu ý: mỗi tuần cập nhật một lần trước 17 giờ thứ Sáu
            |
            Mục tiêu | KQ then chốt | Ai | Bắt đầu | Kết thúc | Đơn vị | Ban đầu | Mục tiêu | Thực tế | Hoàn thành (%)
            Học viên tiến bộ | Học viên đạt điểm khá | Vân | 1/10/2026 | 31/12/2026 | học viên | 100 | 300 | 200 | 50
            | Buổi ngoại khoá | Thầy Duy | 1/10/2026 | 31/12/2026 | buổi | 0 | 12 | 3 | 25
            Phụ huynh tin tưởng | Phụ huynh giới thiệu bạn | Vân | 1/10/2026 | 31/12/2026 | người | 0 | 40 | N/A |
            """)
        ),
        {
            "Học viên tiến bộ": {"Học viên đạt điểm khá": 0.5, "Buổi ngoại khoá": 0.25},
            "Phụ huynh tin tưởng": {"Phụ huynh giới thiệu bạn": None},
        },
        {"Buổi ngoại khoá": "J6"},
    ),
    "Bahasa style English with PIC and realisation": Sheet(
        sheet(
            grid("""
            No | Objectives | No | Key Results | PIC | UoM | Baseline 2025 | Target 2026 | Realization | Achievement (%)
            1 | Serve every island | 1.1 | Ports connected | Adi | port | 10 | 50 | 20 |
            | | 1.2 | Days in transit | Sri | day | 12 | 4 | 8 |
            2 | Zero harm | 2.1 | Drills held | Adi | drill | 0 | 24 | 18 |
            """),
            locale="en_US",
        ),
        {
            "Serve every island": {"Ports connected": 0.25, "Days in transit": 0.5},
            "Zero harm": {"Drills held": 0.75},
        },
        {"Drills held": "J4"},
    ),
}

NEITHER_WILD: dict[str, Book] = {
    "a production plan by month": sheet(
        grid("""
        KẾ HOẠCH SẢN XUẤT 2026
        Sản phẩm | Kế hoạch năm | Thực hiện | |
        ^ | ^ | Tháng 10 | Tháng 11 | Tháng 12
        Ghế gỗ | 1200 | 100 | 90 | 110
        Bàn ăn | 400 | 30 | 40 | 35
        """)
    ),
    "a risk register": sheet(
        grid("""
        Objective at risk | Risk | Likelihood | Impact | Score | Mitigation | Owner | Status
        Uptime | Data centre fire | 2 | 5 | 10 | Second site | Ann | Open
        Growth | Key person leaves | 3 | 4 | 12 | Succession plan | Bob | Open
        """),
        locale="en_US",
    ),
    "a training plan": sheet(
        grid("""
        Khoá học | Mục tiêu khoá học | Giảng viên | Thời lượng | Số học viên mục tiêu | Số học viên thực tế | Đánh giá
        Kỹ năng bán hàng | Nắm quy trình bán | Cô Hoa | 8 giờ | 20 | 18 | Tốt
        Excel | Thành thạo hàm | Thầy Nam | 12 giờ | 25 | 25 | Khá
        """)
    ),
    "a tab of glossary and one of settings": sheet(
        grid("Term | Meaning\nOKR | Objectives and key results\nKPI | A number we watch", "Glossary", 1),
        grid("Setting | Value\nQuarter | Q4 2026\nScale | 0-1", "Settings", 2),
        locale="en_US",
    ),
}
