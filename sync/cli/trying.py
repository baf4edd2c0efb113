"""`demo` and `local-sheets`: okr-sheets without any account."""

from collections.abc import Sequence
from pathlib import Path

import click

from sync.cli.exits import CannotRunError
from sync.cli.ports import demo_port_taken, port_taken
from sync.cli.signals import on_signals
from sync.cli.system_errors import told_of
from sync.cli.terminal_language import terminal_language
from sync.domain.languages import N_
from sync.translations import gettext, told

_LISTENING = N_("listening on {url}")
_END = N_("Ctrl-C ends it.")


def local_sheets(port: int, data: Path, workbooks: Sequence[Path], locale: str, control: bool) -> None:
    """A local Sheets server, to try a mapping on a downloaded workbook without any account."""
    from sync.local_sheets import LocalSheets

    try:
        server = LocalSheets(data, port=port, locale=locale, control=control)
        for workbook in workbooks:
            server.import_workbook(workbook)
    except (OSError, ValueError) as error:
        raise CannotRunError(told_of(error)) from None
    try:
        server.start()
    except OSError as error:
        raise port_taken(f"port {port}", error, "--port") from None
    stop = on_signals()
    for listing in server.spreadsheets():
        click.echo(f"{listing.id}\t{listing.title}\t{listing.url}")
    click.echo(told(_LISTENING, terminal_language(), url=server.url))
    stop.wait()
    server.close()


def demo(port: int, sheets_port: int, no_open: bool) -> None:
    """A sample company on a local Sheets server, with worker and page. No account needed; Ctrl-C ends it."""
    from sync.cli.outcomes import OutcomeLog
    from sync.demo import Demo

    try:
        running = Demo(port, sheets_port, OutcomeLog().tell)
    except OSError as error:
        raise demo_port_taken(port, sheets_port, error) from None
    stop = on_signals()
    running.start()
    for title, url in running.addresses():
        click.echo(f"{title}: {url}")
    click.echo(gettext(_END, terminal_language()))
    if not no_open:
        click.launch(running.page_url)
    stop.wait()
    running.stop()
