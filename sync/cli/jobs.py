"""`jobs`: what waits to be read, what is being read and by which worker, and what came to nothing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import click

from sync.cli.companies import TellJson, for_each
from sync.cli.exits import FINE, CannotRunError
from sync.cli.opening import open_records, unusable_records
from sync.cli.terminal_language import terminal_language
from sync.config.settings import Config
from sync.domain.languages import N_, Language
from sync.domain.memory import PassResult
from sync.records import RecordsError
from sync.records.libpq import libpq_address
from sync.translations import told
from sync.translations.terms import failure_sentences

_ONLY_POSTGRESQL = N_(
    "There are jobs where several machines share a PostgreSQL database; with SQLite one worker makes all passes."
)
_UNREACHABLE = N_("the jobs in the database cannot be read: {why}")
_NONE = N_("Nothing waits, nothing runs, and no pass failed.")
_HEADINGS: dict[str, str] = {
    "doing": N_("{count} being read by worker {worker}:"),
    "todo": N_("{count} waiting:"),
    "failed": N_("{count} given up because their worker was gone, and made anew:"),
    "pass": N_("{count} failed ({trouble}), the last of them at {at}. {why}"),
}
_MORE = N_("… and {count} more, which --json names too")
# So many spreadsheets are named of those of which the same is to be said.
_NAMED = 10


@dataclass(frozen=True, slots=True)
class Line:
    """What is told of a spreadsheet; `what` is "doing", "todo", "failed" (a job) or "pass" (one that failed)."""

    what: str
    spreadsheet: str
    worker: int | None = None
    at: datetime | None = None
    why: str = ""


def jobs(config_path: Path, company: str | None, as_json: bool) -> None:
    """What waits, runs and failed, of all machines on this database."""
    for_each(config_path, company, _show, as_json=as_json)


def _show(config: Config, tell_json: TellJson | None) -> int:
    address = libpq_address(config.database_url)
    if address is None:
        raise CannotRunError(told(_ONLY_POSTGRESQL, terminal_language()))
    lines = [*_jobs(address, config.name), *_failed_passes(config)]
    if tell_json:
        tell_json([_shape(line) for line in lines])
        return FINE
    language = terminal_language()
    for alike in _gathered(lines):
        _tell(alike, language)
    if not lines:
        click.echo(told(_NONE, language))
    return FINE


def _gathered(lines: Iterable[Line]) -> Iterable[Sequence[Line]]:
    """Those of which the same is to be said, together."""
    found: defaultdict[tuple[str, int | None, str], list[Line]] = defaultdict(list)
    for line in lines:
        found[line.what, line.worker, line.why].append(line)
    return found.values()


def _tell(alike: Sequence[Line], language: Language) -> None:
    first, last = alike[0], max((line.at for line in alike if line.at), default=None)
    facts = {
        "count": len(alike),
        "worker": first.worker or "?",
        "trouble": first.why,
        "why": failure_sentences(language).get(first.why, ""),
        "at": f"{last:%Y-%m-%d %H:%M} UTC" if last else "",
    }
    click.echo(told(_HEADINGS[first.what], language, **facts).rstrip())
    for line in alike[:_NAMED]:
        click.echo(f"    {line.spreadsheet}")
    if len(alike) > _NAMED:
        click.echo(f"    {told(_MORE, language, count=len(alike) - _NAMED)}")


def _jobs(address: str, company: str) -> Iterator[Line]:
    try:
        from sync.engine.jobs.queue import JobsError, listed
    except ImportError:
        # The engine takes a tenth of the time in which the command starts.
        from sync.engine.counting import NO_EXTRA

        raise CannotRunError(told(NO_EXTRA, terminal_language())) from None
    try:
        found = listed(address)
    except JobsError as error:
        raise CannotRunError(told(_UNREACHABLE, terminal_language(), why=error)) from None
    return (Line(job.status, job.spreadsheet, job.worker) for job in found if job.company == company)


def _failed_passes(config: Config) -> Iterator[Line]:
    try:
        with open_records(config) as records:
            last = records.last_passes()
    except RecordsError as error:
        raise unusable_records(error) from None
    for settings in config.spreadsheet:
        record = last.get(settings.id)
        if record is not None and record.result is PassResult.FAILED:
            yield Line("pass", settings.id, at=record.finished_at, why=record.message)


def _shape(line: Line) -> dict[str, object]:
    return {**asdict(line), "at": line.at.isoformat() if line.at else None}
