"""Every fact tried, one after the other, in a tab that is added for it and taken away again. Tries no fact itself."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from sync.clock import Clock
from sync.doctor.probe import entering, limits, marking, moving, reading, refusals, writing
from sync.doctor.probe.fact import Fact, Observation, Result
from sync.doctor.probe.scratch import COLUMNS, ROWS, Json, Scratch
from sync.domain.failures import Trouble
from sync.google import SheetsClient, SheetsError

SAFE_FACTS: tuple[Fact, ...] = (
    *reading.FACTS,
    *writing.FACTS,
    *refusals.FACTS,
    *moving.FACTS,
    *marking.FACTS,
    *entering.FACTS,
    *limits.FACTS,
)
QUOTA_FACTS: tuple[Fact, ...] = limits.QUOTA_FACTS

TITLE = "okr-sheets probe"

# What one of these stops, it would stop for every further fact.
_HOPELESS = frozenset({Trouble.CREDENTIALS, Trouble.PERMISSION, Trouble.NOT_FOUND, Trouble.API_DISABLED})
_TRIES_TO_TIDY_UP = 3


class TabLeftError(Exception):
    """The probe's tab could not be taken away; `title` is what it is called."""

    def __init__(self, title: str, cause: SheetsError) -> None:
        super().__init__(title)
        self.title, self.cause = title, cause


def probe(
    client: SheetsClient,
    spreadsheet: str,
    clock: Clock,
    facts: Sequence[Fact],
    told: Callable[[Result], None],
) -> list[str]:
    """Try each fact and tell what was seen. The tab goes again whatever happens, Ctrl-C included.

    Gives the titles of tabs that an earlier probe seems to have left. They stay: a title proves nothing, and another
    probe may be at work. Raises SheetsError where the spreadsheet cannot be used at all, and TabLeftError.
    """
    known = client.ask(spreadsheet, params={"fields": "properties.locale,sheets.properties(sheetId,title)"})
    with _scratch_tab(client, spreadsheet, known, clock) as scratch:
        for fact in facts:
            told(Result(fact, _looked(fact, scratch)))
    return [title for title in _titles(known) if title.startswith(TITLE)]


def _titles(known: Json) -> list[str]:
    return [str(sheet.get("properties", {}).get("title", "")) for sheet in known.get("sheets", [])]


def _free_title(known: Json, now: datetime) -> str:
    """Named by the time, or by the next second that no other probe's tab is named by."""
    taken = _titles(known)
    while (title := f"{TITLE} {now:%Y-%m-%d %H%M%S}") in taken:
        now += timedelta(seconds=1)
    return title


def _looked(fact: Fact, scratch: Scratch) -> Observation:
    try:
        return fact.look(scratch)
    except SheetsError as error:
        if error.trouble in _HOPELESS:
            raise
        return Observation(f"{error.status or error.trouble} {error.detail}", False)
    except (KeyError, IndexError, TypeError, ValueError) as error:
        return Observation(f"an answer of another shape: {type(error).__name__} {error}", False)


@contextmanager
def _scratch_tab(client: SheetsClient, spreadsheet: str, known: Json, clock: Clock) -> Iterator[Scratch]:
    title = _free_title(known, clock.now())
    scratch = Scratch(
        client=client,
        clock=clock,
        spreadsheet=spreadsheet,
        locale=known.get("properties", {}).get("locale", "en_US"),
        sheet_id=_free_id(_sheet_ids(known)),
        title=title,
    )
    grid = {"rowCount": ROWS, "columnCount": COLUMNS}
    properties = {"sheetId": scratch.sheet_id, "title": title, "gridProperties": grid}
    try:
        scratch.change({"addSheet": {"properties": properties}})
        yield scratch
    finally:
        _take_away(scratch)


def _take_away(scratch: Scratch) -> None:
    """Delete the tab, and look whether it is gone where the answer was no good."""
    for attempt in range(_TRIES_TO_TIDY_UP):
        try:
            if attempt == 0 or _is_there(scratch):
                scratch.change({"deleteSheet": {"sheetId": scratch.sheet_id}})
            return
        except SheetsError as error:
            cause = error
    raise TabLeftError(scratch.title, cause)


def _is_there(scratch: Scratch) -> bool:
    fields = {"fields": "sheets.properties.sheetId"}
    return scratch.sheet_id in _sheet_ids(scratch.ask("spreadsheets.get without cells", "", params=fields))


def _sheet_ids(spreadsheet: Json) -> set[int]:
    return {sheet.get("properties", {}).get("sheetId", 0) for sheet in spreadsheet.get("sheets", [])}


def _free_id(taken: set[int]) -> int:
    """A sheet ID for the tab, with none of another tab just below it: see `Scratch.nowhere`.

    Chosen here, so that the tab can be taken away even where the answer to adding it was lost.
    """
    while True:
        chosen = secrets.randbelow(2**31 - 1) + 1
        if taken.isdisjoint({chosen, chosen - 1}):
            return chosen
