"""`worker`, `serve` and `run`: what stays until a signal ends it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from sync.cli.exits import CannotRunError
from sync.cli.opening import (
    already_running,
    config_option,
    load,
    open_records,
    unusable_records,
    unusable_state,
)
from sync.cli.outcomes import OutcomeLog
from sync.cli.ports import page_place_taken
from sync.cli.signals import on_signals
from sync.cli.threads import share_fairly
from sync.config.settings import Config
from sync.engine import Worker
from sync.passes.locks import WorkerRunningError
from sync.records import Records, RecordsError


@click.command()
@config_option
def worker(config_path: Path) -> None:
    """Run passes at each spreadsheet's interval until stopped."""
    share_fairly()
    config = load(config_path)
    stop = on_signals()
    with _working(config, open_records(config)):
        stop.wait()


@click.command()
@config_option
def serve(config_path: Path) -> None:
    """Show the page."""
    share_fairly()
    config = load(config_path)
    _serve(config, open_records(config), on_signals())


@click.command()
@config_option
def run(config_path: Path) -> None:
    """Worker and page in one process."""
    share_fairly()
    config = load(config_path)
    records, stop = open_records(config), on_signals()
    with _working(config, records):
        _serve(config, records, stop)


@contextmanager
def _working(config: Config, records: Records) -> Iterator[None]:
    """A worker in the background. Raises CannotRunError where another one is at it."""
    running = Worker(config, records, OutcomeLog().tell)
    try:
        running.start()
    except WorkerRunningError as error:
        raise already_running(config, error) from None
    except RecordsError as error:
        raise unusable_records(error) from None
    except OSError as error:
        raise unusable_state(config, error) from None
    try:
        yield
    finally:
        running.stop()


def _serve(config: Config, records: Records, stop: threading.Event) -> None:
    from webapp.sign_in import SecretError
    from webapp.web.app import begin, create_app
    from webapp.web.server import PageServer

    intervals = {settings.id: settings.every for settings in config.spreadsheet}
    try:
        app = create_app(records, config.page, config.scoring.bands, intervals, config.company)
        server = PageServer(app, config.page.host, config.page.port)
    except SecretError as error:
        raise CannotRunError(str(error)) from None
    except OSError as error:
        place = f"{config.page.host}, port {config.page.port}"
        raise page_place_taken(place, error) from None
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    begin(app)
    click.echo(f"page on http://{config.page.host}:{server.port}/")
    stop.wait()
    server.close()
