"""A configuration that is changed under a running service: taken over between passes, or refused and told."""

import os
import pty
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from sync.config.standing import WatchedFile
from tests.support.commands import DEADLINE, edit_current, running, until
from tests.support.flat_sheet import FLAT, HEADER, key_results, scores
from tests.support.installation import Installation
from tests.support.processes import Running
from tests.support.workers import last_result

FAST = FLAT.replace('id = "sales"', 'id = "sales"\nevery = "1s"')
EAST = FAST.replace('"sales"', '"east"')
PAGE = '[page]\nport = 0\ntitle = "{title}"\n'

# Runs its arguments in a session of their own with the terminal on standard input, as a person's shell would.
IN_A_TERMINAL = """
import fcntl, os, sys, termios
os.setsid()
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""


class Served:
    """A `run` process and its page."""

    def __init__(self, process: Running) -> None:
        self.process = process
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found is not None
        self.address = found[0]

    def text(self, path: str = "?lang=en") -> str:
        return requests.get(self.address + path, timeout=30).text

    def ready(self) -> dict[str, object]:
        found: dict[str, object] = requests.get(self.address + "readyz", timeout=30).json()
        return found

    def said(self, words: str) -> str:
        return next(line for line in self.process.stderr if words in line)


@contextmanager
def served(installation: Installation, command: str = "run") -> Iterator[Served]:
    with running(installation, command) as process:
        page = Served(process)
        until(lambda: page.ready()["status"] == "ok")
        yield page


def rewrite(installation: Installation, text: str) -> None:
    """As a careful editor saves: a new file in the place of the old one."""
    path = installation.folder / "config.toml"
    new = path.with_suffix(".new")
    new.write_text(f'[google]\nendpoint = "{installation.server.url}"\n{text}', encoding="utf-8")
    new.replace(path)


def test_a_changed_configuration_is_in_force_without_a_restart(sales: Installation) -> None:
    sales.spreadsheet("east", {"OKR": [HEADER, *key_results(4)]})
    sales.configure(PAGE.format(title="Before") + FAST)
    with served(sales) as page:
        assert "Before" in page.text()
        rewrite(sales, PAGE.format(title="Afterwards") + FAST + EAST)
        until(lambda: "Afterwards" in page.text())
        until(lambda: scores(sales, spreadsheet="east") == {"KR 1": 0.4})
        until(lambda: page.ready() == {"status": "ok", "in_doubt": []})
        rewrite(sales, PAGE.format(title="Afterwards") + EAST)
        until(lambda: "KR 2" not in page.text())
        page.process.send_signal(signal.SIGTERM)
        assert page.process.wait(DEADLINE) == 0


def test_a_wrong_edit_harms_nothing_and_is_told_in_three_places(sales: Installation) -> None:
    sales.configure(PAGE.format(title="Before") + FAST)
    with served(sales) as page:
        rewrite(sales, PAGE.format(title="Afterwards") + FAST.replace("every", "evry"))
        fault = "spreadsheet[1].evry: is not known; did you mean “every”?"
        assert fault in page.said("configuration-refused")
        assert page.ready() == {
            "status": "degraded",
            "why": ["configuration-refused"],
            "in_doubt": [],
            "configuration": [fault],
        }
        assert fault in page.text()
        assert "Before" in page.text()
        edit_current(sales.server, 1, 9)
        until(lambda: scores(sales)["KR 1"] == 0.9)
        rewrite(sales, PAGE.format(title="Afterwards") + FAST)
        until(lambda: page.ready() == {"status": "ok", "in_doubt": []})
        assert "Afterwards" in page.text()
        assert fault not in page.text()


def test_a_file_that_is_gone_is_told_and_what_was_in_force_goes_on(sales: Installation) -> None:
    path = sales.configure(PAGE.format(title="Before") + FAST)
    with served(sales) as page:
        path.unlink()
        assert "there is no such file" in page.said("configuration-refused")
        edit_current(sales.server, 1, 9)
        until(lambda: scores(sales)["KR 1"] == 0.9)


def test_what_cannot_change_while_it_runs_is_told_and_the_rest_is_in_force(sales: Installation) -> None:
    sales.configure(PAGE.format(title="Before") + FAST)
    with served(sales) as page:
        moved = PAGE.format(title="Afterwards").replace("port = 0", 'port = 1\nhost = "localhost"')
        rewrite(sales, moved + FAST)
        until(lambda: "Afterwards" in page.text())
        assert page.ready()["why"] == ["restart-needed"]
        assert page.ready()["configuration"] == ["page.host", "page.port"]
        assert "waiting for a restart: page.host, page.port" in page.text()
        assert "page.host, page.port cannot change" in page.said("cannot change")


def test_a_page_that_could_not_be_signed_in_to_is_refused(sales: Installation) -> None:
    sales.configure(PAGE.format(title="Before") + FAST)
    with served(sales) as page:
        signing_in = '[page.readers]\ndomains = ["cty.vn"]\n[page.sign_in]\nclient = "client.json"\n'
        rewrite(sales, PAGE.format(title="Afterwards") + signing_in + FAST)
        assert "client.json" in page.said("configuration-refused")
        assert "Before" in page.text()


def test_sighup_takes_the_file_as_it_is_and_does_not_end_a_service(sales: Installation) -> None:
    sales.configure(FAST)
    with running(sales, "worker") as process:
        until(lambda: last_result(sales) is not None)
        process.send_signal(signal.SIGHUP)
        assert next(line for line in process.stderr if "configuration-taken" in line)
        edit_current(sales.server, 1, 9)
        until(lambda: scores(sales)["KR 1"] == 0.9)
        assert process.poll() is None


def test_a_closed_terminal_ends_it(sales: Installation) -> None:
    sales.configure(FAST)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "sync", "worker", "--config", str(sales.folder / "config.toml")]
    with subprocess.Popen([sys.executable, "-c", IN_A_TERMINAL, *command], stdin=theirs, stderr=theirs) as worker:
        os.close(theirs)
        until(lambda: worker.poll() is not None or scores(sales)["KR 1"] == 0.2)
        worker.send_signal(signal.SIGHUP)
        edit_current(sales.server, 1, 9)
        until(lambda: worker.poll() is not None or scores(sales)["KR 1"] == 0.9)
        assert worker.poll() is None
        os.close(ours)
        assert worker.wait(DEADLINE) == 0


def test_a_file_counts_as_changed_once_when_it_has_been_written_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("a")
    watched = WatchedFile(path)
    assert not watched.has_changed()
    path.write_text("half")
    assert not watched.has_changed()
    path.write_text("all of it")
    assert not watched.has_changed()
    assert watched.has_changed()
    assert not watched.has_changed()
    path.unlink()
    assert [watched.has_changed() for _ in range(3)] == [False, True, False]
