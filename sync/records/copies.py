"""Copies of an SQLite database in use: a backup that is asked for, and the one that is left before an upgrade.

A copy has no journal. What that says of a write under way is for the next pass alone: a copy comes back hours or weeks
later, and a pass that then looked after the write would take what people have typed since for what we wrote.
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path


def copy(database: Path, target: Path) -> None:
    """Put a copy in the place of `target`, readable for whom the database is; what was there stays until it is whole.

    Raises sqlite3.Error, also for a database that is damaged, and OSError.
    """
    new = target.with_name(f"{target.name}.new")
    new.unlink(missing_ok=True)
    try:
        os.close(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, database.stat().st_mode & 0o777))
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(new, isolation_level=None)) as made:
            source.backup(made)
            # One file, without another one beside it.
            made.execute("PRAGMA journal_mode = DELETE")
            _check(made)
            _forget_what_is_under_way(made)
        new.replace(target)
    finally:
        new.unlink(missing_ok=True)


def _check(made: sqlite3.Connection) -> None:
    (said,) = made.execute("PRAGMA quick_check(1)").fetchone()
    if said != "ok":
        raise sqlite3.DatabaseError(f"malformed: {' '.join(said.split())}")


def _forget_what_is_under_way(made: sqlite3.Connection) -> None:
    # The first schema had neither.
    there = {name for (name,) in made.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for table in sorted({"journal", "lease"} & there):
        made.execute(f"DELETE FROM {table}")
