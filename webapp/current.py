"""The company as the records hold it now, built once for each version of them and shared between threads."""

import threading

from sync.records import Records
from webapp.company import Company, company_of


class CurrentCompany:
    """Reads the records only when they have changed."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._building = threading.Lock()
        self._company: Company | None = None

    def get(self) -> Company:
        """The newest company; while another thread is building it, the one before."""
        version = self._records.version()
        company = self._company
        if company is not None and company.version == version:
            return company
        if not self._building.acquire(blocking=company is None):
            return company or self.get()
        try:
            return self._built(version)
        finally:
            self._building.release()

    def _built(self, version: int) -> Company:
        if self._company is None or self._company.version != version:
            # The version was read first: what is recorded meanwhile is shown now and built once more.
            self._company = company_of(version, self._records.snapshots(), self._records.last_passes())
        return self._company
