"""`okr-sheets hook` prints a script that opens the page's hook, and how to install it."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from sync.domain.scoring import Bands
from tests.support.commands import okr_sheets
from tests.support.flat_sheet import every
from tests.support.installation import Installation
from webapp.web.app import create_app

PAGE = '[page]\ntrusted_hosts = ["okr.cty.vn"]\n'


@pytest.fixture
def sales(installation: Installation) -> Installation:
    installation.configure(PAGE + every("5m"))
    return installation


def constants(script: str) -> dict[str, str]:
    return dict(re.findall(r'const (\w+) = "(.*?)";', script))


def test_what_it_prints_opens_the_hook_of_that_spreadsheet(sales: Installation) -> None:
    printed = okr_sheets(sales, "hook", "https://docs.google.com/spreadsheets/d/sales/edit#gid=0")
    assert printed.returncode == 0, printed.stderr
    found = constants(printed.stdout)
    assert found["ADDRESS"] == "https://okr.cty.vn/hook/sales"
    client = create_app(sales.records, sales.config.page, Bands(), {"sales": 300, "other": 300}).test_client()
    header = {"Authorization": f"Bearer {found['SECRET']}"}
    assert client.post("/hook/sales", headers=header).status_code == 204
    assert client.post("/hook/other", headers=header).status_code == 404
    assert set(sales.records.looks.waiting()) == {"sales"}


def test_the_steps_are_in_the_language_of_the_terminal(sales: Installation) -> None:
    english, vietnamese = (okr_sheets(sales, "hook", "sales", language=f"{code}.UTF-8") for code in ("en_US", "vi_VN"))
    assert "Extensions → Apps Script" in english.stdout
    assert "Tiện ích mở rộng → Apps Script" in vietnamese.stdout
    assert constants(english.stdout) == constants(vietnamese.stdout)


def test_the_script_is_javascript_that_calls_the_page_and_reads_no_cell(sales: Installation, tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node here")
    printed = okr_sheets(sales, "hook", "sales").stdout
    script = printed[printed.index("const ADDRESS") : printed.index("\n3. ")]
    asked = "globalThis.UrlFetchApp = { fetch: (address, what) => console.log(address, what.method, what.payload) };"
    path = tmp_path / "script.js"
    path.write_text(f"{asked}\n{script}\ntellOfAnEdit();\n", encoding="utf-8")
    run = subprocess.run([node, str(path)], capture_output=True, text=True, check=True)
    assert run.stdout == "https://okr.cty.vn/hook/sales post undefined\n"


@pytest.mark.parametrize(
    ("page", "arguments", "said"),
    [
        (PAGE, ("hook", "nobody"), "nobody is not in the configuration. There are: sales"),
        ("", ("hook", "sales"), "Google has to reach the page."),
        ("", ("hook", "sales", "--address", "okr.cty.vn"), "“okr.cty.vn” is no address of a page"),
        ("", ("hook", "sales", "--address", 'https://x";evil()'), "is no address of a page"),
    ],
)
def test_what_is_missing_is_said(installation: Installation, page: str, arguments: tuple[str, ...], said: str) -> None:
    installation.configure(page + every("5m"))
    run = okr_sheets(installation, *arguments)
    assert (run.returncode, run.stdout) == (2, "")
    assert said in run.stderr
