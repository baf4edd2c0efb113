"""Formulas: the short list that is computed here, and when.

Numbers, texts, TRUE and FALSE, cells and ranges of the same or another sheet, `+ - * / ^ & %`, comparisons, brackets,
and SUM, AVERAGE, MIN, MAX, COUNT, ROUND, ABS, IF, IFERROR; "," and ";" both separate arguments. A formula with
anything else keeps the value it showed last. `recalculate` runs after every change.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeAlias

from babel.numbers import get_decimal_symbol

from sync.local_sheets.book.areas import Area
from sync.local_sheets.book.book import Cell, ErrorValue, Formula, Sheet, Spreadsheet, Value, number
from sync.local_sheets.book.formats import formatted, parse_locale
from sync.local_sheets.book.formula_syntax import Call, Literal, Node, parse
from sync.local_sheets.book.formula_text import Reference

CIRCULAR = ErrorValue(
    "REF", "Circular dependency detected. To resolve with iterative calculation, see File > Settings."
)

Place: TypeAlias = tuple[int, int, int]  # sheet id, row, column


class _Failed(Exception):
    """An error value on its way out of a formula."""

    def __init__(self, kind: str, message: str = "") -> None:
        self.error = ErrorValue(kind, message)


def recalculate(book: Spreadsheet) -> None:
    """Computes every formula of the list anew and puts what changed into `book`."""
    sheets = {sheet.sheet_id: sheet for sheet in book.sheets}
    comma = get_decimal_symbol(parse_locale(book.locale)) == ","
    trees: dict[Place, Node] = {}
    for sheet in book.sheets:
        for row, column, cell in sheet.formula_cells():
            assert isinstance(cell.entered, Formula)
            tree = parse(cell.entered.text, comma)
            if tree is not None:
                trees[sheet.sheet_id, row, column] = tree
    results = _Calculation(book, trees).run() if trees else {}
    for (sheet_id, row, column), value in results.items():
        cell = sheets[sheet_id].cell(row, column)
        assert isinstance(cell.entered, Formula)
        if not _same(cell.entered.value, value):
            sheets[sheet_id].put(row, column, cell._replace(entered=Formula(cell.entered.text, value)))


def _same(old: Value, new: Value) -> bool:
    return type(old) is type(new) and old == new


class _Calculation:
    """One pass over all formulas, each after those it reads. Without recursion, for a column may be one long chain."""

    def __init__(self, book: Spreadsheet, trees: dict[Place, Node]) -> None:
        self.book = book
        self.trees = trees
        self.results: dict[Place, Value] = {}
        self.home: Sheet = book.sheets[0]

    def run(self) -> dict[Place, Value]:
        for start in self.trees:
            self.settle(start)
        return self.results

    def settle(self, start: Place) -> None:
        waiting, under_way = [start], set[Place]()
        while waiting:
            place = waiting[-1]
            if place in self.results:
                waiting.pop()
            elif place in under_way:
                waiting.pop()
                under_way.discard(place)
                self.results[place] = self.computed(place)
            else:
                needed = [other for other in self.precedents(place) if other not in self.results]
                if place in needed or not under_way.isdisjoint(needed):
                    self.results[place] = CIRCULAR
                else:
                    under_way.add(place)
                    waiting.extend(needed)

    def precedents(self, place: Place) -> Iterator[Place]:
        self.home = self.book.sheet_by_id(place[0]) or self.home
        for reference in _references(self.trees[place]):
            sheet = self.sheet_of(reference)
            if sheet is not None and sheet.has_formulas:
                for row, column, _ in _cells(sheet, reference.area):
                    if (sheet.sheet_id, row, column) in self.trees:
                        yield sheet.sheet_id, row, column

    def sheet_of(self, reference: Reference) -> Sheet | None:
        return self.home if reference.title is None else self.book.sheet_by_title(reference.title)

    def computed(self, place: Place) -> Value:
        self.home = self.book.sheet_by_id(place[0]) or self.home
        try:
            value = self.value(self.trees[place])
            return 0 if value is None else value
        except _Failed as failure:
            return failure.error
        except (ValueError, OverflowError):
            return ErrorValue("NUM", "Result was not a number that a cell can hold.")

    def value(self, node: Node) -> Value:
        if isinstance(node, Literal):
            return _sound(node.value)
        if isinstance(node, Reference):
            if not node.single:
                raise _Failed("VALUE", "An array value could not be found.")
            sheet = self.sheet_of(node)
            if sheet is None:
                raise _Failed("REF", "Unresolved sheet name.")
            return _sound(self.shown(sheet, node.area.top, node.area.left))
        if node.name == "IFERROR":
            return self.unless_error(node.arguments)
        if node.name == "IF":
            return self.choice(node.arguments)
        if node.name in _AGGREGATES:
            return _AGGREGATES[node.name]([n for argument in node.arguments for n in self.numbers(argument)])
        arguments = [self.value(argument) for argument in node.arguments]
        return self.applied(node.name, arguments)

    def shown(self, sheet: Sheet, row: int, column: int) -> Value:
        place = (sheet.sheet_id, row, column)
        return self.results[place] if place in self.results else sheet.cell(row, column).value

    def unless_error(self, arguments: tuple[Node, ...]) -> Value:
        if len(arguments) > 2:
            raise _Failed("N_A", "Wrong number of arguments to IFERROR.")
        try:
            return self.value(arguments[0])
        except _Failed:
            return self.value(arguments[1]) if len(arguments) == 2 else ""

    def choice(self, arguments: tuple[Node, ...]) -> Value:
        if not 2 <= len(arguments) <= 3:
            raise _Failed("N_A", "Wrong number of arguments to IF.")
        if _number(self.value(arguments[0])):
            return self.value(arguments[1])
        return self.value(arguments[2]) if len(arguments) == 3 else False

    def numbers(self, node: Node) -> Iterator[int | float]:
        """What an aggregate counts: of cells the numbers only, of other arguments their value as a number."""
        if not isinstance(node, Reference):
            yield _number(self.value(node))
            return
        sheet = self.sheet_of(node)
        if sheet is None:
            raise _Failed("REF", "Unresolved sheet name.")
        for row, column, _ in _cells(sheet, node.area):
            value = _sound(self.shown(sheet, row, column))
            if isinstance(value, int | float) and not isinstance(value, bool):
                yield value

    def applied(self, name: str, arguments: list[Value]) -> Value:
        if name == "&":
            return "".join(formatted(argument, None, self.book.locale) for argument in arguments)
        if name in _COMPARISONS:
            return bool(_COMPARISONS[name](_rank(arguments[0], arguments[1]), _rank(arguments[1], arguments[0])))
        function, least, most = _FUNCTIONS[name]
        if not least <= len(arguments) <= most:
            raise _Failed("N_A", f"Wrong number of arguments to {name}.")
        return number(function(*(_number(argument) for argument in arguments)))


def _references(node: Node) -> Iterator[Reference]:
    if isinstance(node, Reference):
        yield node
    elif isinstance(node, Call):
        for argument in node.arguments:
            yield from _references(argument)


def _cells(sheet: Sheet, area: Area) -> Iterator[tuple[int, int, Cell]]:
    """The cells of an area that are not empty, row by row."""
    inside = area.within(len(sheet.rows), sheet.column_count)
    assert inside.right is not None
    for index in range(*inside.row_span):
        row = sheet.rows[index]
        if inside.right - inside.left <= len(row):
            found = [(column, row[column]) for column in range(inside.left, inside.right) if column in row]
        else:
            found = [(column, row[column]) for column in sorted(row) if inside.left <= column < inside.right]
        for column, cell in found:
            yield index, column, cell


def _sound(value: Value) -> Value:
    if isinstance(value, ErrorValue):
        raise _Failed(value.type, value.message)
    return value


def _number(value: Value) -> int | float:
    if value is None or value == "":
        return 0
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | float):
        return value
    raise _Failed("VALUE", f"Expects number values. But '{value}' is a text and cannot be coerced to a number.")


def _rank(value: Value, other: Value) -> tuple[int, Any]:
    """Numbers before texts before booleans; an empty cell is the zero of what it is compared with."""
    if value is None:
        value = "" if isinstance(other, str) else False if isinstance(other, bool) else 0
    if isinstance(value, bool):
        return 2, value
    return (1, value.casefold()) if isinstance(value, str) else (0, value)


def _divide(dividend: float, divisor: float) -> float:
    if divisor == 0:
        raise _Failed("DIVIDE_BY_ZERO", "Function DIVIDE parameter 2 cannot be zero.")
    return dividend / divisor


def _power(base: float, exponent: float) -> float:
    power = float(base) ** exponent if base or exponent >= 0 else _divide(1, 0)
    if isinstance(power, complex):
        raise _Failed("NUM", "Function POWER has no real result.")
    return float(power)


def _average(numbers: list[int | float]) -> Value:
    if not numbers:
        raise _Failed("DIVIDE_BY_ZERO", "Evaluation of function AVERAGE caused a divide by zero error.")
    return number(sum(numbers) / len(numbers))


def _round(value: float, places: float = 0) -> float:
    """Half away from zero, seen in decimal: 2.675 rounds to 2.68."""
    places = max(-400, min(int(places), 400))
    exact = Decimal(repr(value))
    exponent = exact.as_tuple().exponent
    if isinstance(exponent, int) and -exponent <= places:
        return value
    if exact.adjusted() + 1 < -places:
        return 0
    return float(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


_AGGREGATES: dict[str, Callable[[list[int | float]], Value]] = {
    "SUM": lambda numbers: number(sum(numbers)),
    "AVERAGE": _average,
    "MIN": lambda numbers: min(numbers, default=0),
    "MAX": lambda numbers: max(numbers, default=0),
    "COUNT": len,
}
_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}
# Each with the fewest and the most arguments it takes.
_FUNCTIONS: dict[str, tuple[Callable[..., float], int, int]] = {
    "+": (operator.add, 2, 2),
    "-": (operator.sub, 2, 2),
    "*": (operator.mul, 2, 2),
    "/": (_divide, 2, 2),
    "^": (_power, 2, 2),
    "%": (lambda value: value / 100, 1, 1),
    "unary -": (operator.neg, 1, 1),
    "unary +": (operator.pos, 1, 1),
    "ROUND": (_round, 1, 2),
    "ABS": (abs, 1, 1),
}
