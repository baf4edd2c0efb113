"""Running the command as a person does: in a process of its own, with a deadline."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sync.local_sheets import LocalSheets
from tests.support.canaries import EAR
from tests.support.installation import Installation
from tests.support.processes import Surroundings, command_line

DEADLINE = 60.0


def okr_sheets(
    installation: Installation, *arguments: str, language: str = "en_US.UTF-8"
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    folder = installation.folder
    environment = {**os.environ, "OKR_SHEETS_CONFIG": str(folder / "config.toml"), "LC_ALL": language}
    with tempfile.TemporaryDirectory() as name:
        printed, errors = Path(name) / "stdout", Path(name) / "stderr"
        process = command_line(arguments, Surroundings(printed, errors, folder, environment))
        process.start()
        process.join(DEADLINE)
        assert process.exitcode is not None, "still running"
        run = subprocess.CompletedProcess(
            [*arguments], process.exitcode, printed.read_text(encoding="utf-8"), errors.read_text(encoding="utf-8")
        )
    EAR.told(run.stdout + run.stderr)
    return run


@contextmanager
def running(installation: Installation, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
    """A command that stays; killed at the end if it is still there."""
    environment = {**os.environ, "OKR_SHEETS_CONFIG": str(installation.folder / "config.toml")}
    process = subprocess.Popen(
        [sys.executable, "-m", "sync", *arguments],
        env=environment,
        cwd=installation.folder,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def until(condition: Any) -> None:
    deadline = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < deadline, "waited for too long"
        time.sleep(0.05)


def edit_current(server: LocalSheets, row: int, value: float) -> None:
    cell = {"userEnteredValue": {"numberValue": value}}
    start = {"sheetId": 0, "rowIndex": row, "columnIndex": 4}
    server.edit("sales", {"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": "userEnteredValue"}})


def database(installation: Installation) -> Path:
    return installation.folder / "state" / "okr-sheets.db"
