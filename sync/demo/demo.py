"""Everything that the demo needs, put together in one temporary folder and taken apart again."""

import shutil
import tempfile
import threading
from collections.abc import Sequence
from contextlib import ExitStack, closing
from datetime import date
from pathlib import Path

from sync.clock import SystemClock
from sync.config.environment import ENDPOINT_VARIABLE
from sync.config.settings import Config, load_config
from sync.demo.life import Life
from sync.demo.past import remember
from sync.demo.workbooks import SampleWorkbook, build_workbooks
from sync.engine import Watcher, Worker
from sync.google import SheetsClient
from sync.local_sheets import LocalSheets
from sync.passes.run import run_pass
from sync.records import Records
from webapp.web.app import create_app
from webapp.web.server import PageServer

CONFIG = Path(__file__).parent / "company.toml"
LOCALE = "vi_VN"
HOST = "127.0.0.1"
PAGE_PATIENCE = 5.0
LOCAL_REQUESTS_PER_MINUTE = 100_000


def sample_config(folder: Path, sheets_url: str) -> Config:
    """The sample's configuration as one that stands in `folder` and asks the local server."""
    copied = folder / "config.toml"
    shutil.copyfile(CONFIG, copied)
    config = load_config(copied, {ENDPOINT_VARIABLE: sheets_url})
    # The local server has no quota, and a pass every two seconds would soon use up Google's.
    google = config.google.model_copy(update={"requests_per_minute": LOCAL_REQUESTS_PER_MINUTE})
    return config.model_copy(update={"google": google})


def remember_all(config: Config, records: Records, today: date) -> None:
    """Give every spreadsheet its past; what stands in it now is read once, and nothing is written into it."""
    clock = SystemClock()
    google = config.google
    client = SheetsClient.alone(google.credentials, google.endpoint, google.requests_per_minute, clock)
    with closing(client):
        for settings in config.spreadsheet:
            present = run_pass(settings, client, records, clock, dry_run=True).snapshot
            if present is not None:
                remember(records, present, today)


class Demo:
    """The sample company with its worker and page. Both ports are taken at once; 0 leaves the choice to the system.

    Raises OSError where a port is taken. `stop` may be called at any time, and again.
    """

    def __init__(self, port: int, sheets_port: int, watcher: Watcher) -> None:
        with ExitStack() as opened:
            folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="okr-sheets-demo-")))
            today = date.today()
            workbooks = build_workbooks(folder, today)
            self._sheets = LocalSheets(folder / "sheets", host=HOST, port=sheets_port, locale=LOCALE)
            opened.callback(self._sheets.close)
            self._spreadsheets = _imported(self._sheets, workbooks)
            self._sheets.start()
            config = sample_config(folder, self._sheets.url)
            records = Records.open(config.database_url)
            opened.callback(records.close)
            remember_all(config, records, today)
            intervals = {settings.id: settings.every for settings in config.spreadsheet}
            app = create_app(records, config.page, config.scoring.bands, intervals, config.company)
            self._page = PageServer(app, HOST, port)
            opened.callback(self._page.close)
            self._worker = Worker(config, records, watcher)
            self._life = Life(self._sheets.url, [cell for workbook in workbooks for cell in workbook.moving])
            self._title = config.page.title
            self._opened = opened.pop_all()

    def start(self) -> None:
        """Begin to read, score, show and live."""
        page = threading.Thread(target=self._page.run, name="page", daemon=True)
        page.start()
        self._opened.callback(page.join, PAGE_PATIENCE)
        self._opened.callback(self._page.close)
        self._worker.start()
        self._opened.callback(self._worker.stop)
        self._life.start()
        self._opened.callback(self._life.stop)

    def stop(self) -> None:
        """End everything, the last begun first, and delete the folder."""
        self._opened.close()

    @property
    def page_url(self) -> str:
        return f"http://{HOST}:{self._page.port}/"

    @property
    def sheets_url(self) -> str:
        return self._sheets.url

    def addresses(self) -> list[tuple[str, str]]:
        """Title and address of the page, then of each spreadsheet."""
        urls = {listing.id: listing.url for listing in self._sheets.spreadsheets()}
        sheets = [(title, urls[spreadsheet]) for spreadsheet, title in self._spreadsheets.items()]
        return [(self._title, self.page_url), *sheets]


def _imported(sheets: LocalSheets, workbooks: Sequence[SampleWorkbook]) -> dict[str, str]:
    """The workbooks' titles by the ID that they have on the server."""
    return {sheets.import_workbook(found.path, title=found.title): found.title for found in workbooks}
