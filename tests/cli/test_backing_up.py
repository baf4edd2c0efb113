"""`backup` while everything runs, and what a database that comes back later does to the sheets."""

import re
import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.domain.memory import PassResult
from sync.passes.outcome import PassOutcome
from sync.records import Records
from tests.support.commands import database, okr_sheets, running
from tests.support.flat_sheet import (
    FLAT,
    HEADER,
    change_current,
    delete_row,
    insert_row_in_the_middle,
    key_results,
    scores,
)
from tests.support.installation import Installation
from tests.support.lost_answers import WRITE, lose_the_answer
from tests.support.postgresql import binaries


@pytest.fixture
def sales(tmp_path: Path, database_url: str) -> Iterator[Installation]:
    """Three key results, and below them a person's note and number in the score column."""
    rows: list[list[object]] = [HEADER, *key_results(2, 5, 8), ["", "", "", "", "", 77]]
    with Installation(tmp_path, database=database_url) as installation:
        installation.spreadsheet("sales", {"OKR": rows})
        installation.configure(FLAT)
        yield installation


def is_postgresql(sales: Installation) -> bool:
    return sales.config.database_url.startswith("postgresql")


def back_up(sales: Installation) -> Path:
    """By the command; on PostgreSQL by the one that it names."""
    kept, run = sales.folder / "kept.db", okr_sheets(sales, "backup", "kept.db")
    if is_postgresql(sales):
        assert run.returncode == 2
        told = re.search(r"pg_dump (.+)", run.stderr)
        assert told
        postgresql_program("pg_dump", *told[1].split(), "--file", str(kept), "--dbname", plain_address(sales))
    else:
        assert run.returncode == 0, run.stderr
    return kept


def restore(sales: Installation, kept: Path) -> None:
    """As docs/server.md says."""
    sales.records.close()
    if is_postgresql(sales):
        postgresql_program("pg_restore", "--clean", "--if-exists", "--dbname", plain_address(sales), str(kept))
    else:
        for beside in ("-wal", "-shm"):
            Path(f"{database(sales)}{beside}").unlink(missing_ok=True)
        shutil.copyfile(kept, database(sales))
    sales.records = Records.open(sales.config.database_url)


def postgresql_program(name: str, *arguments: str) -> None:
    folder = binaries()
    assert folder
    subprocess.run([folder / name, *arguments], check=True)


def plain_address(sales: Installation) -> str:
    return sales.config.database_url.replace("+psycopg", "")


def told(outcome: PassOutcome) -> list[tuple[str, str]]:
    """The code and the cell of each problem."""
    assert outcome.snapshot is not None
    return [(found.code, found.cell.a1 if found.cell else "") for found in outcome.snapshot.problems]


# What a restored database does


def test_a_backup_of_the_moment_of_a_write_does_not_take_what_people_type_later_for_what_we_wrote(
    sales: Installation,
) -> None:
    sales.server.before(WRITE, insert_row_in_the_middle)
    lose_the_answer(sales.server)
    assert sales.sync().result is PassResult.FAILED
    kept = back_up(sales)
    sales.server.clear_faults()
    assert sales.sync().result is PassResult.OK
    # In the weeks after that a row went, and somebody put a number beside the note: by chance one of ours.
    delete_row(sales.server)
    change_current(sales.server, "sales", 0, 4, 0.2, column=5)
    restore(sales, kept)
    sales.sync()
    assert sales.cells("sales", "OKR")["F5"] == 0.2
    assert scores(sales) == {"KR 2": 0.5, "KR 3": 0.8}


def test_what_we_wrote_since_the_backup_is_known_for_ours_and_goes_on_as_before(sales: Installation) -> None:
    sales.sync()
    kept = back_up(sales)
    change_current(sales.server, "sales", 0, 1, 9)
    sales.sync()
    change_current(sales.server, "sales", 0, 2, 6)
    restore(sales, kept)
    assert sales.sync().result is PassResult.OK
    assert scores(sales) == {"KR 1": 0.9, "KR 2": 0.6, "KR 3": 0.8}
    # It may be taken back, too: that the cell shows our number is noted, whoever wrote it.
    change_current(sales.server, "sales", 0, 1, None)
    sales.sync()
    assert scores(sales) == {"KR 1": None, "KR 2": 0.6, "KR 3": 0.8}


def test_our_number_is_told_where_its_score_went_since_the_backup_and_nobody_knows_any_more_that_it_is_ours(
    sales: Installation,
) -> None:
    sales.sync()
    kept = back_up(sales)
    change_current(sales.server, "sales", 0, 1, 9)
    sales.sync()
    change_current(sales.server, "sales", 0, 1, None)
    restore(sales, kept)
    assert told(sales.sync()) == [("score-left", "F2")]
    assert scores(sales) == {"KR 1": 0.9, "KR 2": 0.5, "KR 3": 0.8}
    change_current(sales.server, "sales", 0, 1, None, column=5)
    assert told(sales.sync()) == []


def test_of_a_key_result_that_came_since_the_backup_the_score_can_be_taken_back(sales: Installation) -> None:
    sales.sync()
    kept = back_up(sales)
    values = [
        {"userEnteredValue": {"stringValue": value} if isinstance(value, str) else {"numberValue": value}}
        for value in ("Bán tốt hơn", "KR 4", 0, 10, 4)
    ]
    place = {"sheetId": 0, "rowIndex": 6, "columnIndex": 0}
    row = {"start": place, "rows": [{"values": values}], "fields": "userEnteredValue"}
    sales.server.edit("sales", {"updateCells": row})
    sales.sync()
    assert scores(sales)["KR 4"] == 0.4
    restore(sales, kept)
    sales.sync()
    change_current(sales.server, "sales", 0, 6, None)
    sales.sync()
    assert scores(sales)["KR 4"] is None


def test_a_tab_that_came_since_the_backup_waits_where_its_scores_changed_meanwhile(sales: Installation) -> None:
    kept = back_up(sales)
    sales.sync()
    change_current(sales.server, "sales", 0, 1, 9)
    restore(sales, kept)
    assert told(sales.sync()) == [("first-contact", "F2")]
    assert scores(sales) == {"KR 1": 0.2, "KR 2": 0.5, "KR 3": 0.8}
    sales.sync(accept=True)
    assert scores(sales) == {"KR 1": 0.9, "KR 2": 0.5, "KR 3": 0.8}


# The command


def test_a_backup_is_made_under_a_running_worker_and_is_whole(installation: Installation) -> None:
    installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(2, 5)]})
    installation.configure(FLAT)
    installation.records.close()
    with running(installation, "worker"):
        assert installation.server.wait_for_requests(lambda come: any(request.kind == "write" for request in come))
        kept = back_up(installation)
    assert stat.S_IMODE(kept.stat().st_mode) == stat.S_IMODE(database(installation).stat().st_mode)
    with Records.open(f"sqlite:///{kept}") as records:
        assert records.pending_writes() == {}


def test_what_cannot_be_copied_is_told_and_leaves_the_backup_of_before(installation: Installation) -> None:
    installation.configure(FLAT)
    installation.records.close()
    kept = back_up(installation)
    before = kept.read_bytes()
    database(installation).write_text("this is a letter, not a database " * 200)
    damaged = okr_sheets(installation, "backup", "kept.db")
    itself = okr_sheets(installation, "backup", "state/okr-sheets.db")
    database(installation).unlink()
    nowhere = okr_sheets(installation, "backup", "kept.db")
    assert [run.returncode for run in (damaged, itself, nowhere)] == [2, 2, 2]
    assert "not a database" in damaged.stderr
    assert "state/okr-sheets.db is the database itself" in itself.stderr
    assert "There is no database" in nowhere.stderr
    assert kept.read_bytes() == before
    assert [path.name for path in installation.folder.glob("kept*")] == ["kept.db"]


def test_a_folder_that_takes_no_file_is_told(installation: Installation) -> None:
    installation.configure(FLAT)
    run = okr_sheets(installation, "backup", "nowhere/kept.db")
    assert (run.returncode, "nowhere/kept.db: No such file" in run.stderr) == (2, True)
