"""The routes as a client sees them: states, headers, caching, languages, hostile cells."""

from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient

from sync.config.settings import PageSettings
from sync.domain.memory import PassResult
from sync.domain.scoring import Bands
from sync.records import Records
from tests.webapp.companies import NOW, SHEET, a_pass, keep, key_result, objective, snapshot
from webapp.web.app import create_app

PATHS = ("/", "/objective/o", "/problems", "/alignment.json", "/healthz", "/readyz", "/static/style.css")


@pytest.fixture
def filled(records: Records) -> Records:
    keep(records, snapshot([objective("o")], [key_result("k", "o")]))
    return records


@pytest.mark.usefixtures("filled")
def test_every_page_answers(client: FlaskClient) -> None:
    assert [client.get(path).status_code for path in PATHS] == [200] * len(PATHS)


def test_before_the_first_pass_the_page_asks_to_wait(client: FlaskClient, records: Records) -> None:
    records.record(a_pass(PassResult.FAILED, message="not-found"))
    for path in ("/", "/objective/o", "/problems", "/alignment.json", "/readyz"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "The spreadsheet is gone" in client.get("/?lang=en").text
    assert client.get("/healthz").json == {"status": "ok"}


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(("language", "words"), [("vi", "Không có gì ở đây"), ("en", "There is nothing here")])
def test_errors_speak_the_readers_language_and_tell_nothing_of_the_inside(
    client: FlaskClient, language: str, words: str
) -> None:
    text = client.get(f"/objective/nobody?lang={language}").text
    assert words in text
    assert "Traceback" not in text
    assert "/work" not in text


def test_an_unchanged_page_is_not_sent_twice(client: FlaskClient, filled: Records) -> None:
    for path in PATHS[:4]:
        tag = client.get(path).headers["ETag"]
        again = client.get(path, headers={"If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")
        other = client.get(path, headers={"If-None-Match": tag, "Accept-Language": "en"})
        assert other.status_code == 200
    tag = client.get("/").headers["ETag"]
    keep(filled, snapshot([objective("o", text="Renamed")], [key_result("k", "o")]))
    changed = client.get("/", headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert "Renamed" in changed.text


@pytest.mark.usefixtures("filled")
def test_a_page_that_turns_stale_is_sent_again(records: Records) -> None:
    client = create_app(records, PageSettings(), Bands(), {SHEET: 300}).test_client()
    with time_machine.travel(NOW + timedelta(seconds=10), tick=False):
        tag = client.get("/").headers["ETag"]
        assert client.get("/readyz").json == {"status": "ok", "in_doubt": []}
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        assert "Dữ liệu đã cũ" in client.get("/", headers={"If-None-Match": tag}).text
        assert '"status": "degraded"' in client.get("/readyz").text


@pytest.mark.usefixtures("filled")
def test_the_language_is_remembered_and_stays_on_the_page(client: FlaskClient) -> None:
    answer = client.get("/problems?lang=en")
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert 'href="/problems?lang=vi"' in answer.text
    assert '<html lang="en">' in client.get("/").text
    assert "Set-Cookie" not in client.get("/").headers
