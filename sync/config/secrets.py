"""Secrets that are kept out of the configuration, in files of their own.

A file that others on the machine can read is refused. No error carries anything of what a file holds.
"""

import stat
from pathlib import Path


class SecretError(Exception):
    """A secret cannot be used; the text says which, why, and what to do."""


def read_secret(path: Path) -> bytes:
    """What the file holds. Raises SecretError."""
    try:
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise SecretError(f"{path} can be read by others; run: chmod 600 {path}")
        return path.read_bytes()
    except OSError as error:
        raise SecretError(f"{path}: {error.strerror}") from None
