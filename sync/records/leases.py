"""Leases: which process may make a pass over a spreadsheet, where several machines share the database.

Processes of one machine and state folder keep apart by file locks (`sync.passes.locks`). A holder is a place, which is
such a machine and folder, and a run within it. Who asks for a lease holds its place's file lock, so that another run of
the same place is dead and its lease is taken over at once; that of another place is waited for until it has passed.

Leases go by the wall clock. The clocks of machines that share a database may differ by two minutes.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, String, bindparam, delete, func, insert, or_, select, update

from sync.records.tables import lease
from sync.records.times import naive

# Above a pass's deadline, so that only a process that was held up finds its lease passed.
LENGTH = timedelta(minutes=5)

_THIS = lease.c.spreadsheet == bindparam("this")
_PLACE = bindparam("place", type_=String)
_FREE = or_(
    lease.c.until <= bindparam("now"),
    # No lease lasts for so long: whoever took it had a clock that was far ahead.
    lease.c.until > bindparam("absurd"),
    func.substr(lease.c.holder, 1, func.length(_PLACE)) == _PLACE,
)
_HELD = (_THIS, lease.c.holder == bindparam("us"))
_TAKE = update(lease).where(_THIS, _FREE)
_WHOSE = select(lease.c.holder).where(_THIS)
_NEW = insert(lease)
_GIVE_BACK = delete(lease).where(*_HELD)
_CONFIRM = update(lease).where(*_HELD, lease.c.until > bindparam("now")).values(until=lease.c.until)


class LeaseLostError(Exception):
    """The lease has passed or is somebody else's: nothing may be written to the spreadsheet."""


@dataclass(frozen=True, slots=True)
class LeaseHolder:
    """Who holds a lease. `place` is a machine and state folder, `run` one pass of it."""

    place: str
    run: str

    def __str__(self) -> str:
        return f"{self.place}#{self.run}"


@dataclass(frozen=True, slots=True)
class Lease:
    """A lease as it was taken; `until` by the wall clock, `deadline` by the monotonic one in seconds."""

    spreadsheet: str
    holder: LeaseHolder
    until: datetime
    deadline: float

    def still_held(self, now: datetime, monotonic: float) -> bool:
        """Whether it lasts. Two clocks, because either alone may stand still or be set back while we are held up.

        To be asked right before a request is sent, besides `confirm`. What remains is a process that is held up
        between the question and the arrival of its request, for longer than the lease still lasts: nothing on our
        side can take a request back. Its scores are then written over those of the next holder, who sees it in the
        answer to its own write or in its next pass, and puts right what stands wrong.
        """
        return now < self.until and monotonic < self.deadline


def take(connection: Connection, spreadsheet_id: str, holder: LeaseHolder, at: datetime) -> bool:
    """Take the lease where it is free, has passed, or is left from a dead run of the same place.

    False where another place holds it. Of two that take a free one at the same moment, the second fails with
    IntegrityError.
    """
    this = {"this": spreadsheet_id}
    values = {"holder": str(holder), "until": naive(at + LENGTH)}
    free = {"now": naive(at), "absurd": naive(at + 2 * LENGTH), "place": f"{holder.place}#"}
    if connection.execute(_TAKE, this | values | free).rowcount:
        return True
    if connection.scalar(_WHOSE, this) is not None:
        return False
    connection.execute(_NEW, {"spreadsheet": spreadsheet_id, **values})
    return True


def give_back(connection: Connection, spreadsheet_id: str, holder: LeaseHolder) -> None:
    """Let the lease go, unless it is somebody else's by now."""
    connection.execute(_GIVE_BACK, {"this": spreadsheet_id, "us": str(holder)})


def free(connection: Connection, spreadsheet_id: str, run: str) -> None:
    """Let a lease go whose holder is gone; by what its run was called, wherever that was."""
    ours = func.substr(lease.c.holder, func.length(lease.c.holder) - len(run), len(run) + 1) == f"#{run}"
    connection.execute(delete(lease).where(lease.c.spreadsheet == spreadsheet_id, ours))


def confirm(connection: Connection, spreadsheet_id: str, holder: LeaseHolder, at: datetime) -> None:
    """Make sure, within the caller's transaction, that the lease is still the holder's. Raises LeaseLostError.

    Until the transaction ends nobody else can take it.
    """
    if not connection.execute(_CONFIRM, {"this": spreadsheet_id, "us": str(holder), "now": naive(at)}).rowcount:
        raise LeaseLostError(spreadsheet_id)
