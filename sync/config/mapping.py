"""The mapping language: how an admin says what a tab means. Only its shape; `reading` carries it out.

A few ideas that combine:

* A *source* says where a field comes from: a column by its header, a column letter, a fixed cell, a constant,
  the tab's title, another field's text, or several of these joined. Any source can be narrowed by a pattern. It is
  the same idea for every field.
* A *condition* is a source with a test. Conditions say which rows count, which are objectives, where a table ends.
* A tab yields *records*, each kind with its own sources: objective, key result, and those of `cycle_fields`. A row may
  yield several: an objective and its key result side by side. Key results that are measured in different ways are told
  apart by conditions.

The models are frozen and refuse unknown keys; `config` turns their errors into sentences.
"""

from collections.abc import Iterator
from typing import Annotated, Literal, Self, get_args

from pydantic import BeforeValidator, Field, field_validator, model_validator

from sync.config.cycle_fields import (
    CheckInFields,
    CoachingFields,
    CycleFields,
    DecisionFrom,
    FeedbackFields,
    InitiativeFields,
    PersonFields,
    RecognitionFields,
    ReviewFields,
)
from sync.config.faults import Fault
from sync.config.record import Record
from sync.config.sources import (
    AmountFrom,
    Conditions,
    DirectionFrom,
    From,
    KindFrom,
    LevelFrom,
    MetricFrom,
    MetricName,
    NumbersLocale,
    ScoreTo,
    Source,
    StatusFrom,
    Strict,
    Texts,
    WordsTo,
    checked_pattern,
)
from sync.domain.cycle_records import Visible
from sync.domain.keys import key_of
from sync.domain.scoring import Scale


class ObjectiveFields(Record):
    """Where an objective's fields are."""

    text: From | None = Field(
        None, description="The objective itself; left out: what the row says is added to the objective of the same ID."
    )
    id: From | None = Field(None, description="Its ID, where the sheet has one.")
    level: LevelFrom | None = Field(None, description="Company, department or individual.")
    unit: From | None = Field(None, description="Team or department.")
    owner: From | None = Field(None, description="Who answers for it.")
    period: From | None = Field(None, description="Quarter or cycle.")
    status: StatusFrom | None = Field(None, description="Draft, active or closed.")
    kind: KindFrom | None = Field(None, description="Committed or aspirational.")
    weight: From | None = Field(None, description="Its weight within its unit.")
    parent: From | None = Field(None, description="The objective or key result that it supports: ID or text.")
    related: From | None = Field(None, description="Cross-links, several separated by a semicolon or a new line.")
    score: ScoreTo | None = Field(None, description="Where its score is written; left out: on the page only.")
    band: WordsTo | None = Field(None, description="Where its band is written, such as “đúng hướng”.")
    pace: WordsTo | None = Field(None, description="Where is written whether it is ahead of or behind time.")
    message: WordsTo | None = Field(
        None, description="Where is written what to mend in its row; empty when there is nothing."
    )
    checked: WordsTo | None = Field(None, description="Where the day is written on which it was last read well.")
    missing: Literal["leave_out", "zero"] = Field(
        "leave_out", description="Key results without a score are left out of the mean, or count as zero."
    )
    lesson: From | None = Field(None, description="What was learned, written at the end of its period.")
    decision: DecisionFrom | None = Field(None, description="What becomes of it: carry over, change, drop or done.")
    final_comment: From | None = Field(None, description="What is to be said at the end of its period.")

    @property
    def named_by(self) -> Source:
        """What a row must hold to be an objective, or to add to one."""
        named = self.text or self.id
        assert named is not None  # held by the check below
        return named

    @model_validator(mode="after")
    def _named(self) -> Self:
        if self.text is None and self.id is None:
            raise Fault("no-text")
        return self


_NAMED_METRICS: tuple[str, ...] = get_args(MetricName)


class KeyResultFields(Record):
    """Where a key result's fields are."""

    text: From = Field(description="The key result itself.")
    id: From | None = Field(None, description="Its ID, where the sheet has one.")
    objective: From | None = Field(
        None,
        description="ID or text of its objective, where that is on another tab. Else: the one beside or above.",
    )
    owner: From | None = Field(None, description="Who answers for it.")
    start: AmountFrom | None = Field(None, description="Where the number began.")
    target: AmountFrom | None = Field(None, description="Where it should be.")
    current: AmountFrom | None = Field(None, description="Where it is.")
    progress: AmountFrom | None = Field(None, description="The progress itself, instead of start, target and current.")
    progress_scale: Scale = Field(1, description="What full progress is in the sheet: 1, 10, 100 or percent.")
    measure: From | None = Field(None, description="Unit of measure, such as USD or days.")
    metric: MetricFrom | None = Field(None, description="How it is measured, in words or as a constant.")
    direction: DirectionFrom | None = Field(None, description="Whether the number should rise or fall.")
    falling_without_start: Literal["problem", "at_most", "rising"] = Field(
        "problem",
        description="What a number that should fall, by direction or by its text, is without a start: a problem, "
        "a limit, or one that rises from 0 all the same.",
    )
    strict: bool = Field(False, description="Limits exclude equality.")
    weight: From | None = Field(None, description="Its weight within its objective.")
    confidence: From | None = Field(None, description="How sure its owner is.")
    due: From | None = Field(None, description="By when.")
    lesson: From | None = Field(None, description="What was learned, written at the end of its period.")
    decision: DecisionFrom | None = Field(None, description="What becomes of it: carry over, change, drop or done.")
    final_comment: From | None = Field(None, description="What is to be said at the end of its period.")
    words: dict[str, Annotated[float, Field(ge=0, le=1)]] = Field(
        {}, description="Status words and what each is worth, from 0 to 1."
    )
    score: ScoreTo | None = Field(None, description="Where its score is written; left out: on the page only.")
    band: WordsTo | None = Field(None, description="Where its band is written, such as “đúng hướng”.")
    pace: WordsTo | None = Field(None, description="Where is written whether it is ahead of or behind time.")
    message: WordsTo | None = Field(
        None, description="Where is written what to mend in its row; empty when there is nothing."
    )
    checked: WordsTo | None = Field(None, description="Where the day is written on which it was last read well.")
    repeat: tuple[str, ...] = Field((), description='Several key results beside each other: what "{}" stands for.')
    each: str | None = Field(
        None, description="Several key results in one cell: a pattern that finds each; its first group is the text."
    )
    rows: Literal["separate", "latest", "mean", "sum"] = Field(
        "separate",
        description="Equal key results on several rows: each for itself, or which current value counts; start, "
        "target, current and progress may say otherwise by `rows` of their own.",
    )
    date: From | None = Field(None, description='With rows = "latest": the date that tells; else the lowest row.')

    _each = field_validator("each")(checked_pattern)

    def is_by_line(self) -> bool:
        return self.each is not None

    @property
    def is_logged(self) -> bool:
        """Whether its current value is the newest one in the check-in log."""
        return self.current is not None and self.current.check_in

    @property
    def adds_up_log(self) -> bool:
        """Whether it is the sum of what the check-in log says."""
        return self.is_logged and self.current is not None and self.current.adds_up

    @property
    def is_on_several_rows(self) -> bool:
        """Whether equal key results are one: by `rows`, or because numbers of several rows are taken together."""
        return self.rows != "separate" or bool(self.taken_together)

    @property
    def taken_together(self) -> dict[str, Literal["sum", "mean"]]:
        """The numbers that have a rule of their own for several rows, by field."""
        named = {"start": self.start, "target": self.target, "current": self.current, "progress": self.progress}
        return {name: source.rows for name, source in named.items() if source is not None and source.rows}

    def variants(self) -> "list[tuple[str, KeyResultFields]]":
        """The key results that one row can hold, by item of `repeat`: one with an empty item where nothing repeats."""
        return [(item, self._filled(item)) for item in self.repeat] or [("", self)]

    def _filled(self, item: str) -> "KeyResultFields":
        update: dict[str, object] = {name: source.filled(item) for name, source in self.sources().items()}
        update["when"] = tuple(condition.filled(item) for condition in self.when)
        return self.model_copy(update=update)

    @model_validator(mode="after")
    def _items_differ(self) -> Self:
        if len(set(self.repeat)) > 1 and self._filled(self.repeat[0]) == self._filled(self.repeat[1]):
            raise Fault("no-place-for-item")
        return self

    @field_validator("metric")
    @classmethod
    def _known_metric(cls, value: Source | None) -> Source | None:
        if value is not None and value.value is not None and value.value not in _NAMED_METRICS:
            raise Fault("no-such-metric", value=value.value, names=", ".join(_NAMED_METRICS))
        return value

    @model_validator(mode="after")
    def _never_both(self) -> Self:
        read = [self.progress, self.start, self.target, self.current, self.weight]
        parts = [part for source in read if source for part in source.parts()]
        if any(own.meets(part) for own in self.own_columns().values() for part in parts):
            raise Fault("never-both")
        return self


def _as_kinds(value: object) -> object:
    return [value] if isinstance(value, dict) else value


KeyResultKinds = Annotated[
    tuple[KeyResultFields, ...],
    BeforeValidator(_as_kinds, json_schema_input_type=KeyResultFields | tuple[KeyResultFields, ...]),
]


DEFAULT_NOTHING = ("-", "—", "–", "n/a", "na", "n/d", "không có", "chưa đo", "tbd")


class TabMapping(Strict):
    """What one tab, or several tabs of the same layout, mean."""

    title: Texts = Field(min_length=1, description='Title of the tab, or several; "*" stands for any text.')
    numbers: NumbersLocale | None = Field(
        None, description="Language of the numbers, such as vi_VN; else the spreadsheet's."
    )
    nothing: tuple[str, ...] = Field(DEFAULT_NOTHING, description="Texts that mean: not measured.")
    header_row: int | None = Field(None, ge=1, description="Row of the header; else found by its texts.")
    header_rows: Literal[1, 2] = Field(1, description="2 where a second header row stands above it.")
    until: Conditions = Field((), description="The table ends before the first row for which one of these holds.")
    skip: Conditions = Field((), description="Rows for which one of these holds do not count.")
    objective: ObjectiveFields | None = None
    key_result: KeyResultKinds = Field(
        (), description="Where a key result's fields are; of several kinds, a row is the first whose `when` holds."
    )
    check_in: CheckInFields | None = None
    initiative: InitiativeFields | None = None
    review: ReviewFields | None = None
    recognition: RecognitionFields | None = None
    feedback: FeedbackFields | None = None
    coaching: CoachingFields | None = None
    person: PersonFields | None = None

    @property
    def meaning_nothing(self) -> frozenset[str]:
        """The texts, as compared, that mean "not measured" on the tab."""
        return frozenset(key_of(text) for text in self.nothing)

    def records(self) -> list[Record]:
        """The kinds of records on this tab, objectives first."""
        kinds = (self.objective, *self.key_result, self.check_in, self.initiative)
        return [*(record for record in kinds if record is not None), *self.around()]

    def around(self) -> list[CycleFields]:
        """The kinds of records on this tab that no objective or key result holds."""
        kinds = (self.review, self.recognition, self.feedback, self.coaching, self.person)
        return [record for record in kinds if record is not None]

    @property
    def is_private(self) -> bool:
        """Whether some of its records are not for everyone."""
        return any(getattr(kind, "visible", Visible.EVERYONE) is not Visible.EVERYONE for kind in self.around())

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.records():
            raise Fault("says-nothing")
        conditions = [part for condition in (*self.skip, *self.until) for part in condition.parts()]
        if any(part.field for part in conditions):
            raise Fault("no-record")
        if any(part.line for part in conditions):
            raise Fault("without-each")
        asked = [*conditions, *(part for record in self.records() for test in record.when for part in test.parts())]
        words = [column for record in self.records() for column in record.word_columns().values()]
        if any(column.meets(part) for column in words for part in asked):
            raise Fault("own-words")
        return self

    def says_the_same(self, other: "TabMapping") -> str:
        """The title for which both say where the same records are; "" where there is none."""
        titles = {key_of(title): title for title in self.title}
        same = (titles[key] for key in map(key_of, other.title) if key in titles)
        return next(same, "") if self.model_copy(update={"title": other.title}) == other else ""

    @property
    def looks_at_fills(self) -> bool:
        """Whether a condition asks for the colour of cells, which is read only then."""
        conditions = (*self.skip, *self.until, *(test for record in self.records() for test in record.when))
        return any(condition.fill for condition in conditions)

    @property
    def two_header_rows(self) -> bool:
        return self.header_rows == 2 or any(part.under for part in self.places())

    def places(self) -> Iterator[Source]:
        """Every place that is looked at."""
        for record in self.records():
            yield from record.places()
        for condition in (*self.skip, *self.until):
            yield from condition.parts()
