"""The page behind a real nginx with TLS, under a path of its own, both ways in which proxies do that."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from tests.support.crawling import Answer, crawled
from tests.support.nginx import Proxy, nginx, proxying
from tests.support.signing_in import Site
from tests.webapp.companies import SHEET
from tests.webapp.conftest import serving
from tests.webapp.provider import WORKER

LEFT_ON = "location /okr/ {{ proxy_pass {page}; }}"
TAKEN_OFF = "location /goals/ {{ proxy_pass {page}/; proxy_set_header X-Forwarded-Prefix /goals; {headers} }}"
# A location that sets one header has lost those of the server.
HEADERS = (
    "proxy_set_header Host $http_host; proxy_set_header X-Forwarded-Proto $scheme; "
    "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;"
)


@pytest.fixture
def proxy(site: Site, tmp_path: Path) -> Iterator[Proxy]:
    """Skipped without nginx, but never in CI."""
    program = nginx()
    if program is None:
        message = "no nginx: install Debian's package nginx-light"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    settings = {"proxies": 1, "trusted_hosts": ("localhost",)}
    with ExitStack() as opened:
        okr = opened.enter_context(serving(site(**settings, path="/okr")))
        goals = opened.enter_context(serving(site(**settings, path_from_proxy=True)))
        locations = LEFT_ON.format(page=okr) + TAKEN_OFF.format(page=goals, headers=HEADERS)
        yield opened.enter_context(proxying(program, tmp_path, locations))


def signed_in(proxy: Proxy, path: str) -> requests.Session:
    """A person with a browser, once through the sign-in, who came back to the page under its path."""
    session = proxy.session()
    asked = session.get(f"{proxy.address}{path}/sign-in?next=/problems", allow_redirects=False).headers["Location"]
    consented = requests.post(asked, data={"sub": WORKER}, allow_redirects=False, timeout=30)
    back = consented.headers["Location"]
    assert back.startswith(f"{proxy.address}{path}/sign-in/back?")
    shown = session.get(back)
    assert (shown.url, shown.status_code) == (f"{proxy.address}{path}/problems", 200)
    return session


def get_with(session: requests.Session) -> Callable[[str], Answer]:
    def get(address: str) -> Answer:
        answer = session.get(address, allow_redirects=False)
        kind = answer.headers.get("Content-Type", "").partition(";")[0]
        text = answer.text if kind.startswith(("text/", "image/svg")) else ""
        return answer.status_code, kind, text, answer.headers.get("Location", "")

    return get


@pytest.mark.parametrize("path", ["/okr", "/goals"])
def test_all_of_the_page_stays_under_its_path(proxy: Proxy, path: str) -> None:
    session = signed_in(proxy, path)
    cookie = next(found for found in session.cookies if found.name == "okr_sheets_session")
    assert (cookie.path, cookie.secure) == (path, True)
    met = crawled(get_with(session), f"{proxy.address}{path}/")
    ours = {address: answer for address, answer in met.items() if address.startswith(proxy.address)}
    assert len(ours) > 20
    assert [address for address in ours if not urlsplit(address).path.startswith(f"{path}/")] == []
    # Whoever asks for these without pressing their button is told that that changes something.
    wrong = {urlsplit(address).path for address, answer in ours.items() if answer[0] not in (200, 302, 303)}
    assert wrong == {f"{path}/sign-out", f"{path}/sync/{SHEET}"}


def test_a_reader_cannot_choose_the_path(proxy: Proxy) -> None:
    for path in ("/okr", "/goals"):
        text = proxy.session().get(f"{proxy.address}{path}/", headers={"X-Forwarded-Prefix": "/evil"}).text
        assert f'href="{path}/' in text
        assert "/evil" not in text
