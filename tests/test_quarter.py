"""A quarter lived through on a clock that jumps from day to day: drafts, weeks, the end, the review, the next quarter.

Nobody gives a command. The worker makes its passes on the local Sheets server, and what the sheet and the page say is
held against an arithmetic of its own.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from sync.config.settings import PageSettings
from sync.domain.keys import person_key
from sync.domain.scoring import Bands
from tests.support.flat_sheet import change_current
from tests.support.installation import Installation
from tests.support.nights import night, ticks
from webapp.web.app import create_app

HEADER = ["Trạng thái", "Mục tiêu", "Kết quả then chốt", "Chỉ tiêu", "Hiện tại", "Điểm", "Bài học", "Phụ trách"]
CONFIG = """
[[spreadsheet]]
id = "sales"
every = "1m"

[[spreadsheet.tab]]
title = "OKR *"

[spreadsheet.tab.objective]
text = "Mục tiêu"
level = { value = "company" }
status = "Trạng thái"
period = { tab_title = true, pattern = "OKR (.*)" }
lesson = "Bài học"
owner = "Phụ trách"

[spreadsheet.tab.key_result]
text = "Kết quả then chốt"
target = "Chỉ tiêu"
current = "Hiện tại"
score = "Điểm"

[[spreadsheet.tab]]
title = "Ghi nhận"
recognition = { text = "Vì", receiver = "Cho", date = "Ngày" }
"""

TARGETS = (40, 8)
# What the busy team types each Monday; the other key result is never measured.
WEEKLY = tuple(range(3, 40, 3))
NEXT_TAB = 77
FIRST, DAYS = date(2026, 10, 1), 31 + 30 + 31


@pytest.fixture
def company(tmp_path: Path) -> Iterator["Company"]:
    with Installation(tmp_path) as installation:
        rows: list[list[object]] = [
            ["Nháp", "Bán nhiều hơn", "Ký 40 hợp đồng", TARGETS[0], None, None, None, "An"],
            [None, None, "Mở 8 cửa hàng", TARGETS[1]],
        ]
        installation.spreadsheet("sales", {"OKR Q4 2026": [HEADER, *rows], "Ghi nhận": [["Vì", "Cho", "Ngày"]]})
        installation.configure(CONFIG)
        yield Company(installation)


class Company:
    """The sheet, the worker and the page, on the day that it is."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        config = installation.config
        app = create_app(installation.records, PageSettings(), Bands(), {"sales": 60}, config.company)
        self.client: FlaskClient = app.test_client()
        self.typed: dict[int, float] = {}

    def on(self, day: date) -> "Seen":
        """Let the worker work for three minutes of a day, and see what there is then."""
        with night(180, f"{day}T02:00:00+00:00") as clock:
            ended = ticks(self.installation, clock)
            assert all(outcome.error is None for _, outcome in ended)
            return Seen(self)

    def type(self, value: float | None, row: int = 1, sheet_id: int = 0) -> None:
        """Somebody types a current value."""
        change_current(self.installation.server, "sales", sheet_id, row=row, value=value)

    def thank(self, day: date, number: int) -> None:
        """Somebody thanks An, in a row of its own."""
        texts = (f"Lần {number}", "An", str(day))
        self.write(texts, number, 0, self.installation.sheet_id("sales", "Ghi nhận"))

    def write(self, texts: Sequence[str], row: int, column: int, sheet_id: int = 0) -> None:
        cells = [{"userEnteredValue": {"stringValue": text}} for text in texts]
        start = {"sheetId": sheet_id, "rowIndex": row, "columnIndex": column}
        update = {"start": start, "rows": [{"values": cells}], "fields": "userEnteredValue"}
        self.installation.server.edit("sales", {"updateCells": update})

    def copy_tab(self) -> None:
        request = {"sourceSheetId": 0, "newSheetId": NEXT_TAB, "newSheetName": "OKR Q1 2027"}
        self.installation.server.edit("sales", {"duplicateSheet": request})


class Seen:
    """What sheet and page say at one moment."""

    def __init__(self, company: Company) -> None:
        client = company.client
        self.cells = {title: company.installation.cells("sales", title) for title in self._titles(company)}
        self.page = client.get("/?lang=en").text
        self.json: dict[str, Any] = client.get("/alignment.json").json or {}
        self.quarters: dict[str, Any] = {
            key: client.get(f"/alignment.json?period={key}").json for key in ("2026-Q4", "2027-Q1")
        }
        self.review = client.get("/review/2026-Q4?lang=en").text
        self.person = client.get(f"/person/{person_key('An')}?lang=en").text
        self.thanks = client.get("/recognition?lang=en").text
        self.check_ins = client.get("/check-ins?lang=en").text

    @staticmethod
    def _titles(company: Company) -> list[str]:
        return [tab.title for tab in company.installation.client.read_book("sales").tabs]

    def score(self, quarter: str = "2026-Q4") -> float | None:
        """That of the only objective of a quarter."""
        (objective,) = self.quarters[quarter]["objectives"]
        found: float | None = objective["score"]
        return found

    def states(self) -> dict[str, str]:
        return {found["key"]: found["state"] for found in self.json["periods"]}

    def codes(self) -> set[str]:
        return {found["code"] for found in self.json["problems"]}


def share(value: float) -> float:
    """What forty contracts are worth so far, as the cell is to hold it."""
    return round(min(value / TARGETS[0], 1) + 1e-9, 2)


def assert_pages_say(seen: Seen, week: int, today: date) -> None:
    """What the pages are to say in a week, by an arithmetic as simple as can be."""
    passed = (today - FIRST).days + 1
    for page in (seen.page, seen.person):
        assert f"{round(WEEKLY[week] / TARGETS[0] * 100 + 1e-9):d}%" in page
        assert f"expected by now: {passed / DAYS:.2f}" in page
        # Three changes after the first value.
        assert ("at this speed" in page) is (week >= 3)
    # A company's key result is checked in every 30 days, and overdue two days after that.
    assert "1 of 2 in 30 days" in seen.check_ins
    for page in (seen.check_ins, seen.person):
        assert ("no check-in in this period" in page) is (passed > 1 + 30 + 2)
    assert ("due 31 Oct 2026" in seen.person) is (passed + 6 >= 1 + 30 and passed <= 1 + 30 + 2)
    assert f"{week + 1} recognition" in seen.thanks
    assert f"Lần {week + 1}<" in seen.person


def test_a_quarter_goes_by_without_a_command(company: Company) -> None:
    drafted = company.on(date(2026, 9, 25))
    assert drafted.states() == {"2026-Q4": "planned"}
    assert "Not counted in any number above." in drafted.page
    assert drafted.score() is None

    company.write(["Đang thực hiện"], 1, 0)
    monday = date(2026, 10, 5)
    for week, value in enumerate(WEEKLY):
        company.type(value)
        company.thank(monday + timedelta(weeks=week), week + 1)
        seen = company.on(monday + timedelta(weeks=week))
        assert seen.states() == {"2026-Q4": "running"}
        assert seen.cells["OKR Q4 2026"]["F2"] == share(value)
        assert "F3" not in seen.cells["OKR Q4 2026"]
        assert seen.score() == pytest.approx(value / TARGETS[0], abs=1e-4)
        assert_pages_say(seen, week, monday + timedelta(weeks=week))

    company.copy_tab()
    company.write(["Nháp"], 1, 0, NEXT_TAB)
    company.type(None, sheet_id=NEXT_TAB)
    copied = company.on(date(2026, 12, 30))
    assert copied.states() == {"2026-Q4": "running", "2027-Q1": "planned"}
    assert "F2" not in copied.cells["OKR Q1 2027"]
    assert copied.score("2027-Q1") is None
    assert copied.score() == pytest.approx(WEEKLY[-1] / TARGETS[0], abs=1e-4)

    company.type(36)
    company.write(["Gặp khách sớm hơn"], 1, 6)
    late = company.on(date(2027, 1, 8))
    assert late.states() == {"2026-Q4": "closing", "2027-Q1": "running"}
    assert late.score() == pytest.approx(0.9, abs=1e-4)
    assert "Late numbers still count" in late.review
    assert "Gặp khách sớm hơn" in late.review

    company.on(date(2027, 1, 20))
    company.type(40)
    company.write(["Đang thực hiện"], 1, 0, NEXT_TAB)
    company.type(10, sheet_id=NEXT_TAB)
    closed = company.on(date(2027, 1, 21))
    assert closed.states() == {"2026-Q4": "closed", "2027-Q1": "running"}
    assert closed.score() == pytest.approx(0.9, abs=1e-4)
    assert closed.cells["OKR Q4 2026"]["F2"] == share(36)
    assert "changed-after-closing" in closed.codes()
    assert "Late numbers still count" not in closed.review
    assert "Gặp khách sớm hơn" in closed.review
    assert closed.cells["OKR Q1 2027"]["F2"] == share(10)
    assert closed.score("2027-Q1") == pytest.approx(0.25, abs=1e-4)
    assert "25%" in closed.page
    assert "25%" in closed.person
    assert f"{len(WEEKLY)} recognitions" in closed.thanks
    assert "90%" not in closed.page
