"""From what a cell holds to an Amount, and the problem where that is impossible.

The four kinds of nothing stay apart: blank, zero, text that is no number, and a cell that shows an error.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from sync.domain.cells import CellRef
from sync.domain.grid import CellError
from sync.domain.keys import key_of
from sync.domain.okr import Amount
from sync.domain.problems import Problem, problem
from sync.reading.dates import parse_day
from sync.reading.found import FoundValue
from sync.reading.numbers import (
    Number,
    NumberLanguage,
    Unreadable,
    from_cell,
    limit_before,
    parse_number,
    shown_in,
)
from sync.reading.sources import TableReader
from sync.reading.words import yes_or_no

_ERROR = re.compile(r"#(REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|ERROR!)|Loading(\.\.\.|…)")


_ALONE = re.compile(r"(?<!\S)\d+(?:[.,]\d+)*(?!\S)")

_NO_PROBLEMS: Sequence[Problem] = ()


class AmountReader:
    """Reads amounts of one tab: in its number language, with its texts that mean "not measured"."""

    def __init__(self, reader: TableReader, language: NumberLanguage, nothing: frozenset[str]) -> None:
        self.reader, self.language, self.nothing = reader, language, nothing
        self._way = language, nothing
        self._shown_in = shown_in(reader.book.locale, language)
        # Of most tabs no cell is, and each question spared is one a cell.
        self._has_formats = bool(reader.tab.dates or reader.tab.percents)

    def read(self, found: FoundValue, field: str) -> tuple[Amount, Sequence[Problem]]:
        """The amount at a place; `field` is what people call the column."""
        if found.amount is not None and found.amount[0] == self._way:
            return found.amount[1], _NO_PROBLEMS
        amount, problems = self._read(found, field)
        if found.row is not None and not problems:
            found.amount = self._way, amount
        return amount, problems

    def _read(self, found: FoundValue, field: str) -> tuple[Amount, Sequence[Problem]]:
        cell, value = self.reader.cell(found), found.value
        text = found.text
        if found.torn:  # told once for all lines of the cell
            return Amount(cell=cell, fault="not-a-number"), _NO_PROBLEMS
        if (type(value) is int or type(value) is float) and text not in self.nothing:
            return self._numeric(found, value, cell, field)
        if text == "" or key_of(text) in self.nothing:
            return Amount(text=text, cell=cell), _NO_PROBLEMS
        if isinstance(value, CellError) or (isinstance(value, str) and _ERROR.match(text)):
            fault = problem("cell-error", self.reader.told_at(found), text=text, field=field)
            return Amount(text=text, cell=cell, fault="cell-error"), [fault]
        if isinstance(value, bool):
            return self._not_a_number(found, field)
        return self._typed(found, cell, field)

    def shown(self, found: FoundValue) -> str:
        """What is to be quoted of a cell: a number as the cell shows it."""
        return self.read(found, "")[0].text

    def yes_no(self, found: FoundValue) -> bool | None:
        """Whether a cell says yes or no; None where it says neither."""
        if isinstance(found.value, bool):
            return found.value
        return yes_or_no(found.text) if isinstance(found.value, str) else None

    def steps(self, found: FoundValue) -> tuple[Decimal, Decimal] | None:
        """How many of how many steps a text such as "3/5" counts; None for any other."""
        if not isinstance(found.value, str) or "/" not in found.text:
            return None
        number = parse_number(found.text, self.language)
        return (number.value, number.steps) if isinstance(number, Number) and number.steps is not None else None

    def _numeric(
        self, found: FoundValue, value: float, cell: CellRef | None, field: str
    ) -> tuple[Amount, Sequence[Problem]]:
        number = from_cell(value)
        if number is not None and not self._has_formats:
            return Amount(number, self._number_text(found), "", cell), _NO_PROBLEMS
        if self.reader.is_date(found):
            day = parse_day(value, self.language.locale)
            fault = problem(
                "date-not-number", self.reader.told_at(found), text=day.isoformat() if day else found.text, field=field
            )
            return Amount(text=found.text, cell=cell, fault="not-a-number"), [fault]
        if number is None:
            return self._not_a_number(found, field)
        if self.reader.is_percent(found):
            return Amount(number, f"{self._shown_in.show(number * 100)}%", unit="%", cell=cell), _NO_PROBLEMS
        return Amount(number, self._number_text(found), cell=cell), _NO_PROBLEMS

    def _number_text(self, found: FoundValue) -> str:
        return found.text.replace(".", self._shown_in.decimal) if type(found.value) is float else found.text

    def _typed(self, found: FoundValue, cell: CellRef | None, field: str) -> tuple[Amount, Sequence[Problem]]:
        text = found.text
        number = parse_number(text, self.language)
        if isinstance(number, Number) and number.steps is not None:
            # "3/5" is steps where a current value stands (`measures`); anywhere else nobody can tell what it is.
            return self._not_a_number(found, field)
        if not isinstance(number, Unreadable):
            limit = number.limit or limit_before(found.before)
            return Amount(number.value, text, number.unit, cell, number.upper, limit, size=number.size), _NO_PROBLEMS
        if not number.readings:
            return self._not_a_number(found, field)
        one, other = (self.language.unmistakable(reading) for reading in number.readings)
        fault = problem("ambiguous-number", self.reader.told_at(found), text=text, field=field, one=one, other=other)
        return Amount(text=text, cell=cell, fault="ambiguous-number"), [fault]

    def _not_a_number(self, found: FoundValue, field: str) -> tuple[Amount, Sequence[Problem]]:
        example = self.language.show(_only_number(found.text, self.language) or Decimal("12.5"))
        fault = problem("not-a-number", self.reader.told_at(found), text=found.text, field=field, example=example)
        return Amount(text=found.text, cell=self.reader.cell(found), fault="not-a-number"), [fault]


def _only_number(text: str, language: NumberLanguage) -> Decimal | None:
    """The one number that stands by itself in a text such as "Đã có 12 khách", as an example of what to type."""
    found = _ALONE.findall(text)
    number = parse_number(found[0], language) if len(found) == 1 else None
    return number.value if isinstance(number, Number) else None
