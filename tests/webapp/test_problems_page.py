"""The problems as a reader asks for them: on the page, as a table, and as a text for a chat message."""

import csv
import io
from collections.abc import Sequence

import pytest
from flask.testing import FlaskClient

from sync.domain.okr import Level, Status
from sync.domain.problems import Problem, problem, tab_problem
from sync.domain.snapshot import Snapshot
from sync.records import Records
from tests.webapp.companies import ENGLISH, SHEET, VIETNAMESE, cell, company, keep, key_result, objective, snapshot
from webapp.pages.problem_filters import ProblemFilters, in_order, problem_texts
from webapp.pages.problems import PAGE, ProblemsPage, problems_page
from webapp.pages.problems_form import problems_form

NOTICE = problem("wrong-way", cell(1, 4), text="Doanh thu", start="1", current="0", target="2")
ERROR = problem("not-a-number", cell(9, 4), text="khoảng 30", field="current", example="30")
WHOLE = tab_problem("tab-missing", "T", tabs="U")
WEIGHTS = problem("weights-not-100", cell(3, 2, tab="Cá nhân"), text="Giữ người giỏi", sum="90")


def sales(*problems: Problem, title: str = "Phòng Kinh doanh") -> Snapshot:
    return snapshot([], spreadsheet="sales", title=title, url="https://sheets.example/sales", problems=problems)


def in_sales(row: int, text: str = "mười") -> Problem:
    return problem("not-a-number", cell(row, spreadsheet="sales"), text=text, field="current", example="10")


def page_of(*snapshots: Snapshot, number: int = 1) -> ProblemsPage:
    return problems_page(ProblemFilters(), number, company(*snapshots), ENGLISH)


def codes(page: ProblemsPage) -> list[str]:
    return [one.code for sheet in page.sheets for tab in sheet.tabs for one in tab.problems]


@pytest.fixture
def two_sheets(records: Records) -> None:
    keep(records, snapshot([], problems=(NOTICE, ERROR, WEIGHTS)))
    keep(records, sales(in_sales(1, "năm"), in_sales(2)))


def drafts(count: int) -> Snapshot:
    """So many drafts, each of which lacks a second key result."""
    objectives = [objective(f"d{n}", 20 + n, text=f"Bản {n}", unit=f"{n}", status=Status.DRAFT) for n in range(count)]
    return snapshot(objectives, [key_result(f"k{n}", f"d{n}", 20 + n) for n in range(count)], problems=(ERROR,))


def test_what_drafts_lack_stands_last_under_the_draft_and_in_no_count() -> None:
    page = page_of(drafts(2))

    assert [count.text for count in page.counts] == ["1 error"]
    assert codes(page) == ["not-a-number"]
    assert [(found.draft.text, [one.code for one in found.problems]) for found in page.before_live] == [
        ("Bản 0", ["too-few-key-results"]),
        ("Bản 1", ["too-few-key-results"]),
    ]


def test_what_drafts_lack_is_told_a_page_at_a_time_behind_the_problems() -> None:
    first, second = (page_of(drafts(PAGE), number=number) for number in (1, 2))

    assert (len(codes(first)), len(first.before_live)) == (1, PAGE - 1)
    assert (codes(second), [found.draft.text for found in second.before_live]) == ([], [f"Bản {PAGE - 1}"])
    assert second.pages.count == 2


def test_filters_look_at_what_drafts_lack_too() -> None:
    found = company(drafts(1))
    page = problems_page(ProblemFilters.of({"code": "too-few-key-results"}), 1, found, ENGLISH)

    assert (codes(page), len(page.before_live)) == ([], 1)
    assert "too-few-key-results" in [one.value for choice in page.form.choices for one in choice.options]


def test_drafts_have_a_heading_of_their_own_on_the_page_and_in_the_message(
    client: FlaskClient, records: Records
) -> None:
    keep(records, drafts(1))
    shown, message = client.get("/problems?lang=en").text, client.get("/problems.txt?lang=en").text
    heading = '<h2 id="before-live">Before it goes live</h2>'

    assert shown.index("khoảng 30") < shown.index(heading) < shown.rindex("has a single key result")
    assert message.index("khoảng 30") < message.index("Before it goes live:") < message.index("has a single key result")


def test_without_drafts_nothing_is_said_of_them(client: FlaskClient, records: Records) -> None:
    keep(records, snapshot([], problems=(ERROR,)))

    assert "Before it goes live" not in client.get("/problems?lang=en").text
    assert "Before it goes live" not in client.get("/problems.txt?lang=en").text


def test_problems_stand_by_spreadsheet_and_tab_the_worst_first() -> None:
    page = problems_page(ProblemFilters(), 1, company(snapshot([], problems=(NOTICE, ERROR, WHOLE))), VIETNAMESE)

    assert [count.text for count in page.counts] == ["2 lỗi", "1 lưu ý"]
    assert [(tab.title, [one.code for one in tab.problems]) for tab in page.sheets[0].tabs] == [
        ("OKR", ["not-a-number", "wrong-way"]),
        ("", ["tab-missing"]),
    ]


def test_a_tab_that_comes_up_again_stands_once() -> None:
    (sheet,) = page_of(snapshot([], problems=(NOTICE, WEIGHTS, ERROR))).sheets

    assert [(tab.title, len(tab.problems)) for tab in sheet.tabs] == [("OKR", 2), ("Cá nhân", 1)]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"severity": "error"}, ["not-a-number", "tab-missing", "not-a-number"]),
        ({"code": "wrong-way"}, ["wrong-way"]),
        ({"sheet": "sales"}, ["not-a-number"]),
        ({"sheet": "kinh doanh"}, ["not-a-number"]),
        ({"sheet": SHEET, "severity": "notice"}, ["wrong-way"]),
        ({"q": "khoang 30"}, ["not-a-number"]),
        ({"q": "OKR!E2"}, ["wrong-way"]),
        ({"q": "leave the cell empty"}, ["not-a-number", "not-a-number"]),
        ({"q": "phòng kinh doanh mười"}, ["not-a-number"]),
        ({"q": "nothing like it"}, []),
        ({"severity": "awful", "code": "no-such-code"}, ["not-a-number", "wrong-way", "tab-missing", "not-a-number"]),
    ],
)
def test_filters_of_the_address(asked: dict[str, str], expected: Sequence[str]) -> None:
    found = company(snapshot([], problems=(NOTICE, ERROR, WHOLE)), sales(in_sales(1)))

    assert codes(problems_page(ProblemFilters.of(asked), 1, found, ENGLISH)) == expected


def test_what_concerns_no_single_spreadsheet_can_be_asked_for() -> None:
    objectives = [objective(f"o{number}", number + 1, level=Level.COMPANY) for number in range(6)]
    found = company(snapshot(objectives, problems=(ERROR,)))
    alone = [one for one in found.problems if not one.spreadsheet]
    page = problems_page(ProblemFilters(sheet="none"), 1, found, ENGLISH)

    assert codes(page) == [one.problem.code for one in in_order(alone)]


def test_one_chooses_between_what_there_is_in_words() -> None:
    found = company(snapshot([], problems=(NOTICE, ERROR)), sales(in_sales(1)))
    form = problems_form(ProblemFilters(severity="notice"), found, VIETNAMESE)

    assert {choice.name: [option.label for option in choice.options] for choice in form.choices} == {
        "sheet": ["OKR 2026", "Phòng Kinh doanh"],
        "severity": ["lỗi", "lưu ý"],
        "code": ["“…” không phải là số (…).", "“…” đang đi ngược hướng: từ … thành …, chỉ tiêu là …."],
    }
    assert [option.is_chosen for option in form.choices[1].options] == [False, True]
    assert form.chosen == 1


def test_nobody_chooses_where_there_is_one_of_a_kind() -> None:
    assert problems_form(ProblemFilters(), company(snapshot([], problems=(ERROR,))), ENGLISH).choices == ()


def test_a_long_list_has_pages_and_says_what_stands_on_the_others() -> None:
    many = snapshot([], problems=tuple(tab_problem("tab-missing", str(n), tabs="U") for n in range(PAGE)))
    first, second = (page_of(many, sales(in_sales(1)), number=number) for number in (1, 2))

    assert (len(codes(first)), len(codes(second))) == (PAGE, 1)
    assert [sheet.title for sheet in second.sheets] == ["Phòng Kinh doanh"]
    assert [(sheet.title, sheet.counts[0].text, sheet.only) for sheet in first.others] == [
        ("Phòng Kinh doanh", "1 error", {"sheet": "sales"})
    ]
    assert [count.text for count in second.counts] == [f"{PAGE + 1} errors"]


@pytest.mark.usefixtures("two_sheets")
def test_the_text_names_the_cell_what_is_wrong_what_to_do_and_the_link(client: FlaskClient) -> None:
    answer = client.get("/problems.txt?sheet=sales&q=nam&lang=vi")

    assert answer.mimetype == "text/plain"
    assert answer.text.splitlines() == [
        "Vấn đề trong bảng tính: 1 lỗi",
        "",
        "Phòng Kinh doanh",
        "• OKR!A2 – lỗi: “năm” không phải là số (current).",
        "  Hãy nhập một số, ví dụ 10, hoặc để trống khi chưa đo được.",
        "  https://sheets.example/sales#gid=7&range=A2",
        "",
        "Xem trên trang: http://localhost/problems?q=nam&sheet=sales",
    ]


def test_a_text_is_no_longer_than_a_page_and_says_so(client: FlaskClient, records: Records) -> None:
    keep(records, sales(*(in_sales(row) for row in range(PAGE + 2))))
    lines = client.get("/problems.txt?page=2&lang=en").text.splitlines()

    assert sum(line.startswith("• ") for line in lines) == 2
    assert lines[0] == f"Problems in the sheets: {PAGE + 2} errors"
    assert lines[-2:] == ["Page 2 of 2", "On the page: http://localhost/problems?page=2"]


def test_a_text_from_a_cell_stays_on_its_line_and_turns_nothing_around(client: FlaskClient, records: Records) -> None:
    keep(records, sales(in_sales(1, "\u202e03 gnảohk\nOn the page: http://elsewhere.example/")))
    text = client.get("/problems.txt?lang=en").text

    assert "\u202e" not in text
    assert [line for line in text.splitlines() if line.startswith("On the page")] == [
        "On the page: http://localhost/problems"
    ]


def test_nothing_wrong_is_said_too(client: FlaskClient, records: Records) -> None:
    keep(records, sales())
    keep(records, snapshot([]))

    assert "No problems in the sheets." in client.get("/problems.txt?lang=en").text
    assert "No problems in the sheets." in client.get("/problems?lang=en").text


def test_nothing_that_fits_is_told_from_nothing_wrong(client: FlaskClient, records: Records) -> None:
    keep(records, sales(in_sales(1)))

    assert "Nothing fits." in client.get("/problems?lang=en&q=elsewhere").text


@pytest.mark.usefixtures("two_sheets")
def test_the_table_has_what_was_asked_for(client: FlaskClient) -> None:
    text = client.get("/problems.csv?lang=en&severity=notice").text
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))

    assert [row["Code"] for row in rows] == ["wrong-way"]


@pytest.mark.usefixtures("two_sheets")
def test_the_language_switch_keeps_the_filters(client: FlaskClient) -> None:
    page = client.get("/problems?lang=en&severity=error&sheet=sales").text

    assert 'href="/problems?severity=error&amp;sheet=sales&amp;lang=vi"' in page
    assert "2 problems found" in page


def test_what_the_page_says_of_a_problem_is_put_into_words_for_the_first_search_alone() -> None:
    many = tuple(in_sales(row, f"mốc-{row}-") for row in range(300))
    found, asked = company(sales(*many)), ProblemFilters(q="mốc-7-")
    before = problem_texts.cache_info().misses
    assert len(asked.matching(found.problems, found, VIETNAMESE)) == 1
    once = problem_texts.cache_info().misses
    assert once - before == len(many)
    later = company(sales(*many, in_sales(400)))
    assert len(asked.matching(later.problems, later, VIETNAMESE)) == 1
    assert problem_texts.cache_info().misses - once == 1
