"""What is for those who are named in a row alone: on their own page, signed in, and in no other answer of any route.

Every route is asked of two installations that differ in the private rows only; to everybody else they answer the same.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from sync.config.access import Readers, SignInSettings
from sync.config.settings import PageSettings
from sync.domain.company import ALONE, CompanySettings
from sync.domain.cycle_records import Coaching, CycleRecord, CycleRecords, Feedback, Person, Recognition, Visible
from sync.domain.keys import person_key
from sync.domain.okr import Level
from sync.domain.scoring import Bands
from sync.records import Records
from tests.support.databases import empty_database
from tests.support.routes import addresses, said
from tests.support.signing_in import sign_in
from tests.webapp.companies import cell, keep, key_result, objective, snapshot
from tests.webapp.conftest import NEVER_STALE, Client
from tests.webapp.provider import ADVISER, WORKER, Provider
from webapp.company.holders import unit_key
from webapp.security import FOR_ONE_READER
from webapp.web.answers import EXTENSION
from webapp.web.app import create_app

AN, BINH, ADVICE = person_key("An"), person_key("Bình"), person_key("Cố vấn")
TOKEN = "t" * 40

COMPANY = CompanySettings(
    people=(
        Person(name="An", email="an@cty.vn"),
        Person(name="Bình", email="binh@cty.vn"),
        Person(name="Cố vấn", email="adviser@gmail.com"),
    )
)
PUBLIC = (Recognition(text="Cảm ơn An", cell=cell(1, 12), giver="Cố vấn", receivers=("An",), about="A"),)
PRIVATE = (
    Recognition(text="hush-thanks", cell=cell(2, 12), receivers=("An",), about="A", visible=Visible.INVOLVED),
    Feedback(text="hush-feedback", cell=cell(3, 12), giver="Bình", receivers=("An",), about="A", kind="hush-kind"),
    Coaching(cell=cell(4, 12), coach="Bình", person="An", topic="hush-topic", next_step="hush-step", due="2026-01-05"),
    Coaching(cell=cell(5, 12), coach="Bình", topic="hush-nobody"),
    Feedback(text="hush-hidden", cell=cell(6, 12), receivers=("An",), visible=Visible.NOBODY),
)
SECRET = "hush-"
FOR_AN = ("hush-thanks", "hush-feedback", "hush-kind", "hush-topic", "hush-step")

# What an address may name, known or not.
KEYS = ("a", unit_key("Kho"), AN, BINH, "2026-Q1")
QUERIES = ("", "?lang=en&q=hush&person=Bình&owner=An&unit=Kho&of=" + AN)


Install = Callable[..., Flask]


@pytest.fixture
def install(provider: Provider, tmp_path: Path) -> Iterator[Install]:
    """Makes an installation with these records beside the same goals, with sign-in or open to everybody."""
    opened: list[Records] = []
    token = tmp_path / "token"
    token.write_text(TOKEN)
    token.chmod(0o600)
    readers = Readers(domains=("cty.vn",), addresses=("adviser@gmail.com",))

    def make(*rows: CycleRecord, signing_in: bool = True, people: CompanySettings = COMPANY) -> Flask:
        records = Records.open(empty_database(tmp_path / f"records-{len(opened)}.db"))
        opened.append(records)
        mine = objective("a", id="A", owner="An", unit="Kho", level=Level.DEPARTMENT, period="Q1/2026")
        found = [key_result("k", "a", id="K")]
        keep(records, snapshot([mine], found, cycle=CycleRecords.of((*PUBLIC, *rows))))
        sign = SignInSettings(client=provider.client_file, session_key=tmp_path / "key", issuer=provider.issuer)
        access = {"sign_in": sign, "readers": readers, "token": token} if signing_in else {}
        # One key for all, as what it signs tells nothing of the records.
        page = PageSettings(hook_key=tmp_path / "hook.key", **access)
        app = create_app(records, page, Bands(), NEVER_STALE, people)
        # What tells one process's pages from another's is no difference between what two of them say.
        app.extensions[EXTENSION] = replace(app.extensions[EXTENSION], started="started")
        app.test_client_class = Client
        return app

    yield make
    for records in opened:
        records.close()


def reading(app: Flask, reader: str) -> FlaskClient:
    client = app.test_client()
    if reader == "token":
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {TOKEN}"
    elif reader != "open":
        assert sign_in(client, reader).status_code == 303
    return client


def walk(client: FlaskClient) -> dict[str, str]:
    return {address: said(client.get(address)) for address in addresses(client.application, KEYS, QUERIES)}


@pytest.mark.parametrize("reader", ["open", ADVISER, "token"])
def test_no_route_tells_others_anything_of_it_not_even_that_there_is_some(install: Install, reader: str) -> None:
    apps = [install(*rows, signing_in=reader != "open") for rows in (PRIVATE, ())]
    clients = [reading(app, reader) for app in apps]
    with time_machine.travel(datetime.now(UTC), tick=False):
        with_private, without = map(walk, clients)
    assert len(with_private) > 100
    assert [address for address, told in with_private.items() if SECRET in told] == []
    assert [address for address, told in with_private.items() if told != without[address]] == []


def test_whoever_is_named_sees_it_on_their_own_page_alone_which_nobody_keeps(install: Install) -> None:
    client = reading(install(*PRIVATE), WORKER)
    told = {address for address, answer in walk(client).items() if SECRET in answer}
    assert told == {f"/person/{AN}{query}" for query in QUERIES}
    mine = client.get(f"/person/{AN}")
    assert all(text in mine.text for text in FOR_AN)
    assert "hush-nobody" not in mine.text
    assert "hush-hidden" not in mine.text
    assert (mine.headers["Cache-Control"], mine.headers.get("ETag")) == (FOR_ONE_READER, None)


def test_the_own_page_is_never_taken_for_the_one_that_others_see(install: Install) -> None:
    app = install(*PRIVATE)
    mine, others = reading(app, WORKER), reading(app, ADVISER)
    tag = others.get(f"/person/{AN}").headers["ETag"]
    seen = mine.get(f"/person/{AN}", headers={"If-None-Match": tag})
    assert (seen.status_code, SECRET in seen.text) == (200, True)
    assert SECRET not in others.get(f"/person/{AN}").text
    assert mine.post("/sign-out").status_code == 303
    assert mine.get(f"/person/{AN}").status_code == 401


def test_the_way_to_the_own_page_is_told_to_each_reader_and_kept_by_nobody(install: Install) -> None:
    app = install(*PRIVATE)
    led = reading(app, WORKER).get("/me")
    assert (led.status_code, led.headers["Location"]) == (303, f"/person/{AN}")
    advice = reading(app, ADVISER).get("/me")
    assert (advice.status_code, advice.headers["Location"]) == (303, f"/person/{ADVICE}")
    script = reading(app, "token").get("/me?lang=en")
    assert "Nobody is signed in" in script.text
    assert {answer.headers["Cache-Control"] for answer in (led, advice, script)} == {FOR_ONE_READER}
    assert 'href="/me"' in reading(app, "token").get("/").text


def test_an_address_that_nobody_knows_is_told_what_to_ask_for(install: Install) -> None:
    answer = reading(install(people=ALONE), WORKER).get("/me?lang=en")
    assert answer.status_code == 200
    assert "an@cty.vn" in answer.text
    assert "add it to the list of people" in answer.text


def test_what_is_wrong_with_a_private_row_is_told_at_its_cell_without_a_word_of_it(install: Install) -> None:
    faulty = Feedback(text="hush-text", cell=cell(7, 12), giver="hush-giver", receivers=("An",), about="hush-about")
    client = reading(install(faulty), ADVISER)
    for path in ("/problems?lang=en", "/problems.csv?lang=en", "/problems.txt?lang=en", "/alignment.json"):
        told = said(client.get(path))
        assert "M8" in told
        assert SECRET not in told
