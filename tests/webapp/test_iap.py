"""Behind Google's Identity-Aware Proxy: only its signature opens the page. Real ES256 keys, fetched over real HTTP."""

import base64
import hmac
import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet
from werkzeug.serving import make_server

from sync.config.access import IapSettings, Readers
from sync.config.settings import PageSettings
from sync.domain.scoring import Bands
from sync.records import Records
from tests.support.clocks import ManualClock
from tests.webapp.companies import keep, key_result, objective, snapshot
from tests.webapp.conftest import NEVER_STALE
from webapp.security import FOR_ONE_READER
from webapp.sign_in.iap import BETWEEN_LOOKS, HEADER, SigningKeys
from webapp.web.app import create_app

AUDIENCE = "/projects/1/global/backendServices/2"


class KeyServer:
    """Gives out public keys, as gstatic does; `looks` counts how often it was asked, `broken` what it says instead."""

    def __init__(self) -> None:
        self.key = ECKey.generate_key("P-256", {"kid": "first", "use": "sig"})
        self.looks, self.broken = 0, b""
        self._server = make_server("127.0.0.1", 0, self._answer)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self.url = f"http://127.0.0.1:{self._server.server_port}/keys"

    def _answer(self, _: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.looks += 1
        start_response("200 OK", [("Content-Type", "application/json")])
        return [self.broken or json.dumps(KeySet([self.key]).as_dict(private=False)).encode()]

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def rotate(self) -> None:
        self.key = ECKey.generate_key("P-256", {"kid": "second", "use": "sig"})

    def signed(self, **changes: Any) -> str:
        """An assertion as the proxy makes it; a change to None leaves a claim out."""
        now = int(time.time())
        claims = {"aud": AUDIENCE, "iss": "https://cloud.google.com/iap", "iat": now - 5, "exp": now + 600}
        claims |= {"sub": "accounts.google.com:1", "email": "an@cty.vn", "hd": "cty.vn"} | changes
        claims = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode({"alg": "ES256", "kid": self.key.kid}, claims, self.key)


@pytest.fixture
def keys() -> Iterator[KeyServer]:
    server = KeyServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def open_page(keys: KeyServer, records: Records) -> Callable[..., FlaskClient]:
    keep(records, snapshot([objective("o")], [key_result("k", "o")]))

    def make(readers: Readers | None = None) -> FlaskClient:
        iap = IapSettings(audience=AUDIENCE, keys=keys.url)
        page = PageSettings(iap=iap, readers=readers or Readers())
        return create_app(records, page, Bands(), NEVER_STALE).test_client()

    return make


def signed_with_the_public_key(key: ECKey, claims: dict[str, Any]) -> str:
    """As if the public key were the secret of an HMAC: what a verifier falls for that believes the header."""
    head, body = (_encoded(json.dumps(part).encode()) for part in ({"alg": "HS256", "kid": key.kid}, claims))
    return f"{head}.{body}.{_encoded(hmac.digest(key.as_pem(private=False), f'{head}.{body}'.encode(), 'sha256'))}"


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def status(client: FlaskClient, assertion: str) -> int:
    return client.get("/", headers={HEADER: assertion}).status_code


def test_whom_the_proxy_vouches_for_may_read(open_page: Callable[..., FlaskClient], keys: KeyServer) -> None:
    client = open_page()
    assert status(client, keys.signed()) == 200
    assert status(client, keys.signed(hd=None, email="anybody@gmail.com")) == 200
    assert keys.looks == 1


def test_readers_narrow_it_down(open_page: Callable[..., FlaskClient], keys: KeyServer) -> None:
    client = open_page(Readers(domains=("cty.vn",), addresses=("adviser@gmail.com",)))
    assert status(client, keys.signed()) == 200
    assert status(client, keys.signed(hd=None, email="adviser@gmail.com")) == 200
    assert status(client, keys.signed(hd=None)) == 403


def test_unsigned_headers_are_not_read(open_page: Callable[..., FlaskClient]) -> None:
    headers = {
        "X-Goog-Authenticated-User-Email": "accounts.google.com:an@cty.vn",
        "X-Goog-Authenticated-User-Id": "accounts.google.com:1",
    }
    answer = open_page().get("/?lang=en", headers=headers)
    assert answer.status_code == 401
    assert "This page is for the people whom your company lets in" in answer.text
    assert "/sign-in" not in answer.text


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": "/projects/1/global/backendServices/3"},
        {"aud": None},
        {"iss": "https://evil.example"},
        {"iss": None},
        {"exp": 1},
        {"exp": None},
        {"exp": "soon"},
        {"sub": None},
    ],
    ids=str,
)
def test_a_claim_that_is_wrong_or_missing_is_refused(
    open_page: Callable[..., FlaskClient], keys: KeyServer, changes: dict[str, Any]
) -> None:
    assert status(open_page(), keys.signed(**changes)) == 401


def test_what_the_proxy_did_not_sign_is_refused(open_page: Callable[..., FlaskClient], keys: KeyServer) -> None:
    client = open_page()
    good = keys.signed()
    head, claims, signature = good.split(".")
    stranger = ECKey.generate_key("P-256", {"kid": "first"})
    wanted = {"aud": AUDIENCE, "iss": "https://cloud.google.com/iap", "exp": int(time.time()) + 600, "sub": "1"}
    forgeries = [
        jwt.encode({"alg": "ES256", "kid": keys.key.kid}, wanted, stranger),
        signed_with_the_public_key(keys.key, wanted),
        f"{head}.{claims}.",
        f"{head}.{claims[:-2]}.{signature}",
        f"eyJhbGciOiJub25lIn0.{claims}.",
        "x",
        "a.b.c",
        "é",
    ]
    assert [status(client, forgery) for forgery in forgeries] == [401] * len(forgeries)
    assert status(client, good) == 200


def test_new_keys_are_fetched_when_the_signer_changes_them(keys: KeyServer) -> None:
    clock = ManualClock()
    held = SigningKeys(keys.url, clock)
    assert [key.kid for key in held.get().keys] == ["first"]
    keys.rotate()
    clock.advance(BETWEEN_LOOKS)
    assert [key.kid for key in held.get().keys] == ["first"]
    assert [key.kid for key in held.get(newest=True).keys] == ["second"]


def test_unknown_keys_do_not_make_us_ask_again_and_again(
    open_page: Callable[..., FlaskClient], keys: KeyServer
) -> None:
    client = open_page()
    assert status(client, keys.signed()) == 200
    keys.rotate()
    assert [status(client, keys.signed()) for _ in range(5)] == [401] * 5
    assert keys.looks == 1


@pytest.mark.parametrize("broken", [b"<html>", b"[]", b'{"keys": 7}', b'{"keys": [{"kty": "EC"}]}'])
def test_keys_that_cannot_be_had_end_on_a_page(
    open_page: Callable[..., FlaskClient], keys: KeyServer, broken: bytes
) -> None:
    good = keys.signed()
    keys.broken = broken
    client = open_page()
    assert status(client, good) == 503
    assert client.get("/healthz").status_code == 200


def test_the_last_keys_serve_while_new_ones_cannot_be_had(keys: KeyServer) -> None:
    clock = ManualClock()
    held = SigningKeys(keys.url, clock)
    held.get()
    keys.broken = b"down"
    clock.advance(BETWEEN_LOOKS)
    assert [key.kid for key in held.get(newest=True).keys] == ["first"]


def test_the_proxy_tells_whose_own_page_it_is(open_page: Callable[..., FlaskClient], keys: KeyServer) -> None:
    client = open_page()
    told = client.get("/me?lang=en", headers={HEADER: keys.signed()})
    assert "<bdi>an@cty.vn</bdi>" in told.text
    assert told.headers["Cache-Control"] == FOR_ONE_READER
    assert 'href="/me"' in client.get("/", headers={HEADER: keys.signed()}).text
