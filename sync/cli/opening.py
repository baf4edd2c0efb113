"""What nearly every command begins with: the configuration and the records, or a sentence that says why not."""

from collections.abc import Iterable
from pathlib import Path

import click

from sync.cli.exits import CannotRunError
from sync.cli.system_errors import why
from sync.cli.terminal_language import terminal_language
from sync.config.settings import Config, ConfigError, load_config
from sync.doctor.pace import shortage
from sync.doctor.remedies import records_remedy, shortage_told
from sync.domain.languages import N_
from sync.passes.locks import WorkerRunningError
from sync.records import Records, RecordsError
from sync.translations import told

_ALREADY_RUNNING = N_(
    "A worker is already running on {state}: process {pid}. Stop it first, or give this one another `state`."
)

_UNUSABLE = N_("{path} cannot be used:")

_STATE = N_("{state}: {why}; check the folder and its permissions")


def load(path: Path) -> Config:
    """The configuration. Raises CannotRunError with all of its faults."""
    try:
        return load_config(path)
    except ConfigError as error:
        raise unusable_configurations([error]) from None


def unusable_configurations(errors: Iterable[ConfigError]) -> CannotRunError:
    """All faults of all files, each with its file."""
    language, lines = terminal_language(), list[str]()
    for error in errors:
        lines.append(told(_UNUSABLE, language, path=error.path))
        lines += [f"  {line}" for line in error.told(language)]
    return CannotRunError("\n".join(lines))


def tell_of_intervals(config: Config) -> None:
    """Say on standard error where Google's quota does not allow the intervals; nothing is kept from working by that."""
    if found := shortage(config):
        seen, mend = shortage_told(found, terminal_language())
        click.echo(f"{seen}\n    → {mend}", err=True)


def open_records(config: Config) -> Records:
    """The records, created or migrated where needed. Raises CannotRunError."""
    try:
        return Records.open(config.database_url, config.database_schema)
    except RecordsError as error:
        raise unusable_records(error) from None


def unusable_records(error: RecordsError) -> CannotRunError:
    """What to do about the database."""
    what = f"database {error.url}: {error.detail}" if error.detail else f"database {error.url}"
    return CannotRunError(f"{what}\n{records_remedy(error, terminal_language())}")


def unusable_state(config: Config, error: OSError) -> CannotRunError:
    """What to do about the state folder."""
    return CannotRunError(told(_STATE, terminal_language(), state=config.state, why=why(error)))


def already_running(config: Config, error: WorkerRunningError) -> CannotRunError:
    """Which worker is in the way."""
    return CannotRunError(told(_ALREADY_RUNNING, terminal_language(), state=config.state, pid=error.pid or "?"))
