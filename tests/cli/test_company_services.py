"""`run` over a folder of companies: files that are changed, wrong, new and gone concern their own company alone."""

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import requests

from tests.support.commands import DEADLINE, running, until
from tests.support.company_folder import CompanyFolder
from tests.support.flat_sheet import change_current, scores
from tests.support.installation import Installation
from tests.support.ports import free_port
from tests.support.postgresql import PostgreSQL
from tests.support.processes import Running

PAGE = '[page]\nport = 0\ntitle = "{title}"\n'


class Served:
    """A `run` process over the folder, and its pages."""

    def __init__(self, companies: CompanyFolder, process: Running, count: int) -> None:
        self.companies, self.process = companies, process
        lines = [process.stdout.readline() for _ in range(count)]
        self.addresses = [found for line in lines for found in re.findall(r"http://\S+", line)]
        self.root = self.addresses[0].partition("/c/")[0] if self.addresses else ""

    def get(self, path: str) -> requests.Response:
        return requests.get(f"{self.root}{path}", headers={"Accept-Language": "en"}, timeout=30)

    def ready(self) -> dict[str, Any]:
        found: dict[str, Any] = self.get("/readyz").json()
        return found

    def said(self, *words: str) -> str:
        return next(line for line in self.process.stderr if all(word in line for word in words))

    def score(self, name: str) -> object:
        return scores(self.companies.installation, spreadsheet=name).get("KR 1")

    def edit(self, name: str, current: float) -> None:
        change_current(self.companies.installation.server, name, 0, 1, current)

    def goes_on(self, name: str, current: float) -> bool:
        """Whether an edit becomes a score."""
        self.edit(name, current)
        until(lambda: self.score(name) == current / 10)
        return True


@pytest.fixture
def companies(installation: Installation) -> CompanyFolder:
    return CompanyFolder(installation, "acme", "beta", page=PAGE.format(title="Before"))


@contextmanager
def served(companies: CompanyFolder, command: str = "run", count: int = 2) -> Iterator[Served]:
    with running(companies.installation, command, "--config", str(companies.path)) as process:
        yield Served(companies, process, count if command != "worker" else 0)


def test_all_companies_run_in_one_process_each_with_its_page(companies: CompanyFolder) -> None:
    with served(companies) as service:
        assert [address.rpartition("/c/")[2] for address in service.addresses] == ["acme/", "beta/"]
        until(lambda: service.ready() == {"status": "ok", "companies": {"ok": 2}})
        assert [service.score(name) for name in ("acme", "beta")] == [0.1, 0.2]
        for name, other in (("acme", "beta"), ("beta", "acme")):
            told = service.get(f"/c/{name}/alignment.json").text
            assert f'"{name}"' in told
            assert other not in told
        assert service.get("/").status_code == 404
        service.process.send_signal(signal.SIGTERM)
        assert service.process.wait(DEADLINE) == 0


def test_a_changed_file_is_in_force_for_its_company(companies: CompanyFolder) -> None:
    with served(companies) as service:
        until(lambda: service.ready()["status"] == "ok")
        companies.write("acme", PAGE.format(title="Afterwards"))
        until(lambda: "Afterwards" in service.get("/c/acme/").text)
        assert "Before" in service.get("/c/beta/").text
        assert service.goes_on("acme", 7)
        assert service.goes_on("beta", 8)


def test_a_wrong_edit_keeps_its_company_as_it_was_and_is_told_there_alone(companies: CompanyFolder) -> None:
    with served(companies) as service:
        until(lambda: service.ready()["status"] == "ok")
        companies.write("acme", "[pge]\n")
        service.said("configuration-refused", "acme.toml", "did you mean “page”?")
        until(lambda: service.get("/c/acme/readyz").json()["status"] == "degraded")
        assert service.ready() == {"status": "degraded", "companies": {"degraded": 1, "ok": 1}}
        assert "pge" in service.get("/c/acme/").text
        assert "pge" not in service.get("/c/beta/").text
        assert service.goes_on("acme", 7)
        assert service.goes_on("beta", 8)
        companies.write("acme", PAGE.format(title="Mended"))
        until(lambda: "Mended" in service.get("/c/acme/").text)
        assert service.ready() == {"status": "ok", "companies": {"ok": 2}}


def test_nobody_is_given_what_another_company_has(companies: CompanyFolder) -> None:
    with served(companies) as service:
        until(lambda: service.ready()["status"] == "ok")
        companies.write("acme", PAGE.format(title="Thief"), spreadsheet="beta")
        service.said("configuration-refused", "beta: in beta.toml too")
        assert service.goes_on("acme", 7)
        companies.write("aaa", PAGE.format(title="Thief"), spreadsheet="beta")
        service.said("company-not-running", "aaa.toml", "beta: in beta.toml too")
        assert service.get("/c/aaa/").status_code == 404
        assert service.goes_on("beta", 8)
        (companies.path / "beta.toml").unlink()
        until(lambda: "Thief" in service.get("/c/aaa/").text)


def test_an_added_file_is_taken_up_and_a_removed_one_ends_and_leaves_its_data(companies: CompanyFolder) -> None:
    with served(companies) as service:
        until(lambda: service.ready()["status"] == "ok")
        companies.add("gamma", 3, PAGE.format(title="New"))
        until(lambda: service.score("gamma") == 0.3)
        until(lambda: "New" in service.get("/c/gamma/").text)
        (companies.path / "beta.toml").unlink()
        service.said("company-ended", "beta.toml is gone")
        assert service.get("/c/beta/").status_code == 404
        assert service.ready() == {"status": "ok", "companies": {"ok": 2}}
        assert service.goes_on("acme", 7)
        assert (companies.path / "state" / "beta" / "okr-sheets.db").exists()
        companies.write("beta", PAGE.format(title="Back"))
        until(lambda: "Back" in service.get("/c/beta/").text)
        assert service.goes_on("beta", 8)


def test_a_file_under_another_name_is_another_company(companies: CompanyFolder) -> None:
    with served(companies) as service:
        until(lambda: service.ready()["status"] == "ok")
        (companies.path / "acme.toml").rename(companies.path / "acme-vn.toml")
        until(lambda: service.get("/c/acme-vn/").status_code == 200)
        assert service.get("/c/acme/").status_code == 404


def test_who_cannot_begin_stops_no_other_and_is_tried_again(companies: CompanyFolder) -> None:
    database = companies.path / "state" / "acme" / "okr-sheets.db"
    database.parent.mkdir(parents=True)
    database.write_text("no database")
    with served(companies, count=1) as service:
        service.said("company-not-running", "acme.toml")
        assert [address.rpartition("/c/")[2] for address in service.addresses] == ["beta/"]
        until(lambda: service.ready() == {"status": "degraded", "companies": {"not-running": 1, "ok": 1}})
        database.unlink()
        service.process.send_signal(signal.SIGHUP)
        until(lambda: service.score("acme") == 0.1)
        until(lambda: service.ready() == {"status": "ok", "companies": {"ok": 2}})


def test_where_none_can_begin_it_ends_and_says_why_of_each(companies: CompanyFolder) -> None:
    for name in ("acme", "beta"):
        companies.write(name, "[pge]\n")
    with served(companies, count=0) as service:
        assert service.process.wait(DEADLINE) == 2
        said = service.process.stderr.read()
        assert "acme.toml" in said
        assert "beta.toml" in said


def test_a_folder_whose_files_are_all_away_ends_nobody(companies: CompanyFolder) -> None:
    away = companies.path.with_name("away")
    away.mkdir()
    with served(companies) as service:
        until(lambda: service.ready()["status"] == "ok")
        for file in companies.path.glob("*.toml"):
            file.rename(away / file.name)
        service.said("companies-away")
        assert service.goes_on("acme", 7)
        for file in away.iterdir():
            file.rename(companies.path / file.name)
        assert service.goes_on("beta", 8)
        assert service.get("/c/acme/").status_code == 200


def test_the_door_stays_as_it_is_until_a_restart(companies: CompanyFolder) -> None:
    with served(companies) as service:
        until(lambda: service.ready()["status"] == "ok")
        companies.write("acme", PAGE.format(title="Afterwards").replace("port = 0", 'port = 1\npath = "/okr"'))
        until(lambda: "Afterwards" in service.get("/c/acme/").text)
        assert service.get("/c/acme/readyz").json()["configuration"] == ["page.port", "page.path"]
        companies.add("gamma", 3, f"[page]\nport = {free_port()}\n")
        service.said("company-not-running", "gamma.toml", "one page server")


def test_companies_share_one_postgresql_each_in_its_schema(installation: Installation, postgresql: PostgreSQL) -> None:
    shared = f'database = "{postgresql.new_database()}"\n'
    companies = CompanyFolder(installation, "acme", "an-phu")
    for name in ("acme", "an-phu"):
        path = companies.path / f"{name}.toml"
        path.write_text(f"{shared}{path.read_text(encoding='utf-8')}", encoding="utf-8")
    with served(companies, "worker") as service:
        until(lambda: [service.score(name) for name in ("acme", "an-phu")] == [0.1, 0.2])
        assert service.goes_on("an-phu", 8)
    for name in ("acme", "an-phu"):
        with companies.records(name) as records:
            assert [*records.seen()] == [name]


def test_the_log_says_whose_pass_it_was(companies: CompanyFolder) -> None:
    with served(companies, "worker") as service:
        assert '"company": "beta"' in service.said('"event": "pass"', '"spreadsheet": "beta"')
