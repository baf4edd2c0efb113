"""Running the command as a person does: in a process of its own, with a deadline."""

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sync.local_sheets import LocalSheets
from tests.support.canaries import EAR
from tests.support.installation import Installation
from tests.support.processes import Running, Surroundings, command_line

DEADLINE = 60.0


def okr_sheets(
    installation: Installation,
    *arguments: str,
    language: str = "en_US.UTF-8",
    typed: str = "",
    largest_file: int | None = None,
) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end."""
    environment = {**_environment(installation), "LC_ALL": language}
    return completed(arguments, installation.folder, environment, typed, largest_file)


def completed(
    arguments: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    typed: str = "",
    largest_file: int | None = None,
) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end, with this environment and no other."""
    with tempfile.TemporaryDirectory() as name:
        printed, errors, answers = (Path(name) / file for file in ("stdout", "stderr", "stdin"))
        answers.write_text(typed, encoding="utf-8")
        surroundings = Surroundings(printed, errors, folder, environment, answers, largest_file)
        process = command_line(arguments, surroundings)
        process.start()
        process.join(DEADLINE)
        assert process.exitcode is not None, "still running"
        run = subprocess.CompletedProcess(
            [*arguments], process.exitcode, printed.read_text(encoding="utf-8"), errors.read_text(encoding="utf-8")
        )
    EAR.told(run.stdout + run.stderr)
    return run


@contextmanager
def running(installation: Installation, *arguments: str) -> Iterator[Running]:
    """A command that stays; killed at the end if it is still there."""
    with closing(Running(arguments, installation.folder, _environment(installation))) as process:
        yield process


def _environment(installation: Installation) -> dict[str, str]:
    return {**os.environ, "OKR_SHEETS_CONFIG": str(installation.folder / "config.toml")}


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
