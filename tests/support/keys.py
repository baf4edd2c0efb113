"""Keys of service accounts."""

import json
from functools import cache
from itertools import count
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

ACCOUNT = "okr@example.iam.gserviceaccount.com"
_NUMBERS = count(1)


@cache
def private_key() -> str:
    """An RSA key, one for all tests of a process: to make one takes up to a second of a processor."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def write_key(path: Path, mode: int = 0o600, *, account: str = ACCOUNT, project: str = "example") -> None:
    """A service account's key file, such as the local server accepts; each has an ID of its own, as Google gives it."""
    held = {
        "type": "service_account",
        "project_id": project,
        "private_key_id": str(next(_NUMBERS)),
        "private_key": private_key(),
        "client_email": account,
        "token_uri": "https://oauth2.googleapis.com/token",
    }
    new = path.with_suffix(".new")
    new.write_text(json.dumps(held), encoding="utf-8")
    new.chmod(mode)
    new.replace(path)
