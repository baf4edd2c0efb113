"""Secrets that must never be seen, and an ear on all that a test run logs, through the formatters of the product.

Every local Sheets server issues tokens, and many tests make keys and sign people in: each of those is a canary. Tests
that plant others put the mark in them.
"""

import logging
import re
from collections.abc import Iterable

from sync.cli.logs import JsonFormatter, LineFormatter

MARK = "k4n4ry"

_SECRETS = re.compile(
    rf"{MARK}"
    r"|local\.(?:worker|person)\.[0-9a-f]{64}"
    r"|PRIVATE KEY-----"
    r"|ya29\.[\w.-]{8,}"
    r"|eyJ[\w-]{20,}\.[\w-]{20,}\."
)


def secrets_in(text: str) -> list[str]:
    """The lines that hold something that looks like a secret."""
    return [line for line in text.splitlines() if _SECRETS.search(line)] if _SECRETS.search(text) else []


def set_level(logger: logging.Logger, level: int) -> None:
    """To set it anew has all loggers forget what they know."""
    if logger.level != level:
        logger.setLevel(level)


class Ear(logging.Handler):
    """Keeps, of everything that is logged, the lines that a secret is left in when they are formatted.

    What command lines print in other processes is told to it.
    """

    # Their records at this level are the rows of the database and the comings and goings of locks, by the million.
    NOISY = ("sqlalchemy", "filelock")

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.formatters: Iterable[logging.Formatter] = (LineFormatter(), JsonFormatter())
        self._as_it_is = logging.Formatter()
        self.heard = 0
        self.leaks: list[str] = []

    def listen(self) -> None:
        """Hear all, whoever else has set up logging since."""
        root = logging.getLogger()
        set_level(root, logging.DEBUG)
        if self not in root.handlers:
            root.addHandler(self)
        for name in self.NOISY:
            set_level(logging.getLogger(name), logging.WARNING)

    def emit(self, record: logging.LogRecord) -> None:
        self.heard += 1
        # A formatter takes secrets out and puts none in, and to ask two of them about each record takes minutes.
        if secrets_in(f"{self._as_it_is.format(record)} {getattr(record, 'facts', '')}"):
            for formatter in self.formatters:
                self.leaks += secrets_in(formatter.format(record))

    def told(self, printed: str) -> None:
        """What a process printed, as it is."""
        self.leaks += secrets_in(printed)


EAR = Ear()
