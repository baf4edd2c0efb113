"""Makes the passes that are deferred, on this machine, and gives up those of machines that are gone."""

import asyncio
import logging
import queue
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import psycopg
from procrastinate import App, JobContext, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status

from sync.clock import Clock
from sync.config.settings import SpreadsheetSettings
from sync.engine.jobs.queue import KEPT_HOURS, TASK, company_of, make_schema, order_of, pool_options
from sync.engine.pass_maker import PassMaker
from sync.records import Records, RecordsError

log = logging.getLogger(__name__)

# Seconds between two signs of life of a worker, and after how many without one its passes are given up.
HEARTBEAT, STALLED = 5.0, 25.0
# A notification of the database tells of a new job at once; this is for one that was lost.
POLL_EVERY = 2.0
LOOK_FOR_STALLED_EVERY, FORGET_EVERY = 5.0, 3600.0
# To take and end jobs, which is a matter of milliseconds; another one listens for notifications.
CONNECTIONS = 1
# How soon it is noticed that we are to stop.
NOTICE_EVERY = 0.2
# Seconds before the next try where the database cannot be reached.
PAUSE = 3.0


class Runner:
    """One thread with an event loop, and as many threads for passes as there are `makers`."""

    def __init__(
        self,
        address: str,
        team: str,
        queues: Sequence[str],
        spreadsheets: Sequence[SpreadsheetSettings],
        makers: Sequence[PassMaker],
        records: Records,
        clock: Clock,
        stopping: threading.Event,
    ) -> None:
        self._address, self._team, self._queues = address, team, list(queues)
        self._spreadsheets = {settings.id: settings for settings in spreadsheets}
        self._makers, self._free = list(makers), queue.SimpleQueue[PassMaker]()
        for maker in makers:
            self._free.put(maker)
        self._records, self._clock, self._stopping = records, clock, stopping

    def run(self) -> None:
        """Until stopped."""
        try:
            while not self._stopping.is_set():
                try:
                    asyncio.run(self._serve())
                except (psycopg.Error, ConnectorException) as error:
                    log.warning("no pass can be made at present: %s", type(error).__name__)
                except Exception:
                    log.exception("what makes passes broke; it goes on in a moment")
                self._clock.wait(PAUSE, self._stopping)
        finally:
            for maker in self._makers:
                maker.close()

    async def _serve(self) -> None:
        """Until stopped, or until the database cannot be reached."""
        loop = asyncio.get_running_loop()
        loop.set_default_executor(ThreadPoolExecutor(len(self._makers) + 1, "pass"))
        loop.set_exception_handler(_tell_of_what_nobody_waits_for)
        await asyncio.to_thread(make_schema, self._address)
        app = App(connector=PsycopgConnector(conninfo=self._address, **pool_options(CONNECTIONS)))
        app.task(name=TASK, pass_context=True)(self._make)
        async with app.open_async():
            tasks = [
                asyncio.create_task(self._work(app)),
                asyncio.create_task(self._look_for_stalled(app)),
                asyncio.create_task(_forget_the_old(app)),
                asyncio.create_task(self._until_stopped()),
            ]
            ended, going_on = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in going_on:
                task.cancel()
            await asyncio.gather(*going_on, return_exceptions=True)
            for task in ended:
                task.result()

    async def _until_stopped(self) -> None:
        # A thread that waits for it would be waited for, where something else ends us.
        while not self._stopping.is_set():
            await asyncio.sleep(NOTICE_EVERY)

    async def _work(self, app: App) -> None:
        await app.run_worker_async(
            queues=self._queues,
            concurrency=len(self._makers),
            install_signal_handlers=False,
            delete_jobs="successful",
            fetch_job_polling_interval=POLL_EVERY,
            update_heartbeat_interval=HEARTBEAT,
            stalled_worker_timeout=STALLED,
        )

    def _make(self, context: JobContext, /, **arguments: Any) -> None:
        """One job, in a thread of its own."""
        order = order_of(arguments)
        settings = self._spreadsheets.get(order.spreadsheet)
        if settings is None:
            # Another machine's configuration names it; who leads tries again.
            log.warning("%s is to be read, and the configuration here does not name it", order.spreadsheet)
            return
        maker = self._free.get()
        try:
            maker.make(settings, order, run=_run(context.job.id))
        except Exception:
            log.exception("%s: what became of the pass could not be told", order.spreadsheet)
        finally:
            self._free.put(maker)

    async def _look_for_stalled(self, app: App) -> None:
        """Every worker does that; what is given up twice is given up."""
        while True:
            for job in await app.job_manager.get_stalled_jobs(task_name=TASK, seconds_since_heartbeat=STALLED):
                await self._give_up(app, job.id, str(job.task_kwargs["team"]), str(job.task_kwargs["spreadsheet"]))
            await asyncio.sleep(LOOK_FOR_STALLED_EVERY)

    async def _give_up(self, app: App, job: int | None, team: str, spreadsheet: str) -> None:
        if job is None or company_of(team) != company_of(self._team):
            return
        log.warning("%s: whoever made the pass is gone; it is made anew", spreadsheet)
        try:
            await asyncio.to_thread(self._records.free_lease, spreadsheet, _run(job))
        except RecordsError:
            # It passes by itself.
            log.info("%s: its lease could not be freed", spreadsheet)
        with suppress(ConnectorException):
            await app.job_manager.finish_job_by_id_async(job, Status.FAILED, delete_job=False)


def _tell_of_what_nobody_waits_for(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """A pass has ended and the database does not answer: its job is given up later, as of a machine that is gone."""
    if isinstance(context.get("exception"), ConnectorException):
        log.warning("that a pass has ended could not be noted")
    else:
        loop.default_exception_handler(context)


async def _forget_the_old(app: App) -> None:
    """What came to nothing a day ago; what was made is gone with its pass."""
    while True:
        await app.job_manager.delete_old_jobs(KEPT_HOURS, include_failed=True)
        await asyncio.sleep(FORGET_EVERY)


def _run(job: int | None) -> str:
    """What the lease of a job's pass is called by."""
    return f"job-{job}"
