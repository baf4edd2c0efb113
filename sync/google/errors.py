"""What can go wrong between us and Google, as one exception with its facts; no sentences for people here."""

from enum import StrEnum
from pathlib import Path

from sync.domain.failures import Trouble
from sync.domain.redaction import redacted


class SheetsError(Exception):
    """A request that failed. `status` is the HTTP status (0: no answer); `detail` is Google's text, without secrets.

    `ambiguous` says that a write may have been applied although no good answer came. `retry_after` is in seconds, 0 for
    nothing told. `request_index` is which request of a batch Google names as the one it refuses, `sheet_id` its tab.
    """

    def __init__(
        self,
        trouble: Trouble,
        detail: str = "",
        *,
        status: int = 0,
        retry_after: float = 0,
        ambiguous: bool = False,
        request_index: int | None = None,
    ) -> None:
        self.trouble, self.detail, self.status = trouble, redacted(detail), status
        super().__init__(f"{trouble}: {self.detail}" if detail else str(trouble))
        self.retry_after, self.ambiguous, self.request_index = retry_after, ambiguous, request_index
        self.sheet_id: int | None = None


class CredentialsFault(StrEnum):
    """What is wrong with that which this machine has to sign in with."""

    NONE = "no-credentials"  # there is nothing
    UNREADABLE = "key-unreadable"  # no such file, or not for us
    FOLDER = "key-folder"
    SHARED = "key-shared"  # other users can read or change it
    NO_KEY = "key-other"  # not the key file of a service account
    NO_CREDENTIALS = "credentials-other"  # nothing that the machine's own credentials can be made of


class CredentialsError(SheetsError):
    """There is nothing usable to sign in with; Google was not asked.

    `path` is the file in question, "" for none, and `why` the system's word for it, both without secrets.
    """

    def __init__(self, fault: CredentialsFault, path: Path | None = None, why: str = "") -> None:
        self.fault, self.path, self.why = fault, redacted(str(path or "")), why
        super().__init__(Trouble.CREDENTIALS, f"{fault} {self.path} {why}".strip())
