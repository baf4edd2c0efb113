"""The file that credentials come from: which one it is, what it holds, and whether others could use it too."""

import os
import stat
from pathlib import Path
from typing import Any

from google.auth import _cloud_sdk
from google.auth.environment_vars import CREDENTIALS as CREDENTIALS_VARIABLE

from sync.google.errors import CredentialsError, CredentialsFault
from sync.google.json_object import json_object

_READ = stat.S_IRGRP | stat.S_IROTH
_WRITE = stat.S_IWGRP | stat.S_IWOTH

# Files that say whom to ask for a token, and need hold nothing by which anybody else would get one.
_KEYLESS = ("external_account", "impersonated_service_account")
_SECRETS = (b'"private_key"', b'"refresh_token"', b'"client_secret"')

KeyState = tuple[int, int, int, int]


def credentials_file(configured: Path | None) -> Path | None:
    """The configured file, else the one that the environment names, else gcloud's own; None where there is none."""
    found = _name_of_file(configured)
    return Path(found) if found else None


def key_state(configured: Path | None) -> KeyState | None:
    """What changes when somebody replaces the file that credentials come from, or its mode; None for no file."""
    name = _name_of_file(configured)
    try:
        found = os.stat(name) if name else None
    except OSError:
        return None
    return (found.st_ino, found.st_size, found.st_mtime_ns, found.st_mode) if found else None


def _name_of_file(configured: Path | None) -> str | None:
    """Asked every second, so no Path is made for it."""
    if configured is not None:
        return str(configured)
    left_by_gcloud: str = _cloud_sdk.get_application_default_credentials_path()  # type: ignore[no-untyped-call]
    return os.environ.get(CREDENTIALS_VARIABLE) or (left_by_gcloud if os.path.isfile(left_by_gcloud) else None)


def read_credentials(path: Path) -> dict[str, Any]:
    """The JSON object in the file, empty where it holds none. Raises CredentialsError for a file that others can
    change, or, unless it surely holds no secret, read.
    """
    try:
        with path.open("rb") as file:
            mode, content = os.fstat(file.fileno()).st_mode, file.read()
    except IsADirectoryError:
        raise CredentialsError(CredentialsFault.FOLDER, path) from None
    except OSError as error:
        raise CredentialsError(CredentialsFault.UNREADABLE, path, error.strerror or "") from None
    found = json_object(content)
    keyless = found.get("type") in _KEYLESS and not any(name in content for name in _SECRETS)
    if mode & (_WRITE if keyless else _READ | _WRITE):
        raise CredentialsError(CredentialsFault.SHARED, path)
    return found
