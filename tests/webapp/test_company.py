"""Snapshots put together: whose problem is whose, what a check-in names, what hangs under what."""

from sync.domain.company import CompanySettings
from sync.domain.okr import CheckIn, Initiative, Level, Status
from sync.domain.problems import problem
from tests.webapp.companies import amount, cell, company, key_result, objective, snapshot
from webapp.company.company import Company
from webapp.company.forest import DEEPEST, by_level, forest_of
from webapp.company.scope import in_periods


def codes(found: Company, key: str) -> list[str]:
    return [problem.code for problem in found.concerning.get(key, ())]


def test_a_problem_belongs_to_the_item_that_owns_its_cell() -> None:
    at = cell(1, 4)
    said = problem("not-a-number", at, text="x", field="Current", example="1")
    found = company(
        snapshot([objective("o")], [key_result("k", "o", current=amount(1, at=at))], problems=(said,)),
    )
    assert codes(found, "k") == ["not-a-number"]
    assert "not-a-number" not in codes(found, "o")


def test_a_problem_in_another_cell_belongs_to_what_stands_in_its_row() -> None:
    said = problem("unknown-word", cell(5, 9), text="x", field="Status", known="y")
    found = company(snapshot([objective("o", 1), objective("p", 5)], problems=(said,)))
    assert codes(found, "p")[0] == "unknown-word"
    assert "unknown-word" not in codes(found, "o")


def test_of_several_key_results_in_one_cell_the_quoted_one_is_meant() -> None:
    said = problem("target-missing", cell(1, 1), text="Second", current="3")
    both = [key_result("a", "o", text="First"), key_result("b", "o", text="Second")]
    found = company(snapshot([objective("o")], both, problems=(said,)))
    assert (codes(found, "a"), codes(found, "b")) == ([], ["target-missing"])


def test_rules_over_the_company_are_among_the_problems() -> None:
    found = company(snapshot([objective("o", level=Level.DEPARTMENT)]))
    assert {one.problem.code for one in found.problems} == {"no-key-result", "orphan"}


def draft_beside_active() -> Company:
    """An active objective and a draft, each with a key result that has no target; of the draft a cell is unreadable."""
    parts = [
        key_result("k", "o", text="Khách vui", start=amount(None), current=amount(None), target=amount(None)),
        key_result(
            "l", "d", 3, text="Khách vui", start=amount(None), current=amount(None, at=cell(3, 4)), target=amount(None)
        ),
    ]
    said = (
        problem("not-a-number", cell(3, 4), text="x", field="Current", example="1"),
        problem("score-outside", cell(3, 6), title="OKR", column="Z", last="K"),
        problem("other-table", cell(9, 0), title="OKR", text="x"),
    )
    return company(snapshot([objective("o"), objective("d", 3, status=Status.DRAFT)], parts, problems=said))


def test_what_is_wrong_with_a_draft_is_told_apart() -> None:
    found = draft_beside_active()
    assert sorted(one.problem.code for one in found.before_live) == ["no-number", "not-a-number", "too-few-key-results"]
    assert {one.draft for one in found.before_live} == {"d"}
    assert [one.code for one in found.lacking["d"]] == [one.problem.code for one in found.before_live]
    assert codes(found, "o") == ["too-few-key-results"]
    assert codes(found, "k") == ["no-number"]
    assert (codes(found, "d"), codes(found, "l")) == (["score-outside"], [])


def test_what_became_of_a_tab_or_of_scores_is_no_matter_of_a_draft() -> None:
    assert {"score-outside", "other-table"} <= {one.problem.code for one in draft_beside_active().problems}


def test_a_rule_that_is_switched_off_is_told_neither_of_drafts_nor_of_active_ones() -> None:
    found = snapshot(
        [objective("o"), objective("d", 3, status=Status.DRAFT)], [key_result("k", "o"), key_result("l", "d", 3)]
    )
    told = company(found, settings=CompanySettings(off=frozenset({"too-few-key-results"}))).told
    assert [one.problem.code for one in told] == []


def test_a_draft_of_another_period_is_told_there_alone() -> None:
    parts = [key_result("k", "o"), key_result("l", "d", 3)]
    both = [objective("o", period="Q4/2026"), objective("d", 3, period="Q1/2027", status=Status.DRAFT)]
    found = company(snapshot(both, parts))
    [now], [later] = ([found.calendar.period(name).key] for name in ("Q4/2026", "Q1/2027"))
    assert [one.draft for one in in_periods(found, {later}).before_live] == ["d"]
    assert in_periods(found, {now}).before_live == ()


def test_check_ins_and_initiatives_are_found_by_id_or_text_in_their_own_spreadsheet_first() -> None:
    here = snapshot(
        [objective("o", id="O1")],
        [key_result("k", "o", id="KR1", text="Customers")],
        check_ins=(CheckIn(key_result="kr1", cell=cell(9)), CheckIn(key_result=" CUSTOMERS", cell=cell(10))),
        initiatives=(
            Initiative(text="Call", cell=cell(11), key_results=("KR1",)),
            Initiative(text="Plan", cell=cell(12), objective="O1"),
        ),
    )
    there = snapshot(
        [objective("p", cell=cell(1, spreadsheet="other"))],
        [key_result("q", "p", id="KR1", text="Else", cell=cell(1, 1, spreadsheet="other"))],
        spreadsheet="other",
        check_ins=(CheckIn(key_result="Customers", cell=cell(9, spreadsheet="other")),),
    )
    found = company(here, there)
    assert len(found.check_ins["k"]) == 3
    assert [initiative.text for initiative in found.initiatives["k"]] == ["Call"]
    assert [initiative.text for initiative in found.initiatives["o"]] == ["Plan"]


def test_a_name_that_several_bear_is_not_guessed_at() -> None:
    found = company(
        snapshot(
            [objective("o")],
            [key_result("a", "o", text="Same"), key_result("b", "o", text="Same")],
            check_ins=(CheckIn(key_result="Same", cell=cell(9)),),
        )
    )
    assert set(found.check_ins) == {""}


def test_trees_keep_to_one_status_and_levels_come_in_order() -> None:
    found = company(
        snapshot(
            [
                objective("i", level=Level.INDIVIDUAL),
                objective("c", id="C"),
                objective("d", level=Level.DEPARTMENT, parent="C"),
                objective("draft", parent="C", status=Status.DRAFT),
                objective("under", parent="Objective draft"),
            ]
        )
    )
    active = forest_of(found, Status.ACTIVE)
    assert {level: [root.key for root in roots] for level, roots in by_level(active.roots).items()} == {
        Level.COMPANY: ["c", "under"],
        Level.INDIVIDUAL: ["i"],
    }
    assert [child.key for child in active.children["c"]] == ["d"]
    assert [root.key for root in forest_of(found, Status.DRAFT).roots] == ["draft"]


def test_a_circle_stands_at_the_top_with_its_problem() -> None:
    found = company(snapshot([objective("a", 1, parent="Objective b"), objective("b", 2, parent="Objective a")]))
    assert [root.key for root in forest_of(found, Status.ACTIVE).roots] == ["a", "b"]
    assert "circular-parent" in codes(found, "a")


def test_a_chain_without_end_is_cut_into_trees() -> None:
    chain = [objective(f"o{n}", n, parent=f"Objective o{n - 1}" if n else "") for n in range(DEEPEST * 3 + 1)]
    forest = forest_of(company(snapshot(chain)), Status.ACTIVE)
    assert [root.key for root in forest.roots] == ["o0", *(f"o{DEEPEST * n}" for n in (1, 2, 3))]
    assert sum(len(children) for children in forest.children.values()) == len(chain) - len(forest.roots)
