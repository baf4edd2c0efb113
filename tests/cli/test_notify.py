"""`notify` as an admin runs it, and a worker that sends beside its passes: real processes, a real receiver."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.commands import okr_sheets, until
from tests.support.flat_sheet import FLAT, HEADER, key_results
from tests.support.installation import Installation
from tests.support.receivers import Reply, Webhooks
from tests.support.workers import a_worker

ROOM = '\n[[notify]]\nto = {{ file = "sales-room.url" }}\nwhat = {what}\nwhen = "daily 00:00"\nlanguage = "en"\n'


@pytest.fixture
def webhooks(tmp_path: Path) -> Iterator[Webhooks]:
    found = Webhooks(tmp_path)
    yield found
    found.close()


@pytest.fixture
def sales(installation: Installation, webhooks: Webhooks) -> Installation:
    """A spreadsheet with a current value that is no number, and a room that hears of it."""
    rows = [HEADER, *key_results(2, 5)]
    installation.spreadsheet("sales", {"OKR": [*rows[:-1], [*rows[-1][:4], "khoảng 3 @all", *rows[-1][5:]]]})
    put_room(installation, webhooks.address)
    configure(installation, '"problems"')
    return installation


def put_room(installation: Installation, address: str) -> None:
    path = installation.folder / "sales-room.url"
    path.write_text(address, encoding="utf-8")
    path.chmod(0o600)


def configure(installation: Installation, what: str) -> None:
    installation.configure(FLAT + ROOM.format(what=what))


def test_a_dry_run_prints_what_would_go_out_and_nothing_of_the_address(sales: Installation, webhooks: Webhooks) -> None:
    okr_sheets(sales, "sync")
    printed = okr_sheets(sales, "notify", "--dry-run")
    assert printed.returncode == 0, printed.stderr
    assert printed.stdout.startswith("── sales-room.url (JSON)")
    assert "Company: 1 thing to mend in the sheets" in printed.stdout
    assert "is not a number" in printed.stdout
    assert "/hook" not in printed.stdout + printed.stderr
    assert webhooks.got == []
    assert okr_sheets(sales, "notify", "--dry-run").stdout == printed.stdout


def test_what_is_due_is_sent_once_and_what_was_mended_is_told_no_more(sales: Installation, webhooks: Webhooks) -> None:
    okr_sheets(sales, "sync")
    for _ in range(2):
        sent = okr_sheets(sales, "notify")
        assert sent.returncode == 0, sent.stderr
        assert "/hook" not in sent.stdout + sent.stderr
    [got] = webhooks.got
    assert got.body["title"] == "Company: 1 thing to mend in the sheets"
    assert "khoảng 3 @\u2060all" in got.body["message"]
    assert "nothing is due now" in okr_sheets(sales, "notify", "--dry-run").stdout


def test_one_line_to_each_room_says_which_can_be_reached(sales: Installation, webhooks: Webhooks) -> None:
    webhooks.replies.extend([Reply(), Reply(404)])
    reached = okr_sheets(sales, "notify", "--test")
    assert (reached.returncode, reached.stdout) == (0, "✓ sales-room.url (JSON): reached\n")
    refused = okr_sheets(sales, "notify", "--test")
    assert (refused.returncode, refused.stdout) == (2, "✗ sales-room.url (JSON): not reached: answered 404\n")
    os.chmod(sales.folder / "sales-room.url", 0o644)
    unread = okr_sheets(sales, "notify", "--test", language="vi_VN.UTF-8")
    assert unread.returncode == 2
    assert "người khác đọc được" in unread.stdout
    assert "hãy chạy: chmod 600" in unread.stdout


def test_without_a_room_it_says_what_to_do(sales: Installation) -> None:
    sales.configure(FLAT)
    run = okr_sheets(sales, "notify")
    assert run.returncode == 2
    assert "docs/notices.md shows how" in run.stderr


def test_a_worker_sends_beside_its_passes(sales: Installation, webhooks: Webhooks) -> None:
    configure(sales, '["trouble", "problems"]')
    okr_sheets(sales, "sync")
    with a_worker(sales):
        until(lambda: len(webhooks.got) == 1)
    assert webhooks.got[0].body["title"] == "Company: 1 thing to mend in the sheets"


def test_the_doctor_knows_no_room_of_a_unit_that_no_sheet_names(sales: Installation) -> None:
    named = FLAT.replace(
        "[spreadsheet.tab.key_result]", 'unit = { value = "Phòng Kinh doanh" }\n[spreadsheet.tab.key_result]'
    )
    room = ROOM.format(what='"digest"')
    sales.configure(named + room + 'units = ["Kinh doanh", "phòng kinh doanh"]\n')
    okr_sheets(sales, "sync")
    told = okr_sheets(sales, "doctor")
    assert told.returncode == 2
    assert told.stdout.count("no sheet names a unit") == 1
    assert "✗ notices to sales-room.url: no sheet names a unit “Kinh doanh”" in told.stdout
    assert "the nearest is “Phòng Kinh doanh”" in told.stdout


def test_the_doctor_says_which_rooms_can_be_reached(sales: Installation, webhooks: Webhooks) -> None:
    assert "✓ notices to sales-room.url: JSON, and no message waits for it" in okr_sheets(sales, "doctor").stdout
    okr_sheets(sales, "sync")
    webhooks.replies.append(Reply(500))
    okr_sheets(sales, "notify")
    failing = okr_sheets(sales, "doctor")
    assert failing.returncode == 2
    assert "✗ notices to sales-room.url: JSON does not take its messages; the oldest of them fell due" in failing.stdout
    put_room(sales, "nonsense")
    assert "its address is none that Apprise knows" in okr_sheets(sales, "doctor").stdout
