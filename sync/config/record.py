"""What all kinds of records share in the mapping language."""

from collections.abc import Iterator
from itertools import combinations
from typing import Self

from pydantic import Field, model_validator

from sync.config.faults import Fault
from sync.config.sources import Conditions, OwnColumn, Source, Strict, WordColumn


class Record(Strict):
    """What all kinds of records share. A record exists where its text is not blank and `when` holds."""

    when: Conditions = Field((), description="All of these must hold for a row to be such a record.")

    @model_validator(mode="after")
    def _known_fields(self) -> Self:
        """A source that searches another field finds one that has a place of its own."""
        sources = self.sources()
        places = [name for name, source in sources.items() if all(part.field is None for part in source.parts())]
        for part in self.places():
            if part.field is not None and part.field not in places:
                raise Fault("no-such-field", value=part.field, names=", ".join(places))
        return self

    @model_validator(mode="after")
    def _log_for_current_only(self) -> Self:
        """The log says where a number is, and nothing else."""
        own = {id(source) for name, source in self.sources().items() if name == "current"}
        if any(part.check_in and id(part) not in own for part in self.places()):
            raise Fault("log-for-current")
        return self

    @model_validator(mode="after")
    def _columns_of_their_own(self) -> Self:
        """No two things are written into one column."""
        if any(one.meets(other) for one, other in combinations(self.own_columns().values(), 2)):
            raise Fault("one-each")
        return self

    @model_validator(mode="after")
    def _lines_beside_each(self) -> Self:
        """Only what stands beside a text that is taken line by line can be taken so too."""
        beside = [source for name, source in self.sources().items() if name != "text"] if self.is_by_line() else []
        allowed = {id(part) for source in beside for part in source.parts()}
        if any(part.line and id(part) not in allowed for part in self.places()):
            raise Fault("without-each")
        return self

    def is_by_line(self) -> bool:
        """Whether a row yields a record for each line of its text's cell."""
        return False

    def places(self) -> Iterator[Source]:
        """Every place that is looked at, those of conditions and of joined sources included."""
        for source in (*self.sources().values(), *self.when):
            yield from source.parts()

    def own_columns(self) -> dict[str, OwnColumn]:
        """The columns into which we write, by field."""
        return {name: source for name, source in self.sources().items() if isinstance(source, OwnColumn)}

    def word_columns(self) -> dict[str, WordColumn]:
        """Those of them that take words or a day."""
        return {name: source for name, source in self.sources().items() if isinstance(source, WordColumn)}

    def sources(self) -> dict[str, Source]:
        """The sources that are mapped, by field."""
        # Pydantic's own check of an instance takes its time, and most fields are not mapped.
        return {name: value for name, value in self if value is not None and isinstance(value, Source)}
