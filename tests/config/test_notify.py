"""`[[notify]]`: where an address is kept, what is told, and when."""

import sys
from datetime import time
from pathlib import Path

import pytest

from sync.config.notify import NotifySettings, What
from sync.domain.okr import Level
from sync.domain.timetable import QuietHours, Timetable
from tests.support.settings_files import SMALLEST, faults, load

ROOM = '[[notify]]\nto = { file = "chat.url" }\nwhat = "digest"\n'


def room(folder: Path, text: str) -> NotifySettings:
    return load(folder, text + SMALLEST).notify[0]


def test_a_room(tmp_path: Path) -> None:
    found = room(
        tmp_path,
        ROOM.replace('"digest"', '["digest", "check_in"]')
        + 'when = "month 1 09:30"\nunits = "Kinh doanh"\nlevels = ["department"]\n'
        + 'language = "en"\nquiet = "20:00-07:00"\n',
    )
    assert found.to.file == tmp_path / "chat.url"
    assert found.what == (What.DIGEST, What.CHECK_IN)
    assert found.when == Timetable(time(9, 30), month_day=1)
    assert (found.units, found.levels, found.language) == (("Kinh doanh",), (Level.DEPARTMENT,), "en")
    assert found.quiet == QuietHours(time(20), time(7))


def test_what_is_left_out(tmp_path: Path) -> None:
    found = room(tmp_path, ROOM)
    assert found.when == Timetable(time(8), weekday=0)
    assert (found.units, found.levels, found.language, found.quiet) == ((), (), "vi", None)


@pytest.mark.parametrize(
    ("line", "key", "said"),
    [
        ('to = "gchat://space/key/token"', "to", "an address is a secret"),
        ('to = { file = "gchat://space/key/token" }', "to", "an address is a secret"),
        ('to = { file = "a", env = "B" }', "to", "name either a file"),
        ("to = {}", "to", "name either a file"),
        ('to = { env = "not a name" }', "to", "name either a file"),
        ('when = "monday 08:00"', "when", "'monday 08:00' is not a time"),
        ('when = "mon 25:00"', "when", "is not a time"),
        ('when = "month 0 08:00"', "when", "is not a time"),
        ('quiet = "night"', "quiet", "'night' is not hours"),
        ('what = "digets"', "what[1]", "Input should be 'digest'"),
        ("what = []", "what", "must hold at least one"),
        ('language = "de"', "language", "Input should be 'vi' or 'en'"),
        ("to_people = true", "", 'write what = "check_in"'),
        ('unit = "x"', "unit", "did you mean “units”?"),
    ],
)
def test_a_fault_is_told_by_its_key_and_without_the_address(tmp_path: Path, line: str, key: str, said: str) -> None:
    name = line.split(" ")[0]
    lines = [each for each in ROOM.splitlines() if not each.startswith(f"{name} ")]
    found = faults(tmp_path, "\n".join([*lines, line, SMALLEST]))
    [fault] = [text for path, text in found.items() if path == f"notify[1].{key}".removesuffix(".")]
    assert said in fault
    assert "token" not in fault


def test_two_files_of_one_name_would_be_one_room(tmp_path: Path) -> None:
    found = faults(tmp_path, ROOM + ROOM.replace("chat.url", "other/chat.url") + SMALLEST)
    assert "two files are called chat.url" in found["notify"]


def test_without_what_sends_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "apprise", None)
    assert faults(tmp_path, ROOM + SMALLEST)["notify"] == (
        'needs what sends the messages: run pip install "okr-sheets[notify]"'
    )
    assert load(tmp_path, SMALLEST).notify == ()


@pytest.mark.parametrize("url", ["https://okr.example.com", "http://okr.local:8000/okr"])
def test_the_address_of_the_page(tmp_path: Path, url: str) -> None:
    assert load(tmp_path, f'[page]\nurl = "{url}/"\n{SMALLEST}').page.url == url


@pytest.mark.parametrize("url", ["okr.example.com", "ftp://okr", "https://me:secret@okr.example.com", "https://a/?x=1"])
def test_what_is_no_address_of_a_page(tmp_path: Path, url: str) -> None:
    assert "is not an address such as https://" in faults(tmp_path, f'[page]\nurl = "{url}"\n{SMALLEST}')["page.url"]
