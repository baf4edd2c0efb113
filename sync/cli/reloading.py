"""A service whose configuration file changes: the new one is checked whole and taken over, or refused and told."""

import logging
from collections.abc import Callable, Iterable

from sync.cli.terminal_language import terminal_language
from sync.config.companies import Company, be_apart
from sync.config.settings import Config, ConfigError
from sync.config.standing import IN_FORCE, Refusal, Standing, WatchedFile, successor
from sync.domain.languages import N_, Language
from sync.translations import told

_REFUSED = N_("{path} was changed and cannot be used; what was in force goes on: {faults}")
_TAKEN = N_("{path}: the configuration as it is now is in force")
_WAITING = N_("{path}: {keys} cannot change while okr-sheets runs; restart it for that")

REFUSED_EVENT, TAKEN_EVENT = {"event": "configuration-refused"}, {"event": "configuration-taken"}

log = logging.getLogger(__name__)

# What takes a configuration over.
TakeOver = Callable[[Config], None]


class UnusableError(Exception):
    """A part of the service cannot work with this configuration; `said` is why, and what to do, in a language."""

    def __init__(self, said: Callable[[Language], str]) -> None:
        super().__init__(said("en"))
        self._said = said

    def told(self, language: Language) -> list[str]:
        return [self._said(language)]


class Reloading:
    """`standing` is what came of the newest file, and `company` what is in force. Each part prepares, or raises
    UnusableError while nothing is changed yet; what it gives takes the configuration over.

    The `others` are the companies that run beside it, of which it may have nothing.
    """

    def __init__(self, company: Company, others: Callable[[], Iterable[Company]] = tuple) -> None:
        self.company, self._others = company, others
        self.file = WatchedFile(company.path)
        self._parts: list[Callable[[Config], TakeOver]] = []
        self.standing: Standing = IN_FORCE

    def add(self, part: Callable[[Config], TakeOver]) -> None:
        self._parts.append(part)

    def reload(self) -> None:
        """Take the file over as it is now, or go on as before and tell why."""
        language, path = terminal_language(), self.company.path
        try:
            config, self.standing = self._taken_over()
        except (ConfigError, UnusableError) as error:
            self._refuse(error, language)
            return
        except Exception as error:
            # A service must not end by an edit, whatever we overlooked.
            log.exception("the configuration could not be taken over")
            seen = repr(error)
            self._refuse(UnusableError(lambda _: seen), language)
            return
        self.company = Company(path, config)
        log.info(told(_TAKEN, language, path=path), extra={"facts": TAKEN_EVENT})
        if self.standing.waiting:
            log.warning(told(_WAITING, language, path=path, keys=", ".join(self.standing.waiting)))

    def _refuse(self, refusal: Refusal, language: Language) -> None:
        self.standing = Standing.of_refusal(refusal)
        faults = "; ".join(self.standing.refused[language])
        log.error(told(_REFUSED, language, path=self.company.path, faults=faults), extra={"facts": REFUSED_EVENT})

    def _taken_over(self) -> tuple[Config, Standing]:
        config, standing = successor(self.company.path, self.company.config)
        be_apart(Company(self.company.path, config), self._others())
        ready = [prepare(config) for prepare in self._parts]
        for take_over in ready:
            take_over(config)
        return config, standing
