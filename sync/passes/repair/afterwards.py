"""The sheet as it is after writes of ours: what the next plan and the next pass are to see."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sync.domain.grid import Book, CellWrite, Formula, Scalar, Tab, fingerprint
from sync.passes.repair.baseline import shown


def book_after(book: Book, writes: Iterable[CellWrite]) -> Book:
    """The book with these writes in it; a formula shows what it showed before."""
    by_tab: dict[int, list[CellWrite]] = {}
    for write in writes:
        by_tab.setdefault(write.cell.sheet_id, []).append(write)
    tabs = (_tab_after(tab, by_tab[tab.sheet_id]) if tab.sheet_id in by_tab else tab for tab in book.tabs)
    return replace(book, tabs=tuple(tabs))


def book_shown(book: Book, answers: Iterable[Tab]) -> Book:
    """The book as the answer to a write shows it; the same object where that is nothing new.

    Formulas may show other values by our numbers, and people may have typed meanwhile.
    """
    seen = {tab.sheet_id: tab for tab in answers}
    tabs = tuple(_tab_shown(tab, seen[tab.sheet_id]) if tab.sheet_id in seen else tab for tab in book.tabs)
    return book if all(map(_are_alike, tabs, book.tabs)) else replace(book, tabs=tabs)


def _tab_shown(tab: Tab, answer: Tab) -> Tab:
    # Protections are all that an answer does not tell.
    return replace(answer, title=tab.title, protections=tab.protections)


def _are_alike(one: Tab, other: Tab) -> bool:
    if one is other:
        return True
    values = [fingerprint([("", tab.values)]) for tab in (one, other)]
    layouts = [(tab.formulas, tab.merges, tab.percents, tab.dates, tab.fills) for tab in (one, other)]
    return values[0] == values[1] and layouts[0] == layouts[1]


def _tab_after(tab: Tab, writes: Sequence[CellWrite]) -> Tab:
    values: list[list[Scalar]] = [list(row) for row in tab.values]
    formulas = dict(tab.formulas)
    for write in writes:
        row, column = write.cell.row, write.cell.column
        values.extend([] for _ in range(row + 1 - len(values)))
        values[row].extend([None] * (column + 1 - len(values[row])))
        values[row][column] = shown(write)
        formulas.pop((row, column), None)
        if isinstance(write.new, Formula):
            formulas[row, column] = write.new.text
    return replace(tab, values=values, formulas=formulas)
