"""`map`: the mapping desk in a browser on this machine, over a spreadsheet at Google or a downloaded workbook."""

import os
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sync.cli.companies import file_of
from sync.cli.configuring import already_configured, signed_in, spreadsheet_id
from sync.cli.exits import CannotRunError
from sync.cli.passes import passes_over
from sync.cli.ports import port_taken
from sync.cli.signals import on_signals
from sync.cli.system_errors import told_of
from sync.cli.terminal_language import terminal_language
from sync.clock import SystemClock
from sync.config.environment import ENDPOINT_VARIABLE
from sync.config.faults import Fault
from sync.config.file import parse_toml
from sync.config.google import GoogleSettings
from sync.config.settings import Config, ConfigError, config_of
from sync.doctor.remedies import remedy
from sync.domain.grid import Book
from sync.domain.languages import N_, Language
from sync.domain.periods import CALENDAR_YEARS, Calendar
from sync.google import SheetsClient, SheetsError
from sync.translations import told

if TYPE_CHECKING:
    from webapp.desk.desk import TriedOut

_LARGEST_TEXT = 4 * 1024 * 1024
_OPEN = N_("The mapping desk is at {url}")
_ONCE = N_("The address works once, in one browser. Ctrl-C ends the desk.")


def show_desk(spreadsheet: str, config_path: Path, company: str | None, port: int, locale: str, no_open: bool) -> None:
    """Map a spreadsheet by looking at it: its ID or address, or a downloaded .xlsx file. Nothing is written into it
    before you say so.
    """
    from webapp.desk.app import create_desk
    from webapp.desk.desk import Desk, RoadError
    from webapp.desk.guard import Guard
    from webapp.web.server import PageServer

    language, config_path, name = terminal_language(), file_of(config_path, company), company or ""
    with ExitStack() as opened:
        is_copy = spreadsheet.lower().endswith(".xlsx")
        way = _copy(Path(spreadsheet), config_path, locale) if is_copy else _at_google(spreadsheet, config_path, name)
        road = opened.enter_context(way)
        try:
            calendar = already_configured(config_path)[2] if config_path.exists() else CALENDAR_YEARS
            desk = Desk(road, config_path, partial(_today, calendar), language, is_copy=is_copy, calendar=calendar)
        except RoadError as error:
            raise CannotRunError(str(error)) from None
        except Fault as fault:
            raise CannotRunError(f"{config_path}: {fault.told(language)}") from None
        guard = Guard()
        try:
            server = PageServer(create_desk(desk, guard), "127.0.0.1", port, _LARGEST_TEXT)
        except OSError as error:
            raise port_taken(f"port {port}", error, "--port") from None
        stop = on_signals()
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{server.port}/?token={guard.token}"
        click.echo(told(_OPEN, language, url=url))
        click.echo(told(_ONCE, language))
        if not no_open:
            click.launch(url)
        stop.wait()
        server.close()


def _today(calendar: Calendar) -> date:
    return calendar.today(SystemClock().now())


class SheetRoad:
    """The desk's way to the sheet, and to passes over it. A client is for one thread at a time."""

    def __init__(
        self, client: SheetsClient, spreadsheet: str, path: Path, copy: "Copy | None" = None, company: str = ""
    ) -> None:
        self._client, self.spreadsheet, self._path, self._copy = client, spreadsheet, path, copy
        self._company = company
        self._lock = threading.Lock()

    def book(self) -> Book:
        with self._open():
            return self._client.read_book(self.spreadsheet, fills=True)

    def picture(self, ranges: Sequence[str], fields: str) -> Any:
        params: dict[str, Any] = {"fields": fields, "prettyPrint": "false"}
        if ranges:
            params |= {"ranges": list(ranges), "includeGridData": "true"}
        with self._open():
            return self._client.ask(self.spreadsheet, params=params)

    @contextmanager
    def _open(self) -> Iterator[None]:
        """The client to oneself; what Google refuses is a RoadError."""
        from webapp.desk.desk import RoadError

        try:
            with self._lock:
                yield
        except SheetsError as error:
            raise RoadError(remedy(error, self.spreadsheet, self._client.account, terminal_language())) from None

    def pass_over(self, text: str, language: Language, *, dry_run: bool, accept: bool) -> "TriedOut":
        from webapp.desk.desk import TriedOut

        try:
            config = config_of(parse_toml(text), self._path, name=self._company)
            config = self._copy.instead_of(config) if self._copy else config
            (outcome,) = passes_over(config, accept=accept, dry_run=dry_run, only=self.spreadsheet)
        except Fault as fault:
            return TriedOut(failure=fault.told(language))
        except ConfigError as error:
            return TriedOut(failure="\n".join(error.told(language)))
        except CannotRunError as error:
            return TriedOut(failure=error.message)
        failure = remedy(outcome.error, outcome.spreadsheet, "", language) if outcome.error else ""
        return TriedOut(outcome.writes, outcome.snapshot, failure)


class Copy:
    """A downloaded workbook on a local Sheets server, with records of its own that go with it."""

    def __init__(self, folder: Path, endpoint: str) -> None:
        self._folder = folder
        self.google = GoogleSettings(endpoint=endpoint, requests_per_minute=10_000)

    def instead_of(self, config: Config) -> Config:
        """The same configuration, for the copy."""
        return config.model_copy(update={"google": self.google, "state": self._folder / "state", "database": None})


@contextmanager
def _at_google(spreadsheet: str, path: Path, company: str) -> Iterator[SheetRoad]:
    id_ = spreadsheet_id(spreadsheet)
    known = already_configured(path)[0] if path.exists() else None
    google = known or GoogleSettings(endpoint=os.environ.get(ENDPOINT_VARIABLE))
    with signed_in(google, id_) as client:
        yield SheetRoad(client, id_, path, company=company)


@contextmanager
def _copy(workbook: Path, path: Path, locale: str) -> Iterator[SheetRoad]:
    from sync.local_sheets import LocalSheets

    with tempfile.TemporaryDirectory(prefix="okr-sheets-") as name:
        folder = Path(name)
        try:
            server = LocalSheets(folder / "data", locale=locale)
            id_ = server.import_workbook(workbook)
        except (OSError, ValueError) as error:
            raise CannotRunError(told_of(error)) from None
        with server:
            copy = Copy(folder, server.url)
            with signed_in(copy.google, id_) as client:
                yield SheetRoad(client, id_, path, copy)
