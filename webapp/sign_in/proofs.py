"""Proofs that a request may ask for a look at a spreadsheet: the secret of its hook, and what a form of ours carries.

All are made from one key by HMAC, so that nothing else has to be kept: who knows the secret of one spreadsheet learns
nothing of another's, and a new key makes all anew.
"""

import hmac
from hashlib import sha256
from pathlib import Path

from webapp.sign_in.secret_files import kept_key


class Proofs:
    """Of one page."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    @classmethod
    def kept_in(cls, path: Path | None) -> "Proofs":
        """With the key in a file, made where it is missing; without one they are forgotten with the process.

        Raises SecretError where the file cannot be used.
        """
        return cls(kept_key(path))

    def hook(self, spreadsheet: str) -> str:
        """The secret of a spreadsheet's hook."""
        return self._made("hook", spreadsheet)

    def form(self, reader: str) -> str:
        """What a form that we gave to a reader carries, and no other site knows."""
        return self._made("form", reader)

    def is_hook(self, spreadsheet: str, given: str) -> bool:
        """In the same time whatever was given."""
        return _equal(self.hook(spreadsheet), given)

    def is_form(self, reader: str, given: str) -> bool:
        """In the same time whatever was given."""
        return _equal(self.form(reader), given)

    def _made(self, purpose: str, name: str) -> str:
        return hmac.new(self._key, f"{purpose}:{name}".encode(), sha256).hexdigest()


def _equal(right: str, given: str) -> bool:
    return hmac.compare_digest(right.encode(), given.encode("utf-8", "replace"))
