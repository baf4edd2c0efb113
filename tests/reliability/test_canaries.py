"""No secret leaves the key file: not by a log, not by the command line, not by the database or the page.

The whole test run is held to that too: see `tests.support.canaries` and the fixture in `tests.conftest`.
"""

import json
import logging
from pathlib import Path

import pytest

from sync.cli.logs import JsonFormatter, LineFormatter
from sync.domain.redaction import redacted
from sync.domain.scoring import Bands
from sync.local_sheets import Fault
from tests.reliability.okrs import configuration, spreadsheet
from tests.support.canaries import EAR, MARK, secrets_in
from tests.support.commands import okr_sheets
from tests.support.installation import Installation
from tests.support.keys import private_key
from tests.support.processes import Surroundings, command_line
from webapp.web.app import create_app

PATIENCE = 120.0
PEM = f"-----BEGIN PRIVATE KEY-----\n{MARK}\n-----END PRIVATE KEY-----\n"

# How libraries and proxies write secrets, when they do.
LEAKS = {
    "private key": PEM,
    "private key in JSON": json.dumps({"private_key": PEM}),
    "half a private key": f"-----BEGIN RSA PRIVATE KEY-----\n{MARK}",
    "access token": f"token ya29.{MARK}-and-more",
    "access token in JSON": json.dumps({"access_token": MARK, "expires_in": 3599}),
    "header": f"'Authorization': 'Bearer {MARK}'",
    "header of a trace": f"send: b'GET / HTTP/1.1\\r\\nAuthorization: Basic {MARK}",
    "refresh token": f"grant_type=refresh_token&refresh_token={MARK}&client_id=okr",
    "client secret": f"client_id=okr&client_secret={MARK}",
    "assertion": f"grant_type=jwt-bearer&assertion={MARK}",
    "cookie": f"Cookie: session={MARK}",
    "set cookie": f"Set-Cookie: session={MARK}; HttpOnly",
    "database": f"cannot connect to postgresql://okr:{MARK}@db.example/okr",
    "database, by its query": f"cannot connect with user=okr&password={MARK}&sslmode=require",
    "database, a password with signs": f"cannot connect to postgresql://okr:1/{MARK}@x/{MARK}@db.example/okr",
    "database, as libpq has it": f"host=db.example password='{MARK} {MARK}' user=okr",
    "database, as Python has it": repr({"user": "okr", "password": f"{MARK} {MARK}"}),
    "client secret alone": f"client GOCSPX-{MARK}-and-more",
    "refresh token alone": f"token 1//0g{MARK}-and-more",
}
COMMANDS = ("sync", "worker", "rebuild-records", "doctor")
ORDINARY = (
    "KR 3: password reset within 2 days; password: see the handbook",
    "http://127.0.0.1:8001/v4/spreadsheets/okr, ask an@example.com",
    "https://docs.google.com:443/a/an@example.com",
    "done 1//03/2026, page 1//0",
    "/etc/okr-sheets/client_secret.json: No such file or directory",
)


@pytest.mark.parametrize("formatter", [LineFormatter(), JsonFormatter()], ids=["line", "json"])
@pytest.mark.parametrize("leak", LEAKS.values(), ids=LEAKS)
def test_a_secret_that_a_library_logs_is_taken_out(leak: str, formatter: logging.Formatter) -> None:
    record = logging.LogRecord("urllib3", logging.WARNING, "", 0, "failed: %s", (leak,), None)
    told = formatter.format(record)
    assert "[secret]" in told
    assert MARK not in told


@pytest.mark.parametrize("text", ORDINARY)
def test_what_only_resembles_a_secret_stays(text: str) -> None:
    assert redacted(text) == text


@pytest.mark.parametrize("formatter", [LineFormatter(), JsonFormatter()], ids=["line", "json"])
def test_a_secret_in_a_traceback_is_taken_out(formatter: logging.Formatter) -> None:
    try:
        raise ValueError(LEAKS["database"])
    except ValueError as error:
        facts = (type(error), error, error.__traceback__)
    record = logging.LogRecord("sqlalchemy", logging.ERROR, "", 0, "failed", (), facts)
    told = formatter.format(record)
    assert "ValueError" in told
    assert MARK not in told


def test_the_ear_of_the_test_run_hears_what_is_left_in() -> None:
    """Otherwise its silence would mean nothing."""
    before, leaks = EAR.heard, list(EAR.leaks)
    logging.getLogger("urllib3").debug("%s in no context at all", MARK)
    new = EAR.leaks[len(leaks) :]
    EAR.leaks[:] = leaks
    assert EAR.heard == before + 1
    assert len(new) == 2


# A whole installation


@pytest.fixture
def signed_in(installation: Installation) -> Installation:
    """With the key file of a service account, its key's ID marked."""
    account = {
        "type": "service_account",
        "private_key_id": MARK,
        "private_key": private_key(),
        "client_email": "okr@example.iam.gserviceaccount.com",
        "token_uri": "https://oauth2.googleapis.com/token",
    }
    path = installation.folder / "key.json"
    path.write_text(json.dumps(account), encoding="utf-8")
    path.chmod(0o600)
    spreadsheet(installation, "sales")
    installation.configure(f'credentials = "key.json"\n{configuration("sales")}')
    return installation


FAULTS = {
    "well": None,
    "a key that Google refuses": Fault(kind="error", method="token", status=400),
    "a sign-in that is cut off": Fault(kind="garbled", applied="first", method="token"),
    "a token that Google refuses": Fault(kind="error", status=401, method="spreadsheets.get"),
    "no answer": Fault(kind="reset", method="spreadsheets.get", times=1),
    "an error that repeats the request": Fault(
        kind="error",
        method="spreadsheets.get",
        status=403,
        body={"error": {"code": 403, "message": f"denied: Authorization: Bearer ya29.{MARK}"}},
    ),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_nothing_that_is_printed_logged_stored_or_shown_holds_a_secret(
    signed_in: Installation, fault: Fault | None
) -> None:
    if fault is not None:
        signed_in.server.fault(fault)
    output = signed_in.folder / "output"
    for command in (["--verbose", "sync"], ["doctor"], ["check", "--json"]):
        process = command_line(
            [*command, "--config", str(signed_in.folder / "config.toml")], Surroundings(output, output)
        )
        process.start()
        process.join(PATIENCE)
    printed = output.read_text(encoding="utf-8")
    assert "sales" in printed
    assert secrets_in(printed) == []
    assert stored_secrets(signed_in.folder / "state") == []
    assert shown_secrets(signed_in) == []


@pytest.mark.parametrize(
    ("url", "command"),
    [
        ("postgresql://okr:{}@127.0.0.1:1/okr", "sync"),
        ("nosuch://okr:{}@db/okr", "sync"),
        *(("postgresql:/okr:{}@db", command) for command in ("sync", "rebuild-records")),
        *(("postgresql://127.0.0.1:1/okr?user=okr&password={}", command) for command in COMMANDS),
    ],
)
def test_a_database_that_cannot_be_used_is_told_without_its_password(
    signed_in: Installation, url: str, command: str
) -> None:
    path = signed_in.folder / "config.toml"
    path.write_text(f'database = "{url.format(MARK)}"\n{path.read_text(encoding="utf-8")}', encoding="utf-8")
    run = okr_sheets(signed_in, command)
    assert run.returncode == 2
    assert secrets_in(run.stdout + run.stderr) == []


@pytest.mark.parametrize("command", ["sync", "doctor"])
def test_a_key_that_was_pasted_where_its_file_belongs_is_not_printed(signed_in: Installation, command: str) -> None:
    path = signed_in.folder / "config.toml"
    key = (signed_in.folder / "key.json").read_text(encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace('"key.json"', f"'''{key}'''"), encoding="utf-8")
    run = okr_sheets(signed_in, command)
    assert run.returncode == 2
    assert "google.credentials: is the content of a key file; save it as a file and name that" in run.stderr
    assert secrets_in(run.stdout + run.stderr) == []


def test_a_key_that_the_environment_holds_instead_of_its_file_is_not_printed(
    signed_in: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", json.dumps({"private_key": PEM}))
    path = signed_in.folder / "config.toml"
    path.write_text(configuration("sales"), encoding="utf-8")
    run = okr_sheets(signed_in, "doctor")
    assert run.returncode == 2
    assert "[secret]" in run.stdout
    assert secrets_in(run.stdout + run.stderr) == []


def stored_secrets(folder: Path) -> list[str]:
    """In the files of the state folder, the database and its journal among them."""
    texts = [path.read_bytes().decode("latin-1") for path in sorted(folder.rglob("*")) if path.is_file()]
    assert texts
    return [line for text in texts for line in secrets_in(text)]


def shown_secrets(installation: Installation) -> list[str]:
    """On the pages that everybody may see."""
    page = create_app(installation.records, installation.config.page, Bands(), {"sales": 300}).test_client()
    paths = ("/", "/map", "/problems", "/alignment.json", "/readyz", "/metrics")
    answers = [page.get(path) for path in paths]
    assert any(answer.status_code == 200 for answer in answers)
    return [line for answer in answers for line in secrets_in(f"{answer.headers}\n{answer.text}")]
