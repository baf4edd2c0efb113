"""Commands whose modules are imported when they are called: `--help` need not wait for what a worker needs."""

from importlib import import_module
from typing import Any

import click

from sync.cli.exits import IN_HELP
from sync.cli.speaking import SpokenContext


class OnDemand(click.Command):
    """Stands for the command at `place`, written as `module:function`, until that is called. `summary` is its help."""

    def __init__(self, name: str, place: str, summary: str) -> None:
        super().__init__(name, help=summary)
        self._module, _, self._function = place.partition(":")

    def load(self) -> click.Command:
        """The command itself."""
        found: click.Command = getattr(import_module(self._module), self._function)
        found.context_class = SpokenContext
        found.epilog = IN_HELP
        return found

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The context of the command itself, in which everything after this happens."""
        return self.load().make_context(info_name, args, parent, **extra)
