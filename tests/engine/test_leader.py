"""Who decides: one at a time, and another as soon as the one is not heard of."""

import psycopg
import pytest

from sync.engine.jobs.leader import SIGN, SILENCE, NotLeadingError, leadership
from sync.records.libpq import libpq_address
from tests.support.commands import until
from tests.support.postgresql import PostgreSQL


@pytest.fixture
def address(postgresql: PostgreSQL) -> str:
    found = libpq_address(postgresql.new_database())
    assert found is not None
    return found


def test_one_leads_and_another_does_when_it_ends(address: str) -> None:
    with leadership(address, "acme") as first:
        with leadership(address, "acme") as second:
            assert first is not None
            assert second is None
        with leadership(address, "globex") as other:
            assert other is not None
    with leadership(address, "acme") as after:
        assert after is not None


def test_the_database_ends_one_that_says_nothing_and_it_learns_that(address: str) -> None:
    with leadership(address, "acme", silence=1) as hanging, psycopg.connect(address, autocommit=True) as database:
        assert hanging is not None
        until(lambda: not database.execute("SELECT pid FROM pg_locks WHERE locktype = 'advisory'").fetchall())
        with pytest.raises(NotLeadingError):
            hanging.confirm()


def test_it_is_heard_of_several_times_before_it_counts_as_silent() -> None:
    assert SILENCE > 3 * SIGN
