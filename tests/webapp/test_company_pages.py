"""What is in front of several companies' pages: how each is found, and what is told of all without naming one."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import time_machine
from prometheus_client.parser import text_string_to_metric_families

from sync.config.companies import read_company
from sync.config.standing import IN_FORCE
from tests.support.crawling import crawled
from tests.webapp.provider import Provider
from tests.webapp.two_companies import ACME, BETA, NOW, Asker, Two, sheet, token_of, two_companies
from webapp.web.app import page_of
from webapp.web.companies import CompanyPages

ROOT = "https://okr.vn"


@pytest.fixture
def two(request: pytest.FixtureRequest, provider: Provider, tmp_path: Path) -> Iterator[Two]:
    way: dict[str, str] = getattr(request, "param", {})
    with time_machine.travel(NOW, tick=False), two_companies(tmp_path / "companies", provider, way, None) as found:
        yield found


def with_settings(text: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("two", [{ACME: text, BETA: text}], indirect=True)


def test_each_company_is_at_its_own_path_with_all_that_it_links_to(two: Two) -> None:
    asker = Asker(two).sign_in(ACME)

    def get(address: str) -> tuple[int, str, str, str]:
        answer = asker.get(address)
        text = "" if (answer.mimetype or "").startswith("application/vnd") else answer.text
        return answer.status_code, answer.mimetype or "", text, answer.headers.get("Location", "")

    met = {address: answer for address, answer in crawled(get, f"{ROOT}/c/acme/").items() if address.startswith(ROOT)}
    assert len(met) > 50
    assert [address for address in met if not urlsplit(address).path.startswith("/c/acme/")] == []
    asked = {address for address in met if not address.startswith((f"{ROOT}/c/acme/sync/", f"{ROOT}/c/acme/sign-out"))}
    assert [address for address in asked if met[address][0] not in (200, 303)] == []


def test_the_sign_in_and_the_cookies_of_a_company_stay_under_its_path(two: Two) -> None:
    asker = Asker(two)
    begun = asker.get(f"{ROOT}/c/acme/sign-in?next=/problems")
    assert "redirect_uri=https%3A%2F%2Fokr.vn%2Fc%2Facme%2Fsign-in%2Fback" in begun.headers["Location"]
    asker.sign_in(ACME).get(f"{ROOT}/c/acme/?lang=en")
    for cookie in ("okr_sheets_session", "language"):
        assert asker.browser.get_cookie(cookie, "okr.vn", "/c/acme")
        assert asker.browser.get_cookie(cookie, "okr.vn", "/") is None
    assert asker.get(f"{ROOT}/c/acme/problems").status_code == 200
    assert asker.get(f"{ROOT}/c/acme").headers["Location"] == f"{ROOT}/c/acme/"


@pytest.mark.parametrize("address", ["/", "/c", "/c/", "/c/gamma/", "/problems", "/c/ACME/", "/c/acme2/", "/x/c/acme/"])
def test_where_no_company_is_there_is_nothing_whatever_was_asked_for(two: Two, address: str) -> None:
    answer = Asker(two).get(f"{ROOT}{address}", **{"Accept-Language": "en"})
    said = "There is nothing here. Each company's page has an address of its own."
    assert (answer.status_code, answer.mimetype, answer.text) == (404, "text/plain", said)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@with_settings("proxies = 1\npath_from_proxy = true")
def test_the_path_that_a_proxy_tells_stands_before_that_of_the_company(two: Two) -> None:
    asker = Asker(two).with_token(ACME)
    text = asker.get(f"{ROOT}/c/acme/", **{"X-Forwarded-Prefix": "/okr"}).text
    assert 'href="/okr/c/acme/problems"' in text
    assert 'href="/c/acme/problems"' in asker.get(f"{ROOT}/c/acme/", **{"X-Forwarded-Prefix": "//evil"}).text


@with_settings("proxies = 1")
def test_an_address_that_a_script_is_given_is_whole(two: Two) -> None:
    answer = Asker(two).with_token(ACME).get("http://okr.vn/c/acme/problems.txt", **{"X-Forwarded-Proto": "https"})
    assert "https://okr.vn/c/acme/problems" in answer.text


def test_a_host_name_is_one_company_from_its_root_on(provider: Provider, tmp_path: Path) -> None:
    with two_companies(tmp_path / "companies", provider, {BETA: 'host_name = "okr.beta.vn"'}, None) as two:
        asker = Asker(two).with_token(BETA)
        for host in ("okr.beta.vn", "OKR.beta.VN", "okr.beta.vn:8443"):
            assert sheet(BETA) in asker.get(f"https://{host}/alignment.json").text
        assert asker.get("https://okr.beta.vn/c/acme/").status_code == 404
        assert asker.get(f"{ROOT}/c/beta/alignment.json").status_code == 404
        assert asker.get("https://okr.beta.vn/").text.count('href="/problems') > 0


def test_a_company_moves_to_a_name_of_its_own_and_back(two: Two) -> None:
    asker, company = Asker(two).with_token(BETA), two.companies[BETA]
    text = company.path.read_text(encoding="utf-8")
    for host_name, found, gone in (
        ('host_name = "okr.beta.vn"', "https://okr.beta.vn", f"{ROOT}/c/beta"),
        ("", f"{ROOT}/c/beta", "https://okr.beta.vn"),
    ):
        company.path.write_text(text.replace("[page]", f"[page]\n{host_name}"), encoding="utf-8")
        moved = read_company(company.path, {}).config
        two.pages.show(moved, page_of(moved, two.records[BETA], lambda: IN_FORCE))
        assert sheet(BETA) in asker.get(f"{found}/alignment.json").text
        assert asker.get(f"{gone}/alignment.json").status_code in (400, 404)


def test_the_whole_is_ready_as_soon_as_one_company_is_and_counts_the_others(two: Two) -> None:
    asker = Asker(two)
    assert asker.get(f"{ROOT}/healthz").json == {"status": "ok"}
    ready = asker.get(f"{ROOT}/readyz")
    assert (ready.status_code, ready.json) == (200, {"status": "degraded", "companies": {"degraded": 2}})
    two.records[ACME].forget([sheet(ACME)])
    some = asker.get(f"{ROOT}/readyz")
    assert (some.status_code, some.json) == (200, {"status": "degraded", "companies": {"degraded": 1, "pending": 1}})
    two.pages.remove(BETA)
    none = asker.get(f"{ROOT}/readyz")
    assert (none.status_code, none.json) == (503, {"status": "pending", "companies": {"pending": 1}})
    assert asker.get(f"{ROOT}/c/beta/").status_code == 404


def test_strangers_who_ask_without_pause_cost_no_more_than_one(two: Two) -> None:
    moments = iter([0.0, 0.0, 0.5, 0.9, 1.1, 1.1])
    pages = CompanyPages(two.companies[ACME].config.page, seconds=lambda: next(moments))
    assert [pages.readiness()[0]["companies"] for _ in range(2)] == [{}, {}]
    pages.show(two.companies[ACME].config, two.apps[ACME])
    assert [pages.readiness()[0]["companies"] for _ in range(2)] == [{}, {"degraded": 1}]


def test_figures_are_told_of_the_companies_whose_token_is_shown_each_by_its_name(two: Two) -> None:
    assert Asker(two).get(f"{ROOT}/metrics").status_code == 401
    assert Asker(two).sign_in(ACME).get(f"{ROOT}/metrics").status_code == 401
    assert companies_in(Asker(two).with_token(ACME).get(f"{ROOT}/metrics").text) == {ACME}


def companies_in(page: str) -> set[str]:
    samples = [sample for figure in text_string_to_metric_families(page) for sample in figure.samples]
    assert samples
    return {sample.labels["company"] for sample in samples}


def test_every_figure_is_told_once_with_what_each_company_has_of_it(provider: Provider, tmp_path: Path) -> None:
    shared = tmp_path / "scraper.token"
    shared.write_text(token_of("both"))
    shared.chmod(0o600)
    with two_companies(tmp_path / "companies", provider, {}, None, token=shared) as two:
        answer = Asker(two).with_token("both").get(f"{ROOT}/metrics")
        assert companies_in(answer.text) == {ACME, BETA}
        figures = [figure.name for figure in text_string_to_metric_families(answer.text)]
        assert sorted({*figures}) == sorted(figures)
        assert f'okr_sheets_interval_seconds{{company="acme",spreadsheet="{sheet(ACME)}"}} 300.0' in answer.text


def test_under_a_name_of_nobody_nothing_is_told_in_front_either(two: Two) -> None:
    asker = Asker(two).with_token(ACME)
    assert asker.get("https://evil.vn/metrics").status_code == 400
    assert asker.get("http://localhost/metrics").status_code == 200
