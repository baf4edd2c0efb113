"""Requests counted in a real PostgreSQL: machines that sign in as one account have one quota together."""

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import psycopg
import pytest

from sync.domain.failures import Trouble
from sync.google import Quota, SheetsClient, SheetsError
from sync.google.shared_quota import InPostgreSQL
from sync.records.libpq import libpq_address
from tests.support.clocks import ManualClock
from tests.support.postgresql import PostgreSQL

Machine = Callable[..., Quota]


@pytest.fixture
def address(postgresql: PostgreSQL) -> str:
    found = libpq_address(postgresql.new_database())
    assert found is not None
    return found


@pytest.fixture
def machine(address: str) -> Iterator[Machine]:
    """A quota as another machine has it: nothing is shared but the database."""
    opened: list[InPostgreSQL] = []

    def quota(name: str = "account", reads: int = 5, within: Quota | None = None) -> Quota:
        opened.append(InPostgreSQL(address, "quota"))
        return Quota(ManualClock(), reads=reads, name=name, counting=opened[-1], within=within)

    yield quota
    for each in opened:
        each.close()


def test_what_one_machine_sends_the_other_has_no_more(machine: Machine) -> None:
    one, two = machine(), machine()
    assert [one.take("read") for _ in range(3)] == [0, 0, 0]
    assert (one.left("read"), two.left("read")) == (2, 2)
    assert [two.take("read") for _ in range(2)] == [0, 0]
    assert one.take("read") > 0
    assert one.left("write") == 48


def test_however_many_ask_at_once_no_more_are_let_through(machine: Machine) -> None:
    machines = [machine(reads=10) for _ in range(4)]

    def all_it_gets(quota: Quota) -> int:
        got = 0
        while quota.left("read") > 0:
            got += quota.take("read") == 0
        return got

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(all_it_gets, machines)) == 10


def test_accounts_are_counted_apart_and_those_of_a_project_together_too(machine: Machine) -> None:
    one = machine("one", reads=5, within=machine("project", reads=6))
    two = machine("two", reads=5, within=machine("project", reads=6))
    assert [one.take("read") for _ in range(4)] == [0] * 4
    assert (one.left("read"), two.left("read")) == (1, 2)
    assert [two.take("read") for _ in range(2)] == [0, 0]
    assert two.take("read") > 0


def test_the_next_is_due_after_a_share_of_the_minute_whoever_sent_the_last(machine: Machine) -> None:
    one, two = machine(reads=5), machine(reads=5)
    assert two.until_next("read") == 0
    one.take("read")
    assert 0 < two.until_next("read") <= 12


def test_a_clock_of_the_database_that_is_set_back_stands_in_nobodys_way(machine: Machine, address: str) -> None:
    quota = machine(reads=5)
    assert [quota.take("read") for _ in range(5)] == [0] * 5
    table = "ratelimit___" + hashlib.sha256(b"account:read").hexdigest()[:16]
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"UPDATE quota.{table} SET item_timestamp = item_timestamp + interval '1 hour'".encode())
    assert quota.until_next("read") <= 12
    assert quota.left("read") == 5
    assert quota.take("read") == 0


def test_until_the_next_is_due_the_database_is_not_asked_again(machine: Machine, address: str) -> None:
    quota = machine()
    quota.take("read")
    assert quota.until_next("read") > 0
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("DROP SCHEMA quota CASCADE")
    assert quota.until_next("read") > 0
    assert not quota.has_room()


def test_a_database_that_does_not_answer_is_told_as_trouble_with_the_records(machine: Machine, address: str) -> None:
    quota = machine()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("DROP SCHEMA quota CASCADE")
    with pytest.raises(SheetsError) as refused:
        quota.take("read")
    assert refused.value.trouble is Trouble.RECORDS
    with closing(SheetsClient(None, "http://127.0.0.1:9", quota=quota)) as client:
        assert client.quota_left == {}


def test_no_other_clock_stands_in_for_that_of_a_database_that_does_not_answer(address: str) -> None:
    counting = InPostgreSQL(address, "quota")
    counting.close()
    with pytest.raises(SheetsError) as refused, counting.asked():
        counting.milliseconds()
    assert refused.value.trouble is Trouble.RECORDS
