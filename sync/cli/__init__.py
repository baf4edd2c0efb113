"""The command line: puts the rooms together and talks to people. The one place that knows both worker and page.

Exit codes: 0 fine, 1 problems in sheets, 2 cannot run (configuration, access, network), 130 interrupted by Ctrl-C.
"""

import sys
from importlib.metadata import version
from importlib.resources import files
from typing import Any

import click

from sync.cli.exits import IN_HELP, INTERRUPTED
from sync.cli.logs import set_up_logging
from sync.cli.on_demand import OnDemand
from sync.cli.speaking import SpokenContext, no_such_command, spoken_errors

_VERSION_HELP = "Show the version, and the schema of its database, and exit."


def _tell_version(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not context.resilient_parsing:
        click.echo(f"okr-sheets {version('okr-sheets')}, database schema {_schema()}")
        context.exit()


def _schema() -> str:
    """That of the newest migration. To load the database itself takes longer than all the rest."""
    migrations = files("sync") / "records" / "migrations" / "versions"
    return max(found.name.partition("_")[0] for found in migrations.iterdir() if found.name.endswith(".py"))


class _Commands(click.Group):
    """All commands. click leaves with 1 after Ctrl-C, which here means problems in sheets."""

    context_class = SpokenContext

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        with spoken_errors():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with spoken_errors():
                return super().invoke(ctx)
        except KeyboardInterrupt:
            sys.exit(INTERRUPTED)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            raise no_such_command(args[0], self.commands, ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Whole sentences; click cuts them off where a line ends."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, self.commands[name].help or "") for name in self.list_commands(ctx)])


@click.group(cls=_Commands, epilog=IN_HELP)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_tell_version, help=_VERSION_HELP)
@click.option("--verbose", is_flag=True, help="Log more.")
def main(verbose: bool) -> None:
    """OKRs that stay in your Google Sheets: checked, scored, and shown as a whole."""
    set_up_logging(verbose)


# Each with the place where it is defined, and the first line of its help.
for _name, _place, _summary in (
    (
        "init",
        "beginning:init",
        "Make the first configuration and the state folder, from six questions.",
    ),
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
    (
        "hook",
        "hook:hook",
        "Print what lets a spreadsheet (its ID or address) tell of its edits, so that scores follow within seconds.",
    ),
    ("notify", "notifying:notify", "Send what is due to chat rooms and mailboxes, once."),
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
