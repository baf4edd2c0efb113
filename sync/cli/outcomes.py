"""The log line of a pass: what it came to and cost. No cell text, and no titles of tabs."""

import logging

from sync.cli.terminal_language import terminal_language
from sync.doctor.remedies import remedy
from sync.domain.catalogue import Severity
from sync.domain.failures import Trouble
from sync.google import SheetsError
from sync.passes.outcome import PassOutcome

log = logging.getLogger(__name__)


# What a sheet's problems are called where Google does not let us write a tab.
_REFUSED_WRITES = {"write-refused", "tab-protected"}


class OutcomeLog:
    """The log of the passes of one worker: one line for each, with its facts for machines; among several companies
    the name of its own is one of these.
    """

    def __init__(self, company: str = "") -> None:
        self._whose = {"company": company} if company else {}
        # Spreadsheets with tabs that we may not write, and have said so.
        self._refused: set[str] = set()

    def tell(self, outcome: PassOutcome) -> None:
        facts = {
            "event": "pass",
            **self._whose,
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
        level = logging.WARNING if self._is_newly_refused(outcome) else logging.INFO
        if outcome.error is None:
            told = (outcome.spreadsheet, outcome.result, outcome.reads, outcome.write_requests, len(outcome.writes))
            log.log(level, "%s: %s; reads: %d, writes: %d, cells: %d", *told, extra={"facts": facts})
        else:
            said = remedy(_without_names(outcome.error), outcome.spreadsheet, "", terminal_language())
            log.log(_level(outcome.error), "%s: %s", outcome.spreadsheet, said, extra={"facts": facts})

    def _is_newly_refused(self, outcome: PassOutcome) -> bool:
        """Whether this pass is the first to find that we may not write a tab; those that wait for it say no more."""
        if outcome.snapshot is None:
            return False
        known = outcome.spreadsheet in self._refused
        refused = any(found.code in _REFUSED_WRITES for found in outcome.snapshot.problems)
        (self._refused.add if refused else self._refused.discard)(outcome.spreadsheet)
        return refused and not known


def _level(error: SheetsError) -> int:
    """What an operator should see. That machines which share the work come upon each other is as it should be."""
    if error.trouble is Trouble.BUSY and not error.detail:
        return logging.DEBUG
    return logging.INFO if error.trouble is Trouble.STOPPED else logging.WARNING


def _without_names(error: SheetsError) -> SheetsError:
    """What Google says of a request may name tabs. `okr-sheets check` shows it."""
    if not error.status or error.detail == f"HTTP {error.status}":
        return error
    return SheetsError(error.trouble, status=error.status)


def _errors(outcome: PassOutcome) -> int:
    """Problems in the sheet that keep something from being read or written."""
    problems = outcome.snapshot.problems if outcome.snapshot else ()
    return sum(1 for found in problems if found.severity is Severity.ERROR)
