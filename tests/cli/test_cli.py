"""The command line as scripts and admins use it: real processes against a real local Sheets server."""

import json
import re
import signal
import subprocess
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest
import requests

from tests.support.commands import DEADLINE, okr_sheets, running
from tests.support.flat_sheet import FLAT, HEADER, scores
from tests.support.installation import Installation, save_workbook
from tests.support.processes import Running

LINKED = """
[[spreadsheet]]
id = "sales"
[[spreadsheet.tab]]
title = "OKR"
objective = { text = "Mục tiêu", parent = "Hỗ trợ", level.value = "Phòng ban" }
key_result = { text = "KR", progress = "Đạt" }
[[spreadsheet]]
id = "company"
[[spreadsheet.tab]]
title = "OKR"
objective = { text = "Mục tiêu", level.value = "Công ty" }
key_result = { text = "KR", progress = "Đạt" }
"""


def test_a_parent_in_a_spreadsheet_that_was_never_read_is_not_called_unknown(installation: Installation) -> None:
    rows: list[list[Any]] = [["Mục tiêu", "KR", "Đạt", "Hỗ trợ"], ["Bán tốt", "a", 0.5, "Dẫn đầu"]]
    installation.spreadsheet("sales", {"OKR": rows})
    installation.configure(LINKED)
    alone = okr_sheets(installation, "check")
    assert "Dẫn đầu" not in alone.stdout
    assert "1 of 2 spreadsheets read: what depends on the others, such as links to them, was not" in alone.stdout
    installation.spreadsheet("company", {"OKR": [rows[0][:3], ["Đứng đầu", "b", 0.5]]})
    both = okr_sheets(installation, "check")
    assert "No objective or key result is called “Dẫn đầu”." in both.stdout
    assert "spreadsheets read" not in both.stdout


def reported(run: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run.stdout)["spreadsheets"][0]
    return found


def test_what_is_rolled_up_is_right_after_one_sync_wherever_its_spreadsheet_stands_in_the_list(
    installation: Installation,
) -> None:
    rows: list[list[Any]] = [["Mục tiêu", "KR", "Đạt", "Hỗ trợ", "Điểm"], ["Bán tốt", "a", 0.9, "Dẫn đầu", None]]
    installation.spreadsheet("company", {"OKR": [rows[0], ["Dẫn đầu", "b", 0.5, None, None]]})
    installation.spreadsheet("sales", {"OKR": rows})
    sales, company = LINKED.split("[[spreadsheet]]")[1:]
    company = company.replace('id = "company"', 'id = "company"\nroll_up.company = "both"')
    company = company.replace('text = "Mục tiêu"', 'text = "Mục tiêu", score = "Điểm"')
    installation.configure(f"[[spreadsheet]]{company}[[spreadsheet]]{sales}")
    report = json.loads(okr_sheets(installation, "sync", "--json").stdout)
    assert [found["id"] for found in report["spreadsheets"]] == ["company", "sales"]
    assert installation.cells("company", "OKR")["E2"] == 0.7


def test_sync_json_tells_every_write_and_every_okr(sales: Installation) -> None:
    run = okr_sheets(sales, "sync", "--json")
    assert run.returncode == 0, run.stderr
    found = reported(run)
    assert (found["id"], found["result"], found["read_requests"], found["write_requests"]) == ("sales", "ok", 1, 1)
    first = found["writes"][0]
    assert {name: first[name] for name in ("tab", "cell", "kind", "old", "new")} == {
        "tab": "OKR",
        "cell": "F2",
        "kind": "key_result",
        "old": None,
        "new": 0.2,
    }
    texts = [(okr["kind"], okr["cell"], okr["text"], okr["score"]) for okr in found["okrs"]]
    assert texts == [
        ("objective", "A2", "Bán tốt hơn", 0.35),
        ("key_result", "B2", "KR 1", 0.2),
        ("key_result", "B3", "KR 2", 0.5),
    ]
    assert scores(sales) == {"KR 1": 0.2, "KR 2": 0.5}


def test_an_okr_in_json_has_every_promised_field(sales: Installation) -> None:
    okr = reported(okr_sheets(sales, "check", "--json"))["okrs"][0]
    promised = "kind tab cell text level unit owner period parent metric start target current weight score raw problem"
    assert sorted(okr) == sorted(promised.split())


def test_a_second_sync_in_a_new_process_reads_once_and_writes_nothing(sales: Installation) -> None:
    okr_sheets(sales, "sync")
    assert sales.counted(lambda: okr_sheets(sales, "sync")) == (1, 0)


def test_a_dry_run_prints_cell_old_new_and_why(sales: Installation) -> None:
    run = okr_sheets(sales, "sync", "--dry-run")
    assert run.returncode == 0
    assert re.search(r"cell.*old.*new.*why", run.stdout)
    assert re.search(r"OKR!F2.*0\.20.*2 ÷ 10", run.stdout)
    assert scores(sales) == {"KR 1": None, "KR 2": None}
    assert re.search(r"ô.*cũ.*mới.*vì sao", okr_sheets(sales, "sync", "--dry-run", language="vi_VN.UTF-8").stdout)


def test_check_writes_nothing_and_has_no_writes(sales: Installation) -> None:
    run = okr_sheets(sales, "check", "--json")
    assert "writes" not in reported(run)
    assert scores(sales) == {"KR 1": None, "KR 2": None}


def test_check_tells_for_each_tab_what_was_understood_and_what_was_left_out(sales: Installation) -> None:
    skipping = FLAT.replace('title = "OKR*"', 'title = "OKR*"\nskip = { header = "Kết quả then chốt", is = "KR 2" }')
    sales.configure(skipping)
    run = okr_sheets(sales, "check")
    assert "OKR: 1 objective, 1 key result, 1 with a score; left out by `skip`: rows 3" in run.stdout


@pytest.mark.parametrize(
    ("command", "current", "language", "said"),
    [
        (["check"], 5, "en_US.UTF-8", "read, nothing to mend"),
        (["check"], "khoảng 5", "en_US.UTF-8", "read, 1 error"),
        (["check"], "khoảng 5", "vi_VN.UTF-8", "đã đọc, 1 lỗi"),
        (["check"], None, "en_US.UTF-8", "read, nothing to mend"),
        (["sync", "--dry-run"], 5, "en_US.UTF-8", "read, nothing to mend"),
        (["sync"], 5, "en_US.UTF-8", "read, scores written, nothing to mend"),
        (["sync"], 5, "vi_VN.UTF-8", "đã đọc, đã ghi điểm, không có gì cần sửa"),
    ],
)
def test_the_first_line_says_what_was_done_and_what_is_to_be_mended(
    installation: Installation, command: list[str], current: object, language: str, said: str
) -> None:
    rows = [HEADER, ["Bán tốt hơn", "KR 1", 0, 10, current], ["Bán tốt hơn", "KR 2", 0, 10, 5]]
    installation.spreadsheet("sales", {"OKR": rows})
    installation.configure(FLAT)
    assert okr_sheets(installation, *command, language=language).stdout.splitlines()[0] == f"sales (sales): {said}"


def test_a_pass_that_is_not_whole_does_not_look_like_one(sales: Installation) -> None:
    sales.configure(FLAT.replace('"OKR*"', '["OKR*", "Q9"]'))
    assert okr_sheets(sales, "check").stdout.startswith("sales (sales): in part only, 1 error\n")
    sales.configure(FLAT.replace("OKR*", "Q9"))
    assert okr_sheets(sales, "check").stdout.startswith("sales (sales): not believed, nothing written, 1 error\n")
    sales.configure(FLAT.replace('"sales"', '"nowhere"'))
    assert okr_sheets(sales, "check").stdout.startswith("nowhere (nowhere): failed\n")


def test_a_tab_that_is_refused_shows_the_last_good_view_or_says_that_there_is_none_yet(sales: Installation) -> None:
    wrong = FLAT.replace("Hiện tại", "Nay")
    sales.configure(wrong)
    first = okr_sheets(sales, "sync").stdout
    assert "0 key results, 0 with a score; not believed, and there is no good view yet\n" in first
    sales.configure(FLAT)
    okr_sheets(sales, "sync")
    sales.configure(wrong)
    then = okr_sheets(sales, "sync").stdout
    assert "2 key results, 2 with a score; not believed, this is the last good view\n" in then


def test_a_sheet_that_was_read_before_is_called_unchanged(sales: Installation) -> None:
    okr_sheets(sales, "sync")
    assert okr_sheets(sales, "sync").stdout.startswith("sales (sales): read, unchanged, nothing to mend\n")


def test_problems_in_a_sheet_are_told_with_cell_and_hint_and_exit_1(sales: Installation) -> None:
    sales.spreadsheet("bad", {"OKR": [HEADER, ["Bán tốt hơn", "KR 1", 0, "khoảng 30", 5]]})
    sales.configure(FLAT.replace('"sales"', '"bad"'))
    run = okr_sheets(sales, "check")
    assert run.returncode == 1
    assert "OKR!D2: “khoảng 30” is not a number (Chỉ tiêu)." in run.stdout


DRAFTED = """
[[spreadsheet]]
id = "sales"
[[spreadsheet.tab]]
title = "OKR"
objective = { text = "Mục tiêu", status = "Trạng thái", parent = "Hỗ trợ" }
key_result = { text = "KR", target = "Chỉ tiêu", current = "Hiện tại" }
"""
DRAFTED_HEADER: list[object] = ["Mục tiêu", "Trạng thái", "Hỗ trợ", "KR", "Chỉ tiêu", "Hiện tại"]


def test_what_is_wrong_with_a_draft_is_told_apart_and_is_no_problem_yet(installation: Installation) -> None:
    sound: list[list[object]] = [["Bán tốt hơn", "", "", f"KR {number}", 10, 5] for number in (1, 2)]
    draft: list[list[object]] = [["Mở miền Trung", "Nháp", "O9", "Triển khai CRM", "", "chưa rõ"]]
    installation.spreadsheet("sales", {"OKR": [DRAFTED_HEADER, *sound, *draft]})
    installation.configure(DRAFTED)
    run = okr_sheets(installation, "check")
    assert run.returncode == 0
    first, *lines = run.stdout.splitlines()
    assert first == "sales (sales): read, nothing to mend"
    apart = lines[lines.index("  Before it goes live: what would be wrong with drafts") :]
    assert any("OKR!F4: “chưa rõ” is not a number" in line for line in apart)
    assert any("OKR!C4: No objective or key result is called “O9”." in line for line in apart)
    told = json.loads(okr_sheets(installation, "check", "--json").stdout)["spreadsheets"][0]
    assert told["problems"] == []
    assert {found["code"] for found in told["before_live"]} == {
        "not-a-number",
        "unknown-parent",
        "task-as-key-result",
        "too-few-key-results",
    }


def test_a_rule_that_is_switched_off_is_told_by_no_command(installation: Installation) -> None:
    installation.spreadsheet("sales", {"OKR": [HEADER, ["Bán tốt hơn", "Khách vui", "", "", ""]]})
    installation.configure(FLAT)
    run = okr_sheets(installation, "check", "--json")
    codes = [found["code"] for found in json.loads(run.stdout)["spreadsheets"][0]["problems"]]
    assert (run.returncode, sorted(codes)) == (1, ["no-number", "too-few-key-results"])
    installation.configure(f'[rules]\noff = ["no-number", "too-few-key-results"]\n{FLAT}')
    for command in (["check"], ["sync", "--dry-run"]):
        run = okr_sheets(installation, *command, "--json")
        assert (run.returncode, json.loads(run.stdout)["spreadsheets"][0]["problems"]) == (0, [])


def test_problems_are_told_in_vietnamese_where_the_terminal_speaks_it(sales: Installation) -> None:
    sales.spreadsheet("bad", {"OKR": [HEADER, ["Bán tốt hơn", "KR 1", 0, "khoảng 30", 5]]})
    sales.configure(FLAT.replace('"sales"', '"bad"'))
    run = okr_sheets(sales, "check", language="vi_VN.UTF-8")
    assert "“khoảng 30” không phải là số (Chỉ tiêu)." in run.stdout


def test_a_faulty_configuration_is_told_all_at_once_and_exit_2(sales: Installation) -> None:
    sales.folder.joinpath("config.toml").write_text('[gogle]\n[page]\nport = "x"\n[[spreadsheet]]\nid = "a b"\n')
    run = okr_sheets(sales, "check")
    assert run.returncode == 2
    for said in (
        "gogle: is not known; did you mean “google”?",
        "page.port:",
        "spreadsheet[1].id:",
        "spreadsheet[1].tab",
    ):
        assert said in run.stderr
    assert "Traceback" not in run.stderr
    run = okr_sheets(sales, "check", language="vi_VN.UTF-8")
    assert "gogle: không có khóa này; ý bạn là “google”?" in run.stderr
    assert "cannot be used" not in run.stderr


@pytest.mark.parametrize("text", ["[]", "5", "null"])
@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en_US.UTF-8", "is not the key file of a service account"), ("vi_VN.UTF-8", "không phải tệp khóa")],
)
def test_a_key_file_that_is_none_is_told_with_exit_2(
    sales: Installation, text: str, language: str, sentence: str
) -> None:
    key = sales.folder / "key.json"
    key.write_text(text, encoding="utf-8")
    key.chmod(0o600)
    sales.configure(f'credentials = "key.json"\n{FLAT}')
    run = okr_sheets(sales, "sync", language=language)
    assert run.returncode == 2
    assert f"{key} {sentence}" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_spreadsheet_that_is_not_there_is_told_with_the_remedy_and_exit_2(sales: Installation) -> None:
    sales.configure(FLAT.replace('"sales"', '"nowhere"'))
    run = okr_sheets(sales, "sync")
    assert run.returncode == 2
    assert "There is no spreadsheet nowhere, or it is not shared with" in run.stderr


def test_doctor_says_who_we_are_and_what_we_may_do_and_changes_nothing(sales: Installation) -> None:
    before = sales.server.cells("sales")
    run = okr_sheets(sales, "doctor")
    assert run.returncode == 0, run.stdout
    assert "✓ spreadsheet sales: “sales” can be read and edited (vi_VN, 1 tab)" in run.stdout
    assert sales.server.cells("sales") == before


def test_doctor_gives_a_remedy_for_what_is_in_the_way(sales: Installation) -> None:
    sales.configure(FLAT.replace('"sales"', '"nowhere"'))
    run = okr_sheets(sales, "doctor")
    assert run.returncode == 2
    assert "✗ spreadsheet nowhere" in run.stdout


def test_local_sheets_prints_what_it_serves(installation: Installation, tmp_path: Path) -> None:
    workbook = save_workbook(tmp_path / "Kế hoạch 2026.xlsx", {"OKR": [HEADER]})
    with running(
        installation, "local-sheets", "--port", "0", "--data", str(tmp_path / "other"), "--import", str(workbook)
    ) as process:
        listing = process.stdout.readline().rstrip("\n").split("\t")
        assert listing[0] == "K--ho-ch-2026"
        assert re.fullmatch(r"listening on http://127\.0\.0\.1:\d+\n", process.stdout.readline())
        assert requests.get(listing[2], timeout=10).status_code == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(DEADLINE) == 0


def test_a_port_that_is_taken_is_said(installation: Installation, tmp_path: Path) -> None:
    taken = installation.server.url.rsplit(":", 1)[1]
    run = okr_sheets(installation, "local-sheets", "--port", taken, "--data", str(tmp_path / "other"))
    assert run.returncode == 2
    assert "choose another with --port" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--import", "letter.xlsx"], "letter.xlsx is not an .xlsx workbook"),
        (["--locale", "xx"], "unknown locale 'xx'"),
    ],
)
def test_what_local_sheets_cannot_use_is_said_and_no_traceback(
    installation: Installation, options: list[str], said: str
) -> None:
    (installation.folder / "letter.xlsx").write_text("Dear Sir or Madam")
    run = okr_sheets(installation, "local-sheets", "--port", "0", "--data", "other", *options)
    assert run.returncode == 2
    assert said in run.stderr
    assert "Traceback" not in run.stderr


def test_ctrl_c_is_told_apart_from_problems_in_sheets(sales: Installation) -> None:
    started: SimpleQueue[Running] = SimpleQueue()
    sales.server.before("spreadsheets.get", lambda _: started.get().send_signal(signal.SIGINT))
    with running(sales, "sync") as process:
        started.put(process)
        assert process.wait(DEADLINE) == 130
