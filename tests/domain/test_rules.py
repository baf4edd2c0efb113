"""The OKR rules, one test or more each: what is told, where, and what is left in peace."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from sync.domain.alignment import align
from sync.domain.cells import CellRef
from sync.domain.naming import Names, bearers_of
from sync.domain.okr import Amount, KeyResult, Level, Objective
from sync.domain.problems import Problem
from sync.domain.rules import GOOD_OKR, check, check_scores, unmatched, unmatched_references
from sync.domain.scoring import RollUp, score_okrs
from sync.translations.problems import hint_of
from tests.support.grids import at, grid, read_all

COLUMNS = "Mã | Cấp | Đơn vị | Ai | Kỳ | TT | Trên | Chéo | O | KR | W | Đầu | Đích | Nay"
BY = """
[objective]
id = "Mã"
level = "Cấp"
unit = "Đơn vị"
owner = "Ai"
period = "Kỳ"
status = "TT"
parent = "Trên"
related = "Chéo"
text = "O"
[key_result]
text = "KR"
weight = "W"
start = "Đầu"
target = "Đích"
current = "Nay"
"""


# How good OKRs are worded and measured is for `test_good_okr`.
TESTED_HERE = {"too-many-objectives", "weights-not-100", "orphan", "skipped-level"}


def company(rows: str, whole: bool = True) -> list[Problem]:
    """What the rules of numbers and links say of a company drawn on one tab."""
    reading = read_all([grid(f"{COLUMNS}\n{rows}")], BY)
    assert reading.problems == ()
    scores = score_okrs(reading.objectives, reading.key_results, {})
    return check(align(reading.objectives, reading.key_results), scores, whole=whole, off=GOOD_OKR.keys() - TESTED_HERE)


def told(found: Sequence[Problem]) -> list[tuple[str, CellRef | None]]:
    return [(item.code, item.cell) for item in found]


def reasons(start: str, target: str, current: str) -> list[tuple[str, CellRef | None]]:
    """What is said of one key result's score."""
    reading = read_all([grid(f"{COLUMNS}\n | | | | | | | | o | a | | {start} | {target} | {current}")], BY)
    scores = score_okrs(reading.objectives, reading.key_results, {})
    return told(check_scores(reading.key_results, reading.objectives, scores))


def number(value: int) -> Amount:
    return Amount(Decimal(value), str(value))


def test_a_sound_company_hears_nothing() -> None:
    assert (
        company(
            """
        O1 | Công ty   |       |    | Q1 | | | | o | a | | 0 | 10 | 5
        O2 | Phòng ban | Sales |    | Q1 | | O1 | | p | b | | 0 | 10 | 5
        O3 | Cá nhân   | Sales | An | Q1 | | O2 | O1 | q | c | | 0 | 10 | 5
        """
        )
        == []
    )


def test_an_objective_without_a_key_result_is_told_of_drafts_too() -> None:
    found = company(" | Công ty | | | | | | | o | \n | Công ty | | | | Nháp | | | p | ")
    assert told(found) == [("no-key-result", at("I2")), ("no-key-result", at("I3"))]


def test_an_objective_that_is_rolled_up_from_others_needs_no_key_result_of_its_own() -> None:
    rows = "O1 | Công ty | | | | | | | o | | | | |\n | Phòng ban | Sales | | | | O1 | | p | a | | 0 | 10 | 8"
    reading = read_all([grid(f"{COLUMNS}\n{rows}")], BY)
    alignment = align(reading.objectives, reading.key_results)
    top, below = reading.objectives

    def told_of(children: dict[str, list[Objective]], whole: bool = True) -> list[tuple[str, CellRef | None]]:
        roll_up = RollUp({Level.COMPANY: "children"}, children)
        scores = score_okrs(reading.objectives, reading.key_results, {}, roll_up)
        return told(check(alignment, scores, whole=whole, off=GOOD_OKR))

    assert told_of({top.key: [below]}) == []
    assert told_of({}) == [("no-support", at("I2"))]
    assert told_of({}, whole=False) == []


@pytest.mark.parametrize(("count", "told_at"), [(5, []), (6, [at("I7")]), (8, [at("I7")])])
def test_more_than_five_objectives_are_told_at_the_sixth(count: int, told_at: list[CellRef]) -> None:
    rows = [f" | Công ty | ABC | | Q1 | | | | o{number} | a | | | | " for number in range(count)]
    found = company("\n".join(rows))
    assert [item.cell for item in found if item.code == "too-many-objectives"] == told_at


@pytest.mark.parametrize("column", ["Kỳ", "Đơn vị"])
def test_five_objectives_are_counted_per_unit_and_period(column: str) -> None:
    rows = []
    for number in range(8):
        unit, period = ("A" if number % 2 else "B", "Q1") if column == "Đơn vị" else ("A", f"Q{number % 2}")
        rows.append(f" | Công ty | {unit} | | {period} | | | | o{number} | a | | | | ")
    assert company("\n".join(rows)) == []


def test_people_of_one_unit_have_their_own_five() -> None:
    rows = [f" | Cá nhân | A | {'An' if n % 2 else 'Bình'} | | | P | | o{n} | a | | | | " for n in range(8)]
    found = company(
        "P | Phòng ban | A | | | | P0 | | p | x | | | | \nP0 | Công ty | | | | | | | c | y\n" + "\n".join(rows)
    )
    assert found == []


def test_an_unknown_parent_is_told_with_the_nearest_one() -> None:
    found = company("O1 | Công ty | | | | | | | Tăng trưởng | a\nO2 | Phòng ban | | | | | Tăng trưỡng | | p | b")
    assert told(found) == [("unknown-parent", at("G3"))]
    assert dict(found[0].facts) == {"parent": "Tăng trưỡng", "nearest": "“Tăng trưởng”"}


@pytest.mark.parametrize(
    ("actives", "drafts", "told_at"),
    [(5, 0, []), (3, 2, []), (4, 3, [(7, "at I7")]), (5, 1, [(6, "at I7")]), (6, 0, [(6, "at I7")])],
)
def test_drafts_are_counted_with_active_ones_for_drafts_only(
    actives: int, drafts: int, told_at: list[tuple[int, str]]
) -> None:
    rows = [f" | Công ty | A | | Q1 | | | | o{n} | a | | | | " for n in range(actives)]
    rows += [f" | Công ty | A | | Q1 | Nháp | | | d{n} | a | | | | " for n in range(drafts)]
    found = [item for item in company("\n".join(rows)) if item.code == "too-many-objectives"]
    assert [(int(dict(item.facts)["count"]), f"at {item.cell and item.cell.a1}") for item in found] == told_at


def test_too_many_active_ones_are_told_beside_a_draft_that_makes_them_more() -> None:
    rows = [f" | Công ty | A | | Q1 | {'Nháp' if n == 0 else ''} | | | o{n} | a | | | | " for n in range(7)]
    found = company("\n".join(rows))
    assert [(dict(item.facts)["count"], item.cell) for item in found] == [("6", at("I8")), ("7", at("I2"))]


def test_a_parent_that_is_like_no_other_text_has_no_nearest() -> None:
    found = company("O1 | Công ty | | | | | | | Tăng trưởng | a\nO2 | Phòng ban | | | | | Quỹ xyz | | p | b")
    assert hint_of(found[0], "en").startswith("Nearest: none. ")
    assert hint_of(found[0], "vi").startswith("Gần giống nhất: không có. ")


def test_a_check_in_or_initiative_that_names_nothing_or_several_things_is_told() -> None:
    by = """
    objective.text = "O"
    key_result = { text = "KR", id = "Mã" }
    check_in = { key_result = "Của" }
    initiative = { text = "Việc", key_result = "Phục vụ" }
    """
    rows = """
    O | KR | Mã | Của | Việc | Phục vụ
    o | a  | K1 | K1  | x    | K1, K9
      | b  | K2 | K9  | y    | a
      | b  | K3 | b   | z    |
    """
    reading = read_all([grid(rows)], by)
    names = Names(bearers_of([*reading.objectives, *reading.key_results]))
    found = unmatched_references(names, unmatched(names, reading.check_ins, reading.initiatives))
    assert [(each.code, each.cell and each.cell.a1, dict(each.facts)["text"]) for each in found] == [
        ("unknown-key-result", "D3", "K9"),
        ("ambiguous-key-result", "D4", "b"),
        ("unknown-key-result", "E2", "K9"),
    ]


def test_an_unknown_cross_link_is_told_at_its_own_cell() -> None:
    found = company("O1 | Công ty | | | | | | O9 | o | a")
    assert told(found) == [("unknown-parent", at("H2"))]


def test_a_parent_with_two_meanings_is_told_with_both_cells() -> None:
    found = company(
        " | Công ty | A | | | | | | o | a\n | Công ty | B | | | | | | o | b\n | Phòng ban | C | | | | o | | p | c"
    )
    assert told(found) == [("ambiguous-parent", at("G4"))]
    assert dict(found[0].facts)["cells"] == "OKR!I2, OKR!I3"


def test_a_circle_is_told_at_each_of_its_objectives() -> None:
    found = company("A | Phòng ban | | | | | B | | o | a\nB | Phòng ban | | | | | A | | p | b")
    assert told(found) == [("circular-parent", at("G2")), ("circular-parent", at("G3"))]
    assert dict(found[0].facts)["path"] == "o → p → o"


def test_a_persons_objective_right_below_the_companys_skips_a_level() -> None:
    found = company("A | Công ty | | | | | | | o | a\nB | Cá nhân | | An | | | A | | p | b")
    assert told(found) == [("skipped-level", at("G3"))]


@pytest.mark.parametrize(
    ("level", "status", "orphans"),
    [
        ("Công ty", "", 0),
        ("Phòng ban", "", 1),
        ("Cá nhân", "", 1),
        ("", "", 0),
        ("Phòng ban", "Nháp", 1),
        ("Phòng ban", "Đóng", 0),
    ],
)
def test_an_objective_below_the_company_supports_something_while_it_is_open(
    level: str, status: str, orphans: int
) -> None:
    found = company(f" | {level} | A | An | | {status} | | | o | a")
    assert [item.code for item in found] == ["orphan"] * orphans


def test_a_broken_link_is_told_instead_of_an_orphan() -> None:
    assert [item.code for item in company(" | Phòng ban | | | | | O9 | | o | a")] == ["unknown-parent"]


@pytest.mark.parametrize(
    ("weights", "total"),
    [
        (("30", "30", "40"), None),
        (("30", "30", "30"), "90"),
        (("30%", "70%"), None),
        (("30%%", "60%%"), "90"),
        (("50%", "70%"), "120"),
        (("1", "2", "3"), None),
        (("50",), None),
        (("0", "0"), None),
        (("33,3", "33,3", "33,4"), None),
        (("50%", "70%", ""), "120"),
        (("50%", ""), None),
    ],
)
def test_weights_that_look_like_percentages_add_up_to_100(weights: tuple[str, ...], total: str | None) -> None:
    rows = [f" | Công ty | | | | | | | o | a{n} | {weight} | | | " for n, weight in enumerate(weights)]
    found = [item for item in company("\n".join(rows)) if item.code == "weights-not-100"]
    assert [dict(item.facts)["sum"] for item in found] == ([] if total is None else [total])


def test_weights_may_add_up_to_100_over_all_objectives_of_a_person() -> None:
    rows = [f" | Công ty | | | | | | | {o} | a{o} | {weight} | | | " for o, weight in (("o", "60%"), ("p", "40%"))]
    assert "weights-not-100" not in {found.code for found in company("\n".join(rows))}


@pytest.mark.parametrize(
    ("start", "target", "current", "expected"),
    [
        ("0", "10", "5", []),
        ("0", "10", "", []),
        ("", "", "", []),
        ("0", "", "5", [("target-missing", at("M2"))]),
        ("5", "5", "5", [("target-equals-start", at("M2"))]),
        ("", "65%", "30", [("unit-mismatch", at("N2"))]),
        ("2 tuần", "5 ngày", "", []),
        ("2 tuần", "5 ngày", "3 ngày", [("unit-mismatch", at("N2"))]),
        ("2 tuần", "5 ngày", "3", [("unit-mismatch", at("M2"))]),
        ("100", "10", "110", [("wrong-way", at("N2"))]),
    ],
)
def test_why_a_key_result_has_no_score_is_told_at_its_cell(
    start: str, target: str, current: str, expected: list[tuple[str, CellRef]]
) -> None:
    assert reasons(start, target, current) == expected


def test_an_objective_whose_weights_are_all_0_is_told() -> None:
    reading = read_all([grid(f"{COLUMNS}\n | | | | | | | | o | a | 0 | 0 | 10 | 5")], BY)
    scores = score_okrs(reading.objectives, reading.key_results, {})
    assert told(check_scores(reading.key_results, reading.objectives, scores)) == [("no-weight", at("I2"))]


@pytest.mark.parametrize(
    ("weights", "score", "cells"),
    [
        (("50%", "", "30%"), None, ["K3"]),
        (("50", "", ""), None, ["K3", "K4"]),
        (("60%", "40%", ""), Decimal("0.6"), []),
        (("3", "2", ""), Decimal("0.5"), []),
    ],
)
def test_a_blank_weight_beside_percentages_is_asked_for_unless_the_others_make_100(
    weights: tuple[str, ...], score: Decimal | None, cells: list[str]
) -> None:
    rows = [f" | | | | | | | | o | a{n} | {weight} | 0 | 10 | {10 - 10 * (n > 0)}" for n, weight in enumerate(weights)]
    reading = read_all([grid("\n".join([COLUMNS, *rows]))], BY)
    scores = score_okrs(reading.objectives, reading.key_results, {})
    assert scores[reading.objectives[0].key].value == score
    expected = [("weight-missing", at(cell)) for cell in cells]
    assert told(check_scores(reading.key_results, reading.objectives, scores)) == expected


def test_a_blank_weight_of_what_has_no_score_is_not_needed_yet() -> None:
    rows = "\n".join(f" | | | | | | | | o | a{n} | {row}" for n, row in enumerate(("50% | 0 | 10 | 4", " | 0 | 10 | ")))
    reading = read_all([grid(f"{COLUMNS}\n{rows}")], BY)
    scores = score_okrs(reading.objectives, reading.key_results, {})
    assert scores[reading.objectives[0].key].value == Decimal("0.4")


def test_a_kept_score_is_not_told_to_move_the_wrong_way_again() -> None:
    broken = KeyResult(
        key="k",
        text="a",
        cell=at("J2"),
        target=Amount(),
        current=Amount(text="#REF!", fault="cell-error", cell=at("N2")),
    )
    before = KeyResult(key="k", text="a", cell=at("J2"), start=number(100), target=number(10), current=number(110))
    last = score_okrs([], [before], {})
    assert last["k"].wrong_way
    assert check_scores([broken], [], score_okrs([], [broken], last)) == []


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (" | Phòng ban | S | | | | O9 | | o | a", "unknown-parent"),
        (" | Công ty | | | | | | O9 | o | a", "unknown-parent"),
        (" | Công ty | | | Q1 | | | | o | a\n | Công ty | | | Q2 | | | | o | a\n | Phòng ban | S | | | | o | | p | b", "ambiguous-parent"),  # noqa: E501
        ("O1 | Phòng ban | S | | | | O2 | | o | a\nO2 | Phòng ban | S | | | | O1 | | p | b", "circular-parent"),
        ("O1 | Công ty | | | | | | | o | a\n | Cá nhân | S | An | | | O1 | | p | b", "skipped-level"),
    ],
)  # fmt: skip
def test_what_a_spreadsheet_that_is_not_read_yet_can_answer_waits_for_it(rows: str, code: str) -> None:
    assert code in [found.code for found in company(rows)]
    assert company(rows, whole=False) == []


def test_what_depends_on_no_other_spreadsheet_does_not_wait() -> None:
    rows = " | Phòng ban | S | | | | | | o | "
    assert {found.code for found in company(rows, whole=False)} == {"orphan", "no-key-result"}


@pytest.mark.parametrize(
    ("start", "target", "current", "told"),
    [
        ("10%%", "0.2", "0.05", ("10%", "20%", "5%")),
        ("0.1", "20%", "0.05", ("10%", "20%", "5%")),
        ("0.1", "0.2", "'-2,5%", ("10%", "20%", "-2,5%")),
        ("10%%", "0.2", "0.025", ("10%", "20%", "2,5%")),
        ("0.1", "0.2", "0.05", ("0,1", "0,2", "0,05")),
        ("10", "20", "5", ("10", "20", "5")),
    ],
)
def test_values_that_move_the_wrong_way_are_told_on_one_scale(
    start: str, target: str, current: str, told: tuple[str, str, str]
) -> None:
    by = 'objective.text.value = "o"\nkey_result = { text = "KR", start = "S", target = "T", current = "C" }'
    reading = read_all([grid(f"KR | S | T | C\na | {start} | {target} | {current}")], by)
    scores = score_okrs(reading.objectives, reading.key_results, {})
    [found] = check_scores(reading.key_results, reading.objectives, scores)
    facts = dict(found.facts)
    assert (found.code, (facts["start"], facts["target"], facts["current"])) == ("wrong-way", told)
