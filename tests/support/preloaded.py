"""What processes of the command line need not import again; see `processes`."""

import gc

import webapp.web.app
import webapp.web.server  # noqa: F401
from sync.cli.commands import COMMANDS

for command in COMMANDS:
    command.load()

# So that no collector looks through what was imported, in none of the processes.
gc.collect()
gc.freeze()
