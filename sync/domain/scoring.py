"""The scoring policy, and nothing else: key results and objectives to scores, with the working of each.

All arithmetic is exact (`Decimal`) and rounds once, half up, when a number is shown or written. No score is a
result of its own and never 0. What a score is worth to people (bands) is decided here too, on the unrounded number.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal, localcontext
from enum import StrEnum
from functools import cache
from graphlib import TopologicalSorter
from typing import Literal

from msgspec import Struct

from sync.domain.okr import Amount, KeyResult, Level, Metric, Objective, Status
from sync.domain.units import units_disagree
from sync.domain.weights import blank_beside_percents, percents

ZERO, ONE = Decimal(0), Decimal(1)

# For how many passes an unreadable cell ("Loading…", "#REF!") keeps the last good score.
STALE_PASSES = 3

# Wide enough to round the quotient of any two numbers that `reading` lets through.
_WIDE = Context(prec=120)
_LAST_DIGIT = Decimal(10) ** -24
# A quotient below 1 must not become 1 in its last digit.
_TOWARDS_ZERO = Context(prec=28, rounding=ROUND_DOWN)

Scale = Literal[1, 10, 100, "percent"]
RollUpMode = Literal["key_results", "children", "both"]


class Band(StrEnum):
    """What a score means, best first."""

    DONE = "done"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"


@dataclass(frozen=True, slots=True)
class Bands:
    """Where the bands begin, on the 0–1 scale; each is half open."""

    done: Decimal = ONE
    on_track: Decimal = Decimal("0.6")
    at_risk: Decimal = Decimal("0.3")

    def of(self, value: Decimal) -> Band:
        """The band of an unrounded score."""
        if value >= self.done:
            return Band.DONE
        if value >= self.on_track:
            return Band.ON_TRACK
        return Band.AT_RISK if value >= self.at_risk else Band.OFF_TRACK


class Score(Struct, frozen=True, gc=False, omit_defaults=True):
    """How far something is: `value` from 0 to 1, unrounded, or None with the reason in `problem`.

    `raw` is the same before clamping. `stale` counts the passes for which an unreadable cell has kept the last
    good score. For an objective, `counted` of `total` key results have a score, and `parts` are the (weight, value)
    pairs that its mean was made of.
    """

    value: Decimal | None = None
    raw: Decimal | None = None
    problem: str = ""
    stale: int = 0
    counted: int = 0
    total: int = 0
    parts: tuple[tuple[Decimal, Decimal], ...] = ()

    @property
    def wrong_way(self) -> bool:
        """The number has moved away from its target since the start."""
        return self.raw is not None and self.raw < 0


Part = tuple[Decimal | None, Score]
_Measured = tuple[KeyResult, Score]


@dataclass(frozen=True, slots=True)
class RollUp:
    """What goes into objectives' scores besides their own key results, by the admin's choice for each level.

    `children` are the supporting objectives by the key of the supported one, `elsewhere` the scores of those that
    stand in other spreadsheets. Unless it is `whole`, a spreadsheet that may hold more of them was never read.
    """

    modes: Mapping[Level, RollUpMode] = field(default_factory=dict)
    children: Mapping[str, Sequence[Objective]] = field(default_factory=dict)
    elsewhere: Mapping[str, Score] = field(default_factory=dict)
    whole: bool = True

    def mode(self, objective: Objective) -> RollUpMode:
        """What an objective's score is made of."""
        return self.modes.get(objective.level, "key_results") if objective.level else "key_results"


NO_ROLL_UP = RollUp()


def score_key_result(key_result: KeyResult) -> Score:
    """The score of one key result by its metric. Never raises on what a sheet holds."""
    fault = _first_fault(key_result)
    if fault:
        return Score(problem=fault)
    raw = _FORMULAS[key_result.metric](key_result)
    return Score(raw if ZERO <= raw <= ONE else ONE if raw > ONE else ZERO, raw)


def score_objective(parts: Sequence[Part], missing: str = "leave_out") -> Score:
    """The weighted mean of (weight, score) pairs, weights normalised.

    A part whose weight is None (unusable) or 0 is shown and not counted. A part without a score is left out, or
    counts as 0 where `missing` is "zero".
    """
    if not parts:
        return Score(problem="no-key-result")
    weighed = [(weight, score) for weight, score in parts if weight]
    if not weighed:
        return Score(problem="no-weight")
    total = len(weighed)
    scored = [(weight, score.value) for weight, score in weighed if score.value is not None]
    counted = len(scored)
    if missing == "zero" and scored:
        scored += [(weight, ZERO) for weight, score in weighed if score.value is None]
    if not scored:
        return Score(problem="no-data", total=total)
    mean = _mean(scored)
    return Score(value=mean, raw=mean, counted=counted, total=total, parts=tuple(scored))


def _mean(weighed: Sequence[tuple[Decimal, Decimal]]) -> Decimal:
    """The weighted mean, free of what the key results' own quotients lost in their last digit.

    Thirds and sevenths are cut at 28 digits; their mean must still reach the band that it reaches on paper.
    """
    with localcontext(_WIDE):
        mean = sum((weight * value for weight, value in weighed), ZERO) / sum((weight for weight, _ in weighed), ZERO)
        best = ONE if all(value >= ONE for _, value in weighed) else ONE - _LAST_DIGIT
        return min(mean.quantize(_LAST_DIGIT), best).normalize()


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Half up, as people round: 0.725 is 0.73. A number of more than a hundred digits has no decimals to round."""
    if value.adjusted() > 100:
        return value
    return value.quantize(_last_place(decimals), rounding=ROUND_HALF_UP, context=_WIDE)


@cache
def _last_place(decimals: int) -> Decimal:
    return ONE.scaleb(-decimals)


def rounded_score(value: Decimal, decimals: int, full: int = 1) -> Decimal:
    """A 0–1 score where `full` is the most, as it is shown or written. What isn't done never rounds up to `full`:
    997 of 1,000 is 0.99, and 99 where 100 is the most.
    """
    shown = rounded(value * full, decimals)
    return shown if value >= ONE or shown < full else full - _last_place(decimals)


def on_scale(value: Decimal, scale: Scale, decimals: int | None = None) -> Decimal:
    """A 0–1 score as its cell holds it; a "percent" cell holds 0.73 and shows 73%.

    `decimals` are those that a person sees; by default `decimals_on` the scale.
    """
    if decimals is None:
        decimals = decimals_on(scale)
    if scale == "percent":
        return rounded_score(value, decimals, 100) / 100
    return rounded_score(value, decimals, scale)


def decimals_on(scale: Scale) -> int:
    """How many decimals a score has where nobody says otherwise."""
    return 2 if scale == 1 else 0


def score_okrs(
    objectives: Sequence[Objective],
    key_results: Iterable[KeyResult],
    last: Mapping[str, Score],
    roll_up: RollUp = NO_ROLL_UP,
) -> dict[str, Score]:
    """The score of everything, by key. `last` are the scores of the pass before.

    A key result whose cells cannot be read just now keeps its last good score for up to STALE_PASSES passes.
    """
    scores: dict[str, Score] = {}
    measured: dict[str, list[_Measured]] = {}
    for key_result in key_results:
        score = _kept(score_key_result(key_result), last.get(key_result.key))
        scores[key_result.key] = score
        measured.setdefault(key_result.objective, []).append((key_result, score))
    for objective in _supporting_first(objectives, roll_up):
        scores[objective.key] = _score(objective, measured.get(objective.key, []), scores, roll_up)
    return scores


def _score(objective: Objective, measured: list[_Measured], scores: Mapping[str, Score], roll_up: RollUp) -> Score:
    """By the mode of its level; none while what supports it is not all known, at whatever distance."""
    mode = roll_up.mode(objective)
    own = _own_parts(measured, objective.missing) if mode != "children" else []
    if own is None:
        return Score(problem="weight-missing", total=len(measured))
    if mode == "key_results":
        return score_objective(own, objective.missing)
    supports = _supports(objective, scores, roll_up)
    if not roll_up.whole or any(score.problem == "sheets-unread" for _, score in supports):
        return Score(problem="sheets-unread")
    parts = [*own, *supports]
    return score_objective(parts, objective.missing) if parts or mode == "both" else Score(problem="no-support")


def _own_parts(measured: Sequence[_Measured], missing: str) -> list[Part] | None:
    """What an objective's own key results count in it; None where one counts nobody knows how much.

    A blank weight beside percentages is what is left of 100, or nothing. Where the others make 100 both are the same.
    """
    key_results = [found for found, _ in measured]
    blank = {found.key for found in blank_beside_percents(key_results)}
    if not blank:
        return [(found.weight, score) for found, score in measured]
    others_make_it = percents(key_results) == 100
    counts = any(score.value is not None or missing == "zero" for found, score in measured if found.key in blank)
    if counts and not others_make_it:
        return None
    return [(ZERO if found.key in blank else found.weight, score) for found, score in measured]


def _supporting_first(objectives: Sequence[Objective], roll_up: RollUp) -> list[Objective]:
    """Every objective after those that are rolled up into it; links never run in a circle (`alignment`)."""
    here = {objective.key: objective for objective in objectives}
    order = TopologicalSorter(
        {key: [child.key for child in roll_up.children.get(key, ()) if child.key in here] for key in here}
    )
    return [here[key] for key in order.static_order()]


def _supports(objective: Objective, scores: Mapping[str, Score], roll_up: RollUp) -> list[Part]:
    """Drafts support nothing yet."""
    children = (child for child in roll_up.children.get(objective.key, ()) if child.status is not Status.DRAFT)
    return [(child.weight, scores.get(child.key) or roll_up.elsewhere.get(child.key, Score())) for child in children]


def _kept(score: Score, last: Score | None) -> Score:
    if score.problem != "cell-error" or last is None or last.value is None or last.stale >= STALE_PASSES:
        return score
    return Score(last.value, last.raw, score.problem, stale=last.stale + 1)


def _first_fault(key_result: KeyResult) -> str:
    """The one code that keeps a key result from having a score, in the policy's order; "" when it has one."""
    inputs = _inputs(key_result)
    faults = [amount.fault for amount in inputs if amount.fault]
    if faults:
        return "cell-error" if "cell-error" in faults else faults[0]
    current, target = key_result.current, key_result.target
    if current.is_blank:
        return "no-data"
    if key_result.metric in GIVEN:
        return ""
    if target.is_blank or (key_result.metric is Metric.BETWEEN and target.upper is None):
        return "target-missing"
    if units_disagree(inputs):
        return "unit-mismatch"
    return "unknown-word" if key_result.metric is Metric.UNKNOWN else _way_fault(key_result)


def _way_fault(key_result: KeyResult) -> str:
    if key_result.metric not in (Metric.LINEAR, Metric.LINEAR_DOWN, Metric.STEPS):
        return ""
    if key_result.metric is Metric.LINEAR_DOWN and key_result.start.number is None:
        return "start-missing"
    return "target-equals-start" if start_of(key_result) == key_result.target.number else ""


def _inputs(key_result: KeyResult) -> tuple[Amount, ...]:
    if key_result.metric in GIVEN:
        return (key_result.current,)
    if key_result.metric in (Metric.AT_MOST, Metric.AT_LEAST, Metric.BETWEEN):
        return (key_result.target, key_result.current)
    return (key_result.start, key_result.target, key_result.current)


def start_of(key_result: KeyResult) -> Decimal:
    return key_result.start.number if key_result.start.number is not None else ZERO


def number_of(amount: Amount) -> Decimal:
    if amount.number is None:
        raise ValueError("scored without a number: _first_fault must have said so")
    return amount.number


def _linear(key_result: KeyResult) -> Decimal:
    start = start_of(key_result)
    gone = _WIDE.subtract(number_of(key_result.current), start)
    way = _WIDE.subtract(number_of(key_result.target), start)
    share = gone / way
    return share if share != ONE or gone == way else _TOWARDS_ZERO.divide(gone, way)


def _at_most(key_result: KeyResult) -> Decimal:
    current, limit = number_of(key_result.current), number_of(key_result.target)
    return ONE if current < limit or (current == limit and not key_result.strict) else ZERO


def _at_least(key_result: KeyResult) -> Decimal:
    current, floor = number_of(key_result.current), number_of(key_result.target)
    return ONE if current > floor or (current == floor and not key_result.strict) else ZERO


def _between(key_result: KeyResult) -> Decimal:
    upper = key_result.target.upper
    inside = upper is not None and number_of(key_result.target) <= number_of(key_result.current) <= upper
    return ONE if inside else ZERO


def _as_given(key_result: KeyResult) -> Decimal:
    return number_of(key_result.current)


GIVEN = (Metric.DONE, Metric.WORDS, Metric.PROGRESS)

_FORMULAS: dict[Metric, Callable[[KeyResult], Decimal]] = {
    Metric.LINEAR: _linear,
    Metric.LINEAR_DOWN: _linear,
    Metric.STEPS: _linear,
    Metric.AT_MOST: _at_most,
    Metric.AT_LEAST: _at_least,
    Metric.BETWEEN: _between,
    Metric.DONE: _as_given,
    Metric.WORDS: _as_given,
    Metric.PROGRESS: _as_given,
}
