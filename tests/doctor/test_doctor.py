"""The doctor: each class of trouble, provoked for real, is named with its remedy."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from sync.clock import Clock, SystemClock
from sync.config.settings import load_config
from sync.doctor import Finding, examine
from sync.doctor.remedies import (
    remedy,
)
from sync.doctor.texts import say
from sync.domain.failures import Trouble
from sync.domain.languages import LANGUAGES, Language
from sync.google import CredentialsError, CredentialsFault, SheetsError
from sync.local_sheets import Fault
from sync.passes.locks import worker_lock
from tests.support.clocks import ManualClock
from tests.support.commands import DEADLINE, okr_sheets
from tests.support.flat_sheet import FLAT, HEADER, key_results
from tests.support.installation import Installation

ACCOUNT = "okr@project.iam.gserviceaccount.com"


@pytest.fixture
def sales(installation: Installation) -> Installation:
    installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(2, 5)]})
    installation.configure(FLAT)
    return installation


@pytest.fixture(scope="module")
def private_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    return key.private_bytes(encoding, form, serialization.NoEncryption()).decode()


@pytest.fixture
def keyed(sales: Installation, private_key: str) -> Installation:
    """An installation that signs in with a service account's key."""
    key = {
        "type": "service_account",
        "client_email": ACCOUNT,
        "private_key": private_key,
        "private_key_id": "1",
        "token_uri": "https://oauth2.googleapis.com/token",
    }
    put_key(sales, json.dumps(key))
    return sales


def put_key(installation: Installation, text: str, mode: int = 0o600) -> Path:
    path = installation.folder / "key.json"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    installation.configure(f'credentials = "key.json"\n{FLAT}')
    return path


def examined(installation: Installation, language: Language = "en", clock: Clock | None = None) -> list[Finding]:
    """All findings. Waits take no time, and the clock is right."""
    clock = clock or ManualClock(datetime.now(UTC))
    return list(examine(installation.config, language, clock))


def faults(installation: Installation, language: Language = "en", clock: Clock | None = None) -> dict[str, Finding]:
    return {found.what: found for found in examined(installation, language, clock) if found.well is False}


# All well


def test_where_all_is_well_everything_is_named_and_nothing_changed(keyed: Installation) -> None:
    before = keyed.server.cells("sales")
    found = examined(keyed)
    assert [each for each in found if not each.well] == []
    names = ["state folder", "disk", "worker", "records", "intervals"]
    names += ["key file", "credentials", "spreadsheet sales", "clock"]
    assert [each.what for each in found] == names
    assert f"{ACCOUNT} at http://127.0.0.1:" in found[6].seen
    assert found[7].seen == "“sales” can be read and edited (vi_VN, 1 tabs)"
    assert keyed.server.cells("sales") == before


def test_it_speaks_vietnamese_where_the_terminal_does(sales: Installation) -> None:
    sales.configure(FLAT.replace('"sales"', '"nowhere"'))
    run = okr_sheets(sales, "doctor", language="vi_VN.UTF-8")
    assert run.returncode == 2
    assert "✗ bảng tính nowhere" in run.stdout
    assert "→ Không có bảng tính nowhere" in run.stdout


# This machine


def test_a_state_folder_that_cannot_be_written(sales: Installation) -> None:
    (sales.folder / "taken").write_text("a file, no folder")
    put_state(sales, "taken/state")
    found = faults(sales)
    assert "cannot be written: Not a directory" in found["state folder"].seen
    assert "chown" in found["state folder"].remedy


def put_state(installation: Installation, state: str, database: str = "") -> None:
    """A configuration with another state folder, and possibly another database."""
    path = installation.configure(FLAT)
    named = f'database = "{database}"\n' if database else ""
    path.write_text(f'state = "{state}"\n{named}{path.read_text(encoding="utf-8")}', encoding="utf-8")
    installation.config = load_config(path, {})


def test_a_disk_that_is_nearly_full(sales: Installation) -> None:
    found = {each.what: each for each in examine(sales.config, "en", SystemClock(), least_free=10**18)}["disk"]
    assert not found.well
    assert re.search(r"^\d+ MB are free where ", found.seen)
    assert "until at least 1000000000000 MB are free" in found.remedy


def test_a_disk_that_is_full(sales: Installation) -> None:
    """The kernel lets this process write no file beyond a few kilobytes, as a full disk would."""
    put_state(sales, "new-state")
    limited = ["sh", "-c", 'ulimit -f 8; exec "$@"', "sh", sys.executable, "-m", "sync", "doctor"]
    environment = {
        **os.environ,
        "OKR_SHEETS_CONFIG": str(sales.folder / "config.toml"),
        "LC_ALL": "C",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    run = subprocess.run(
        limited, capture_output=True, text=True, env=environment, cwd=sales.folder, timeout=DEADLINE, check=False
    )
    assert run.returncode == 2
    assert "✗ records" in run.stdout
    assert "The disk is full." in run.stdout
    assert "Traceback" not in run.stderr


def test_a_disk_without_any_room(sales: Installation) -> None:
    """Not a byte may be written."""
    sales.records.close()
    limited = ["sh", "-c", 'ulimit -f 0; exec "$@"', "sh", sys.executable, "-m", "sync", "doctor"]
    environment = {**os.environ, "OKR_SHEETS_CONFIG": str(sales.folder / "config.toml"), "LC_ALL": "C"}
    run = subprocess.run(limited, stdout=subprocess.PIPE, text=True, env=environment, timeout=DEADLINE, check=False)
    assert run.returncode == 2
    assert "✗ state folder" in run.stdout
    assert "→ Make room on the disk" in run.stdout
    assert "chown" not in run.stdout
    assert "disk: " in run.stdout
    assert "✗ records" in run.stdout


def test_a_database_of_a_newer_version(sales: Installation) -> None:
    sales.records.close()
    with sqlite3.connect(sales.folder / "state" / "okr-sheets.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    assert "written by a newer okr-sheets" in faults(sales)["records"].remedy


def test_a_database_that_is_damaged(sales: Installation) -> None:
    (sales.folder / "damaged.db").write_bytes(b"this is no database, but long enough to be taken for one" * 100)
    put_state(sales, "state", f"sqlite:///{sales.folder}/damaged.db")
    assert "okr-sheets rebuild-records" in faults(sales)["records"].remedy


def test_a_database_with_one_damaged_page_that_no_pass_has_met_yet(sales: Installation) -> None:
    sales.sync()
    sales.records.close()
    path = sales.folder / "state" / "okr-sheets.db"
    with sqlite3.connect(path) as database:
        [[page]] = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'score_by_key'")
    database.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)
    assert "okr-sheets rebuild-records" in faults(sales)["records"].remedy


def test_a_database_that_another_program_keeps_locked(sales: Installation) -> None:
    other = sqlite3.connect(sales.folder / "state" / "okr-sheets.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert "Another program holds the database." in faults(sales)["records"].remedy
    other.close()


def test_a_database_that_cannot_be_written(sales: Installation) -> None:
    put_state(sales, "state", f"sqlite:///{sales.folder}/config.toml/okr-sheets.db")
    assert "Check the folder, its permissions" in faults(sales)["records"].remedy


def test_a_running_worker_is_named_by_its_pid(sales: Installation) -> None:
    with worker_lock(sales.config.state):
        found = {each.what: each for each in examined(sales)}["worker"]
    assert found.well
    assert found.seen == f"one is running, pid {os.getpid()}; a second one would not start"


# The key


def test_no_credentials_at_all(sales: Installation) -> None:
    (sales.folder / "config.toml").write_text(FLAT, encoding="utf-8")
    nowhere = {"HOME": str(sales.folder), "NO_GCE_CHECK": "true", "CLOUDSDK_CONFIG": str(sales.folder)}
    environment = {**os.environ, **nowhere, "LC_ALL": "C"}
    environment.pop("GOOGLE_APPLICATION_CREDENTIALS", None)
    run = subprocess.run(
        [sys.executable, "-m", "sync", "doctor"],
        capture_output=True,
        text=True,
        env=environment,
        cwd=sales.folder,
        timeout=DEADLINE,
        check=False,
    )
    assert run.returncode == 2
    assert "✗ credentials: no credentials were found on this machine" in run.stdout
    assert "let GOOGLE_APPLICATION_CREDENTIALS name it" in run.stdout


@pytest.mark.parametrize("mode", [0o640, 0o602])
def test_a_key_file_that_others_can_read_or_change(keyed: Installation, mode: int) -> None:
    path = keyed.folder / "key.json"
    path.chmod(mode)
    found = faults(keyed)["key file"]
    assert found.seen == f"{path} can be read or changed by other users of this machine"
    assert found.remedy.startswith(f"Run: chmod 600 {path}.")
    assert keyed.server.requests == []


def test_a_key_file_of_the_environment_is_held_to_the_same(
    keyed: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = keyed.folder / "key.json"
    path.chmod(0o644)
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(path))
    (keyed.folder / "config.toml").write_text(FLAT, encoding="utf-8")
    keyed.config = load_config(keyed.folder / "config.toml", {})
    assert faults(keyed)["key file"].remedy.startswith(f"Run: chmod 600 {path}.")


def test_a_folder_where_the_key_file_should_be(sales: Installation) -> None:
    (sales.folder / "keys").mkdir()
    sales.configure(f'credentials = "keys"\n{FLAT}')
    assert faults(sales)["key file"].seen == f"{sales.folder / 'keys'} is a folder, not a key file"


def test_a_key_file_that_is_not_there(keyed: Installation) -> None:
    (keyed.folder / "key.json").unlink()
    assert faults(keyed)["key file"].seen.endswith("cannot be read: No such file or directory")


@pytest.mark.parametrize("text", ["{}", "no JSON", "[1]", "5", "null", '{"type": "authorized_user"}'])
def test_a_file_that_is_no_key(sales: Installation, text: str) -> None:
    put_key(sales, text)
    assert "is not the key file of a service account" in faults(sales)["key file"].seen


def test_a_key_that_was_deleted(keyed: Installation) -> None:
    body = {"error": "invalid_grant", "error_description": "Invalid JWT Signature."}
    keyed.server.fault(Fault(kind="error", status=400, method="token", body=body))
    found = faults(keyed)["Google"]
    assert "Google does not know this key any more: invalid_grant: Invalid JWT Signature." in found.remedy
    assert "Make a new key" in found.remedy


def test_a_clock_so_wrong_that_google_refuses_to_sign_in(keyed: Installation) -> None:
    body = {
        "error": "invalid_grant",
        "error_description": "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable "
        "timeframe. Check your iat and exp values in the JWT claim.",
    }
    keyed.server.fault(Fault(kind="error", status=400, method="token", body=body, skew=900))
    found = faults(keyed, clock=SystemClock())
    assert re.search(r"This machine's clock is \d+ seconds behind Google's", found["Google"].remedy)
    assert 800 < seconds_in(found["clock"].seen) <= 901
    assert "timedatectl" in found["clock"].remedy


def test_a_clock_that_is_wrong(sales: Installation) -> None:
    sales.server.fault(Fault(kind="answer", applied="first", skew=-300))
    found = faults(sales, clock=SystemClock())["clock"]
    assert found.seen.endswith("seconds ahead of Google's")
    assert 299 <= seconds_in(found.seen) < 400


def seconds_in(text: str) -> int:
    [number] = re.findall(r"\d+", text)
    return int(number)


# Access


def refused(installation: Installation, code: int, message: str, method: str = "", **error: object) -> None:
    body = {"error": {"code": code, "message": message, **error}}
    installation.server.fault(Fault(kind="error", status=code, method=method, body=body))


def test_the_api_is_switched_off(keyed: Installation) -> None:
    info = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "SERVICE_DISABLED"}
    message = "Google Sheets API has not been used in project 1 before or it is disabled."
    refused(keyed, 403, message, "spreadsheets.get", status="PERMISSION_DENIED", details=[info])
    assert "The Google Sheets API is switched off." in faults(keyed)["Google"].remedy


def test_a_spreadsheet_that_is_not_shared(keyed: Installation) -> None:
    refused(keyed, 403, "The caller does not have permission", "spreadsheets.get", status="PERMISSION_DENIED")
    assert faults(keyed)["spreadsheet sales"].remedy.endswith(f"Share the spreadsheet with {ACCOUNT} as Editor.")


@pytest.mark.parametrize("status", [403, 500])
def test_a_spreadsheet_that_is_shared_for_viewing_only(keyed: Installation, status: int) -> None:
    refused(keyed, status, "The caller does not have permission", "spreadsheets.values.batchUpdate")
    found = faults(keyed)["spreadsheet sales"]
    assert found.seen.startswith("“sales” can be read and not edited: ")
    assert f"It is shared with {ACCOUNT} as Viewer" in found.remedy


def test_an_uploaded_workbook(sales: Installation) -> None:
    message = "This operation is not supported for this document"
    refused(sales, 400, message, "spreadsheets.get", status="FAILED_PRECONDITION")
    assert "sales is an Excel file." in faults(sales)["spreadsheet sales"].remedy


def test_a_spreadsheet_that_is_not_there_does_not_hide_the_others(keyed: Installation) -> None:
    keyed.configure(f'credentials = "key.json"\n{FLAT.replace("sales", "nowhere")}{FLAT}')
    found = {each.what: each for each in examined(keyed)}
    assert f"or it is not shared with {ACCOUNT}" in found["spreadsheet nowhere"].remedy
    assert found["spreadsheet sales"].well


def test_score_cells_that_are_protected_are_named(keyed: Installation) -> None:
    area = {"sheetId": 0, "startRowIndex": 2, "startColumnIndex": 5}
    protected = {"range": area, "editors": {"users": ["person@local.invalid"]}}
    keyed.server.edit("sales", {"addProtectedRange": {"protectedRange": protected}})
    found = faults(keyed)["spreadsheet sales"]
    assert found.seen == f"the score cells OKR!F3 are protected against {ACCOUNT}"
    assert "Data → Protect sheets and ranges" in found.remedy


def test_a_protected_cell_that_takes_no_score_is_no_trouble(sales: Installation) -> None:
    area = {"sheetId": 0, "endRowIndex": 1}
    protected = {"range": area, "editors": {"users": ["person@local.invalid"]}}
    sales.server.edit("sales", {"addProtectedRange": {"protectedRange": protected}})
    assert faults(sales) == {}


def test_a_mapped_tab_that_is_missing(sales: Installation) -> None:
    sales.configure(FLAT.replace("OKR*", "Mục tiêu"))
    found = faults(sales)["spreadsheet sales"]
    assert found.seen == "No tab is called “Mục tiêu”."
    assert "Tabs here: “OKR”" in found.remedy


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
