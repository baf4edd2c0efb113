"""The files for a server hold what docs/server.md says of them."""

import configparser
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from click import Context
from sqlalchemy import make_url

from sync.cli import main
from sync.config.settings import faults_in
from tests.support.documents import ROOT
from tests.support.nginx import certify, nginx
from tests.support.ports import free_port

SERVER = ROOT / "docs/server"
UNIT = (SERVER / "okr-sheets.service").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs/server.md").read_text(encoding="utf-8")


VIETNAMESE = (ROOT / "docs/vi/van-hanh.md").read_text(encoding="utf-8")


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


@pytest.fixture
def parts() -> configparser.RawConfigParser:
    parser = configparser.RawConfigParser(strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(UNIT)
    return parser


def test_the_unit_looks_where_the_guide_puts_the_configuration_of_one_company_or_of_several(
    parts: configparser.RawConfigParser,
) -> None:
    service = parts["Service"]
    one, several = service["Environment"].partition("=")[2], service["EnvironmentFile"].removeprefix("-")
    assert service["ExecStart"].endswith("okr-sheets run")
    assert f"init --config {one} " in GUIDE
    assert f"echo OKR_SHEETS_CONFIG=/etc/okr-sheets/companies > {several}\n" in GUIDE


def test_the_unit_names_no_manual_because_a_bare_machine_has_none(parts: configparser.RawConfigParser) -> None:
    assert "Documentation" not in parts["Unit"]


def test_the_unit_lets_a_pass_end_and_reloads_by_signal(parts: configparser.RawConfigParser) -> None:
    service = parts["Service"]
    assert int(service["TimeoutStopSec"]) >= 150
    # A bare Debian has a shell, and no program of the name kill.
    assert service["ExecReload"] == '/bin/sh -c "kill -HUP $MAINPID"'
    assert service["StateDirectory"] == "okr-sheets"


def test_the_unit_tries_again_until_the_configuration_is_mended_and_not_all_the_time(
    parts: configparser.RawConfigParser,
) -> None:
    service = parts["Service"]
    assert service["Restart"] == "on-failure"
    assert "RestartPreventExitStatus" not in service
    assert f"tries again every {service['RestartSec']} seconds" in GUIDE


def test_nginx_takes_its_example(tmp_path: Path) -> None:
    found = program("nginx", nginx())
    certify(tmp_path)
    site = (SERVER / "nginx.conf").read_text(encoding="utf-8")
    site = re.sub(r"/etc/letsencrypt/\S+/fullchain.pem", str(tmp_path / "certificate.pem"), site)
    site = re.sub(r"/etc/letsencrypt/\S+/privkey.pem", str(tmp_path / "key.pem"), site)
    site = re.sub(r"listen \[::\]:.*;", "", site)
    site = re.sub(r"listen (80|443)", lambda _: f"listen 127.0.0.1:{free_port()}", site)
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


@pytest.fixture
def compose() -> dict[str, dict[str, Any]]:
    read: dict[str, dict[str, Any]] = yaml.safe_load((SERVER / "compose.yaml").read_text(encoding="utf-8"))
    return read


def instructions(name: str) -> list[str]:
    """What stands behind each such instruction of the Containerfile, a continued line as one."""
    text = (SERVER / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    return re.findall(rf"^{name} (.+)$", text, re.M)


def volumes(service: dict[str, Any]) -> dict[str, str]:
    """By the place in the container, what is mounted there."""
    return {place: source for source, place, *_ in (entry.split(":") for entry in service["volumes"])}


def test_compose_starts_a_page_and_a_worker_of_the_image_and_a_database(compose: dict[str, dict[str, Any]]) -> None:
    services = compose["services"]
    assert set(services) == {"worker", "page", "database"}
    for name, command in (("worker", "worker"), ("page", "serve")):
        build = services[name]["build"]
        assert (SERVER / build["context"]).resolve() == ROOT
        assert (ROOT / build["dockerfile"]) == SERVER / "Containerfile"
        assert services[name]["command"] == [command]
        assert command in main.list_commands(Context(main))
    assert instructions("ENTRYPOINT") == ['["okr-sheets"]']


def test_what_compose_mounts_is_where_the_image_and_the_configuration_look(compose: dict[str, dict[str, Any]]) -> None:
    configuration = tomllib.loads((SERVER / "config.toml").read_text(encoding="utf-8"))
    for name in ("worker", "page"):
        mounted = volumes(compose["services"][name])
        assert mounted == {"/config": "./config", "/state": "state"}
        assert configuration["state"] in mounted
    assert instructions("VOLUME") == ["/state"]
    assert "OKR_SHEETS_CONFIG=/config/config.toml" in instructions("ENV")[0]
    used = {source for service in compose["services"].values() for source in volumes(service).values()}
    assert {source for source in used if not source.startswith("./")} == set(compose["volumes"])


def test_the_database_of_compose_is_the_one_that_the_configuration_names(compose: dict[str, dict[str, Any]]) -> None:
    database = compose["services"]["database"]
    address = make_url(tomllib.loads((SERVER / "config.toml").read_text(encoding="utf-8"))["database"])
    told = database["environment"]
    assert (address.host, address.username, address.database) == (
        "database",
        told["POSTGRES_USER"],
        told["POSTGRES_DB"],
    )
    assert told["POSTGRES_PASSWORD_FILE"] == f"/run/secrets/{database['secrets'][0]}"
    assert database["secrets"] == list(compose["secrets"])
    file = Path(compose["secrets"]["database"]["file"]).name
    assert f"| `{file}` |" in GUIDE
    for name in ("worker", "page"):
        assert compose["services"][name]["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert told["POSTGRES_USER"] in database["healthcheck"]["test"]


def test_compose_publishes_the_page_alone_on_the_port_that_the_image_looks_after(
    compose: dict[str, dict[str, Any]],
) -> None:
    [port] = instructions("EXPOSE")
    services = compose["services"]
    assert {name: service.get("ports") for name, service in services.items() if "ports" in service} == {
        "page": [f"127.0.0.1:{port}:{port}"]
    }
    assert f"http://127.0.0.1:{port}/healthz" in instructions("HEALTHCHECK")[0]
    assert "healthcheck" not in services["page"]
    assert services["worker"]["healthcheck"] == {"disable": True}


def test_compose_gives_a_pass_the_time_that_the_unit_gives_it(compose: dict[str, dict[str, Any]]) -> None:
    [seconds] = re.findall(r"^TimeoutStopSec=(\d+)$", UNIT, re.M)
    for name in ("worker", "page"):
        service = compose["services"][name]
        assert service["stop_grace_period"] == f"{seconds}s"
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]


def test_every_command_of_the_guide_for_compose_names_a_service_of_it(compose: dict[str, dict[str, Any]]) -> None:
    lines = re.findall(r"^docker compose -f docs/server/compose.yaml (.+)$", GUIDE, re.M)
    ran = [line.split()[2:4] for line in lines if line.startswith("run --rm ")]
    assert len(ran) == 2
    for service, command in ran:
        assert service in compose["services"]
        assert command in main.list_commands(Context(main))


def test_hadolint_finds_nothing_wrong_with_the_containerfile() -> None:
    hadolint = shutil.which("hadolint")
    if hadolint is None:
        pytest.skip("no hadolint")
    run = subprocess.run([hadolint, str(SERVER / "Containerfile")], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (0, "")


def test_the_image_takes_its_user_before_it_is_started_and_its_parts_from_the_first_stage() -> None:
    text = (SERVER / "Containerfile").read_text(encoding="utf-8")
    order = re.findall(r"^([A-Z]+) ", text.partition("\nFROM ")[2].partition("\nFROM ")[2], re.M)
    assert order == ["RUN", "COPY", "ENV", "USER", "VOLUME", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT", "CMD"]
    first, second = instructions("FROM")
    assert first == f"{second} AS build"
    # A link into the first stage's Python would lead nowhere in another one.
    assert "--from=build /opt/okr-sheets /opt/okr-sheets" in instructions("COPY")
    number = instructions("USER")[0].partition(":")[0]
    assert f"--uid {number} " in instructions("RUN")[1]
    assert f"chown {number}" in GUIDE


def test_the_configuration_of_the_containers_lacks_the_spreadsheets_alone() -> None:
    tables = tomllib.loads((SERVER / "config.toml").read_text(encoding="utf-8"))
    assert [key for key, _ in faults_in(tables)] == ["spreadsheet"]


def test_the_guide_dumps_postgresql_as_the_backup_command_says() -> None:
    [command] = re.findall(r"pg_dump [\w -]+", (ROOT / "sync/cli/backing_up.py").read_text(encoding="utf-8"))
    assert f"runuser -u okr-sheets -- {command} okr > " in GUIDE


def test_every_file_that_the_guide_names_is_there() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", GUIDE):
        assert (ROOT / "docs" / target).exists(), target
    for path in re.findall(r"docs/server/[\w.-]+\w", GUIDE):
        assert (ROOT / path).exists() or path == "docs/server/config", path


def test_the_vietnamese_guide_has_the_same_commands() -> None:
    def commands(guide: str) -> list[str]:
        blocks = re.findall(r"```console\n(.*?)```", guide, re.DOTALL)
        return [line.strip() for block in blocks for line in block.splitlines() if line.strip()]

    assert "systemctl enable --now okr-sheets" in commands(VIETNAMESE)
    assert set(commands(VIETNAMESE)) <= set(commands(GUIDE))
