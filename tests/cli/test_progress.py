"""How far a command is, told to whoever waits for it and to no script."""

import json
import threading
from typing import Any

import pytest

from sync.cli.progress import every, progress
from tests.support.commands import DEADLINE, okr_sheets, running
from tests.support.flat_sheet import FLAT, HEADER, key_results
from tests.support.installation import Installation
from tests.support.lost_answers import READ


@pytest.fixture
def company(installation: Installation) -> Installation:
    """Three spreadsheets of one kind."""
    for name in ("sales", "service", "people"):
        installation.spreadsheet(name, {"OKR": [HEADER, *key_results(2)]})
    installation.configure("".join(FLAT.replace("sales", name) for name in ("sales", "service", "people")))
    return installation


@pytest.mark.parametrize("command", [["check"], ["sync"]], ids=" ".join)
def test_a_command_that_takes_long_says_how_far_it_is_beside_what_it_prints(
    company: Installation, command: list[str]
) -> None:
    told = threading.Event()

    def wait(_: Any) -> None:
        assert told.wait(DEADLINE)

    company.server.before(READ, wait, skip=1)
    with running(company, *command) as process:
        assert process.stderr.readline().startswith("… 1 of 3 spreadsheets done, ")
        told.set()
        assert process.wait(DEADLINE) == 0
        assert "spreadsheets done" not in process.stdout.read()


def test_who_is_told_again_and_again_is_told_for_how_long() -> None:
    told: list[float] = []
    twice = threading.Event()

    def tell(seconds: float) -> None:
        told.append(seconds)
        if len(told) == 2:
            twice.set()

    with every(0.25, tell):
        assert twice.wait(DEADLINE)
    assert told[:2] == [0.25, 0.5]


def test_a_script_is_told_nothing(company: Installation) -> None:
    before = threading.active_count()
    with progress(3, for_script=True):
        assert threading.active_count() == before
    run = okr_sheets(company, "check", "--json")
    assert len(json.loads(run.stdout)["spreadsheets"]) == 3
