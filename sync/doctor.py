"""The doctor: what stands between this installation and its spreadsheets, each fault with its remedy.

Reads, and makes one write that changes nothing (a null into A1, which Sheets skips) to learn whether we may edit.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sync.config import Config
from sync.problems import Language
from sync.records import Records, RecordsError
from sync.remedies import remedy
from sync.sheets import SheetsClient, SheetsError

MOST_CLOCK_SKEW = 60.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: whether it is well, what was seen, and what to do if not."""

    what: str
    well: bool
    seen: str
    remedy: str = ""


def examine(config: Config, language: Language) -> Iterator[Finding]:
    """Look at everything, in the order in which it is needed."""
    yield _records(config)
    try:
        client = SheetsClient(config.google.credentials, config.google.endpoint)
    except SheetsError as error:
        yield Finding("credentials", False, error.detail, remedy(error, "—", "", language))
        return
    try:
        yield _who(config, client)
        for settings in config.spreadsheet:
            yield _access(client, settings.id, language)
        yield _clock(client)
    finally:
        client.close()


def _records(config: Config) -> Finding:
    try:
        Records.open(config.database_url).close()
    except RecordsError as error:
        return Finding("records", False, str(error), "Move the database away; the next passes build it again.")
    return Finding("records", True, "the database opens")


def _who(config: Config, client: SheetsClient) -> Finding:
    where = config.google.endpoint or "Google"
    return Finding("credentials", True, f"{client.account or 'an account without an address'} at {where}")


def _access(client: SheetsClient, spreadsheet: str, language: Language) -> Finding:
    what = f"spreadsheet {spreadsheet}"
    try:
        book = client.read_book(spreadsheet)
        for tab in book.tabs[:1]:
            client.try_to_edit(spreadsheet, tab.title)
    except SheetsError as error:
        return Finding(what, False, str(error), remedy(error, spreadsheet, client.account, language))
    return Finding(what, True, f"“{book.title}” can be read and edited ({book.locale}, {len(book.tabs)} tabs)")


def _clock(client: SheetsClient) -> Finding:
    skew = client.clock_skew
    if skew is None or abs(skew) <= MOST_CLOCK_SKEW:
        return Finding("clock", True, "agrees with Google's" if skew is not None else "Google told no time")
    return Finding("clock", False, f"differs from Google's by {skew:.0f} seconds", "Set this machine's clock (NTP).")
