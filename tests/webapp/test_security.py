"""What every answer refuses, and what no request and no cell can do."""

import re
from decimal import Decimal
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import ValidationError
from werkzeug.test import TestResponse

from sync.config.access import IapSettings, Readers, SignInSettings
from sync.config.settings import PageSettings
from sync.domain.okr import Amount
from sync.domain.scoring import Bands
from sync.records import Records
from tests.support.hostile import HOSTILE, hostile_company
from tests.support.tabs import Tabs
from tests.webapp.companies import keep, key_result, objective, snapshot
from webapp.security import HEADERS, page_here
from webapp.web.app import create_app

PAGES = ("/", "/objective/o", "/problems", "/map", "/signed-out")
FILES = ("/alignment.json", "/alignment.csv", "/problems.csv", "/map.svg", "/static/alignment.schema.json")
MACHINES = ("/healthz", "/readyz", "/metrics", "/static/style.css", "/static/page.js", "/static/icon.svg")
IAP = IapSettings(audience="/projects/1/x")
SIGN_IN = SignInSettings(client=Path("client.json"))
ALL = Readers(domains=("cty.vn",))


def broken() -> str:
    raise ZeroDivisionError("a secret of the inside")


@pytest.fixture
def filled(records: Records) -> Records:
    keep(records, snapshot([objective("o")], [key_result("k", "o")]))
    return records


@pytest.fixture
def unbroken(app: Flask) -> Flask:
    """The page with one route that fails, as in production."""
    app.add_url_rule("/broken", view_func=broken)
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


def policy(answer: TestResponse) -> dict[str, list[str]]:
    """The content security policy by directive."""
    parts = (part.split() for part in answer.headers["Content-Security-Policy"].split(";"))
    return {name: values for name, *values in parts}


def error_answers(client: FlaskClient) -> dict[str, tuple[int, TestResponse]]:
    """Every way to fail that the page knows, with the status that is due."""
    return {
        "unknown address": (404, client.get("/nothing")),
        "unknown objective": (404, client.get("/objective/nobody")),
        "crash": (500, client.get("/broken")),
        "method": (405, client.post("/")),
        "another method": (405, client.delete("/problems")),
        "host": (400, client.get("/", headers={"Host": "evil.example"})),
        "long value": (400, client.get("/?q=" + "x" * 201)),
        "long address": (414, client.get("/?" + "&".join(f"a{n}=1" for n in range(2000)))),
    }


@pytest.mark.usefixtures("filled")
def test_the_same_headers_on_every_answer(unbroken: Flask) -> None:
    client = unbroken.test_client()
    good = [client.get(path) for path in (*PAGES[:-1], *FILES, *MACHINES)]
    assert [answer.status_code for answer in good] == [200] * len(good)
    good += [client.head("/"), client.options("/"), client.get("/", headers={"If-None-Match": good[0].headers["ETag"]})]
    failed = error_answers(client)
    assert {name: answer.status_code for name, (_, answer) in failed.items()} == {
        name: status for name, (status, _) in failed.items()
    }
    for answer in (*good, *(answer for _, answer in failed.values())):
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_before_the_first_pass_the_headers_are_there_too(client: FlaskClient) -> None:
    answer = client.get("/")
    assert answer.status_code == 503
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


@pytest.mark.usefixtures("filled")
def test_nothing_inline_and_nothing_from_elsewhere(client: FlaskClient) -> None:
    said = policy(client.get("/"))
    assert said["default-src"] == said["base-uri"] == said["frame-ancestors"] == ["'none'"]
    assert {name for name, values in said.items() if values == ["'self'"]} == {
        "script-src", "style-src", "img-src", "font-src", "connect-src", "form-action"
    }  # fmt: skip
    assert not [value for values in said.values() for value in values if value not in ("'none'", "'self'")]
    for path in PAGES[:-1]:
        text = client.get(path).text
        assert re.findall(r"<style|<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=", text) == []
        assert re.findall(r'(?:src|action)="(?!/)', text) == []


def test_tls_is_insisted_on_only_where_there_is_tls(records: Records) -> None:
    page = PageSettings(trusted_hosts=("okr.cty.vn",), proxies=1)
    client = create_app(records, page, Bands(), {}).test_client()
    plain = client.get("/healthz", headers={"Host": "okr.cty.vn", "X-Forwarded-Proto": "http"})
    tls = client.get("/healthz", headers={"Host": "okr.cty.vn", "X-Forwarded-Proto": "https"})
    assert "Strict-Transport-Security" not in plain.headers
    assert tls.headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(("language", "words"), [("vi", "Đã có lỗi"), ("en", "Something went wrong here")])
def test_an_error_tells_nothing_of_the_inside(unbroken: Flask, language: str, words: str) -> None:
    client = unbroken.test_client()
    assert words in client.get(f"/broken?lang={language}").text
    for _, answer in error_answers(client).values():
        assert not re.search("Traceback|ZeroDivision|secret of the inside|\\.py|/work/|site-packages", answer.text)


def test_no_environment_variable_makes_the_page_show_its_inside(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLASK_DEBUG", "1")
    assert create_app(records, PageSettings(), Bands(), {}).debug is False


def test_no_route_changes_anything_but_when_a_spreadsheet_is_read(app: Flask) -> None:
    changing = {
        rule.rule for rule in app.url_map.iter_rules() if not {"GET", "HEAD", "OPTIONS"} >= (rule.methods or set())
    }
    assert changing == {"/hook/<spreadsheet>", "/sync/<spreadsheet>"}


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("path", [*PAGES[:-1], *FILES, "/healthz", "/readyz"])
def test_head_is_get_without_a_body(client: FlaskClient, path: str) -> None:
    whole, head = client.get(path), client.head(path)
    assert (head.status_code, head.data) == (whole.status_code, b"")
    assert head.headers["Content-Length"] == str(len(whole.data))
    assert head.headers["Content-Type"] == whole.headers["Content-Type"]


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    "path",
    [
        "/static/../views.py",
        "/static/..%2fviews.py",
        "/static/%2e%2e/%2e%2e/pyproject.toml",
        "/static//etc/passwd",
        "/static/%2fetc%2fpasswd",
        "/static/..%5cviews.py",
        "/static/style.css%00.js",
        "/objective/%00",
        "/objective/..%2f..%2fetc",
        "/unit/%00%ff",
        "/branch/" + "x" * 3000,
        "/map?root=%00",
    ],
)
def test_no_path_leads_out_of_the_page(client: FlaskClient, path: str) -> None:
    answer = client.get(path, follow_redirects=True)
    assert answer.status_code == 404
    assert "create_app" not in answer.text


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    "path",
    [
        "//evil.example/x",
        "/%5cevil.example",
        "/%09/evil.example",
        "/nothing?lang=en%0d%0aSet-Cookie:a=b",
        "/?next=//evil.example",
    ],
)
def test_no_address_makes_the_page_link_elsewhere(address: str, path: str) -> None:
    """Sent as it stands, which clients that tidy addresses up would not do."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    links = [*re.findall(r'(?:href|action)="([^"#][^"]*)"', text), *filter(None, [answer.headers["Location"]])]
    assert links
    ours = [link.removeprefix(address) for link in links if not link.startswith("https://docs.google.com/")]
    assert [link for link in ours if page_here(link) != link] == []
    assert "a=b" not in (answer.headers["Set-Cookie"] or "")


@pytest.mark.parametrize(
    ("settings", "known", "unknown"),
    [
        ({}, ("127.0.0.1", "localhost", "localhost:8000"), ("evil.example", "okr.cty.vn", "127.0.0.1.evil.example")),
        ({"host": "::1"}, ("localhost",), ("evil.example",)),
        ({"host": "127.0.0.2"}, ("127.0.0.2", "localhost"), ("127.0.0.3",)),
        ({"trusted_hosts": ("okr.cty.vn",)}, ("okr.cty.vn", "okr.cty.vn:443", "localhost"), ("cty.vn", "x.okr.cty.vn")),
        (
            {"host": "0.0.0.0", "open": True, "trusted_hosts": (".cty.vn",)},
            ("cty.vn", "okr.cty.vn", "127.0.0.1"),
            ("evil-cty.vn", "0.0.0.0", ""),
        ),
    ],
)
def test_the_page_answers_to_its_own_names_only(
    records: Records, settings: dict[str, Any], known: tuple[str, ...], unknown: tuple[str, ...]
) -> None:
    client = create_app(records, PageSettings(**settings), Bands(), {}).test_client()
    assert [client.get("/healthz", headers={"Host": host}).status_code for host in known] == [200] * len(known)
    assert [client.get("/healthz", headers={"Host": host}).status_code for host in unknown] == [400] * len(unknown)


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"host": "0.0.0.0"}, "add [page.sign_in] or [page.iap], or open = true"),
        ({"host": "0.0.0.0", "trusted_hosts": ("okr.cty.vn",)}, "add [page.sign_in] or [page.iap], or open = true"),
        ({"host": "0.0.0.0", "open": True}, "say under which names in trusted_hosts"),
        ({"host": "::", "open": True}, "say under which names in trusted_hosts"),
        ({"host": "192.168.1.5", "sign_in": SIGN_IN, "readers": ALL}, "say under which names in trusted_hosts"),
        ({"host": "okr.cty.vn", "iap": IAP}, "say under which names in trusted_hosts"),
        ({"sign_in": SIGN_IN}, "[page.sign_in] lets nobody in"),
        ({"sign_in": SIGN_IN, "readers": Readers(groups={"board": ()})}, "[page.sign_in] lets nobody in"),
        ({"sign_in": SIGN_IN, "readers": ALL, "iap": IAP}, "not both"),
        ({"sign_in": SIGN_IN, "readers": ALL, "open": True}, "open = true lets everybody in"),
        ({"readers": ALL}, "mean nothing without"),
        ({"token": Path("token")}, "mean nothing without"),
        ({"trusted_hosts": ("https://okr.cty.vn",)}, "without https:// and without a port"),
        ({"trusted_hosts": ("okr.cty.vn:443",)}, "without https:// and without a port"),
        ({"trusted_hosts": ("*",)}, "is not a name"),
        ({"readers": {"domains": ["an@cty.vn"]}, "iap": IAP}, "is not a domain"),
        ({"readers": {"addresses": ["cty.vn"]}, "iap": IAP}, "is not an e-mail address"),
        ({"sign_in": {"client": "x", "issuer": "http://accounts.cty.vn"}, "readers": ALL}, "begins with https://"),
    ],
    ids=str,
)
def test_a_page_that_others_could_read_by_accident_is_refused(settings: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(says)):
        PageSettings(**settings)


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"host": "localhost", "trusted_hosts": ("okr.cty.vn",), "proxies": 1},
        {"host": "0.0.0.0", "open": True, "trusted_hosts": ("okr",)},
        {"host": "0.0.0.0", "sign_in": SIGN_IN, "readers": ALL, "trusted_hosts": ("okr.cty.vn",)},
        {"host": "::", "iap": IAP, "trusted_hosts": ("okr.cty.vn",)},
    ],
    ids=str,
)
def test_a_page_whose_readers_are_known_may_listen(settings: dict[str, Any]) -> None:
    assert PageSettings(**settings)


# Anything of the above as more than text, in a page.
ACTIVE = re.compile(
    r"<script(?![^>]*\ssrc=\"/static/)|<img|<svg onload|\sonmouseover=\"|(href|src|action)=\"javascript:"
)


def all_paths(app: Flask) -> list[str]:
    """Every address that shows something, found from the routes themselves."""
    client = app.test_client()
    paths = {rule.rule for rule in app.url_map.iter_rules() if not rule.arguments and "GET" in (rule.methods or ())}
    found = re.findall(r'href="(/[^"#]*)"', "".join(client.get(path).text for path in ("/", "/problems", "/map")))
    return sorted(paths | {path.replace("&amp;", "&") for path in found if not path.startswith("/static/")})


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_cell_is_nothing_but_text(app: Flask, records: Records, text: str) -> None:
    keep(records, hostile_company(text))
    client = app.test_client()
    paths = all_paths(app)
    assert {"/", "/problems", "/alignment.json", "/alignment.csv", "/problems.csv", "/objective/o"} <= set(paths)
    for path in paths:
        answer = client.get(path)
        assert answer.status_code in (200, 400), path
        if answer.mimetype in ("text/html", "image/svg+xml"):
            assert not re.search(
                r"<script(?![^>]*\ssrc=\"/static/)|<img|<svg onload|\sonmouseover=\"|(href|src|action)=\"javascript:",
                answer.text,
            )
            assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\x1b\x85]", answer.text)
            assert "49" not in re.findall(r"<h1>\s*<bdi>(.*?)<", answer.text)


@pytest.mark.parametrize("number", ["1e300", "-1e300", "1e400", "9" * 200, "1e-300", "-0", "0.1" + "1" * 200])
def test_a_monstrous_number_breaks_no_page(app: Flask, records: Records, number: str) -> None:
    monstrous = Amount(Decimal(number), number)
    parts = [
        key_result("current", "o", current=monstrous),
        key_result("target", "o", 2, start=Amount(), target=monstrous, weight=abs(Decimal(number))),
        key_result("share", "o", 3, current=Amount(Decimal(number), number, "%")),
    ]
    keep(records, snapshot([objective("o", weight=abs(Decimal(number)))], parts))
    client = app.test_client()
    assert {path: client.get(path).status_code for path in all_paths(app)} == dict.fromkeys(all_paths(app), 200)


@pytest.mark.browser
@pytest.mark.parametrize("name", ["script", "attribute", "link", "svg", "comment", "bidi", "long"])
def test_a_hostile_cell_does_nothing_in_a_browser(
    app: Flask, records: Records, address: str, tabs: Tabs, name: str
) -> None:
    keep(records, hostile_company(HOSTILE[name]))
    seen: list[str] = []
    ears = {
        "console": lambda message: seen.append(message.text),
        "weberror": lambda error: seen.append(str(error.error)),
        "dialog": lambda dialog: seen.append(dialog.message),
        "request": lambda request: seen.append(request.url) if not request.url.startswith(address) else None,
    }
    page = tabs.lend(ears, viewport={"width": 1000, "height": 800})
    for path in ("/", "/objective/o", "/problems", "/map"):
        page.goto(address + path)
        page.evaluate("document.querySelectorAll('details').forEach(found => found.open = true)")
        page.evaluate("document.querySelectorAll('bdi').forEach(found => found.dispatchEvent(new Event('mouseover')))")
        assert page.title() != "taken"
        assert page.locator("main img, main script, main svg a[href^='javascript']").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 1000
    assert seen == []


def test_text_from_cells_is_never_put_out_as_markup() -> None:
    root = Path(__file__).parents[2]
    sources = [*root.glob("templates/*"), *root.glob("webapp/**/*.py"), *root.glob("webapp/static/*.js")]
    dangers = re.compile(r"\|\s*safe\b|autoescape|Markup\(|innerHTML|insertAdjacentHTML|document\.write|eval\(")
    found = {path.name: dangers.findall(path.read_text(encoding="utf-8")) for path in sources if path.is_file()}
    assert {name: words for name, words in found.items() if words} == {}
