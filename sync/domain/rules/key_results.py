"""Rules of a good OKR that look at key results."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from sync.domain.alignment import Alignment
from sync.domain.cells import CellRef
from sync.domain.keys import key_of
from sync.domain.okr import KeyResult, Metric, Objective
from sync.domain.problems import Problem, problem
from sync.domain.rules.subjects import open_key_results
from sync.domain.rules.wording import begins_as_task, has_deadline, has_number, keeps
from sync.domain.weights import blank_beside_percents, look_like_percents, percents

# These say by themselves what is reached, or how far it is.
_OWN_MEASURE = (Metric.DONE, Metric.WORDS, Metric.STEPS)
# Done or not, or how much of the work is done: no measure of what comes of it.
_MEASURE_OF_WORK = (Metric.DONE, Metric.WORDS, Metric.PROGRESS)
_ALL_OF_IT = ((Decimal(1), ""), (Decimal(1), "%"), (Decimal(100), ""))


def no_number(alignment: Alignment) -> Iterator[Problem]:
    """A key result that nobody can measure: no target, and no number in its text. Tasks are told as such.

    Where something was measured all the same, the missing target is told already.
    """
    for found in open_key_results(alignment):
        if _lacks_target(found) and not has_number(found.text) and not is_task(found):
            yield problem("no-number", found.cell, text=found.text)


def _lacks_target(key_result: KeyResult) -> bool:
    told = key_result.metric is not Metric.PROGRESS and not key_result.current.is_blank
    return key_result.target.is_blank and key_result.metric not in _OWN_MEASURE and not told


def task_as_key_result(alignment: Alignment) -> Iterator[Problem]:
    """Work instead of what comes of it: "Triển khai CRM", done by half or by 30 June."""
    for found in open_key_results(alignment):
        if is_task(found):
            yield problem("task-as-key-result", found.cell, text=found.text)


def is_task(key_result: KeyResult) -> bool:
    """Whether it has no number but how much is done, and is worded as work or has a date for its only measure."""
    text = key_result.text
    return _measures_work(key_result) and (begins_as_task(text) or has_deadline(text)) and not has_number(text)


def _measures_work(key_result: KeyResult) -> bool:
    target = key_result.target
    if key_result.metric in _MEASURE_OF_WORK or target.is_blank:
        return not target.fault
    return key_result.metric is Metric.LINEAR and (target.number, target.unit) in _ALL_OF_IT


def reached_at_start(alignment: Alignment) -> Iterator[Problem]:
    """A limit that was kept before anything was done, unless keeping it is what the text asks for."""
    for found in open_key_results(alignment):
        if _is_within_limit(found) and not keeps(found.text):
            where = found.target.cell or found.cell
            yield problem("reached-at-start", where, text=found.text, start=found.start.text, target=found.target.text)


def _is_within_limit(key_result: KeyResult) -> bool:
    start, target, upper = key_result.start.number, key_result.target.number, key_result.target.upper
    if start is None or target is None or target == start:
        return False
    if key_result.metric in (Metric.AT_MOST, Metric.LINEAR_DOWN):
        return start < target
    if key_result.metric is Metric.BETWEEN:
        return upper is not None and target <= start <= upper
    return key_result.metric is Metric.AT_LEAST and start > target


def repeats_parent(alignment: Alignment) -> Iterator[Problem]:
    """A key result that says to the letter what one of the objective above says: handed down, not aligned."""
    for link in alignment.parents.values():
        above = {key_of(found.text) for found in alignment.key_results.get(link.objective, ())}
        for found in alignment.key_results.get(link.child, ()):
            if key_of(found.text) in above:
                parent = alignment.objectives[link.objective].text
                yield problem("repeats-parent", found.cell, text=found.text, parent=parent)


def weights_of_100(alignment: Alignment) -> Iterator[Problem]:
    """Weights that look like percentages and do not add up to 100, neither below their objective nor with those of all
    objectives that one person has beside it. What lacks to 100 where one is blank is no fault of the others.
    """
    totals = {key: percents(found) for key, found in alignment.key_results.items() if key in alignment.objectives}
    places = {key: _shared_by(alignment.objectives[key]) for key in totals}
    together: defaultdict[tuple[str, int, str, str], Decimal] = defaultdict(Decimal)
    for key, total in totals.items():
        together[places[key]] += total
    for key, total in totals.items():
        key_results = alignment.key_results[key]
        is_open = total < 100 and blank_beside_percents(key_results)
        is_whole = total in (0, 100) or together[places[key]] == 100
        if look_like_percents(key_results) and not is_whole and not is_open:
            text, shown = alignment.objectives[key].text, f"{total.normalize():f}"
            yield problem("weights-not-100", _weight_cell(key_results), text=text, sum=shown)


def _shared_by(objective: Objective) -> tuple[str, int, str, str]:
    """What the objectives of one person have in common: the tab, the owner, the period."""
    cell = objective.cell
    return cell.spreadsheet, cell.sheet_id, key_of(objective.owner), key_of(objective.period)


def _weight_cell(key_results: tuple[KeyResult, ...]) -> CellRef:
    return next((found.weight_cell for found in key_results if found.weight_cell), key_results[0].cell)
