"""A configuration file that changes while a service runs: what of it is in force, and what of it is not, and why.

Reads and judges; whoever runs the service takes the new configuration over.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, get_args

from sync.config.companies import DOOR
from sync.config.settings import Config, load_config
from sync.domain.languages import Language

# What a running service holds on to, by its key; that of several companies to all of the door that they share.
FIXED: Mapping[str, Callable[[Config], object]] = {
    "state": lambda config: config.state,
    "database": lambda config: config.database,
    "page.host": lambda config: config.page.host,
    "page.port": lambda config: config.page.port,
}


class Refusal(Protocol):
    """Why a configuration cannot be taken over."""

    def told(self, language: Language) -> list[str]:
        """A line for each fault."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What of the file as it is now is not in force: all of it, with its faults in each language, or the keys that
    wait for a restart. Neither where the file is in force.
    """

    refused: Mapping[Language, tuple[str, ...]] = field(default_factory=dict)
    waiting: tuple[str, ...] = ()

    @classmethod
    def of_refusal(cls, refusal: Refusal) -> "Standing":
        """The file is not in force."""
        return cls({language: tuple(refusal.told(language)) for language in get_args(Language)})


IN_FORCE = Standing()

Signature = tuple[int, int, int] | None


class WatchedFile:
    """Tells once of every change of a file, when two looks in a row found the same: not while it is being written.

    For who does not know the file yet (`is_new`), that it is there is a change.
    """

    def __init__(self, path: Path, *, is_new: bool = False) -> None:
        self._path = path
        self._told = self._seen = None if is_new else self._signature()

    def has_changed(self) -> bool:
        found, before = self._signature(), self._seen
        self._seen = found
        if found != before or found == self._told:
            return False
        self._told = found
        return True

    def _signature(self) -> Signature:
        try:
            found = os.stat(self._path)
        except OSError:
            return None
        return found.st_ino, found.st_size, found.st_mtime_ns


def successor(path: Path, running: Config, environment: Mapping[str, str] = os.environ) -> tuple[Config, Standing]:
    """What a service with the configuration `running` goes on with now that the file says something else.

    Raises ConfigError where that cannot be used.
    """
    new = load_config(path, environment, running.name)
    held = {**FIXED, **DOOR} if running.name else FIXED
    waiting = tuple(key for key, value in held.items() if value(new) != value(running))
    of_page = {key: value(running) for key, value in held.items() if key.startswith("page.")}
    page = new.page.model_copy(update={key.removeprefix("page."): value for key, value in of_page.items()})
    fixed = {"state": running.state, "database": running.database, "page": page}
    return new.model_copy(update=fixed), Standing(waiting=waiting)
