"""Workers in processes of their own."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sync.domain.memory import PassResult
from tests.support.commands import running, until
from tests.support.flat_sheet import FLAT
from tests.support.installation import Installation
from tests.support.processes import Running

HOURLY = FLAT.replace('id = "sales"', 'id = "sales"\nevery = "1h"')


@contextmanager
def a_worker(
    installation: Installation, config: Path | None = None, *, options: Sequence[str] = ()
) -> Iterator[Running]:
    """A worker whose log can be read; killed at the end if it is still there."""
    path = str(config or installation.folder / "config.toml")
    with running(installation, *options, "worker", "--config", path) as process:
        yield process


def last_result(installation: Installation) -> PassResult | None:
    record = installation.records.last_passes().get("sales")
    return record.result if record else None


def until_a_good_pass(installation: Installation, worker: Running) -> None:
    """The worker's first pass has ended, and well."""
    until(lambda: worker.poll() is not None or last_result(installation) is not None)
    assert worker.poll() is None, worker.stderr.read()
    assert last_result(installation) is PassResult.OK
