"""What the catalogue says of one code."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error keeps something from being read or written; a warning doubts it; a notice only tells."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Entry:
    """Severity, sentence and remedy; the facts of a problem fill the braces."""

    severity: Severity
    message: str
    hint: str


ERROR, WARNING, NOTICE = Severity.ERROR, Severity.WARNING, Severity.NOTICE
