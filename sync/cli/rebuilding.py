"""`rebuild-records`: begin the database anew. The sheets hold the truth; only the history of scores stays behind."""

from pathlib import Path

import click

from sync.cli.exits import CannotRunError
from sync.cli.language import terminal_language
from sync.cli.opening import already_running, config_option, load, unusable_records, unusable_state
from sync.cli.passes import passes_over
from sync.cli.printing import finish
from sync.clock import SystemClock
from sync.config import Config
from sync.locks import WorkerRunningError, worker_lock
from sync.problems import Language
from sync.records import Records, RecordsError, set_aside

_SET_ASIDE: dict[Language, str] = {
    "en": "The old database is kept as {path}; the history of scores is in it.",
    "vi": "Cơ sở dữ liệu cũ được giữ tại {path}; lịch sử điểm nằm trong đó.",
}
_WRITE_UNDER_WAY: dict[Language, str] = {
    "en": "A write was cut off before it was seen to have landed, and only this database knows what it may have hit. "
    "Run “okr-sheets sync” first.",
    "vi": "Một lần ghi bị ngắt trước khi được kiểm tra, và chỉ cơ sở dữ liệu này biết nó có thể đã ghi nhầm vào đâu. "
    "Hãy chạy “okr-sheets sync” trước.",
}


@click.command("rebuild-records")
@config_option
def rebuild_records(config_path: Path) -> None:
    """Begin the database anew from the sheets; the old one is kept beside it."""
    config = load(config_path)
    try:
        with worker_lock(config.state):
            _begin_anew(config)
            outcomes = passes_over(config, accept=False, dry_run=False)
    except WorkerRunningError as error:
        raise already_running(config, error) from None
    except OSError as error:
        raise unusable_state(config, error) from None
    finish(outcomes, as_json=False, with_writes=True)


def _begin_anew(config: Config) -> None:
    language = terminal_language()
    if _holds_write_under_way(config):
        raise CannotRunError(_WRITE_UNDER_WAY[language])
    try:
        kept_as = set_aside(config.database_url, SystemClock().now())
    except RecordsError as error:
        raise unusable_records(error) from None
    if kept_as is not None:
        click.echo(_SET_ASIDE[language].format(path=kept_as))


def _holds_write_under_way(config: Config) -> bool:
    """Whether the old database, if it can still be read, knows of a write that was never seen to have landed."""
    try:
        with Records.open(config.database_url) as records:
            return any(records.memory(settings.id).under_way for settings in config.spreadsheet)
    except RecordsError:
        return False
