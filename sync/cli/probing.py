"""`doctor --probe`: asks, tries on a scratch spreadsheet what our write-back relies on, and prints what was seen."""

import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from importlib.metadata import version
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click

from sync.cli.configuring import already_configured, spreadsheet_id
from sync.cli.exits import FINE, PROBLEMS, CannotRunError
from sync.cli.terminal_language import terminal_language
from sync.clock import SystemClock
from sync.config.google import GoogleSettings
from sync.doctor.probe import QUOTA_FACTS, SAFE_FACTS, Fact, Result, TabLeftError, as_markdown, feed_facts, probe
from sync.doctor.remedies import remedy
from sync.domain.languages import N_, Language
from sync.google import ChangeFeed, Quota, SheetsClient, SheetsError
from sync.translations import gettext, told

_WORDS: dict[str, str] = {
    "plan": N_(
        "In spreadsheet {id}, okr-sheets adds one tab named “okr-sheets probe” and the time, tries {count}\n"
        "facts in it with about {requests} requests, and deletes it. It reads and writes no cell of another tab, but\n"
        "for A1 of a tab named “okr-sheets protected” where there is one. Take a scratch spreadsheet."
    ),
    "quota": N_(
        "It then reads until Google says that the minute's quota is used up. For a few minutes nothing else\n"
        "that runs as this account gets an answer."
    ),
    "begin": N_("Begin?"),
    "configured": N_(
        "{id} is one of the configured spreadsheets. Make a new, empty spreadsheet, share it with\n"
        "{account} as Editor and name that one; or say --yes."
    ),
    "not_begun": N_("Nothing was done."),
    "stopped": N_("Stopped. The tab was deleted."),
    "left": N_("The tab “{title}” could not be deleted: {cause} Please delete it."),
    "found": N_(
        "The tab “{title}” was there before. If no other probe is running, one that was cut off left it: "
        "please delete it."
    ),
}
_REQUESTS_A_FACT = 3
_NO_LIMIT = 10_000


def run_probe(
    config_path: Path | None, company: str | None, spreadsheet: str, *, with_quota: bool, yes: bool
) -> NoReturn:
    """Leave with 0: all as expected; 1: some facts differ; 2: could not run."""
    language, began = terminal_language(), SystemClock().now()
    google, configured, _ = already_configured(config_path, company)
    id_ = spreadsheet_id(spreadsheet)
    google = next(iter(google.accounts.values()))
    client = _client(google, language)
    facts = SAFE_FACTS + feed_facts(partial(_feed, google)) + QUOTA_FACTS * with_quota
    results: list[Result] = []
    try:
        if not yes and id_ in configured:
            said = {"id": id_, "account": client.account or "okr-sheets"}
            raise CannotRunError(told(_WORDS["configured"], language, **said))
        if not yes:
            _ask(id_, len(facts), with_quota, language)
        _try(client, id_, facts, results, language)
    finally:
        client.close()
        if results:
            where = google.endpoint or "Google"
            click.echo(f"okr-sheets {version('okr-sheets')}, {where}, {began:%Y-%m-%d %H:%M} UTC\n")
            click.echo(as_markdown(results))
    sys.exit(PROBLEMS if any(result.seen.as_expected is False for result in results) else FINE)


def _client(google: GoogleSettings, language: Language) -> SheetsClient:
    # Google's own limit is enough for once; below ours, what Google answers above its own could never be seen.
    quota = Quota(SystemClock(), reads=_NO_LIMIT, writes=_NO_LIMIT)
    try:
        return SheetsClient(google.credentials, google.endpoint, quota=quota)
    except SheetsError as error:
        raise CannotRunError(remedy(error, "—", "", language)) from None


def _feed(google: GoogleSettings, token: str) -> ChangeFeed:
    return ChangeFeed(google.credentials, google.endpoint, SystemClock(), token)


def _ask(id_: str, count: int, with_quota: bool, language: Language) -> None:
    """Say what will be done. Raises CannotRunError unless the answer is yes."""
    click.echo(told(_WORDS["plan"], language, id=id_, count=count, requests=_REQUESTS_A_FACT * count), err=True)
    if with_quota:
        click.echo(gettext(_WORDS["quota"], language), err=True)
    try:
        begin = click.confirm(gettext(_WORDS["begin"], language), err=True)
    except click.Abort:
        begin = False
    if not begin:
        raise CannotRunError(gettext(_WORDS["not_begun"], language))


def _try(client: SheetsClient, id_: str, facts: Sequence[Fact], results: list[Result], language: Language) -> None:
    """Every fact; what was seen is added to `results` as it comes. Raises CannotRunError where not all can be tried."""

    def tell(result: Result) -> None:
        results.append(result)
        click.echo(f"{len(results)}/{len(facts)} {result.fact.name}", err=True)

    try:
        with _interrupted_once():
            for title in probe(client, id_, SystemClock(), facts, tell):
                click.echo(told(_WORDS["found"], language, title=title), err=True)
    except SheetsError as error:
        raise CannotRunError(remedy(error, id_, client.account, language)) from None
    except TabLeftError as left:
        cause = remedy(left.cause, id_, client.account, language)
        raise CannotRunError(told(_WORDS["left"], language, title=left.title, cause=cause)) from None
    except KeyboardInterrupt:
        raise CannotRunError(gettext(_WORDS["stopped"], language)) from None


@contextmanager
def _interrupted_once() -> Iterator[None]:
    """Ctrl-C and SIGTERM stop what is in here; while it then tidies up, further ones are not heard."""
    numbers = (signal.SIGINT, signal.SIGTERM)

    def handle(_number: int, _frame: FrameType | None) -> None:
        for number in numbers:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = {number: signal.signal(number, handle) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
