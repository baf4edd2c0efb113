"""The real clients against the local server: a Node process that runs JavaScript with them, and Google's own in Python.

That one is built from the discovery documents that it ships. Only the address in the documents is another: those of an
upload and of a batch are made of it too.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from google.oauth2.credentials import Credentials

from sync.local_sheets import LocalSheets
from tests.support.google_api_client import service, signed_in

HERE = Path(__file__).parent / "node"
# Where `make test` installs what package.json names.
CLIENTS = Path(__file__).parents[3] / ".venv" / "node"

# Runs the body of an async function; its answer, or {"error": …} of what it threw.
JavaScript: TypeAlias = Callable[[str], Any]


@pytest.fixture(scope="session")
def node() -> Iterator[subprocess.Popen[str]]:
    """Without Node or the clients these tests are skipped, but never in CI."""
    if shutil.which("node") is None or not (CLIENTS / "installed").is_file():
        message = "no Node clients: install Node 18 or newer with npm, then run make node-clients"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    # From the folder of the clients, where the driver's imports are looked up.
    command = ["node", "--input-type=module", "--eval", (HERE / "driver.mjs").read_text("utf-8")]
    with subprocess.Popen(
        command, cwd=CLIENTS, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as running:
        yield running


@pytest.fixture
def run(node: subprocess.Popen[str], sheets: LocalSheets) -> JavaScript:
    def run(code: str) -> Any:
        assert node.stdin is not None
        assert node.stdout is not None
        node.stdin.write(json.dumps({"url": sheets.url, "code": code}) + "\n")
        node.stdin.flush()
        return json.loads(node.stdout.readline())["answer"]

    return run


@pytest.fixture
def credentials(sheets: LocalSheets) -> Credentials:
    return signed_in(sheets)


@pytest.fixture
def api(sheets: LocalSheets, credentials: Credentials) -> Iterator[Any]:
    with closing(service(sheets, "sheets.v4", credentials)) as built:
        yield built


@pytest.fixture
def spreadsheets(api: Any) -> Any:
    return api.spreadsheets()


@pytest.fixture
def drive(sheets: LocalSheets, credentials: Credentials) -> Iterator[Any]:
    with closing(service(sheets, "drive.v3", credentials)) as built:
        yield built


@pytest.fixture
def book(spreadsheets: Any) -> str:
    grid = {"rowCount": 10, "columnCount": 5}
    body = {"properties": {"title": "OKRs"}, "sheets": [{"properties": {"title": "Scores", "gridProperties": grid}}]}
    made: str = spreadsheets.create(body=body).execute()["spreadsheetId"]
    return made
