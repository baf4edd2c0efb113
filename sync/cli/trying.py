"""`demo` and `local-sheets`: okr-sheets without any account."""

from collections.abc import Sequence
from pathlib import Path

import click

from sync.cli.exits import CannotRunError
from sync.cli.ports import demo_port_taken, port_taken
from sync.cli.signals import on_signals


@click.command("local-sheets")
@click.option("--port", default=8001, show_default=True, help="Port to listen on.")
@click.option("--data", type=click.Path(path_type=Path), default="local-sheets", show_default=True, help="Folder.")
@click.option(
    "--import",
    "workbooks",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="An Excel workbook to begin with; may be given several times.",
)
@click.option("--locale", default="en_US", show_default=True, help="Locale of imported workbooks, such as vi_VN.")
@click.option("--control", is_flag=True, help="Let programs on this machine cause faults, under /control/. For tests.")
def local_sheets(port: int, data: Path, workbooks: Sequence[Path], locale: str, control: bool) -> None:
    """A local Sheets server, to try a mapping on a downloaded workbook without any account."""
    from sync.local_sheets import LocalSheets

    try:
        server = LocalSheets(data, port=port, locale=locale, control=control)
        for workbook in workbooks:
            server.import_workbook(workbook)
    except (OSError, ValueError) as error:
        raise CannotRunError(str(error)) from None
    try:
        server.start()
    except OSError as error:
        raise port_taken(f"port {port}", error, "--port") from None
    stop = on_signals()
    for listing in server.spreadsheets():
        click.echo(f"{listing.id}\t{listing.title}\t{listing.url}")
    click.echo(f"listening on {server.url}")
    stop.wait()
    server.close()


@click.command()
@click.option("--port", default=8000, show_default=True, help="Port of the page.")
@click.option("--sheets-port", default=8001, show_default=True, help="Port of the local Sheets server.")
@click.option("--no-open", is_flag=True, help="Do not open a browser.")
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
    click.echo("Ctrl-C ends it.")
    if not no_open:
        click.launch(running.page_url)
    stop.wait()
    running.stop()
