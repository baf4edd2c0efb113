"""Commands that load what they need when they are called."""

import subprocess
import sys
from importlib.metadata import version

import pytest

from sync.cli import main
from sync.cli.on_demand import OnDemand
from sync.records.database import NEWEST

LOADED = """
import sys
from sync.cli import main
main([sys.argv[1]], standalone_mode=False)
print(*sorted(sys.modules), file=sys.stderr)
"""
OF_SOME_COMMANDS = {"alembic", "flask", "google", "gspread", "openpyxl", "pydantic", "requests", "rich", "sqlalchemy"}


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_who_only_asks_waits_for_nothing_that_a_command_needs(option: str) -> None:
    run = subprocess.run([sys.executable, "-c", LOADED, option], capture_output=True, text=True, check=True)
    assert run.stdout
    assert {"click", "sync.cli"} <= set(run.stderr.split())
    assert OF_SOME_COMMANDS & set(run.stderr.split()) == set()


@pytest.mark.parametrize("name", main.commands)
def test_the_list_of_commands_says_of_each_what_it_says_of_itself(name: str) -> None:
    listed = main.commands[name]
    assert isinstance(listed, OnDemand)
    command = listed.load()
    assert (listed.name, listed.help) == (command.name, " ".join((command.help or "").split()))


def test_the_version_tells_the_schema_of_the_database() -> None:
    run = subprocess.run([sys.executable, "-m", "sync", "--version"], capture_output=True, text=True, check=True)
    assert run.stdout == f"okr-sheets {version('okr-sheets')}, database schema {NEWEST}\n"
