"""`worker`, `serve` and `run`: what stays until a signal ends it. Here is what runs for one company: passes, messages
and its page, each of which takes a changed configuration over. `sync.cli.installation` has all of them.
"""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sync.cli.exits import CannotRunError
from sync.cli.installation import Installation
from sync.cli.opening import (
    already_running,
    open_records,
    unusable_records,
    unusable_state,
)
from sync.cli.outcomes import OutcomeLog
from sync.cli.reloading import Reloading
from sync.cli.signals import on_signals
from sync.cli.terminal_language import terminal_language
from sync.cli.threads import share_fairly
from sync.clock import SystemClock
from sync.config.companies import Company
from sync.config.settings import Config
from sync.engine import ProcessQuotas, Worker
from sync.google import SheetsError
from sync.passes.locks import WorkerRunningError
from sync.records import Records, RecordsError
from sync.translations import gettext

if TYPE_CHECKING:
    from sync.cli.showing import PageFront


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
    asked = threading.Event()
    stop = on_signals(asked)
    installation = Installation(path)
    with ExitStack() as opened:
        quotas = opened.enter_context(closing(ProcessQuotas(SystemClock()))) if working else None
        front = opened.enter_context(_page_front(installation)) if showing else None
        opened.enter_context(installation.running(partial(_begun, quotas=quotas, front=front)))
        if front:
            front.open(company.config for company in installation.companies())
            # Readers are not kept waiting by passes that are seen through.
            opened.callback(front.close)
        installation.until(stop, asked)


@contextmanager
def _page_front(installation: Installation) -> Iterator["PageFront"]:
    # A worker alone has no need of a page.
    from sync.cli.showing import PageFront

    front = PageFront(installation.first.config, installation.not_running)
    try:
        yield front
    finally:
        front.close()


@contextmanager
def _begun(
    company: Company,
    others: Callable[[], Iterable[Company]],
    *,
    quotas: ProcessQuotas | None,
    front: "PageFront | None",
) -> Iterator[Reloading]:
    """All that runs for one company: passes where there are `quotas` for them. Raises CannotRunError."""
    reloading = Reloading(company, others)
    with ExitStack() as opened:
        records = opened.enter_context(open_records(company.config))
        if quotas:
            opened.enter_context(_working(company.config, records, reloading, quotas))
        if front:
            opened.enter_context(_showing(company.config, records, reloading, front))
        yield reloading


def _showing(
    config: Config, records: Records, reloading: Reloading, front: "PageFront"
) -> AbstractContextManager[None]:
    from sync.cli.showing import showing

    return showing(config, records, reloading, front)


@contextmanager
def _working(config: Config, records: Records, reloading: Reloading, quotas: ProcessQuotas) -> Iterator[None]:
    """A worker in the background. Raises CannotRunError where another one is at it."""
    tell = OutcomeLog(config.name).tell

    def made(config: Config) -> Worker:
        return Worker(config, records, tell, quotas=quotas(config), name=config.name)

    try:
        running = made(config)
        running.start()
    except SheetsError as error:
        raise CannotRunError(gettext(error.detail, terminal_language())) from None
    except WorkerRunningError as error:
        raise already_running(config, error) from None
    except RecordsError as error:
        raise unusable_records(error) from None
    except OSError as error:
        raise unusable_state(config, error) from None

    def take_over(new: Config) -> None:
        nonlocal running
        before, running = running, made(new)
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
