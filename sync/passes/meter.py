"""What a pass costs: when it began, its requests, and its time."""

from collections.abc import Mapping
from dataclasses import replace

from sync.clock import Clock
from sync.domain.grid import CellWrite
from sync.domain.memory import PassRecord, PassResult
from sync.domain.snapshot import Snapshot
from sync.google import SheetsClient, SheetsError
from sync.passes.outcome import PassOutcome


class Meter:
    """Runs from when it is made."""

    def __init__(self, spreadsheet: str, client: SheetsClient, clock: Clock) -> None:
        self._spreadsheet, self._client, self._clock = spreadsheet, client, clock
        self.started_at, self._began = clock.now(), clock.monotonic()
        self._reads, self._writes, self._statuses = client.reads, client.writes, client.statuses.copy()

    @property
    def reads(self) -> int:
        """Requests so far that read."""
        return self._client.reads - self._reads

    @property
    def writes(self) -> int:
        """Requests so far that write."""
        return self._client.writes - self._writes

    @property
    def seconds(self) -> float:
        """So far, whatever was done to the wall clock."""
        return self._clock.monotonic() - self._began

    def record(self, result: PassResult, message: str = "") -> PassRecord:
        """The pass as the records keep it, if it ended now."""
        statuses: Mapping[int, int] = self._client.statuses - self._statuses
        return PassRecord(
            spreadsheet=self._spreadsheet,
            started_at=self.started_at,
            finished_at=self._clock.now(),
            result=result,
            reads=self.reads,
            writes=self.writes,
            message=message,
            seconds=self.seconds,
            statuses=statuses,
            quota_left=self._client.quota_left,
        )

    def outcome(
        self,
        result: PassResult,
        *,
        writes: tuple[CellWrite, ...] = (),
        snapshot: Snapshot | None = None,
        error: SheetsError | None = None,
        number: int | None = None,
        changed: bool = False,
        steady: bool = False,
    ) -> PassOutcome:
        """How the pass ended, if it ended now."""
        cost = self.reads, self.writes
        found = PassOutcome(self._spreadsheet, result, *cost, writes, snapshot, error, number, self.seconds, changed)
        return replace(found, steady=steady)
