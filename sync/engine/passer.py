"""A passer: one thread that makes a pass after the other, and tells what came of each."""

import logging
import threading

from sync.clock import Clock
from sync.engine.accounts import Accounts
from sync.engine.pass_maker import PassMaker
from sync.engine.planner import Found, Planner

log = logging.getLogger(__name__)

# After something broke that no pass is to blame for.
BROKEN_PAUSE = 60.0


class Passer:
    """Takes turns until stopped. Whatever breaks, the thread lives on."""

    def __init__(
        self, planner: Planner, accounts: Accounts, maker: PassMaker, clock: Clock, stopping: threading.Event
    ) -> None:
        self._planner, self._accounts, self._maker = planner, accounts, maker
        self._clock, self._stopping = clock, stopping

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
            self._maker.close()
            if not self._stopping.is_set():
                log.critical("a thread that makes passes ended by itself; start okr-sheets again")

    def _take_a_turn(self) -> None:
        taken = self._planner.take()
        if taken is None:
            self._accounts.look_at_feeds()
            self._clock.wait(self._accounts.nap(), self._stopping)
            return
        turn, order = taken
        found = None
        try:
            outcome = self._maker.make(turn.settings, order)
            found = Found.of(outcome, self._clock.now())
        except Exception:
            log.exception("%s: what became of the pass could not be told", turn.settings.id)
        finally:
            self._planner.end(turn, found)
