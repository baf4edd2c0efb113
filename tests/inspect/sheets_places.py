"""Invented sheets with something around or between the key results, in the shape of `sheets`."""

from tests.inspect.sheets import Sheet, sheet
from tests.support.grids import grid

PLACES: dict[str, Sheet] = {
    "unmeasured key results below an empty row": Sheet(
        sheet(
            grid("""
            Mục tiêu | Kết quả then chốt | Chỉ tiêu | Hiện tại | Điểm
            Bán tốt | Đơn hàng | 40 | 10 |
             | Khách quay lại | 80 | 40 |
            |
            Người vui | Buổi gặp mặt | 4 | |
             | Người nghỉ việc | | |
            """),
        ),
        {
            "Bán tốt": {"Đơn hàng": 0.25, "Khách quay lại": 0.5},
            "Người vui": {"Buổi gặp mặt": None, "Người nghỉ việc": None},
        },
        {"Đơn hàng": "E2"},
    ),
    "a legend to the right of the table": Sheet(
        sheet(
            grid("""
            Objective | Key Result | Target | Current | Score | | Legend | 
            Win | Deals | 40 | 10 | 0.25 | | Red | below 0.4
            Win | Demos | 80 | 40 | 0.5 | | Amber | 0.4 to 0.7
            Love | Replies | 10 | 8 | 0.8 | | Green | above 0.7
            """),
            locale="en_US",
        ),
        {"Win": {"Deals": 0.25, "Demos": 0.5}, "Love": {"Replies": 0.8}},
        {"Demos": "E3"},
    ),
    "a subtotal below each objective": Sheet(
        sheet(
            grid("""
            Objective | Key Result | Weight | Target | Actual | Score
            Win | Deals | 50%% | 40 | 10 | 0.25
             | Demos | 50%% | 80 | 40 | 0.5
             | Subtotal | 100%% | | | 0.375
            Love | Replies | 100%% | 10 | 8 | 0.8
             | Subtotal | 100%% | | | 0.8
            """),
            locale="en_US",
        ),
        {"Win": {"Deals": 0.25, "Demos": 0.5}, "Love": {"Replies": 0.8}},
        {"Demos": "F3"},
    ),
    "a template to copy and a tab for each person": Sheet(
        sheet(
            grid(
                """
            Objective | Key Result | Target | Current | Score
            <Objective> | <Key result> | | |
            """,
                "TEMPLATE - copy me",
                1,
            ),
            grid(
                """
            Objective | Key Result | Target | Current | Score
            Write well | Posts | 4 | 1 |
            """,
                "Ann",
                2,
            ),
            grid(
                """
            Objective | Key Result | Target | Current | Score
            Sell well | Calls | 40 | 20 |
            """,
                "Bob",
                3,
            ),
            locale="en_US",
        ),
        {"Write well": {"Posts": 0.25}, "Sell well": {"Calls": 0.5}},
        {"Posts": "E2"},
    ),
    "quarters in merged groups, a header that is only %": Sheet(
        sheet(
            grid("""
            OKR 2026
            Mục tiêu | Kết quả then chốt | Phụ trách | Quý 3 | | | Quý 4 | |
            ^ | ^ | ^ | Kế hoạch | Thực hiện | % | Kế hoạch | Thực hiện | %
            Bền vững | Điểm bán mới | Hà | 10 | 10 | 100%% | 40 | 10 |
            Bền vững | Doanh thu tỷ | Hà | 5 | 4 | 80%% | 8 | 4 |
            """),
        ),
        {"Bền vững": {"Điểm bán mới": 0.25, "Doanh thu tỷ": 0.5}},
        {"Điểm bán mới": "I4"},
    ),
    "confidence out of ten and next steps": Sheet(
        sheet(
            grid("""
            Objective | KR | Confidence (1-10) | Target | Current | Progress | Comments / Next steps
            Better search | Queries answered | 7 | 400 | 200 | 50%% | New index in December
             | Zero-result rate | 4 | 80 | 20 | 25%% |
            """),
            locale="en_US",
        ),
        {"Better search": {"Queries answered": 0.5, "Zero-result rate": 0.25}},
        {"Queries answered": "F2"},
    ),
    "objectives by number, key results by letter": Sheet(
        sheet(
            grid("""
            # | Objective / Key Result | Owner | Target | Actual | % achieved
            1 | Delight the guests | Eva | | | 50%%
            a | Returning guests | Max | 40 | 20 | 50%%
            b | Reviews with five stars | Eva | 80 | 40 | 50%%
            2 | A kitchen to be proud of | Ian | | | 25%%
            a | New dishes | Ian | 4 | 1 | 25%%
            """),
            locale="en_US",
        ),
        {
            "Delight the guests": {"Returning guests": 0.5, "Reviews with five stars": 0.5},
            "A kitchen to be proud of": {"New dishes": 0.25},
        },
        {"New dishes": "F6"},
    ),
    "Italian": Sheet(
        sheet(
            grid("""
            Obiettivo | Risultato chiave | Chi | Valore iniziale | Valore obiettivo | Valore attuale | Avanzamento
            Crescere al nord | Nuovi clienti | Gia | 0 | 40 | 10 |
            Crescere al nord | Ordini ripetuti | Leo | 100 | 300 | 200 |
            """),
            locale="it_IT",
        ),
        {"Crescere al nord": {"Nuovi clienti": 0.25, "Ordini ripetuti": 0.5}},
        {"Nuovi clienti": "G2"},
    ),
}
