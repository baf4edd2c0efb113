"""Opening a database just when others do. Imports nothing of the tests: each process that does it would, too."""

from multiprocessing.synchronize import Barrier

from sync.records import Records

PATIENCE = 60.0


def open_together(url: str, start: Barrier) -> None:
    start.wait(PATIENCE)
    Records.open(url).close()
