"""The session: what is proposed, undone, asked and saved."""

import tomllib
from pathlib import Path

import pytest

from sync.config.faults import Fault
from sync.config.settings import ConfigError
from tests.support.installation import Installation, Rows
from tests.webapp.desk.conftest import ODD, TEAM, OpenDesk
from webapp.desk.desk import Desk
from webapp.desk.edits import EditError

# Shares of a target for each person, and what all reached together: one key result or two?
SHARED: Rows = [
    ["Mục tiêu", "Kết quả then chốt", "Người phụ trách", "Chỉ tiêu", "Hiện tại"],
    ["Tăng trưởng", "Doanh thu mới", "Lan", 600, 900],
    ["Tăng trưởng", "Doanh thu mới", "Minh", 600, 900],
    ["Tăng trưởng", "Khách hàng mới", "Minh", 20, 25],
]


MAPPED = """
[[spreadsheet]]
id = "okr"

[[spreadsheet.tab]]
title = "OKR"  # by hand
key_result = { text = "Kết quả then chốt" }
"""


def test_a_file_that_maps_the_spreadsheet_already_is_taken_as_it_is(open_desk: OpenDesk) -> None:
    desk = open_desk({"OKR": TEAM}, MAPPED)
    assert desk.document.text == desk.saved
    assert desk.is_saved


IN_ENGLISH = """
[[spreadsheet]]
id = "okr"
numbers = "en_US"

[[spreadsheet.tab]]
title = "OKR"
objective = { text = "Mục tiêu" }
key_result = { text = "Kết quả then chốt", target = "Chỉ tiêu" }
"""


def test_numbers_are_read_in_the_language_that_the_spreadsheet_sets(open_desk: OpenDesk) -> None:
    rows = [["Mục tiêu", "Kết quả then chốt", "Chỉ tiêu"], ["a", "b", "2,000"], ["c", "d", "4"]]
    desk = open_desk({"OKR": rows}, IN_ENGLISH)
    assert [found.target.number for found in desk.understanding.reading.key_results] == [2000, 4]


def test_what_is_proposed_comes_below_what_the_file_holds(team: Desk) -> None:
    assert team.document.text.startswith(team.saved.rstrip())
    assert not team.is_saved


def test_every_step_goes_back_and_forth(team: Desk) -> None:
    texts = [team.document.text]
    for column in (2, 3, 4):
        team.edit(team.book.tabs[0], {"do": "unused", "column": column}, "en")
        texts.append(team.document.text)
    for text in reversed(texts[:-1]):
        team.undo()
        assert team.document.text == text
    assert not team.can_undo
    for text in texts[1:]:
        team.redo()
        assert team.document.text == text
    assert not team.can_redo


def test_a_new_step_after_an_undo_forgets_what_was_undone(team: Desk) -> None:
    team.edit(team.book.tabs[0], {"do": "unused", "column": 2}, "en")
    team.undo()
    team.edit(team.book.tabs[0], {"do": "unused", "column": 3}, "en")
    assert not team.can_redo


def test_undo_brings_an_answered_question_back(open_desk: OpenDesk) -> None:
    desk = open_desk({"OKR": SHARED})
    before = [card.number for card in desk.cards]
    assert before
    desk.edit(desk.book.tabs[0], {"do": "answer", "question": before[0], "answer": 0}, "en")
    assert before[0] not in [card.number for card in desk.cards]
    desk.undo()
    assert [card.number for card in desk.cards] == before


@pytest.mark.parametrize("answer", [0, 1])
def test_an_answer_gives_the_row_what_it_said_that_it_would(open_desk: OpenDesk, answer: int) -> None:
    desk = open_desk({"OKR": SHARED})
    card = desk.cards[0]
    promised = card.question.answers[answer].row
    desk.edit(desk.book.tabs[0], {"do": "answer", "question": card.number, "answer": answer}, "en")
    assert promised is not None
    found = [each for each in desk.understanding.reading.key_results if each.cell.row == promised.cell.row]
    assert [desk.understanding.scores[each.key].value for each in found] == [promised.score]


def test_a_question_whose_answer_was_typed_is_not_asked_any_more(open_desk: OpenDesk) -> None:
    desk = open_desk({"OKR": SHARED})
    card = next(card for card in desk.cards if any(answer.lines for answer in card.question.answers))
    other = next(answer for answer in card.question.answers if answer.lines)
    for (record, field), value in other.lines.items():
        desk.edit(desk.book.tabs[0], {"do": "set", "path": [record, field], "value": value}, "en")
    assert card.number not in [each.number for each in desk.cards]


def test_a_typed_text_is_taken_over_whole(team: Desk) -> None:
    team.write_text(team.document.text.replace('"Chỉ tiêu"', '"Hiện tại"'))
    assert team.document.tabs()[0]["key_result"]["target"] == "Hiện tại"


def test_a_text_that_is_no_toml_is_refused_and_the_document_stays(team: Desk) -> None:
    before = team.document
    with pytest.raises(Fault):
        team.write_text("state = “x”")
    assert team.document == before


def test_saving_puts_the_text_into_the_file_and_the_difference_is_what_changes(team: Desk, config: Path) -> None:
    added = [line[1:] for line in team.difference(team.document) if line.startswith("+") and not line.startswith("+++")]
    assert "".join(added) in "".join(team.document.text.splitlines())
    team.save()
    assert config.read_text(encoding="utf-8") == team.document.text
    assert team.difference(team.document) == []


def test_what_is_no_configuration_is_not_saved(team: Desk, config: Path) -> None:
    before = config.read_bytes()
    team.edit(
        team.book.tabs[0], {"do": "role", "column": 1, "record": "key_result", "field": "text", "on": False}, "en"
    )
    with pytest.raises(ConfigError) as refused:
        team.save()
    assert [key for key, _ in refused.value.faults] == ["spreadsheet[1].tab[1].key_result.text"]
    assert config.read_bytes() == before
    assert [path.name for path in config.parent.glob(".config*")] == []


def test_the_file_keeps_its_permissions(team: Desk, config: Path) -> None:
    config.chmod(0o640)
    team.save()
    assert config.stat().st_mode & 0o777 == 0o640


REAL = "1AbcDEFghiJKLmnoPQRstuVWxyz0123456789abcdEFG"


def test_a_copy_is_saved_for_the_real_spreadsheet_and_goes_on_with_the_copy(open_desk: OpenDesk, config: Path) -> None:
    desk = open_desk({"OKR": TEAM}, is_copy=True)
    desk.save(f"https://docs.google.com/spreadsheets/d/{REAL}/edit#gid=0")
    saved = tomllib.loads(config.read_text(encoding="utf-8"))["spreadsheet"]
    assert [entry["id"] for entry in saved] == [REAL]
    assert len(desk.understanding.reading.key_results) == 3


@pytest.mark.parametrize(
    "address", ["", "  ", "okr.xlsx", "https://docs.google.com/spreadsheets/u/0/", "đây-là-bảng-của-phòng"]
)
def test_a_copy_is_not_saved_without_an_address_at_google(open_desk: OpenDesk, config: Path, address: str) -> None:
    desk = open_desk({"OKR": TEAM}, is_copy=True)
    before = config.read_bytes()
    with pytest.raises(EditError):
        desk.save(address)
    assert config.read_bytes() == before
    assert not desk.is_saved


def test_a_copy_is_saved_for_practice_where_that_is_said(open_desk: OpenDesk, config: Path) -> None:
    desk = open_desk({"OKR": TEAM}, is_copy=True)
    desk.save(practice=True)
    assert desk.is_practice
    assert config.read_text(encoding="utf-8") == desk.document.text


def test_the_difference_names_the_spreadsheet_that_it_is_saved_for(open_desk: OpenDesk) -> None:
    desk = open_desk({"OKR": TEAM}, is_copy=True)
    assert f'+id = "{REAL}"' in desk.difference(desk.to_save(REAL))
    desk.save(REAL)
    assert desk.difference(desk.to_save(REAL)) == []


def test_a_copy_of_a_spreadsheet_that_is_mapped_already_gives_it_new_tabs_and_keeps_the_rest(
    open_desk: OpenDesk, config: Path
) -> None:
    known = f"""
[[spreadsheet]]
id = "{REAL}"
numbers = "en_US"  # as the sales team types them

[[spreadsheet.tab]]
title = "Old"
key_result = {{ text = "KR" }}
"""
    desk = open_desk({"OKR": TEAM}, known, is_copy=True)
    desk.save(REAL)
    text = config.read_text(encoding="utf-8")
    (saved,) = tomllib.loads(text)["spreadsheet"]
    assert (saved["id"], saved["numbers"], [tab["title"] for tab in saved["tab"]]) == (REAL, "en_US", ["OKR"])
    assert "# as the sales team types them" in text
    desk.save(REAL)
    assert desk.difference(desk.to_save(REAL)) == []


def test_a_total_that_is_read_as_an_objective_is_asked_about_once(open_desk: OpenDesk) -> None:
    desk = open_desk({"OKR": ODD})
    for column, record, field in ((0, "objective", "text"), (1, "key_result", "text")):
        desk.edit(desk.book.tabs[0], {"do": "role", "column": column, "record": record, "field": field}, "en")
    (card,) = desk.cards
    assert (card.cell.a1 if card.cell else "", card.question.why) == ("A8", "ask_total")
    desk.edit(desk.book.tabs[0], {"do": "answer", "question": card.number, "answer": 0}, "en")
    assert desk.document.tabs()[0]["skip"] == [{"header": "Việc lớn", "is": "Cộng chung cả phòng"}]
    assert desk.cards == []
    desk.undo()
    desk.edit(desk.book.tabs[0], {"do": "answer", "question": card.number, "answer": 1}, "en")
    assert "skip" not in desk.document.tabs()[0]
    assert desk.cards == []


def test_an_objective_without_key_results_among_others_is_not_doubted(open_desk: OpenDesk) -> None:
    rows = [*TEAM[:4], ["Giữ người giỏi", None, None, None, None, None], *TEAM[4:5]]
    assert [card for card in open_desk({"OKR": rows}).cards if card.question.why == "ask_total"] == []


def test_what_people_change_meanwhile_is_seen_when_the_sheet_is_read_again(
    team: Desk, installation: Installation
) -> None:
    cell = {"start": {"sheetId": 0, "rowIndex": 2, "columnIndex": 4}, "fields": "userEnteredValue"}
    number = {"userEnteredValue": {"numberValue": 200}}
    installation.server.edit("okr", {"updateCells": {**cell, "rows": [{"values": [number]}]}})
    assert "1" not in {str(score.value) for score in team.understanding.scores.values()}
    team.read_again()
    assert "1" in {str(score.value) for score in team.understanding.scores.values()}


def test_only_the_tab_whose_entry_changed_is_read_again(open_desk: OpenDesk) -> None:
    desk = open_desk({"A": TEAM, "B": [*TEAM[:4], ["Khác", "Việc khác", "An", 9, 3, None]]})
    before = {reading.tab.title: reading for reading in desk.understanding.reading.tabs}
    desk.edit(desk.book.tabs[0], {"do": "unused", "column": 2}, "en")
    after = {reading.tab.title: reading for reading in desk.understanding.reading.tabs}
    assert after["B"] is before["B"]
    assert after["A"] is not before["A"]
