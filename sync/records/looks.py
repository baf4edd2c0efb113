"""When each spreadsheet was last seen to change, who waits for a look at it, and who may: where page and worker meet.

A row for each spreadsheet that ever changed or was asked for, or is read by one of several accounts. `since` is the
first request that no look has begun for, `asked_at` the newest one of any kind, `pressed_at` the newest by a person.
No text of a cell.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, DateTime, bindparam, func, or_, select, text, update

from sync.records.figures import add, put
from sync.records.tables import look
from sync.records.times import naive

# A person may ask for one spreadsheet again after this.
BETWEEN_PRESSES = timedelta(minutes=1)

# Upper ends in seconds of what is counted together of the time from a request to its answer; the last has none.
EDIT_SECONDS = (2.0, 5.0, 10.0, 20.0, 45.0, 60.0, 120.0, 300.0, 600.0, 1800.0)
BEYOND = "+Inf"

Transaction = Callable[[], AbstractContextManager[Connection]]

_THIS = look.c.spreadsheet == bindparam("this")
_AT, _BEFORE = bindparam("at", type_=DateTime), bindparam("before", type_=DateTime)
# Both databases know this sentence, and SQLAlchemy has no common one for it.
_NEW = text("INSERT INTO look (spreadsheet) VALUES (:this) ON CONFLICT DO NOTHING")
_ASK = update(look).where(_THIS).values(since=func.coalesce(look.c.since, _AT), asked_at=_AT)
# A clock that was set back must not keep people waiting.
_MAY_PRESS = or_(look.c.pressed_at.is_(None), look.c.pressed_at <= _BEFORE, look.c.pressed_at > _AT)
_PRESS = _ASK.where(_MAY_PRESS).values(pressed_at=_AT)
_BEGIN = update(look).where(_THIS, look.c.since.is_not(None)).values(since=None)
_CHANGED = update(look).where(_THIS).values(changed_at=_AT)
_READ_AS = update(look).where(_THIS).values(account=bindparam("account"))
_READERS = select(look.c.spreadsheet, look.c.account).where(look.c.account.is_not(None))
_WAITING = select(look).where(look.c.since.is_not(None))
_BEGUN = select(look.c.spreadsheet, look.c.asked_at).where(look.c.since.is_(None), look.c.asked_at.is_not(None))
_PRESSED = select(look).where(look.c.pressed_at.is_not(None))
_CHANGES = select(look.c.spreadsheet, look.c.changed_at).where(look.c.changed_at.is_not(None))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A look that is waited for: `since` the first request, the newest one at `asked_at`; `pressed` by a person."""

    since: datetime
    asked_at: datetime
    pressed: bool


@dataclass(frozen=True, slots=True)
class Press:
    """When a person last asked for a look, and whether no look has begun since."""

    at: datetime
    waits: bool


class Looks:
    """A part of `Records`: safe between threads, and every method may raise RecordsError."""

    def __init__(self, reading: Transaction, writing: Transaction) -> None:
        self._reading, self._writing = reading, writing

    def ask(self, spreadsheet: str, at: datetime) -> None:
        """An edit was told of."""
        with self._writing() as connection:
            this = {"this": spreadsheet, "at": naive(at)}
            if connection.execute(_ASK, this).rowcount == 0:
                connection.execute(_NEW, this)
                connection.execute(_ASK, this)

    def press(self, spreadsheet: str, at: datetime) -> bool:
        """A person asks for a look at once; False, and nothing asked, where one did within the last minute."""
        with self._writing() as connection:
            connection.execute(_NEW, {"this": spreadsheet})
            before = naive(at - BETWEEN_PRESSES)
            return connection.execute(_PRESS, {"this": spreadsheet, "at": naive(at), "before": before}).rowcount == 1

    def waiting(self) -> dict[str, Waiting]:
        """The looks that have not begun, by spreadsheet."""
        with self._reading() as connection:
            return {
                row.spreadsheet: Waiting(
                    _zoned(row.since),
                    _zoned(row.asked_at),
                    row.pressed_at is not None and row.pressed_at >= row.since,
                )
                for row in connection.execute(_WAITING).all()
            }

    def presses(self) -> dict[str, Press]:
        """The newest request of a person, by spreadsheet."""
        with self._reading() as connection:
            return {
                row.spreadsheet: Press(_zoned(row.pressed_at), row.since is not None and row.pressed_at >= row.since)
                for row in connection.execute(_PRESSED).all()
            }

    def begin(self, spreadsheet: str) -> bool:
        """A look begins that answers all requests so far; False where another worker's has."""
        with self._writing() as connection:
            return connection.execute(_BEGIN, {"this": spreadsheet}).rowcount == 1

    def begun(self) -> dict[str, datetime]:
        """The newest request for each spreadsheet for which a look began; whether that came to its end, passes tell."""
        with self._reading() as connection:
            return {row.spreadsheet: _zoned(row.asked_at) for row in connection.execute(_BEGUN).all()}

    def answered(self, seconds: float) -> None:
        """A request was answered after so long: the score is in its cell, or nothing had to be written."""
        with self._writing() as connection:
            bound = next((str(most) for most in EDIT_SECONDS if seconds <= most), BEYOND)
            add(connection, "edit_seconds", bound, 1)
            add(connection, "edit_seconds_sum", "", seconds)

    def told(self, at: datetime) -> None:
        """Drive's change feed answered."""
        with self._writing() as connection:
            put(connection, "feed_answered", "", at.timestamp())

    def changed(self, spreadsheet: str, at: datetime) -> None:
        """A look found that people had changed something."""
        with self._writing() as connection:
            this = {"this": spreadsheet, "at": naive(at)}
            if connection.execute(_CHANGED, this).rowcount == 0:
                connection.execute(_NEW, this)
                connection.execute(_CHANGED, this)

    def changes(self) -> dict[str, datetime]:
        """When each spreadsheet was last seen to have changed; those that never were are left out."""
        with self._reading() as connection:
            return {row.spreadsheet: _zoned(row.changed_at) for row in connection.execute(_CHANGES).all()}

    def changed_at(self, spreadsheet: str) -> datetime | None:
        """When one spreadsheet was last seen to have changed; None where it never was."""
        with self._reading() as connection:
            found = connection.scalar(select(look.c.changed_at).where(_THIS), {"this": spreadsheet})
            return _zoned(found) if found else None

    def read_as(self, spreadsheet: str, account: str) -> None:
        """Which of several accounts could read it."""
        with self._writing() as connection:
            connection.execute(_NEW, {"this": spreadsheet})
            connection.execute(_READ_AS, {"this": spreadsheet, "account": account})

    def readers(self) -> dict[str, str]:
        """The account that could read each spreadsheet, where there are several."""
        with self._reading() as connection:
            return {row.spreadsheet: row.account for row in connection.execute(_READERS).all()}


def _zoned(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC)
