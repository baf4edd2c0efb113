"""Installations that share a PostgreSQL, each in a schema of its own; and that an SQLite file has none."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from sync.records import Records
from tests.support.databases import change
from tests.support.documents import ROOT
from tests.support.postgresql import PostgreSQL

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
PERIOD = "2026-Q4"


def tables(url: str) -> dict[str, set[str]]:
    """Those of each schema that is not PostgreSQL's own."""
    engine = create_engine(url)
    asked = "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
    with engine.connect() as connection:
        rows = connection.execute(text(asked)).all()
    engine.dispose()
    return {row.schemaname: {each.tablename for each in rows if each.schemaname == row.schemaname} for row in rows}


@pytest.fixture
def url(postgresql: PostgreSQL) -> str:
    return postgresql.new_database()


def test_each_has_all_tables_and_sees_nothing_of_the_others(url: str) -> None:
    with Records.open(url) as alone, Records.open(url, "acme") as acme, Records.open(url, "an-phu") as an_phu:
        acme.decide_period(PERIOD, True, NOON)
        assert [records.closed_by_hand() for records in (alone, acme, an_phu)] == [{}, {PERIOD: True}, {}]
    found = tables(url)
    assert set(found) == {"public", "acme", "an-phu"}
    assert found["public"] == found["acme"] == found["an-phu"]
    with Records.open(url, "acme") as again:
        assert again.closed_by_hand() == {PERIOD: True}


def test_no_table_is_taken_from_where_the_others_have_theirs(url: str) -> None:
    with Records.open(url) as alone:
        alone.decide_period(PERIOD, True, NOON)
    with Records.open(url, "acme") as acme:
        assert acme.closed_by_hand() == {}


def test_a_schema_that_an_admin_has_made_is_used_by_who_may_make_none(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("CREATE ROLE tenant LOGIN"))
        connection.execute(text("CREATE SCHEMA acme AUTHORIZATION tenant"))
    engine.dispose()
    try:
        with Records.open(url.replace("//okr@", "//tenant@"), "acme") as acme:
            assert acme.closed_by_hand() == {}
    finally:
        engine = create_engine(url)
        with engine.begin() as connection:
            connection.execute(text("DROP OWNED BY tenant"))
            connection.execute(text("DROP ROLE tenant"))
        engine.dispose()


def test_a_single_installation_becomes_a_company_as_the_guide_says(url: str) -> None:
    with Records.open(url) as alone:
        alone.decide_period(PERIOD, True, NOON)
    [said] = re.findall(r"```sql\n(.*?)\n```", (ROOT / "docs/scaling.md").read_text(encoding="utf-8"))
    change(url, said)
    with Records.open(url, "acme") as acme:
        assert acme.closed_by_hand() == {PERIOD: True}
    with Records.open(url) as alone:
        assert alone.closed_by_hand() == {}


def test_an_sqlite_file_is_one_installation_whatever_it_is_called(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'okr.db'}"
    with Records.open(url, "acme") as acme:
        acme.decide_period(PERIOD, True, NOON)
    with Records.open(url) as again:
        assert again.closed_by_hand() == {PERIOD: True}
