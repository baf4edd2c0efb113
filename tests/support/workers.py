"""Workers in processes of their own."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sync.domain.memory import PassResult
from tests.support.commands import until
from tests.support.flat_sheet import FLAT
from tests.support.installation import Installation

HOURLY = FLAT.replace('id = "sales"', 'id = "sales"\nevery = "1h"')


@contextmanager
def a_worker(
    installation: Installation,
    config: Path | None = None,
    *,
    before: Sequence[str] = (),
    options: Sequence[str] = (),
) -> Iterator["subprocess.Popen[str]"]:
    """A worker whose log can be read; killed at the end if it is still there."""
    path = str(config or installation.folder / "config.toml")
    command = [*before, sys.executable, "-m", "sync", *options, "worker", "--config", path]
    environment = {**os.environ, "LC_ALL": "en_US.UTF-8"}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        try:
            yield process
        finally:
            process.kill()


def last_result(installation: Installation) -> PassResult | None:
    record = installation.records.last_passes().get("sales")
    return record.result if record else None


def until_a_good_pass(installation: Installation, worker: "subprocess.Popen[str]") -> None:
    """The worker's first pass has ended, and well."""
    until(lambda: worker.poll() is not None or last_result(installation) is not None)
    assert worker.poll() is None, worker.stderr.read() if worker.stderr else ""
    assert last_result(installation) is PassResult.OK
