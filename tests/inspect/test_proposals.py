"""Inspect as a specification: what it proposes for invented sheets, read back by the engine, unedited."""

import tomllib
from dataclasses import replace

import pytest

from sync.config.settings import SpreadsheetSettings
from sync.domain.grid import Book, Tab
from sync.domain.scoring import score_key_result
from sync.inspect import propose
from sync.inspect.render import as_toml
from sync.reading import BookReading, read_book
from tests.inspect.sheets import OKRS, TODAY, Sheet
from tests.inspect.sheets_abroad import ABROAD, NEITHER
from tests.inspect.sheets_blocks import BLOCKS
from tests.inspect.sheets_evidence import EVIDENCE
from tests.inspect.sheets_none import NO_OKRS
from tests.inspect.sheets_odd import ODD
from tests.inspect.sheets_offices import OFFICES
from tests.inspect.sheets_outlined import OUTLINED
from tests.inspect.sheets_places import PLACES
from tests.inspect.sheets_unseen import UNSEEN
from tests.inspect.sheets_vi import VIETNAMESE
from tests.inspect.sheets_wild import NEITHER_WILD, WILD

ALL = OKRS | BLOCKS | VIETNAMESE | ABROAD | ODD | WILD | EVIDENCE | PLACES | UNSEEN | OUTLINED | OFFICES
NONE = NO_OKRS | NEITHER | NEITHER_WILD


def with_lines(book: Book) -> Book:
    """ "¶" stands for a line break in a drawn cell."""
    return replace(book, tabs=tuple(_with_lines(tab) for tab in book.tabs))


def _with_lines(tab: Tab) -> Tab:
    values = [[value.replace("¶", "\n") if isinstance(value, str) else value for value in row] for row in tab.values]
    return replace(tab, values=values)


def read_as_proposed(book: Book) -> BookReading:
    toml = as_toml(propose(book, TODAY), "en")
    settings = SpreadsheetSettings.model_validate(tomllib.loads(toml)["spreadsheet"][0])
    return read_book(book, settings.mappings())


@pytest.mark.parametrize("sheet", ALL.values(), ids=list(ALL))
def test_every_key_result_is_found_under_its_objective_with_its_score_which_goes_where_people_look_for_it(
    sheet: Sheet,
) -> None:
    reading = read_as_proposed(with_lines(sheet.book))
    found: dict[str, dict[str, float | None]] = {objective.text: {} for objective in reading.objectives}
    names = {objective.key: objective.text for objective in reading.objectives}
    for key_result in reading.key_results:
        value = score_key_result(key_result).value
        found[names[key_result.objective]][key_result.text] = None if value is None else round(float(value), 4)
    assert found == sheet.okrs
    assert len(reading.key_results) == sum(map(len, sheet.okrs.values()))
    cells = {found.text: found.score_cells[0].a1 for found in reading.key_results if found.score_cells}
    assert {text: cells.get(text) for text in sheet.cells} == sheet.cells
    if not sheet.cells:
        assert cells == {}


@pytest.mark.parametrize("book", NONE.values(), ids=list(NONE))
def test_what_is_no_okr_table_is_refused(book: Book) -> None:
    proposal = propose(book, TODAY)
    assert proposal.drafts == ()
    assert {refusal.title for refusal in proposal.refusals} == {tab.title for tab in book.tabs}
