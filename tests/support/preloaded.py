"""What processes of the command line need not import again; see `processes`."""

import gc

import webapp.web.app
import webapp.web.server  # noqa: F401
from sync.cli import main
from sync.cli.on_demand import OnDemand

for command in main.commands.values():
    if isinstance(command, OnDemand):
        command.load()

# So that no collector looks through what was imported, in none of the processes.
gc.collect()
gc.freeze()
