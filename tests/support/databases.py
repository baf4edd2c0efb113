"""Empty databases, migrated once for all tests of a process: to migrate each of a thousand takes two minutes."""

import tempfile
from functools import cache
from pathlib import Path

from sync.records import Records


def empty_database(path: Path) -> str:
    """Put one at a path where nothing is; its address."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_migrated())
    return f"sqlite:///{path}"


@cache
def _migrated() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "okr-sheets.db"
        Records.open(f"sqlite:///{path}").close()
        return path.read_bytes()
