"""A passer: one thread that makes a pass after the other, and tells what came of each."""

import logging
import math
import threading
from collections.abc import Callable
from pathlib import Path

from sync.clock import Clock
from sync.domain.backoff import RECENT, pause_left
from sync.domain.failures import Trouble
from sync.domain.memory import PassResult
from sync.engine.identity import SharedIdentity
from sync.engine.turns import Turn, Turns
from sync.google import SheetsClient, SheetsError
from sync.passes.failed import failed, tripped
from sync.passes.locks import PassInProgressError, pass_lock
from sync.passes.run import PassOutcome, run_pass
from sync.records import LeaseLostError, Records, RecordsError

log = logging.getLogger(__name__)

# After something broke that no pass is to blame for.
BROKEN_PAUSE = 60.0

# Seconds from which on a pass counts as slow; one over an unchanged spreadsheet takes less than one.
SLOW = 20.0

# What is done with a finished pass, for whoever watches.
Watcher = Callable[[PassOutcome], None]


class Passer:
    """Takes turns until stopped. Whatever breaks, the thread lives on."""

    def __init__(
        self,
        turns: Turns,
        identity: SharedIdentity,
        records: Records,
        state: Path,
        company: frozenset[str],
        watcher: Watcher,
        clock: Clock,
        stopping: threading.Event,
    ) -> None:
        self._turns, self._identity, self._records, self._state = turns, identity, records, state
        self._company = company
        self._watcher, self._clock, self._stopping = watcher, clock, stopping
        self._client: SheetsClient | None = None
        self._sent_before = (0, 0)

    def run(self) -> None:
        """Until stopped."""
        try:
            while not self._stopping.is_set():
                try:
                    self._take_a_turn()
                except Exception:
                    log.exception("the schedule broke; it goes on in a minute")
                    self._clock.wait(BROKEN_PAUSE, self._stopping)
        finally:
            self._close()
            if not self._stopping.is_set():
                log.critical("a thread that makes passes ended by itself; start okr-sheets again")

    def _take_a_turn(self) -> None:
        turn = self._turns.take()
        if turn is None:
            self._clock.wait(self._turns.nap(), self._stopping)
            return
        seconds = float(turn.settings.every)
        try:
            seconds = self._tick(turn)
        finally:
            self._turns.give_back(turn, seconds)

    def _tick(self, turn: Turn) -> float:
        """One pass, unless a person must help first; gives the seconds until the next turn. Nothing is raised."""
        every = turn.settings.every
        try:
            outcome, pause = self._tried(turn)
            if outcome is None:
                return min(every, math.ceil(pause))
            turn.slow = outcome.seconds > SLOW
            self._watcher(outcome)
        except Exception:
            log.exception("%s: what became of the pass could not be told", turn.settings.id)
        return every

    def _tried(self, turn: Turn) -> tuple[PassOutcome | None, float]:
        """How a pass ended, recorded or not; or no pass and the pause that is left, where a person must help first."""
        spreadsheet, began, (reads, writes) = turn.settings.id, self._clock.monotonic(), self._sent
        try:
            pause = 0.0 if turn.helped else self._pause_left(turn)
            if pause > 0:
                return None, pause
            outcome = self._pass(turn)
            turn.helped = False
            return outcome, 0.0
        except PassInProgressError:
            error = SheetsError(Trouble.BUSY)
        except LeaseLostError:
            error = SheetsError(Trouble.LEASE_LOST)
        except (RecordsError, OSError) as found:
            error = SheetsError(Trouble.RECORDS, str(found))
        except Exception:
            error = tripped(spreadsheet, self._records, self._clock)
        seconds = self._clock.monotonic() - began
        reads, writes = self._sent[0] - reads, self._sent[1] - writes
        return PassOutcome(spreadsheet, PassResult.FAILED, reads, writes, error=error, seconds=seconds), 0.0

    def _pause_left(self, turn: Turn) -> float:
        """A success of another process, such as `sync`, ends the pause as well."""
        recent = self._records.recent_passes(turn.settings.id, RECENT)
        since = [each for each in recent if each.started_at >= turn.key_since]
        return pause_left(since, turn.settings.every, self._clock.now())

    def _pass(self, turn: Turn) -> PassOutcome:
        settings, records, clock = turn.settings, self._records, self._clock
        with pass_lock(self._state, settings.id, records, clock) as lease:
            try:
                client = self._open()
            except SheetsError as error:
                return failed(settings.id, error, records, clock)
            patient, company = not turn.helped, self._company
            outcome = run_pass(settings, client, records, clock, patient=patient, lease=lease, company=company)
        if outcome.error is not None and outcome.error.trouble is Trouble.CREDENTIALS:
            self._identity.refused(client)
        return outcome

    def _open(self) -> SheetsClient:
        """This thread's client. Raises SheetsError where there is no usable key."""
        if self._client is not None and not self._identity.is_current(self._client):
            self._close()
        if self._client is None:
            self._client = self._identity.open()
        return self._client

    @property
    def _sent(self) -> tuple[int, int]:
        """Reads and writes so far."""
        reads, writes = self._sent_before
        return (reads + self._client.reads, writes + self._client.writes) if self._client else (reads, writes)

    def _close(self) -> None:
        if self._client is not None:
            self._sent_before = self._sent
            self._client.close()
            self._client = None
