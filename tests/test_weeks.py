"""Two teams, week after week on a clock that jumps: one types its number every Monday, the other falls silent.

What every page says each week is held against an arithmetic of its own, with nothing of the product in it.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from sync.config.settings import PageSettings
from sync.domain.keys import person_key
from sync.domain.scoring import Bands
from tests.support.flat_sheet import change_current
from tests.support.installation import Installation
from tests.support.nights import night, ticks
from webapp.company.holders import unit_key
from webapp.web.app import create_app

CONFIG = """
[[spreadsheet]]
id = "teams"
every = "1m"

[[spreadsheet.tab]]
title = "OKR *"

[spreadsheet.tab.objective]
text = "Mục tiêu"
unit = "Đơn vị"
owner = "Người phụ trách"
level = { value = "department" }
period = { tab_title = true, pattern = "OKR (.*)" }

[spreadsheet.tab.key_result]
text = "Kết quả then chốt"
target = "Chỉ tiêu"
current = "Hiện tại"
score = "Điểm"

[[spreadsheet.tab]]
title = "Sáng kiến"

[spreadsheet.tab.initiative]
text = "Việc"
key_result = "Cho"
due = "Hạn"
status = "Trạng thái"

[[spreadsheet.tab]]
title = "Ghi nhận"

[spreadsheet.tab.recognition]
text = "Vì điều gì"
receiver = "Cho ai"
giver = "Từ"
date = "Ngày"
about = "OKR"
"""
HEADER: list[object] = [
    *("Đơn vị", "Mục tiêu", "Kết quả then chốt", "Chỉ tiêu", "Hiện tại", "Điểm"),
    "Người phụ trách",
]
ROWS: list[list[object]] = [
    HEADER,
    ["Bán hàng", "Bán nhiều hơn", "Ký 40 hợp đồng", 40, 0, None, "Mai"],
    [None, None, "Mở 8 cửa hàng", 8],
    ["Chăm sóc", "Khách vui hơn", "Gọi 100 khách", 100, 0, None, "Dũng"],
]
PLANS: list[list[object]] = [
    ["Việc", "Cho", "Hạn", "Trạng thái"],
    ["Gọi lại khách cũ", "Ký 40 hợp đồng", "2026-10-20", "Đang làm"],
]
THANKS: list[list[object]] = [
    ["Vì điều gì", "Cho ai", "Từ", "Ngày", "OKR"],
    ["Đỡ nhau một tay", "Mai", "Dũng", "2026-10-02", "Ký 40 hợp đồng"],
]
BEGAN, ENDS, MONDAY = date(2026, 10, 1), date(2026, 12, 31), date(2026, 10, 5)
WEEKS = 12
SIGNED, CALLED = 1, 3  # rows, counted from 0
SELLING, CARING = (unit_key(name) for name in ("Bán hàng", "Chăm sóc"))
MAI, DUNG = person_key("Mai"), person_key("Dũng")


@pytest.fixture
def teams(tmp_path: Path) -> Iterator["Teams"]:
    with Installation(tmp_path) as installation:
        installation.spreadsheet("teams", {"OKR Q4 2026": ROWS, "Sáng kiến": PLANS, "Ghi nhận": THANKS})
        installation.configure(CONFIG)
        yield Teams(installation)


class Teams:
    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        company = installation.config.company
        app = create_app(installation.records, PageSettings(), Bands(), {"teams": 60}, company)
        self.client: FlaskClient = app.test_client()

    def type(self, row: int, value: float) -> None:
        change_current(self.installation.server, "teams", 0, row=row, value=value)

    def on(self, day: date) -> dict[str, str]:
        """What each page says once the worker has worked for three minutes of a day."""
        with night(180, f"{day}T02:00:00+00:00") as clock:
            assert all(outcome.error is None for _, outcome in ticks(self.installation, clock))
            paths = ["/", "/map", "/check-ins", "/initiatives", "/recognition", "/review/2026-Q4"]
            paths += [f"/person/{key}" for key in (MAI, DUNG)]
            paths += [f"/{page}/{key}" for key in (SELLING, CARING) for page in ("unit", "check-in")]
            answer = self.client.get("/alignment.json").json
            assert answer is not None
            paths += [f"/objective/{found['key']}" for found in answer["objectives"]]
            named = [*paths[:-2], "selling", "caring"]
            return {
                name: read(self.client.get(f"{path}?lang=en").text) for name, path in zip(named, paths, strict=True)
            }


def read(page: str) -> str:
    """The words of a page as they follow each other."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def shown(value: Fraction, places: str) -> str:
    return str((Decimal(value.numerator) / value.denominator).quantize(Decimal(places), ROUND_HALF_UP))


def two(value: Fraction) -> str:
    return shown(value, "0.01")


def percent(value: Fraction) -> str:
    return f"{shown(100 * value, '1')}%"


def band(score: Fraction) -> str:
    if score >= 1:
        return "done"
    return "on track" if score >= Fraction(6, 10) else "at risk" if score >= Fraction(3, 10) else "off track"


def pace(score: Fraction, expected: Fraction) -> str:
    gap = score - expected
    if gap >= Fraction(1, 10):
        return "ahead of time"
    if gap > Fraction(-1, 10):
        return "on pace"
    return "behind time" if gap > Fraction(-1, 4) else "far behind time"


def test_every_page_says_each_week_what_an_arithmetic_of_its_own_says(teams: Teams) -> None:
    teams.on(BEGAN)
    teams.type(CALLED, 10)
    called = Fraction(10, 100)
    for week in range(WEEKS):
        today = MONDAY + timedelta(weeks=week)
        signed = Fraction(3 * (week + 1), 40)
        teams.type(SIGNED, 3 * (week + 1))
        pages = teams.on(today)

        expected = Fraction((today - BEGAN).days + 1, (ENDS - BEGAN).days + 1)
        by_now = f"(expected by now: {two(expected)})"
        both = (signed + called) / 2
        silent = today > MONDAY + timedelta(days=7 + 2)
        never = today > BEGAN + timedelta(days=7 + 2)

        assert f"{percent(both)} Department" in pages["/"]
        assert f"{pace(both, expected)} {by_now} 2 of 2 objectives have a score" in pages["/"]
        assert f"Bán hàng {percent(signed)} {band(signed)}" in pages["/"]
        assert f"Chăm sóc {percent(called)} {band(called)}" in pages["/"]
        for key, score in ((SELLING, signed), (CARING, called)):
            figure = f"{percent(score)} Department {band(score)} {pace(score, expected)} {by_now}"
            assert figure in pages[f"/unit/{key}"]
        assert f"{two(signed)} from 1 of 2 key results" in pages["selling"]
        assert f"{3 * (week + 1)} ÷ 40 = {two(signed)}" in pages["selling"]
        assert f"{band(signed)} {pace(signed, expected)} {by_now}" in pages["selling"]
        assert f"{two(signed)} {band(signed)}" in pages["/map"]
        assert f"{two(called)} {band(called)}" in pages["/map"]

        # Every Monday one number is typed, another on the first of them alone, and a third never.
        assert f"Check-ins {1 + (week == 0)} of 3 this week" in pages["/check-ins"]
        assert "Bán hàng 1 of 2 this week" in pages["/check-ins"]
        assert f"Chăm sóc {int(week == 0)} of 1 this week" in pages["/check-ins"]
        assert f"{2 - never} of 2 checked in on time" in pages[f"/check-in/{SELLING}"]
        assert f"{1 - silent} of 1 checked in on time" in pages[f"/check-in/{CARING}"]
        assert ("no check-in since 5 Oct 2026" in pages["caring"]) == silent
        assert ("no check-in in this period" in pages["selling"]) == never

        # A person is told the same of their own, and what to do; this week's number is there, so it is not due.
        for key, score in ((MAI, signed), (DUNG, called)):
            figure = f"{percent(score)} Department {band(score)} {pace(score, expected)} {by_now}"
            assert figure in pages[f"/person/{key}"]
        assert ("Check-in Gọi 100 khách no check-in since 5 Oct 2026" in pages[f"/person/{DUNG}"]) == silent
        assert "Check-in Ký 40 hợp đồng" not in pages[f"/person/{MAI}"]
        assert ("Check-in Mở 8 cửa hàng no check-in in this period" in pages[f"/person/{MAI}"]) == never
        assert "1 recognition" in pages["/recognition"]
        assert "Đỡ nhau một tay" in pages[f"/person/{MAI}"]
        assert "Đỡ nhau một tay" not in pages[f"/person/{DUNG}"].partition("Recognition")[2]

        review = pages["/review/2026-Q4"]
        assert "This period is not over yet" in review
        assert f"{percent(both)} Department {band(both)} {pace(both, expected)}" in review
        assert f"Bán hàng {two(signed)} {band(signed)} 1 of 1 objective" in review
        assert f"+{two(signed)} Ký 40 hợp đồng" in review
        assert f"+{two(called)} Gọi 100 khách" in review
        assert "Never moved" not in review
        ends = Counter(band(score) for score in (signed, called))
        assert all(f"{word}: {ends[word]}" in review for word in ("done", "on track", "at risk", "off track"))
        assert ("1 of 1 is late" in pages["/initiatives"]) == (today > date(2026, 10, 20))
