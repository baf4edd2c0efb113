"""Secrets that are kept out of the configuration, in files of their own, and every sentence about one that is unusable.

A file that others on the machine can read is refused. No error carries anything of what a file holds.
"""

import stat
from pathlib import Path

from sync.domain.languages import N_, Language
from sync.translations import told

TEXTS: dict[str, str] = {
    "unreadable": N_("{path} cannot be read: {why}"),
    "open-to-others": N_("{path} can be read by others; run: chmod 600 {path}"),
    "not-made": N_("{path} cannot be made: {why}"),
    "no-client": N_(
        "{path} is not the JSON file of an OAuth client of the type “Web application”; "
        "download it from the Google Cloud console, APIs & Services, Credentials"
    ),
    "short-token": N_("{path} holds less than {least} characters; run: openssl rand -hex 32 > {path}"),
    "short-key": N_("{path} holds less than {least} bytes; remove it and a good one is made"),
    "no-address": N_("{where} holds no address"),
    "several-addresses": N_("{where} holds more than one address"),
}


class SecretError(Exception):
    """A secret cannot be used: which, why, and what to do. `facts` fill the sentence of `code`."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code, self.facts = code, facts
        super().__init__(self.told("en"))

    def told(self, language: Language) -> str:
        """The sentence in a language."""
        return told(TEXTS[self.code], language, **self.facts)


def read_secret(path: Path) -> bytes:
    """What the file holds. Raises SecretError."""
    try:
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise SecretError("open-to-others", path=path)
        return path.read_bytes()
    except OSError as error:
        raise SecretError("unreadable", path=path, why=error.strerror) from None
