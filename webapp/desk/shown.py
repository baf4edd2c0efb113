"""Numbers as the sheet itself will show them: in its language, and as percentages where a cell has that format."""

from decimal import Decimal

from sync.domain.grid import Book, Scalar, text_of
from sync.reading.numbers import NumberLanguage, from_cell, number_language


def language_of(book: Book) -> NumberLanguage:
    """How the spreadsheet writes numbers."""
    return number_language(book.locale)


def shown(book: Book, sheet_id: int, place: tuple[int, int], value: Decimal | Scalar) -> str:
    """What a cell shows once it holds a value; nothing where it is emptied."""
    tab, language = book.tab(sheet_id), language_of(book)
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return text_of(value)
    number = value if isinstance(value, Decimal) else from_cell(value)
    if number is None or tab is None:
        return text_of(float(value))
    return f"{language.show(number * 100)}%" if place in tab.percents else language.show(number)
