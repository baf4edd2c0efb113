"""What each column of a tab is read for, as far as it matters to who reads a few rows alone. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sync.config.mapping import KeyResultFields
from sync.config.record import Record
from sync.config.sources import OwnColumn, Source, fits
from sync.domain.cells import cell_place
from sync.domain.keys import key_of
from sync.reading import TabReading
from sync.reading.headers import Table
from sync.reading.row_fields import records_of

# What a key result says of itself that makes it no other one, and that nobody else asks for.
VALUES = frozenset(
    {
        *("start", "target", "current", "progress", "measure", "metric", "direction", "weight", "confidence", "due"),
        *("lesson", "decision", "final_comment"),
    }
)


@dataclass(frozen=True, slots=True)
class Columns:
    """Of one mapping of a tab: the columns that it reads, those of them that hold nothing but values of key results,
    and the fixed cells that it looks at. `headers` are the texts of all headers that it knows.
    """

    read: frozenset[int]
    values: frozenset[int]
    fixed: frozenset[tuple[int, int]]
    headers: frozenset[str]

    def is_header(self, text: str) -> bool:
        """Whether a text might be taken for one of a header."""
        return any(fits(key_of(text), header) for header in self.headers)


def columns_of(tab: TabReading) -> Columns:
    """What the columns of a tab are read for."""
    values: set[int] = set()
    others: set[int] = set()
    sources: list[Source] = [part for each in (*tab.mapping.skip, *tab.mapping.until) for part in each.parts()]
    others.update(_places(sources, tab.tables))
    for record in records_of(tab.mapping):
        for name, source in record.sources().items():
            if not isinstance(source, OwnColumn):
                parts = list(_searched(record, source))
                is_value = isinstance(record, KeyResultFields) and name in VALUES
                # What stands in rows above may hold for many.
                far = [part for part in parts if part.above]
                near = [part for part in parts if not part.above]
                (values if is_value else others).update(_places(near, tab.tables))
                others.update(_places(far, tab.tables))
                sources += parts
        conditions = [part for test in record.when for part in _searched(record, test)]
        others.update(_places(conditions, tab.tables))
        sources += conditions
    sources += [column for record in records_of(tab.mapping) for column in record.own_columns().values()]
    named = {key_of(text) for part in sources for text in (*part.header, *([part.under] if part.under else []))}
    fixed = frozenset(cell_place(part.cell) for part in sources if part.cell)
    return Columns(frozenset(values | others), frozenset(values - others), fixed, frozenset(named))


def _searched(record: Record, source: Source) -> Iterator[Source]:
    """The places that a source comes to, where it searches another field those of that one too."""
    for part in source.parts():
        yield part
        if part.field is not None:
            yield from record.sources()[part.field].parts()


def _places(sources: Iterable[Source], tables: Iterable[Table]) -> Iterator[int]:
    tables = list(tables)
    return (column for source in sources for table in tables for column in table.columns(source))
