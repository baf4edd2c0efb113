"""The README's ten minutes, walked through literally: its commands, its configuration, on a downloaded workbook."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.commands import DEADLINE, completed
from tests.support.documents import README, shown_commands
from tests.support.installation import save_workbook

TABLE: list[list[object]] = [
    ["Mục tiêu", "Người phụ trách", "Kết quả then chốt", "Ban đầu", "Chỉ tiêu", "Hiện tại", "Điểm"],
    ["Khách hàng hài lòng", "An", "NPS từ 30 lên 50", 30, 50, 36],
    ["", "", "Trả lời trong 20 phút", "", "≤ 20 phút", "28 phút"],
]


def okr_sheets(line: str, folder: Path, endpoint: str, expected: int = 0) -> str:
    """Run a command of the README in `folder`."""
    assert line in shown_commands()
    environment = {**os.environ, "OKR_SHEETS_GOOGLE_ENDPOINT": endpoint, "LC_ALL": "C.UTF-8"}
    run = completed(line.partition(" > ")[0].split()[1:], folder, environment)
    assert run.returncode == expected, run.stdout + run.stderr
    return run.stdout


@pytest.mark.parametrize("way", ["by hand", "as proposed"])
def test_a_downloaded_workbook_gets_its_scores_by_the_readme_alone(tmp_path: Path, way: str) -> None:
    save_workbook(tmp_path / "okr.xlsx", {"OKR Q4": TABLE})
    line = next(line for line in shown_commands() if line.startswith("okr-sheets local-sheets"))
    command = [sys.executable, "-m", "sync", *line.split()[1:], "--port", "0"]
    server = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        assert server.stdout.readline().startswith("okr\t")
        endpoint = server.stdout.readline().removeprefix("listening on ").strip()
        [configuration] = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
        if way == "as proposed":
            configuration = okr_sheets("okr-sheets inspect okr > config.toml", tmp_path, endpoint)
        (tmp_path / "config.toml").write_text(re.sub(r"^   ", "", configuration, flags=re.MULTILINE), encoding="utf-8")
        assert "OKR Q4: 1 objective, 2 key results, 2 with a score" in okr_sheets(
            "okr-sheets check", tmp_path, endpoint
        )
        assert "OKR Q4!G2" in okr_sheets("okr-sheets sync --dry-run", tmp_path, endpoint)
        assert "can be read and edited" in okr_sheets("okr-sheets doctor", tmp_path, endpoint)
        assert "OKR Q4!G2" in okr_sheets("okr-sheets sync", tmp_path, endpoint)
        assert "unchanged" in okr_sheets("okr-sheets sync", tmp_path, endpoint)
        server.send_signal(signal.SIGINT)
        assert server.wait(DEADLINE) == 0
    finally:
        server.kill()
        server.communicate()
