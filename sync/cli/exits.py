"""How a command ends: its exit code, and the failure that says what must be mended first."""

from typing import IO, Any

import click

from sync.cli.speaking import tell_of

FINE, PROBLEMS, CANNOT_RUN = 0, 1, 2
# As shells tell of a process that SIGINT ended.
INTERRUPTED = 130

# Below the help of okr-sheets and of each command.
IN_HELP = (
    "Exit codes: 0 fine; 1 problems in sheets; 2 cannot run (configuration, access, network); 130 stopped by Ctrl-C."
)


class CannotRunError(click.ClickException):
    """Something that must be mended before the command can do anything."""

    exit_code = CANNOT_RUN

    def show(self, file: IO[Any] | None = None) -> None:
        tell_of(self, file)
