"""The tree's routes as a client sees them: search without JavaScript, branches, units, and how old the data is."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient

from sync.domain.keys import person_key
from sync.domain.memory import PassResult
from sync.domain.okr import Level, Status
from sync.records import Records
from tests.webapp.big_company import big_company
from tests.webapp.companies import NOW, a_pass, amount, keep, key_result, objective, snapshot
from webapp.company.company import MOST_IN_ONE_PIECE
from webapp.company.holders import unit_key

UNIT, PERSON = unit_key("Phòng 1"), person_key("An")
OURS = ("/", "/?q=doanh", "/branch/o", f"/unit/{UNIT}", f"/person/{PERSON}")


@pytest.fixture
def filled(records: Records) -> Records:
    found = objective("o", text="Nâng cao chất lượng", owner="An", unit="Phòng 1", level=Level.DEPARTMENT)
    keep(records, snapshot([found], [key_result("k", "o", text="Doanh thu")]))
    return records


@pytest.mark.usefixtures("filled")
def test_every_page_answers(client: FlaskClient) -> None:
    assert [client.get(path).status_code for path in OURS] == [200] * len(OURS)
    assert all("Nâng cao chất lượng" in client.get(path).text for path in OURS)


@pytest.mark.parametrize("path", ["/", "/objective/d", "/branch/d"])
def test_a_draft_says_what_it_lacks_before_it_goes_live(client: FlaskClient, records: Records, path: str) -> None:
    draft = objective("d", text="Mở miền Trung", status=Status.DRAFT)
    parts = [key_result("k", "d", text="Triển khai CRM", start=amount(None), current=amount(None), target=amount(None))]
    keep(records, snapshot([draft], [*parts, key_result("l", "d", 2)]))
    shown = client.get(f"{path}?lang=en").text
    assert shown.index("Before it goes live") < shown.index("“Triển khai CRM” reads as a task")
    assert shown.count("reads as a task") == 1


def test_what_a_draft_lacks_is_not_counted_among_the_problems(client: FlaskClient, records: Records) -> None:
    keep(records, snapshot([objective("d", text="Mở miền Trung", status=Status.DRAFT)]))
    shown = client.get("/?lang=en").text
    assert "1 to look at before it goes live" in shown
    assert "1 error" not in shown


@pytest.mark.usefixtures("filled")
def test_what_there_is_not_is_not_found(client: FlaskClient) -> None:
    assert [client.get(f"/{page}/nobody").status_code for page in ("branch", "unit", "person")] == [404] * 3


def test_before_the_first_pass_every_page_asks_to_wait(client: FlaskClient) -> None:
    assert [client.get(path).status_code for path in OURS] == [503] * len(OURS)


@pytest.mark.usefixtures("filled")
def test_the_form_is_sent_as_it_stands_and_holds_what_was_asked(client: FlaskClient) -> None:
    text = client.get("/?q=chat+luong&period=&level=department&owner=An").text
    assert 'value="chat luong"' in text
    assert "Nâng cao chất lượng" in text
    assert '<option value="department" selected>' in client.get("/?level=department&q=zzz").text
    assert "Không tìm thấy" in client.get("/?q=zzz").text


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("number", ["0", "-1", "x", "99", "9" * 50, "²", "１"])
def test_a_page_that_there_is_not_is_empty_or_the_first(client: FlaskClient, number: str) -> None:
    for path in ("/?q=chat&page=", "/branch/o?page=", f"/unit/{UNIT}?page="):
        assert client.get(path + number).status_code == 200


@pytest.mark.usefixtures("filled")
def test_the_language_switch_keeps_the_view_and_nothing_else_of_the_address(client: FlaskClient) -> None:
    text = client.get("/?q=chat&level=department&other=zzz&lang=vi").text
    assert 'href="/?q=chat&amp;level=department&amp;lang=en"' in text
    assert "zzz" not in text
    client.get("/?other=zzz")
    assert "zzz" not in client.get("/").text


def test_a_pass_that_finds_nothing_new_changes_only_how_old_the_data_is(client: FlaskClient, filled: Records) -> None:
    with time_machine.travel(NOW + timedelta(minutes=10), tick=False):
        before, bar = client.get("/"), client.get("/freshness")
        later = a_pass(
            PassResult.UNCHANGED, started_at=NOW + timedelta(minutes=5), finished_at=NOW + timedelta(minutes=5)
        )
        filled.still_good(later)
        after, next_bar = client.get("/"), client.get("/freshness")
    tag = re.compile(r'<main[^>]* data-etag="([^"]+)"')
    assert tag.findall(before.text) == tag.findall(after.text)
    assert re.findall('data-etag="([^"]+)"', bar.text) == re.findall('data-etag="([^"]+)"', next_bar.text)
    assert before.headers["ETag"] != after.headers["ETag"]
    assert before.text != after.text
    assert re.sub(r"<time.*?</time>", "", before.text) == re.sub(r"<time.*?</time>", "", after.text)


def test_a_failed_pass_is_told_at_once(client: FlaskClient, filled: Records) -> None:
    filled.record(a_pass(PassResult.FAILED, message="permission"))
    for path in OURS:
        assert "chưa được chia sẻ" in client.get(path).text


def test_an_open_page_is_told_nothing_new_in_few_bytes(client: FlaskClient, filled: Records) -> None:
    tag = client.get("/freshness").headers["ETag"]
    again = client.get("/freshness", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    keep(filled, replace(snapshot([objective("o", text="Renamed")]), taken_at=NOW))
    assert client.get("/freshness", headers={"If-None-Match": tag}).status_code == 200


def test_a_big_company_is_folded_and_its_branches_are_pages(client: FlaskClient, records: Records) -> None:
    keep(records, big_company(MOST_IN_ONE_PIECE + 1))
    text = client.get("/").text
    assert 'href="/branch/o5"' in text
    assert 'id="o-o100"' not in text
    assert 'id="o-o30"' in client.get("/branch/o5").text


def test_a_name_for_the_page_in_a_cell_is_only_text(client: FlaskClient, records: Records) -> None:
    hostile = "<!--freshness--><script>1</script>"
    keep(records, snapshot([objective("o", text=hostile, owner=hostile, unit=hostile, period=hostile)]))
    for path in ("/", "/?q=freshness", "/branch/o", f"/unit/{unit_key(hostile)}"):
        text = client.get(path).text
        assert text.count('id="freshness"') == 1
        assert "<script>1" not in text
