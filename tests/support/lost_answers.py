"""Writes whose answer gets lost."""

from sync.local_sheets import Fault, LocalSheets

WRITE = "spreadsheets.batchUpdate"


READ = "spreadsheets.get"


def lose_the_answer(server: LocalSheets) -> None:
    """The write is applied, its answer never comes, and nothing can be read from then on."""
    server.fault(Fault(kind="reset", applied="first", method=WRITE))
    server.fault(Fault(kind="error", status=503, method=READ, skip=1))
