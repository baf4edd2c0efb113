"""The tree: whole for a small company, folded for a big one; branches, lists, units, and what moved."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from sync.domain.keys import person_key
from sync.domain.okr import Level, Status
from sync.domain.scoring import Score
from sync.records import HistoryPoint
from tests.webapp.big_company import TOP, big_company
from tests.webapp.companies import ENGLISH, VIETNAMESE, company, key_result, objective, snapshot
from webapp.company.company import MOST_IN_ONE_PIECE
from webapp.company.holders import unit_key
from webapp.pages.branch import branch_page
from webapp.pages.filters import Filters
from webapp.pages.results import ResultsPage, results_page
from webapp.pages.tree import tree_page
from webapp.pages.unit import MOST_AT_A_TIME, MOST_SMALL, unit_page
from webapp.parts.cards import MOST_SIBLINGS, MOST_WHOLE, PAGE, Card
from webapp.parts.items import score_of
from webapp.web.current import MadeOnce

BIG = MOST_IN_ONE_PIECE + 1


def all_of(cards: tuple[Card, ...]) -> list[Card]:
    return [each for card in cards for each in (card, *all_of(card.children))]


def test_a_small_company_is_on_the_page_whole() -> None:
    page = tree_page(company(big_company(MOST_IN_ONE_PIECE)), VIETNAMESE)
    (group,) = page.groups
    assert len(all_of(group.cards)) == MOST_IN_ONE_PIECE
    assert all(card.objective.key_results and not card.holds for card in all_of(group.cards))


def test_of_a_big_company_only_what_is_open_comes_with_what_it_holds() -> None:
    page = tree_page(company(big_company(BIG)), ENGLISH)
    (group,) = page.groups
    assert [card.is_open for card in group.cards] == [True] * TOP
    assert all(card.objective.key_results for card in group.cards)
    below = [child for card in group.cards for child in card.children]
    assert len(below) == BIG // 20
    assert {child.holds for child in below} <= {
        "4 key results, 19 objectives below",
        "4 key results, 18 objectives below",
    }
    assert not any(child.objective.key_results or child.children for child in below)


def test_too_many_siblings_are_cut_and_the_rest_is_a_search_away() -> None:
    many = [objective(f"o{n}", n, level=Level.DEPARTMENT) for n in range(BIG)]
    found = company(snapshot(many))
    (group,) = tree_page(found, VIETNAMESE).groups
    assert (len(group.cards), group.left_out) == (MOST_SIBLINGS, BIG - MOST_SIBLINGS)
    assert len(Filters.of(group.rest).matching(found, VIETNAMESE)) == BIG


def test_a_branch_is_one_objective_with_a_page_of_its_supporters() -> None:
    top = [objective("c", id="C"), objective("m", 1, id="M", parent="C", level=Level.DEPARTMENT)]
    low = [objective(f"i{n}", n + 2, level=Level.INDIVIDUAL, parent="M") for n in range(PAGE + 1)]
    found = company(snapshot([*top, *low]))
    first, second = (branch_page("m", number, found, VIETNAMESE) for number in (1, 2))
    assert first is not None
    assert second is not None
    assert [link.key for link in first.above] == ["c"]
    assert [len(page.card.children) for page in (first, second)] == [PAGE, 1]
    assert (first.pages.later, second.pages.earlier, second.pages.later) == (2, 1, 0)
    assert branch_page("nobody", 1, found, VIETNAMESE) is None


def test_results_stand_by_level_page_by_page() -> None:
    found = company(big_company(BIG))
    page = results_page(Filters(q="chat luong"), 1, found, ENGLISH)
    assert page.found == "76 objectives found"
    assert [group.heading for group in page.groups] == ["Company", "Department", "Individual"]
    assert sum(len(group.cards) for group in page.groups) == PAGE
    assert results_page(Filters(q="chat luong"), 99, found, ENGLISH).groups == ()


def test_a_long_list_of_a_big_company_is_closed_and_a_short_one_has_everything_in_its_cards() -> None:
    found = company(big_company(BIG))
    long, short = (cards_of(results_page(Filters(q=q), 1, found, VIETNAMESE)) for q in ("doanh thu", "doanh thu 77"))
    assert (len(long), len(short)) == (PAGE, 3)
    assert not any(card.objective.key_results for card in long)
    assert all(card.holds.startswith("4 kết quả then chốt") for card in long)
    assert [len(card.objective.key_results) for card in short] == [4, 4, 4]
    unit = unit_page(unit_key("Phòng 7"), 1, found, VIETNAMESE)
    assert unit is not None
    cards = [card for group in unit.groups for card in group.cards]
    assert len(cards) > MOST_WHOLE
    assert not any(card.objective.key_results for card in cards)


def test_a_long_list_of_a_small_company_is_on_the_page_whole() -> None:
    found = company(big_company(MOST_IN_ONE_PIECE))
    cards = cards_of(results_page(Filters(q="doanh thu"), 1, found, VIETNAMESE))
    assert [len(card.objective.key_results) for card in cards] == [4] * PAGE


def cards_of(page: ResultsPage) -> list[Card]:
    return [card for group in page.groups for card in group.cards]


def test_a_result_says_for_which_key_result_it_was_found() -> None:
    found = company(snapshot([objective("o")], [key_result("k", "o", text="Doanh thu"), key_result("l", "o")]))
    ((card,),) = (group.cards for group in results_page(Filters(q="doanh"), 1, found, VIETNAMESE).groups)
    assert card.hits == ("Doanh thu",)


def test_a_move_is_the_difference_of_the_numbers_that_are_shown() -> None:
    found = company(
        snapshot(
            [objective("o"), objective("p"), objective("q"), objective("r")],
            scores={
                "o": Score(Decimal("0.504")),
                "p": Score(Decimal("0.2")),
                "q": Score(Decimal("0.5")),
                "r": Score(problem="no-data"),
            },
        ),
        before={"o": Decimal("0.495"), "p": Decimal("0.45"), "q": None, "r": Decimal("0.3")},
    )
    moves = {key: score_of(key, found, VIETNAMESE).move for key in "opqr"}
    assert {key: move and (move.text, move.direction) for key, move in moves.items()} == {
        "o": None,
        "p": ("−0,25", "down"),
        "q": None,
        "r": None,
    }


def test_what_moved_most_is_named_and_all_of_it_is_counted() -> None:
    objectives = [objective(f"o{n}", n) for n in range(10)] + [objective("draft", 20, status=Status.DRAFT)]
    now = {found.key: Score(Decimal(n) / 10) for n, found in enumerate(objectives[:10])}
    before = {found.key: Decimal("0.3") for found in objectives}
    moves = tree_page(company(snapshot(objectives, scores=now), before=before), ENGLISH).moves
    assert [(moved.key, moved.score.move and moved.score.move.text) for moved in moves.named[:4]] == [
        ("o9", "+0.60"),
        ("o8", "+0.50"),
        ("o7", "+0.40"),
        ("o0", "−0.30"),
    ]
    assert (moves.up, moves.down, moves.left_out) == (6, 3, 3)


def test_without_scores_of_a_week_ago_nothing_is_said_to_have_moved() -> None:
    moves = tree_page(company(snapshot([objective("o")], [key_result("k", "o")])), VIETNAMESE).moves
    assert (moves.named, moves.is_known) == ((), False)


def test_a_unit_has_its_objectives_by_level_and_a_percent_of_the_active_ones_of_each() -> None:
    found = company(
        snapshot(
            [
                objective("i", level=Level.INDIVIDUAL, unit="phòng a", owner="An"),
                objective("d", 2, level=Level.DEPARTMENT, unit="Phòng A", owner="Bình"),
                objective("n", 3, level=Level.DEPARTMENT, unit="Phòng A"),
                objective("x", 4, level=Level.DEPARTMENT, unit="Phòng A", status=Status.DRAFT),
            ],
            scores={"i": Score(Decimal("0.4")), "d": Score(Decimal("0.8")), "x": Score(Decimal(0))},
        )
    )
    page = unit_page(unit_key("PHÒNG A"), 1, found, VIETNAMESE)
    assert page is not None
    assert [(share.name, share.percent, share.counted) for one in page.shares for share in one.shares] == [
        ("Phòng ban", "80%", "1/2 mục tiêu có điểm"),
        ("Cá nhân", "40%", "1/1 mục tiêu có điểm"),
    ]
    assert [[card.objective.key for card in group.cards] for group in page.groups] == [["d", "n", "x"], ["i"]]
    assert unit_page("nobody", 1, found, VIETNAMESE) is None


def test_figures_of_a_long_list_are_made_once_for_all_of_its_pages_and_readers() -> None:
    size = MOST_AT_A_TIME + 1
    found = company(snapshot([objective(f"o{n}", n, unit="Kho", owner="An") for n in range(size)]))
    asked: list[int] = []

    def histories(keys: Sequence[str]) -> Mapping[str, Sequence[HistoryPoint]]:
        asked.append(len(keys))
        return {}

    once = MadeOnce().get
    pages = [unit_page(unit_key("Kho"), number, found, ENGLISH, histories, once) for number in (1, 2, 1)]
    assert asked == [size, MOST_SMALL, MOST_SMALL, MOST_SMALL]
    assert len({page.shares for page in pages if page}) == 1
    assert [len(cards) for page in pages if page for cards in (page.groups[0].cards,)] == [PAGE, PAGE, PAGE]


def test_a_person_has_key_results_under_objectives_of_others() -> None:
    found = company(
        snapshot(
            [objective("o", owner="An"), objective("p", 2, owner="Bình")],
            [key_result("k", "o", owner="bình"), key_result("l", "o", owner=" AN ")],
        )
    )
    page = unit_page(person_key("Bình"), 1, found, VIETNAMESE)
    assert page is not None
    assert [(one.key_result.key, one.objective.key) for one in page.elsewhere] == [("k", "o")]
    assert [card.objective.key for group in page.groups for card in group.cards] == ["p"]
