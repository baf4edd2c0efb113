"""What holds for the scores of any numbers."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import example, given
from hypothesis import strategies as st

from sync.domain.okr import Amount, KeyResult, Metric
from sync.domain.scoring import Score, rounded, rounded_score, score_key_result, score_objective
from sync.domain.working import working
from tests.support.key_results import HERE, facts, key_result

measures = st.one_of(
    st.none(),
    st.decimals(-(10**9), 10**9, places=3, allow_nan=False, allow_infinity=False),
    st.sampled_from([Decimal("1e30"), Decimal("-1e30"), Decimal("1e-30"), Decimal(0)]),
)
amounts = st.builds(
    Amount,
    measures,
    st.just("text"),
    st.sampled_from(["", "%", "day", "usd"]),
    st.none(),
    measures,
    st.sampled_from(["", "≤", "<"]),
    st.sampled_from(["", "", "", "not-a-number", "cell-error", "ambiguous-number"]),
)
key_results = st.builds(
    KeyResult,
    key=st.just("kr"),
    text=st.just("KR"),
    cell=st.just(HERE),
    metric=st.sampled_from(Metric),
    strict=st.booleans(),
    start=amounts,
    target=amounts,
    current=amounts,
)
plain = st.decimals(-1000, 1000, places=2, allow_nan=False, allow_infinity=False)
unit_scores = st.decimals(0, 1, places=6, allow_nan=False, allow_infinity=False)
weights = st.decimals(0, 1000, places=2, allow_nan=False, allow_infinity=False)
parts = st.lists(st.tuples(st.one_of(st.none(), weights), st.one_of(st.none(), unit_scores)), min_size=1, max_size=8)


@given(key_results)
def test_a_score_is_from_0_to_1_or_has_a_reason(found: KeyResult) -> None:
    score = score_key_result(found)
    assert (score.value is None) == (score.problem != "")
    assert score.value is None or 0 <= score.value <= 1


@given(key_results)
def test_every_score_has_a_working_and_nothing_else_has(found: KeyResult) -> None:
    score = score_key_result(found)
    assert bool(working(found, score, str)) == (score.value is not None)


@given(plain, plain, plain, plain)
def test_nearer_to_the_target_is_never_less(start: Decimal, target: Decimal, one: Decimal, other: Decimal) -> None:
    near, far = sorted((one, other), key=lambda current: abs(target - current))
    if start == target or (one - target) * (other - target) < 0:
        return
    scores = [score_key_result(key_result(Metric.LINEAR, *map(str, (start, target, at)))).value for at in (near, far)]
    same_side = (one - start) * (target - start) >= 0 and (other - start) * (target - start) >= 0
    beyond = (one - target) * (target - start) > 0
    if same_side and not beyond:
        assert scores[0] is not None
        assert scores[1] is not None
        assert scores[0] >= scores[1]


def values_of(found: list[tuple[Decimal | None, Decimal | None]]) -> list[tuple[Decimal | None, Score]]:
    return [(weight, Score(value) if value is not None else Score(problem="no-data")) for weight, value in found]


@given(parts, st.sampled_from([Decimal(2), Decimal("0.01"), Decimal(100), Decimal(7)]))
def test_only_the_proportion_of_weights_counts(
    found: list[tuple[Decimal | None, Decimal | None]], factor: Decimal
) -> None:
    scaled = [(weight * factor if weight is not None else None, value) for weight, value in found]
    assert facts(score_objective(values_of(scaled))) == facts(score_objective(values_of(found)))


@given(parts, st.data())
def test_the_order_of_key_results_does_not_count(
    found: list[tuple[Decimal | None, Decimal | None]], data: st.DataObject
) -> None:
    other = data.draw(st.permutations(found))
    assert facts(score_objective(values_of(other))) == facts(score_objective(values_of(found)))


@given(parts, st.sampled_from(["leave_out", "zero"]))
def test_an_objective_lies_between_its_key_results(
    found: list[tuple[Decimal | None, Decimal | None]], missing: str
) -> None:
    score = score_objective(values_of(found), missing)
    counted = [value for weight, value in found if weight and value is not None]
    if score.value is None:
        assert not counted
        return
    assert (0 if missing == "zero" else min(counted)) <= score.value <= max(counted)


@given(st.lists(st.fractions(0, 1, max_denominator=60), min_size=1, max_size=40))
def test_a_mean_that_reaches_a_band_on_paper_reaches_it_here(fractions: list[Fraction]) -> None:
    quotients = [Decimal(part.numerator) / Decimal(part.denominator) for part in fractions]
    exact = sum(fractions, Fraction()) / len(fractions)
    value = score_objective([(Decimal(1), Score(part)) for part in quotients]).value
    assert value is not None
    for band in ("0.3", "0.6", "0.7", "1"):
        assert (value >= Decimal(band)) == (exact >= Fraction(band))


@given(unit_scores, st.integers(0, 6), st.sampled_from([1, 10, 100]))
def test_rounding_never_reaches_the_most_for_what_is_not_done(value: Decimal, decimals: int, full: int) -> None:
    shown = rounded_score(value, decimals, full)
    assert (shown == full) == (value == 1)
    assert shown in (rounded(value * full, decimals), full - Decimal(1).scaleb(-decimals))


@given(st.integers(1, 10**30), st.integers(1, 10**30))
@example(10**29 + 2, 10**29 + 1)
def test_a_score_is_1_only_where_the_target_is_reached(target: int, current: int) -> None:
    score = score_key_result(key_result(target=f"{target}", current=f"{current}"))
    assert (score.value == 1) == (current >= target)
    assert (score_objective([(Decimal(1), score), (Decimal(1), Score(Decimal(1)))]).value == 1) == (score.value == 1)
