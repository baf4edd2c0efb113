"""Commands whose work is imported when it is done: `COMMAND --help` need not wait for what a worker needs."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import click

from sync.cli.exits import IN_HELP
from sync.cli.speaking import SpokenContext


class OnDemand(click.Command):
    """A command that is declared here, and done by the function at `place`, written as `module:function`, which takes
    its parameters by name.
    """

    context_class = SpokenContext

    def __init__(self, name: str, place: str, what: str, *params: click.Parameter) -> None:
        super().__init__(name, help=what, params=[*params], callback=self._done, epilog=IN_HELP)
        self._module, _, self._function = place.partition(":")

    def load(self) -> Callable[..., None]:
        """The function that does it."""
        found: Callable[..., None] = getattr(import_module(self._module), self._function)
        return found

    def _done(self, **given: Any) -> None:
        self.load()(**given)
