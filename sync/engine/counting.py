"""Where the requests of each account are counted: with the records, if several machines share them."""

from sync.clock import Clock
from sync.config.settings import Config
from sync.google import Quotas
from sync.records.libpq import libpq_address

SCHEMA = "okr_sheets_quota"


def quotas_for(config: Config, clock: Clock) -> Quotas:
    """The quotas of this configuration's accounts. Raises SheetsError where the database cannot be reached."""
    address = libpq_address(config.database_url)
    if address is None:
        return Quotas(clock)
    # With its pool of connections it takes a while to load, and only PostgreSQL has need of it.
    from sync.google.shared_quota import InPostgreSQL

    return Quotas(clock, InPostgreSQL(address, SCHEMA))
