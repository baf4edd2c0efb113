"""`jobs`: what waits, runs and failed on the database that several machines share; nothing of another company."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.engine.jobs.queue import JobQueue, make_schema, team_name
from sync.engine.planner import Order
from sync.local_sheets import Fault
from sync.records.libpq import libpq_address
from tests.support.commands import okr_sheets
from tests.support.flat_sheet import FLAT, HEADER, key_results
from tests.support.installation import Installation
from tests.support.postgresql import PostgreSQL


@pytest.fixture
def shared(tmp_path: Path, postgresql: PostgreSQL) -> Iterator[Installation]:
    with Installation(tmp_path, database=postgresql.new_database()) as installation:
        installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(2)]})
        installation.configure(FLAT)
        yield installation


def defer(shared: Installation, company: str, spreadsheet: str) -> None:
    address = libpq_address(shared.config.database_url)
    assert address is not None
    make_schema(address)
    queue = JobQueue(address)
    queue.defer(team_name(company, ["sales"]), Order(spreadsheet, "", patient=False, expecting=False))
    queue.close()


def test_nothing_to_tell_is_said(shared: Installation) -> None:
    run = okr_sheets(shared, "jobs")
    assert (run.returncode, run.stdout) == (0, "Nothing waits, nothing runs, and no pass failed.\n")


def test_what_waits_and_what_failed_is_told_and_nothing_of_another_company(shared: Installation) -> None:
    shared.server.fault(Fault(kind="error", status=403, method="spreadsheets.get"))
    shared.sync()
    defer(shared, "", "sales")
    defer(shared, "globex", "secret")
    run = okr_sheets(shared, "jobs")
    assert run.returncode == 0
    waits, failed = run.stdout.splitlines()
    assert waits == "sales: waits"
    assert failed.startswith("sales: the last pass failed at 2026-11-21 08:00 UTC: permission")


def test_scripts_are_given_json(shared: Installation) -> None:
    defer(shared, "", "sales")
    run = okr_sheets(shared, "jobs", "--json")
    assert run.returncode == 0
    assert json.loads(run.stdout) == [{"what": "todo", "spreadsheet": "sales", "worker": None, "at": None, "why": ""}]


def test_with_sqlite_it_is_said_that_there_are_none(installation: Installation) -> None:
    installation.configure(FLAT)
    run = okr_sheets(installation, "jobs")
    assert run.returncode == 2
    assert "PostgreSQL" in run.stderr
