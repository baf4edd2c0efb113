"""`close`: keep the results of a period as they are now, before its time; and the way back."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing as closed_at_the_end
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import click

from sync.cli.companies import TellJson, for_each
from sync.cli.exits import FINE, CannotRunError
from sync.cli.opening import open_records, unusable_records, unusable_state
from sync.cli.passes import PATIENCE
from sync.cli.terminal_language import terminal_language
from sync.clock import Clock, SystemClock
from sync.config.settings import Config
from sync.domain.closing import closed, state_of
from sync.domain.languages import N_
from sync.domain.periods import Period, PeriodState, in_order
from sync.domain.printable import printable
from sync.domain.snapshot import Snapshot
from sync.passes.locks import PassInProgressError, pass_lock
from sync.records import Records, RecordsError
from sync.translations import told
from sync.translations.counts import counted

_WORDS: dict[str, str] = {
    "unknown": N_("No objective has the period “{period}”. Periods here: {known}."),
    "none": N_("none yet; run “okr-sheets sync” first"),
    "closed": N_("“{title}”: {objectives} of {period} kept as of {at}."),
    "already": N_("“{title}”: {period} was closed already; its results stay as they are."),
    "reopened": N_("{period} is open again: the next pass reads it from the sheets. It stays open until it is closed."),
    "busy": N_("A pass over “{title}” takes too long to wait for; run this again. Nothing of it was closed."),
}


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of one spreadsheet: so many `objectives` as they were `at` a time, 0 if they were `already`."""

    spreadsheet: str
    title: str
    objectives: int
    at: str
    already: bool


def close(period: str, config_path: Path, company: str | None, reopen: bool, as_json: bool) -> None:
    """Keep the results of a period for good, whatever becomes of its tabs."""

    def one(config: Config, tell_json: TellJson | None) -> int:
        _close_or_reopen(period, config, reopen, tell_json)
        return FINE

    for_each(config_path, company, one, as_json=as_json)


def _close_or_reopen(period: str, config: Config, reopen: bool, tell_json: TellJson | None) -> None:
    clock, kept = SystemClock(), list[Kept]()
    try:
        with closed_at_the_end(open_records(config)) as records:
            snapshots = [found for found in records.snapshots() if found.spreadsheet in config.company.spreadsheets]
            meant = _meant(period, snapshots, config)
            if reopen:
                records.decide_period(meant.key, False, clock.now())
            else:
                tell = kept.append if tell_json else partial(_tell, meant)
                _close(meant, snapshots, config, records, clock, tell)
    except RecordsError as error:
        raise unusable_records(error) from None
    except OSError as error:
        raise unusable_state(config, error) from None
    if tell_json:
        tell_json({"period": meant.name, "closed": not reopen, "spreadsheets": [asdict(one) for one in kept]})
    elif reopen:
        click.echo(printable(told(_WORDS["reopened"], terminal_language(), period=meant.name)))


def _tell(period: Period, kept: Kept) -> None:
    language = terminal_language()
    objectives = counted("objectives", kept.objectives, language)
    facts = {"title": kept.title, "objectives": objectives, "period": period.name, "at": kept.at}
    click.echo(printable(told(_WORDS["already" if kept.already else "closed"], language, **facts)))


def _meant(name: str, snapshots: Iterable[Snapshot], config: Config) -> Period:
    """The period that is meant, under the name that the sheets give it. Raises CannotRunError where none is."""
    names = (objective.period for snapshot in snapshots for objective in snapshot.objectives)
    periods = [found for found in in_order(map(config.calendar.period, names)) if found.key]
    wanted = config.calendar.period(name).key
    for found in periods:
        if found.key == wanted:
            return found
    language = terminal_language()
    known = printable(", ".join(found.name for found in periods)) or told(_WORDS["none"], language)
    raise CannotRunError(told(_WORDS["unknown"], language, period=name, known=known))


def _close(
    period: Period,
    snapshots: Sequence[Snapshot],
    config: Config,
    records: Records,
    clock: Clock,
    tell: Callable[[Kept], None],
) -> None:
    """Tells of each spreadsheet what is kept of it, as soon as it is; those that have nothing of it are left out."""
    language = terminal_language()
    by_hand = records.closed_by_hand()
    for snapshot in snapshots:
        known = period.key in records.closed_keys(snapshot.spreadsheet)
        try:
            count = 0 if known else _kept(period, snapshot.spreadsheet, config, records, clock)
        except PassInProgressError:
            raise CannotRunError(told(_WORDS["busy"], language, title=snapshot.title)) from None
        if known or count:
            at = f"{snapshot.taken_at.astimezone():%Y-%m-%d %H:%M}"
            tell(Kept(snapshot.spreadsheet, snapshot.title, count, at, already=known))
    if state_of(period, config.calendar.today(clock.now()), by_hand) is not PeriodState.CLOSED:
        records.decide_period(period.key, True, clock.now())


def _kept(period: Period, spreadsheet: str, config: Config, records: Records, clock: Clock) -> int:
    """Keep what the last good view of a spreadsheet shows of a period; gives the number of objectives."""
    with pass_lock(config.state, spreadsheet, records, clock, PATIENCE):
        last = records.snapshot(spreadsheet)
        if last is None:
            return 0
        results = closed(last, period, config.calendar, clock.now())
        if results.results.objectives:
            records.keep_closed(spreadsheet, [results])
        return len(results.results.objectives)
