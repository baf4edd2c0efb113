"""`inspect` and `config-schema`: help with writing the configuration."""

import json
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from sync.cli.companies import file_of
from sync.cli.exits import PROBLEMS, CannotRunError
from sync.cli.opening import load
from sync.cli.terminal_language import terminal_language
from sync.clock import SystemClock
from sync.config.environment import ENDPOINT_VARIABLE
from sync.config.file import read_toml
from sync.config.google import GoogleSettings
from sync.config.mapping import TabMapping
from sync.config.periods import CalendarSettings
from sync.config.schema import config_schema
from sync.config.settings import ConfigError, load_config
from sync.doctor.remedies import remedy
from sync.domain.grid import Book
from sync.domain.periods import CALENDAR_YEARS, Calendar
from sync.domain.printable import printable
from sync.google import SheetsClient, SheetsError


def print_config_schema() -> None:
    """Print a JSON Schema of the configuration file, for editors that complete and check it."""
    click.echo(json.dumps(config_schema(), ensure_ascii=False, indent=2))


def inspect(
    spreadsheet: str,
    titles: Sequence[str],
    config_path: Path | None,
    company: str | None,
    explain_row: int | None,
) -> None:
    """Look at a spreadsheet (its ID or address) and propose a mapping for it."""
    from sync.inspect import propose
    from sync.inspect.explain import explain
    from sync.inspect.refusing import told_nothing
    from sync.inspect.render import as_toml
    from sync.inspect.texts import say

    language = terminal_language()
    google, known, calendar = already_configured(config_path, company)
    fills = any(mapping.looks_at_fills for mapping in known.get(spreadsheet_id(spreadsheet), ()))
    book = _read_book(google, spreadsheet, fills=fills)
    missing = [title for title in titles if title not in [tab.title for tab in book.tabs]]
    if missing:
        tabs = ", ".join(f"“{tab.title}”" for tab in book.tabs)
        raise CannotRunError(say(language, "no_tab", title=missing[0], tabs=tabs))
    today = calendar.today(SystemClock().now())
    if explain_row is not None:
        one = titles or [tab.title for tab in book.tabs]
        if len(one) != 1:
            raise CannotRunError(say(language, "one_tab"))
        mappings = known.get(book.id) or [draft.mapping() for draft in propose(book, today).drafts]
        lines = explain(book, mappings, one[0], explain_row, language, calendar, today)
        click.echo("\n".join(map(printable, lines)))
        return
    proposal = propose(book, today, titles)
    if proposal.drafts:
        click.echo(as_toml(proposal, language), nl=False)
    else:
        # What is asked for is TOML, mostly into a file: no words of another kind go there.
        click.echo("\n".join(told_nothing(proposal, language)), err=True)
        sys.exit(PROBLEMS)


def already_configured(
    path: Path | None, company: str | None = None
) -> tuple[GoogleSettings, dict[str, tuple[TabMapping, ...]], Calendar]:
    """How to reach Google, what is mapped already, and how periods are named. Before the first mapping there may be no
    configuration, or one that names no spreadsheet yet.
    """
    if path is None and not Path("config.toml").exists():
        return GoogleSettings(endpoint=os.environ.get(ENDPOINT_VARIABLE)), {}, CALENDAR_YEARS
    path = file_of(path or Path("config.toml"), company)
    try:
        config = load_config(path)
    except ConfigError as error:
        if [key for key, _ in error.faults] != ["spreadsheet"]:
            return load(path).google, {}, CALENDAR_YEARS
        tables = read_toml(path)
        google = GoogleSettings.model_validate(
            {"endpoint": os.environ.get(ENDPOINT_VARIABLE), **tables.get("google", {})}
        )
        periods = {name: tables[name] for name in CalendarSettings.model_fields.keys() & tables}
        return google.seen_from(path.resolve().parent), {}, CalendarSettings.model_validate(periods).calendar
    mappings = {settings.id: settings.mappings() for settings in config.spreadsheet}
    return config.google, mappings, config.calendar


def spreadsheet_id(address: str) -> str:
    """The ID in a spreadsheet's address; what is no address is taken for the ID itself."""
    found = re.search(r"/spreadsheets/d/([A-Za-z0-9_-]+)", address)
    return found[1] if found else address


@contextmanager
def signed_in(google: GoogleSettings, spreadsheet: str) -> Iterator[SheetsClient]:
    """A client for one spreadsheet, closed in the end. Raises CannotRunError where we cannot sign in."""
    google = next(iter(google.accounts.values()))
    try:
        client = SheetsClient.alone(google.credentials, google.endpoint, google.requests_per_minute, SystemClock())
    except SheetsError as error:
        raise CannotRunError(remedy(error, spreadsheet, "—", terminal_language())) from None
    try:
        yield client
    finally:
        client.close()


def _read_book(google: GoogleSettings, spreadsheet: str, *, fills: bool) -> Book:
    id_ = spreadsheet_id(spreadsheet)
    with signed_in(google, id_) as client:
        try:
            return client.read_book(id_, fills=fills)
        except SheetsError as error:
            raise CannotRunError(remedy(error, id_, client.account, terminal_language())) from None
