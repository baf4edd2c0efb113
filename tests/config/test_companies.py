"""A folder of configurations, one for each company: how it is called, and that none has anything of another's."""

from pathlib import Path

import pytest

from sync.config.companies import read_companies
from sync.config.faults import Fault
from tests.support.company_folder import companies_in
from tests.support.settings_files import SMALLEST


def spreadsheet(id_: str) -> str:
    return SMALLEST.replace('"abc"', f'"{id_}"')


def folder_of(folder: Path, **files: str) -> Path:
    """With these files, each for its company; what a file does not say of its spreadsheet is one of its own."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        told = text if "[[spreadsheet]]" in text else text + spreadsheet(f"of-{name}")
        (folder / f"{name}.toml").write_text(told, encoding="utf-8")
    return folder


def faults(folder: Path) -> dict[str, dict[str, str]]:
    """What is said of each file, by key."""
    _, errors = read_companies(folder, {})
    return {error.path.name: {key: fault.told("en") for key, fault in error.faults} for error in errors}


def test_a_company_is_called_as_its_file_and_has_a_state_and_a_place_of_its_own(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "companies", beta="", acme="")
    acme, beta = companies_in(folder)
    assert [acme.name, beta.name] == ["acme", "beta"]
    assert acme.config.state == folder / "state" / "acme"
    assert beta.config.database_url == f"sqlite:///{folder}/state/beta/okr-sheets.db"
    assert acme.config.database_schema == "acme"
    assert acme.config.page_path == "/c/acme"


def test_a_single_file_is_all_there_is_as_ever(tmp_path: Path) -> None:
    path = folder_of(tmp_path, config="") / "config.toml"
    (alone,) = companies_in(path)
    assert (alone.name, alone.config.database_schema, alone.config.page_path) == ("", None, "")
    assert alone.config.state == tmp_path / "state"


def test_the_page_is_under_the_path_of_all_or_under_a_name_of_its_own(tmp_path: Path) -> None:
    path = '[page]\npath = "/okr/"\n'
    folder = folder_of(tmp_path, acme=path, beta=path + 'host_name = "OKR.beta.vn"\n')
    acme, beta = companies_in(folder)
    assert (acme.config.page_path, beta.config.page_path) == ("/okr/c/acme", "/okr")
    assert beta.config.page.names == ("okr.beta.vn",)


def test_a_name_of_its_own_is_one_by_which_other_machines_may_ask_for_it(tmp_path: Path) -> None:
    reached = '[page]\nhost = "0.0.0.0"\nopen = true\n'
    folder = folder_of(tmp_path, acme=reached + 'host_name = "okr.acme.vn"\n')
    assert companies_in(folder)[0].config.page.host_name == "okr.acme.vn"
    folder_of(folder, acme=reached + 'host_name = ".acme.vn"\n')
    assert "'.acme.vn' is not a name" in faults(folder)["acme.toml"]["page.host_name"]


def test_all_faults_of_all_files_are_told_each_with_its_file(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, acme="[page]\nprot = 1\n", beta="state = 3\n", good="", torn="[page\n")
    found = faults(folder)
    assert {file: [*told] for file, told in found.items()} == {
        "acme.toml": ["page.prot"],
        "beta.toml": ["state"],
        "torn.toml": [""],
    }


@pytest.mark.parametrize("name", ["Acme", "an phú", "-acme", "acme.vn", "a_b", "a" * 64, "öko"])
def test_a_file_that_cannot_name_a_company_is_told_so(tmp_path: Path, name: str) -> None:
    folder = folder_of(tmp_path, **{name: ""})
    assert f"“{name}” cannot be the name of a company" in faults(folder)[f"{name}.toml"][""]


def test_what_editors_leave_and_what_is_no_configuration_is_no_company(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, **{"acme": "", ".acme": "", ".#acme": ""})
    (folder / "key.json").write_text("{}")
    (folder / "old.toml").mkdir()
    assert [company.name for company in companies_in(folder)] == ["acme"]


def test_an_empty_folder_is_told_what_belongs_there(tmp_path: Path) -> None:
    assert "one file for each company, such as acme.toml" in faults(tmp_path)[tmp_path.name][""]


SIGN_IN = '[page.readers]\ndomains = ["cty.vn"]\n[page.sign_in]\nclient = "client.json"\n'


@pytest.mark.parametrize(
    ("of_acme", "of_beta", "key"),
    [
        ('state = "one"\n', 'state = "./one"\n', "state"),
        ('state = "state/beta"\n', "", "state"),
        (
            'database = "sqlite:////tmp/one.db"\n',
            'database = "sqlite+pysqlite:////tmp/./one.db?timeout=1"\n',
            "database",
        ),
        ('[page]\nhook_key = "one.key"\n', '[page]\nhook_key = "one.key"\n', "page.hook_key"),
        (f'{SIGN_IN}session_key = "one.key"\n', f'{SIGN_IN}session_key = "one.key"\n', "page.sign_in.session_key"),
        ('[page]\nhook_key = "one.key"\n', f'{SIGN_IN}session_key = "one.key"\n', "page.sign_in.session_key"),
        ('[page]\nhost_name = "okr.vn"\n', '[page]\nhost_name = "OKR.vn"\n', "page.host_name"),
        ('[page]\ntrusted_hosts = ["okr.vn"]\n', '[page]\nhost_name = "okr.vn"\n', "page.host_name"),
        ('[page]\nhost_name = "okr.vn"\n', '[page]\ntrusted_hosts = ["okr.vn"]\n', "page.trusted_hosts"),
    ],
)
def test_two_companies_have_nothing_in_common(tmp_path: Path, of_acme: str, of_beta: str, key: str) -> None:
    found = faults(folder_of(tmp_path, acme=of_acme, beta=of_beta))
    assert found == {"beta.toml": {key: "is that of acme.toml too, and each company has its own"}}


def test_the_usual_database_of_one_is_not_that_of_another(tmp_path: Path) -> None:
    usual = tmp_path / "state" / "acme" / "okr-sheets.db"
    found = faults(folder_of(tmp_path, acme="", beta=f'database = "sqlite:///{usual}"\n'))
    assert [*found["beta.toml"]] == ["database"]


def test_a_spreadsheet_belongs_to_one_company(tmp_path: Path) -> None:
    found = faults(folder_of(tmp_path, acme=spreadsheet("one"), beta=spreadsheet("one")))
    assert found["beta.toml"]["spreadsheet"] == "one: in acme.toml too; a spreadsheet belongs to one company"


def test_companies_share_the_database_of_one_postgresql_each_in_its_schema(tmp_path: Path) -> None:
    shared = 'database = "postgresql+psycopg://okr:word@db/okr"\n'
    found = companies_in(folder_of(tmp_path, acme=shared, beta=shared))
    assert [company.config.database_schema for company in found] == ["acme", "beta"]
    assert {company.config.database_url for company in found} == {"postgresql+psycopg://okr:word@db/okr"}


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("port = 8001", "page.port"),
        ('host = "localhost"', "page.host"),
        ('path = "/okr"', "page.path"),
        ("proxies = 1", "page.proxies"),
    ],
)
def test_one_page_server_cannot_be_in_two_places(tmp_path: Path, said: str, key: str) -> None:
    found = faults(folder_of(tmp_path, acme="", beta=f"[page]\n{said}\n"))
    assert "all companies of a folder have one page server" in found["beta.toml"][key]


def test_what_two_have_the_first_keeps_and_the_others_are_as_they_were(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, acme=spreadsheet("one"), beta=spreadsheet("one"), gamma="")
    companies, errors = read_companies(folder, {})
    assert [company.name for company in companies] == ["acme", "gamma"]
    assert [error.path.name for error in errors] == ["beta.toml"]
    assert [isinstance(fault, Fault) for _, fault in errors[0].faults] == [True]
