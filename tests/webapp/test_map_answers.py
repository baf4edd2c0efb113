"""The map as it is sent: to a page, to be saved as a picture, and again where nothing changed."""

import re
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from sync.records import Records
from tests.support.maps import company_with, department
from tests.webapp.big_company import big_company
from tests.webapp.companies import keep, key_result, objective, snapshot
from webapp.company.company import Company

SVG = "{http://www.w3.org/2000/svg}"

HOSTILE = "<script>alert(1)</script>]]>&\"'\u202egnp.exe \ufffe\x00\x1b[31m =1+1 javascript:alert(1)"


def hostile_company() -> Company:
    return company_with(
        objective("c", id="C", text=HOSTILE, owner=HOSTILE, unit="x" * 50_000),
        department("d", text="y" * 50_000, parent=HOSTILE),
        department("e", parent="K"),
        key_results=[key_result("k", "c", id="K", text=HOSTILE)],
    )


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_saved_map_is_a_whole_picture_by_itself(client: FlaskClient, records: Records, language: str) -> None:
    found = hostile_company()
    keep(records, snapshot(tuple(found.alignment.objectives.values()), tuple(found.key_results.values())))
    answer = client.get(f"/map.svg?lang={language}")
    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="okr-map.svg"'
    picture = ElementTree.fromstring(answer.text)
    assert picture.tag == f"{SVG}svg"
    style = picture.find(f"{SVG}style")
    assert style is not None
    assert "var(" not in (style.text or "")
    assert "#fff" in (style.text or "")
    links = [link.get("href", "") for link in picture.iter(f"{SVG}a")]
    assert links
    assert all(link.startswith("http://localhost/") for link in links)


def test_whatever_cells_hold_is_text_on_the_map(client: FlaskClient, records: Records) -> None:
    found = hostile_company()
    keep(records, snapshot(tuple(found.alignment.objectives.values()), tuple(found.key_results.values())))
    for path in ("/map", "/map.svg", "/map?root=c"):
        text = client.get(path).text
        assert "<script>alert" not in text
        assert not re.search("[\u202e\x00\x1b]", text)
        assert "&lt;script&gt;" in text
        assert len(text) < 40_000


def test_the_language_switch_keeps_what_is_opened(client: FlaskClient, records: Records) -> None:
    keep(records, big_company(2000))
    assert "/map?open=o5&amp;open=o6&amp;lang=en" in client.get("/map?open=o5&open=o6").text


def test_a_map_of_nothing_is_not_there_and_an_empty_company_has_an_empty_one(
    client: FlaskClient, records: Records
) -> None:
    keep(records, snapshot([]))
    assert client.get("/map?root=nobody").status_code == 404
    assert "Chưa có mục tiêu nào" in client.get("/map").text
    assert client.get("/map.svg").status_code == 200


def test_before_the_first_pass_the_map_asks_to_wait(client: FlaskClient) -> None:
    answers = [client.get(path) for path in ("/map", "/map.svg")]
    assert [(answer.status_code, answer.headers["Retry-After"]) for answer in answers] == [(503, "5")] * 2
    assert all("Content-Disposition" not in answer.headers for answer in answers)


def test_an_unchanged_map_is_not_sent_again(client: FlaskClient, records: Records) -> None:
    keep(records, big_company(200))
    for path in ("/map", "/map.svg"):
        known = client.get(path).headers["ETag"]
        assert client.get(path, headers={"If-None-Match": known}).status_code == 304
