"""What `check` says of the turn of a period: what begins, and what is still to do for it."""

from collections.abc import Iterable, Iterator

import click

from sync.clock import SystemClock
from sync.config.settings import Config
from sync.domain.languages import N_, Language
from sync.domain.printable import printable
from sync.domain.snapshot import Snapshot
from sync.domain.turning import Turn, ends_without_a_next, turns
from sync.translations import told
from sync.translations.counts import counted

_WORDS: dict[str, str] = {
    "begins": N_("{period} begins on {day}: {active}, {drafts}."),
    "began": N_("{period} began on {day}: {active}, {drafts}."),
    "units": N_("  → of the units of {before}, these have none in {period} yet: {units}"),
    "nothing": N_("{period} ends on {day}, and no sheet has anything of a later period yet."),
    "copy": N_(
        "  → copy its tabs, with the new period in titles or cells; tabs that fit a pattern are found by themselves."
    ),
}


def tell_of_turns(snapshots: Iterable[Snapshot], config: Config, language: Language) -> None:
    """Print it; nothing where no period begins or ends about now."""
    objectives = [objective for snapshot in snapshots for objective in snapshot.objectives]
    today = config.calendar.today(SystemClock().now())
    for turn in turns(objectives, config.calendar, today):
        for line in _lines(turn, language, is_ahead=bool(turn.period.span and turn.period.span.first > today)):
            click.echo(printable(line))
    last = ends_without_a_next(objectives, config.calendar, today)
    if last and last.span:
        click.echo(printable(told(_WORDS["nothing"], language, period=last.name, day=last.span.last)))
        click.echo(told(_WORDS["copy"], language))


def _lines(turn: Turn, language: Language, *, is_ahead: bool) -> Iterator[str]:
    day = turn.period.span.first if turn.period.span else ""
    counts = {"active": turn.active, "drafts": turn.drafts}
    words = {what: counted(what, count, language) for what, count in counts.items()}
    yield told(_WORDS["begins" if is_ahead else "began"], language, period=turn.period.name, day=day, **words)
    if turn.units and turn.before:
        units = ", ".join(turn.units)
        yield told(_WORDS["units"], language, before=turn.before.name, period=turn.period.name, units=units)
