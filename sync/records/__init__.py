"""Records: the last good view, score history, passes, and what we wrote. The only room that knows SQLAlchemy.

The sheet is the store: everything here can be lost and is built again by the next passes, but for the history.
The page uses the reading half; times are UTC without a zone in the database and with one outside it.
"""

from sync.domain.memory import KnownTab, Memory, PassRecord, PassResult
from sync.records.database import RecordsError, back_up, database_file, set_aside
from sync.records.history import HistoryPoint
from sync.records.leases import Lease, LeaseHolder, LeaseLostError
from sync.records.looks import BETWEEN_PRESSES, BEYOND, EDIT_SECONDS, Looks, Press, Waiting
from sync.records.records import Records

__all__ = [
    "BETWEEN_PRESSES",
    "BEYOND",
    "EDIT_SECONDS",
    "HistoryPoint",
    "KnownTab",
    "Lease",
    "LeaseHolder",
    "LeaseLostError",
    "Looks",
    "Memory",
    "PassRecord",
    "PassResult",
    "Press",
    "Records",
    "RecordsError",
    "Waiting",
    "back_up",
    "database_file",
    "set_aside",
]
