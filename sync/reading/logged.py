"""What the newest value of a check-in log makes of a key result: the same that its own column would make of it.

Steps ("2/4") and yes or no say how it is measured, where the sheet says nothing else.
"""

from decimal import Decimal

from msgspec import structs

from sync.domain.okr import Amount, CheckIn, KeyResult, Metric
from sync.reading.words import yes_or_no

# What may turn out to be counted in steps, or to be a matter of yes and no.
_MAY_BE_STEPS = (Metric.LINEAR, Metric.LINEAR_DOWN, Metric.STEPS, Metric.DONE)


def with_logged(key_result: KeyResult, check_in: CheckIn) -> KeyResult:
    """The key result with what was checked in as its current value."""
    value, total = check_in.value, check_in.total
    if counts_otherwise(key_result, check_in):
        return structs.replace(key_result, current=structs.replace(value, number=None, fault="not-a-number"))
    if total is not None:
        return _in_steps(key_result, value, total)
    answer = yes_or_no(value.text)
    if answer is None:
        return structs.replace(key_result, current=value)
    if key_result.metric is Metric.LINEAR and key_result.target.is_blank:
        return structs.replace(key_result, metric=Metric.DONE, current=value)
    if key_result.metric is Metric.DONE and yes_or_no(key_result.target.text) is False:
        return structs.replace(key_result, current=structs.replace(value, number=Decimal(int(not answer))))
    return structs.replace(key_result, current=value)


def counts_otherwise(key_result: KeyResult, check_in: CheckIn) -> bool:
    """Whether steps were checked in for what is not counted in steps, so that the value means nothing."""
    wants_yes = key_result.metric is Metric.DONE and not key_result.target.is_blank
    return check_in.total is not None and (wants_yes or key_result.metric not in _MAY_BE_STEPS)


def _in_steps(key_result: KeyResult, value: Amount, total: Decimal) -> KeyResult:
    blank = key_result.target.is_blank
    target = Amount(total, f"{total:f}", cell=value.cell) if blank else key_result.target
    return structs.replace(key_result, metric=Metric.STEPS, start=Amount(), target=target, current=value)
