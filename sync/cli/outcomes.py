"""The log line of a pass: what it came to and cost. No cell text, and no titles of tabs."""

import logging

from sync.cli.language import terminal_language
from sync.problems import Severity
from sync.remedies import remedy
from sync.sheets import SheetsError
from sync.sync_pass import PassOutcome

log = logging.getLogger(__name__)


def log_outcome(outcome: PassOutcome) -> None:
    """One line for each pass, with its facts for machines."""
    facts = {
        "event": "pass",
        "pass": outcome.number,
        "spreadsheet": outcome.spreadsheet,
        "result": outcome.result.value,
        "read_requests": outcome.reads,
        "write_requests": outcome.write_requests,
        "cells": len(outcome.writes),
        "seconds": round(outcome.seconds, 3),
        "errors": _errors(outcome),
        "trouble": outcome.error.trouble.value if outcome.error else None,
    }
    if outcome.error is None:
        told = (outcome.spreadsheet, outcome.result, outcome.reads, outcome.write_requests, len(outcome.writes))
        log.info("%s: %s, %d reads, %d writes, %d cells", *told, extra={"facts": facts})
    else:
        said = remedy(_without_names(outcome.error), outcome.spreadsheet, "", terminal_language())
        log.warning("%s: %s", outcome.spreadsheet, said, extra={"facts": facts})


def _without_names(error: SheetsError) -> SheetsError:
    """What Google says of a request may name tabs. `okr-sheets check` shows it."""
    if not error.status or error.detail == f"HTTP {error.status}":
        return error
    return SheetsError(error.trouble, status=error.status)


def _errors(outcome: PassOutcome) -> int:
    """Problems in the sheet that keep something from being read or written."""
    problems = outcome.snapshot.problems if outcome.snapshot else ()
    return sum(1 for found in problems if found.severity is Severity.ERROR)
