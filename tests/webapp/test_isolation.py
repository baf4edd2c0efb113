"""What one company of an installation may see of another is nothing: every route of both is walked, by everybody."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine

from tests.support.routes import addresses, said
from tests.webapp.provider import Provider
from tests.webapp.two_companies import (
    ACME,
    BETA,
    NOW,
    PERIODS,
    SEEN,
    Asker,
    Two,
    keys,
    mark,
    sheet,
    token_of,
    two_companies,
)
from webapp.sign_in import Proofs

OTHER = {ACME: BETA, BETA: ACME}
# How the two are reached, and where their records are: in an SQLite file each, or in one PostgreSQL.
WAYS = {
    "paths-postgresql": {},
    "path-of-all-sqlite": {ACME: 'path = "/okr"', BETA: 'path = "/okr"'},
    "a-host-sqlite": {BETA: 'host_name = "okr.beta.vn"'},
}
# What a person reads of herself, and no script.
TOLD_TO_PERSONS = {"coach", "topic", "feedback"}
LOBBY = ("", "/", "/c", "/c/", "/healthz", "/readyz", "/metrics", "/c/gamma/", "/problems", "/static/style.css", "/me")


@pytest.fixture(params=WAYS)
def two(request: pytest.FixtureRequest, provider: Provider, tmp_path: Path) -> Iterator[Two]:
    way, database = WAYS[request.param], None
    if request.param.endswith("postgresql"):
        database = request.getfixturevalue("postgresql").new_database()
    with time_machine.travel(NOW, tick=False), two_companies(tmp_path / "companies", provider, way, database) as found:
        yield found


def everything(two: Two, theirs: str) -> Iterator[str]:
    """Every address of both, asked for what there is at either and what is `theirs`; and what is in front of them."""
    of_both = (*keys(ACME), *keys(BETA), *PERIODS)
    queries = ("", f"?lang=en&q={mark(theirs)}&of={keys(theirs)[1]}&person={keys(theirs)[2]}")
    for name, app in two.apps.items():
        yield from (two.root(name) + address for address in addresses(app, of_both, queries))
    door = two.companies[ACME].config.page.path
    yield from (f"https://okr.vn{door}{address}" for address in LOBBY)


def told_of(company: str, answer: str, address: str) -> set[str]:
    """The words of a company in an answer, but for those that the asker has just said."""
    return set(re.findall(rf"{mark(company)}-([a-z-]+)", answer.replace(address, "")))


def walked(two: Two, asker: Asker, theirs: str) -> dict[str, set[str]]:
    """What somebody who looked for what is `theirs` came to know of each company."""
    known: dict[str, set[str]] = {ACME: set(), BETA: set()}
    for address in everything(two, theirs):
        answer = said(asker.get(address))
        for name, words in known.items():
            words |= told_of(name, answer, address)
    return known


# At one of the two somebody is signed in, at the other one reads with a token.
@pytest.mark.parametrize(("two", "signed_in"), [*zip(WAYS, (ACME, ACME, BETA), strict=True)], indirect=["two"])
def test_who_reads_one_company_comes_to_know_nothing_of_the_other(two: Two, signed_in: str) -> None:
    other = OTHER[signed_in]
    by_person = walked(two, Asker(two).sign_in(signed_in), other)
    by_script = walked(two, Asker(two).with_token(other), signed_in)
    assert (by_person[other], by_script[signed_in]) == (set(), set())
    assert set(SEEN) - by_person[signed_in] == set()
    assert set(SEEN) - by_script[other] == TOLD_TO_PERSONS


def test_a_stranger_comes_to_know_nothing_not_even_a_name(two: Two) -> None:
    stranger = Asker(two)
    assert walked(two, stranger, ACME) == {ACME: set(), BETA: set()}
    door = two.companies[ACME].config.page.path
    lobby = "".join(said(stranger.get(f"https://okr.vn{door}{address}")) for address in LOBBY)
    assert ACME not in lobby
    assert BETA not in lobby


def test_a_session_of_one_is_none_at_the_other(two: Two) -> None:
    asker = Asker(two).sign_in(ACME)
    host, _, path = two.root(ACME).removeprefix("https://").partition("/")
    session = asker.browser.get_cookie("okr_sheets_session", host, f"/{path}")
    assert session is not None
    thief = Asker(two)
    host, _, path = two.root(BETA).removeprefix("https://").partition("/")
    thief.browser.set_cookie("okr_sheets_session", session.value, domain=host, path=f"/{path}")
    assert thief.get(f"{two.root(BETA)}/alignment.json").status_code == 401
    assert walked(two, thief, BETA)[BETA] == set()


def test_a_token_of_one_is_none_at_the_other(two: Two) -> None:
    assert Asker(two).with_token(ACME).get(f"{two.root(ACME)}/alignment.json").status_code == 200
    assert Asker(two).with_token(ACME).get(f"{two.root(BETA)}/alignment.json").status_code == 401


def test_a_hook_asks_for_a_spreadsheet_of_its_own_company_alone(two: Two) -> None:
    secrets = {name: Proofs.kept_in(company.config.page.hook_key) for name, company in two.companies.items()}
    caller = Asker(two)
    for name, proofs in secrets.items():
        for at in (ACME, BETA):
            for spreadsheet in (sheet(ACME), sheet(BETA)):
                secret = f"Bearer {proofs.hook(spreadsheet)}"
                answer = caller.post(f"{two.root(at)}/hook/{spreadsheet}", Authorization=secret)
                own = name == at and spreadsheet == sheet(at)
                assert answer.status_code == (204 if own else 404)
    assert {name: [*found.looks.waiting()] for name, found in two.records.items()} == {
        ACME: [sheet(ACME)],
        BETA: [sheet(BETA)],
    }


def test_nobody_asks_for_a_look_at_what_is_anothers(two: Two) -> None:
    asker = Asker(two).sign_in(ACME)
    form = re.findall(r'name="proof" value="(\w+)"', asker.get(f"{two.root(ACME)}/").text)[0]
    data = {"proof": form, "at": "/"}
    assert asker.post(f"{two.root(ACME)}/sync/{sheet(BETA)}", data).status_code == 404
    assert asker.post(f"{two.root(BETA)}/sync/{sheet(BETA)}", data).status_code == 401
    of_both = Asker(two).sign_in(ACME).sign_in(BETA)
    assert of_both.post(f"{two.root(BETA)}/sync/{sheet(BETA)}", data).status_code == 403
    assert Asker(two).with_token(ACME).post(f"{two.root(BETA)}/sync/{sheet(BETA)}").status_code == 401
    assert two.records[BETA].looks.waiting() == {}


def test_under_a_name_that_is_not_its_own_no_page_answers(two: Two) -> None:
    asker = Asker(two).sign_in(ACME).sign_in(BETA)
    for name in (ACME, BETA):
        path = two.companies[name].config.page_path
        for host in ("evil.vn", "okr.acme.vn.evil.vn", f"okr.{OTHER[name]}.vn"):
            for headers in ({}, {"Authorization": f"Bearer {token_of(name)}"}):
                answer = asker.get(f"https://{host}{path}/alignment.json", **headers)
                assert answer.status_code in (400, 401, 404)
                assert told_of(name, said(answer), "") == set()
