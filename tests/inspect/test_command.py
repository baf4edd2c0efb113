"""`okr-sheets inspect` as an admin types it, against a real local Sheets server, before and after the first mapping."""

import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from sync.cli.configuring import already_configured
from sync.config.settings import Config
from sync.domain.periods import FiscalYear
from tests.support.commands import completed
from tests.support.installation import Installation

OKRS: list[list[object]] = [
    ["Mục tiêu", "Kết quả then chốt", "Chỉ tiêu", "Hiện tại", "Điểm"],
    ["Tăng trưởng", "20 hợp đồng", 20, 5, None],
]
USERS: list[list[object]] = [["Email", "Role"], ["a@x.vn", "admin"]]


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with Installation(tmp_path) as found:
        found.spreadsheet("sales", {"OKR": OKRS, "Users": USERS})
        found.spreadsheet("users", {"Users": USERS})
        yield found


def inspect(found: Installation, *arguments: str, language: str = "en_US.UTF-8") -> CompletedProcess[str]:
    environment = {**os.environ, "OKR_SHEETS_GOOGLE_ENDPOINT": found.server.url, "LC_ALL": language}
    environment.pop("OKR_SHEETS_CONFIG", None)
    return completed(["inspect", *arguments], found.folder, environment)


def test_without_any_configuration_it_prints_one_that_runs(installation: Installation) -> None:
    run = inspect(installation, "sales")
    assert run.returncode == 0, run.stderr
    config = Config.model_validate(tomllib.loads(run.stdout))
    assert [tab.title for tab in config.spreadsheet[0].tab] == [("OKR",)]
    assert "left out: “Users”" in run.stdout


def test_a_configuration_that_names_no_spreadsheet_yet_is_enough(installation: Installation) -> None:
    (installation.folder / "config.toml").write_text(f'[google]\nendpoint = "{installation.server.url}"\n')
    assert inspect(installation, "sales", "--config", "config.toml").returncode == 0


def test_before_the_first_mapping_the_configured_year_counts_already(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('fiscal_year_starts = 4\nfiscal_year_named = "start"\n', encoding="utf-8")
    assert already_configured(path)[2].year == FiscalYear(4, "start")


def test_its_output_is_a_configuration_and_explains_rows(installation: Installation) -> None:
    (installation.folder / "config.toml").write_text(inspect(installation, "sales").stdout, encoding="utf-8")
    run = inspect(installation, "sales", "--tab", "OKR", "--explain-row", "2")
    assert run.returncode == 0, run.stderr
    assert "score 0.2500" in run.stdout


def test_which_tab_a_row_is_on_need_not_be_said_where_there_is_one(installation: Installation) -> None:
    installation.spreadsheet("one", {"OKR": OKRS})
    assert "score 0.2500" in inspect(installation, "one", "--explain-row", "2").stdout
    several = inspect(installation, "sales", "--explain-row", "2")
    assert (several.returncode, several.stderr.strip()) == (2, "Error: --explain-row goes with one --tab")


def test_a_spreadsheet_without_okrs_is_refused_in_words(installation: Installation) -> None:
    run = inspect(installation, "users", language="vi_VN.UTF-8")
    assert (run.returncode, run.stdout) == (1, "")
    assert "Không trang tính nào" in run.stderr
    assert "“Users”" in run.stderr


def test_a_refusal_names_the_headers_that_were_seen_and_what_to_do_next(installation: Installation) -> None:
    notes: list[list[object]] = [["Ghi chú của phòng"], [], ["Người", "Việc", 2026], ["Mai", "gọi khách", 1]]
    installation.spreadsheet("notes", {"Trống": [], "Sổ": notes})
    run = inspect(installation, "notes")
    assert (run.returncode, run.stdout) == (1, "")
    assert "its headers seem to stand in row 3: “Người”, “Việc”" in run.stderr
    assert "left out: “Trống”: it is empty\nleft out: “Sổ”" in run.stderr
    assert run.stderr.rstrip().endswith("and run inspect again.")


def test_a_title_with_a_period_is_proposed_as_a_pattern_where_it_means_that_tab_alone(
    installation: Installation,
) -> None:
    installation.spreadsheet("one", {"OKR Q4-2026": OKRS, "Users": USERS})
    installation.spreadsheet("two", {"OKR Q3": OKRS, "OKR Q4": OKRS})
    installation.spreadsheet("roman", {"Quý IV – Kho": OKRS})
    titles = {
        name: [
            tab.title
            for tab in Config.model_validate(tomllib.loads(inspect(installation, name).stdout)).spreadsheet[0].tab
        ]
        for name in ("one", "two", "roman")
    }
    assert titles == {"one": [("OKR Q*",)], "two": [("OKR Q3",), ("OKR Q4",)], "roman": [("Quý * – Kho",)]}


def test_a_pattern_for_numbers_in_sentences_comes_with_the_example_that_it_fits(installation: Installation) -> None:
    sentences: list[list[object]] = [
        ["Objective", "Key results"],
        ["Grow", "Revenue from 20 to 30 (now 26)"],
        ["Grow", "Customers from 0 to 50 (now 40)"],
    ]
    installation.spreadsheet("said", {"OKR": sentences})
    printed = inspect(installation, "said").stdout
    assert "the numbers stand inside the sentences: 20 in “Revenue from 20 to 30 (now 26)”" in printed
    assert "26 in “Revenue from 20 to 30 (now 26)”" in printed


def test_an_unknown_tab_or_spreadsheet_says_what_there_is(installation: Installation) -> None:
    run = inspect(installation, "sales", "--tab", "Nope")
    assert run.returncode == 2
    assert "“OKR”, “Users”" in run.stderr
    assert inspect(installation, "nowhere").returncode == 2
