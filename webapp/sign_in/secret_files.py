"""Secrets that are kept in files: the OAuth client, keys of ours, the token of scripts.

A file that others on the machine can read is refused. No error carries anything of what a file holds.
"""

import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from sync.config.secrets import SecretError, read_secret

KEY_BYTES = 32
TOKEN_CHARACTERS = 32


@dataclass(frozen=True, slots=True)
class OAuthClient:
    """Who we are to the OpenID provider."""

    id: str
    secret: str = field(repr=False)


def read_client(path: Path) -> OAuthClient:
    """The OAuth client from the file that Google's console offers for download."""
    try:
        web = json.loads(read_secret(path))["web"]
        return OAuthClient(str(web["client_id"]), str(web["client_secret"]))
    except (ValueError, KeyError, TypeError):
        raise SecretError("no-client", path=path) from None


def read_token(path: Path) -> bytes:
    """The token of scripts, without white space around it."""
    token = read_secret(path).strip()
    if len(token) < TOKEN_CHARACTERS:
        raise SecretError("short-token", path=path, least=TOKEN_CHARACTERS)
    return token


def kept_key(path: Path | None) -> bytes:
    """A key of ours, such as that of sessions, made where there is none; without a path it goes with the process."""
    if path is None:
        return secrets.token_bytes(KEY_BYTES)
    _make(path)
    key = read_secret(path)
    if len(key) < KEY_BYTES:
        raise SecretError("short-key", path=path, least=KEY_BYTES)
    return key


def _make(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
    except FileExistsError:
        return
    except OSError as error:
        raise SecretError("not-made", path=path, why=error.strerror) from None
