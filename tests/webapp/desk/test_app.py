"""The request side: who gets in, what is refused, and what a page that is not ours can do: nothing."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.installation import Installation
from tests.webapp.desk.conftest import TEAM, OpenDesk
from webapp.desk.app import create_desk
from webapp.desk.desk import Desk
from webapp.desk.guard import CHANGE_HEADER, Guard


class Visitor:
    """One browser at a desk."""

    def __init__(self, desk: Desk) -> None:
        self.guard = Guard()
        self.app = create_desk(desk, self.guard)
        self.client = self.app.test_client()

    def enter(self, client: FlaskClient | None = None) -> TestResponse:
        return (client or self.client).get(f"/?token={self.guard.token}", buffered=True)

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.client.get(path, buffered=True, **options)

    def post(self, path: str, body: object, **headers: str) -> TestResponse:
        return self.client.post(path, json=body, headers={CHANGE_HEADER: self.guard.change, **headers}, buffered=True)


@pytest.fixture
def visitor(team: Desk) -> Visitor:
    entered = Visitor(team)
    assert entered.enter().status_code == 302
    return entered


def test_without_the_address_that_was_printed_nothing_is_told(team: Desk) -> None:
    stranger = Visitor(team)
    for path in ("/", "/api/state", "/api/picture?what=book", "/api/difference"):
        answer = stranger.get(path)
        assert answer.status_code == 403
        assert "OKR" not in answer.text.replace("okr-sheets", "")


def test_a_wrong_token_is_refused(team: Desk) -> None:
    assert Visitor(team).get("/?token=guess").status_code == 403


def test_the_address_works_once(visitor: Visitor) -> None:
    assert visitor.get("/api/state").status_code == 200
    second = visitor.app.test_client()
    assert visitor.enter(second).status_code == 403
    assert second.get("/api/state").status_code == 403


def test_the_cookie_is_for_no_script_and_no_other_site(team: Desk) -> None:
    cookie = Visitor(team).enter().headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


@pytest.mark.parametrize("path", ["edit", "text", "undo", "redo", "read", "save", "pass"])
def test_a_change_without_the_pages_own_secret_is_refused(visitor: Visitor, path: str) -> None:
    answer = visitor.client.post(f"/api/{path}", json={"sheetId": 0}, buffered=True)
    assert answer.status_code == 403
    assert visitor.post(f"/api/{path}", {}, **{CHANGE_HEADER: "guess"}).status_code == 403


@pytest.mark.parametrize("path", ["edit", "text", "undo", "save", "pass"])
def test_a_link_changes_nothing(visitor: Visitor, path: str) -> None:
    assert visitor.get(f"/api/{path}").status_code == 405


def test_another_host_name_is_refused(visitor: Visitor) -> None:
    assert visitor.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_every_answer_forbids_scripts_and_frames_from_elsewhere(visitor: Visitor) -> None:
    for path in ("/", "/api/state", "/desk/desk.js", "/grid/view.js", "/nothing"):
        policy = visitor.get(path).headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy


@pytest.mark.parametrize("path", ["/desk/../desk.py", "/desk/%2e%2e%2fapp.py", "/grid/__init__.py", "/desk/missing.js"])
def test_only_scripts_and_styles_are_served(visitor: Visitor, path: str) -> None:
    assert visitor.get(path).status_code == 404


def test_the_browser_names_none_of_the_fields_that_are_fetched(visitor: Visitor) -> None:
    assert visitor.get("/api/picture?what=sheets.properties").status_code == 400


def test_a_refused_edit_says_why_in_the_readers_language(visitor: Visitor) -> None:
    answer = visitor.post("/api/edit", {"do": "explode"}, **{"Accept-Language": "vi"})
    assert (answer.status_code, answer.json) == (422, {"error": "Không làm được ở đây: explode"})


@pytest.mark.parametrize("body", ["[]", "null", '"x"', "{", ""])
def test_what_is_no_object_is_a_bad_request(visitor: Visitor, body: str) -> None:
    headers = {CHANGE_HEADER: visitor.guard.change, "Content-Type": "application/json"}
    assert visitor.client.post("/api/edit", data=body, headers=headers, buffered=True).status_code == 400


def test_the_state_tells_columns_rows_scores_and_what_was_understood(visitor: Visitor) -> None:
    state = json.loads(visitor.get("/api/state", headers={"Accept-Language": "en"}).text)
    roles = {int(column): [role["name"] for role in found] for column, found in state["tab"]["columns"].items()}
    assert roles[0] == ["Objective"]
    assert roles[5] == ["Key result: place of the score"]
    assert state["tab"]["rows"] == ".hbkbs"
    assert state["tab"]["scores"] == {"2,5": "0,75", "3,5": "0,25", "4,5": "0,5"}
    assert [found["score"] for found in state["understood"]["objectives"]] == ["0.50", "0.50"]


def test_what_is_not_saved_is_not_written_whatever_the_page_asks(visitor: Visitor, installation: Installation) -> None:
    before = installation.server.cells("okr")
    answer = visitor.post("/api/pass", {"write": True, "accept": True})
    assert answer.status_code == 422
    assert installation.server.cells("okr") == before


def test_a_sheet_that_cannot_be_reached_is_told_and_not_a_failure_of_ours(open_desk: OpenDesk) -> None:
    desk = open_desk({"OKR": TEAM})
    visitor = Visitor(desk)
    visitor.enter()
    desk.road.spreadsheet = "gone"  # type: ignore[attr-defined]
    answer = visitor.get("/api/picture?what=book")
    assert answer.status_code == 502
    assert "gone" in answer.json["error"]  # type: ignore[index]
