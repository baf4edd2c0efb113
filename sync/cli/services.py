"""`worker`, `serve` and `run`: what stays until a signal ends it, and takes a changed configuration over meanwhile."""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path

import click

from sync.cli.exits import CannotRunError
from sync.cli.opening import (
    already_running,
    load,
    open_records,
    unusable_records,
    unusable_state,
)
from sync.cli.outcomes import OutcomeLog
from sync.cli.ports import page_place_taken
from sync.cli.reloading import Reloading, TakeOver, UnusableError
from sync.cli.signals import on_signals
from sync.cli.terminal_language import terminal_language
from sync.cli.threads import share_fairly
from sync.config.settings import Config
from sync.config.standing import Standing
from sync.domain.languages import N_
from sync.engine import Worker
from sync.passes.locks import WorkerRunningError
from sync.records import Records, RecordsError
from sync.translations import told

_PAGE_ON = N_("page on {url}")


def worker(config_path: Path) -> None:
    """Run passes at each spreadsheet's interval until stopped."""
    _stay(config_path, working=True)


def serve(config_path: Path) -> None:
    """Show the page."""
    _stay(config_path, showing=True)


def run(config_path: Path) -> None:
    """Worker and page in one process."""
    _stay(config_path, working=True, showing=True)


def _stay(path: Path, *, working: bool = False, showing: bool = False) -> None:
    share_fairly()
    config = load(path)
    records = open_records(config)
    asked = threading.Event()
    stop, reloading = on_signals(asked), Reloading(path, config)
    with ExitStack() as opened:
        if working:
            opened.enter_context(_working(config, records, reloading))
        if showing:
            opened.enter_context(_showing(config, records, reloading))
        reloading.until(stop, asked)


@contextmanager
def _working(config: Config, records: Records, reloading: Reloading) -> Iterator[None]:
    """A worker in the background. Raises CannotRunError where another one is at it."""
    tell = OutcomeLog().tell
    running = Worker(config, records, tell)
    try:
        running.start()
    except WorkerRunningError as error:
        raise already_running(config, error) from None
    except RecordsError as error:
        raise unusable_records(error) from None
    except OSError as error:
        raise unusable_state(config, error) from None

    def take_over(new: Config) -> None:
        nonlocal running
        before, running = running, Worker(new, records, tell)
        running.take_over(before)

    reloading.add(lambda _: take_over)
    try:
        with _notifying(config, records, reloading):
            yield
    finally:
        running.stop()


@contextmanager
def _notifying(config: Config, records: Records, reloading: Reloading) -> Iterator[None]:
    """Messages go out beside the passes, to the rooms of the configuration that is in force."""
    with ExitStack() as going:
        going.enter_context(_messages(config, records))

        def take_over(new: Config) -> None:
            going.close()
            going.enter_context(_messages(new, records))

        reloading.add(lambda _: take_over)
        yield


def _messages(config: Config, records: Records) -> AbstractContextManager[None]:
    """Without any room nothing is loaded for that."""
    if not config.notify:
        return nullcontext()
    from sync.cli.notifying import notifying

    return notifying(config, records)


@contextmanager
def _showing(config: Config, records: Records, reloading: Reloading) -> Iterator[None]:
    """The page. Raises CannotRunError where its port or a file of its sign-in cannot be used."""
    from webapp.sign_in import SecretError
    from webapp.web.app import begin, make_ready, page_of
    from webapp.web.server import PageServer

    def standing() -> Standing:
        return reloading.standing

    try:
        app = page_of(config, records, standing)
        server = PageServer(app, config.page.host, config.page.port)
    except SecretError as error:
        raise CannotRunError(str(error)) from None
    except OSError as error:
        place = f"{config.page.host}, port {config.page.port}"
        raise page_place_taken(place, error) from None

    def prepare(new: Config) -> TakeOver:
        try:
            page = page_of(new, records, standing)
        except SecretError as error:
            raise UnusableError(str(error)) from None
        # Until it can answer, readers have the page as it was.
        make_ready(page)
        return lambda _: server.show(page)

    reloading.add(prepare)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    begin(app)
    url = f"http://{config.page.host}:{server.port}{config.page.path}/"
    click.echo(told(_PAGE_ON, terminal_language(), url=url))
    try:
        yield
    finally:
        server.close()
