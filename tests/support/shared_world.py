"""What the examples of a state machine share: server, records and lock folder; each has a spreadsheet of its own."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sync.config.settings import SpreadsheetSettings, load_config
from sync.local_sheets import LocalSheets
from sync.records import Records
from tests.support.clocks import ManualClock
from tests.support.installation import as_imported, save_workbook
from tests.support.people_at_work import ELSEWHERE, NOTE
from tests.support.worded_sheet import HEADER, WORDED, WORDS

SERVED = 50
LOCALE = "vi_VN"


class World:
    """The server, the records and the lock folder that all examples share; each has a spreadsheet of its own."""

    def __init__(self, folder: Path, configuration: str) -> None:
        self.folder = folder
        self.url = f"sqlite:///{folder / 'state' / 'okr-sheets.db'}"
        self.workbooks = 0
        self.server = self.new_server()
        self.clock = ManualClock()
        self.records = Records.open(self.url)
        config = folder / "config.toml"
        config.write_text(configuration, encoding="utf-8")
        self.settings = load_config(config, {}).spreadsheet[0]
        self.has_words = configuration == WORDED
        self.workbook = folder / "sales.xlsx"
        # Each has a target of its own, so that few of its scores could be another's.
        targets = [(2, 10), (4, 11), (6, 13), (8, 17), (10, 19)]
        table: list[list[object]] = [
            [*HEADER, NOTE],
            *(["Bán tốt hơn", f"KR {n}", 0, target, current] for n, (current, target) in enumerate(targets, 1)),
            [*[None] * 5, 77, *[None] * len(WORDS), "tổng"],
        ]
        save_workbook(self.workbook, {"OKR": table, ELSEWHERE: [[f"mục {n}", n] for n in range(1, 6)]})

    def new_server(self) -> LocalSheets:
        server = LocalSheets(self.folder / f"data-{self.workbooks}", locale=LOCALE)
        server.start()
        return server

    def spreadsheet(self) -> SpreadsheetSettings:
        """A fresh spreadsheet: five key results, and a person's number below them."""
        if self.workbooks % SERVED == SERVED - 1:
            # A server keeps a file open for each spreadsheet, and its watch looks at all of them.
            self.server.close()
            self.server = self.new_server()
        self.workbooks += 1
        path = Path(shutil.copy(self.workbook, self.workbook.with_stem(f"sales-{self.workbooks}")))
        id_ = self.server.add(as_imported(path, LOCALE))
        path.unlink()
        return self.settings.model_copy(update={"id": id_})

    def start_again(self) -> None:
        """A new process knows nothing but what was recorded."""
        self.records.close()
        self.records = Records.open(self.url)

    def close(self) -> None:
        self.records.close()
        self.server.close()


@contextmanager
def worlds(configuration: str) -> Iterator[World]:
    """With columns for words; whether they are ours, the `configuration` says."""
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), configuration)
        try:
            yield world
        finally:
            world.close()
