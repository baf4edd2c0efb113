"""The mapping of what teams write down around their OKRs: check-ins, initiatives, reviews, recognition, feedback,
coaching, people. Only its shape; `reading` carries it out.
"""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from sync.config.record import Record
from sync.config.sources import AmountFrom, From, Source, WordSource, as_source
from sync.domain.cycle_records import Visible
from sync.domain.scoring import Scale

DecisionName = Literal["carry_over", "change", "drop", "done"]
InitiativeStateName = Literal["planned", "doing", "done", "dropped"]
CoachingStateName = Literal["open", "done"]

DecisionFrom = Annotated[
    WordSource[DecisionName],
    BeforeValidator(as_source, json_schema_input_type=str | tuple[str, ...] | WordSource[DecisionName]),
]
InitiativeStateFrom = Annotated[
    WordSource[InitiativeStateName],
    BeforeValidator(as_source, json_schema_input_type=str | tuple[str, ...] | WordSource[InitiativeStateName]),
]
CoachingStateFrom = Annotated[
    WordSource[CoachingStateName],
    BeforeValidator(as_source, json_schema_input_type=str | tuple[str, ...] | WordSource[CoachingStateName]),
]


class ConfidenceSource(Source):
    """Where a confidence comes from, in words or as a number from 1 to 10."""

    words: Mapping[str, Annotated[float, Field(ge=0, le=10)]] = Field(
        {}, description="Words of your own and how sure each is, from 0 to 10."
    )

    def __hash__(self) -> int:
        """As a source: a dict cannot be hashed."""
        return hash((self.header, self.column, self.cell, self.label, self.value, self.under, self.nth, self.join))


ConfidenceFrom = Annotated[
    ConfidenceSource, BeforeValidator(as_source, json_schema_input_type=str | tuple[str, ...] | ConfidenceSource)
]


class CheckInFields(Record):
    """Where the fields of a check-in log are."""

    key_result: From = Field(description="ID or text of the key result.")
    date: From | None = Field(None, description="When.")
    value: From | None = Field(None, description="The value that was reported.")
    before: From | None = Field(None, description="The value before it.")
    confidence: ConfidenceFrom | None = Field(None, description="How sure, in words or from 1 to 10.")
    comment: From | None = Field(None, description="What was said.")
    obstacle: From | None = Field(None, description="What is in the way.")
    next_step: From | None = Field(None, description="What is done next.")
    author: From | None = Field(None, description="Who.")


class InitiativeFields(Record):
    """Where an initiative's fields are."""

    text: From = Field(description="The initiative itself.")
    id: From | None = Field(None, description="Its ID.")
    key_result: From | None = Field(None, description="Key results that it serves, several separated by a comma.")
    objective: From | None = Field(None, description="ID or text of the objective that it serves.")
    owner: From | None = Field(None, description="Who does it.")
    start: From | None = Field(None, description="When it begins.")
    due: From | None = Field(None, description="By when.")
    status: InitiativeStateFrom | None = Field(None, description="Planned, doing, done or dropped.")
    progress: AmountFrom | None = Field(None, description="How much of it is done.")
    progress_scale: Scale = Field(1, description="What full progress is in the sheet: 1, 10, 100 or percent.")


class ReviewFields(Record):
    """Where the fields of a review on a tab of its own are."""

    about: From = Field(description="ID or text of the objective or key result.")
    period: From | None = Field(None, description="Quarter or cycle that is looked back on.")
    author: From | None = Field(None, description="Who.")
    date: From | None = Field(None, description="When.")
    lesson: From | None = Field(None, description="What was learned.")
    decision: DecisionFrom | None = Field(None, description="What becomes of it: carry over, change, drop or done.")
    final_comment: From | None = Field(None, description="What is to be said at the end.")


class RecognitionFields(Record):
    """Where the fields of recognition are."""

    text: From = Field(description="What somebody is thanked for.")
    receiver: From = Field(description="Who is thanked, several separated by a comma.")
    giver: From | None = Field(None, description="Who thanks.")
    date: From | None = Field(None, description="When.")
    about: From | None = Field(None, description="ID or text of the objective or key result that it is about.")
    visible: Visible = Field(Visible.EVERYONE, description="For everyone, for those named in the row, or for nobody.")


class FeedbackFields(Record):
    """Where the fields of feedback are."""

    text: From = Field(description="What is said.")
    receiver: From = Field(description="To whom, several separated by a comma.")
    giver: From | None = Field(None, description="By whom.")
    date: From | None = Field(None, description="When.")
    kind: From | None = Field(None, description="What kind of feedback, such as praise or advice.")
    about: From | None = Field(None, description="ID or text of the objective or key result that it is about.")
    visible: Visible = Field(Visible.INVOLVED, description="For everyone, for those named in the row, or for nobody.")


class CoachingFields(Record):
    """Where the fields of coaching are. A row is one where a topic or a person stands in it."""

    person: From = Field(description="Who is coached.")
    coach: From | None = Field(None, description="Who coaches.")
    date: From | None = Field(None, description="When.")
    topic: From | None = Field(None, description="What it was about.")
    next_step: From | None = Field(None, description="What was agreed on.")
    due: From | None = Field(None, description="By when.")
    status: CoachingStateFrom | None = Field(None, description="Whether it is still to be done: open or done.")
    visible: Visible = Field(Visible.INVOLVED, description="For everyone, for those named in the row, or for nobody.")


class PersonFields(Record):
    """Where the fields of a list of people are."""

    name: From = Field(description="The name, as the other tabs write it.")
    email: From | None = Field(None, description="The address with which they sign in.")
    unit: From | None = Field(None, description="Team or department.")
    manager: From | None = Field(None, description="Name of whom they report to.")


CycleFields = ReviewFields | RecognitionFields | FeedbackFields | CoachingFields | PersonFields
