"""Records that are lost, or break in the middle, as the commands tell of them."""

import json
import sqlite3
from contextlib import closing

import pytest

from sync.local_sheets import Fault, LocalSheets
from tests.support.commands import database, okr_sheets, running, until
from tests.support.flat_sheet import FLAT, HEADER, insert_row, key_results
from tests.support.installation import Installation


def test_a_corrupt_database_is_told_with_the_way_out_and_rebuilt_from_the_sheets(sales: Installation) -> None:
    okr_sheets(sales, "sync")
    before = sales.server.cells("sales")
    sales.records.close()
    database(sales).write_text("this is a letter, not a database " * 200)
    refused = okr_sheets(sales, "sync")
    assert refused.returncode == 2
    assert "okr-sheets rebuild-records" in refused.stderr
    rebuilt = okr_sheets(sales, "rebuild-records")
    assert rebuilt.returncode == 0, rebuilt.stderr
    assert sales.server.cells("sales") == before
    assert json.loads(okr_sheets(sales, "sync", "--json").stdout)["spreadsheets"][0]["result"] == "unchanged"
    [kept] = [path for path in database(sales).parent.glob("okr-sheets.db.2*") if path.suffix not in ("-wal", "-shm")]
    assert kept.read_text().startswith("this is a letter")


def test_records_are_not_rebuilt_while_a_worker_uses_them(sales: Installation) -> None:
    with running(sales, "worker") as process:
        until(lambda: (sales.folder / "state" / "worker.pid").exists())
        refused = okr_sheets(sales, "rebuild-records")
        assert refused.returncode == 2
        assert str(process.pid) in refused.stderr


def test_records_that_know_of_a_write_under_way_are_not_thrown_away(sales: Installation) -> None:
    sales.server.before("spreadsheets.batchUpdate", insert_row)
    sales.server.fault(Fault(kind="reset", applied="first", method="spreadsheets.batchUpdate"))
    sales.server.fault(Fault(kind="error", status=403, method="spreadsheets.get", skip=1))
    okr_sheets(sales, "sync")
    sales.server.clear_faults()
    refused = okr_sheets(sales, "rebuild-records")
    assert (refused.returncode, "okr-sheets sync" in refused.stderr) == (2, True)
    okr_sheets(sales, "sync")
    sales.records.close()
    assert okr_sheets(sales, "rebuild-records").returncode == 0


def test_a_database_that_breaks_in_the_middle_fails_its_pass_and_the_others_are_told(sales: Installation) -> None:
    sales.spreadsheet("people", {"OKR": [HEADER, *key_results(3)]})
    sales.configure(FLAT + FLAT.replace('"sales"', '"people"'))

    def damage(_: LocalSheets) -> None:
        with closing(sqlite3.connect(database(sales), isolation_level=None)) as connection:
            connection.execute("UPDATE journal SET at = 'noon'")

    sales.server.before("spreadsheets.batchUpdate", damage)
    run = okr_sheets(sales, "sync", "--json")
    told = [(found["id"], found["result"], found["write_requests"]) for found in json.loads(run.stdout)["spreadsheets"]]
    assert told == [("sales", "failed", 1), ("people", "ok", 1)]
    assert (run.returncode, run.stderr.count("okr-sheets rebuild-records")) == (2, 1)


@pytest.mark.parametrize(("command", "told_on_the_page"), [("sync", "internal"), ("check", "")])
def test_a_pass_that_breaks_in_a_way_that_nobody_foresaw_fails_alone(
    sales: Installation, command: str, told_on_the_page: str
) -> None:
    sales.spreadsheet("people", {"OKR": [HEADER, *key_results(3)]})
    sales.configure(FLAT + FLAT.replace('"sales"', '"people"'))
    okr_sheets(sales, "sync")
    # No number of rows that any version kept.
    with closing(sqlite3.connect(database(sales), isolation_level=None)) as connection:
        connection.execute("""UPDATE spreadsheet SET looked_at = NULL, tabs = '[[0, "OKR", "OKR", "many"]]'
                              WHERE id = 'sales'""")
    run = okr_sheets(sales, command, "--json")
    told = [(found["id"], found["result"]) for found in json.loads(run.stdout)["spreadsheets"]]
    assert told[0] == ("sales", "failed")
    assert told[1][1] in ("ok", "unchanged")
    assert run.returncode == 2
    logged, said = run.stderr.splitlines()
    assert "TypeError" in json.loads(logged)["trace"]
    assert said.startswith("okr-sheets tripped over sales.")
    assert sales.records.last_passes()["sales"].message == told_on_the_page
