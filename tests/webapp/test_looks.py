"""Asking for a look at a spreadsheet: by its hook, which knows its secret, and by "Sync now" on the page."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from sync.config.settings import PageSettings
from sync.domain.memory import PassResult
from sync.domain.scoring import Bands
from sync.records import Records
from tests.support.signing_in import Site, sign_in
from tests.webapp.companies import SHEET, a_pass, keep, key_result, objective, snapshot
from tests.webapp.provider import WORKER
from webapp.security import Pace
from webapp.sign_in import Proofs
from webapp.web.app import create_app

KEY = b"k" * 32
SECRET = Proofs(KEY).hook(SHEET)
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "hook.key"
    path.write_bytes(KEY)
    path.chmod(0o600)
    return path


def page_of(records: Records, **settings: Any) -> FlaskClient:
    keep(records, snapshot([objective("o")], [key_result("k", "o")]))
    return create_app(records, PageSettings(**settings), Bands(), {SHEET: 300, "other": 300}).test_client()


@pytest.fixture
def client(records: Records, key_file: Path) -> FlaskClient:
    return page_of(records, hook_key=key_file)


def called(client: FlaskClient, secret: str = SECRET, spreadsheet: str = SHEET, **more: Any) -> TestResponse:
    return client.post(f"/hook/{spreadsheet}", headers={"Authorization": f"Bearer {secret}"}, **more)


# The hook


def test_a_hook_with_its_secret_asks_for_a_look(client: FlaskClient, records: Records) -> None:
    with time_machine.travel(NOON, tick=False) as now:
        assert called(client).status_code == 204
        now.shift(2)
        assert called(client).data == b""
    [(spreadsheet, waiting)] = records.looks.waiting().items()
    assert (spreadsheet, waiting.since, waiting.asked_at) == (SHEET, NOON, NOON + timedelta(seconds=2))
    assert not waiting.pressed


@pytest.mark.parametrize(
    ("secret", "spreadsheet"),
    [
        ("", SHEET),
        ("x" * 64, SHEET),
        (SECRET[:-1], SHEET),
        (SECRET.upper(), SHEET),
        (Proofs(KEY).hook("other"), SHEET),
        (Proofs(KEY).form(SHEET), SHEET),
        (SECRET, "other"),
        (Proofs(KEY).hook("unknown"), "unknown"),
    ],
    ids=["none", "wrong", "cut", "capitals", "of another", "of a form", "for another", "unknown"],
)
def test_a_wrong_secret_and_an_unknown_spreadsheet_are_answered_alike(
    client: FlaskClient, records: Records, secret: str, spreadsheet: str
) -> None:
    answer = called(client, secret, spreadsheet)
    nothing = client.post("/no-such-page")
    asked_for = f"/hook/{spreadsheet}"
    assert (answer.status_code, answer.text.replace(asked_for, "/no-such-page")) == (404, nothing.text)
    assert records.looks.waiting() == {}


def test_a_hook_must_not_be_called_without_its_secret_in_the_header(client: FlaskClient) -> None:
    assert client.post(f"/hook/{SHEET}?token={SECRET}").status_code == 404
    assert client.post(f"/hook/{SHEET}", auth=("Bearer", SECRET)).status_code == 404
    assert client.get(f"/hook/{SHEET}", headers={"Authorization": f"Bearer {SECRET}"}).status_code == 405


def test_a_flood_is_refused_and_costs_no_other_spreadsheet_anything(client: FlaskClient, records: Records) -> None:
    answers = [called(client) for _ in range(200)]
    assert [answer.status_code for answer in answers] == [204] * 120 + [429] * 80
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 61
    assert called(client, Proofs(KEY).hook("other"), "other").status_code == 204
    assert set(records.looks.waiting()) == {SHEET, "other"}


def test_a_minute_after_a_flood_it_is_heard_again() -> None:
    now = [0.0]
    pace = Pace(2, lambda: now[0])
    assert [pace.pause("a"), pace.pause("a"), pace.pause("a"), pace.pause("b")] == [0, 0, 60, 0]
    now[0] = 59
    assert pace.pause("a") == 1
    now[0] = 60
    assert pace.pause("a") == 0


def test_what_comes_with_a_hook_is_not_kept_and_not_of_any_length(client: FlaskClient, records: Records) -> None:
    assert called(client, data=b"x" * 5000).status_code == 413
    assert records.looks.waiting() == {}
    assert called(client, data=b"Doanh thu").status_code == 204


def test_secrets_come_from_one_key_and_change_with_it(tmp_path: Path) -> None:
    path = tmp_path / "state" / "hook.key"
    made = Proofs.kept_in(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert Proofs.kept_in(path).hook(SHEET) == made.hook(SHEET)
    path.unlink()
    assert Proofs.kept_in(path).hook(SHEET) != made.hook(SHEET)


def test_a_hook_needs_no_sign_in_and_opens_nothing_else(site: Site, records: Records, key_file: Path) -> None:
    client = site(hook_key=key_file).test_client()
    assert called(client).status_code == 204
    assert called(client, "wrong").status_code == 404
    assert client.get("/", headers={"Authorization": f"Bearer {SECRET}"}).status_code == 401


# Sync now


def form_on(page: str, spreadsheet: str = SHEET) -> dict[str, str]:
    """What the page's form for this spreadsheet sends; empty where there is none."""
    found = re.search(rf'<form method="post" action="/sync/{spreadsheet}">(.*?)</form>', page)
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', found[1])) if found else {}


def test_a_reader_at_this_machine_asks_and_sees_when_it_was_read(client: FlaskClient, records: Records) -> None:
    with time_machine.travel(NOON, tick=False) as now:
        answer = client.post(f"/sync/{SHEET}", data=form_on(client.get("/objective/o?lang=en").text))
        assert (answer.status_code, answer.headers["Location"]) == (303, "/objective/o#freshness")
        waiting = client.get("/?lang=en").text
        assert "; read within 10 seconds." in waiting
        assert form_on(waiting) == {}
        assert form_on(waiting, "other")
        assert records.looks.waiting()[SHEET].pressed
        assert records.looks.begin(SHEET)
        assert "it is being read now." in client.get("/?lang=en").text
        now.shift(5)
        records.record(a_pass(PassResult.UNCHANGED, finished_at=NOON + timedelta(seconds=5)))
        assert re.search(r"Asked for at [^;]*; read at ", client.get("/?lang=en").text)
        now.shift(55)
        assert form_on(client.get("/?lang=en").text)


def test_while_no_worker_takes_it_that_is_said(client: FlaskClient, records: Records) -> None:
    with time_machine.travel(NOON, tick=False) as now:
        records.looks.press(SHEET, NOON)
        now.shift(120)
        assert "and not read yet: does the worker run?" in client.get("/?lang=en").text


def test_at_most_once_a_minute_for_a_spreadsheet(client: FlaskClient, records: Records) -> None:
    with time_machine.travel(NOON, tick=False) as now:
        form = form_on(client.get("/").text)
        for _ in range(3):
            assert client.post(f"/sync/{SHEET}", data=form).status_code == 303
            now.shift(20)
        assert records.looks.presses()[SHEET].at == NOON
        client.post("/sync/other", data=form)
        client.post(f"/sync/{SHEET}", data=form)
    presses = records.looks.presses()
    assert (presses[SHEET].at, presses["other"].at) == (NOON + timedelta(minutes=1),) * 2


@pytest.mark.parametrize("proof", ["", "x" * 64, SECRET])
def test_no_other_site_can_press_the_button(client: FlaskClient, records: Records, proof: str) -> None:
    assert client.post(f"/sync/{SHEET}", data={"proof": proof}).status_code == 403
    assert records.looks.waiting() == {}


def test_an_unknown_spreadsheet_cannot_be_asked_for(client: FlaskClient) -> None:
    assert client.post("/sync/unknown", data=form_on(client.get("/").text)).status_code == 404


@pytest.mark.parametrize("at", ["//evil.example", "https://evil.example/", "/\\evil.example", ""])
def test_the_way_back_leads_to_the_page_only(client: FlaskClient, at: str) -> None:
    answer = client.post(f"/sync/{SHEET}", data=form_on(client.get("/").text) | {"at": at})
    assert answer.headers["Location"] == "/#freshness"


def test_an_open_page_offers_it_to_nobody(records: Records, key_file: Path) -> None:
    client = page_of(records, hook_key=key_file, open=True, host="0.0.0.0", trusted_hosts=("okr.cty.vn",))
    assert form_on(client.get("/").text) == {}
    assert client.post(f"/sync/{SHEET}", data={"proof": Proofs(KEY).form("")}).status_code == 404


def test_who_is_signed_in_may_and_who_is_not_may_not(site: Site, records: Records, key_file: Path) -> None:
    app: Flask = site(hook_key=key_file)
    client = app.test_client()
    assert client.post(f"/sync/{SHEET}", data={"proof": Proofs(KEY).form("")}).status_code == 401
    sign_in(client, WORKER)
    form = form_on(client.get("/").text)
    assert form["proof"] != Proofs(KEY).form("")
    assert client.post(f"/sync/{SHEET}", data=form).status_code == 303
    assert records.looks.waiting()[SHEET].pressed


def test_a_script_with_the_token_is_told_in_json(site: Site, key_file: Path, tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("t" * 40)
    token.chmod(0o600)
    client = site(hook_key=key_file, token=token).test_client()
    header = {"Authorization": f"Bearer {'t' * 40}"}
    first, second = (client.post(f"/sync/{SHEET}", headers=header) for _ in range(2))
    assert (first.status_code, second.status_code, second.headers["Retry-After"]) == (202, 429, "60")
    assert first.json is not None
    assert (first.json["spreadsheet"], first.json["waits"]) == (SHEET, True)
