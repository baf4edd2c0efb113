"""Sign-in with Google against a real OpenID provider: who is let in, and what everybody else sees."""

import logging
import re
from pathlib import Path

import pytest

from sync.config.access import Readers
from tests.support.signing_in import DOMAIN, LIST, Site, shows_the_plan, sign_in
from tests.webapp.provider import ADVISER, LOOKALIKE, STRANGER, UNCONFIRMED, WORKER, Provider
from webapp.security import HEADERS
from webapp.sign_in import Account
from webapp.sign_in.accounts import may_read

PRIVATE = ("/", "/problems", "/map", "/alignment.json", "/alignment.csv", "/problems.csv", "/metrics", "/nothing")


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


def test_signing_out_and_asking_for_a_look_are_the_routes_that_change_anything(site: Site) -> None:
    changing = {
        (rule.rule, *(rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}) for rule in site().url_map.iter_rules()
    }
    assert {found for found in changing if len(found) > 1} == {
        ("/sign-out", "POST"),
        ("/hook/<spreadsheet>", "POST"),
        ("/sync/<spreadsheet>", "POST"),
    }


def test_who_is_taken_off_the_list_is_out_at_once(site: Site) -> None:
    client = site(readers=LIST).test_client()
    sign_in(client, ADVISER)
    cookie = client.get_cookie("okr_sheets_session")
    assert cookie
    now = site().test_client()
    now.set_cookie("okr_sheets_session", cookie.value)
    assert now.get("/").status_code == 403


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
