"""`init`: from six answers to a configuration that works, and never over one that is there."""

import stat
from pathlib import Path

import pytest

from sync.config.settings import load_config
from tests.docs.test_readme_walk import TABLE
from tests.support.commands import completed
from tests.support.installation import Installation

ENGLISH = {"LC_ALL": "en_US.UTF-8"}


def init(folder: Path, *options: str, typed: str = "", language: str = "en_US.UTF-8") -> tuple[int, str]:
    run = completed(["init", *options], folder, {"LC_ALL": language}, typed)
    return run.returncode, run.stdout + run.stderr


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def with_a_spreadsheet(path: Path) -> Path:
    path.write_text(
        path.read_text(encoding="utf-8")
        + '[[spreadsheet]]\nid = "a"\n[[spreadsheet.tab]]\ntitle = "T"\nkey_result.text = "KR"\n',
        encoding="utf-8",
    )
    return path


def test_six_answers_are_a_configuration(tmp_path: Path) -> None:
    answers = ["Sao Mai “VN”", "https://docs.google.com/spreadsheets/d/abc/edit#gid=0", "key.json", "data"]
    code, told = init(tmp_path, typed="\n".join([*answers, "okr.example.com", "example.com", ""]))
    assert code == 0, told
    path = tmp_path / "config.toml"
    assert (mode(path), mode(tmp_path / "data")) == (0o600, 0o700)
    config = load_config(with_a_spreadsheet(path), {})
    assert (config.page.title, config.state) == ("Sao Mai “VN”", tmp_path / "data")
    assert config.google.credentials == tmp_path / "key.json"
    assert (config.page.trusted_hosts, config.page.proxies) == (("okr.example.com",), 1)
    assert (config.page.readers.domains, config.page.is_restricted) == (("example.com",), True)
    for step in (
        "chmod 600 key.json",
        "okr-sheets inspect abc >> config.toml",
        "https://okr.example.com/sign-in/back",
        "okr-sheets run",
    ):
        assert step in told


def test_on_this_machine_alone_nobody_is_asked_who_may_read(tmp_path: Path) -> None:
    code, told = init(tmp_path, typed="\n" * 5)
    assert code == 0, told
    assert "Who may read it" not in told
    config = load_config(with_a_spreadsheet(tmp_path / "config.toml"), {})
    assert (config.page.is_restricted, config.page.trusted_hosts, config.google.credentials) == (False, (), None)


def test_flags_answer_for_scripts(tmp_path: Path) -> None:
    options = ["--yes", "--name", "okr.cty.vn", "--reader", "an@cty.vn", "--path", "/okr"]
    code, told = init(tmp_path, *options)
    assert code == 0, told
    config = load_config(with_a_spreadsheet(tmp_path / "config.toml"), {})
    assert (config.page.readers.addresses, config.page.path) == (("an@cty.vn",), "/okr")
    assert "https://okr.cty.vn/okr/sign-in/back" in told


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--name", "https://okr.example.com", "--reader", "cty.vn"], "is not a name such as okr.example.com"),
        (["--name", "okr.example.com"], "give --reader"),
        (["--path", "okr"], "is not a path"),
    ],
)
def test_what_cannot_be_used_is_not_written(tmp_path: Path, options: list[str], words: str) -> None:
    code, told = init(tmp_path, "--yes", *options)
    assert (code, list(tmp_path.iterdir())) == (2, [])
    assert words in told


def test_a_configuration_that_is_there_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("mine")
    code, told = init(tmp_path, "--yes")
    assert (code, (tmp_path / "config.toml").read_text()) == (2, "mine")
    assert "is there already" in told


def test_a_folder_that_is_there_keeps_its_permissions(tmp_path: Path) -> None:
    (tmp_path / "state").mkdir(mode=0o755)
    assert init(tmp_path, "--yes")[0] == 0
    assert mode(tmp_path / "state") == 0o755


def test_it_speaks_vietnamese_to_who_does(tmp_path: Path) -> None:
    assert "Tiếp theo" in init(tmp_path, "--yes", language="vi_VN.UTF-8")[1]


def test_its_next_steps_lead_to_a_checked_spreadsheet(installation: Installation) -> None:
    installation.spreadsheet("sales", {"OKR Q4": TABLE})
    folder = installation.folder / "new"
    folder.mkdir()
    environment = {**ENGLISH, "OKR_SHEETS_GOOGLE_ENDPOINT": installation.server.url}
    assert completed(["init", "--yes"], folder, environment).returncode == 0
    proposed = completed(["inspect", "sales"], folder, environment)
    assert proposed.returncode == 0, proposed.stderr
    with (folder / "config.toml").open("a", encoding="utf-8") as file:
        file.write(proposed.stdout)
    checked = completed(["check"], folder, environment)
    assert "2 with a score" in checked.stdout, checked.stderr
