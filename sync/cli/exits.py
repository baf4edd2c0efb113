"""How a command ends: its exit code, and the failure that says what must be mended first."""

import click

FINE, PROBLEMS, CANNOT_RUN = 0, 1, 2
# As shells tell of a process that SIGINT ended.
INTERRUPTED = 130


class CannotRunError(click.ClickException):
    """Something that must be mended before the command can do anything."""

    exit_code = CANNOT_RUN
