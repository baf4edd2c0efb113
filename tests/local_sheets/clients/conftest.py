"""A Node process that runs JavaScript with the real clients against the local server."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from sync.local_sheets import LocalSheets

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
