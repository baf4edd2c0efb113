"""The thread that sends what is due, beside the passes. Of several on one database one sends at a time."""

import logging
import threading
import uuid
from collections.abc import Sequence
from datetime import timedelta, tzinfo

from sync.clock import Clock, SystemClock
from sync.config.notify import NotifySettings
from sync.notices.outbox import Compose, Outbox, Send
from sync.notices.sending import send as send_by_apprise
from sync.records import LeaseHolder, Records, RecordsError

# No spreadsheet is called so.
LEASE = "notices:sending"
NAP = 30.0
KEPT = timedelta(days=400)
STOP_PATIENCE = 15.0

log = logging.getLogger(__name__)


class Notifier:
    """Looks twice a minute, from `start` to `stop`, what is due in each room."""

    def __init__(
        self,
        rooms: Sequence[NotifySettings],
        records: Records,
        compose: Compose,
        zone: tzinfo | None,
        clock: Clock | None = None,
        send: Send = send_by_apprise,
    ) -> None:
        self._rooms, self._records, self._clock = rooms, records, clock or SystemClock()
        # Nobody takes the lease of a holder that nobody else is: a message may be on its way until it has passed.
        run = uuid.uuid4().hex
        self._holder = LeaseHolder(run, run)
        self._outbox = Outbox(records, compose, self._clock, send, zone, self._holds_the_lease)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="notices", daemon=True)

    def start(self) -> None:
        """Begin to send."""
        self._thread.start()

    def stop(self) -> None:
        """The message in hand is finished."""
        self._stopping.set()
        self._thread.join(STOP_PATIENCE)

    def round(self) -> bool:
        """Send what is due in every room; False where somebody else is at it. Raises RecordsError."""
        if not self._holds_the_lease():
            return False
        try:
            for room in self._rooms:
                self._look_at(room)
            self._records.forget_notices(self._clock.now() - KEPT)
        finally:
            self._records.give_back_lease(LEASE, self._holder)
        return True

    def _look_at(self, room: NotifySettings) -> None:
        """What breaks over one room keeps no message from another."""
        try:
            self._outbox.empty(room)
        except RecordsError:
            raise
        except Exception:
            log.exception("%s: what is due there could not be sent", room.name)

    def _holds_the_lease(self) -> bool:
        return not self._stopping.is_set() and self._records.take_lease(LEASE, self._holder, self._clock.now())

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self.round()
            except RecordsError as error:
                log.warning("nothing can be sent without the database: %s", error)
            except Exception:
                log.exception("the sending of notices broke; it goes on in a moment")
            self._clock.wait(NAP, self._stopping)
