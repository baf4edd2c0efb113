"""Sign-in with Google against a real OpenID provider: who is let in, and that everything else ends on a page."""

import base64
import hashlib
import json
import logging
import re
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qs, quote, urlsplit

import pytest
import requests
import time_machine
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from flask import Flask
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import RSAKey
from playwright.sync_api import Browser, expect
from werkzeug.test import TestResponse

from sync.config.access import Readers, SignInSettings
from sync.config.settings import PageSettings
from sync.domain.scoring import Bands
from sync.records import Records
from tests.webapp.companies import keep, key_result, objective, snapshot
from tests.webapp.conftest import NEVER_STALE, Client, serving
from tests.webapp.provider import ADVISER, LOOKALIKE, STRANGER, UNCONFIRMED, WORKER, Provider
from webapp.security import HEADERS
from webapp.sign_in import Account, SecretError
from webapp.sign_in.accounts import may_read
from webapp.sign_in.openid import MOST_WAITING
from webapp.web.app import create_app

DOMAIN = Readers(domains=("cty.vn",))
LIST = Readers(addresses=("adviser@gmail.com",))
PRIVATE = ("/", "/problems", "/map", "/alignment.json", "/alignment.csv", "/problems.csv", "/metrics", "/nothing")

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

Site = Callable[..., Flask]


@pytest.fixture
def provider(tmp_path: Path) -> Iterator[Provider]:
    with Provider(tmp_path) as running:
        yield running


@pytest.fixture
def site(provider: Provider, records: Records, tmp_path: Path) -> Site:
    """Makes a page with sign-in; keywords are settings of `[page]`."""
    keep(records, snapshot([objective("o", text="Secret plan")], [key_result("k", "o")]))

    def make(**settings: Any) -> Flask:
        sign_in = SignInSettings(
            client=provider.client_file, session_key=tmp_path / "session.key", issuer=provider.issuer
        )
        page = PageSettings(**({"sign_in": sign_in, "readers": DOMAIN} | settings))
        app = create_app(records, page, Bands(), NEVER_STALE)
        app.test_client_class = Client
        return app

    return make


def asked_of_the_provider(client: FlaskClient, path: str = "/sign-in") -> str:
    """The address at the provider to which a sign-in leads."""
    answer = client.get(path)
    assert answer.status_code == 302
    return answer.headers["Location"]


def consent(address: str, account: str) -> str:
    """The person chooses an account; what follows the host of the address to which the provider sends them back."""
    answer = requests.post(address, data={"sub": account}, allow_redirects=False, timeout=30)
    assert answer.status_code == 302
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


def sign_in(client: FlaskClient, account: str, path: str = "/sign-in") -> TestResponse:
    """The whole way, up to the page's answer."""
    return client.get(consent(asked_of_the_provider(client, path), account))


def shows_the_plan(client: FlaskClient) -> bool:
    answer = client.get("/alignment.json")
    assert answer.status_code in (200, 401)
    assert ("Secret plan" in answer.text) == (answer.status_code == 200)
    return answer.status_code == 200


def test_whoever_is_not_signed_in_sees_nothing_but_how_to(site: Site) -> None:
    client = site().test_client()
    for path in PRIVATE:
        answer = client.get(path, headers={"Accept-Language": "en"})
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer realm=okr-sheets")
        assert "Sign in with Google" in answer.text
        assert "Secret plan" not in answer.text
        assert "OKR 2026" not in answer.text


def test_machines_learn_whether_the_page_lives_but_no_names(site: Site) -> None:
    client = site().test_client()
    assert client.get("/healthz").json == {"status": "ok"}
    assert client.get("/readyz").json == {"status": "ok"}
    assert client.get("/static/style.css").status_code == 200


def test_an_account_of_the_domain_is_let_in_and_led_back(site: Site) -> None:
    client = site().test_client()
    back = sign_in(client, WORKER, "/sign-in?next=/problems%3Flang%3Den")
    assert (back.status_code, back.headers["Location"]) == (303, "/problems?lang=en")
    assert shows_the_plan(client)


def test_the_link_to_the_sign_in_leads_back_to_the_page_that_was_asked_for(site: Site) -> None:
    client = site().test_client()
    text = client.get("/problems?lang=en").text
    link = re.search(r'href="(/sign-in\?[^"]+)"', text)
    assert link
    assert sign_in(client, WORKER, link[1]).headers["Location"] == "/problems?lang=en"


@pytest.mark.parametrize(
    ("readers", "let_in"),
    [
        (DOMAIN, {WORKER}),
        (LIST, {ADVISER}),
        (Readers(groups={"board": ("adviser@gmail.com", "an@other.vn")}), {ADVISER, STRANGER}),
        (Readers(domains=("cty.vn",), addresses=("adviser@gmail.com",)), {WORKER, ADVISER}),
    ],
)
def test_by_domain_by_address_or_by_group(site: Site, readers: Readers, let_in: set[str]) -> None:
    app = site(readers=readers)
    for account in (WORKER, LOOKALIKE, STRANGER, ADVISER, UNCONFIRMED):
        client = app.test_client()
        answer = sign_in(client, account)
        assert answer.status_code == (303 if account in let_in else 403)
        assert shows_the_plan(client) == (account in let_in)


@pytest.mark.parametrize(("language", "words"), [("en", "Choose another account"), ("vi", "Chọn tài khoản khác")])
def test_a_refused_account_is_told_what_to_do(site: Site, language: str, words: str) -> None:
    client = site().test_client()
    client.get(f"/signed-out?lang={language}")
    answer = sign_in(client, LOOKALIKE)
    assert answer.status_code == 403
    assert words in answer.text


def test_the_domain_is_what_google_says_and_never_the_end_of_an_address() -> None:
    readers = Readers(domains=("Cty.vn",), addresses=("Boss@Gmail.com",))
    assert may_read(Account("1", "an@cty.vn", "CTY.VN"), readers)
    assert may_read(Account("1", "boss@gmail.com", ""), readers)
    assert not may_read(Account("1", "an@cty.vn", ""), readers)
    assert not may_read(Account("1", "an@cty.vn", "evil-cty.vn"), readers)
    assert not may_read(Account("1", "", ""), readers)


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


def test_the_same_headers_on_every_answer_on_the_way_in(site: Site) -> None:
    client = site().test_client()
    begun = client.get("/sign-in")
    refused = sign_in(client, LOOKALIKE)
    others = [client.get(path) for path in ("/", "/sign-in/back", "/signed-out", "/healthz", "/static/style.css")]
    others += [client.post("/sign-out"), client.put("/sign-out"), client.get("/", headers={"Host": "evil.example"})]
    answers = [begun, refused, *others]
    assert [answer.status_code for answer in answers] == [302, 403, 401, 400, 200, 200, 200, 303, 401, 400]
    for answer in answers:
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_signing_out_is_the_one_route_that_changes_anything(site: Site) -> None:
    changing = {
        (rule.rule, *(rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}) for rule in site().url_map.iter_rules()
    }
    assert {found for found in changing if len(found) > 1} == {("/sign-out", "POST")}


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


def test_nobody_is_signed_out_by_a_link(site: Site) -> None:
    client = site().test_client()
    sign_in(client, WORKER)
    for path in ("/sign-in/back?error=access_denied", "/sign-in/back?code=x&state=y", "/sign-in/back", "/signed-out"):
        client.get(path)
    assert shows_the_plan(client)


def test_a_session_ends_after_eight_hours_however_it_is_used(site: Site) -> None:
    client = site().test_client()
    begun = datetime.now(UTC)
    with time_machine.travel(begun, tick=False):
        sign_in(client, WORKER)
    for hours, open_still in ((4, True), (7.9, True), (8.1, False)):
        with time_machine.travel(begun + timedelta(hours=hours), tick=False):
            assert shows_the_plan(client) == open_still


def test_a_session_that_was_tampered_with_or_signed_elsewhere_is_none(site: Site, tmp_path: Path) -> None:
    client = site().test_client()
    sign_in(client, WORKER)
    cookie = client.get_cookie("okr_sheets_session")
    assert cookie
    client.set_cookie("okr_sheets_session", cookie.value[:-2] + "xx")
    assert not shows_the_plan(client)
    client.set_cookie("okr_sheets_session", cookie.value)
    assert shows_the_plan(client)
    (tmp_path / "session.key").unlink()
    other = site().test_client()
    other.set_cookie("okr_sheets_session", cookie.value)
    assert not shows_the_plan(other)


def test_who_is_taken_off_the_list_is_out_at_once(site: Site) -> None:
    client = site(readers=LIST).test_client()
    sign_in(client, ADVISER)
    cookie = client.get_cookie("okr_sheets_session")
    assert cookie
    now = site().test_client()
    now.set_cookie("okr_sheets_session", cookie.value)
    assert now.get("/").status_code == 403


def test_signing_out_forgets_the_session_and_is_no_link(site: Site) -> None:
    client = site().test_client()
    sign_in(client, WORKER)
    assert client.get("/sign-out").status_code == 405
    assert shows_the_plan(client)
    assert '<form method="post" action="/sign-out"' in client.get("/").text
    assert client.post("/sign-out").headers["Location"] == "/signed-out"
    assert client.get("/signed-out").status_code == 200
    assert not shows_the_plan(client)


@pytest.mark.parametrize(
    ("settings", "secure"), [({}, False), ({"trusted_hosts": ("okr.cty.vn",), "proxies": 1}, True)]
)
def test_the_cookie_is_for_this_page_alone(site: Site, settings: dict[str, Any], secure: bool) -> None:
    client = site(**settings).test_client()
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "10.0.0.9"} if secure else {}
    answer = client.get("/sign-in", headers={"Host": "okr.cty.vn" if secure else "localhost"} | headers)
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("okr_sheets_session=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert ("Secure" in cookie) == secure
    (back,) = parse_qs(urlsplit(answer.headers["Location"]).query)["redirect_uri"]
    assert back == ("https://okr.cty.vn/sign-in/back" if secure else "http://localhost/sign-in/back")


def test_a_proxy_is_believed_only_where_it_is_configured(site: Site) -> None:
    client = site().test_client()
    answer = client.get("/sign-in", headers={"X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"})
    (back,) = parse_qs(urlsplit(answer.headers["Location"]).query)["redirect_uri"]
    assert back == "http://localhost/sign-in/back"


def test_a_script_reads_with_the_token(site: Site, tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("t" * 40 + "\n")
    token.chmod(0o600)
    client = site(token=token).test_client()
    assert client.get("/alignment.json", headers={"Authorization": f"Bearer {'t' * 40}"}).status_code == 200
    assert client.get("/readyz", headers={"Authorization": f"Bearer {'t' * 40}"}).json == {
        "status": "ok",
        "in_doubt": [],
    }
    for wrong in ("Bearer x", "Bearer", f"Basic {'t' * 40}", f"Bearer {'t' * 39}é", "Bearer ", "t" * 40):
        assert client.get("/alignment.json", headers={"Authorization": wrong}).status_code == 401


def test_the_key_of_sessions_is_made_once_and_for_nobody_else(site: Site, tmp_path: Path) -> None:
    site()
    key = tmp_path / "session.key"
    made = key.read_bytes()
    assert (len(made), key.stat().st_mode & 0o777) == (32, 0o600)
    site()
    assert key.read_bytes() == made


@pytest.mark.parametrize(
    ("name", "content", "mode", "says"),
    [
        ("client.json", None, 0o600, "No such file"),
        ("client.json", '{"web": {"client_id": "okr", "client_secret": "hush-hush"}}', 0o644, "run: chmod 600"),
        ("client.json", '{"installed": {"client_secret": "hush-hush"}}', 0o600, "Web application"),
        ("client.json", "hush-hush", 0o600, "Web application"),
        ("session.key", "hush-hush", 0o600, "less than 32 bytes"),
        ("session.key", "hush-hush" * 9, 0o640, "run: chmod 600"),
        ("token", "hush-hush", 0o600, "openssl rand -hex 32"),
        ("token", None, 0o600, "No such file"),
    ],
)
def test_a_secret_file_that_cannot_be_used_says_what_to_do(
    site: Site, tmp_path: Path, name: str, content: str | None, mode: int, says: str
) -> None:
    path = tmp_path / name
    path.unlink(missing_ok=True)
    if content is not None:
        path.write_text(content)
        path.chmod(mode)
    with pytest.raises(SecretError, match=re.escape(says)) as caught:
        site(token=tmp_path / "token") if name == "token" else site()
    assert name in str(caught.value)
    assert "hush-hush" not in str(caught.value)


def test_no_log_holds_a_secret(site: Site, caplog: pytest.LogCaptureFixture, provider: Provider) -> None:
    caplog.set_level(logging.INFO)
    client = site().test_client()
    for account in (WORKER, LOOKALIKE):
        sign_in(client, account)
    client.get("/sign-in/back?code=stolen-code&state=stolen-state")
    secrets = {"hush-hush", "stolen-code", "stolen-state", "x+y@cty.vn"}
    secrets |= {form[name] for form in provider.asked for name in ("code", "code_verifier")}
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("webapp")]
    assert len(ours) == 2
    assert [line for line in ours for secret in secrets if secret in line] == []


@pytest.mark.browser
def test_in_a_browser_one_signs_in_reads_and_signs_out_and_another_is_refused(site: Site, browser: Browser) -> None:
    with serving(site()) as address:
        context = browser.new_context(locale="en-GB")
        page = context.new_page()
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address + "/problems")
        page.get_by_role("link", name="Sign in with Google").click()
        page.get_by_role("button", name=WORKER).click()
        page.wait_for_url(address + "/problems")
        expect(page.get_by_role("heading", level=1)).to_have_text("Problems in the sheets")
        page.get_by_role("button", name="Sign out").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Signed out")
        page.get_by_role("link", name="Sign in with Google").click()
        page.get_by_role("button", name=LOOKALIKE).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("This account may not read the page")
        expect(page.get_by_role("link", name="Choose another account")).to_be_visible()
        page.goto(address + "/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to read")
        context.close()
    assert complaints == []


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/", "/signed-out", "/sign-in/back"])
def test_axe_finds_nothing_on_the_way_in(site: Site, browser: Browser, path: str) -> None:
    with serving(site()) as address:
        for scheme in SCHEMES:
            page = browser.new_page(color_scheme=scheme)
            page.goto(address + path)
            found = Axe().run(page)
            assert found.violations_count == 0, found.generate_report()
            page.close()


@pytest.mark.browser
def test_an_open_page_says_when_its_session_has_ended(site: Site, browser: Browser) -> None:
    with serving(site()) as address:
        context = browser.new_context(locale="en-GB")
        page = context.new_page()
        page.clock.install()
        page.goto(address + "/sign-in?next=/problems")
        page.get_by_role("button", name=WORKER).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Problems in the sheets")
        context.clear_cookies()
        page.clock.run_for(6000)
        expect(page.get_by_role("heading", level=1)).to_have_text("Sign in to read")
        context.close()
