"""What the doctor says of the key, of the clock that signing in needs, and of what the account may do."""

import os
import re

import pytest

from sync.clock import SystemClock
from sync.config.settings import load_config
from sync.doctor import Finding
from sync.domain.languages import Language
from sync.local_sheets import Fault
from tests.support.commands import completed
from tests.support.examined import ACCOUNT, examined, faults, put_key
from tests.support.flat_sheet import FLAT
from tests.support.installation import Installation

# The key


def test_no_credentials_at_all(sales: Installation) -> None:
    (sales.folder / "config.toml").write_text(FLAT, encoding="utf-8")
    nowhere = {"HOME": str(sales.folder), "NO_GCE_CHECK": "true", "CLOUDSDK_CONFIG": str(sales.folder)}
    environment = {**os.environ, **nowhere, "LC_ALL": "C"}
    environment.pop("GOOGLE_APPLICATION_CREDENTIALS", None)
    run = completed(["doctor"], sales.folder, environment)
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


# Drive's change feed


def watching(installation: Installation, language: Language = "en") -> list[Finding]:
    installation.configure(f"watch = true\n{FLAT}")
    return [found for found in examined(installation, language) if "Drive" in found.what]


def test_a_feed_that_answers_is_well(sales: Installation) -> None:
    [found] = watching(sales)
    assert (found.well, found.remedy) == (True, "")


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Enable the Google Drive API"), ("vi", "Hãy bật Google Drive API")]
)
def test_a_feed_that_does_not_answer_is_told_once_with_the_remedy_and_keeps_nothing_from_working(
    sales: Installation, language: Language, words: str
) -> None:
    sales.server.fault(Fault(kind="error", method="drive.changes.getStartPageToken", status=403))
    [found] = watching(sales, language)
    assert found.well
    assert found.remedy.startswith(words)
    assert "drive.metadata.readonly" in found.remedy


def test_without_the_setting_nothing_is_said_of_the_feed(sales: Installation) -> None:
    assert not [found for found in examined(sales) if "Drive" in found.what]
