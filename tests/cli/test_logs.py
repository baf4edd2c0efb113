"""The log as a machine reads it: from real processes, whose standard error is a pipe or a terminal."""

import json
import logging
import os
import pty
import subprocess
import sys
from collections.abc import Generator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from sync.cli.logs import JsonFormatter
from sync.cli.outcomes import OutcomeLog
from sync.clock import SystemClock
from sync.domain.failures import Trouble
from sync.domain.memory import PassResult
from sync.google import SheetsError
from sync.local_sheets import Fault
from sync.passes.locks import pass_lock
from sync.passes.outcome import PassOutcome
from sync.passes.run import run_pass
from tests.support.canaries import EAR, MARK
from tests.support.commands import edit_current, okr_sheets
from tests.support.flat_sheet import FLAT, HEADER, key_results
from tests.support.installation import Installation
from tests.support.odd_server import BOOK, OddServer, Reply
from tests.support.workers import a_worker

TAB = "Quý bí mật"
NAMES = (TAB, "Bán tốt hơn", "KR 1", "Kết quả then chốt")
FACTS = ["event", "pass", "spreadsheet", "result", "read_requests", "write_requests", "cells"]
FACTS += ["seconds", "errors", "trouble"]
DOCUMENT = Path(__file__).parents[2] / "docs" / "operating.md"


def mapped(spreadsheet: str) -> str:
    return FLAT.replace('id = "sales"', f'id = "{spreadsheet}"\nevery = "1s"').replace("OKR*", TAB)


@pytest.fixture
def sales(installation: Installation) -> Installation:
    installation.spreadsheet("sales", {TAB: [HEADER, *key_results(2, 5)]})
    installation.configure(mapped("sales"))
    return installation


def log_of_a_worker(installation: Installation, *options: str) -> Generator[dict[str, Any], None, None]:
    """Its lines, each as the JSON object that it must be."""
    with a_worker(installation, options=options) as worker:
        for line in worker.stderr:
            EAR.told(line)
            assert [name for name in NAMES if name in line] == []
            entry: dict[str, Any] = json.loads(line)
            assert {"at", "level", "message"} <= set(entry)
            yield entry


def passes(installation: Installation, count: int, *options: str) -> list[dict[str, Any]]:
    """The lines of the first passes that a worker makes."""
    with closing(log_of_a_worker(installation, *options)) as log:
        found = (entry for entry in log if entry.get("event") == "pass")
        return [next(found) for _ in range(count)]


def facts(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: entry[name] for name in FACTS}


def test_each_pass_is_one_line_with_its_facts(sales: Installation) -> None:
    first, second = passes(sales, 2)
    seconds = first["seconds"]
    assert set(first) == {"at", "level", "message", *FACTS}
    assert facts(first) == {
        "event": "pass",
        "pass": 1,
        "spreadsheet": "sales",
        "result": "ok",
        "read_requests": 1,
        "write_requests": 1,
        "cells": 2,
        "seconds": seconds,
        "errors": 0,
        "trouble": None,
    }
    assert seconds > 0
    assert (second["pass"], second["result"], second["read_requests"], second["cells"]) == (2, "unchanged", 1, 0)
    assert (first["level"], first["message"]) == ("info", "sales: ok; reads: 1, writes: 1, cells: 2")


def test_a_pass_that_failed_tells_its_trouble_and_what_to_do(sales: Installation) -> None:
    sales.configure(mapped("nowhere"))
    (line,) = passes(sales, 1)
    assert facts(line) | {"seconds": 0} == {
        "event": "pass",
        "pass": 1,
        "spreadsheet": "nowhere",
        "result": "failed",
        "read_requests": 1,
        "write_requests": 0,
        "cells": 0,
        "seconds": 0,
        "errors": 0,
        "trouble": "not-found",
    }
    assert line["level"] == "warning"
    assert "Check the id, then share it." in line["message"]


def test_what_google_says_of_a_tab_is_for_check_and_not_for_the_log(sales: Installation) -> None:
    said = {"error": {"code": 400, "message": f"Invalid value at '{TAB}'!A1", "status": "INVALID_ARGUMENT"}}
    sales.server.fault(Fault(kind="error", status=400, method="spreadsheets.get", body=said))
    (line,) = passes(sales, 1)
    assert line["trouble"] == "refused"
    assert "Google refused a request about sales: HTTP 400." in line["message"]
    assert f"Invalid value at '{TAB}'!A1" in okr_sheets(sales, "check").stderr


def test_what_broke_is_one_line_with_its_traceback() -> None:
    try:
        int("x")
    except ValueError:
        found = logging.LogRecord("sync.engine", logging.ERROR, __file__, 1, "%s broke", ("sales",), sys.exc_info())
    line = JsonFormatter().format(found)
    broke = json.loads(line)
    assert "\n" not in line
    assert (broke["level"], broke["message"]) == ("error", "sales broke")
    assert broke["trace"].startswith("Traceback (most recent call last):\n")
    assert "ValueError" in broke["trace"].splitlines()[-1]


def test_a_pass_that_another_machine_makes_is_a_line_for_those_who_want_to_know_everything(
    sales: Installation,
) -> None:
    with pass_lock(sales.folder / "state", "sales", sales.records, SystemClock()):
        (line,) = passes(sales, 1, "--verbose")
    assert (line["pass"], line["result"], line["trouble"]) == (None, "failed", "busy")
    assert (line["read_requests"], line["write_requests"], line["level"]) == (0, 0, "debug")


def levels(outcomes: Sequence[PassOutcome], caplog: pytest.LogCaptureFixture) -> list[str]:
    """The level of each outcome's line."""
    caplog.set_level(logging.DEBUG, "sync.cli.outcomes")
    caplog.clear()
    told = OutcomeLog()
    for outcome in outcomes:
        told.tell(outcome)
    return [record.levelname for record in caplog.records if hasattr(record, "facts")]


@pytest.mark.parametrize(
    ("error", "level"),
    [
        (SheetsError(Trouble.BUSY), "DEBUG"),
        (SheetsError(Trouble.BUSY, "no time was left for a request"), "WARNING"),
        (SheetsError(Trouble.STOPPED), "INFO"),
        *((SheetsError(trouble, "…"), "WARNING") for trouble in Trouble if trouble not in (Trouble.BUSY, "stopped")),
    ],
    ids=str,
)
def test_what_is_as_it_should_be_is_no_warning_and_everything_else_is(
    error: SheetsError, level: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert levels([PassOutcome("sales", PassResult.FAILED, 0, 0, error=error)], caplog) == [level]


def protect(installation: Installation) -> None:
    """Somebody protects the score column, while we are about to write into it."""
    area = {"sheetId": 0, "startColumnIndex": 5, "endColumnIndex": 6}
    protected = {"range": area, "editors": {"users": ["person@local.invalid"]}}
    installation.server.edit("sales", {"addProtectedRange": {"protectedRange": protected}})


@pytest.mark.parametrize("method", ["spreadsheets.get", "spreadsheets.batchUpdate"])
def test_access_that_was_revoked_is_a_warning_at_first_sight(
    sales: Installation, caplog: pytest.LogCaptureFixture, method: str
) -> None:
    sales.server.fault(Fault(kind="error", status=403, method=method))
    assert levels([sales.sync()], caplog) == ["WARNING"]


def test_score_cells_that_are_protected_are_a_warning_when_that_is_first_seen(
    sales: Installation, caplog: pytest.LogCaptureFixture
) -> None:
    good = sales.sync()
    protect(sales)
    edit_current(sales.server, 1, 9)
    outcomes = [good, sales.sync(), sales.sync()]
    assert [outcome.result for outcome in outcomes[1:]] == [PassResult.REFUSED] * 2
    assert levels(outcomes, caplog) == ["INFO", "WARNING", "INFO"]


def test_what_waits_with_its_next_try_is_not_warned_of_again(
    sales: Installation, caplog: pytest.LogCaptureFixture
) -> None:
    sales.server.fault(Fault(kind="error", status=403, method="spreadsheets.batchUpdate"))
    refused = sales.sync()
    sales.later(1)
    waiting = run_pass(sales.config.spreadsheet[0], sales.client, sales.records, sales.clock, patient=True)
    assert (waiting.result, levels([refused, waiting], caplog)) == (PassResult.PARTIAL, ["WARNING", "INFO"])


def test_a_warning_of_a_library_is_one_line_and_names_no_tab(sales: Installation) -> None:
    """Google's answer has a header that urllib3 complains of, with the address of the request."""
    odd = Reply(200, BOOK.body, headers={"X-Odd": "1\r\nno colon"})
    with OddServer() as server:
        server.replies = [odd] * 9
        config = sales.folder / "config.toml"
        config.write_text(f'[google]\nendpoint = "{server.url}"\n{mapped("sales")}', encoding="utf-8")
        with closing(log_of_a_worker(sales)) as log:
            warned = next(entry for entry in log if "Failed to parse headers" in entry["message"])
    assert warned["level"] == "warning"
    assert "/v4/spreadsheets/sales?…" in warned["message"]


def test_the_document_explains_every_fact_and_every_trouble() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    assert [name for name in FACTS[1:] if f"`{name}`" not in text] == []
    assert [trouble for trouble in Trouble if f"| `{trouble}` |" not in text] == []


# What nobody caught


def logged(code: str, *, on_a_terminal: bool = False) -> list[str]:
    """The lines on standard error of a program that sets up our log and then does this."""
    program = f"import threading, warnings, sys\nfrom sync.cli.logs import set_up_logging\nset_up_logging()\n{code}"
    command = [sys.executable, "-c", program]
    if not on_a_terminal:
        return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False).stderr.splitlines()
    ours, theirs = pty.openpty()
    subprocess.run(command, stderr=theirs, timeout=120, check=False)
    os.close(theirs)
    with os.fdopen(ours, "rb", buffering=0) as terminal:
        return terminal.read(65536).decode().splitlines()


UNCAUGHT = {
    "of the program": f"raise ValueError('Bearer {MARK}\\nsecond line')",
    "of a thread": f"def end(): raise ValueError('Bearer {MARK}')\nthreading.Thread(target=end).start()",
}


@pytest.mark.parametrize("code", UNCAUGHT.values(), ids=UNCAUGHT)
def test_an_error_that_nobody_caught_is_one_line_without_its_secrets(code: str) -> None:
    (line,) = logged(code)
    entry = json.loads(line)
    assert entry["level"] == "critical"
    assert "ValueError: [secret]" in entry["trace"]
    assert MARK not in line


def test_a_warning_of_python_is_a_line_too() -> None:
    (line,) = logged("warnings.warn('two\\nlines', stacklevel=1)")
    entry = json.loads(line)
    assert entry["level"] == "warning"
    assert "UserWarning: two\nlines" in entry["message"]


def test_a_terminal_gets_words() -> None:
    (line,) = logged("import logging; logging.getLogger('sync').info('made a pass')", on_a_terminal=True)
    assert line.endswith("INFO made a pass")


def test_a_hook_of_somebody_elses_stays() -> None:
    program = (
        "import sys, threading\n"
        "ours = sys.excepthook = threading.excepthook = lambda *_: None\n"
        "from sync.cli.logs import set_up_logging\n"
        "set_up_logging()\n"
        "print(sys.excepthook is ours, threading.excepthook is ours)\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=True)
    assert run.stdout == "True True\n"
