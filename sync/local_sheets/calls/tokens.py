"""Who calls: access tokens issued and recognised. Any refresh token is accepted, and any assertion that could be real.

A token is the caller's name and a keyed hash of it, so nothing has to be remembered and a restart changes nothing.
Every service account is the worker, but for those that are known to be somebody else.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from typing import Any

from sync.local_sheets.book.book import OWNER, WORKER

LIFETIME = 3599
AUDIENCE = "https://oauth2.googleapis.com/token"
JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"

_SKEW = 300  # seconds

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
        self._callers = dict(_CALLERS)

    def know(self, account: str) -> None:
        """This service account is somebody else than the worker."""
        self._callers[account] = account

    def issue(self, form: dict[str, str]) -> dict[str, Any]:
        """The answer of the token endpoint: the refresh token "person" is a person, all else the worker."""
        grant = form.get("grant_type")
        if grant == "refresh_token":
            if not form.get("refresh_token"):
                raise Refused("invalid_request", "Missing required parameter: refresh_token")
            name = "person" if form["refresh_token"] == "person" else "worker"
        elif grant == JWT_BEARER:
            account = _account_of(form.get("assertion", ""))
            name = account if account in self._callers else "worker"
        else:
            raise Refused("unsupported_grant_type", f"Invalid grant_type: {grant or ''}")
        return {"access_token": self._token(name), "expires_in": LIFETIME, "token_type": "Bearer"}

    def caller(self, token: str) -> str | None:
        for name, email in self._callers.items():
            if hmac.compare_digest(token.encode(), self._token(name).encode()):
                return email
        return None

    def _token(self, name: str) -> str:
        return f"local.{name}.{hmac.new(self._secret, name.encode(), hashlib.sha256).hexdigest()}"


def _account_of(assertion: str) -> str:
    """Its audience is Google's own, also when it is sent here; its signature cannot be checked here."""
    claims = _claims(assertion)
    if claims.get("aud") != AUDIENCE:
        raise Refused("invalid_grant", f"Invalid JWT: aud must be {AUDIENCE}.")
    if not isinstance(claims.get("iss"), str) or not claims["iss"]:
        raise Refused("invalid_grant", "Invalid JWT: iss must be the service account.")
    issued, expires = claims.get("iat"), claims.get("exp")
    if not isinstance(issued, int | float) or not isinstance(expires, int | float) or not _is_now(issued, expires):
        raise Refused(
            "invalid_grant",
            "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. "
            "Check your iat and exp values in the JWT claim.",
        )
    return str(claims["iss"])


def _is_now(issued: float, expires: float) -> bool:
    """Within an hour, give or take what clocks may differ."""
    now = time.time()
    return issued - _SKEW <= now <= expires + _SKEW and 0 < expires - issued <= 3600 + _SKEW


def _claims(assertion: str) -> dict[str, Any]:
    """Of a token with a header, claims and a signature, signed as service accounts sign."""
    try:
        header, claims, signature = assertion.split(".")
        algorithm, found = _decoded(header).get("alg"), _decoded(claims)
    except (ValueError, AttributeError):
        raise Refused("invalid_grant", "Invalid JWT: not a signed set of claims.") from None
    if algorithm != "RS256" or not signature:
        raise Refused("invalid_grant", "Invalid JWT: it must be signed with RS256.")
    return found


def _decoded(part: str) -> dict[str, Any]:
    found = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    if not isinstance(found, dict):
        raise ValueError("no object")
    return found
