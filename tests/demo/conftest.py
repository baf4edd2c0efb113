"""The sample company on a real local server, read by real passes, once for all tests that only look."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from sync.config.settings import Config
from sync.demo import SampleWorkbook, build_workbooks
from sync.demo.demo import LOCALE, sample_config
from sync.domain.snapshot import Snapshot
from sync.google import Quota, SheetsClient
from sync.local_sheets import LocalSheets
from sync.passes.outcome import PassOutcome
from sync.passes.run import run_pass
from sync.records import Records
from tests.support.clocks import ManualClock

TODAY = ManualClock().now().date()


@dataclass(frozen=True)
class Sample:
    """The sample after its first passes: what each came to, and the means to make another.

    Its clock stands still: however slow the machine, no pass is so late that it must look at everything again.
    """

    sheets: LocalSheets
    workbooks: list[SampleWorkbook]
    config: Config
    first: dict[str, PassOutcome]
    records: Records
    client: SheetsClient
    clock: ManualClock

    @property
    def snapshots(self) -> list[Snapshot]:
        return [outcome.snapshot for outcome in self.first.values() if outcome.snapshot]

    def passes(self) -> dict[str, PassOutcome]:
        return {
            settings.id: run_pass(settings, self.client, self.records, self.clock)
            for settings in self.config.spreadsheet
        }


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Sample]:
    with ExitStack() as stack:
        yield open_sample(tmp_path, stack)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    with ExitStack() as stack:
        yield open_sample(tmp_path_factory.mktemp("sample"), stack)


def open_sample(folder: Path, stack: ExitStack) -> Sample:
    workbooks = build_workbooks(folder, TODAY)
    sheets = stack.enter_context(LocalSheets(folder / "sheets", locale=LOCALE))
    for workbook in workbooks:
        sheets.import_workbook(workbook.path, title=workbook.title)
    config = sample_config(folder, sheets.url)
    records = Records.open(config.database_url)
    stack.callback(records.close)
    clock = ManualClock()
    quota = Quota.share_of(config.google.requests_per_minute, clock)
    client = SheetsClient(None, sheets.url, quota=quota)
    stack.callback(client.close)
    opened = Sample(sheets, workbooks, config, {}, records, client, clock)
    opened.first.update(opened.passes())
    return opened
