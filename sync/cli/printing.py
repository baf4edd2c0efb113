"""What a pass came to, printed for people or as JSON for scripts."""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import fields

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from sync.cli import report
from sync.cli.companies import TellJson
from sync.cli.exits import CANNOT_RUN, FINE, PROBLEMS
from sync.cli.terminal_language import terminal_language
from sync.cli.turning import tell_of_turns
from sync.clock import SystemClock
from sync.config.settings import Config
from sync.doctor.remedies import remedy
from sync.domain.catalogue import Severity
from sync.domain.cycle_records import CycleRecords
from sync.domain.grid import Entered, Scalar, text_of
from sync.domain.languages import N_, Language
from sync.domain.memory import PassResult
from sync.domain.printable import printable
from sync.domain.problems import Problem
from sync.domain.snapshot import Snapshot, TabState, TabView
from sync.passes.outcome import PassOutcome
from sync.translations import gettext, told
from sync.translations.counts import counted
from sync.translations.problems import hint_of, message_of, severity_word

# A result says how far the pass came, which is no judgement of what stands in the sheet.
_CAME_TO: dict[PassResult, str] = {
    PassResult.UNCHANGED: N_("read, unchanged"),
    PassResult.OK: N_("read"),
    PassResult.PARTIAL: N_("in part only"),
    PassResult.REFUSED: N_("not believed, nothing written"),
    PassResult.FAILED: N_("failed"),
}
_WRITTEN = N_("read, scores written")
_NOTHING = N_("nothing to mend")

_OKRS = N_("{title}: {objectives}, {key_results}, {scored} with a score")
_LEFT_OUT = N_("left out by `skip`: rows {rows}")
_LAST_GOOD = N_("not believed, this is the last good view")
_NEVER = N_("not believed, and there is no good view yet")
_BEFORE_LIVE = N_("Before it goes live: what would be wrong with drafts")

_COLUMNS = (N_("cell"), N_("old"), N_("new"), N_("why"))

_SO_FAR = N_("{read} of {all} spreadsheets read: what depends on the others, such as links to them, was not judged.")


def finish(outcomes: Sequence[PassOutcome], config: Config, tell_json: TellJson | None, *, with_writes: bool) -> int:
    """Print what happened, or tell it as JSON; gives the exit code that it deserves."""
    language = terminal_language()
    read = [outcome.snapshot for outcome in outcomes if outcome.snapshot]
    today = config.calendar.today(SystemClock().now())
    problems = report.company_problems(read, config.company, today, whole=len(read) == len(outcomes))
    if tell_json:
        tell_json(report.as_json(outcomes, problems, language, with_writes=with_writes))
    else:
        for outcome in outcomes:
            _print_outcome(outcome, problems, language, with_writes)
        if len(read) < len(outcomes):
            click.echo(told(_SO_FAR, language, read=len(read), all=len(outcomes)))
        if not with_writes:
            tell_of_turns(read, config, language)
    for outcome in outcomes:
        if outcome.error is not None:
            click.echo(remedy(outcome.error, outcome.spreadsheet, "", language), err=True)
    if any(outcome.error or outcome.result is PassResult.FAILED for outcome in outcomes):
        return CANNOT_RUN
    return PROBLEMS if problems.in_need() else FINE


def _print_outcome(
    outcome: PassOutcome, company: report.CompanyProblems, language: Language, with_writes: bool
) -> None:
    console = Console(width=None if sys.stdout.isatty() else 160, highlight=False)
    snapshot = outcome.snapshot
    title = snapshot.title if snapshot else outcome.spreadsheet
    problems = company.problems.get(outcome.spreadsheet, ())
    came_to = _came_to(outcome, problems, language)
    console.print(f"[bold]{_plain(title)}[/bold] ({outcome.spreadsheet}): {came_to}")
    if snapshot:
        for tab in snapshot.tabs:
            console.print(f"  {_plain(_understood(snapshot, tab, language))}")
    if with_writes and outcome.writes:
        table = Table(*(gettext(column, language) for column in _COLUMNS))
        for write in outcome.writes:
            table.add_row(*(_plain(text) for text in (str(write.cell), _cell(write.old), _cell(write.new), write.why)))
        console.print(table)
    _print_problems(problems, console, language)
    if before_live := company.before_live.get(outcome.spreadsheet):
        console.print(f"  [bold]{_plain(gettext(_BEFORE_LIVE, language))}[/bold]")
        _print_problems(before_live, console, language)


def _print_problems(problems: Iterable[Problem], console: Console, language: Language) -> None:
    for found in problems:
        place = f"{found.cell}: " if found.cell else ""
        severity = severity_word(found.severity, language)
        console.print(f"  {severity} {_plain(place + message_of(found, language))}")
        console.print(f"      → {_plain(hint_of(found, language))}")


def _came_to(outcome: PassOutcome, problems: Sequence[Problem], language: Language) -> str:
    """What became of the sheet and of the scores, and how much is to be mended, each in words of its own."""
    dry_run = outcome.number is None
    written = outcome.result is PassResult.OK and outcome.writes and not dry_run
    said = [gettext(_WRITTEN if written else _CAME_TO[outcome.result], language)]
    if outcome.snapshot:
        counts = Counter(found.severity for found in problems)
        found = [counted(severity.value, counts[severity], language) for severity in Severity if counts[severity]]
        said += found or [gettext(_NOTHING, language)]
    return ", ".join(said)


def _understood(snapshot: Snapshot, tab: TabView, language: Language) -> str:
    """What one tab was understood to hold, and what was left out."""
    key_results = [found for found in snapshot.key_results if found.cell.sheet_id == tab.sheet_id]
    counts = {
        "objectives": sum(1 for found in snapshot.objectives if found.cell.sheet_id == tab.sheet_id),
        "key_results": len(key_results),
        "check_ins": sum(1 for found in snapshot.check_ins if found.cell.sheet_id == tab.sheet_id),
        "initiatives": sum(1 for found in snapshot.initiatives if found.cell.sheet_id == tab.sheet_id),
        **_records_on(snapshot, tab.sheet_id),
    }
    words = {what: counted(what, count, language) for what, count in counts.items()}
    scored = sum(1 for found in key_results if snapshot.scores[found.key].value is not None)
    said = [told(_OKRS, language, title=tab.title, scored=scored, **words)]
    said += [words[what] for what, count in counts.items() if count and what not in ("objectives", "key_results")]
    if tab.skipped:
        said.append(told(_LEFT_OUT, language, rows=", ".join(map(str, tab.skipped))))
    if tab.state is TabState.REFUSED:
        said.append(gettext(_LAST_GOOD if any(counts.values()) else _NEVER, language))
    return "; ".join(said)


def _records_on(snapshot: Snapshot, sheet_id: int) -> dict[str, int]:
    """How many records there are of each kind of what stands around OKRs."""
    return {
        kind.name: sum(1 for found in getattr(snapshot.cycle, kind.name) if found.cell.sheet_id == sheet_id)
        for kind in fields(CycleRecords)
    }


def _plain(text: str) -> str:
    """A text that may have come out of a cell, so that neither rich nor the terminal takes it for more than that."""
    return escape(printable(text))


def _cell(value: Scalar | Entered) -> str:
    return "" if value is None else str(value) if not isinstance(value, float | int) else text_of(value)
