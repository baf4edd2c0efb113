"""Commands over a folder of companies: each in turn under its name, or the one that is named."""

import json
from pathlib import Path

import pytest

from sync.cli.companies import TellJson, for_each
from sync.config.settings import Config
from tests.cli.test_hook import constants
from tests.support.commands import okr_sheets
from tests.support.company_folder import CompanyFolder
from tests.support.flat_sheet import FLAT, scores
from tests.support.installation import Installation

HOST = '[page]\ntrusted_hosts = ["okr.vn"]\n'


@pytest.fixture
def companies(installation: Installation) -> CompanyFolder:
    return CompanyFolder(installation, "acme", "beta", page=HOST)


def run(companies: CompanyFolder, *words: str, code: int = 0) -> str:
    """What is printed."""
    found = okr_sheets(companies.installation, *words, "--config", str(companies.path))
    assert found.returncode == code, found.stdout + found.stderr
    return found.stdout


def failed(companies: CompanyFolder, *words: str) -> str:
    """What is said of what cannot be done."""
    found = okr_sheets(companies.installation, *words, "--config", str(companies.path))
    assert found.returncode == 2, found.stdout
    return " ".join(found.stderr.split())


def score_of(companies: CompanyFolder, name: str) -> object:
    return scores(companies.installation, spreadsheet=name).get("KR 1")


def test_without_a_name_all_are_done_each_under_its_own(companies: CompanyFolder) -> None:
    printed = run(companies, "sync")
    assert printed.index("══ acme") < printed.index("(acme)") < printed.index("══ beta") < printed.index("(beta)")
    assert [score_of(companies, name) for name in ("acme", "beta")] == [0.1, 0.2]
    for name in ("acme", "beta"):
        with companies.records(name) as records:
            assert [snapshot.spreadsheet for snapshot in records.snapshots()] == [name]


def test_with_a_name_one_is_done(companies: CompanyFolder) -> None:
    printed = run(companies, "sync", "--company", "beta")
    assert "══" not in printed
    assert [score_of(companies, name) for name in ("acme", "beta")] == [None, 0.2]
    assert not (companies.path / "state" / "acme").exists()


@pytest.mark.parametrize(
    "command",
    [["check"], ["sync"], ["doctor"], ["close", "Q4/2090"], ["rebuild-records"]],
    ids=lambda words: words[0],
)
def test_scripts_get_each_companys_shape_by_its_name_or_that_of_one_as_of_a_single_file(
    companies: CompanyFolder, command: list[str]
) -> None:
    dated = FLAT.replace(
        'objective]\ntext = "Mục tiêu"', 'objective]\ntext = "Mục tiêu"\nperiod = { value = "Q4/2090" }'
    )
    for name in ("acme", "beta"):
        text = (companies.path / f"{name}.toml").read_text(encoding="utf-8")
        head = text[: text.index("[[spreadsheet]]")]
        (companies.path / f"{name}.toml").write_text(head + dated.replace('"sales"', f'"{name}"'), encoding="utf-8")
    run(companies, "sync")
    both = json.loads(run(companies, *command, "--json"))
    assert [*both] == ["companies"]
    one = json.loads(run(companies, *command, "--json", "--company", "beta"))
    assert [*both["companies"]] == ["acme", "beta"]
    shape = both["companies"]["beta"]
    assert type(one) is type(shape)
    assert [*one] == [*shape] if isinstance(one, dict) else [each["what"] for each in one]


def test_what_breaks_for_one_stops_no_other_and_is_the_exit_code(companies: CompanyFolder) -> None:
    database = companies.path / "state" / "acme" / "okr-sheets.db"
    database.parent.mkdir(parents=True)
    database.write_text("no database")
    assert "acme: database" in failed(companies, "sync")
    assert [score_of(companies, name) for name in ("acme", "beta")] == [None, 0.2]


def test_a_bug_that_one_company_meets_stops_no_other(
    companies: CompanyFolder, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    def do(config: Config, _: TellJson | None) -> int:
        if config.name == "acme":
            raise ZeroDivisionError
        print(f"done for {config.name}")
        return 0

    with pytest.raises(SystemExit) as left:
        for_each(companies.path, None, do)
    assert left.value.code == 2
    assert "done for beta" in capsys.readouterr().out
    assert [record.args for record in caplog.records] == [("acme",)]


def test_all_faults_of_all_files_are_told_each_with_its_file_and_the_others_go_on(companies: CompanyFolder) -> None:
    companies.write("acme", "[pge]\n")
    companies.write("gamma", 'statte = "x"\n')
    companies.write("delta", HOST, spreadsheet="beta")
    said = failed(companies, "sync")
    assert "acme.toml cannot be used: pge: is not known; did you mean “page”?" in said
    assert "gamma.toml cannot be used: google.statte: is not known" in said
    assert "delta.toml cannot be used: spreadsheet: beta: in beta.toml too" in said
    assert score_of(companies, "beta") == 0.2


def test_a_faulty_file_is_in_the_way_of_its_own_company_alone(companies: CompanyFolder) -> None:
    companies.write("acme", "[pge]\n")
    assert "acme.toml cannot be used" in failed(companies, "sync", "--company", "acme")
    run(companies, "sync", "--company", "beta")
    assert score_of(companies, "beta") == 0.2


def test_a_name_that_there_is_not_is_told_those_there_are(companies: CompanyFolder) -> None:
    for command in (["check"], ["doctor"], ["notify", "--dry-run"], ["inspect", "beta"], ["hook", "beta"]):
        said = failed(companies, *command, "--company", "gamma")
        assert "has no company “gamma”. There are: acme, beta" in said


def test_a_single_file_has_no_company_to_name(companies: CompanyFolder) -> None:
    file = companies.write("acme")
    found = okr_sheets(companies.installation, "check", "--config", str(file), "--company", "acme")
    assert found.returncode == 2
    assert "is a single file" in found.stderr


def test_what_reads_or_writes_one_file_asks_for_its_company(companies: CompanyFolder) -> None:
    for command in (["inspect", "beta"], ["map", "beta", "--no-open"], ["doctor", "--probe", "beta", "--yes"]):
        assert "name one of its companies with --company: acme, beta" in failed(companies, *command)
    assert "KR 1" in run(companies, "inspect", "beta", "--company", "beta", "--tab", "OKR", "--explain-row", "2")


def test_the_hook_of_a_spreadsheet_leads_to_the_page_of_its_company(companies: CompanyFolder) -> None:
    assert constants(run(companies, "hook", "beta"))["ADDRESS"] == "https://okr.vn/c/beta/hook/beta"
    companies.write("beta", HOST + 'host_name = "okr.beta.vn"\n')
    assert constants(run(companies, "hook", "beta"))["ADDRESS"] == "https://okr.beta.vn/hook/beta"
    assert "beta is not in the configuration" in failed(companies, "hook", "beta", "--company", "acme")


def test_of_several_companies_some_do_without_notices(companies: CompanyFolder, tmp_path: Path) -> None:
    (companies.path / "room.url").write_text("json://127.0.0.1:9/")
    (companies.path / "room.url").chmod(0o600)
    companies.write("beta", f'{HOST}\n[[notify]]\nto = {{ file = "room.url" }}\nwhat = "problems"\n')
    printed = run(companies, "notify", "--dry-run")
    assert printed.index("══ acme") < printed.index("no [[notify]]") < printed.index("══ beta") < printed.index("── ")
