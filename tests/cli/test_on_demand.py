"""Commands that load what they need when they are called."""

import subprocess
import sys
from importlib.metadata import version
from inspect import Parameter, signature

import pytest

from sync.cli.commands import COMMANDS
from sync.cli.on_demand import OnDemand
from sync.records.database import NEWEST

LOADED = """
import sys
from sync.cli import main
for asked in sys.argv[1:]:
    main(asked.split(), standalone_mode=False)
print(*sorted({module.partition(".")[0] for module in sys.modules}), file=sys.stderr)
print(*sorted(module for module in sys.modules if module.startswith("sync.")), file=sys.stderr)
"""
# Together they took a second and a half.
OF_SOME_COMMANDS = {"alembic", "flask", "google", "gspread", "openpyxl", "pydantic", "requests", "rich", "sqlalchemy"}
# Where what is asked of a command is declared, and the languages that it is said in.
ASKED = {
    "sync.cli",
    "sync.cli.commands",
    "sync.cli.exits",
    "sync.cli.logs",
    "sync.cli.on_demand",
    "sync.cli.speaking",
    "sync.cli.terminal_language",
    "sync.config",
    "sync.config.environment",
    "sync.domain",
}


def test_who_only_asks_waits_for_nothing_that_a_command_needs() -> None:
    asked = ["--help", "--version", *(f"{command.name} --help" for command in COMMANDS)]
    run = subprocess.run([sys.executable, "-c", LOADED, *asked], capture_output=True, text=True, check=True)
    assert run.stdout.count("--help") >= len(COMMANDS) + 1
    packages, ours = (set(line.split()) for line in run.stderr.splitlines())
    assert "click" in packages
    assert OF_SOME_COMMANDS & packages == set()
    assert {name for name in ours if not name.startswith(("sync.domain.", "sync.translations"))} == ASKED


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_what_is_declared_of_a_command_is_what_its_function_takes(command: OnDemand) -> None:
    takes = signature(command.load()).parameters.values()
    named = {one.name for one in takes if one.kind is not Parameter.VAR_KEYWORD}
    declared = {one.name for one in command.params}
    takes_more = any(one.kind is Parameter.VAR_KEYWORD for one in takes)
    assert named == declared or (takes_more and named <= declared)


def test_the_version_tells_the_schema_of_the_database() -> None:
    run = subprocess.run([sys.executable, "-m", "sync", "--version"], capture_output=True, text=True, check=True)
    assert run.stdout == f"okr-sheets {version('okr-sheets')}, database schema {NEWEST}\n"
