"""Databases of earlier versions, made by the code of their time (tests/records/old), under the code of today."""

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

from sync.domain.memory import PassResult
from sync.records import Records, RecordsError
from sync.records.database import NEWEST
from tests.support.commands import DEADLINE
from tests.support.installation import Installation
from tests.support.postgresql import PostgreSQL
from tests.support.processes import Point, Surroundings, command_line

OLD = Path(__file__).parent / "old"
MIGRATIONS = OLD.parents[2] / "sync/records/migrations"
SCHEMAS = sorted(path.stem for path in OLD.glob("*.sql"))
EARLIER = [schema for schema in SCHEMAS if schema < NEWEST]

TABLE: list[list[object]] = [
    ["Mục tiêu", "Người phụ trách", "Kết quả then chốt", "Ban đầu", "Chỉ tiêu", "Hiện tại", "Điểm"],
    ["Khách hàng hài lòng", "An", "NPS từ 30 lên 50", 30, 50, 45, 0.75],
    ["", "", "Trả lời trong 20 phút", "", "≤ 20 phút", "28 phút", 0],
    ["Bán hàng tăng", "Bình", "Doanh thu lên 100 tỷ", 0, 100, 25, 0.25],
]
CONFIGURATION = """
[[spreadsheet]]
id = "okr"
[[spreadsheet.tab]]
title = "OKR Q4"
[spreadsheet.tab.objective]
text = "Mục tiêu"
owner = "Người phụ trách"
[spreadsheet.tab.key_result]
text = "Kết quả then chốt"
start = "Ban đầu"
target = "Chỉ tiêu"
current = "Hiện tại"
score = "Điểm"
"""


def made(schema: str, path: Path) -> Path:
    """The database as it was left by the version that had this schema."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as database:
        database.executescript((OLD / f"{schema}.sql").read_text(encoding="utf-8"))
    return path


def asked(path: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as database:
        return database.execute(statement).fetchall()


def history(path: Path) -> list[tuple[object, ...]]:
    return asked(path, "SELECT spreadsheet, key, at, value FROM score ORDER BY id")


def shape(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Names, types and duties of the columns of each table."""
    tables = [str(name) for (name,) in asked(path, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {
        table: sorted(asked(path, f"SELECT name, type, \"notnull\", pk FROM pragma_table_info('{table}')"))
        for table in tables
    }


def opened(path: Path) -> None:
    Records.open(f"sqlite:///{path}").close()


@pytest.fixture
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    """An installation that was left at a schema, with the sheet as it was then."""
    with Installation(tmp_path) as installation:
        installation.records.close()
        path = tmp_path / "state" / "okr-sheets.db"
        for file in path.parent.iterdir():
            file.unlink()
        made(request.param, path)
        installation.records = Records.open(f"sqlite:///{path}")
        installation.spreadsheet("okr", {"OKR Q4": TABLE})
        installation.configure(CONFIGURATION)
        yield installation


def test_there_is_a_database_of_each_earlier_schema() -> None:
    assert {path.name[:4] for path in (MIGRATIONS / "versions").glob("0*.py")} - {NEWEST} <= {*SCHEMAS}


@pytest.mark.parametrize("schema", SCHEMAS)
def test_an_old_database_becomes_one_of_today_and_loses_nothing(schema: str, tmp_path: Path) -> None:
    path, new = made(schema, tmp_path / "okr-sheets.db"), tmp_path / "new.db"
    before = history(path)
    assert len(before) == 7
    opened(path)
    opened(new)
    assert shape(path) == shape(new)
    assert history(path) == before
    assert asked(path, "SELECT version_num FROM alembic_version") == [(NEWEST,)]
    with Records.open(f"sqlite:///{path}") as records:
        (found,) = records.snapshots()
    assert len(found.key_results) == 3


@pytest.mark.parametrize("old", SCHEMAS, indirect=True)
def test_a_score_that_had_changed_was_heard_of_then_and_nothing_else_was(old: Installation) -> None:
    changed = {
        str(key) for key, count in asked(_file(old), "SELECT key, count(*) FROM score GROUP BY key") if count == 2
    }
    (nps,) = {found.key for found in old.records.snapshots()[0].key_results} & changed
    [(at,)] = asked(_file(old), f"SELECT max(at) FROM score WHERE key = '{nps}'")
    expected = {nps: datetime.fromisoformat(str(at)).replace(tzinfo=UTC)}
    assert old.records.newest_changes() == expected
    old.sync()
    assert old.records.newest_changes() == expected


def _file(installation: Installation) -> Path:
    return installation.folder / "state" / "okr-sheets.db"


@pytest.mark.parametrize("old", SCHEMAS, indirect=True)
def test_the_next_pass_goes_on_where_the_old_version_stopped(old: Installation) -> None:
    """No tab waits for `--accept`: the scores are known to be ours."""
    assert old.sync().result in (PassResult.OK, PassResult.UNCHANGED)
    old.server.edit(
        "okr",
        {
            "updateCells": {
                "start": {"sheetId": 0, "rowIndex": 3, "columnIndex": 5},
                "rows": [{"values": [{"userEnteredValue": {"numberValue": 50}}]}],
                "fields": "userEnteredValue",
            }
        },
    )
    assert old.sync().result is PassResult.OK
    assert old.cells("okr", "OKR Q4")["G4"] == 0.5


@pytest.mark.parametrize("schema", EARLIER)
def test_a_copy_of_the_old_database_is_kept(schema: str, tmp_path: Path) -> None:
    path = made(schema, tmp_path / "okr-sheets.db")
    path.chmod(0o600)
    before = shape(path), history(path)
    opened(path)
    copy = tmp_path / f"okr-sheets.db.schema-{schema}"
    assert (shape(copy), history(copy)) == before
    assert copy.stat().st_mode & 0o777 == 0o600


def test_a_database_that_needs_no_upgrade_is_not_copied(tmp_path: Path) -> None:
    for _ in range(2):
        opened(tmp_path / "okr-sheets.db")
    assert list(tmp_path.glob("*schema*")) == []


STEPS: Sequence[tuple[str, Point]] = [
    *(("0001", Point("call", "alembic.ddl.impl", "DefaultImpl._exec", time)) for time in (1, 2, 3, 4, 6, 8, 9, 10)),
    *(("0003", Point("call", "alembic.ddl.impl", "DefaultImpl._exec", time)) for time in (1, 2, 3, 4)),
    ("0001", Point("call", "sync.records.database", "_be_the_one_who_migrates")),
    ("0001", Point("return", "sync.records.migrating", "migrate")),
]


@pytest.mark.parametrize(("schema", "point"), STEPS, ids=lambda value: str(getattr(value, "time", value)))
def test_a_kill_in_the_middle_loses_nothing(schema: str, point: Point, tmp_path: Path) -> None:
    path = made(schema, tmp_path / "state" / "okr-sheets.db")
    before = history(path)
    (tmp_path / "config.toml").write_text(
        '[google]\nendpoint = "http://127.0.0.1:9"\n' + CONFIGURATION, encoding="utf-8"
    )
    said = tmp_path / "said"
    process = command_line(["sync", "--dry-run"], Surroundings(said, said, tmp_path), point)
    process.start()
    process.join(DEADLINE)
    assert process.exitcode == -9, said.read_text()
    assert asked(path, "SELECT version_num FROM alembic_version") == [(schema,)]
    opened(path)
    assert history(path) == before
    assert asked(path, "SELECT version_num FROM alembic_version") == [(NEWEST,)]


def test_a_disk_without_room_for_the_copy_leaves_the_old_database_as_it_is(tmp_path: Path) -> None:
    path = made("0001", tmp_path / "okr-sheets.db")
    before = shape(path)
    (tmp_path / "okr-sheets.db.schema-0001.new").mkdir()
    with pytest.raises(RecordsError):
        opened(path)
    assert shape(path) == before


def test_a_backup_that_is_put_back_is_upgraded_again(tmp_path: Path) -> None:
    path = made("0001", tmp_path / "okr-sheets.db")
    before = history(path)
    opened(path)
    for part in ("-wal", "-shm"):
        Path(f"{path}{part}").unlink(missing_ok=True)
    shutil.copyfile(tmp_path / "okr-sheets.db.schema-0001", path)
    opened(path)
    assert history(path) == before


def left_at(schema: str, url: str) -> None:
    """An empty PostgreSQL database gets the tables of this schema, and the scores that the version of then recorded."""
    engine = create_engine(url)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, schema)
        with closing(sqlite3.connect(":memory:")) as old:
            old.executescript((OLD / f"{schema}.sql").read_text(encoding="utf-8"))
            for row in old.execute("SELECT id, spreadsheet, key, at, value FROM score"):
                values = dict(zip(("id", "spreadsheet", "key", "at", "value"), row, strict=True))
                statement = "INSERT INTO score VALUES (:id, :spreadsheet, :key, CAST(:at AS timestamp), :value)"
                connection.execute(text(statement), values)
    engine.dispose()


@pytest.mark.parametrize("schema", EARLIER)
def test_a_postgresql_database_is_upgraded_as_well(schema: str, postgresql: PostgreSQL) -> None:
    url = postgresql.new_database()
    left_at(schema, url)
    Records.open(url).close()
    engine = create_engine(url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM score")).scalar() == 7
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == NEWEST
    engine.dispose()
