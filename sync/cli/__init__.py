"""The command line: puts the rooms together and talks to people. The one place that knows both worker and page.

Exit codes: 0 fine, 1 problems in sheets, 2 cannot run (configuration, access, network), 130 interrupted by Ctrl-C.
"""

import sys
from typing import Any

import click

from sync.cli.exits import INTERRUPTED
from sync.cli.on_demand import OnDemand
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


# Each with the place where it is defined, and the first line of its help.
for _name, _place, _summary in (
    ("check", "passes:check", "Validate the configuration and the sheets; writes nothing."),
    ("sync", "passes:sync", "One pass over every spreadsheet."),
    ("close", "closing:close_period", "Keep the results of a period for good, whatever becomes of its tabs."),
    (
        "rebuild-records",
        "rebuilding:rebuild_records",
        "Begin the database anew from the sheets; the old one is kept beside it.",
    ),
    ("worker", "services:worker", "Run passes at each spreadsheet's interval until stopped."),
    ("serve", "services:serve", "Show the page."),
    ("run", "services:run", "Worker and page in one process."),
    ("doctor", "diagnosis:doctor", "Say who we are to Google, what we may do, and what is in the way."),
    (
        "config-schema",
        "configuring:print_config_schema",
        "Print a JSON Schema of the configuration file, for editors that complete and check it.",
    ),
    ("inspect", "configuring:inspect", "Look at a spreadsheet (its ID or address) and propose a mapping for it."),
    (
        "map",
        "desk:map_",
        "Map a spreadsheet by looking at it: its ID or address, or a downloaded .xlsx file. "
        "Nothing is written into it before you say so.",
    ),
    (
        "local-sheets",
        "trying:local_sheets",
        "A local Sheets server, to try a mapping on a downloaded workbook without any account.",
    ),
    (
        "demo",
        "trying:demo",
        "A sample company on a local Sheets server, with worker and page. No account needed; Ctrl-C ends it.",
    ),
):
    main.add_command(OnDemand(_name, f"sync.cli.{_place}", _summary))
