"""Google's Identity-Aware Proxy: the header that it signs. The unsigned ones, which anybody can send, are not read."""

import logging
import threading

import requests
from flask import request
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jwt import JWTClaimsRegistry, Token
from werkzeug.exceptions import ServiceUnavailable

from sync.clock import Clock, SystemClock
from sync.config.access import IapSettings
from webapp.sign_in.accounts import Account, account_of

HEADER = "x-goog-iap-jwt-assertion"
ALGORITHM = "ES256"
LEEWAY_SECONDS = 30
PATIENCE = 10

# Whoever sends unknown key IDs makes us ask for the keys this often and no more.
BETWEEN_LOOKS = 15.0

log = logging.getLogger(__name__)


class SigningKeys:
    """The signer's public keys (JWKS at `url`): fetched when they are first needed, and again for an unknown key."""

    def __init__(self, url: str, clock: Clock | None = None) -> None:
        self._url, self._clock = url, clock or SystemClock()
        self._looking = threading.Lock()
        self._keys: KeySet | None = None
        self._looked: float | None = None

    def get(self, *, newest: bool = False) -> KeySet:
        """The keys, looked up again for the `newest`. Raises ServiceUnavailable while there are none."""
        if newest or self._keys is None:
            self._look()
        if self._keys is None:
            raise ServiceUnavailable(retry_after=PATIENCE)
        return self._keys

    def _look(self) -> None:
        with self._looking:
            now = self._clock.monotonic()
            if self._looked is not None and now - self._looked < BETWEEN_LOOKS:
                return
            self._looked = now
            try:
                answer = requests.get(self._url, timeout=PATIENCE)
                answer.raise_for_status()
                self._keys = KeySet.import_key_set(answer.json())
            except (requests.RequestException, JoseError, ValueError, KeyError, TypeError) as error:
                log.warning("the keys of the Identity-Aware Proxy cannot be had: %s", type(error).__name__)


class Iap:
    """Tells who asks by the proxy's signed header alone."""

    def __init__(self, settings: IapSettings, keys: SigningKeys) -> None:
        self._keys = keys
        self._claims = JWTClaimsRegistry(
            leeway=LEEWAY_SECONDS,
            aud={"essential": True, "value": settings.audience},
            iss={"essential": True, "value": settings.issuer},
            exp={"essential": True},
            sub={"essential": True},
        )

    def account(self) -> Account | None:
        """The account that the proxy vouches for; None without a valid signature."""
        assertion = request.headers.get(HEADER)
        if not assertion:
            return None
        try:
            token = self._decoded(assertion)
            self._claims.validate(token.claims)
        except (JoseError, ValueError, TypeError) as error:
            log.warning("a signed header was refused: %s", type(error).__name__)
            return None
        return account_of(token.claims, confirmed=True)

    def _decoded(self, assertion: str) -> Token:
        try:
            return jwt.decode(assertion, self._keys.get(), algorithms=[ALGORITHM])
        except InvalidKeyIdError:
            return jwt.decode(assertion, self._keys.get(newest=True), algorithms=[ALGORITHM])
