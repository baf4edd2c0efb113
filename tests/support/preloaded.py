"""What processes of the command line need not import again; see `processes`."""

import gc

from sqlalchemy import make_url

import sync.engine.jobs.dispatcher
import sync.engine.jobs.runner
import sync.records.migrating  # noqa: F401
import tests.support.opening
import tests.support.processes  # noqa: F401
import webapp.web.app
import webapp.web.server  # noqa: F401
from sync.cli.commands import COMMANDS

for command in COMMANDS:
    command.load()
for kind in ("sqlite", "postgresql+psycopg"):
    make_url(f"{kind}://").get_dialect().import_dbapi()

# So that no collector looks through what was imported, in none of the processes.
gc.collect()
gc.freeze()
