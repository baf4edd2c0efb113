"""What is written and what never is: the plan of a pass."""

from decimal import Decimal

import pytest

from sync.domain.grid import Tab
from sync.domain.scoring import Score, score_okrs
from sync.passes.plan import Plan, make_plan
from sync.passes.targets import score_places
from sync.reading import read_book
from sync.translations.problems import message_of
from tests.support.grids import at, book, grid, mapping, read_all
from tests.support.outcomes import only
from tests.support.plans import BY, COLUMNS, one, planned, told, written


def test_scores_go_to_their_own_cells_with_their_working() -> None:
    plan = planned(grid(f"{COLUMNS}\no | a | 10 | 5 | | |\n | b | 10 | 10 | | |"))
    assert written(plan) == {at("F2"): Decimal("0.50"), at("F3"): Decimal("1.00"), at("G2"): Decimal("0.75")}
    assert {write.why for write in plan.writes} == {"5 ÷ 10 = 0.5", "10 ÷ 10 = 1", "(0.5 + 1) ÷ 2 = 0.75"}
    assert [write.kind for write in plan.writes] == ["objective", "key_result", "key_result"]


@pytest.mark.parametrize(
    ("others", "why"),
    [
        ("", "(0.5) ÷ 1 = 0.5"),
        (" | b | 10 | | | |", "(0.5) ÷ 1 = 0.5"),
        ("\n".join([" | k | 10 | 10 | | |"] * 7), "(0.5 + 1 + 1 + 1 + 1 + 1 + 1 + 1) ÷ 8 = 0.94"),
        ("\n".join([" | k | 10 | 10 | | |"] * 39), "(0.5 + 1 + 1 + 1 + 1 + 1 + … + 1) ÷ 40 = 0.99"),
    ],
    ids=["one key result", "one of two counts", "eight", "forty"],
)
def test_an_objectives_score_is_told_by_its_working_however_many_parts_it_has(others: str, why: str) -> None:
    plan = planned(grid(f"{COLUMNS}\no | a | 10 | 5 | | |\n{others}"))
    assert [write.why for write in plan.writes if write.kind == "objective"] == [why]


@pytest.mark.parametrize(
    ("score", "new"),
    [
        ('"Điểm"', "0.73"),
        ('{ header = "Điểm", decimals = 3 }', "0.725"),
        ('{ header = "Điểm", scale = 10 }', "7"),
        ('{ header = "Điểm", scale = 100 }', "73"),
        ('{ header = "Điểm", scale = 100, decimals = 1 }', "72.5"),
        ('{ header = "Điểm", scale = "percent" }', "0.73"),
        ('{ column = "F" }', "0.73"),
    ],
)
def test_a_score_is_written_on_the_columns_scale(score: str, new: str) -> None:
    assert written(one("1000", "725", "", score)) == {at("F2"): Decimal(new)}


@pytest.mark.parametrize(
    ("score", "held"),
    [
        ('"Điểm"', "0.73"),
        ('"Điểm"', "0.725"),
        ('"Điểm"', "0.7349"),
        ('{ header = "Điểm", scale = 100 }', "72.5"),
        ('{ header = "Điểm", scale = "percent" }', "0.725"),
        ('{ header = "Điểm", scale = "percent" }', "73%%"),
    ],
)
def test_what_shows_the_same_is_not_written(score: str, held: str) -> None:
    plan = one("1000", "725", held, score)
    assert (plan.writes, plan.problems) == ((), ())


@pytest.mark.parametrize("held", ["0.72", "0.74", "0", "73", "-0.73", str(10**25)])
def test_another_number_is_replaced(held: str) -> None:
    assert written(one("1000", "725", held)) == {at("F2"): Decimal("0.73")}


def test_a_number_out_of_all_measure_is_another_number() -> None:
    tab = Tab(1, "OKR", [COLUMNS.split(" | "), [None, "a", 10, 5, None, 1e300]])
    assert written(planned(tab)) == {at("F2"): Decimal("0.50")}


EMPTY = '{ header = "Điểm", scale = "percent", empty = ["%", "chưa chấm"] }'


@pytest.mark.parametrize("held", ["%", " %", "％", "Chưa chấm"])
def test_a_text_that_the_mapping_calls_empty_gives_way_to_a_score(held: str) -> None:
    tab = Tab(1, "OKR", [COLUMNS.split(" | "), [None, "a", 10, 5, None, held]])
    plan = planned(tab, EMPTY, owned_columns=False)
    assert [(write.cell, write.old, write.new) for write in plan.writes] == [(at("F2"), held, Decimal("0.5"))]
    assert plan.problems == ()


@pytest.mark.parametrize("held", ["80%", "n/a", "% ?", "TRUE", '="%" → %'])
def test_any_other_text_or_formula_stays_where_some_text_means_empty(held: str) -> None:
    plan = one("10", "5", held, EMPTY)
    assert (plan.writes, [found.cell for found in plan.problems]) == ((), [at("F2")])


def test_a_text_that_means_empty_stays_beside_a_key_result_without_a_score() -> None:
    assert one("10", "", "%", EMPTY).writes == ()
    assert one("10", "", "%", EMPTY, ours="0.5").writes == ()


def test_a_covered_cell_stays_whatever_it_holds() -> None:
    tab = grid(f"{COLUMNS}\n | a | 10 | 5 | | % |\n | b | 10 | 5 | | ^ |")
    plan = planned(tab, EMPTY)
    assert list(written(plan)) == [at("F2")]


def test_at_first_contact_numbers_of_peoples_wait_and_what_means_empty_beside_them_too() -> None:
    plan = planned(grid(f"{COLUMNS}\n | a | 10 | 5 | | % |\n | b | 10 | 5 | | 0.9 |"), EMPTY, owned_columns=False)
    assert plan.writes == ()
    assert told(plan.problems) == [("first-contact", at("F3"))]


@pytest.mark.parametrize(("held", "ours"), [("theo sếp", "0,50"), ("-", "0,50"), ("0.5", "0,50"), ("66%", "50%")])
def test_a_text_is_never_written_and_told_as_one_where_it_is_not_the_score(held: str, ours: str) -> None:
    plan = one("10", "5", f"'{held}")
    assert plan.writes == ()
    found = only(list(plan.problems), "score-is-text", "F2", f"“{held}”")
    assert message_of(found, "vi").endswith(f"là {ours}.")


@pytest.mark.parametrize("held", ["TRUE", "#REF!", "=1/4 → 0.25", "=A1 → #REF!", '="" →'])
def test_a_formula_is_never_written_and_told_where_it_shows_another_number(held: str) -> None:
    plan = one("10", "5", held)
    assert plan.writes == ()
    assert told(plan.problems) == [("score-differs", at("F2"))]


@pytest.mark.parametrize("held", ["=1/2 → 0.5", "=ROUND(1/2;1) → 0.499"])
def test_a_formula_that_shows_our_number_is_fine(held: str) -> None:
    assert one("10", "5", held) == Plan()


@pytest.mark.parametrize(
    ("current", "score", "held"),
    [
        ("669", '"Điểm"', "'66,9%"),
        ("669", '"Điểm"', "'67%"),
        ("800", '"Điểm"', "'80%"),
        ("425", '"Điểm"', "=AVERAGE(A1:A2) → 0.425"),
        ("425", '"Điểm"', "=AVERAGE(A1:A2) → 0.42499999999999999"),
        ("997", '"Điểm"', "=D2/C2 → 0.997"),
        ("669", '{ header = "Điểm", scale = 100 }', "'66,9"),
        ("669", '{ header = "Điểm", scale = 100 }', "'66,9%"),
        ("669", '{ header = "Điểm", scale = "percent", decimals = 1 }', "'66,9%"),
    ],
)
def test_a_formula_or_text_that_gives_the_score_more_or_less_exactly_is_fine(
    current: str, score: str, held: str
) -> None:
    assert planned(grid(f"{COLUMNS}\n | a | 1000 | {current} | | {held} |"), score) == Plan()


@pytest.mark.parametrize(
    ("current", "held"),
    [("669", "'66%"), ("669", "'0,66"), ("997", "'100%"), ("800", "'8/10"), ("800", "'80"), ("425", "=0,41 → 0.41")],
)
def test_a_formula_or_text_that_gives_another_score_is_told(current: str, held: str) -> None:
    plan = planned(grid(f"{COLUMNS}\n | a | 1000 | {current} | | {held} |"))
    assert (plan.writes, [found.cell for found in plan.problems]) == ((), [at("F2")])


@pytest.mark.parametrize(
    ("held", "score", "told"),
    [
        ("=705/1000 → 70.5%%", '"Điểm"', ("70.5%", "74%")),
        ("=1/4 → 0.25", '{ header = "Điểm", scale = "percent", decimals = 1 }', ("25%", "74%")),
        ("=1/4 → 0.25", '"Điểm"', ("0.25", "0.74")),
        ("=1/4 → 25", '{ header = "Điểm", scale = 100 }', ("25", "74")),
    ],
)
def test_what_a_cell_shows_and_the_score_are_told_on_one_scale(held: str, score: str, told: tuple[str, str]) -> None:
    [found] = planned(grid(f"{COLUMNS}\n | a | 1000 | 740 | | {held} |"), score).problems
    facts = dict(found.facts)
    assert (facts["held"], facts["ours"]) == told


def test_a_number_that_only_shows_as_1_gives_way_to_what_isnt_done() -> None:
    plan = planned(grid(f"{COLUMNS}\n | a | 1000 | 997 | | 1 |\n | b | 1000 | 998 | | 0.998 |"))
    assert written(plan) == {at("F2"): Decimal("0.99"), at("F3"): Decimal("0.99")}


@pytest.mark.parametrize("mode", ["sum", "mean"])
def test_every_row_of_a_key_result_that_stands_on_several_takes_its_score(mode: str) -> None:
    by = f'''
    [key_result]
    text = "KR"
    rows = "{mode}"
    target = "Đích"
    current = "Nay"
    score = "Điểm"
    '''
    sheet = book(grid("KR | Ai | Đích | Nay | Điểm\na | An | 10 | 4 |\na | Bo | 10 | 4 |\nb | An | 10 | 5 |"))
    reading = read_book(sheet, [mapping(by)])
    plan = make_plan(
        sheet, reading, score_okrs([], reading.key_results, {}), ours={}, owned_columns=score_places(reading.tabs[0])
    )
    one = Decimal("0.8") if mode == "sum" else Decimal("0.4")
    assert written(plan) == {at("E2"): one, at("E3"): one, at("E4"): Decimal("0.5")}


def test_of_a_score_cell_merged_over_the_rows_of_a_key_result_the_first_is_its_own() -> None:
    by = 'key_result = { text = "KR", rows = "sum", target = "Đích", current = "Nay", score = "Điểm" }'
    reading = read_all([grid("KR | Đích | Nay | Điểm\na | 10 | 4 |\na | 10 | 4 | ^")], by)
    assert reading.key_results[0].score_cells == (at("D2"),)


@pytest.mark.parametrize("held", ["=1/4 → 0.25", "theo sếp", "0.25"])
def test_nothing_is_told_of_a_score_cell_beside_a_key_result_without_a_score(held: str) -> None:
    assert one("10", "", held) == Plan()


def test_a_covered_part_of_a_merge_is_never_written() -> None:
    plan = planned(grid(f"{COLUMNS}\n | a | 10 | 5 | | |\n | b | 10 | 10 | | ^ |"))
    assert written(plan) == {at("F2"): Decimal("0.50")}
    assert told(plan.problems) == [("score-merged", at("F3"))]


@pytest.mark.parametrize(
    ("target", "current"),
    [("10", ""), ("10", "-"), ("", "5"), ("", ""), ("0", "0"), ("10%", "5 ngày")],
    ids=["blank", "token", "no target", "neither", "no way to go", "units"],
)
def test_only_what_we_wrote_ourselves_is_taken_back(target: str, current: str) -> None:
    assert written(one(target, current, "0.5", ours="0.50")) == {at("F2"): None}
    assert one(target, current, "0.5") == Plan()
    assert one(target, current, "", ours="0.50") == Plan()


def test_another_number_than_we_wrote_stays_where_there_is_no_score_any_more_and_is_told() -> None:
    plan = one("10", "", "0.6", ours="0.50")
    assert (plan.writes, told(plan.problems)) == ((), [("score-left", at("F2"))])


@pytest.mark.parametrize(
    ("held", "ours", "standing"),
    [
        ("0.5", "", ["0.50"]),
        ("0.5", "0.40", ["0.50"]),
        ("0.5", "0.50", []),
        ("0.6", "0.40", []),
        ("=1/2 → 0.5", "", []),
    ],
)
def test_a_score_that_stands_already_is_ours_from_now_on(held: str, ours: str, standing: list[str]) -> None:
    assert [*one("10", "5", held, ours=ours or None).standing.values()] == [Decimal(number) for number in standing]


@pytest.mark.parametrize("current", ["sắp xong", "#REF!", "1,234"])
def test_a_score_beside_an_unreadable_cell_stays(current: str) -> None:
    assert one("10", current, "0.5", ours="0.50") == Plan()


def test_a_kept_score_is_neither_written_nor_taken_back() -> None:
    table = grid(f"{COLUMNS}\n | a | 10 | Loading… | | 0.4 | ")
    key = read_all([table], BY.replace("{score}", '"Điểm"')).key_results[0].key
    plan = planned(table, last={key: Score(Decimal("0.5"))}, ours="0.40")
    assert (plan.writes, plan.problems) == ((), ())


def test_an_objective_of_nothing_measured_is_taken_back_too() -> None:
    plan = planned(grid(f"{COLUMNS}\no | a | 10 | | | | 0.5"), ours="0.50")
    assert written(plan) == {at("G2"): None}


def test_a_mapping_without_a_score_column_writes_nothing() -> None:
    sheet = book(grid("O | KR | Đích | Nay\no | a | 10 | 5"))
    reading = read_book(
        sheet, [mapping('objective.text = "O"\nkey_result = { text = "KR", target = "Đích", current = "Nay" }')]
    )
    scores = score_okrs(reading.objectives, reading.key_results, {})
    assert make_plan(sheet, reading, scores, ours={}, owned_columns=frozenset()) == Plan()


def test_a_repeated_objective_takes_its_score_everywhere() -> None:
    plan = planned(grid(f"{COLUMNS}\no | a | 10 | 5 | | |\no | b | 10 | 5 | | |"))
    assert {at("G2"), at("G3")} < set(written(plan))


def test_a_tab_that_is_not_believed_is_not_written() -> None:
    sheet = book(grid(f"{COLUMNS}\n | a | 10 | 5 | | |"))
    reading = read_book(sheet, [mapping(BY.replace("{score}", '"Điểm"'))])
    scores = score_okrs(reading.objectives, reading.key_results, {})
    plan = make_plan(sheet, reading, scores, ours={}, owned_columns=frozenset(), unbelieved=frozenset({1}))
    assert plan == Plan()


def test_a_cell_that_two_things_claim_takes_neither_score() -> None:
    sheet = book(grid(f"{COLUMNS}\no | a | 10 | 5 | | |\n | b | 10 | 8 | | |"))
    both = BY.replace("{score}", '"Điểm"').replace('score = "Điểm O"', 'score = "Điểm"')
    assert both.count('score = "Điểm"') == 2
    reading = read_book(sheet, [mapping(both)])
    scores = score_okrs(reading.objectives, reading.key_results, {})
    plan = make_plan(sheet, reading, scores, ours={}, owned_columns=score_places(reading.tabs[0]))
    assert told(plan.problems) == [("score-cell-shared", at("F2"))]
    assert [write.cell.a1 for write in plan.writes] == ["F3"]
