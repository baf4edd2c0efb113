"""The page models as values: what a reader is told, in which words and numbers."""

from datetime import timedelta
from decimal import Decimal

import pytest

from sync.domain.memory import PassResult
from sync.domain.okr import Amount, Level, Status
from sync.domain.problems import problem
from sync.domain.scoring import Score
from sync.domain.snapshot import TabState, TabView
from tests.webapp.companies import (
    ENGLISH,
    NOW,
    SHEET,
    URL,
    VIETNAMESE,
    a_pass,
    amount,
    cell,
    company,
    key_result,
    objective,
    pass_status,
    snapshot,
)
from webapp.company.company import Company
from webapp.exports.alignment_json import company_json
from webapp.pages.tree import TreePage, tree_page
from webapp.parts.cells import cell_link, web_address
from webapp.parts.freshness import freshness_of, stale_ids
from webapp.parts.items import objective_view, score_view
from webapp.parts.progress import progress_of
from webapp.reader.numbers import Formats


def page_of(found: Company) -> TreePage:
    return tree_page(found, VIETNAMESE)


@pytest.mark.parametrize(
    ("shown", "vietnamese", "english"),
    [
        (Amount(Decimal("0.455"), "0.455", "%"), "45,5%", "45.5%"),
        (Amount(Decimal("0.455"), "45,5%", "%"), "45,5%", "45.5%"),
        (amount(1234567), "1.234.567", "1,234,567"),
        (amount("0.1"), "0,1", "0.1"),
        (Amount(Decimal(8000), "8.000"), "8.000", "8,000"),
        (Amount(Decimal("4.3"), "4,3"), "4,3", "4.3"),
        (Amount(Decimal(1200000000), "1,2 tỷ"), "1,2 tỷ", "1,2 tỷ"),
        (Amount(Decimal(5), "≤ 5", limit="≤"), "≤ 5", "≤ 5"),
        (Amount(Decimal(4), "4–5", upper=Decimal(5)), "4–5", "4–5"),
        (Amount(None, "mười", fault="not-a-number"), "mười", "mười"),
        (Amount(), "—", "—"),
        (Amount(Decimal("1e40"), "1e40"), "1.000e+40", "1.000e+40"),
    ],
)
def test_amounts_in_the_readers_format(shown: Amount, vietnamese: str, english: str) -> None:
    assert (Formats("vi").amount(shown), Formats("en").amount(shown)) == (vietnamese, english)


def test_a_score_says_its_band_in_words() -> None:
    assert [score_view(Score(Decimal(value)), VIETNAMESE).word for value in ("1", "0.6", "0.3", "0.29")] == [
        "hoàn thành",
        "đúng hướng",
        "có rủi ro",
        "chệch hướng",
    ]


def test_a_score_from_some_key_results_says_so() -> None:
    shown = score_view(Score(Decimal("0.75"), counted=2, total=3), VIETNAMESE)
    assert shown.counted == "0,75 từ 2/3 kết quả then chốt"
    assert score_view(Score(Decimal("0.75"), counted=3, total=3), VIETNAMESE).counted == ""


def test_no_score_is_no_zero_and_says_why() -> None:
    shown = score_view(Score(problem="no-data"), VIETNAMESE)
    assert (shown.text, shown.band, shown.word) == ("—", "none", "chưa đo")


def test_doubts_about_a_score_are_marked() -> None:
    assert score_view(Score(Decimal(0), Decimal(-1)), ENGLISH).marks == ("moving the wrong way",)
    assert score_view(Score(Decimal(1), Decimal("1.25")), ENGLISH).marks == ("beyond the target: 1.25",)
    assert score_view(Score(Decimal(1), stale=2), ENGLISH).marks == ("last good score, the cell cannot be read now",)


def test_weights_are_shown_only_where_they_differ() -> None:
    same = company(snapshot([objective("o")], [key_result("a", "o"), key_result("b", "o")]))
    percent = key_result("b", "o", weight=Decimal("0.4"), weight_unit="%")
    differ = company(snapshot([objective("o")], [key_result("a", "o"), percent]))
    blank = company(snapshot([objective("o")], [key_result("a", "o", weight_blank=True), percent]))
    weights = [
        [part.weight for part in page_of(found).groups[0].cards[0].objective.key_results]
        for found in (same, differ, blank)
    ]
    assert weights == [["", ""], ["1", "40%"], ["—", "40%"]]


def test_the_owner_of_a_key_result_is_named_where_it_is_another() -> None:
    found = company(
        snapshot([objective("o", owner="An")], [key_result("a", "o", owner=" AN"), key_result("b", "o", owner="Bình")])
    )
    view = objective_view(found.alignment.objectives["o"], found, VIETNAMESE)
    assert [part.owner for part in view.key_results] == ["", "Bình"]


def test_children_hang_under_what_they_support() -> None:
    found = company(
        snapshot(
            [objective("c", id="C"), objective("d", level=Level.DEPARTMENT, parent="Key result k")],
            [key_result("k", "c")],
        )
    )
    (group,) = page_of(found).groups
    (child,) = group.cards[0].children
    assert child.objective.supports is not None
    assert child.objective.supports.key_result == "Key result k"


def test_drafts_closed_ones_and_strays_stand_apart() -> None:
    found = company(
        snapshot(
            [objective("a"), objective("b", status=Status.DRAFT), objective("c", status=Status.CLOSED)],
            [key_result("k", "")],
        )
    )
    page = page_of(found)
    assert [card.objective.key for group in page.groups for card in group.cards] == ["a"]
    assert [(card.objective.key, card.objective.status) for card in page.drafts.cards] == [("b", "dự thảo")]
    assert [(card.objective.key, card.objective.status) for card in page.closed.cards] == [("c", "đã đóng")]
    assert [stray.key for stray in page.strays] == ["k"]


def test_troubles_of_key_results_are_told_at_the_objective() -> None:
    said = problem("not-a-number", cell(1, 1), text="x", field="y", example="1")
    found = company(snapshot([objective("o")], [key_result("k", "o")], problems=(said,)))
    assert [count.text for count in page_of(found).groups[0].cards[0].objective.troubles] == ["1 lỗi"]


def test_progress_is_the_weighted_mean_of_active_objectives_with_a_score() -> None:
    found = company(
        snapshot(
            [
                objective("a", weight=Decimal(3)),
                objective("b"),
                objective("none"),
                objective("draft", status=Status.DRAFT),
                objective("d", level=Level.DEPARTMENT, unit="Phòng A"),
                objective("e", level=Level.DEPARTMENT, unit="phòng  a"),
            ],
            scores={
                "a": Score(Decimal("0.8")),
                "b": Score(Decimal("0.4")),
                "draft": Score(Decimal(0)),
                "d": Score(Decimal("0.5")),
                "e": Score(Decimal("0.5")),
            },
        )
    )
    (progress,) = progress_of(found, VIETNAMESE)
    assert [(share.name, share.percent, share.counted) for share in progress.levels] == [
        ("Công ty", "70%", "2/3 mục tiêu có điểm"),
        ("Phòng ban", "50%", "2/2 mục tiêu có điểm"),
    ]
    assert [(share.name, share.percent) for share in progress.units] == [("Phòng A", "50%")]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVa\tScript:alert(1)",
        "\x01javascript:alert(1)",
        "https:evil.example",
        "https://docs.google.com@evil.example/",
        "https://[broken",
        "data:text/html,x",
        "",
    ],
)
def test_an_address_that_is_none_is_not_linked(url: str) -> None:
    assert web_address(url) == ""
    link = cell_link(cell(0), {SHEET: snapshot([], url=url)})
    assert link is not None
    assert (link.label, link.url) == ("OKR!A1", "")


def test_a_cell_is_linked_by_the_tabs_id() -> None:
    link = cell_link(cell(3, 27), {SHEET: snapshot([])})
    assert link is not None
    assert link.url == f"{URL}#gid=7&range=AB4"


def test_a_view_is_stale_after_three_intervals_and_a_minute() -> None:
    shown, found = company(snapshot([])), pass_status(snapshot([]))
    edge = NOW + timedelta(seconds=3 * 300 + 60)
    assert stale_ids(shown, found, {SHEET: 300}, edge) == ()
    assert stale_ids(shown, found, {SHEET: 300}, edge + timedelta(seconds=1)) == (SHEET,)


def test_what_is_in_doubt_is_said_plainly() -> None:
    refused = TabView(7, "Q4", TabState.REFUSED, NOW - timedelta(days=1))
    held = snapshot([], tabs=(refused, TabView(8, "Q5", TabState.REFUSED, None)))
    found = pass_status(held, passes=[a_pass(PassResult.FAILED, message="permission")])
    bar = freshness_of(company(held), found, {SHEET: 300, "new": 60}, NOW, ENGLISH)
    known, waiting = bar.doubtful
    assert "failed. The spreadsheet is not shared with okr-sheets for editing. Share it" in known.failure
    assert [(tab.title, tab.seen is None) for tab in known.refused] == [("Q4", False), ("Q5", True)]
    assert (waiting.title, waiting.taken) == ("new", None)


def test_the_next_pass_is_the_first_of_all_that_are_to_come() -> None:
    passes = [a_pass(spreadsheet=name, finished_at=NOW) for name in (SHEET, "other")]
    found, intervals = pass_status(snapshot([]), passes=passes), {SHEET: 600, "other": 300}
    for later, expected in ((299, 300), (300, 600), (600, None)):
        bar = freshness_of(company(snapshot([])), found, intervals, NOW + timedelta(seconds=later), ENGLISH)
        due = NOW + timedelta(seconds=expected) if expected else None
        assert (bar.next_pass and bar.next_pass.iso) == (due and due.isoformat(timespec="seconds"))


def test_the_json_twin_has_every_number_and_both_languages() -> None:
    found = company(
        snapshot([objective("o", parent="missing")], [key_result("k", "o", start=amount(0), target=amount(7))])
    )
    twin = company_json(found, VIETNAMESE.bands)
    (one,) = twin["objectives"]
    assert (one["score"], one["key_results"][0]["raw"], one["band"]) == (1.0, 5.1429, "done")
    assert set(twin["problems"][0]["message"]) == {"vi", "en"}
