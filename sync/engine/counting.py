"""Where the requests of each account are counted: with the records, if several machines share them."""

from sync.clock import Clock
from sync.config.settings import Config
from sync.domain.failures import Trouble
from sync.domain.languages import N_
from sync.google import Quotas, SheetsError
from sync.records.libpq import libpq_address

SCHEMA = "okr_sheets_quota"
NO_EXTRA = N_('passes on PostgreSQL need what pip install "okr-sheets[postgresql]" brings')


def quotas_for(config: Config, clock: Clock) -> Quotas:
    """The quotas of this configuration's accounts. Raises SheetsError where the database cannot be reached."""
    address = libpq_address(config.database_url)
    if address is None:
        return Quotas(clock)
    # With its pool of connections it takes a while to load, and only PostgreSQL has need of it.
    try:
        import procrastinate  # noqa: F401

        from sync.google.shared_quota import InPostgreSQL
    except ImportError:
        raise SheetsError(Trouble.RECORDS, NO_EXTRA) from None

    return Quotas(clock, InPostgreSQL(address, SCHEMA))


class ProcessQuotas:
    """The quotas of all companies that a process works for: whoever signs in as one account counts against one."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: dict[str | None, Quotas] = {}

    def __call__(self, config: Config) -> Quotas:
        """Those of a configuration, counted where it has its records or else in this process. Raises SheetsError."""
        place = libpq_address(config.database_url)
        if place not in self._known:
            self._known[place] = quotas_for(config, self._clock)
        return self._known[place]

    def close(self) -> None:
        """Nothing more is counted."""
        for quotas in self._known.values():
            quotas.close()
