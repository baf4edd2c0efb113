"""The command line: puts the rooms together and talks to people. The one place that knows both worker and page.

Exit codes: 0 fine, 1 problems in sheets, 2 cannot run (configuration, access, network), 130 interrupted by Ctrl-C.
"""

import sys
from typing import Any

import click

from sync.cli.configuring import inspect, print_config_schema
from sync.cli.desk import map_
from sync.cli.diagnosis import doctor
from sync.cli.exits import INTERRUPTED
from sync.cli.passes import check, sync
from sync.cli.rebuilding import rebuild_records
from sync.cli.services import run, serve, worker
from sync.cli.trying import demo, local_sheets
from sync.logs import set_up_logging


class _Interruptible(click.Group):
    """click leaves with 1 after Ctrl-C, which here means problems in sheets."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            sys.exit(INTERRUPTED)


@click.group(cls=_Interruptible)
@click.version_option(package_name="okr-sheets")
@click.option("--verbose", is_flag=True, help="Log more.")
def main(verbose: bool) -> None:
    """OKRs that stay in your Google Sheets: checked, scored, and shown as a whole."""
    set_up_logging(verbose)


for command in (
    check,
    sync,
    rebuild_records,
    worker,
    serve,
    run,
    doctor,
    print_config_schema,
    inspect,
    map_,
    local_sheets,
    demo,
):
    main.add_command(command)
