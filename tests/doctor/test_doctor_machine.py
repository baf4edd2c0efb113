"""What the doctor says of this machine: its state folder, disk, database and worker."""

import os
import re
import sqlite3
import subprocess
import sys

from sync.clock import SystemClock
from sync.config.settings import load_config
from sync.doctor import examine
from sync.passes.locks import worker_lock
from tests.support.commands import DEADLINE, okr_sheets
from tests.support.examined import examined, faults
from tests.support.flat_sheet import FLAT
from tests.support.installation import Installation


def test_a_state_folder_that_cannot_be_written(sales: Installation) -> None:
    (sales.folder / "taken").write_text("a file, no folder")
    put_state(sales, "taken/state")
    found = faults(sales)
    assert "cannot be written: Not a directory" in found["state folder"].seen
    assert "chown" in found["state folder"].remedy


def put_state(installation: Installation, state: str, database: str = "") -> None:
    """A configuration with another state folder, and possibly another database."""
    path = installation.configure(FLAT)
    named = f'database = "{database}"\n' if database else ""
    path.write_text(f'state = "{state}"\n{named}{path.read_text(encoding="utf-8")}', encoding="utf-8")
    installation.config = load_config(path, {})


def test_a_disk_that_is_nearly_full(sales: Installation) -> None:
    found = {each.what: each for each in examine(sales.config, "en", SystemClock(), least_free=10**18)}["disk"]
    assert not found.well
    assert re.search(r"^\d+ MB are free where ", found.seen)
    assert "until at least 1000000000000 MB are free" in found.remedy


def test_a_disk_that_is_full(sales: Installation) -> None:
    """The kernel lets this process write no file beyond a few kilobytes, as a full disk would."""
    put_state(sales, "new-state")
    run = okr_sheets(sales, "doctor", largest_file=4096)
    assert run.returncode == 2
    assert "✗ records" in run.stdout
    assert "The disk is full." in run.stdout
    assert "Traceback" not in run.stderr


def test_a_disk_without_any_room(sales: Installation) -> None:
    """Not a byte may be written."""
    sales.records.close()
    limited = ["sh", "-c", 'ulimit -f 0; exec "$@"', "sh", sys.executable, "-m", "sync", "doctor"]
    environment = {**os.environ, "OKR_SHEETS_CONFIG": str(sales.folder / "config.toml"), "LC_ALL": "C"}
    run = subprocess.run(limited, stdout=subprocess.PIPE, text=True, env=environment, timeout=DEADLINE, check=False)
    assert run.returncode == 2
    assert "✗ state folder" in run.stdout
    assert "→ Make room on the disk" in run.stdout
    assert "chown" not in run.stdout
    assert "disk: " in run.stdout
    assert "✗ records" in run.stdout


def test_a_database_of_a_newer_version(sales: Installation) -> None:
    sales.records.close()
    with sqlite3.connect(sales.folder / "state" / "okr-sheets.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    assert "written by a newer okr-sheets" in faults(sales)["records"].remedy


def test_a_database_that_is_damaged(sales: Installation) -> None:
    (sales.folder / "damaged.db").write_bytes(b"this is no database, but long enough to be taken for one" * 100)
    put_state(sales, "state", f"sqlite:///{sales.folder}/damaged.db")
    assert "okr-sheets rebuild-records" in faults(sales)["records"].remedy


def test_a_database_with_one_damaged_page_that_no_pass_has_met_yet(sales: Installation) -> None:
    sales.sync()
    sales.records.close()
    path = sales.folder / "state" / "okr-sheets.db"
    with sqlite3.connect(path) as database:
        [[page]] = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'score_by_key'")
    database.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)
    assert "okr-sheets rebuild-records" in faults(sales)["records"].remedy


def test_a_database_that_another_program_keeps_locked(sales: Installation) -> None:
    other = sqlite3.connect(sales.folder / "state" / "okr-sheets.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert "Another program holds the database." in faults(sales)["records"].remedy
    other.close()


def test_a_database_that_cannot_be_written(sales: Installation) -> None:
    put_state(sales, "state", f"sqlite:///{sales.folder}/config.toml/okr-sheets.db")
    assert "Check the folder, its permissions" in faults(sales)["records"].remedy


def test_a_running_worker_is_named_by_its_pid(sales: Installation) -> None:
    with worker_lock(sales.config.state):
        found = {each.what: each for each in examined(sales)}["worker"]
    assert found.well
    assert found.seen == f"one is running, pid {os.getpid()}; a second one would not start"
