"""OpenID Connect with a real provider: what is forged, repeated, broken or late lets nobody in and ends on a page."""

import base64
import hashlib
import json
import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from sync.config.access import SignInSettings
from tests.support.signing_in import Site, asked_of_the_provider, consent, shows_the_plan, sign_in
from tests.webapp.provider import WORKER, Provider
from webapp.sign_in.openid import MOST_WAITING


def test_the_protocol_has_state_nonce_and_pkce(site: Site, provider: Provider) -> None:
    client = site().test_client()
    address = asked_of_the_provider(client)
    query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert query["code_challenge_method"] == "S256"
    assert (query["scope"], query["hd"], query["prompt"]) == ("openid email", "cty.vn", "select_account")
    assert len(query["state"]) >= 20
    assert len(query["nonce"]) >= 20
    client.get(consent(address, WORKER))
    (form,) = provider.asked
    digest = hashlib.sha256(form["code_verifier"].encode()).digest()
    assert base64.urlsafe_b64encode(digest).decode().rstrip("=") == query["code_challenge"]


@pytest.mark.parametrize(
    "change", [lambda path: re.sub("state=[^&]+", "state=forged", path), lambda path: re.sub("&?state=[^&]+", "", path)]
)
def test_a_forged_or_missing_state_is_refused(site: Site, change: Callable[[str], str]) -> None:
    client = site().test_client()
    back = client.get(change(consent(asked_of_the_provider(client), WORKER)), headers={"Accept-Language": "en"})
    assert back.status_code == 400
    assert "Begin again" in back.text
    assert not shows_the_plan(client)


def test_a_sign_in_that_was_begun_in_another_browser_is_refused(site: Site) -> None:
    app = site()
    back = consent(asked_of_the_provider(app.test_client()), WORKER)
    client = app.test_client()
    assert client.get(back).status_code == 400
    assert not shows_the_plan(client)


def test_a_code_is_good_for_one_sign_in(site: Site) -> None:
    app = site()
    client = app.test_client()
    address = asked_of_the_provider(client)
    thief = app.test_client()
    begun = client.get_cookie("okr_sheets_session")
    assert begun
    thief.set_cookie("okr_sheets_session", begun.value)
    back = consent(address, WORKER)
    assert client.get(back).status_code == 303
    assert client.get(back).status_code == 400
    assert thief.get(back).status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "/sign-in/back?error=access_denied&state=x",
        "/sign-in/back?error=%3Cscript%3E",
        "/sign-in/back",
        "/sign-in/back?code=1",
    ],
)
def test_an_error_of_the_provider_ends_on_a_page(site: Site, path: str) -> None:
    answer = site().test_client().get(path, headers={"Accept-Language": "en"})
    assert answer.status_code == 400
    assert "The sign-in was not finished" in answer.text
    assert "<script>" not in answer.text


def forged(tokens: dict[str, Any]) -> dict[str, Any]:
    """The same claims, signed with another key."""
    key = RSAKey.generate_key(2048)
    payload = tokens["id_token"].split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return tokens | {"id_token": jwt.encode({"alg": "RS256"}, claims, key)}


def unsigned(tokens: dict[str, Any]) -> dict[str, Any]:
    """The same claims, with the algorithm "none"."""
    _, claims, _ = tokens["id_token"].split(".")
    header = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
    return tokens | {"id_token": f"{header}.{claims}."}


def without_any(tokens: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in tokens.items() if name != "id_token"}


def nonsense(_: dict[str, Any]) -> dict[str, Any]:
    return {"id_token": 7, "access_token": ["x"]}


@pytest.mark.parametrize("change", [forged, unsigned, without_any, nonsense])
def test_an_identity_that_the_provider_did_not_sign_is_refused(
    site: Site, provider: Provider, change: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    provider.change = change
    client = site().test_client()
    assert sign_in(client, WORKER).status_code == 400
    assert not shows_the_plan(client)


def test_a_provider_that_does_not_answer_ends_on_a_page(site: Site, provider: Provider, tmp_path: Path) -> None:
    nobody = SignInSettings(client=provider.client_file, issuer="http://127.0.0.1:9")
    answer = site(sign_in=nobody).test_client().get("/sign-in", headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert "Please try again in a moment" in answer.text


def test_a_provider_that_hangs_does_not_take_all_threads(site: Site, provider: Provider) -> None:
    hanging, let_go = threading.Semaphore(0), threading.Event()

    def hang(tokens: dict[str, Any]) -> dict[str, Any]:
        hanging.release()
        let_go.wait()
        return tokens

    app = site()
    clients = [app.test_client() for _ in range(MOST_WAITING + 1)]
    backs = [consent(asked_of_the_provider(client), WORKER) for client in clients]
    provider.change = hang
    with ThreadPoolExecutor() as pool:
        try:
            waiting = [pool.submit(client.get, back) for client, back in zip(clients, backs[:-1], strict=False)]
            for _ in waiting:
                hanging.acquire()
            assert clients[-1].get(backs[-1]).status_code == 503
            assert clients[-1].get("/healthz").status_code == 200
        finally:
            let_go.set()
        assert [found.result().status_code for found in waiting] == [303] * MOST_WAITING


@pytest.mark.parametrize(
    "evil",
    [
        "//evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "https://evil.example",
        "/\t/evil.example",
        "javascript:1",
        "",
        "/x\r\nSet-Cookie: a=b",
    ],
)
def test_a_sign_in_leads_nowhere_but_here(site: Site, evil: str) -> None:
    client = site().test_client()
    address = asked_of_the_provider(client, f"/sign-in?next={quote(evil, safe='')}")
    assert client.get(consent(address, WORKER)).headers["Location"] == "/"


def test_a_long_way_back_does_not_burst_the_cookie(site: Site) -> None:
    client = site().test_client()
    answer = client.get("/sign-in?next=/%3Fa=" + "x" * 3500)
    assert len(answer.headers["Set-Cookie"]) < 4000
    assert client.get(consent(answer.headers["Location"], WORKER)).status_code == 303
