"""A passer: one thread that makes a pass after the other, and tells what came of each."""

import logging
import math
import threading
from collections.abc import Callable
from pathlib import Path

from sync.clock import Clock
from sync.domain.backoff import RECENT, pause_left
from sync.domain.company import CompanySettings
from sync.domain.failures import Trouble
from sync.domain.memory import PassResult
from sync.engine.attention import may_be_left_to_the_feed, people_are_at_it, seconds_to_next_look
from sync.engine.feed import Feed
from sync.engine.identity import SharedIdentity
from sync.engine.turns import Turn, Turns
from sync.google import SheetsClient
from sync.passes.attempt import attempt
from sync.passes.outcome import PassOutcome
from sync.records import Records, RecordsError

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
        feed: Feed,
        identity: SharedIdentity,
        records: Records,
        state: Path,
        company: CompanySettings,
        watcher: Watcher,
        clock: Clock,
        stopping: threading.Event,
    ) -> None:
        self._turns, self._feed, self._identity, self._records, self._state = turns, feed, identity, records, state
        self._company = company
        self._watcher, self._clock, self._stopping = watcher, clock, stopping
        self._client: SheetsClient | None = None

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
            self._feed.look()
            self._clock.wait(self._turns.nap(), self._stopping)
            return
        seconds, spare = float(turn.settings.every), None
        try:
            seconds, spare = self._tick(turn)
        finally:
            self._turns.give_back(turn, seconds, spare)

    def _tick(self, turn: Turn) -> tuple[float, float | None]:
        """One pass, unless a person must help first. Gives the seconds until the next turn, and those until one that
        may be made where there is room; None for no such. Nothing is raised."""
        every = turn.settings.every
        try:
            pause = 0.0 if turn.helped else self._pause_left(turn)
            if pause > 0:
                return min(every, math.ceil(pause)), None
            outcome = self._pass(turn)
            turn.slow = outcome.seconds > SLOW
            self._watcher(outcome)
            return every, self._learn(turn, outcome)
        except Exception:
            log.exception("%s: what became of the pass could not be told", turn.settings.id)
        return every, None

    def _learn(self, turn: Turn, outcome: PassOutcome) -> float | None:
        """What a pass tells of when to look again, and of how long somebody waited for it."""
        now = self._clock.monotonic()
        turn.failed = outcome.result is PassResult.FAILED
        if outcome.changed or outcome.writes:
            turn.stirred_at = now
        turn.still = outcome.steady and may_be_left_to_the_feed(turn.settings.every, now - turn.stirred_at)
        try:
            if outcome.changed:
                turn.changed_at = now
                self._records.looks.changed(turn.settings.id, self._clock.now())
            if turn.asked_since is not None and outcome.result is not PassResult.FAILED:
                waited = (self._clock.now() - turn.asked_since).total_seconds()
                turn.asked_since = None
                # The clock of the machine that was asked may be ahead.
                self._records.looks.answered(max(waited, 0.0))
        except RecordsError:
            log.warning("%s: when it changed could not be kept", turn.settings.id)
        if outcome.result is PassResult.FAILED:
            return None
        return seconds_to_next_look(turn.settings.every, turn.quiet(now))

    def _pause_left(self, turn: Turn) -> float:
        """A success of another process, such as `sync`, ends the pause as well."""
        try:
            recent = self._records.recent_passes(turn.settings.id, RECENT)
        except RecordsError:
            # The pass meets the same, and tells of it.
            return 0.0
        since = [each for each in recent if each.started_at >= turn.key_since]
        return pause_left(since, turn.settings.every, self._clock.now())

    def _pass(self, turn: Turn) -> PassOutcome:
        outcome = attempt(
            turn.settings,
            self._open,
            self._records,
            self._state,
            self._clock,
            company=self._company,
            patient=not turn.helped,
            expecting=people_are_at_it(turn.quiet(self._clock.monotonic())) or turn.asked_since is not None,
        )
        turn.helped = turn.helped and outcome.number is None
        if self._client is not None and outcome.error is not None and outcome.error.trouble is Trouble.CREDENTIALS:
            self._identity.refused(self._client)
        return outcome

    def _open(self) -> SheetsClient:
        """This thread's client. Raises SheetsError where there is no usable key."""
        if self._client is not None and not self._identity.is_current(self._client):
            self._close()
        if self._client is None:
            self._client = self._identity.open()
        return self._client

    def _close(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None
