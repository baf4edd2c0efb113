"""The doctor, where all is well and where something stands between us and Google; each trouble is provoked for real."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from sync.doctor.remedies import remedy
from sync.doctor.texts import say
from sync.domain.failures import Trouble
from sync.domain.languages import LANGUAGES
from sync.google import CredentialsError, CredentialsFault, SheetsError
from sync.local_sheets import Fault
from tests.support.clocks import ManualClock
from tests.support.commands import okr_sheets
from tests.support.examined import ACCOUNT, examined, faults
from tests.support.flat_sheet import FLAT
from tests.support.installation import Installation

# All well


def test_where_all_is_well_everything_is_named_and_nothing_changed(keyed: Installation) -> None:
    before = keyed.server.cells("sales")
    found = examined(keyed)
    assert [each for each in found if not each.well] == []
    names = ["state folder", "disk", "worker", "records", "intervals"]
    names += ["key file", "credentials", "spreadsheet sales", "clock"]
    assert [each.what for each in found] == names
    assert f"{ACCOUNT} at http://127.0.0.1:" in found[6].seen
    assert found[7].seen == "“sales” can be read and edited (vi_VN, 1 tab)"
    assert keyed.server.cells("sales") == before


def test_it_speaks_vietnamese_where_the_terminal_does(sales: Installation) -> None:
    sales.configure(FLAT.replace('"sales"', '"nowhere"'))
    run = okr_sheets(sales, "doctor", language="vi_VN.UTF-8")
    assert run.returncode == 2
    assert "✗ bảng tính nowhere" in run.stdout
    assert "→ Không có bảng tính nowhere" in run.stdout


# The way to Google


def test_the_quota_is_used_up(sales: Installation) -> None:
    clock = ManualClock(datetime(2026, 11, 21, 8, 0, 20, tzinfo=UTC))
    sales.server.quota(0, None, clock.now)
    found = faults(sales, clock=clock)["Google"]
    assert "It passes by itself" in found.remedy
    assert clock.monotonic() <= 20


def test_no_more_is_asked_than_the_account_may(sales: Installation) -> None:
    sales.configure("requests_per_minute = 1\n" + FLAT + FLAT.replace("sales", "nowhere"))
    found = faults(sales)
    assert "It passes by itself" in found["Google"].remedy
    assert [request.kind for request in sales.server.requests].count("read") == 1


def test_nobody_answers(sales: Installation) -> None:
    sales.server.fault(Fault(kind="reset"))
    assert "check the network" in faults(sales)["Google"].remedy


def test_a_page_instead_of_an_answer(sales: Installation) -> None:
    sales.server.fault(Fault(kind="html", method="spreadsheets.get"))
    assert "What answered was not Google's API (HTTP 502)." in faults(sales)["spreadsheet sales"].remedy


@pytest.mark.parametrize("fault", [Fault(kind="reset"), Fault(kind="html")], ids=lambda fault: str(fault.kind))
def test_the_clock_is_neither_right_nor_wrong_where_google_told_no_time(sales: Installation, fault: Fault) -> None:
    sales.server.fault(fault)
    found = {each.what: each for each in examined(sales)}["clock"]
    assert (found.well, found.seen) == (None, "not compared: Google told no time")


def test_a_clock_that_was_not_compared_is_not_ticked(sales: Installation) -> None:
    sales.server.fault(Fault(kind="html"))
    assert "\n– clock: not compared: Google told no time" in okr_sheets(sales, "doctor").stdout


def test_a_proxy_that_is_not_there(sales: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
        monkeypatch.setenv(name.upper(), "http://127.0.0.1:1")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    assert "The proxy did not take our request." in faults(sales)["Google"].remedy


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (SheetsError(Trouble.NETWORK, "NameResolutionError"), "could not be looked up"),
        (SheetsError(Trouble.NETWORK, "SSLError"), "REQUESTS_CA_BUNDLE"),
        (SheetsError(Trouble.NETWORK, "a broken answer"), "not Google's API (a broken answer)"),
        (SheetsError(Trouble.PERMISSION, "HTTP 403", status=403), "not Google's API (HTTP 403)"),
        (SheetsError(Trouble.REFUSED, "HTTP 407", status=407), "not Google's API (HTTP 407)"),
    ],
    ids=lambda value: str(value),
)
def test_what_stands_between_us_and_google_is_named(error: SheetsError, said: str) -> None:
    assert said in remedy(error, "sales", ACCOUNT, "en")


# The sentences


@pytest.mark.parametrize("fault", CredentialsFault)
def test_of_credentials_that_cannot_be_used_nobody_says_that_google_refused_them(fault: CredentialsFault) -> None:
    error = CredentialsError(fault, Path("/etc/key.json"), "Permission denied")
    for language in LANGUAGES:
        said = remedy(error, "sales", "", language)
        assert "Google does not let us in" not in said
        assert "Google từ chối đăng nhập" not in said
        assert ("/etc/key.json" in said) is (fault is not CredentialsFault.NONE)


def test_a_sentence_is_said_with_its_facts() -> None:
    assert say("vi", "clock_ahead", seconds=90) == "nhanh hơn Google 90 giây"
