"""How a key result is measured: its metric and its start, target and current value, from whatever the sheet gives.

Decides the metric by what the mapping and the cells say, in this order: a metric in words, status words, yes or no,
steps ("3/5"), given progress, a limit mark, a range, the direction. A verb in a sentence is never guessed at: where it
may speak of a fall and nothing else says which way, the key result has no score. Nor has one whose metric or direction
is a word that is not understood.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from sync.config.mapping import KeyResultFields
from sync.config.sources import Source, WordSource
from sync.domain.keys import key_of
from sync.domain.okr import Amount, Metric
from sync.domain.problems import Problem, problem
from sync.reading.amount_cells import AmountReader
from sync.reading.numbers import AT_MOST_MARKS
from sync.reading.sentences import limit_in, may_fall
from sync.reading.sources import FoundValue
from sync.reading.word_cells import WordReader
from sync.reading.words import DIRECTION, METRIC, Vocabulary


@dataclass(frozen=True, slots=True)
class Measured:
    """A metric with the amounts that it needs, and what is wrong with them."""

    metric: Metric
    start: Amount = Amount()
    target: Amount = Amount()
    current: Amount = Amount()
    strict: bool = False
    problems: tuple[Problem, ...] = field(default=())


def measure(
    amounts: AmountReader,
    words: WordReader,
    fields: KeyResultFields,
    find: Callable[[Source | None], FoundValue],
    name: Callable[[Source | None], str],
) -> Measured:
    """Measure one key result. `find` gives a field's place in its row, `name` what people call its column."""
    return _Measure(amounts, words, fields, find, name).measured()


# What a fall without a start is, by the mapping's choice.
_WITHOUT_START = {"problem": Metric.LINEAR_DOWN, "at_most": Metric.AT_MOST, "rising": Metric.LINEAR}

# What a key result may call itself when its current value is "3/5".
_MAY_BE_STEPS = (None, Metric.STEPS, Metric.DONE, Metric.LINEAR)


class _Measure:
    def __init__(
        self,
        amounts: AmountReader,
        words: WordReader,
        fields: KeyResultFields,
        find: Callable[[Source | None], FoundValue],
        name: Callable[[Source | None], str],
    ) -> None:
        self.amounts, self.words, self.fields, self.find, self.name = amounts, words, fields, find, name
        self.problems: list[Problem] = []

    def measured(self) -> Measured:
        asked = self._asked_metric()
        found = self._by_progress(asked) or self._by_words() or self._done(asked) or self._steps(asked)
        found = found or self._by_numbers(asked)
        return replace(found, problems=tuple(self.problems))

    def _asked_metric(self) -> Metric | None:
        """The metric that the sheet or the mapping names; None where it names none."""
        return self._word(self.fields.metric, METRIC)

    def _word(self, source: WordSource[str] | None, known: Vocabulary[Metric]) -> Metric | None:
        """What a word means; None for none. One that is not understood is told, not guessed at."""
        if source is None:
            return None
        meant, problems = self.words.read(self.find(source), source, known, self.name(source))
        self.problems.extend(problems)
        return Metric.UNKNOWN if problems else meant

    def _by_progress(self, asked: Metric | None) -> Measured | None:
        source = self.fields.progress or (self.fields.current if asked is Metric.PROGRESS else None)
        if source is None:
            return None
        found = self.find(source)
        if isinstance(found.value, bool):
            return Measured(Metric.PROGRESS, current=self._yes(found, found.value))
        amount = self._amount(source)
        if amount.number is not None and amount.unit != "%" and self.fields.progress_scale != "percent":
            amount = replace(amount, number=amount.number / self.fields.progress_scale)
        return Measured(Metric.PROGRESS, current=amount)

    def _by_words(self) -> Measured | None:
        worth = {key_of(word): value for word, value in self.fields.words.items()}
        found = self.find(self.fields.current)
        if not worth or key_of(found.text) not in worth:
            return None
        number = Decimal(repr(worth[key_of(found.text)]))
        return Measured(Metric.WORDS, current=Amount(number, found.text, cell=self.amounts.reader.cell(found)))

    def _done(self, asked: Metric | None) -> Measured | None:
        """Yes or no: asked for, or said by the target, or by the current value where there is no target."""
        target, current = self.find(self.fields.target), self.find(self.fields.current)
        wants, has = self.amounts.yes_no(target), self.amounts.yes_no(current)
        says_so = wants is not None or (has is not None and target.text == "")
        if asked is not Metric.DONE and (asked is not None or not says_so):
            return None
        if has is None and "/" in current.text:
            return None  # "6/9" milestones are steps
        goal = Amount(Decimal(1), target.text, cell=self.amounts.reader.cell(target)) if target.text else Amount()
        if has is None:
            return Measured(Metric.DONE, target=goal, current=self._zero_or_one(current))
        reached = has if wants is None else has is wants
        return Measured(Metric.DONE, target=goal, current=self._yes(current, reached))

    def _zero_or_one(self, found: FoundValue) -> Amount:
        """A yes/no key result counted with 1 and 0; any other number says neither."""
        amount = self._amount(self.fields.current)
        if amount.number is None or amount.number in (0, 1):
            return amount
        name = self.name(self.fields.current)
        cell = self.amounts.reader.told_at(found)
        self.problems.append(problem("not-a-number", cell, text=amount.text, field=name, example="1 / 0"))
        return replace(amount, number=None, fault="not-a-number")

    def _yes(self, found: FoundValue, reached: bool) -> Amount:
        return Amount(Decimal(int(reached)), found.text, cell=self.amounts.reader.cell(found))

    def _steps(self, asked: Metric | None) -> Measured | None:
        found = self.find(self.fields.current)
        steps = self.amounts.steps(found) if asked in _MAY_BE_STEPS else None
        if steps is None:
            return None
        done, all_steps = steps
        cell = self.amounts.reader.cell(found)
        target = self._amount(self.fields.target)
        total = Amount(all_steps, str(all_steps), cell=cell) if target.is_blank else target
        return Measured(Metric.STEPS, target=total, current=Amount(done, found.text, cell=cell))

    def _by_numbers(self, asked: Metric | None) -> Measured:
        start, target, current = (
            self._amount(source) for source in (self.fields.start, self.fields.target, self.fields.current)
        )
        if start.is_blank or asked in (Metric.AT_MOST, Metric.AT_LEAST):
            target = self._with_limit(target)
        metric = self._inferred(start, target) if asked in (None, Metric.LINEAR) else asked
        strict = self.fields.strict or (metric, target.limit) in ((Metric.AT_MOST, "<"), (Metric.AT_LEAST, ">"))
        if metric is Metric.LINEAR:
            metric = self._way(start, target)
        return Measured(metric, start, target, current, strict)

    def _with_limit(self, target: Amount) -> Amount:
        """A limit may stand in the key result's own text, before the same number: "Tỷ lệ churn ≤ 8%"."""
        if target.limit or target.number is None or target.upper is not None:
            return target
        return replace(target, limit=limit_in(self._text, target, self.amounts.language))

    def _inferred(self, start: Amount, target: Amount) -> Metric:
        if target.upper is not None:
            return Metric.BETWEEN
        if target.limit in AT_MOST_MARKS and start.is_blank:
            return Metric.AT_MOST
        return Metric.LINEAR

    def _way(self, start: Amount, target: Amount) -> Metric:
        """Falling where the numbers say so, or, without a start, where the direction says so."""
        if start.number is not None and target.number is not None:
            return Metric.LINEAR_DOWN if target.number < start.number else Metric.LINEAR
        asked = self._word(self.fields.direction, DIRECTION)
        if asked is None and target.number is not None and may_fall(self._text, target, self.amounts.language):
            asked = Metric.LINEAR_DOWN
        if asked is Metric.LINEAR_DOWN:
            return _WITHOUT_START[self.fields.falling_without_start]
        return asked or Metric.LINEAR

    @property
    def _text(self) -> str:
        return self.find(self.fields.text).text

    def _amount(self, source: Source | None) -> Amount:
        if source is None:
            return Amount()
        amount, problems = self.amounts.read(self.find(source), self.name(source))
        self.problems.extend(problems)
        return amount
