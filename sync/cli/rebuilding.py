"""`rebuild-records`: begin the database anew. The sheets hold the truth; only the history of scores stays behind."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

import click

from sync.cli.companies import TellJson, for_each
from sync.cli.exits import CannotRunError
from sync.cli.opening import already_running, unusable_records, unusable_state
from sync.cli.passes import passes_over
from sync.cli.printing import finish
from sync.cli.terminal_language import terminal_language
from sync.clock import SystemClock
from sync.config.settings import Config
from sync.domain.closing import ClosedPeriod
from sync.domain.languages import N_
from sync.domain.printable import printable
from sync.passes.locks import WorkerRunningError, worker_lock
from sync.passes.outcome import PassOutcome
from sync.records import Records, RecordsError, database_file, set_aside
from sync.translations import gettext, told

_WORDS: dict[str, str] = {
    "set_aside": N_("The old database is kept as {path}; the history of scores is in it."),
    "pending": N_(
        "A write to {ids} was cut off before it was seen to have landed, and only this database knows\n"
        "what it may have hit. Run “okr-sheets sync” first. Where that spreadsheet is gone for good,\n"
        "“okr-sheets rebuild-records --give-up-writes” goes on."
    ),
    "given_up": N_("The write to {ids} is given up: if it hit a wrong cell, our number stays there."),
    "unknown": N_("If a write was cut off, nobody knows any more: if it hit a wrong cell, our number stays there."),
    "waits": N_(
        "“{title}” waits: {count} of its score cells hold other numbers than ours, and only the old database\n"
        "knew whether we had written them. Look at “okr-sheets sync --dry-run --accept”, then run\n"
        "“okr-sheets sync --accept”."
    ),
}


def rebuild_records(config_path: Path, company: str | None, give_up_writes: bool, as_json: bool) -> None:
    """Begin the database anew from the sheets; the old one is kept beside it."""
    for_each(config_path, company, partial(_rebuild, give_up_writes), as_json=as_json)


def _rebuild(give_up_writes: bool, config: Config, tell_json: TellJson | None) -> int:
    # What scripts read is JSON and nothing else.
    tell = partial(click.echo, err=tell_json is not None)
    try:
        with worker_lock(config.state):
            _begin_anew(config, give_up_writes, tell)
            outcomes = passes_over(config, accept=False, dry_run=False, for_script=tell_json is not None)
    except WorkerRunningError as error:
        raise already_running(config, error) from None
    except OSError as error:
        raise unusable_state(config, error) from None
    _tell_what_waits(outcomes, tell)
    return finish(outcomes, config, tell_json, with_writes=True)


def _begin_anew(config: Config, give_up_writes: bool, tell: Callable[[str], None]) -> None:
    language = terminal_language()
    try:
        if not database_file(config.database_url).exists():
            return
        pending_write = _pending_writes(config)
        ids = ", ".join(pending_write or ())
        if pending_write and not give_up_writes:
            raise CannotRunError(told(_WORDS["pending"], language, ids=ids))
        closed = _closed_periods(config)
        path = set_aside(config.database_url, SystemClock().now())
        _keep_closed(config, *closed)
    except RecordsError as error:
        raise unusable_records(error) from None
    tell(told(_WORDS["set_aside"], language, path=path))
    if pending_write is None:
        tell(gettext(_WORDS["unknown"], language))
    elif pending_write:
        tell(told(_WORDS["given_up"], language, ids=ids))


def _closed_periods(config: Config) -> tuple[list[ClosedPeriod], dict[str, bool]]:
    """The results of closed periods, which stand nowhere else, and what people decided of periods; nothing where a
    corrupt database cannot tell.
    """
    try:
        with Records.open(config.database_url, config.database_schema) as records:
            return records.all_closed_periods(), records.closed_by_hand()
    except RecordsError as error:
        if error.reason != "corrupt":
            raise
    return [], {}


def _keep_closed(config: Config, periods: Iterable[ClosedPeriod], by_hand: Mapping[str, bool]) -> None:
    with Records.open(config.database_url, config.database_schema) as records:
        for period in periods:
            records.keep_closed(period.results.spreadsheet, [period])
        for key, is_closed in by_hand.items():
            records.decide_period(key, is_closed, SystemClock().now())


def _pending_writes(config: Config) -> list[str] | None:
    """The spreadsheets with a write that was never seen to have landed; None where a corrupt database cannot tell.

    Raises RecordsError for what does not make a database worthless: a lock, a later version, a full disk.
    """
    found = None
    try:
        with Records.open(config.database_url, config.database_schema) as records:
            found = sorted(records.pending_writes())
            records.try_writing(SystemClock().now())
    except RecordsError as error:
        if error.reason != "corrupt":
            raise
    return found


def _tell_what_waits(outcomes: Iterable[PassOutcome], tell: Callable[[str], None]) -> None:
    """The brake on cells that hold other numbers is on: they may be people's own."""
    for outcome in outcomes:
        for found in outcome.snapshot.problems if outcome.snapshot else ():
            if found.code == "first-contact":
                facts = {name: printable(fact) for name, fact in found.facts}
                tell(told(_WORDS["waits"], terminal_language(), **facts))
