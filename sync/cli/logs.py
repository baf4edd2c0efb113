"""Log lines on standard error, with secrets taken out by `sync.domain.redaction`.

For people on a terminal a line of words, for machines a JSON object on a line. No cell text in either.
"""

import json
import logging
import re
import sys
import threading
from datetime import UTC, datetime
from types import TracebackType

from sync.domain.redaction import redacted

# What libraries tell of a request names ranges, and so tabs.
_QUERY = re.compile(r"(?<=[\w/])\?[\w.%~-]+=[^\s\"'<>)]*")

log = logging.getLogger(__name__)


def _for_the_log(text: str) -> str:
    return redacted(_QUERY.sub("?…", text))


class LineFormatter(logging.Formatter):
    """Time, level and message, for a person."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        return _for_the_log(super().format(record))


class JsonFormatter(logging.Formatter):
    """One JSON object on a line. What a record carries as `facts` stands beside its message."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "message": _for_the_log(record.getMessage()),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            entry["trace"] = _for_the_log(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=False)


def set_up_logging(verbose: bool = False) -> None:
    """Send our log to standard error; libraries only speak up with warnings. What nobody caught is logged too."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(LineFormatter() if sys.stderr.isatty() else JsonFormatter())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.captureWarnings(True)
    # Whoever runs us inside a program of theirs keeps their own hooks.
    if sys.excepthook is sys.__excepthook__:
        sys.excepthook = _log_the_end
    if threading.excepthook is threading.__excepthook__:
        threading.excepthook = _log_the_end_of_a_thread
    for ours in ("sync", "webapp"):
        logging.getLogger(ours).setLevel(logging.DEBUG if verbose else logging.INFO)
    # What breaks in these is told by whoever uses them, in one line.
    for theirs in ("procrastinate", "psycopg.pool"):
        logging.getLogger(theirs).setLevel(logging.CRITICAL)


def _log_the_end(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    log.critical("okr-sheets ended by a fault of its own", exc_info=(kind, error, trace))


def _log_the_end_of_a_thread(ended: threading.ExceptHookArgs) -> None:
    name = ended.thread.name if ended.thread else "?"
    facts = (ended.exc_type, ended.exc_value or ended.exc_type(), ended.exc_traceback)
    log.critical("the thread %s ended by a fault of its own", name, exc_info=facts)
