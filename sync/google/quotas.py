"""The quota of each account, one for all who sign in as it, and within that of its Google Cloud project."""

import threading
from pathlib import Path

from sync.clock import Clock
from sync.google.errors import SheetsError
from sync.google.key_file import credentials_file, read_credentials
from sync.google.quota import Counting, InThisProcess, Quota


class Quotas:
    """Hands out the one quota of each account, which allows what was said of it last. Safe between threads.

    Accounts are told apart by their address, so that machines that keep their keys in different places mean the same.
    """

    def __init__(self, clock: Clock, counting: Counting | None = None) -> None:
        self._clock, self._counting = clock, counting or InThisProcess(clock)
        self._known: dict[str, Quota] = {}
        self._lock = threading.Lock()

    def of(self, key_file: Path | None, per_minute: int, project_per_minute: int) -> Quota:
        """That of whoever the key file speaks for. Raises SheetsError where it cannot be counted."""
        account, project = _who(key_file)
        with self._lock:
            within = self._one(f"project {project}", project_per_minute)
            return self._one(f"account {account}", per_minute, within)

    def close(self) -> None:
        """Nothing more is counted."""
        self._counting.close()

    def _one(self, name: str, per_minute: int, within: Quota | None = None) -> Quota:
        known = self._known.get(name)
        if known is None:
            known = Quota.share_of(per_minute, self._clock, name=name, counting=self._counting, within=within)
            self._known[name] = known
        known.allow(per_minute)
        return known


def _who(key_file: Path | None) -> tuple[str, str]:
    """The account and its project; of a key that cannot be read yet its place stands for both."""
    path = credentials_file(key_file)
    if path is None:
        return "of this machine", "of this machine"
    try:
        found = read_credentials(path)
    except SheetsError:
        return str(path), str(path)
    account = str(found.get("client_email") or path)
    return account, str(found.get("project_id") or account)
