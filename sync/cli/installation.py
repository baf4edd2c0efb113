"""The companies that a service runs: begins each, has it look after its file, takes up files that come, and ends what
they leave. A single file is one company, which there always is.

What breaks for one stops no other: a company that cannot begin is told of, and tried again.
"""

import logging
import math
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sync.cli.exits import CannotRunError
from sync.cli.opening import unusable_configurations
from sync.cli.reloading import Reloading
from sync.cli.terminal_language import terminal_language
from sync.config.companies import Company, be_apart, be_behind, company_files, read_companies, read_company
from sync.config.settings import ConfigError
from sync.config.standing import WatchedFile
from sync.domain.languages import N_
from sync.translations import told

# How soon a changed file is noticed; it is taken when it stays the same from one look to the next.
LOOK_EVERY = 1.0
# How soon a company that could not begin is tried again by itself.
TRY_AGAIN_AFTER = 60.0

_AWAY = N_("{path} holds no configuration any more; what was in force goes on")
_NOT_RUNNING = N_("{path}: this company does not run, the others go on: {why}")
_BEGUN = N_("{path}: this company runs now")
_ENDED = N_("{path} is gone: this company does not run any more, and its data stay where they are")

AWAY_EVENT = {"event": "companies-away"}
NOT_RUNNING_EVENT, BEGUN_EVENT = {"event": "company-not-running"}, {"event": "company-begun"}
ENDED_EVENT = {"event": "company-ended"}

log = logging.getLogger(__name__)

# Begins all that runs for a company, beside others that run at a time; raises CannotRunError.
Begin = Callable[[Company, Callable[[], Iterable[Company]]], AbstractContextManager[Reloading]]


@dataclass
class _Running:
    reloading: Reloading
    opened: ExitStack


@dataclass
class _Waiting:
    """A file whose company does not run; `why`, once it was tried, and when it is tried `again` by itself."""

    file: WatchedFile
    why: str = ""
    again: float = math.inf


class Installation:
    """Raises CannotRunError where no file can be used. `first` is a company whose door is that of all."""

    def __init__(self, path: Path) -> None:
        self._path, self._is_folder = path, path.is_dir()
        companies, errors = read_companies(path)
        if not companies:
            raise unusable_configurations(errors)
        self.first = companies[0]
        self._told_away = False
        self._running: dict[str, _Running] = {}
        self._waiting = {file: _Waiting(WatchedFile(file)) for file in company_files(path)} if self._is_folder else {}

    def companies(self) -> list[Company]:
        """Those that run, each with what of its file is in force."""
        return [running.reloading.company for running in self._running.values()]

    def not_running(self) -> int:
        """How many have a file and could not begin."""
        return sum(bool(waiting.why) for waiting in [*self._waiting.values()])

    @contextmanager
    def running(self, begin: Begin) -> Iterator[None]:
        """All of them, until this is left. Raises CannotRunError where none can begin."""
        self._begin = begin
        try:
            if not self._is_folder:
                self._start(self.first)
            for file in [*self._waiting]:
                self._try(file)
            if not self._running:
                raise CannotRunError("\n".join(f"{file}: {found.why}" for file, found in self._waiting.items()))
            yield
        finally:
            self._end_all()

    def until(self, stop: threading.Event, asked: threading.Event) -> None:
        """Look again and again until stopped; at once, whether files have changed or not, where somebody asked."""
        while not stop.wait(LOOK_EVERY):
            everything = asked.is_set()
            if everything:
                asked.clear()
            if not self._is_away():
                self._look(everything)

    def _is_away(self) -> bool:
        """Whether no file is left: somebody puts another folder in the place of this one, or it is not mounted."""
        is_away = self._is_folder and not company_files(self._path)
        if is_away and not self._told_away:
            log.warning(told(_AWAY, terminal_language(), path=self._path), extra={"facts": AWAY_EVENT})
        self._told_away = is_away
        return is_away

    def _look(self, everything: bool) -> None:
        for name, running in [*self._running.items()]:
            if running.reloading.file.has_changed() or everything:
                if self._is_folder and not running.reloading.company.path.exists():
                    self._end(name)
                else:
                    running.reloading.reload()
        if self._is_folder:
            self._take_up(everything)

    def _take_up(self, everything: bool) -> None:
        files = [file for file in company_files(self._path) if file.stem not in self._running]
        new = {file: _Waiting(WatchedFile(file, is_new=True)) for file in files}
        self._waiting = {file: self._waiting.get(file, new[file]) for file in files}
        for file, waiting in [*self._waiting.items()]:
            if waiting.file.has_changed() or everything or time.monotonic() >= waiting.again:
                self._try(file)

    def _try(self, file: Path) -> None:
        """Begin with the company of a file, or tell once why not."""
        try:
            company = read_company(file)
            be_behind(company, self.first)
            be_apart(company, self.companies())
            self._start(company)
        except ConfigError as error:
            self._tell_why_not(file, "; ".join(error.told(terminal_language())))
        except CannotRunError as error:
            self._tell_why_not(file, error.message)
        except Exception as error:
            # Whatever we overlooked, it is this company's alone.
            log.exception("a company could not begin")
            self._tell_why_not(file, repr(error))
        else:
            del self._waiting[file]
            log.info(told(_BEGUN, terminal_language(), path=file), extra={"facts": BEGUN_EVENT})

    def _tell_why_not(self, file: Path, why: str) -> None:
        waiting = self._waiting[file]
        waiting.again = time.monotonic() + TRY_AGAIN_AFTER
        if why != waiting.why:
            waiting.why = why
            said = told(_NOT_RUNNING, terminal_language(), path=file, why=why)
            log.error(said, extra={"facts": NOT_RUNNING_EVENT})

    def _start(self, company: Company) -> None:
        def others() -> list[Company]:
            return [found for found in self.companies() if found.name != company.name]

        with ExitStack() as opened:
            reloading = opened.enter_context(self._begin(company, others))
            self._running[company.name] = _Running(reloading, opened.pop_all())

    def _end(self, name: str) -> None:
        running = self._running.pop(name)
        try:
            running.opened.close()
        except Exception:
            log.exception("a company did not end as it should")
        if self._is_folder:
            path = running.reloading.company.path
            log.info(told(_ENDED, terminal_language(), path=path), extra={"facts": ENDED_EVENT})
            # What it had may be what another one waits for, such as its spreadsheet.
            for waiting in self._waiting.values():
                waiting.again = min(waiting.again, time.monotonic() if waiting.why else math.inf)

    def _end_all(self) -> None:
        """At the same time: each sees through what it has begun."""
        ending = [threading.Thread(target=running.opened.close) for running in self._running.values()]
        for thread in ending:
            thread.start()
        for thread in ending:
            thread.join()
