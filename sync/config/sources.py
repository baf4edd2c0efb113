"""Sources and conditions: where a field comes from, which rows count. Only their shape; `reading` carries them out."""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Generic, Literal, Self, TypeVar

from babel import Locale, UnknownLocaleError
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, field_validator, model_validator

from sync.config.faults import Fault
from sync.domain.cells import column_number
from sync.domain.keys import key_of
from sync.domain.scoring import Scale


class Strict(BaseModel):
    """Frozen, and refuses keys that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


def as_source(value: object) -> object:
    """A bare text (or a list of accepted texts) is short for a column with that header."""
    return {"header": value} if isinstance(value, str | list) else value


def checked_pattern(value: str | None) -> str | None:
    if value is not None:
        try:
            re.compile(value)
        except re.error as error:
            raise Fault("not-a-pattern", value=value, why=error) from None
    return value


def fits(text: str, wanted: str) -> bool:
    """Whether a title or header is the wanted one, both as compared forms; "*" in `wanted` stands for any text."""
    if "*" not in wanted:
        return text == wanted
    return re.fullmatch(".*".join(map(re.escape, wanted.split("*"))), text) is not None


def _known_locale(value: str) -> str:
    try:
        Locale.parse(value.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        raise Fault("not-a-language", value=value) from None
    return value


NumbersLocale = Annotated[str, AfterValidator(_known_locale)]


Texts = Annotated[tuple[str, ...], BeforeValidator(as_list, json_schema_input_type=str | tuple[str, ...])]


class Source(Strict):
    """Where a field comes from: exactly one place, optionally narrowed by `pattern`.

    "{}" stands for the current item of `repeat`, and "*" in a header for any text.
    """

    header: Texts = Field((), description="Header text of the column; several texts are all accepted.")
    column: str | None = Field(None, description="Letter of the column, such as B.")
    cell: str | None = Field(None, description="A fixed cell of the tab, such as B2.")
    label: Texts = Field((), description="A label above the table; what stands behind it, in its cell or to the right.")
    value: str | None = Field(None, description="A constant.")
    tab_title: bool = Field(False, description="The title of the tab.")
    field: str | None = Field(None, description="Another field of the same record, whose text is searched.")
    check_in: bool = Field(False, description="For `current`: the newest value in the check-in log.")
    under: str | None = Field(None, description="With header: the text of the header cell above it.")
    nth: int | None = Field(None, ge=1, description="With header: which one of several equal headers.")
    optional: bool = Field(
        False, description="With header or label: a tab or block may be without it, and then holds nothing there."
    )
    pick: Literal["last", "sum"] | None = Field(
        None,
        description="With header: of all columns that fit, the last one that says something in the row; for a number "
        'also "sum", what they add up to. With check_in: "sum" of all values in the log.',
    )
    nothing: Texts = Field((), description="Texts that mean nothing here, as an empty cell does.")
    above: bool = Field(
        False,
        description="With header or column: of this row or the nearest above that has something there; with a pattern, "
        "something that it finds.",
    )
    line: bool = Field(
        False,
        description="With header or column, beside `each`: the line of the cell that stands beside the key result.",
    )
    join: tuple[Annotated["Source", BeforeValidator(as_source)], ...] = Field(
        (),
        description="Several sources, whose texts are joined without those that are blank; constants alone are blank.",
    )
    separator: str = Field(" ", description="With join: what stands between the texts.")
    pattern: str | None = Field(None, description="Regular expression; its first group is the text that counts.")

    _pattern = field_validator("pattern")(checked_pattern)

    @field_validator("column")
    @classmethod
    def _known_column(cls, value: str | None) -> str | None:
        if value is not None:
            try:
                column_number(value)
            except ValueError:
                raise Fault("not-a-column", value=value) from None
        return value

    @field_validator("cell")
    @classmethod
    def _known_cell(cls, value: str | None) -> str | None:
        if value is not None and not re.fullmatch(r"[A-Za-z]{1,3}[1-9]\d*", value):
            raise Fault("not-a-cell", value=value)
        return value

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        constant = self.value is not None
        places = [self.header, self.column, self.cell, self.label, constant, self.tab_title, self.field, self.check_in]
        if sum(bool(place) for place in (*places, self.join)) != 1:
            raise Fault("one-place")
        picks = self.pick and not (self.check_in and self.adds_up)
        if (self.under or self.nth or picks) and not self.header:
            raise Fault("with-header")
        if self.optional and not (self.header or self.label):
            raise Fault("with-header-or-label")
        if self.adds_up and not isinstance(self, AmountSource):
            raise Fault("sum-of-numbers")
        if (self.above or self.line) and (not (self.header or self.column) or self.pick):
            raise Fault("with-column")
        if self.separator != " " and not self.join:
            raise Fault("with-join")
        return self

    @property
    def adds_up(self) -> bool:
        """Whether it is the sum of several places."""
        return self.pick == "sum"

    def parts(self) -> "Iterator[Source]":
        """The sources that have a place of their own: this one, or those that it joins."""
        if not self.join:
            yield self
        for part in self.join:
            yield from part.parts()

    def meets(self, other: "Source") -> bool:
        """Whether both can mean the same column, as far as the mapping tells."""
        if self.column or other.column:
            return self.column == other.column
        headers = {key_of(header) for header in self.header} & {key_of(header) for header in other.header}
        same_group = key_of(self.under or "") == key_of(other.under or "")
        return bool(headers) and same_group and (self.nth or 1) == (other.nth or 1)

    def filled(self, item: str) -> Self:
        """The same source with "{}" replaced by an item of `repeat`."""
        return self.model_copy(
            update={
                "header": tuple(text.replace("{}", item) for text in self.header),
                "label": tuple(text.replace("{}", item) for text in self.label),
                "under": self.under and self.under.replace("{}", item),
                "value": self.value and self.value.replace("{}", item),
                "pattern": self.pattern and self.pattern.replace("{}", re.escape(item)),
                "join": tuple(part.filled(item) for part in self.join),
            }
        )


class AmountSource(Source):
    """Where a number comes from that a key result may have on each of several rows."""

    rows: Literal["sum", "mean"] | None = Field(
        None, description="Of a key result on several rows: this number is added up, or the mean is taken."
    )

    @model_validator(mode="after")
    def _not_of_a_log(self) -> Self:
        if self.rows and self.check_in:
            raise Fault("rows-of-log")
        return self


Word = TypeVar("Word", bound=str, covariant=True)


class WordSource(Source, Generic[Word]):
    """Where a word comes from that means one of a few things."""

    words: Mapping[str, Word] = Field(
        {}, description="Words of your own and what each means; they go before those that are understood anyway."
    )

    def __hash__(self) -> int:
        """As a source: a dict cannot be hashed."""
        return hash((self.header, self.column, self.cell, self.label, self.value, self.under, self.nth, self.join))


class OwnColumn(Source):
    """A column into which we write; never read."""

    @model_validator(mode="after")
    def _a_column(self) -> Self:
        if not (self.header or self.column) or self.pattern or self.pick or self.above or self.line or self.nothing:
            raise Fault("a-column")
        return self


class ScoreColumn(OwnColumn):
    """Where a score is written: a column, with its scale and decimals."""

    scale: Scale = Field(
        1, description='What a full score is: 1, 10, 100, or "percent" for cells formatted as percent.'
    )
    decimals: int | None = Field(None, ge=0, le=6, description="Decimals shown; 2 on scale 1, else 0.")
    empty: Texts = Field((), description="Texts that stand for an empty cell, such as %; a score is written over them.")


class WordColumn(OwnColumn):
    """Where words or a day are written."""


def _known_colours(value: tuple[str, ...]) -> tuple[str, ...]:
    for colour in value:
        if not re.fullmatch("#[0-9a-fA-F]{6}|none", colour):
            raise Fault("not-a-colour", value=colour)
    return tuple(colour.lower() for colour in value)


class Condition(Source):
    """A source and a test of its text, or of its cell's colour: exactly one of `is`, `matches`, `blank`, `fill`."""

    equals: Texts = Field((), alias="is", description="The text is one of these.")
    matches: str | None = Field(None, description="The text matches this regular expression from its beginning.")
    blank: bool | None = Field(None, description="true: the cell is empty; false: it is not.")
    fill: Annotated[Texts, AfterValidator(_known_colours)] = Field(
        (), description='The cell is filled with one of these colours, such as "#f9cb9c"; "none": with none, or white.'
    )

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    _matches = field_validator("matches")(checked_pattern)

    def filled(self, item: str) -> Self:
        """The same condition with "{}" replaced, in its test too."""
        test = {
            "equals": tuple(text.replace("{}", item) for text in self.equals),
            "matches": self.matches and self.matches.replace("{}", re.escape(item)),
        }
        return super().filled(item).model_copy(update=test)

    @model_validator(mode="after")
    def _one_test(self) -> Self:
        if sum([bool(self.equals), self.matches is not None, self.blank is not None, bool(self.fill)]) != 1:
            raise Fault("one-test")
        if self.fill and not any(part.header or part.column or part.cell for part in self.parts()):
            raise Fault("no-colour")
        return self


From = Annotated[Source, BeforeValidator(as_source, json_schema_input_type=str | tuple[str, ...] | Source)]


AmountFrom = Annotated[
    AmountSource, BeforeValidator(as_source, json_schema_input_type=str | tuple[str, ...] | AmountSource)
]


LevelName = Literal["company", "department", "individual"]
StatusName = Literal["draft", "active", "closed"]
KindName = Literal["committed", "aspirational"]
DirectionName = Literal["increase", "decrease"]
MetricName = Literal["linear", "linear_down", "at_most", "at_least", "between", "done", "steps", "words", "progress"]

LevelFrom = Annotated[
    WordSource[LevelName],
    BeforeValidator(as_source, json_schema_input_type=str | tuple[str, ...] | WordSource[LevelName]),
]
StatusFrom = Annotated[
    WordSource[StatusName],
    BeforeValidator(as_source, json_schema_input_type=str | tuple[str, ...] | WordSource[StatusName]),
]
KindFrom = Annotated[
    WordSource[KindName],
    BeforeValidator(as_source, json_schema_input_type=str | tuple[str, ...] | WordSource[KindName]),
]
DirectionFrom = Annotated[
    WordSource[DirectionName],
    BeforeValidator(as_source, json_schema_input_type=str | tuple[str, ...] | WordSource[DirectionName]),
]
MetricFrom = Annotated[
    WordSource[MetricName],
    BeforeValidator(as_source, json_schema_input_type=str | tuple[str, ...] | WordSource[MetricName]),
]


ScoreTo = Annotated[ScoreColumn, BeforeValidator(as_source, json_schema_input_type=str | tuple[str, ...] | ScoreColumn)]
WordsTo = Annotated[WordColumn, BeforeValidator(as_source, json_schema_input_type=str | tuple[str, ...] | WordColumn)]


def _as_conditions(value: object) -> object:
    return [value] if isinstance(value, dict) else value


Conditions = Annotated[
    tuple[Condition, ...],
    BeforeValidator(_as_conditions, json_schema_input_type=Condition | tuple[Condition, ...]),
]
