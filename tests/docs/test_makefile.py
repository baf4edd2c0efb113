"""What the Makefile shows while it installs, tried with a pip that takes as long as the test wants."""

import os
import pty
import subprocess
from pathlib import Path

from tests.support.commands import DEADLINE
from tests.support.documents import ROOT

# It installs until it finds the file "enough", and tells how it was called.
PIP = """#!/bin/sh
echo "$@" > {folder}/asked
while [ ! -e {folder}/enough ]; do sleep 0.1; done
exit {code}
"""


def installing(folder: Path, code: int = 0, told: int = subprocess.PIPE) -> "subprocess.Popen[str]":
    """`make` for a virtual environment that is there, but for what is to be installed."""
    pip = folder / "venv" / "bin" / "pip"
    pip.parent.mkdir(parents=True)
    pip.write_text(PIP.format(folder=folder, code=code))
    pip.chmod(0o755)
    target = f"{folder}/venv/installed"
    command = ["make", "-C", str(ROOT), f"VENV={folder}/venv", "TELL_EVERY=1", target]
    return subprocess.Popen(command, text=True, stdout=told)


def test_without_a_terminal_a_line_every_few_seconds_says_that_it_goes_on(tmp_path: Path) -> None:
    with installing(tmp_path) as make:
        assert make.stdout is not None
        assert any("minute or more" in line for line in make.stdout)
        assert any("still installing" in line for line in make.stdout)
        (tmp_path / "enough").touch()
        make.stdout.read()
        assert make.wait(DEADLINE) == 0
    assert "--quiet" in (tmp_path / "asked").read_text()
    assert (tmp_path / "venv" / "installed").exists()


def test_on_a_terminal_pip_shows_its_own_bar(tmp_path: Path) -> None:
    (tmp_path / "enough").touch()
    ours, theirs = pty.openpty()
    with installing(tmp_path, told=theirs) as make:
        assert make.wait(DEADLINE) == 0
    os.close(theirs)
    os.close(ours)
    assert (tmp_path / "asked").read_text() == "install --editable .\n"


def test_what_cannot_be_installed_does_not_count_as_installed(tmp_path: Path) -> None:
    (tmp_path / "enough").touch()
    with installing(tmp_path, code=1) as make:
        assert make.stdout is not None
        make.stdout.read()
        assert make.wait(DEADLINE) != 0
    assert not (tmp_path / "venv" / "installed").exists()


def test_an_environment_that_was_left_without_pip_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "venv" / "bin").mkdir(parents=True)
    (tmp_path / "venv" / "bin" / "python").touch()
    make = ["make", "-C", str(ROOT), f"VENV={tmp_path}/venv", "PYTHON=echo made by", f"{tmp_path}/venv/bin/pip"]
    told = subprocess.run(make, text=True, capture_output=True, check=True).stdout
    assert f"made by -m venv {tmp_path}/venv" in told
