"""The command line: puts the rooms together and talks to people. The one place that knows both worker and page.

Here and in `commands` is what `--help` and `--version` need; what does the work is imported when it is done.

Exit codes: 0 fine, 1 problems in sheets, 2 cannot run (configuration, access, network), 130 interrupted by Ctrl-C.
"""

import sys
from typing import Any

import click

from sync.cli.commands import COMMANDS
from sync.cli.exits import IN_HELP, INTERRUPTED
from sync.cli.logs import set_up_logging
from sync.cli.speaking import SpokenContext, no_such_command, spoken_errors

_VERSION_HELP = "Show the version, and the schema of its database, and exit."


def _tell_version(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not context.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"okr-sheets {version('okr-sheets')}, database schema {_schema()}")
        context.exit()


def _schema() -> str:
    """That of the newest migration. To load the database itself takes longer than all the rest."""
    from importlib.resources import files

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


for _command in COMMANDS:
    main.add_command(_command)
