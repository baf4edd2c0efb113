"""A real PostgreSQL for the tests: Debian's server binaries, in a temporary folder, on a free port of this machine."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.support.ports import free_port

# Long, because the machine may be slow; whoever waits leaves as soon as the server answers.
PATIENCE = 60.0
# PostgreSQL refuses to be run by root.
STAND_INS = ("postgres", "nobody")
# Nothing outlives this machine, so nothing need reach the disk; a server that is begun again finds what reached the
# kernel.
QUICK = ("fsync=off", "full_page_writes=off", "max_connections=200")


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
    """A server, once it is begun. Each test gets a database of its own."""

    def __init__(self, folder_of_binaries: Path, folder: str) -> None:
        self._folder, self._user = folder, _stand_in()
        self._port, self._count = free_port(), 0
        if self._user:
            shutil.chown(folder, self._user)
        options = ["-U", "okr", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"]
        made = [str(folder_of_binaries / "initdb"), "-D", f"{folder}/data", *options]
        subprocess.run(made, user=self._user, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        settings = [word for setting in (f"unix_socket_directories={folder}", *QUICK) for word in ("-c", setting)]
        address = ["-h", "127.0.0.1", "-p", str(self._port)]
        self._serving = [str(folder_of_binaries / "postgres"), "-D", f"{folder}/data", *address, *settings]
        self._process: subprocess.Popen[bytes] | None = None

    def begin(self) -> None:
        """Serve; what was committed before is there."""
        log = Path(self._folder) / "log"
        with log.open("ab") as told:
            self._process = subprocess.Popen(self._serving, user=self._user, cwd=self._folder, stdout=told, stderr=told)
        latest = time.monotonic() + PATIENCE
        while not self.answers():
            if self._process.poll() is not None or time.monotonic() > latest:
                raise RuntimeError(f"PostgreSQL did not start: {log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.05)

    def end(self) -> None:
        """At once, in the middle of whatever it does, as `pg_ctl stop -m immediate`."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(PATIENCE)

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
        server = PostgreSQL(folder_of_binaries, folder)
        try:
            server.begin()
            yield server
        finally:
            server.end()


def _stand_in() -> str | None:
    """Whom root starts the server as; None for who is not root."""
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in STAND_INS if name in known) if os.geteuid() == 0 else None
