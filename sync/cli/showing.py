"""The page of a service: the server, what it answers with, and for each company a page that follows its file."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import click

from sync.cli.exits import CannotRunError
from sync.cli.ports import page_place_taken
from sync.cli.reloading import Reloading, TakeOver, UnusableError
from sync.cli.terminal_language import terminal_language
from sync.config.settings import Config
from sync.config.standing import Standing
from sync.domain.languages import N_
from sync.records import Records
from sync.translations import told
from webapp.sign_in import SecretError
from webapp.web.app import begin, make_ready, page_of
from webapp.web.companies import CompanyPages, OnePage
from webapp.web.server import PageServer

_PAGE_ON = N_("page on {url}")


class PageFront:
    """Takes the port from the moment it is made, and answers from `open` on. Raises CannotRunError.

    What it answers with are `pages`: of several companies each at a place of its own.
    """

    def __init__(self, config: Config, not_running: Callable[[], int]) -> None:
        page = config.page
        self.pages = CompanyPages(page, not_running) if config.name else OnePage()
        try:
            self._server = PageServer(self.pages, page.host, page.port)
        except OSError as error:
            raise page_place_taken(f"{page.host}, port {page.port}", error) from None

    def open(self, configs: Iterable[Config]) -> None:
        """Say where the pages of these are."""
        threading.Thread(target=self._server.run, daemon=True).start()
        for config in configs:
            click.echo(told(_PAGE_ON, terminal_language(), url=self._address(config)))

    def close(self) -> None:
        self._server.close()

    def _address(self, config: Config) -> str:
        """Where the page of a company is, as seen from this machine."""
        return f"http://{config.page.host_name or config.page.host}:{self._server.port}{config.page_path}/"


@contextmanager
def showing(config: Config, records: Records, reloading: Reloading, front: PageFront) -> Iterator[None]:
    """The page of a company. Raises CannotRunError where a file of its sign-in cannot be used."""

    def standing() -> Standing:
        return reloading.standing

    def prepare(new: Config) -> TakeOver:
        try:
            page = page_of(new, records, standing)
        except SecretError as error:
            raise UnusableError(error.told) from None
        # Until it can answer, readers have the page as it was.
        make_ready(page)
        return lambda config: front.pages.show(config, page)

    try:
        app = page_of(config, records, standing)
    except SecretError as error:
        raise CannotRunError(error.told(terminal_language())) from None
    reloading.add(prepare)
    front.pages.show(config, app)
    begin(app)
    try:
        yield
    finally:
        front.pages.remove(config.name)
