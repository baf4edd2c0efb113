"""More invented sheets, English and other languages, and tables that are none, in the shape of `sheets`."""

from sync.domain.grid import Book
from tests.inspect.sheets import Sheet, sheet
from tests.support.grids import grid

ABROAD: dict[str, Sheet] = {
    "Baseline, Goal, Actual, Status and a traffic light": Sheet(
        sheet(
            grid("""
            Acme Inc. - Company OKRs, Q4 FY26
            |
            Objective | Key Result | Baseline | Goal | Actual | Confidence | Status
            Own the self-serve market | Trials started per month | 100 | 300 | 200 | G | On track
             | Trial to paid conversion | 4%% | 8%% | 5%% | Y | At risk
            Run a calm company | Incidents per month | 20 | 4 | 16 | R | Off track
            """),
            locale="en_US",
        ),
        {
            "Own the self-serve market": {"Trials started per month": 0.5, "Trial to paid conversion": 0.25},
            "Run a calm company": {"Incidents per month": 0.25},
        },
    ),
    "dashes before the key results": Sheet(
        sheet(
            grid("""
            Objectives & Key Results | Owner | Target | Current | % Done
            Make onboarding effortless | Priya | | | 38%%
            - Setup calls completed | Tom | 40 | 20 | 50%%
            - Guides rewritten | Priya | 12 | 3 | 25%%
            Keep the lights on | Sven | | |
            - Services with runbooks | Sven | 30 | 15 |
            - Pager drills | Tom | | |
            """),
            locale="en_US",
        ),
        {
            "Make onboarding effortless": {"Setup calls completed": 0.5, "Guides rewritten": 0.25},
            "Keep the lights on": {"Services with runbooks": 0.5, "Pager drills": None},
        },
        {"Setup calls completed": "E3", "Services with runbooks": "E6"},
    ),
    "O1.KR2 inside the texts, Goal and Now": Sheet(
        sheet(
            grid("""
            OKRs | DRI | Start | Goal | Now | Progress
            O1 - Become the default choice of freelancers | Eva | | | |
            O1.KR1 - Weekly active freelancers | Eva | 1000 | 5000 | 3000 | 50%%
            O1.KR2 - Referral sign-ups | Lou | 0 | 800 | 200 | 25%%
            O2 - A platform developers love | Max | | | |
            O2.KR1 - API error rate (%) | Max | 5 | 1 | 2 | 75%%
            """),
            locale="en_GB",
        ),
        {
            "O1 - Become the default choice of freelancers": {
                "O1.KR1 - Weekly active freelancers": 0.5,
                "O1.KR2 - Referral sign-ups": 0.25,
            },
            "O2 - A platform developers love": {"O2.KR1 - API error rate (%)": 0.75},
        },
        {"O1.KR2 - Referral sign-ups": "F4"},
    ),
    "objectives, key results and updates on three tabs, joined by text": Sheet(
        sheet(
            grid(
                """
                # | Objective | Why it matters | Sponsor
                1 | Win hospitals | Largest accounts | CEO
                2 | Earn trust in security | Blocks deals | CTO
                """,
                "Company Objectives",
                1,
            ),
            grid(
                """
                Objective | Key Result | Owner | From | To | Now | Progress
                Win hospitals | Signed pilots | ann@med.io | 0 | 10 | 5 |
                Earn trust in security | Audit findings open | bob@med.io | 40 | 0 | 30 |
                Win hospitals | Reference customers | ann@med.io | 1 | 5 | 2 |
                """,
                "Key Results",
                2,
            ),
            grid(
                """
                Date | Who | Topic | Notes
                2026-10-02 | Ann | Kickoff | All agreed
                2026-10-09 | Bob | Audit | Waiting for the report
                """,
                "Weekly notes",
                3,
            ),
            locale="en_US",
        ),
        {
            "Win hospitals": {"Signed pilots": 0.5, "Reference customers": 0.25},
            "Earn trust in security": {"Audit findings open": 0.25},
        },
        {"Reference customers": "G4"},
    ),
    "a legend below and an average, scores 0.0 to 1.0": Sheet(
        sheet(
            grid("""
            Team: Platform | | | | Last updated: | 2026-11-20
            Objective | Key Results | Lead | Target | Actual | Grade
            Ship faster | Deploys per week | Kim | 50 | 35 | 0.7
            Ship faster | Builds under ten minutes | Raj | 20 | 8 | 0.4
            Sleep better | Alerts removed | Kim | 100 | 90 | 0.9
            Average | | | | | 0.67
            |
            Legend
            0.0 - 0.3 | Red | We failed to make real progress
            0.4 - 0.6 | Yellow | We made progress, but fell short
            0.7 - 1.0 | Green | We delivered
            """),
            locale="en_US",
        ),
        {
            "Ship faster": {"Deploys per week": 0.7, "Builds under ten minutes": 0.4},
            "Sleep better": {"Alerts removed": 0.9},
        },
        {"Alerts removed": "F5"},
    ),
    "Japanese departments": Sheet(
        sheet(
            grid("""
            2026年度 第4四半期 OKR
            部門 | 目標 | 主要な成果 | 担当者 | 開始値 | 目標値 | 現在値 | 達成率
            営業部 | 新規市場を開拓する | 新規契約件数 | 佐藤 | 0 | 40 | 10 |
            営業部 | 新規市場を開拓する | 商談件数 | 鈴木 | 0 | 200 | 100 |
            開発部 | 品質を高める | 不具合件数 | 田中 | 50 | 10 | 30 |
            """),
            locale="ja_JP",
        ),
        {"新規市場を開拓する": {"新規契約件数": 0.25, "商談件数": 0.5}, "品質を高める": {"不具合件数": 0.5}},
        {"商談件数": "H4"},
    ),
    "German numbers as text": Sheet(
        sheet(
            grid("""
            Ziel | Schlüsselergebnis | Verantwortlich | Ausgangswert | Zielwert | Istwert | Fortschritt
            Wir wachsen im Süden | Umsatz in Bayern | Jana | '0 € | '1.500.000,00 € | '375.000,00 € |
            Wir wachsen im Süden | Neue Händler | Uwe | 10 | 30 | 20 |
            Zufriedene Kunden | Weiterempfehlungsrate | Jana | '20 % | '60 % | '50 % |
            """),
            locale="de_DE",
        ),
        {
            "Wir wachsen im Süden": {"Umsatz in Bayern": 0.25, "Neue Händler": 0.5},
            "Zufriedene Kunden": {"Weiterempfehlungsrate": 0.75},
        },
        {"Umsatz in Bayern": "G2"},
    ),
    "Portuguese with reais": Sheet(
        sheet(
            grid("""
            OKRs 2026 - Time de Vendas
            Objetivo | Resultado-chave | Responsável | Valor inicial | Meta | Valor atual | % Concluído
            Crescer com margem | Receita recorrente | Bia | R$ 100.000,00 | R$ 300.000,00 | R$ 200.000,00 |
             | Ticket médio | Caio | R$ 50,00 | R$ 90,00 | R$ 60,00 |
            Encantar clientes | Chamados no prazo | Duda | '60% | '90% | '75% |
            """),
            locale="pt_BR",
        ),
        {
            "Crescer com margem": {"Receita recorrente": 0.5, "Ticket médio": 0.25},
            "Encantar clientes": {"Chamados no prazo": 0.5},
        },
        {"Ticket médio": "G4"},
    ),
    "Spanish with a type column and a code": Sheet(
        sheet(
            grid("""
            Código | Tipo | Descripción | Responsable | Línea base | Meta | Actual | % Cumplimiento | Fecha límite
            1 | Objetivo | Liderar la banca digital | Rosa | | | | | 31/12/2026
            1.1 | Resultado clave | Cuentas abiertas en línea | Luis | 1000 | 5000 | 2000 | 25%% | 31/12/2026
            1.2 | Resultado clave | Calificación de la aplicación | Ana | 3 | 5 | 4 | 50%% | 31/12/2026
            2 | Objetivo | Un equipo que aprende | Rosa | | | | | 31/12/2026
            2.1 | Resultado clave | Horas de formación | Luis | 0 | 400 | 100 | | 31/12/2026
            """),
            locale="es_MX",
        ),
        {
            "Liderar la banca digital": {"Cuentas abiertas en línea": 0.25, "Calificación de la aplicación": 0.5},
            "Un equipo que aprende": {"Horas de formación": 0.25},
        },
        {"Calificación de la aplicación": "H4", "Horas de formación": "H6"},
    ),
}

NEITHER: dict[str, Book] = {
    "a sales pipeline": sheet(
        grid("""
        Deal | Company | Stage | Owner | Value | Probability | Expected close | Next step
        New portal | Acme | Proposal | Ann | 12000 | 50%% | 2026-12-01 | Call the CFO
        Migration | Globex | Won | Bob | 30000 | 100%% | 2026-11-01 | Kickoff
        Support plan | Initech | Lead | Ann | 5000 | 10%% | 2027-01-15 | Send the deck
        """),
        locale="en_US",
    ),
    "a leave calendar": sheet(
        grid("""
        LỊCH NGHỈ PHÉP NĂM 2026
        Họ và tên | Phòng ban | Từ ngày | Đến ngày | Số ngày | Lý do | Trạng thái
        Nguyễn Lan | Kế toán | 02/11/2026 | 04/11/2026 | 3 | Việc gia đình | Đã duyệt
        Trần Minh | Kho | 10/11/2026 | 10/11/2026 | 1 | Khám bệnh | Chờ duyệt
        """),
    ),
    "employees with a KPI bonus": sheet(
        grid("""
        Mã NV | Họ tên | Phòng ban | Chức danh | Lương cơ bản | KPI | Chỉ tiêu | Thực đạt | % hoàn thành | Thưởng KPI
        NV01 | Nguyễn Lan | Kinh doanh | Chuyên viên | 12000000 | Doanh số tháng | 100 | 90 | 90%% | 1500000
        NV02 | Trần Minh | Kinh doanh | Trưởng nhóm | 18000000 | Doanh số nhóm | 300 | 330 | 110%% | 4000000
        NV03 | Lê Hoa | Kho | Thủ kho | 10000000 | Tồn kho đúng | 98 | 97 | 99%% | 1000000
        """),
    ),
    "meeting notes that mention OKRs": sheet(
        grid("""
        BIÊN BẢN HỌP OKR THÁNG 11
        Thời gian: | 10/11/2026
        STT | Nội dung | Người phụ trách | Kết luận | Hạn
        1 | Rà soát mục tiêu quý 4 của phòng Kinh doanh | Lan | Giữ nguyên OKR, cập nhật kết quả then chốt | 15/11/2026
        2 | Mục tiêu tuyển dụng chậm tiến độ | Minh | Họp riêng | 20/11/2026
        3 | Chuẩn bị OKR năm sau | Hoa | Gửi bản nháp | 30/11/2026
        """),
    ),
}
