"""A page that shares its host with others, under a path of its own: nothing of it leads out of that."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import ValidationError

from sync.config.settings import PageSettings
from sync.domain.okr import Level
from sync.domain.problems import problem
from sync.domain.scoring import Bands
from sync.records import Records
from tests.support.crawling import Answer, crawled
from tests.support.signing_in import Site, asked_of_the_provider, consent, sign_in
from tests.webapp.companies import SHEET, cell, keep, key_result, objective, snapshot
from tests.webapp.conftest import NEVER_STALE, Client
from tests.webapp.provider import WORKER
from webapp.security import page_here
from webapp.web.app import create_app

HOST = "http://localhost"
FORWARDED = {"X-Forwarded-Prefix": "/okr"}
# What no link of a page leads to; `me` for who is not signed in.
UNLINKED = {"healthz", "readyz", "figures", "icon", "me", "hook", "sync_now", "sheets"}


@pytest.fixture
def filled(records: Records) -> Records:
    today = date.today()
    period = f"Q{(today.month + 2) // 3} {today.year}"
    company = objective("o", owner="An", unit="Sales", period=period)
    keep(
        records,
        snapshot(
            [company, objective("p", 3, level=Level.DEPARTMENT, parent="o", owner="Bình", unit="Sales", period=period)],
            [key_result("k", "o"), key_result("l", "p", 4)],
            problems=(problem("not-a-number", cell(1), text="x", field="current", example="1"),),
        ),
    )
    return records


def page(records: Records, **settings: Any) -> Flask:
    app = create_app(records, PageSettings(title="Sao Mai", **settings), Bands(), NEVER_STALE)
    app.test_client_class = Client
    return app


def get_by(client: FlaskClient, taken_off: str = "", headers: dict[str, str] | None = None) -> Callable[[str], Answer]:
    """Gets what stands at an address of the host, through a proxy that takes a path off it."""

    def get(address: str) -> Answer:
        parts = urlsplit(address)
        path = parts.path.removeprefix(taken_off) or "/"
        answer = client.get(f"{path}?{parts.query}" if parts.query else path, headers=headers)
        mimetype = answer.mimetype or ""
        text = "" if mimetype.startswith("application/vnd") else answer.text
        return answer.status_code, mimetype, text, answer.headers.get("Location", "")

    return get


@pytest.mark.parametrize(
    ("settings", "taken_off", "headers"),
    [
        ({"path": "/okr"}, "", {}),
        ({"path": "/okr/"}, "/okr", {}),
        ({"path": "/okr/"}, "", {}),
        ({"proxies": 1, "path_from_proxy": True}, "/okr", FORWARDED),
    ],
)
def test_no_link_of_any_page_leaves_the_path(
    filled: Records, settings: dict[str, Any], taken_off: str, headers: dict[str, str]
) -> None:
    app = page(filled, **settings)
    met = crawled(get_by(app.test_client(), taken_off, headers), f"{HOST}/okr/")
    ours = {address: answer for address, answer in met.items() if address.startswith(HOST)}
    assert [address for address in ours if not urlsplit(address).path.startswith("/okr/")] == []
    # A form leads to what only its button changes.
    asked = {address: answer for address, answer in ours.items() if not urlsplit(address).path.startswith("/okr/sync/")}
    assert [address for address, answer in asked.items() if answer[0] != 200] == []
    assert {urlsplit(address).netloc for address in met} == {"localhost", "docs.google.com"}
    adapter = app.url_map.bind("localhost")
    reached = {adapter.match(urlsplit(address).path.removeprefix("/okr"))[0] for address in asked}
    assert reached == {rule.endpoint for rule in app.url_map.iter_rules()} - {f"pages.{name}" for name in UNLINKED}


def test_who_asks_for_a_look_comes_back_to_the_page_under_the_path(filled: Records) -> None:
    client = page(filled, path="/okr").test_client()
    form = client.get("/okr/problems").text
    proof = re.findall(r'name="proof" value="(\w+)"', form)[0]
    answer = client.post(f"/okr/sync/{SHEET}", data={"proof": proof, "at": "/problems"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/okr/problems#freshness")


def test_the_bare_path_leads_to_the_page(filled: Records) -> None:
    answer = page(filled, path="/okr").test_client().get("/okr")
    assert (answer.status_code, answer.headers["Location"]) == (308, "http://localhost/okr/")


def test_a_page_that_was_kept_is_not_shown_under_another_path(filled: Records) -> None:
    client = page(filled, proxies=1, path_from_proxy=True).test_client()
    for path in ("/okr", "/goals", ""):
        text = client.get("/", headers={"X-Forwarded-Prefix": path}).text
        assert f'href="{path}/problems"' in text


@pytest.mark.parametrize("told", ["//evil.example", "/a//b", "/..", "/okr/../x", "evil", "/a?b", "/a b", "\\evil"])
def test_a_prefix_that_is_no_path_is_not_believed(filled: Records, told: str) -> None:
    client = page(filled, proxies=1, path_from_proxy=True).test_client()
    assert 'href="/problems"' in client.get("/", headers={"X-Forwarded-Prefix": told}).text


@pytest.mark.parametrize("settings", [{}, {"proxies": 1}])
def test_a_prefix_is_believed_only_where_the_configuration_says_so(filled: Records, settings: dict[str, Any]) -> None:
    assert 'href="/problems"' in page(filled, **settings).test_client().get("/", headers=FORWARDED).text


def test_addresses_for_machines_have_the_path(filled: Records) -> None:
    client = page(filled, path="/okr").test_client()
    assert "http://localhost/okr/problems" in client.get("/okr/problems.txt").text
    assert 'href="http://localhost/okr/objective/o"' in client.get("/okr/map.svg").text


def test_cookies_are_sent_to_the_page_alone(site: Site) -> None:
    client = site(path="/okr").test_client()
    client.get("/okr/signed-out?lang=en")
    sign_in(client, WORKER, "/okr/sign-in")
    assert client.get_cookie("okr_sheets_session", path="/okr")
    assert client.get_cookie("language", path="/okr")
    assert client.get("/okr/alignment.json").status_code == 200


def test_the_sign_in_comes_back_under_the_path(site: Site) -> None:
    client = site(path="/okr").test_client()
    asked = asked_of_the_provider(client, "/okr/sign-in?next=/problems%3Flang%3Dvi")
    assert "redirect_uri=http%3A%2F%2Flocalhost%2Fokr%2Fsign-in%2Fback" in asked
    back = client.get(consent(asked, WORKER))
    assert (back.status_code, back.headers["Location"]) == (303, "/okr/problems?lang=vi")
    assert client.post("/okr/sign-out").headers["Location"] == "/okr/signed-out"
    refused = client.get("/okr/problems?lang=en").text
    assert 'href="/okr/sign-in?next=/problems?lang%3Den"' in refused


@pytest.mark.parametrize("address", ["/../admin", "/problems/../../admin", "/%2e%2E/admin", "/.%2e"])
def test_nobody_is_led_above_the_page(address: str) -> None:
    assert page_here(address) == "/"


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"path": "okr"}, "is not a path"),
        ({"path": "//okr"}, "is not a path"),
        ({"path": "/okr/../x"}, "is not a path"),
        ({"path": "https://example.com/okr"}, "is not a path"),
        ({"path": "/okr", "path_from_proxy": True, "proxies": 1}, "either path or path_from_proxy"),
        ({"path_from_proxy": True}, "say in proxies how many"),
    ],
)
def test_a_path_that_cannot_be_is_refused(settings: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        PageSettings(**settings)
