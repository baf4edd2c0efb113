"""`worker` and `run` as processes: they keep scores right, end when they are told to, and start again after a kill."""

import re
import signal
from collections.abc import Callable

import requests

from sync.local_sheets import LocalSheets
from tests.support.commands import DEADLINE, edit_current, running, until
from tests.support.flat_sheet import FLAT, scores
from tests.support.installation import Installation
from tests.support.processes import Running

FAST = FLAT.replace('id = "sales"', 'id = "sales"\nevery = "1s"')


def test_the_worker_keeps_scores_right_and_ends_cleanly_on_sigterm(sales: Installation) -> None:
    sales.configure(FAST)
    with running(sales, "worker") as process:
        until(lambda: scores(sales)["KR 1"] == 0.2)
        edit_current(sales.server, 1, 9)
        until(lambda: scores(sales)["KR 1"] == 0.9)
        process.send_signal(signal.SIGTERM)
        assert process.wait(DEADLINE) == 0


def killer(process: Running) -> Callable[[LocalSheets], None]:
    return lambda _server: process.kill()


def test_a_killed_worker_starts_again_without_a_manual_step(sales: Installation) -> None:
    sales.configure(FAST)
    # Killed just before its answer is carried out: the full read, the write, the read of an idle pass.
    for round_, method in enumerate(("get", "batchUpdate", "values.batchGet"), 1):
        with running(sales, "worker") as process:
            sales.server.before(f"spreadsheets.{method}", killer(process))
            edit_current(sales.server, 1, round_)
            process.wait(DEADLINE)
    with running(sales, "worker"):
        edit_current(sales.server, 1, 9)
        until(lambda: scores(sales) == {"KR 1": 0.9, "KR 2": 0.5})


def test_one_spreadsheets_trouble_does_not_delay_another(sales: Installation) -> None:
    other = FAST.replace('"sales"', '"nowhere"')
    sales.configure(other + FAST)
    with running(sales, "worker"):
        until(lambda: scores(sales)["KR 1"] == 0.2)


def test_run_is_worker_and_page(sales: Installation) -> None:
    sales.configure(f"[page]\nport = 0\n{FAST}")
    with running(sales, "run") as process:
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found is not None
        until(lambda: requests.get(found[0] + "readyz", timeout=10).status_code == 200)
        assert "Bán tốt hơn" in requests.get(found[0], timeout=10).text
        process.send_signal(signal.SIGTERM)
        assert process.wait(DEADLINE) == 0
