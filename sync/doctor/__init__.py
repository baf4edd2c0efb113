"""The doctor: what stands between this installation and its spreadsheets, each fault with its remedy.

Reads, and makes one write that changes nothing (a null into A1, which Sheets skips) to learn whether we may edit, and
one into the database that nobody needs.
What is wrong inside the sheets is for `check` to say.

finding     one thing that was looked at
texts       every sentence, in Vietnamese and English
machine     this machine: state folder, disk, database, worker, and whether the quota allows the intervals
rooms       rooms and mailboxes: their addresses, and what did not arrive
google      Google: key file, signing in, each spreadsheet, the clock
"""

from collections.abc import Iterator

from sync.clock import Clock
from sync.config.settings import Config
from sync.doctor.finding import Finding
from sync.doctor.google import google_findings
from sync.doctor.machine import LEAST_FREE, machine_findings
from sync.domain.languages import Language

__all__ = ["Finding", "examine"]


def examine(config: Config, language: Language, clock: Clock, least_free: int = LEAST_FREE) -> Iterator[Finding]:
    """Look at everything, in the order in which it is needed. `least_free` is in bytes."""
    yield from machine_findings(config, language, clock.now(), least_free)
    if config.notify:
        # It knows what sends the messages, which need not be installed where nobody is to hear of anything.
        from sync.doctor.rooms import room_findings

        yield from room_findings(config, language)
    yield from google_findings(config, language, clock)
