"""The jobs in the database: where they stand, deferring one, and what became of it.

Their schema is named for the shape that Procrastinate gives its tables, because nothing in it need outlive an upgrade:
whoever leads defers anew what is due.
"""

import hashlib
from collections.abc import Container, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import psycopg
from procrastinate import App, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Job, Status
from procrastinate.schema import SchemaManager
from psycopg import sql

from sync.domain.redaction import redacted
from sync.engine.planner import Order

TASK = "pass"
_UNDER_WAY = (Status.TODO, Status.DOING)
# Seconds that a free connection is waited for; and after which one that cannot be made is tried anew, not ever more
# rarely.
PATIENCE = 10.0
# How many of those that came to nothing are shown; and after how many hours they are forgotten.
_FAILED_SHOWN, KEPT_HOURS = 100, 24


def schema() -> str:
    """The schema that the jobs stand in."""
    return f"okr_sheets_jobs_{hashlib.sha256(SchemaManager.get_schema().encode()).hexdigest()[:8]}"


def connection_options() -> dict[str, Any]:
    """What a connection needs to be told to find them."""
    return {"options": f"-c search_path={schema()}"}


def pool_options(connections: int) -> dict[str, Any]:
    """Of a connector with so many of them at most."""
    return {
        "kwargs": connection_options(),
        "min_size": 1,
        "max_size": connections,
        "timeout": PATIENCE,
        "reconnect_timeout": PATIENCE,
    }


def team_name(company: str, spreadsheets: Iterable[str]) -> str:
    """Of all workers that look after the same spreadsheets of a company, on however many machines."""
    listed = "\n".join(sorted(spreadsheets))
    return f"{company}#{hashlib.sha256(listed.encode()).hexdigest()[:12]}"


def queue_name(team: str, account: str) -> str:
    """Jobs of one account of one team; only its workers take them."""
    return f"{team}/{account}"


@dataclass(frozen=True, slots=True)
class PassJob:
    """A job as people are told of it: its number, team and spreadsheet, and the number of the worker that has it."""

    number: int
    team: str
    spreadsheet: str
    status: str
    worker: int | None

    @property
    def company(self) -> str:
        return company_of(self.team)


class JobQueue:
    """For one thread at a time. Every method may raise ConnectorException."""

    def __init__(self, address: str) -> None:
        self._app = App(connector=SyncPsycopgConnector(conninfo=address, **pool_options(1)))
        self._app.open()

    def defer(self, team: str, order: Order) -> int | None:
        """Have the pass made by whoever is free. Gives the job's number; None where one over the spreadsheet waits."""
        lock = f"{company_of(team)}/{order.spreadsheet}"
        to_do = self._app.configure_task(TASK, queue=queue_name(team, order.account), lock=lock, queueing_lock=lock)
        try:
            return to_do.defer(team=team, **asdict(order))
        except AlreadyEnqueued:
            return None

    def drop_others(self, team: str, spreadsheets: Container[str]) -> None:
        """What waits for these spreadsheets and was deferred for another team of the company, as before a change of the
        configuration: nobody may be left to make it, and it would stand in the way."""
        for job in self._listed(Status.TODO):
            if job.team != team and job.company == company_of(team) and job.spreadsheet in spreadsheets:
                self._app.job_manager.cancel_job_by_id(job.number, delete_job=True)

    def under_way(self, team: str) -> dict[int, str]:
        """The jobs of a team that wait or run, each with its spreadsheet."""
        return {
            found.number: found.spreadsheet
            for status in _UNDER_WAY
            for found in self._listed(status)
            if found.team == team
        }

    def listed(self) -> list[PassJob]:
        """Those that wait, run, and came to nothing, the last of them; of all companies, oldest first."""
        failed = self._listed(Status.FAILED)
        return [*self._listed(Status.DOING), *self._listed(Status.TODO), *failed[-_FAILED_SHOWN:]]

    def close(self) -> None:
        """Give back all connections."""
        self._app.close()

    def _listed(self, status: Status) -> list[PassJob]:
        found: Iterable[Job] = self._app.job_manager.list_jobs(task=TASK, status=status.value)
        return sorted(map(_pass_job, found), key=lambda each: each.number)


class JobsError(Exception):
    """The jobs cannot be read; the text is the database's, without secrets."""


def listed(address: str) -> list[PassJob]:
    """All jobs, as `JobQueue.listed`, for who only looks. Raises JobsError."""
    try:
        make_schema(address)
        queue = JobQueue(address)
        try:
            return queue.listed()
        finally:
            queue.close()
    except (psycopg.Error, ConnectorException) as error:
        raise JobsError(redacted(str(error))) from None


def order_of(arguments: Mapping[str, Any]) -> Order:
    """The order in a job's arguments."""
    return Order(**{name: given for name, given in arguments.items() if name != "team"})


def company_of(team: str) -> str:
    """The name of the company that a team works for."""
    return team.partition("#")[0]


def _pass_job(job: Job) -> PassJob:
    given = job.task_kwargs
    return PassJob(job.id or 0, str(given["team"]), str(given["spreadsheet"]), job.status or "", job.worker_id)


def make_schema(address: str) -> None:
    """The tables, where they are missing. Two machines may begin together: the second finds what the first made.

    Raises psycopg's OperationalError.
    """
    with psycopg.connect(address, **connection_options()) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (schema(),))
        connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(schema())))
        found = connection.execute("SELECT to_regclass('procrastinate_jobs')").fetchone()
        if found == (None,):
            connection.execute(SchemaManager.get_schema())
