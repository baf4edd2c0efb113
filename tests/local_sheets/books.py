"""Spreadsheets of every kind that an .xlsx workbook can hold, for tests of the way there and back."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from sync.local_sheets.book.areas import Area
from sync.local_sheets.book.book import (
    EMPTY,
    ERROR_CODES,
    OWNER,
    Cell,
    ErrorValue,
    Formula,
    NamedRange,
    Protection,
    Sheet,
    Spreadsheet,
    number,
)
from sync.local_sheets.sheets.grid_data import COLUMN_PIXELS, ROW_PIXELS

ROWS, COLUMNS = 12, 6

# No control characters, which XML cannot hold, and no `_x000D_`, which is how Excel writes one.
texts = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=12).filter(
    lambda text: "_x" not in text and text
)
lines = st.lists(texts, min_size=1, max_size=3).map("\n".join)
numbers = st.one_of(
    st.integers(-(10**14), 10**14), st.floats(allow_nan=False, allow_infinity=False, allow_subnormal=False)
).map(number)
errors = st.sampled_from(sorted(set(ERROR_CODES) - {"ERROR"})).map(ErrorValue)
# One that this server cannot compute keeps the value it showed last.
formulas = st.builds(
    Formula, st.just("=VLOOKUP(A1,B:C,2,FALSE)"), st.one_of(numbers, st.booleans(), errors, texts.map(str.strip))
)
colors = st.builds(
    lambda parts: {name: part / 255 for name, part in zip(("red", "green", "blue"), parts, strict=True) if part},
    st.tuples(*[st.sampled_from((0, 51, 128, 255))] * 3),
)


def colored(name: str) -> st.SearchStrategy[dict[str, Any]]:
    return colors.filter(bool).map(lambda color: {name: color, f"{name}Style": {"rgbColor": color}})


lines_of_border = st.builds(
    lambda style, color: {"style": style, **color},
    st.sampled_from(("SOLID", "SOLID_MEDIUM", "SOLID_THICK", "DASHED", "DOTTED", "DOUBLE")),
    colored("color"),
)
text_formats = st.builds(
    lambda flags, size, color: {**dict.fromkeys(sorted(flags), True), **size, **color},
    st.sets(st.sampled_from(("bold", "italic", "strikethrough", "underline")), max_size=2),
    st.sampled_from(({}, {"fontSize": 14}, {"fontFamily": "Verdana"})),
    st.one_of(st.just({}), colored("foregroundColor")),
)
number_formats = st.sampled_from(
    (
        {"type": "PERCENT", "pattern": "0%"},
        {"type": "NUMBER", "pattern": "#,##0.00"},
        {"type": "CURRENCY", "pattern": '#,##0 "₫"'},
        {"type": "TEXT", "pattern": "@"},
    )
)
formats = st.fixed_dictionaries(
    {},
    optional={
        "numberFormat": number_formats,
        "textFormat": text_formats.filter(bool),
        "borders": st.dictionaries(st.sampled_from(("top", "bottom", "left", "right")), lines_of_border, min_size=1),
        "horizontalAlignment": st.sampled_from(("LEFT", "CENTER", "RIGHT")),
        "verticalAlignment": st.sampled_from(("TOP", "MIDDLE")),
        "wrapStrategy": st.just("WRAP"),
    },
).flatmap(lambda form: st.one_of(st.just({}), colored("backgroundColor")).map(lambda fill: {**form, **fill} or None))
# From March 1900 on: Excel believes that there was a 29 February before.
dates = st.tuples(
    st.integers(61, 60_000),
    st.sampled_from(({"type": "DATE", "pattern": "dd/mm/yyyy"}, {"type": "DATE"})).map(
        lambda form: {"numberFormat": form}
    ),
)
contents = st.tuples(
    st.one_of(st.none(), numbers, st.booleans(), lines, errors, formulas),
    st.one_of(st.none(), formats),
)
cells = st.tuples(contents | dates, st.none() | lines).map(lambda parts: Cell(parts[0][0], parts[0][1], parts[1]))
sizes = st.fixed_dictionaries(
    {}, optional={"pixelSize": st.integers(22, 99) | st.integers(101, 400), "hiddenByUser": st.just(True)}
).filter(bool)
merges = st.sampled_from(((), (Area(0, 0, 2, 2),), (Area(1, 1, 4, 2), Area(5, 4, 6, 6))))
holes = st.sampled_from(((), (Area(7, 1, 10, 3),), (Area(0, 2, None, 4),), (Area(8, 0, 9, 1), Area(9, 4, 10, 6))))


@st.composite
def sheets(draw: st.DrawFn, sheet_id: int, title: str) -> Sheet:
    sheet = Sheet(
        sheet_id, title, 1000, 26, frozen_rows=draw(st.integers(0, 2)), frozen_columns=draw(st.integers(0, 2))
    )
    sheet.merges = list(draw(merges))
    places = st.tuples(st.integers(0, ROWS - 1), st.integers(0, COLUMNS - 1))
    for (row, column), cell in draw(st.dictionaries(places, cells, max_size=10)).items():
        hidden = any(area.holds(Area(row, column, row + 1, column + 1)) for area in sheet.merges)
        if not hidden or (row, column) in {(area.top, area.left) for area in sheet.merges}:
            sheet.put(row, column, cell)
    sheet.row_metadata = draw(st.dictionaries(st.integers(0, ROWS), sizes, max_size=3))
    sheet.column_metadata = draw(st.dictionaries(st.integers(0, COLUMNS), sizes, max_size=3))
    sheet.looks = draw(st.one_of(st.just({}), colored("tabColor"), st.just({"rightToLeft": True})))
    sheet.filtered = draw(st.sampled_from((None, Area(0, 0, 5, 3))))
    if draw(st.booleans()):
        sheet.protections = [Protection(9, Area(), (OWNER,), unprotected=draw(holes))]
    return sheet


@st.composite
def books(draw: st.DrawFn) -> Spreadsheet:
    book = Spreadsheet("book", "Book", "vi_VN")
    book.sheets = [draw(sheets(0, "Quý 4")), draw(sheets(7, "Nhóm 'A' 1"))]
    book.sheets[1].hidden = draw(st.booleans())
    if draw(st.booleans()):
        book.named_ranges = [
            NamedRange("3", "KetQua", 7, Area(0, 1, 5, 3)),
            NamedRange("4", "Cot", 0, Area(0, 1, None, 2)),
        ]
    return book


def kept(book: Spreadsheet) -> dict[str, Any]:
    """What the way to a workbook and back keeps, in one form however it was said."""
    titles = {sheet.sheet_id: sheet.title for sheet in book.sheets}
    return {
        "sheets": [_kept_sheet(sheet) for sheet in book.sheets],
        "names": sorted((known.name, titles[known.sheet_id], known.area) for known in book.named_ranges),
    }


def _kept_sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        "title": sheet.title,
        "hidden": sheet.hidden,
        "frozen": (sheet.frozen_rows, sheet.frozen_columns),
        "cells": {
            (row, column): _kept_cell(cell)
            for row, cells in enumerate(sheet.rows)
            for column, cell in cells.items()
            if cell != EMPTY
        },
        "merges": sorted(sheet.merges, key=str),
        "rows": _kept_sizes(sheet.row_metadata, ROW_PIXELS),
        "columns": _kept_sizes(sheet.column_metadata, COLUMN_PIXELS),
        "looks": _rounded(sheet.looks),
        "filtered": sheet.filtered,
        "open": [sorted(known.unprotected, key=str) for known in sheet.protections],
    }


def _kept_cell(cell: Cell) -> tuple[Any, ...]:
    """TRUE is not 1 here, although Python says so."""
    kind = "bool" if isinstance(cell.value, bool) else ""
    return kind, cell.entered, cell.note, _rounded(cell.format or {})


def _kept_sizes(metadata: dict[int, dict[str, Any]], standard: int) -> dict[int, tuple[int, bool]]:
    return {
        index: (each.get("pixelSize", standard), each.get("hiddenByUser", False)) for index, each in metadata.items()
    }


def _rounded(form: Any) -> Any:
    if isinstance(form, dict):
        return {name: _rounded(value) for name, value in form.items()}
    return round(form, 4) if isinstance(form, float) else form
