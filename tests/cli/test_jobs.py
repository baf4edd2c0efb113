"""`jobs`: what waits, runs and failed on the database that several machines share; nothing of another company."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.domain.failures import Trouble
from sync.domain.memory import PassRecord, PassResult
from sync.engine.jobs.queue import JobQueue, make_schema, team_name
from sync.engine.planner import Order
from sync.local_sheets import Fault
from sync.records.libpq import libpq_address
from tests.support.commands import okr_sheets
from tests.support.flat_sheet import FLAT, HEADER, every, key_results
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
    *waits, failed, name = run.stdout.splitlines()
    assert waits == ["1 waiting:", "    sales"]
    assert failed.startswith(
        "1 failed (permission), the last of them at 2026-11-21 08:00 UTC. The spreadsheet is not shared with okr-sheets"
    )
    assert name == "    sales"


def test_of_many_that_failed_alike_the_first_are_named_under_one_heading(shared: Installation) -> None:
    names = [f"team-{number:02}" for number in range(13)]
    shared.configure("".join(every("5m", name) for name in names))
    at = shared.clock.now()
    for name in names:
        message = Trouble.NETWORK if name == "team-12" else Trouble.NOT_FOUND
        failed = PassRecord(spreadsheet=name, started_at=at, finished_at=at, result=PassResult.FAILED, message=message)
        shared.records.record(failed)
    told = okr_sheets(shared, "jobs", language="vi_VN.UTF-8").stdout.splitlines()
    assert told[0].startswith("12 bảng tính thất bại (not-found), gần nhất lúc 2026-11-21 08:00 UTC. Bảng tính")
    assert told[1:11] == [f"    {name}" for name in names[:10]]
    assert told[11] == "    … và 2 bảng tính nữa; --json nêu đủ"
    assert told[12].startswith("1 bảng tính thất bại (network)")
    assert len(json.loads(okr_sheets(shared, "jobs", "--json").stdout)) == len(names)


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
