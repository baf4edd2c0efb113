"""What the doctor finds on the way to Google: the key file, who we are there, what we may do with each spreadsheet,
what its clock says.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from sync.clock import Clock
from sync.config.google import GoogleSettings
from sync.config.settings import Config, SpreadsheetSettings
from sync.doctor.finding import Finding
from sync.doctor.remedies import credentials_fault, credentials_remedy, remedy
from sync.doctor.texts import say
from sync.domain.cells import CellRef, column_letters
from sync.domain.failures import NOT_SHARED, Trouble
from sync.domain.languages import Language
from sync.google import ChangeFeed, CredentialsError, SheetsClient, SheetsError, credentials_file
from sync.reading import BookReading, read_book
from sync.records import Records, RecordsError
from sync.translations.counts import counted
from sync.translations.problems import hint_of, message_of

MOST_CLOCK_SKEW = 60.0
# A person is waiting: trouble that passes by itself is told, not waited for.
PATIENCE = 20.0

# Trouble that is the same for every spreadsheet.
_OF_ALL = frozenset({Trouble.CREDENTIALS, Trouble.API_DISABLED, Trouble.QUOTA})


def google_findings(config: Config, language: Language, clock: Clock) -> Iterator[Finding]:
    """The key file, who we are, each spreadsheet, the clock. Trouble that is the same for all spreadsheets is told
    once.
    """
    clients: dict[str, SheetsClient] = {}
    try:
        for name, google in config.google.accounts.items():
            try:
                client = SheetsClient.alone(google.credentials, google.endpoint, google.requests_per_minute, clock)
            except SheetsError as error:
                yield _nobody(error, language)
                continue
            clients[name] = client
            path = credentials_file(google.credentials)
            if path is not None and (google.credentials or not google.endpoint):
                yield Finding(say(language, "key"), True, say(language, "key_good", path=path))
            yield _who(config, client, language)
        if not clients:
            return
        yield from _spreadsheets(config, clients, language)
        for name, client in clients.items():
            if config.google.watch:
                yield _feed(config.google.accounts[name], client.account, language, clock)
        yield _clock(next(iter(clients.values())), language)
    finally:
        for client in clients.values():
            client.close()


def _nobody(error: SheetsError, language: Language) -> Finding:
    """Why we cannot sign in."""
    if isinstance(error, CredentialsError):
        what = say(language, "key" if error.path else "credentials")
        return Finding(what, False, credentials_fault(error, language), credentials_remedy(error, language))
    return Finding(say(language, "credentials"), False, error.detail, remedy(error, "—", "", language))


def _who(config: Config, client: SheetsClient, language: Language) -> Finding:
    account = client.account or say(language, "nameless")
    seen = say(language, "credentials_seen", account=account, where=config.google.endpoint or "Google")
    return Finding(say(language, "credentials"), True, seen)


def _spreadsheets(config: Config, clients: Mapping[str, SheetsClient], language: Language) -> Iterator[Finding]:
    for settings in config.spreadsheet:
        own = [client for name, client in clients.items() if settings.identity in (None, name)]
        try:
            yield from _by_the_first_that_may(config, settings, own, language)
        except SheetsError as error:
            accounts = " / ".join(client.account for client in own)
            mend = remedy(error, settings.id, accounts, language)
            if error.trouble in _OF_ALL or (error.trouble is Trouble.NETWORK and error.status == 0):
                yield Finding(say(language, "google"), False, str(error), mend)
                return
            yield Finding(say(language, "spreadsheet", id=settings.id), False, str(error), mend)


def _by_the_first_that_may(
    config: Config, settings: SpreadsheetSettings, clients: Sequence[SheetsClient], language: Language
) -> Iterator[Finding]:
    """Raises SheetsError where none of them may read it."""
    for client in clients:
        try:
            with client.within(PATIENCE):
                yield from _spreadsheet(settings, client, _known_as(config, settings.id), language)
            return
        except SheetsError as error:
            if error.trouble not in NOT_SHARED or client is clients[-1]:
                raise


def _spreadsheet(
    settings: SpreadsheetSettings, client: SheetsClient, known_as: Mapping[int, str], language: Language
) -> Iterator[Finding]:
    """What we may do with one spreadsheet. Raises SheetsError where it cannot be read."""
    what, account = say(language, "spreadsheet", id=settings.id), client.account or say(language, "us")
    book = client.read_book(settings.id, fills=settings.looks_at_fills)
    refusal = client.refused_edit(book)
    if refusal is None:
        facts = {"title": book.title, "locale": book.locale, "tabs": counted("tabs", len(book.tabs), language)}
        yield Finding(what, True, say(language, "spreadsheet_good", **facts))
    else:
        seen = say(language, "viewer", title=book.title, detail=refusal.detail)
        yield Finding(what, False, seen, say(language, "viewer_mend", account=account))
    reading = read_book(book, settings.mappings(), known_as)
    for found in reading.problems:
        if found.code == "tab-missing":
            yield Finding(what, False, message_of(found, language), hint_of(found, language))
    if cells := _protected_score_cells(reading):
        seen = say(language, "protected", cells=", ".join(cells), account=account)
        yield Finding(what, False, seen, say(language, "protected_mend", account=account))


def _known_as(config: Config, spreadsheet: str) -> dict[int, str]:
    """What mapped tabs were called when they were mapped, so that a renamed one is followed as in a pass."""
    try:
        with Records.open(config.database_url, config.database_schema) as records:
            return {tab.sheet_id: tab.mapped_as for tab in records.memory(spreadsheet).tabs}
    except RecordsError:
        return {}


def _protected_score_cells(reading: BookReading) -> list[str]:
    """The score cells that we may not edit, as ranges such as "OKR!F2:F9"."""
    barred: set[CellRef] = set()
    for tab in reading.tabs:
        cells = [cell for objective in tab.objectives for cell in objective.score_cells]
        cells += [cell for found in tab.key_results for cell in found.score_cells]
        barred.update(cell for cell in cells if any(cell.place in area for area in tab.tab.protections))
    ordered = sorted(barred, key=lambda cell: (cell.sheet_id, cell.column, cell.row))
    return [_range(cells) for _, cells in groupby(ordered, key=lambda cell: (cell.sheet_id, cell.column))]


def _range(cells: Iterable[CellRef]) -> str:
    """From the first to the last of these cells of one column."""
    first, *others = cells
    last = others[-1] if others else first
    letters = column_letters(first.column)
    return f"{first.tab}!{letters}{first.row + 1}" + (f":{letters}{last.row + 1}" if others else "")


def _feed(google: GoogleSettings, account: str, language: Language, clock: Clock) -> Finding:
    """Nothing is in the way where it does not answer, so it is no fault."""
    what = say(language, "feed")
    try:
        feed = ChangeFeed(google.credentials, google.endpoint, clock)
        try:
            feed.look()
        finally:
            feed.close()
    except SheetsError as error:
        mend = say(language, "feed_mend", account=account or say(language, "us"))
        return Finding(what, True, say(language, "feed_bad", why=str(error)), mend)
    return Finding(what, True, say(language, "feed_good"))


def _clock(client: SheetsClient, language: Language) -> Finding:
    what, skew = say(language, "clock"), client.clock_skew
    if skew is None:
        return Finding(what, None, say(language, "clock_untold"))
    seconds = f"{abs(skew):.0f}"
    if abs(skew) <= MOST_CLOCK_SKEW:
        return Finding(what, True, say(language, "clock_good", seconds=seconds))
    seen = say(language, "clock_ahead" if skew > 0 else "clock_behind", seconds=seconds)
    return Finding(what, False, seen, say(language, "clock_mend"))
