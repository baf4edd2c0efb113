"""Which pass is made next, and what a pass that ended means for the next one over its spreadsheet.

Whoever makes the pass, a thread of this process or another machine, is given an `Order` and tells what it `Found`.
"""

import logging
import math
from dataclasses import dataclass
from datetime import datetime

from sync.clock import Clock
from sync.domain.backoff import RECENT, pause_left
from sync.domain.failures import NOT_SHARED, Trouble
from sync.domain.memory import PassResult
from sync.engine.accounts import Accounts
from sync.engine.attention import may_be_left_to_the_feed, people_are_at_it, seconds_to_next_look
from sync.engine.turns import Turn
from sync.passes.outcome import PassOutcome
from sync.records import Records, RecordsError

log = logging.getLogger(__name__)

# Seconds from which on a pass counts as slow; one over an unchanged spreadsheet takes less than one.
SLOW = 20.0


@dataclass(frozen=True, slots=True)
class Order:
    """A pass to be made as an account; `patient` and `expecting` as for `run_pass`."""

    spreadsheet: str
    account: str
    patient: bool
    expecting: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What became of a pass that ended at a moment, as far as the next one goes by it.

    `trouble` is why it failed, None where it did not; `noted` says that it stands in the records. People had `changed`
    something, or we `wrote`; `steady` as of `PassOutcome`.
    """

    at: datetime
    trouble: Trouble | None
    noted: bool
    changed: bool
    wrote: bool
    steady: bool
    seconds: float

    @classmethod
    def of(cls, outcome: PassOutcome, at: datetime) -> "Found":
        """What a pass of this process found."""
        failed = outcome.result is PassResult.FAILED
        trouble = (outcome.error.trouble if outcome.error else Trouble.INTERNAL) if failed else None
        noted, wrote = outcome.number is not None, bool(outcome.writes)
        return cls(at, trouble, noted, outcome.changed, wrote, outcome.steady, outcome.seconds)


class Planner:
    """Decides over all turns. Safe between threads."""

    def __init__(self, accounts: Accounts, records: Records, clock: Clock) -> None:
        self._accounts, self._records, self._clock = accounts, records, clock

    def take(self) -> tuple[Turn, Order] | None:
        """The pass that comes next, to be ended; None where none may begin now. Raises SheetsError."""
        while (turn := self._accounts.take()) is not None:
            pause = 0.0 if turn.helped else self._pause_left(turn)
            if pause <= 0:
                return turn, self._order(turn)
            self._accounts.give_back(turn, min(turn.settings.every, math.ceil(pause)))
        return None

    def end(self, turn: Turn, found: Found | None) -> None:
        """The pass has ended; None where nobody knows how."""
        every = float(turn.settings.every)
        if found is None:
            self._accounts.give_back(turn, every)
            return
        turn.slow = found.seconds > SLOW
        turn.helped = turn.helped and not found.noted
        spare = self._learn(turn, found)
        if found.trouble is None:
            self._accounts.could_read(turn)
        if found.trouble not in NOT_SHARED or not self._accounts.move_on(turn):
            self._accounts.give_back(turn, every, spare)

    def _order(self, turn: Turn) -> Order:
        at_it = people_are_at_it(turn.quiet(self._clock.monotonic()))
        return Order(turn.settings.id, turn.account, not turn.helped, at_it or turn.asked_since is not None)

    def _pause_left(self, turn: Turn) -> float:
        """A success of another process, such as `sync`, ends the pause as well."""
        try:
            recent = self._records.recent_passes(turn.settings.id, RECENT)
        except RecordsError:
            # The pass meets the same, and tells of it.
            return 0.0
        since = [each for each in recent if each.started_at >= turn.key_since]
        return pause_left(since, turn.settings.every, self._clock.now())

    def _learn(self, turn: Turn, found: Found) -> float | None:
        """Keep what a pass tells of when to look again, and of how long somebody waited for it.

        Gives the seconds until a look that may be made where there is room; None for no such.
        """
        now = self._clock.monotonic()
        turn.failed = found.trouble is not None
        if found.changed or found.wrote:
            turn.stirred_at = now
        turn.still = found.steady and may_be_left_to_the_feed(turn.settings.every, now - turn.stirred_at)
        if found.changed:
            turn.changed_at = now
        if turn.asked_since is not None and not turn.failed:
            self._answered(turn.asked_since, found.at)
            turn.asked_since = None
        return None if turn.failed else seconds_to_next_look(turn.settings.every, turn.quiet(now))

    def _answered(self, asked_since: datetime, at: datetime) -> None:
        try:
            # The clock of the machine that was asked may be ahead.
            self._records.looks.answered(max((at - asked_since).total_seconds(), 0.0))
        except RecordsError:
            log.warning("how long somebody waited could not be kept")
