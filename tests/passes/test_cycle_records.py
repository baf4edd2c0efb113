"""What teams write around their OKRs, from the sheet to the records: read, kept, and not believed when emptied."""

from datetime import date
from typing import Any

from sync.domain.cycle_records import Visible
from sync.domain.keys import person_key
from sync.domain.memory import PassResult
from sync.domain.okr import InitiativeState
from sync.domain.snapshot import Snapshot
from sync.domain.visibility import audience
from tests.support.flat_sheet import FLAT, HEADER, key_results
from tests.support.installation import Installation

TABS: dict[str, list[list[object]]] = {
    "OKR": [HEADER, *key_results(2, 5)],
    "Sáng kiến": [["Việc", "KR", "Hạn", "Tình trạng"], ["Gọi lại khách", "KR 1", date(2026, 12, 15), "Đang làm"]],
    "Ghi nhận": [["Vì", "Cho"], ["Cứu đơn hàng", "Bình, Chi"], ["Giúp đội khác", "An"]],
    "Huấn luyện": [["Về", "Ai", "Với"], ["Đàm phán", "Bình", "Mai"]],
}
CONFIG = f"""
{FLAT}
[[spreadsheet.tab]]
title = "Sáng kiến"
initiative = {{ text = "Việc", key_result = "KR", due = "Hạn", status = "Tình trạng" }}
[[spreadsheet.tab]]
title = "Ghi nhận"
recognition = {{ text = "Vì", receiver = "Cho" }}
[[spreadsheet.tab]]
title = "Huấn luyện"
coaching = {{ topic = "Về", person = "Ai", coach = "Với" }}
"""


def set_up(installation: Installation) -> Snapshot:
    installation.spreadsheet("sales", TABS)
    installation.configure(CONFIG)
    assert installation.sync().result is PassResult.OK
    return kept(installation)


def kept(installation: Installation) -> Snapshot:
    found = installation.records.snapshot("sales")
    assert found is not None
    return found


def empty(installation: Installation, tab: str) -> None:
    """What somebody does who marks all rows below the header and presses Delete."""
    sheet_id = installation.sheet_id("sales", tab)
    area: dict[str, Any] = {"sheetId": sheet_id, "startRowIndex": 1, "endRowIndex": 10}
    installation.server.edit("sales", {"updateCells": {"range": area, "fields": "userEnteredValue"}})


def test_a_pass_keeps_every_record(installation: Installation) -> None:
    view = set_up(installation)
    [initiative], [coaching] = view.initiatives, view.cycle.coachings
    assert (initiative.due, initiative.state) == ("2026-12-15", InitiativeState.DOING)
    assert [found.receivers for found in view.cycle.recognitions] == [("Bình", "Chi"), ("An",)]
    assert (coaching.person, coaching.coach, coaching.visible) == ("Bình", "Mai", Visible.INVOLVED)
    assert not audience(coaching).has(frozenset({person_key("An")}))


def test_a_tab_of_recognition_that_was_emptied_keeps_its_last_good_view(installation: Installation) -> None:
    before = set_up(installation)
    empty(installation, "Ghi nhận")
    outcome = installation.sync()
    assert outcome.snapshot is not None
    assert [found.code for found in outcome.snapshot.problems] == ["tab-emptied"]
    assert kept(installation).cycle == before.cycle
    installation.sync(accept=True)
    assert kept(installation).cycle.recognitions == ()


def test_of_a_private_tab_that_was_emptied_no_number_is_told(installation: Installation) -> None:
    before = set_up(installation)
    empty(installation, "Huấn luyện")
    outcome = installation.sync()
    assert outcome.snapshot is not None
    [found] = outcome.snapshot.problems
    assert (found.code, found.facts) == ("private-rows-gone", (("title", "Huấn luyện"),))
    assert kept(installation).cycle == before.cycle


def test_what_is_visible_to_whom_is_read_anew_when_the_mapping_says_otherwise(installation: Installation) -> None:
    set_up(installation)
    installation.configure(CONFIG.replace('receiver = "Cho" }', 'receiver = "Cho", visible = "nobody" }'))
    installation.sync()
    assert {found.visible for found in kept(installation).cycle.recognitions} == {Visible.NOBODY}
