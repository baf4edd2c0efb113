"""How a key result is measured: its metric and its start, target and current value, from whatever the sheet gives.

Decides the metric by what the mapping and the cells say, in this order: a metric in words, status words, yes or no,
steps ("3/5"), given progress, a limit mark, a range, the direction. A verb in a sentence is never guessed at: where it
may speak of a fall and nothing else says which way, the key result has no score. Nor has one whose metric or direction
is a word that is not understood.
"""

from dataclasses import dataclass
from decimal import Decimal

from msgspec import structs

from sync.config.mapping import KeyResultFields
from sync.domain.keys import key_of
from sync.domain.okr import NO_AMOUNT, Amount, Metric
from sync.reading.adding_up import odd_one, sum_of
from sync.reading.found import NOTHING, FoundValue, Row
from sync.reading.numbers import AT_MOST_MARKS
from sync.reading.row_fields import RowFields
from sync.reading.sentences import limit_in, may_fall
from sync.reading.words import DIRECTION, METRIC


@dataclass(frozen=True, slots=True)
class Measured:
    """A metric with the amounts that it needs."""

    metric: Metric
    start: Amount = NO_AMOUNT
    target: Amount = NO_AMOUNT
    current: Amount = NO_AMOUNT
    strict: bool = False


# What a fall without a start is, by the mapping's choice.
_WITHOUT_START = {"problem": Metric.LINEAR_DOWN, "at_most": Metric.AT_MOST, "rising": Metric.LINEAR}

# Beyond this, a bare number among shares from 0 to 1 is as likely a percentage.
_MOST_PROGRESS = 2

# What a key result may call itself when its current value is "3/5".
_MAY_BE_STEPS = (None, Metric.STEPS, Metric.DONE, Metric.LINEAR)


class Measures:
    """Measures the key results of one kind in one table."""

    def __init__(self, fields: RowFields[KeyResultFields]) -> None:
        self.fields, self.mapped, self.amounts = fields, fields.record, fields.amounts
        self._says_numbers_only = not self.mapped.progress and not self.mapped.words
        self._summed = {
            name: fields.reader.each(source)
            for name, source in fields.record.sources().items()
            if source.adds_up and not source.check_in
        }
        self._worth = {key_of(word): Decimal(repr(value)) for word, value in self.mapped.words.items()}

    def of(self, row: Row) -> Measured:
        """How the key result of a row is measured. What is wrong with it is told through the fields."""
        asked = self.fields.word(row, "metric", METRIC, Metric.UNKNOWN)
        if asked is None and self._says_numbers_only and _is_no_word(row["target"]) and _is_no_word(row["current"]):
            return self._by_numbers(row, None)  # all that is asked below is about words, or yes and no
        found = self._by_progress(row, asked) or self._by_words(row) or self._done(row, asked)
        return found or self._steps(row, asked) or self._by_numbers(row, asked)

    def _by_progress(self, row: Row, asked: Metric | None) -> Measured | None:
        field = "progress" if self.mapped.progress else "current"
        if not self.mapped.progress and (asked is not Metric.PROGRESS or self.mapped.current is None):
            return None
        found = row[field]
        if isinstance(found.value, bool):
            return Measured(Metric.PROGRESS, current=self._yes(found, found.value))
        return Measured(Metric.PROGRESS, current=self._on_scale(found, field, self._amount(row, field)))

    def _on_scale(self, found: FoundValue, field: str, amount: Amount) -> Amount:
        """Given progress from 0 to 1. Where both scales fit a bare number, nobody can tell: 0.5 may be 0.5% or 50%. A
        formula means the scale of its column, and begins a quarter with 0.5 of 100 often enough.
        """
        scale = 1 if self.mapped.progress_scale == "percent" else self.mapped.progress_scale
        if amount.number is None or amount.unit == "%":
            return amount
        number = amount.number / scale
        other = amount.number if scale == 100 else amount.number / 100
        may_be_share = (
            scale == 100 and 0 < other <= 1 and (found.row, found.column) not in self.fields.reader.tab.formulas
        )
        if not may_be_share and not (scale == 1 and number > _MOST_PROGRESS):
            return structs.replace(amount, number=number)
        one, other_one = (f"{self.amounts.language.show(each * 100)}%" for each in (number, other))
        cell, name = self.amounts.reader.told_at(found), self.fields.name(field)
        self.fields.problem("ambiguous-number", cell, text=found.text, field=name, one=one, other=other_one)
        return structs.replace(amount, number=None, fault="ambiguous-number")

    def _by_words(self, row: Row) -> Measured | None:
        if not self._worth:
            return None
        found = row["current"]
        number = self._worth.get(key_of(found.text))
        if number is None:
            return None
        return Measured(Metric.WORDS, current=Amount(number, found.text, cell=self.amounts.reader.cell(found)))

    def _done(self, row: Row, asked: Metric | None) -> Measured | None:
        """Yes or no: asked for, or said by the target, or by the current value where there is no target."""
        target, current = row["target"], row["current"]
        wants, has = self.amounts.yes_no(target), self.amounts.yes_no(current)
        says_so = wants is not None or (has is not None and target.text == "")
        if asked is not Metric.DONE and (asked is not None or not says_so):
            return None
        if has is None and "/" in current.text:
            return None  # "6/9" milestones are steps
        goal = Amount(Decimal(1), target.text, cell=self.amounts.reader.cell(target)) if target.text else NO_AMOUNT
        if has is None:
            return Measured(Metric.DONE, target=goal, current=self._zero_or_one(row))
        reached = has if wants is None else has is wants
        return Measured(Metric.DONE, target=goal, current=self._yes(current, reached))

    def _zero_or_one(self, row: Row) -> Amount:
        """A yes/no key result counted with 1 and 0; any other number says neither, as any other text does."""
        found, name = row["current"], self.fields.name("current")
        amount, problems = (NO_AMOUNT, ()) if found is NOTHING else self.amounts.read(found, name)
        says_neither = amount.number not in (None, 0, 1) or amount.fault in ("not-a-number", "ambiguous-number")
        if not says_neither:
            self.fields.table.problems.extend(problems)
            return amount
        self.fields.problem("not-yes-or-no", self.amounts.reader.told_at(found), text=amount.text, field=name)
        return structs.replace(amount, number=None, fault="not-a-number")

    def _yes(self, found: FoundValue, reached: bool) -> Amount:
        return Amount(Decimal(int(reached)), found.text, cell=self.amounts.reader.cell(found))

    def _steps(self, row: Row, asked: Metric | None) -> Measured | None:
        found = row["current"]
        may_be = asked in _MAY_BE_STEPS and "current" not in self._summed
        steps = self.amounts.steps(found) if may_be else None
        if steps is None:
            return None
        done, all_steps = steps
        cell = self.amounts.reader.cell(found)
        target = self._amount(row, "target")
        total = Amount(all_steps, str(all_steps), cell=cell) if target.is_blank else target
        return Measured(Metric.STEPS, target=total, current=Amount(done, found.text, cell=cell))

    def _by_numbers(self, row: Row, asked: Metric | None) -> Measured:
        start, target, current = self._amount(row, "start"), self._amount(row, "target"), self._amount(row, "current")
        if start.is_blank or asked in (Metric.AT_MOST, Metric.AT_LEAST):
            target = self._with_limit(row, target)
        metric = self._inferred(start, target) if asked in (None, Metric.LINEAR) else asked
        strict = self.mapped.strict or (metric, target.limit) in ((Metric.AT_MOST, "<"), (Metric.AT_LEAST, ">"))
        if metric is Metric.LINEAR:
            metric = self._way(row, start, target)
        return Measured(metric, start, target, current, strict)

    def _with_limit(self, row: Row, target: Amount) -> Amount:
        """A limit may stand in the key result's own text, before the same number: "Tỷ lệ churn ≤ 8%"."""
        if target.limit or target.number is None or target.upper is not None:
            return target
        limit = limit_in(row["text"].text, target.number, self.amounts.language)
        return structs.replace(target, limit=limit) if limit else target

    def _inferred(self, start: Amount, target: Amount) -> Metric:
        if target.upper is not None:
            return Metric.BETWEEN
        if target.limit in AT_MOST_MARKS and start.is_blank:
            return Metric.AT_MOST
        return Metric.LINEAR

    def _way(self, row: Row, start: Amount, target: Amount) -> Metric:
        """Falling where the numbers say so, or, without a start, where the direction says so."""
        if start.number is not None and target.number is not None:
            return Metric.LINEAR_DOWN if target.number < start.number else Metric.LINEAR
        asked = self.fields.word(row, "direction", DIRECTION, Metric.UNKNOWN)
        if asked is None and target.number is not None:
            falls = may_fall(row["text"].text, target.number, self.amounts.language)
            asked = Metric.LINEAR_DOWN if falls else None
        if asked is Metric.LINEAR_DOWN:
            return _WITHOUT_START[self.mapped.falling_without_start]
        return asked or Metric.LINEAR

    def _amount(self, row: Row, field: str) -> Amount:
        if field in self._summed:
            return self._sum(row, field)
        found = row[field]
        if found is NOTHING:
            return NO_AMOUNT
        amount, problems = self.amounts.read(found, self.fields.name(field))
        if problems:
            self.fields.table.problems.extend(problems)
        return amount

    def _sum(self, row: Row, field: str) -> Amount:
        """What several columns add up to. What cannot be added is told at its cell."""
        read = [self.amounts.read(find(row), self.fields.name(field)) for find in self._summed[field]]
        amounts = [amount for amount, _ in read]
        self.fields.table.problems.extend(found for _, problems in read for found in problems)
        odd = odd_one(amounts)
        if odd is not None:
            one, other = odd
            cell = other.cell or self.fields.required_cell(row["text"], row)
            self.fields.problem("unit-mismatch", cell, one=one.text, other=other.text)
        return sum_of(amounts)


def _is_no_word(found: FoundValue) -> bool:
    """Whether a cell holds neither a text nor a tick."""
    return not isinstance(found.value, str | bool)
