"""Sessions: how long they last, how they end, what their cookie is for, and the secrets that sign them."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine

from tests.support.signing_in import Site, shows_the_plan, sign_in
from tests.webapp.provider import WORKER
from webapp.sign_in import SecretError


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
    signed, _, signature = cookie.value.rpartition(".")
    client.set_cookie("okr_sheets_session", f"{signed}.{signature.swapcase()}")
    assert not shows_the_plan(client)
    client.set_cookie("okr_sheets_session", cookie.value)
    assert shows_the_plan(client)
    (tmp_path / "session.key").unlink()
    other = site().test_client()
    other.set_cookie("okr_sheets_session", cookie.value)
    assert not shows_the_plan(other)


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
