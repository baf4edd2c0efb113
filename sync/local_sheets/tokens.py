"""Who calls: access tokens issued and recognised. Any refresh token and any well-formed assertion is accepted.

A token is the caller's name and a keyed hash of it, so nothing has to be remembered and a restart changes nothing.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any

from sync.local_sheets.book import OWNER, WORKER

LIFETIME = 3599
AUDIENCE = "https://oauth2.googleapis.com/token"
JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"

_CALLERS = {"worker": WORKER, "person": OWNER}


class Refused(Exception):
    """An OAuth error code and its description."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(description)
        self.error = error
        self.description = description


class Tokens:
    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def issue(self, form: dict[str, str]) -> dict[str, Any]:
        """The answer of the token endpoint: the refresh token "person" is a person, all else the worker."""
        grant = form.get("grant_type")
        if grant == "refresh_token":
            if not form.get("refresh_token"):
                raise Refused("invalid_request", "Missing required parameter: refresh_token")
            name = "person" if form["refresh_token"] == "person" else "worker"
        elif grant == JWT_BEARER:
            _check_assertion(form.get("assertion", ""))
            name = "worker"
        else:
            raise Refused("unsupported_grant_type", f"Invalid grant_type: {grant or ''}")
        return {"access_token": self._token(name), "expires_in": LIFETIME, "token_type": "Bearer"}

    def caller(self, token: str) -> str | None:
        for name, email in _CALLERS.items():
            if hmac.compare_digest(token.encode(), self._token(name).encode()):
                return email
        return None

    def _token(self, name: str) -> str:
        return f"local.{name}.{hmac.new(self._secret, name.encode(), hashlib.sha256).hexdigest()}"


def _check_assertion(assertion: str) -> None:
    """Its audience is Google's own, also when it is sent here; its signature cannot be checked here."""
    parts = assertion.split(".")
    try:
        claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
        audience = claims["aud"]
    except (IndexError, ValueError, KeyError, TypeError):
        raise Refused("invalid_grant", "Invalid JWT: not a signed set of claims.") from None
    if audience != AUDIENCE:
        raise Refused("invalid_grant", f"Invalid JWT: aud must be {AUDIENCE}.")
