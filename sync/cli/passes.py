"""`check` and `sync`: one pass over every spreadsheet, now, and what came of it."""

from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

from sync.cli.accounts import Clients
from sync.cli.companies import TellJson, for_each
from sync.cli.exits import CannotRunError
from sync.cli.opening import (
    open_records,
    tell_of_intervals,
    unusable_records,
    unusable_state,
)
from sync.cli.printing import finish
from sync.cli.progress import progress
from sync.cli.terminal_language import terminal_language
from sync.clock import Clock, SystemClock
from sync.config.settings import Config, SpreadsheetSettings
from sync.doctor.remedies import remedy
from sync.domain.failures import NOT_SHARED
from sync.domain.memory import PassResult
from sync.google import SheetsError
from sync.passes.attempt import attempt
from sync.passes.outcome import PassOutcome
from sync.records import Records, RecordsError

# How long a command waits for a pass that the worker is making.
PATIENCE = 120.0


def check(config_path: Path, company: str | None, as_json: bool) -> None:
    """Validate the configuration and the sheets; writes nothing."""

    def one(config: Config, tell_json: TellJson | None) -> int:
        outcomes = passes_over(config, accept=False, dry_run=True, for_script=as_json)
        tell_of_intervals(config)
        return finish(outcomes, config, tell_json, with_writes=False)

    for_each(config_path, company, one, as_json=as_json)


def sync(config_path: Path, company: str | None, as_json: bool, dry_run: bool, accept: bool) -> None:
    """One pass over every spreadsheet."""

    def one(config: Config, tell_json: TellJson | None) -> int:
        outcomes = passes_over(config, accept=accept, dry_run=dry_run, for_script=as_json)
        return finish(outcomes, config, tell_json, with_writes=True)

    for_each(config_path, company, one, as_json=as_json)


def passes_over(
    config: Config,
    *,
    accept: bool,
    dry_run: bool,
    patience: float = PATIENCE,
    only: str | None = None,
    for_script: bool = False,
) -> list[PassOutcome]:
    """One pass over every spreadsheet, or over one of them. Raises CannotRunError.

    Where database or state folder break meanwhile, that is said once, and the passes that it ended have FAILED. So has
    one that broke in a way that nobody foresaw. `for_script` is what `progress` asks for.
    """
    with ExitStack() as opened:
        records, clock = opened.enter_context(open_records(config)), SystemClock()
        clients = opened.enter_context(closing(_signed_in(config, records, clock)))
        passes = _Passes(config, records, clients, clock, patience, accept=accept, dry_run=dry_run)
        opened.callback(passes.tell_what_broke)
        wanted = [settings for settings in config.spreadsheet if only in (None, settings.id)]
        # What rolls up the scores of the others comes after them.
        order = sorted(wanted, key=lambda settings: bool(settings.roll_up))
        ended = {}
        with progress(len(order), for_script=for_script) as another:
            for settings in order:
                ended[settings.id] = passes.make(settings)
                another()
        return [ended[settings.id] for settings in wanted]


class _Passes:
    """The passes of one command. What breaks for more than one spreadsheet is kept, to be said once."""

    def __init__(
        self,
        config: Config,
        records: Records,
        clients: Clients,
        clock: Clock,
        patience: float,
        *,
        accept: bool,
        dry_run: bool,
    ) -> None:
        self._config, self._records, self._clients, self._clock = config, records, clients, clock
        self._patience, self._accept, self._dry_run = patience, accept, dry_run
        self._broken: dict[str, CannotRunError] = {}

    def make(self, settings: SpreadsheetSettings) -> PassOutcome:
        """One pass, as the first account that may read the spreadsheet."""
        for account in self._clients.to_try(settings):
            outcome = self._tried(settings, account)
            if outcome.error is None or outcome.error.trouble not in NOT_SHARED:
                break
        try:
            return self._seen_through(outcome, settings, account)
        except RecordsError as error:
            broke = unusable_records(error)
        except OSError as error:
            broke = unusable_state(self._config, error)
        self._broken[broke.message] = broke
        return replace(outcome, result=PassResult.FAILED, error=None)

    def tell_what_broke(self) -> None:
        """Print it."""
        for broke in self._broken.values():
            broke.show()

    def _tried(self, settings: SpreadsheetSettings, account: str) -> PassOutcome:
        return attempt(
            settings,
            lambda: self._clients.open(account),
            self._records,
            self._config.state,
            self._clock,
            company=self._config.company,
            patience=self._patience,
            accept=self._accept,
            dry_run=self._dry_run,
        )

    def _seen_through(self, outcome: PassOutcome, settings: SpreadsheetSettings, account: str) -> PassOutcome:
        """Raises RecordsError or OSError where it was the database or the state folder that broke."""
        if outcome.error is None and not self._dry_run:
            self._clients.could_read(settings, account)
        cause = outcome.error.__cause__ if outcome.error else None
        if isinstance(cause, RecordsError | OSError):
            raise cause
        # Where nothing was read anew, what was found to be good before is to be told.
        return replace(outcome, snapshot=outcome.snapshot or self._records.snapshot(settings.id))


def _signed_in(config: Config, records: Records, clock: Clock) -> Clients:
    """Says at once what is wrong with the only key. Raises CannotRunError."""
    try:
        clients = Clients(config, records, clock)
        if not config.google.identity:
            clients.open("")
    except SheetsError as error:
        raise CannotRunError(remedy(error, "—", "", terminal_language())) from None
    return clients
