"""Whom we sign in as: one sign-in of each account for all passers, anew when its key file was replaced."""

import threading
from collections.abc import Mapping
from datetime import UTC, datetime

from sync.clock import Clock
from sync.config.google import GoogleSettings
from sync.google import Identity, Quota, Quotas, SheetsClient, key_state

LONG_AGO = datetime.min.replace(tzinfo=UTC)


class SharedIdentity:
    """Opens clients, one for each thread, that sign in together. Safe between threads.

    `number` counts the key files that were put in place since we began, the last of them at `since`.
    """

    def __init__(self, google: GoogleSettings, quota: Quota, clock: Clock, stopping: threading.Event) -> None:
        self.quota = quota
        self._google, self._clock, self._stopping = google, clock, stopping
        self._lock = threading.Lock()
        self._seen = key_state(google.credentials)
        self._identity: Identity | None = None
        self.number, self.since = 0, LONG_AGO

    def look_at_the_key(self) -> None:
        """Notice another key file. While it is gone, what we have still serves."""
        with self._lock:
            state = key_state(self._google.credentials)
            if state not in (None, self._seen):
                self._seen, self._identity = state, None
                self.number, self.since = self.number + 1, self._clock.now()

    def open(self) -> SheetsClient:
        """A client for one thread. Raises SheetsError where there is no usable key."""
        google = self._google
        with self._lock:
            client = SheetsClient(
                google.credentials, google.endpoint, clock=self._clock, quota=self.quota, identity=self._identity
            )
            self._identity = client.identity
        client.stop_with(self._stopping)
        return client

    def is_current(self, client: SheetsClient) -> bool:
        """Whether the client signs in as all others do from now on."""
        return client.identity is self._identity

    def refused(self, client: SheetsClient) -> None:
        """Google does not let this client in: the next ones begin with what the key file holds then."""
        with self._lock:
            if self.is_current(client):
                self._identity = None


class Identities:
    """That of each account, by its name; what decides in a process and what makes passes there share them."""

    def __init__(
        self, accounts: Mapping[str, GoogleSettings], quotas: Quotas, clock: Clock, stopping: threading.Event
    ) -> None:
        """Raises SheetsError where requests cannot be counted."""
        self._known = {
            name: SharedIdentity(
                google, quotas.of(google.credentials, google.requests_per_minute, google.project_limit), clock, stopping
            )
            for name, google in accounts.items()
        }

    def identity(self, name: str) -> SharedIdentity:
        return self._known[name]

    def open(self, name: str) -> SheetsClient:
        """A client of that account, for one thread. Raises SheetsError where there is no usable key."""
        return self._known[name].open()

    def names(self) -> list[str]:
        return list(self._known)
