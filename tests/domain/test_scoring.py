"""The scoring policy to the last digit: scoring.md in numbers, rule by rule."""

from decimal import Decimal

import pytest

from sync.domain.okr import Amount, KeyResult, Level, Metric, Objective
from sync.domain.scoring import (
    STALE_PASSES,
    RollUp,
    Score,
    rounded_score,
    score_key_result,
    score_objective,
    score_okrs,
)
from tests.support import golden
from tests.support.key_results import HERE, amount, facts, key_result

# id, kind, start, target, current, weights, score, problem
GOLDEN = """
G01 | linear         | 0       | 100     | 20      |          | 0.20 |
G02 | linear         | 20      | 100     | 0       |          | 0.00 |
G03 | linear         | 20      | 100     | -20     |          | 0.00 |
G04 | linear         | 0       | 100     | 150     |          | 1.00 |
G05 | linear         | 100     | 20      | 80      |          | 0.25 |
G06 | linear         | 100     | 20      | 0       |          | 1.00 |
G07 | linear         | 500     | 400     | 460     |          | 0.40 |
G08 | linear         | 100     | 10      | 110     |          | 0.00 |
G09 | linear         | 100     | 0       | 20      |          | 0.80 |
G10 | linear         | 100     | 60      | 80      |          | 0.50 |
G11 | linear         | 100     | 60      | 70      |          | 0.75 |
G12 | linear         | 100     | 60      | 50      |          | 1.00 |
G13 | linear         | 1000000 | 1500000 | 1350000 |          | 0.70 |
G14 | linear         | 500000  | 400000  | 420000  |          | 0.80 |
G15 | linear         | 15      | 35      | 20      |          | 0.25 |
G16 | linear         | 0       | 10      | 5.9     |          | 0.59 |
G17 | linear         | 10      | 0       | 7       |          | 0.30 |
G18 | linear         | 8       | 20      | 8       |          | 0.00 |
G19 | linear         | 10      | 10      | 10      |          |      | target-equals-start
G20 | at_most strict |         | 25      | 25      |          | 0.00 |
G21 | at_most        |         | 1500000 | 1500000 |          | 1.00 |
G22 | at_least       |         | 9       | 9.5     |          | 1.00 |
G23 | at_least       |         | 8       | 7.8     |          | 0.00 |
G29 | done           |         |         | yes     |          | 1.00 |
G30 | linear         |         | 25      | 20      |          | 0.80 |
G31 | linear         | 35      | 68      | 51.5    |          | 0.50 |
G48 | linear         | 0.2     | 3.2     | 2.3     |          | 0.70 |
P01 | at_most        |         | 20      | 28      |          | 0.00 |
P02 | linear         |         | 60      | 45      |          | 0.75 |
P03 | linear down    |         | 2       | 5       |          |      | start-missing
P04 | steps          |         | 5       | 3       |          | 0.60 |
P05 | between        |         | 4;5     | 4.25    |          | 1.00 |
P06 | linear         | 0       | 100     |         |          |      | no-data
P07 | linear         | 0       | 100     | 0       |          | 0.00 |
G34 | objective      |         |         | 1.0;0;0 |          | 0.33 |
G35 | objective      |         |         | 0.80;0.72;0.53 |   | 0.68 |
G36 | objective      |         |         | 0.84;0.80;0.90 | 30;30;40 | 0.85 |
G37 | objective      |         |         | 0.5;1.0 | 4;1      | 0.60 |
G38 | objective      |         |         | 0.40;0.20 | 2;3    | 0.28 |
G39 | objective      |         |         | 1.0;0;0 | 0;50;50  | 0.00 |
G40 | objective      |         |         | 0;0.25;0.20 |      | 0.15 |
G47 | objective      |         |         | 0.6;0.7;0.8 |      | 0.70 |
P08 | objective      |         |         | 0.5;;1  |          | 0.75 |
P09 | objective      |         |         |         |          |      | no-key-result
P10 | objective      |         |         | 0.5;0.9 | 0;0      |      | no-weight
P11 | objective      |         |         | 0.725;0.725 |      | 0.73 |
P12 | linear         | 0       | 1000    | 997     |          | 0.99 |
P13 | objective      |         |         | 0.995;0.998 |      | 0.99 |
"""

FIELDS = ("id", "kind", "start", "target", "current", "weights", "score", "problem")
TABLE = golden.drawn(GOLDEN, FIELDS)


def scored(row: dict[str, str]) -> Score:
    if row["kind"] != "objective":
        metric = {"linear down": "linear_down"}.get(row["kind"], row["kind"].removesuffix(" strict"))
        strict = row["kind"].endswith(" strict")
        return score_key_result(key_result(Metric(metric), row["start"], row["target"], row["current"], strict=strict))
    values = row["current"].split(";") if row["current"] else []
    weights = row["weights"].split(";") if row["weights"] else ["1"] * len(values)
    parts = [Score(Decimal(value)) if value else Score(problem="no-data") for value in values]
    return score_objective(list(zip(map(Decimal, weights), parts, strict=True)))


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["id"])
def test_the_golden_table(row: dict[str, str]) -> None:
    score = scored(row)
    shown = "" if score.value is None else str(rounded_score(score.value, 2))
    assert (shown, score.problem) == (row["score"], row["problem"])


def test_the_golden_table_here_is_the_shared_one() -> None:
    assert golden.shared("scores.csv", FIELDS) == TABLE


# Key results, rule by rule


def test_a_number_beyond_its_target_is_done_and_the_raw_value_is_kept() -> None:
    assert score_key_result(key_result(target="20", current="25")) == Score(Decimal(1), Decimal("1.25"))


def test_a_number_that_moves_the_wrong_way_is_0_and_flagged() -> None:
    score = score_key_result(key_result(start="100", target="10", current="110"))
    assert score.value == 0
    assert score.wrong_way


@pytest.mark.parametrize(
    ("metric", "target", "current", "strict", "value"),
    [
        (Metric.AT_MOST, "20", "20", False, 1),
        (Metric.AT_MOST, "20", "20", True, 0),
        (Metric.AT_MOST, "20", "20.01", False, 0),
        (Metric.AT_LEAST, "8", "8", False, 1),
        (Metric.AT_LEAST, "8", "8", True, 0),
        (Metric.BETWEEN, "4;5", "4", False, 1),
        (Metric.BETWEEN, "4;5", "5", False, 1),
        (Metric.BETWEEN, "4;5", "5.01", False, 0),
    ],
)
def test_limits_are_inclusive_unless_strict(
    metric: Metric, target: str, current: str, strict: bool, value: int
) -> None:
    assert score_key_result(key_result(metric, target=target, current=current, strict=strict)).value == value


@pytest.mark.parametrize("metric", [Metric.DONE, Metric.WORDS, Metric.PROGRESS])
def test_what_is_given_needs_neither_start_nor_target(metric: Metric) -> None:
    assert score_key_result(key_result(metric, current="0.5")).value == Decimal("0.5")
    assert score_key_result(key_result(metric)).problem == "no-data"


@pytest.mark.parametrize(
    ("start", "target", "current", "problem"),
    [
        ("", "", "", "no-data"),
        ("", "10", "", "no-data"),
        ("5", "", "", "no-data"),
        ("", "", "3", "target-missing"),
        ("", "0", "3", "target-equals-start"),
        ("10", "10", "10", "target-equals-start"),
        ("1 day", "3 days", "2%", "unit-mismatch"),
        ("", "2/tuần", "1/ngày", "unit-mismatch"),
        ("", "65%", "30", "unit-mismatch"),
        ("30", "65%", "40%", "unit-mismatch"),
        ("", "2 tỷ", "1.2", "unit-mismatch"),
        ("", "2", "1.2 tỷ", "unit-mismatch"),
        ("20", "30 tỷ", "26 tỷ", "unit-mismatch"),
        ("", "50k", "45", "unit-mismatch"),
    ],
)
def test_the_first_reason_that_fits_is_told(start: str, target: str, current: str, problem: str) -> None:
    assert score_key_result(key_result(start=start, target=target, current=current)) == Score(problem=problem)


@pytest.mark.parametrize(
    ("target", "current"),
    [
        ("65%", "0.3"),
        ("20 phút", "10"),
        ("65%", "1"),
        ("20", "10 phút"),
        ("2 tỷ", "750000000"),
        ("2 tỷ", "0"),
        ("50k", "800"),
    ],
)
def test_an_unnamed_unit_agrees(target: str, current: str) -> None:
    assert score_key_result(key_result(target=target, current=current)).value is not None


@pytest.mark.parametrize("faulty", ["start", "target", "current"])
def test_an_unreadable_cell_comes_before_text_that_is_no_number(faulty: str) -> None:
    faults = {name: Amount(text="?", fault="not-a-number") for name in ("start", "target", "current")}
    faults[faulty] = Amount(text="#REF!", fault="cell-error")
    assert score_key_result(KeyResult(key="k", text="", cell=HERE, **faults)).problem == "cell-error"  # type: ignore[arg-type]


def test_a_faulty_start_of_a_limit_does_not_matter() -> None:
    found = KeyResult(
        key="k",
        text="",
        cell=HERE,
        metric=Metric.AT_MOST,
        start=Amount(text="?", fault="not-a-number"),
        target=amount("20"),
        current=amount("3"),
    )
    assert score_key_result(found).value == 1


# Objectives


def test_weight_0_and_unusable_weights_are_shown_and_not_counted() -> None:
    halves = [(Decimal(1), Score(Decimal("0.5"))), (Decimal(0), Score(Decimal(1))), (None, Score(Decimal(1)))]
    assert facts(score_objective(halves)) == (Decimal("0.5"), "", 1, 1)


def test_key_results_without_a_score_are_left_out_and_counted_so() -> None:
    found = [(Decimal(1), Score(Decimal(1))), (Decimal(1), Score(problem="not-a-number"))]
    score = score_objective(found)
    assert facts(score) == (Decimal(1), "", 1, 2)


def test_missing_zero_counts_them_as_0() -> None:
    found = [(Decimal(1), Score(Decimal(1))), (Decimal(1), Score(problem="no-data"))]
    score = score_objective(found, "zero")
    assert (score.value, score.counted, score.total) == (Decimal("0.5"), 1, 2)


@pytest.mark.parametrize("missing", ["leave_out", "zero"])
def test_no_key_result_with_a_score_is_no_score_and_not_0(missing: str) -> None:
    assert score_objective([(Decimal(1), Score(problem="no-data"))], missing).problem == "no-data"
    assert score_objective([], missing).problem == "no-key-result"


# Stale scores


def test_an_unreadable_cell_keeps_the_last_good_score_for_three_passes() -> None:
    good = key_result(target="10", current="5")
    broken = KeyResult(
        key="kr",
        text="KR",
        cell=HERE,
        objective="o",
        target=amount("10"),
        current=Amount(None, "#REF!", fault="cell-error"),
    )
    objective = Objective(key="o", text="O", cell=HERE)
    scores = score_okrs([objective], [good], {})
    for number in range(1, STALE_PASSES + 1):
        scores = score_okrs([objective], [broken], scores)
        assert (scores["kr"].value, scores["kr"].problem, scores["kr"].stale) == (Decimal("0.5"), "cell-error", number)
        assert scores["o"].value == Decimal("0.5")
    scores = score_okrs([objective], [broken], scores)
    assert scores["kr"] == Score(problem="cell-error")
    assert scores["o"].value is None
    assert score_okrs([objective], [broken], scores)["kr"] == Score(problem="cell-error")
    assert score_okrs([objective], [good], scores)["kr"].stale == 0


def rolled_up(whole: bool, supporting: Score) -> Score:
    """The score of a company objective with a key result at 0.5 and a supporting objective in another spreadsheet."""
    top = Objective(key="o", text="O", cell=HERE, level=Level.COMPANY)
    below = Objective(key="below", text="B", cell=HERE, level=Level.DEPARTMENT)
    roll_up = RollUp({Level.COMPANY: "both"}, {"o": [below]}, {"below": supporting}, whole)
    return score_okrs([top], [key_result(target="10", current="5")], {}, roll_up)["o"]


def test_an_objective_waits_for_spreadsheets_that_may_support_it_and_for_what_waits_itself() -> None:
    known, waiting = Score(Decimal(1)), Score(problem="sheets-unread")
    assert rolled_up(True, known).value == Decimal("0.75")
    assert rolled_up(True, Score(problem="no-data")).value == Decimal("0.5")
    assert rolled_up(False, known) == rolled_up(True, waiting) == waiting


@pytest.mark.parametrize("fault", ["not-a-number", "ambiguous-number"])
def test_only_a_cell_that_shows_an_error_keeps_a_score(fault: str) -> None:
    faulty = KeyResult(key="kr", text="", cell=HERE, target=amount("10"), current=Amount(text="?", fault=fault))
    assert score_okrs([], [faulty], {"kr": Score(Decimal(1))})["kr"] == Score(problem=fault)
