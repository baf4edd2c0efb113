"""The command line: puts the rooms together and talks to people. The one place that knows both worker and page.

Exit codes: 0 fine, 1 problems in sheets, 2 cannot run (configuration, access, network).
"""

import json
import logging
import os
import re
import signal
import sys
import threading
import time
import tomllib
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from sync import report
from sync.clock import SystemClock
from sync.config import CONFIG_VARIABLE, ENDPOINT_VARIABLE, Config, ConfigError, GoogleSettings, load_config
from sync.config_schema import config_schema
from sync.doctor import examine
from sync.grid import Book, Entered, Scalar, text_of
from sync.locks import PassInProgressError, pass_lock
from sync.logs import set_up_logging
from sync.mapping import TabMapping
from sync.problems import SEVERITY_WORDS, Language, Problem, in_need
from sync.records import PassResult, Records, RecordsError
from sync.remedies import remedy
from sync.sheets import SheetsClient, SheetsError, Trouble
from sync.snapshot import Snapshot, TabState, TabView
from sync.sync_pass import PassOutcome, run_pass
from sync.worker import Worker

FINE, PROBLEMS, CANNOT_RUN = 0, 1, 2

# How long a command waits for a pass that the worker is making.
PATIENCE = 120.0

log = logging.getLogger(__name__)


class CannotRunError(click.ClickException):
    """Something that must be mended before the command can do anything."""

    exit_code = CANNOT_RUN


@click.group()
@click.version_option(package_name="okr-sheets")
@click.option("--verbose", is_flag=True, help="Log more.")
def main(verbose: bool) -> None:
    """OKRs that stay in your Google Sheets: checked, scored, and shown as a whole."""
    set_up_logging(verbose)


_config_option = click.option(
    "--config",
    "config_path",
    type=click.Path(path_type=Path),
    default="config.toml",
    envvar=CONFIG_VARIABLE,
    show_default=True,
    help="The configuration file.",
)
_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")


@main.command()
@_config_option
@_json_option
def check(config_path: Path, as_json: bool) -> None:
    """Validate the configuration and the sheets; writes nothing."""
    config = _load(config_path)
    outcomes = _passes(config, accept=False, dry_run=True)
    _finish(config, outcomes, as_json, with_writes=False)


@main.command()
@_config_option
@_json_option
@click.option("--dry-run", is_flag=True, help="Print what would be written, and write nothing.")
@click.option("--accept", is_flag=True, help="Let the brakes through once: existing scores, vanished rows.")
def sync(config_path: Path, as_json: bool, dry_run: bool, accept: bool) -> None:
    """One pass over every spreadsheet."""
    config = _load(config_path)
    outcomes = _passes(config, accept=accept, dry_run=dry_run)
    _finish(config, outcomes, as_json, with_writes=True)


@main.command()
@_config_option
def worker(config_path: Path) -> None:
    """Run passes at each spreadsheet's interval until stopped."""
    config = _load(config_path)
    running = Worker(config, _open_records(config), _log_outcome)
    stop = _on_signals()
    running.start()
    stop.wait()
    running.stop()


@main.command()
@_config_option
def serve(config_path: Path) -> None:
    """Show the page."""
    config = _load(config_path)
    _serve(config, _open_records(config))


@main.command()
@_config_option
def run(config_path: Path) -> None:
    """Worker and page in one process."""
    config = _load(config_path)
    records = _open_records(config)
    running = Worker(config, records, _log_outcome)
    running.start()
    try:
        _serve(config, records)
    finally:
        running.stop()


@main.command()
@_config_option
def doctor(config_path: Path) -> None:
    """Say who we are to Google, what we may do, and what is in the way."""
    config = _load(config_path)
    well = True
    for finding in examine(config, _language()):
        well = well and finding.well
        click.echo(f"{'✓' if finding.well else '✗'} {finding.what}: {finding.seen}")
        if finding.remedy:
            click.echo(f"    → {finding.remedy}")
    sys.exit(FINE if well else CANNOT_RUN)


@main.command("config-schema")
def print_config_schema() -> None:
    """Print a JSON Schema of the configuration file, for editors that complete and check it."""
    click.echo(json.dumps(config_schema(), ensure_ascii=False, indent=2))


@main.command()
@click.argument("spreadsheet")
@click.option("--tab", "titles", multiple=True, help="Only this tab; may be given several times.")
@click.option(
    "--config",
    "config_path",
    type=click.Path(path_type=Path),
    envvar=CONFIG_VARIABLE,
    help="A configuration, for its credentials and, with --explain-row, its mapping; config.toml where it is there.",
)
@click.option("--explain-row", type=int, help="Show how this row of --tab is read, instead of proposing a mapping.")
def inspect(spreadsheet: str, titles: Sequence[str], config_path: Path | None, explain_row: int | None) -> None:
    """Look at a spreadsheet (its ID or address) and propose a mapping for it."""
    from sync.inspect import propose
    from sync.inspect.explain import explain
    from sync.inspect.render import as_toml, refusals
    from sync.inspect.texts import say

    if explain_row is not None and len(titles) != 1:
        raise CannotRunError("--explain-row goes with one --tab")
    google, known = _google_and_mappings(config_path)
    book = _read_book(google, spreadsheet)
    missing = [title for title in titles if title not in [tab.title for tab in book.tabs]]
    if missing:
        tabs = ", ".join(f"“{tab.title}”" for tab in book.tabs)
        raise CannotRunError(f"there is no tab “{missing[0]}”; there are: {tabs}")
    language = _language()
    if explain_row is not None and known.get(book.id):
        click.echo("\n".join(explain(book, known[book.id], titles[0], explain_row, language)))
        return
    proposal = propose(book, SystemClock().now().date(), () if explain_row is not None else titles)
    if explain_row is not None:
        mappings = [draft.mapping() for draft in proposal.drafts]
        click.echo("\n".join(explain(book, mappings, titles[0], explain_row, language)))
    elif proposal.drafts:
        click.echo(as_toml(proposal, language), nl=False)
    else:
        click.echo("\n".join([say(language, "nothing", title=book.title), *refusals(proposal, language)]))
        sys.exit(PROBLEMS)


@main.command("local-sheets")
@click.option("--port", default=8001, show_default=True, help="Port to listen on.")
@click.option("--data", type=click.Path(path_type=Path), default="local-sheets", show_default=True, help="Folder.")
@click.option(
    "--import",
    "workbooks",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="An Excel workbook to begin with; may be given several times.",
)
@click.option("--locale", default="en_US", show_default=True, help="Locale of imported workbooks, such as vi_VN.")
def local_sheets(port: int, data: Path, workbooks: Sequence[Path], locale: str) -> None:
    """A local Sheets server, to try a mapping on a downloaded workbook without any account."""
    from sync.local_sheets import LocalSheets

    try:
        server = LocalSheets(data, port=port, locale=locale)
        for workbook in workbooks:
            server.import_workbook(workbook)
    except (OSError, ValueError) as error:
        raise CannotRunError(str(error)) from None
    try:
        server.start()
    except OSError as error:
        raise CannotRunError(f"port {port}: {error.strerror}; choose another with --port") from None
    stop = _on_signals()
    for listing in server.spreadsheets():
        click.echo(f"{listing.id}\t{listing.title}\t{listing.url}")
    click.echo(f"listening on {server.url}")
    stop.wait()
    server.close()


@main.command()
@click.option("--port", default=8000, show_default=True, help="Port of the page.")
@click.option("--sheets-port", default=8001, show_default=True, help="Port of the local Sheets server.")
@click.option("--no-open", is_flag=True, help="Do not open a browser.")
def demo(port: int, sheets_port: int, no_open: bool) -> None:
    """A sample company on a local Sheets server, with worker and page. No account needed; Ctrl-C ends it."""
    from sync.demo import Demo

    try:
        running = Demo(port, sheets_port, _log_outcome)
    except OSError as error:
        raise CannotRunError(f"{error.strerror}; choose other ports with --port and --sheets-port") from None
    stop = _on_signals()
    running.start()
    for title, url in running.addresses():
        click.echo(f"{title}: {url}")
    click.echo("Ctrl-C ends it.")
    if not no_open:
        click.launch(running.page_url)
    stop.wait()
    running.stop()


# What the commands share


def _load(path: Path) -> Config:
    try:
        return load_config(path)
    except ConfigError as error:
        lines = [f"  {key}: {fault}" if key else f"  {fault}" for key, fault in error.faults]
        raise CannotRunError("\n".join([f"{error.path} cannot be used:", *lines])) from None


def _google_and_mappings(path: Path | None) -> tuple[GoogleSettings, dict[str, tuple[TabMapping, ...]]]:
    """How to reach Google, and what is mapped already. Before the first mapping there may be no configuration, or
    one that names no spreadsheet yet."""
    if path is None and not Path("config.toml").exists():
        return GoogleSettings(endpoint=os.environ.get(ENDPOINT_VARIABLE)), {}
    path = path or Path("config.toml")
    try:
        config = load_config(path)
    except ConfigError as error:
        if [key for key, _ in error.faults] != ["spreadsheet"]:
            return _load(path).google, {}
        section = tomllib.loads(path.read_text(encoding="utf-8-sig")).get("google", {})
        google = GoogleSettings.model_validate({"endpoint": os.environ.get(ENDPOINT_VARIABLE), **section})
        key_file = google.credentials and path.resolve().parent / google.credentials.expanduser()
        return google.model_copy(update={"credentials": key_file}), {}
    return config.google, {settings.id: settings.mappings() for settings in config.spreadsheet}


def _read_book(google: GoogleSettings, spreadsheet: str) -> Book:
    found = re.search(r"/spreadsheets/d/([A-Za-z0-9_-]+)", spreadsheet)
    id_ = found[1] if found else spreadsheet
    account = "—"
    try:
        client = SheetsClient(google.credentials, google.endpoint)
        account = client.account
        try:
            return client.read_book(id_)
        finally:
            client.close()
    except SheetsError as error:
        raise CannotRunError(remedy(error, id_, account, _language())) from None


def _open_records(config: Config) -> Records:
    try:
        return Records.open(config.database_url)
    except RecordsError as error:
        remedies = {
            "newer": "it was written by a newer okr-sheets; install that one, or move the file away to begin anew",
            "corrupt": "move the file away to begin anew: the sheets hold the truth",
            "unusable": "check the folder, its permissions and the space on the disk",
        }
        raise CannotRunError(
            f"database {error.url}: {error.detail or error.reason}; {remedies[error.reason]}"
        ) from None


def _passes(config: Config, *, accept: bool, dry_run: bool) -> list[PassOutcome]:
    records = _open_records(config)
    try:
        client = SheetsClient(config.google.credentials, config.google.endpoint)
    except SheetsError as error:
        raise CannotRunError(remedy(error, "—", "", _language())) from None
    outcomes = []
    try:
        for settings in config.spreadsheet:
            try:
                with pass_lock(config.state, settings.id, PATIENCE):
                    outcomes.append(run_pass(settings, client, records, SystemClock(), accept=accept, dry_run=dry_run))
            except PassInProgressError:
                busy = SheetsError(Trouble.BUSY)
                outcomes.append(PassOutcome(settings.id, PassResult.FAILED, 0, 0, error=busy))
    except OSError as error:
        raise CannotRunError(f"{config.state}: {error.strerror}; check the folder and its permissions") from None
    finally:
        client.close()
        records.close()
    return outcomes


def _finish(config: Config, outcomes: Sequence[PassOutcome], as_json: bool, *, with_writes: bool) -> NoReturn:
    """Print what happened and leave with the exit code that it deserves."""
    language = _language()
    problems = report.company_problems(outcome.snapshot for outcome in outcomes if outcome.snapshot)
    if as_json:
        shape = report.as_json(outcomes, problems, language, with_writes=with_writes)
        click.echo(json.dumps(shape, ensure_ascii=False, indent=2, allow_nan=False))
    else:
        for outcome in outcomes:
            _print_outcome(outcome, problems.get(outcome.spreadsheet, ()), language, with_writes)
    for outcome in outcomes:
        if outcome.error is not None:
            click.echo(remedy(outcome.error, outcome.spreadsheet, "", language), err=True)
    if any(outcome.error for outcome in outcomes):
        sys.exit(CANNOT_RUN)
    sys.exit(PROBLEMS if any(in_need(found) for found in problems.values()) else FINE)


def _print_outcome(outcome: PassOutcome, problems: Sequence[Problem], language: Language, with_writes: bool) -> None:
    console = Console(width=None if sys.stdout.isatty() else 160, highlight=False)
    snapshot = outcome.snapshot
    title = snapshot.title if snapshot else outcome.spreadsheet
    console.print(f"[bold]{escape(title)}[/bold] ({outcome.spreadsheet}): {outcome.result}")
    if snapshot:
        for tab in snapshot.tabs:
            console.print(f"  {escape(_understood(snapshot, tab, language))}")
    if with_writes and outcome.writes:
        table = Table("cell", "old", "new", "why")
        for write in outcome.writes:
            table.add_row(*(escape(text) for text in (str(write.cell), _cell(write.old), _cell(write.new), write.why)))
        console.print(table)
    for found in problems:
        place = f"{found.cell}: " if found.cell else ""
        severity = SEVERITY_WORDS[language][found.severity]
        console.print(f"  {severity} {escape(place + found.message(language))}")
        console.print(f"      → {escape(found.hint(language))}")


def _understood(snapshot: Snapshot, tab: TabView, language: Language) -> str:
    """What one tab was understood to hold, and what was left out."""
    key_results = [found for found in snapshot.key_results if found.cell.sheet_id == tab.sheet_id]
    facts = {
        "title": tab.title,
        "objectives": sum(1 for found in snapshot.objectives if found.cell.sheet_id == tab.sheet_id),
        "key_results": len(key_results),
        "scored": sum(1 for found in key_results if snapshot.scores[found.key].value is not None),
        "check_ins": sum(1 for found in snapshot.check_ins if found.cell.sheet_id == tab.sheet_id),
        "initiatives": sum(1 for found in snapshot.initiatives if found.cell.sheet_id == tab.sheet_id),
        "rows": ", ".join(str(row) for row in tab.skipped),
    }
    said = [
        _UNDERSTOOD[language][part] for part in ("okrs", "check_ins", "initiatives") if part == "okrs" or facts[part]
    ]
    said += [_UNDERSTOOD[language]["rows"]] * bool(tab.skipped)
    said += [_UNDERSTOOD[language]["refused"]] * (tab.state is TabState.REFUSED)
    return "; ".join(said).format_map(facts)


_UNDERSTOOD: dict[Language, dict[str, str]] = {
    "en": {
        "okrs": "{title}: {objectives} objectives, {key_results} key results, {scored} with a score",
        "check_ins": "{check_ins} check-ins",
        "initiatives": "{initiatives} initiatives",
        "rows": "left out by `skip`: rows {rows}",
        "refused": "not believed, this is the last good view",
    },
    "vi": {
        "okrs": "{title}: {objectives} mục tiêu, {key_results} kết quả then chốt, {scored} có điểm",
        "check_ins": "{check_ins} lượt check-in",
        "initiatives": "{initiatives} sáng kiến",
        "rows": "bỏ qua theo `skip`: dòng {rows}",
        "refused": "không tin được, đây là dữ liệu tốt gần nhất",
    },
}


def _cell(value: Scalar | Entered) -> str:
    return "" if value is None else str(value) if not isinstance(value, float | int) else text_of(value)


def _language() -> Language:
    """The language of the terminal: Vietnamese where the environment asks for it, else English."""
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "vi" if spoken.startswith("vi") else "en"


def _serve(config: Config, records: Records) -> None:
    from webapp import create_app
    from webapp.server import PageServer

    intervals = {settings.id: settings.every for settings in config.spreadsheet}
    app = create_app(records, config.page, config.scoring.bands, intervals)
    try:
        server = PageServer(app, config.page.host, config.page.port)
    except OSError as error:
        raise CannotRunError(f"port {config.page.port}: {error.strerror}; choose another in [page] port") from None
    stop = _on_signals()
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    click.echo(f"page on http://{config.page.host}:{server.port}/")
    stop.wait()
    server.close()


def _on_signals() -> threading.Event:
    """An event that SIGTERM and Ctrl-C set. A second signal ends the process at once, but for one that comes with
    the first, as a shell sends both to a process and to its group."""
    stop = threading.Event()
    first = 0.0

    def handle(number: int, _frame: FrameType | None) -> None:
        nonlocal first
        if stop.is_set() and time.monotonic() - first > 1:
            os._exit(128 + number)
        if not stop.is_set():
            first = time.monotonic()
            stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, handle)
    return stop


def _log_outcome(outcome: PassOutcome) -> None:
    if outcome.error is not None:
        log.warning("%s: %s", outcome.spreadsheet, remedy(outcome.error, outcome.spreadsheet, "", _language()))
        return
    # An idle pass is no news.
    level = logging.DEBUG if outcome.result is PassResult.UNCHANGED else logging.INFO
    facts = (outcome.spreadsheet, outcome.result, outcome.reads, outcome.write_requests, len(outcome.writes))
    log.log(level, "%s: %s, %d reads, %d writes, %d cells", *facts)
