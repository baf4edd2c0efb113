"""A real PostgreSQL for the tests: Debian's server binaries, in a temporary folder, on a free port of this machine."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.support.ports import free_port

# Long, because the machine may be slow; whoever waits leaves as soon as the server answers.
PATIENCE = 60.0
# PostgreSQL refuses to be run by root.
STAND_INS = ("postgres", "nobody")
# Nothing outlives a test, so nothing need reach the disk.
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")


def binaries() -> Path | None:
    """The folder of the newest server on this machine; None where there is none."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    on_the_path = shutil.which("initdb")
    if on_the_path:
        found.append(Path(on_the_path).resolve().parent)
    return max(
        found, key=lambda folder: float(folder.parent.name) if folder.parent.name.isdecimal() else 0.0, default=None
    )


class PostgreSQL:
    """A running server. Each test gets a database of its own."""

    def __init__(self, port: int) -> None:
        self._port, self._count = port, 0

    def new_database(self) -> str:
        """The address, as `database` in a configuration, of an empty database."""
        self._count += 1
        name = f"okr_{self._count}"
        with self._connected() as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        return f"postgresql+psycopg://okr@127.0.0.1:{self._port}/{name}"

    def answers(self) -> bool:
        try:
            self._connected().close()
        except psycopg.OperationalError:
            return False
        return True

    def _connected(self) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(host="127.0.0.1", port=self._port, user="okr", dbname="postgres", autocommit=True)


@contextmanager
def running(folder_of_binaries: Path) -> Iterator[PostgreSQL]:
    """A new server, ended and deleted afterwards."""
    with tempfile.TemporaryDirectory(prefix="okr-sheets-postgresql-") as folder:
        user = _stand_in()
        if user:
            shutil.chown(folder, user)
        data, port = str(Path(folder) / "data"), str(free_port())
        options = ["-U", "okr", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"]
        made = [str(folder_of_binaries / "initdb"), "-D", data, *options]
        subprocess.run(made, user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        settings = [word for setting in (f"unix_socket_directories={folder}", *QUICK) for word in ("-c", setting)]
        serving = [str(folder_of_binaries / "postgres"), "-D", data, "-h", "127.0.0.1", "-p", port, *settings]
        log = Path(folder) / "log"
        with log.open("wb") as told, _process(serving, user, folder, told.fileno()) as process:
            server, latest = PostgreSQL(int(port)), time.monotonic() + PATIENCE
            while not server.answers():
                if process.poll() is not None or time.monotonic() > latest:
                    raise RuntimeError(f"PostgreSQL did not start: {log.read_text(errors='replace')[-2000:]}")
                time.sleep(0.05)
            yield server


@contextmanager
def _process(command: Sequence[str], user: str | None, folder: str, log: int) -> Iterator["subprocess.Popen[bytes]"]:
    with subprocess.Popen(command, user=user, cwd=folder, stdout=log, stderr=log) as process:
        try:
            yield process
        finally:
            # Immediately: nothing of it is needed any more.
            process.send_signal(signal.SIGQUIT)
            process.wait(PATIENCE)


def _stand_in() -> str | None:
    """Whom root starts the server as; None for who is not root."""
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in STAND_INS if name in known) if os.geteuid() == 0 else None
