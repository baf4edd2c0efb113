"""The configuration's text, changed in place."""

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.desk.document import Document

CONFIG = """\
# kept by Lan
state = "state"

[[spreadsheet]]
id = "https://docs.google.com/spreadsheets/d/sales/edit#gid=0"

[[spreadsheet.tab]]
title = "Q4"  # ours

[spreadsheet.tab.objective]
text = "Mục tiêu"  # header “Mục tiêu”; texts in 4 of 4 rows; please check
# a long reason; sure
owner = "Chủ"
unit = "Nhóm"  # as they call it

[spreadsheet.tab.key_result]
text = "Kết quả"
target = "Chỉ tiêu"

[[spreadsheet]]
id = "people"

[[spreadsheet.tab]]
title = "HR"

[page]
title = "Sao Mai"
"""
SALES = Document(CONFIG, "sales")


def test_only_the_changed_line_is_another() -> None:
    changed = SALES.put(0, ("key_result", "target"), {"header": "Mức", "rows": "sum"}).text
    assert changed == CONFIG.replace('target = "Chỉ tiêu"', 'target = {header = "Mức", rows = "sum"}')


def test_a_new_key_of_a_tab_comes_before_its_records() -> None:
    changed = SALES.put(0, ("skip",), [{"header": "A", "is": "Tổng"}])
    assert changed.tabs()[0]["skip"] == [{"header": "A", "is": "Tổng"}]
    assert changed.text.index("skip = ") < changed.text.index("[spreadsheet.tab.objective]")


def test_a_field_of_a_record_that_is_written_on_one_line_goes_as_any_other() -> None:
    by_hand = Document('[[spreadsheet]]\nid = "sales"\ntab = [{ objective = { text = "A", unit = "B" } }]\n', "sales")
    assert by_hand.drop(0, ("objective", "unit")).tabs() == [{"objective": {"text": "A"}}]
    assert by_hand.put(0, ("objective", "text"), "C").tabs() == [{"objective": {"text": "C", "unit": "B"}}]


def test_what_inspect_said_of_a_line_goes_when_a_person_changes_it_and_what_people_wrote_stays() -> None:
    changed = SALES.put(0, ("objective", "text"), "Đích").put(0, ("objective", "owner"), "Ai")
    changed = changed.put(0, ("objective", "unit"), "Đội")
    assert 'text = "Đích"\n' in changed.text
    assert "a long reason" not in changed.text
    assert 'unit = "Đội"  # as they call it' in changed.text


def test_a_confirmed_line_keeps_its_value_and_loses_the_question() -> None:
    assert 'text = "Mục tiêu"\n' in SALES.confirm(0, ("objective", "text")).text


def test_a_record_without_a_field_left_goes_too() -> None:
    changed = SALES.drop(0, ("key_result", "target")).drop(0, ("key_result", "text"))
    assert "key_result" not in changed.tabs()[0]


def test_dropping_what_is_not_there_changes_nothing() -> None:
    assert SALES.drop(0, ("initiative", "text")).text == CONFIG


def test_a_tab_that_is_added_stands_with_its_own_spreadsheet() -> None:
    added = SALES.add('[[spreadsheet]]\nid = "sales"\n\n[[spreadsheet.tab]]\ntitle = "Q1"  # new; sure\n')
    tables = tomllib.loads(added.text)["spreadsheet"]
    assert [tab["title"] for tab in tables[0]["tab"]] == ["Q4", "Q1"]
    assert [tab["title"] for tab in tables[1]["tab"]] == ["HR"]
    assert "# new; sure" in added.text


def test_a_spreadsheet_that_is_not_there_yet_is_added_below_all() -> None:
    other = Document(CONFIG, "new").add('[[spreadsheet]]\nid = "new"\n\n[[spreadsheet.tab]]\ntitle = "X"\n')
    assert other.text.startswith(CONFIG)
    assert [tab["title"] for tab in other.tabs()] == ["X"]


def test_a_removed_tab_takes_its_records_along() -> None:
    assert SALES.remove_tab(0).tabs() == []


def test_a_copy_is_named_as_the_real_spreadsheet() -> None:
    renamed = SALES.renamed("1AbC")
    assert (renamed.spreadsheet, renamed.tabs()) == ("1AbC", SALES.tabs())


def test_an_id_that_is_part_of_another_is_another_spreadsheet() -> None:
    assert Document(CONFIG, "sale").number is None


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
VALUES = st.recursive(
    st.booleans() | st.integers(-1000, 1000) | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["header", "is", "cell"]), inner, max_size=3)
    ),
    max_leaves=6,
)
PATHS = st.sampled_from(
    [("skip",), ("numbers",), ("objective", "when"), ("key_result", "start"), ("initiative", "text")]
)


@given(st.lists(st.tuples(PATHS, VALUES), max_size=5))
def test_whatever_is_put_reads_back_and_nothing_else_moves(edits: list[tuple[tuple[str, ...], Any]]) -> None:
    document, expected = SALES, SALES.tabs()[0]
    for path, value in edits:
        document = document.put(0, path, value)
        table = expected
        for key in path[:-1]:
            table = table.setdefault(key, {})
        table[path[-1]] = value
    assert document.tabs()[0] == expected
    assert tomllib.loads(document.text)["page"] == {"title": "Sao Mai"}
    assert Document(document.text, "people").tabs() == [{"title": "HR"}]


@pytest.mark.parametrize("text", ['[[spreadsheet]]\nid = "a"\ntab = "no"\n', 'spreadsheet = "no"\n', ""])
def test_what_is_no_list_of_tabs_has_none(text: str) -> None:
    assert Document(text, "a").tabs() == []
