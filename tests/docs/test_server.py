"""The files for a server hold what docs/server.md says of them."""

import configparser
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from sync.config.settings import faults_in
from tests.support.documents import ROOT
from tests.support.nginx import certify, nginx
from tests.support.ports import free_port

SERVER = ROOT / "docs/server"
UNIT = (SERVER / "okr-sheets.service").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs/server.md").read_text(encoding="utf-8")


def program(name: str, found: str | None) -> str:
    """Skipped where it is missing, but never in CI."""
    if found is None:
        message = f"no {name}: install Debian's package of that name"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return found


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit, with a program that is there."""
    path = tmp_path / "okr-sheets.service"
    path.write_text(UNIT.replace("/opt/okr-sheets/bin/okr-sheets", sys.executable), encoding="utf-8")
    return path


def test_systemd_finds_nothing_wrong_with_the_unit(unit: Path) -> None:
    analyze = program("systemd", shutil.which("systemd-analyze"))
    run = subprocess.run([analyze, "verify", str(unit)], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")


def test_the_unit_exposes_as_little_as_the_guide_says(unit: Path) -> None:
    analyze = program("systemd", shutil.which("systemd-analyze"))
    command = [analyze, "security", "--offline=true", "--no-pager", str(unit)]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    found = re.search(r"Overall exposure level.*?: ([\d.]+)", told)
    assert found
    assert float(found[1]) < 2.0
    assert f"gives it {found[1]} of 10" in GUIDE


def test_the_unit_lets_a_pass_end_and_reloads_by_signal() -> None:
    parser = configparser.RawConfigParser(strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(UNIT)
    service = parser["Service"]
    assert int(service["TimeoutStopSec"]) >= 150
    # A bare Debian has a shell, and no program of the name kill.
    assert service["ExecReload"] == '/bin/sh -c "kill -HUP $MAINPID"'
    assert service["StateDirectory"] == "okr-sheets"


def test_nginx_takes_its_example(tmp_path: Path) -> None:
    found = program("nginx", nginx())
    certify(tmp_path)
    site = (SERVER / "nginx.conf").read_text(encoding="utf-8")
    site = re.sub(r"/etc/letsencrypt/\S+/fullchain.pem", str(tmp_path / "certificate.pem"), site)
    site = re.sub(r"/etc/letsencrypt/\S+/privkey.pem", str(tmp_path / "key.pem"), site)
    site = site.replace("listen [::]:443 ssl;", "").replace("listen 443", f"listen 127.0.0.1:{free_port()}")
    whole = tmp_path / "nginx.conf"
    whole.write_text(f"pid {tmp_path}/pid; events {{}} http {{ access_log off; {site} }}", encoding="utf-8")
    command = [found, "-t", "-e", str(tmp_path / "error.log"), "-p", str(tmp_path), "-c", str(whole)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_the_image_is_built_from_all_that_the_wheel_needs() -> None:
    text = (SERVER / "Containerfile").read_text(encoding="utf-8")
    lines = re.findall(r"^COPY (?!--)(.+) \S+$", text, re.M)
    copied = {name.removeprefix("./") for line in lines for name in line.split()}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = {*wheel["packages"], *wheel["force-include"], project["project"]["readme"]}
    assert copied == needed | {*project["project"]["license-files"], "pyproject.toml"}
    assert all((ROOT / name).exists() for name in copied)


def test_the_containers_run_as_nobody_on_a_root_that_they_cannot_write() -> None:
    assert re.search(r"^USER [1-9]\d*:[1-9]\d*$", (SERVER / "Containerfile").read_text(encoding="utf-8"), re.M)
    compose = (SERVER / "compose.yaml").read_text(encoding="utf-8")
    assert "read_only: true" in compose
    assert "cap_drop: [ALL]" in compose


def test_the_configuration_of_the_containers_lacks_the_spreadsheets_alone() -> None:
    tables = tomllib.loads((SERVER / "config.toml").read_text(encoding="utf-8"))
    assert [key for key, _ in faults_in(tables)] == ["spreadsheet"]


def test_every_file_that_the_guide_names_is_there() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", GUIDE):
        assert (ROOT / "docs" / target).exists(), target
    for path in re.findall(r"docs/server/[\w.-]+\w", GUIDE):
        assert (ROOT / path).exists() or path == "docs/server/config", path
