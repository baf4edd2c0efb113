"""Who we are to Google: every way in which google-auth finds credentials, and what is said of those that are none."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from sync.domain.failures import Trouble
from sync.google import CredentialsError, CredentialsFault, Quota, SheetsClient, SheetsError
from sync.google.http import SheetsHTTPClient
from sync.google.session import GoogleSession, Identity, SignIn, default_credentials
from sync.google.wire import Wire
from sync.local_sheets import LocalSheets
from tests.support.clocks import ManualClock
from tests.support.keys import private_key
from tests.support.odd_server import BOOK, OddServer, Reply, refused, token

WORKER = "okr@example.iam.gserviceaccount.com"
IMPERSONATION = f"/v1/projects/-/serviceAccounts/{WORKER}:generateAccessToken"
SPREADSHEET = "https://sheets.googleapis.com/v4/spreadsheets/okr"
PERSON: dict[str, object] = {
    "type": "authorized_user",
    "client_id": "client",
    "client_secret": "secret",
    "refresh_token": "refresh",
}


def saved(path: Path, content: dict[str, object]) -> Path:
    path.write_text(json.dumps(content), encoding="utf-8")
    path.chmod(0o600)
    return path


def service_account() -> dict[str, object]:
    return {
        "type": "service_account",
        "project_id": "okr",
        "client_email": WORKER,
        "private_key": private_key(),
        "token_uri": "https://oauth2.googleapis.com/token",
    }


def federated(subject: Path) -> dict[str, object]:
    pool = "//iam.googleapis.com/projects/123/locations/global/workloadIdentityPools/pool/providers/cluster"
    return {
        "type": "external_account",
        "audience": pool,
        "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
        "token_url": "https://sts.googleapis.com/v1/token",
        "service_account_impersonation_url": f"https://iamcredentials.googleapis.com{IMPERSONATION}",
        "credential_source": {"file": str(subject)},
    }


def impersonating(source: Mapping[str, object]) -> dict[str, object]:
    return {
        "type": "impersonated_service_account",
        "service_account_impersonation_url": f"https://iamcredentials.googleapis.com{IMPERSONATION}",
        "source_credentials": source,
    }


def as_google(server: OddServer) -> None:
    """What the security token service and the impersonation of service accounts answer."""
    exchanged = {"access_token": "federated", "expires_in": 3599, "token_type": "Bearer"}
    exchanged["issued_token_type"] = "urn:ietf:params:oauth:token-type:access_token"
    server.fixed["/v1/token"] = Reply(body=json.dumps(exchanged))
    worker = {"accessToken": "impersonated", "expireTime": "2999-01-01T00:00:00Z"}
    server.fixed[IMPERSONATION] = Reply(body=json.dumps(worker))
    # google-auth asks this in a thread of its own.
    for account in (f"-/serviceAccounts/{WORKER}", "123/locations/global/workloadIdentityPools/pool"):
        everywhere = Reply(body='{"locations": [], "encodedLocations": "0x0"}')
        server.fixed[f"/v1/projects/{account}/allowedLocations"] = everywhere


def default_session(endpoint: str, clock: ManualClock) -> GoogleSession:
    """As without a key file in the configuration, but at a local server."""
    wire = Wire(clock, endpoint)
    sign_in = SignIn(wire)
    return GoogleSession(Identity(default_credentials(sign_in)), sign_in, wire)


def trouble_by_default(endpoint: str, clock: ManualClock) -> SheetsError:
    """What the first request with this machine's own credentials fails with."""
    with pytest.raises(SheetsError) as error, closing(default_session(endpoint, clock)) as session:
        SheetsHTTPClient(session, Quota(clock), clock).request("get", SPREADSHEET)
    return error.value


def fault_of(path: Path, configured: bool, monkeypatch: pytest.MonkeyPatch) -> CredentialsFault:
    """What is wrong with a file, named in the configuration or by the environment."""
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", "" if configured else str(path))
    with pytest.raises(CredentialsError) as error:
        SheetsClient(path if configured else None)
    assert (error.value.trouble, error.value.path) == (Trouble.CREDENTIALS, str(path))
    assert "canary" not in str(error.value)
    return error.value.fault


class TestCredentials:
    def test_the_key_file_of_a_service_account(self, sheets: LocalSheets, clock: ManualClock, tmp_path: Path) -> None:
        client = SheetsClient(saved(tmp_path / "key.json", service_account()), sheets.url, clock=clock)
        assert client.account == WORKER
        assert [tab.title for tab in client.read_book("okr").tabs] == ["OKR"]
        client.close()

    def test_a_key_file_by_the_environment(
        self,
        sheets: LocalSheets,
        clock: ManualClock,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        key = saved(tmp_path / "key.json", service_account())
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(key))
        session = default_session(sheets.url, clock)
        session.sign_in()
        assert (session.account, session.get(SPREADSHEET).status_code) == (WORKER, 200)
        session.close()

    def test_a_persons_own_credentials(
        self, sheets: LocalSheets, clock: ManualClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(saved(tmp_path / "person.json", PERSON)))
        session = default_session(sheets.url, clock)
        assert (session.account, session.get(SPREADSHEET).status_code) == ("", 200)
        session.close()

    def test_a_workload_that_another_cloud_vouches_for(
        self, odd: OddServer, clock: ManualClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        as_google(odd)
        (tmp_path / "subject").write_text("vouched-for")
        monkeypatch.setenv(
            "GOOGLE_APPLICATION_CREDENTIALS", str(saved(tmp_path / "workload.json", federated(tmp_path / "subject")))
        )
        session = default_session(odd.url, clock)
        assert session.account == WORKER
        assert session.get(SPREADSHEET).json() == json.loads(BOOK.body)
        assert "vouched-for" in odd.asked_for("/v1/token")[0].body
        [asked] = [each for each in odd.asked_for(IMPERSONATION) if "auth/spreadsheets" in each.body]
        assert asked.token == "federated"
        assert odd.asked_for("/v4/spreadsheets/okr")[0].token == "impersonated"
        session.close()

    def test_a_person_who_acts_as_a_service_account(
        self, odd: OddServer, clock: ManualClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        as_google(odd)
        odd.fixed["/token"] = token("person")
        monkeypatch.setenv(
            "GOOGLE_APPLICATION_CREDENTIALS", str(saved(tmp_path / "acting.json", impersonating(PERSON)))
        )
        session = default_session(odd.url, clock)
        assert session.get(SPREADSHEET).status_code == 200
        [asked] = odd.asked_for(IMPERSONATION)
        assert (asked.token, json.loads(asked.body)["scope"]) == (
            "person",
            ["https://www.googleapis.com/auth/spreadsheets"],
        )
        assert odd.asked_for("/v4/spreadsheets/okr")[0].token == "impersonated"
        session.close()

    def test_an_impersonation_that_google_refuses_needs_a_person(
        self, odd: OddServer, clock: ManualClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        odd.fixed[IMPERSONATION] = refused(403, "PERMISSION_DENIED", "Permission 'getAccessToken' denied")
        monkeypatch.setenv(
            "GOOGLE_APPLICATION_CREDENTIALS", str(saved(tmp_path / "acting.json", impersonating(PERSON)))
        )
        error = trouble_by_default(odd.url, clock)
        assert (error.trouble, error.detail) == (Trouble.CREDENTIALS, "Permission 'getAccessToken' denied")

    def test_a_workload_without_its_voucher_says_which_file_is_missing(
        self, odd: OddServer, clock: ManualClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        as_google(odd)
        (tmp_path / "subject").write_text("vouched-for")
        monkeypatch.setenv(
            "GOOGLE_APPLICATION_CREDENTIALS", str(saved(tmp_path / "workload.json", federated(tmp_path / "nowhere")))
        )
        error = trouble_by_default(odd.url, clock)
        assert (error.trouble, error.detail) == (Trouble.CREDENTIALS, f"File '{tmp_path / 'nowhere'}' was not found.")

    def test_the_identity_that_is_attached_to_the_machine(self, odd: OddServer, tmp_path: Path) -> None:
        json_type, account = {"Content-Type": "application/json"}, "/computeMetadata/v1/instance/service-accounts/"
        odd.fixed["/"] = Reply(headers={"Metadata-Flavor": "Google"})
        odd.fixed["/computeMetadata/v1/project/project-id"] = Reply(body="okr", headers={"Content-Type": "text/plain"})
        about = Reply(body=json.dumps({"email": WORKER, "scopes": []}), headers=json_type)
        odd.fixed[f"{account}default/"] = about
        for name in ("default", WORKER):
            odd.fixed[f"{account}{name}/token"] = Reply(body=token("attached").body, headers=json_type)
        # google-auth looks for the machine's address once, when it is imported.
        address = odd.url.removeprefix("http://")
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("GOOGLE_", "CLOUDSDK_"))},
            "GCE_METADATA_HOST": address,
            "GCE_METADATA_IP": address,
            "CLOUDSDK_CONFIG": str(tmp_path),
        }
        asking = (
            "from sync.google.session import open_session\n"
            "session = open_session(None, None)\n"
            "before = session.account\n"
            "session.sign_in()\n"
            "print([before], session.account, session.credentials.token)"
        )
        done = subprocess.run(
            [sys.executable, "-c", asking], env=environment, capture_output=True, text=True, timeout=100
        )
        assert (done.stdout, done.stderr) == (f"[''] {WORKER} attached\n", "")

    def test_a_named_file_that_is_not_there_is_said(
        self, odd: OddServer, clock: ManualClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "nowhere.json"))
        assert trouble_by_default(odd.url, clock).trouble is Trouble.CREDENTIALS

    @pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o620, 0o602, 0o622])
    @pytest.mark.parametrize("configured", [True, False])
    def test_a_key_file_that_others_can_read_or_change_is_refused(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, configured: bool, mode: int
    ) -> None:
        key = saved(tmp_path / "key.json", service_account())
        key.chmod(mode)
        assert fault_of(key, configured, monkeypatch) is CredentialsFault.SHARED

    @pytest.mark.parametrize("content", [PERSON, impersonating(PERSON), {"private_key": "of an unknown kind"}])
    def test_a_secret_of_any_kind_that_others_can_read_is_refused(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: dict[str, object]
    ) -> None:
        named = saved(tmp_path / "credentials.json", content)
        named.chmod(0o644)
        assert fault_of(named, False, monkeypatch) is CredentialsFault.SHARED

    def test_a_workloads_file_holds_no_secret_and_may_be_read_but_not_changed(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        named = saved(tmp_path / "workload.json", federated(tmp_path / "subject"))
        named.chmod(0o622)
        assert fault_of(named, False, monkeypatch) is CredentialsFault.SHARED
        named.chmod(0o644)
        SheetsClient().close()

    @pytest.mark.parametrize("configured", [True, False])
    def test_a_folder_is_said_to_be_one(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, configured: bool
    ) -> None:
        assert fault_of(tmp_path, configured, monkeypatch) is CredentialsFault.FOLDER

    @pytest.mark.parametrize(
        "text",
        [
            *("[]", "5", "null", "{}", '{"type": "service_acc', "[" * 100_000, '{"type": "service_account"}'),
            '{"type": "impersonated_service_account"}',
            '{"type": "external_account"}',
            '{"private_key": "-----BEGIN PRIVATE KEY-----canary"}',
        ],
        ids=lambda text: text[:40],
    )
    @pytest.mark.parametrize(
        ("configured", "fault"), [(True, CredentialsFault.NO_KEY), (False, CredentialsFault.NO_CREDENTIALS)]
    )
    def test_a_file_that_is_no_key_is_said_without_its_content(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, configured: bool, fault: CredentialsFault
    ) -> None:
        named = saved(tmp_path / "key.json", {})
        named.write_text(text, encoding="utf-8")
        assert fault_of(named, configured, monkeypatch) is fault

    def test_a_file_that_gcloud_left_is_held_to_the_same(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("GOOGLE_APPLICATION_CREDENTIALS", raising=False)
        monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path))
        saved(tmp_path / "application_default_credentials.json", PERSON).chmod(0o644)
        with pytest.raises(CredentialsError) as error:
            SheetsClient()
        assert error.value.fault is CredentialsFault.SHARED

    @pytest.mark.parametrize("configured", [True, False])
    def test_a_missing_key_file_is_said(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, configured: bool
    ) -> None:
        assert fault_of(tmp_path / "nowhere.json", configured, monkeypatch) is CredentialsFault.UNREADABLE
