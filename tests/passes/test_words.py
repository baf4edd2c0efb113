"""Columns for words: what stands in them, in whose cells, and that nothing of people's is lost to them."""

from collections.abc import Callable
from typing import Any

import pytest

from sync.domain.cells import CellRef
from sync.domain.grid import CellWrite
from sync.domain.memory import PassResult
from sync.local_sheets import LocalSheets
from sync.passes.words import LONGEST, fitted
from sync.translations.problems import hint_of, message_of
from tests.support.flat_sheet import change_current, insert_row, key_results, move_row, scores
from tests.support.hostile import HOSTILE
from tests.support.installation import Installation
from tests.support.lost_answers import WRITE, lose_the_answer
from tests.support.outcomes import codes
from tests.support.sheet_with_ids import put
from tests.support.worded_sheet import HEADER, IN_ENGLISH, WORDED, WORDS, beside

DAY = 86_400
TO_MEND = "E: “tám” không phải là số (Hiện tại). Hãy nhập một số, ví dụ 12,5, hoặc để trống khi chưa đo được."


@pytest.fixture
def worded(installation: Installation) -> Installation:
    """Key results at 2, “tám” and 8 of 10, half way through their quarter, with columns for words."""
    installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(2, "tám", 8)]})
    installation.configure(WORDED)
    return installation


# What they say


def test_words_stand_beside_their_rows_and_are_vietnamese_unless_said_otherwise(worded: Installation) -> None:
    assert worded.sync().result is PassResult.OK
    assert beside(worded, WORDS["band"]) == ["chệch hướng", None, "đúng hướng"]
    assert beside(worded, WORDS["pace"]) == ["chậm nhiều", None, "vượt tiến độ"]
    assert beside(worded, WORDS["message"]) == [None, TO_MEND, None]
    assert beside(worded, WORDS["checked"]) == ["21/11/2026", None, "21/11/2026"]


def test_they_are_english_where_the_spreadsheet_is(worded: Installation) -> None:
    worded.configure(IN_ENGLISH)
    worded.sync()
    assert beside(worded, WORDS["band"]) == ["off track", None, "on track"]
    assert beside(worded, WORDS["pace"]) == ["far behind time", None, "ahead of time"]
    assert str(beside(worded, WORDS["message"])[1]).startswith("E: “tám” is not a number")
    assert beside(worded, WORDS["checked"]) == ["2026-11-21", None, "2026-11-21"]


@pytest.mark.parametrize("field", WORDS)
def test_each_column_is_opted_for_alone_and_without_a_score_column_too(worded: Installation, field: str) -> None:
    lines = [line for line in WORDED.splitlines() if line.split(" ")[0] not in (WORDS.keys() - {field}) | {"score"}]
    worded.configure("\n".join(lines))
    assert worded.sync().result is PassResult.OK
    filled = {each for each, header in WORDS.items() if any(beside(worded, header))}
    assert filled == {field}


def test_bands_begin_where_the_company_has_them(worded: Installation) -> None:
    worded.configure("[scoring]\non_track = 0.9\nat_risk = 0.1\n" + WORDED)
    worded.sync()
    assert beside(worded, WORDS["band"]) == ["có rủi ro", None, "có rủi ro"]


def test_an_objective_has_words_of_its_own_in_each_of_its_rows(installation: Installation) -> None:
    rows = [["Bán tốt hơn", f"KR {number}", 0, 10, 5] for number in (1, 2)]
    installation.spreadsheet("sales", {"OKR": [[*HEADER, "Mức O"], *rows]})
    installation.configure(WORDED.replace('text = "Mục tiêu"', 'text = "Mục tiêu"\nband = "Mức O"'))
    installation.sync()
    assert beside(installation, "Mức O") == ["có rủi ro", "có rủi ro"]


def test_a_key_results_message_tells_of_its_whole_row_where_the_objective_has_none(installation: Installation) -> None:
    rows = [["Bán tốt hơn", "KR 1", 0, 10, 5, None, None, None, None, None, "nhiều"]]
    installation.spreadsheet("sales", {"OKR": [[*HEADER, "Trọng số O"], *rows]})
    mapped = WORDED.replace('text = "Mục tiêu"', 'text = "Mục tiêu"\nweight = "Trọng số O"')
    installation.configure(mapped)
    installation.sync()
    [told] = beside(installation, WORDS["message"])
    assert str(told).startswith("K: ")
    assert "nhiều" in str(told)


def test_a_day_is_a_date_where_the_cells_are_formatted_as_one(worded: Installation) -> None:
    area = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 4, "startColumnIndex": 9, "endColumnIndex": 10}
    look = {"userEnteredFormat": {"numberFormat": {"type": "DATE"}}}
    worded.sync()
    worded.server.edit("sales", {"repeatCell": {"range": area, "cell": look, "fields": "userEnteredFormat"}})
    change_current(worded.server, "sales", 0, 2, 5)
    worded.sync()
    assert beside(worded, WORDS["checked"]) == [46_347, 46_347, 46_347]


def test_no_text_of_another_tab_is_repeated(installation: Installation) -> None:
    log = [["KR", "Ngày", "Giá trị"], ["KR 1", "2026-11-20", "bí mật"]]
    installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(2)], "Nhật ký": log})
    current = 'current = { check_in = true }\nmessage = "Cần sửa"\n'
    checked_in = WORDED.replace('current = "Hiện tại"\n', "").replace('message = "Cần sửa"\n', current)
    more = (
        '[[spreadsheet.tab]]\ntitle = "Nhật ký"\ncheck_in = { key_result = "KR", date = "Ngày", value = "Giá trị" }\n'
    )
    installation.configure(checked_in + more)
    assert "not-a-number" in codes(installation.sync())
    assert beside(installation, WORDS["message"]) == ["Có điều cần sửa ở ô Nhật ký!C2."]


# When they are written


def test_all_of_it_is_one_write_and_a_pass_in_which_nothing_changed_is_one_read(worded: Installation) -> None:
    assert worded.counted(worded.sync) == (1, 1)
    assert worded.counted(worded.sync) == (1, 0)
    change_current(worded.server, "sales", 0, 1, 9)
    assert worded.counted(worded.sync) == (2, 1)


def test_a_message_empties_itself_in_the_pass_after_the_row_was_mended(worded: Installation) -> None:
    worded.sync()
    change_current(worded.server, "sales", 0, 2, 5)
    worded.sync()
    assert beside(worded, WORDS["message"]) == [None, None, None]
    assert beside(worded, WORDS["band"])[1] == "có rủi ro"


def test_the_day_is_written_once_a_day_and_a_row_that_cannot_be_read_keeps_its_last_one(worded: Installation) -> None:
    worded.sync()
    worded.later(3600)
    change_current(worded.server, "sales", 0, 1, 3)
    assert {write.field for write in worded.sync().writes} == {"score", "band"}
    change_current(worded.server, "sales", 0, 2, 5)
    put(worded, "E4", "tám")
    worded.later(DAY)
    worded.sync()
    assert beside(worded, WORDS["checked"]) == ["22/11/2026", "22/11/2026", "21/11/2026"]
    worded.later(3600)
    assert worded.counted(worded.sync)[1] == 0


def test_a_dry_run_tells_of_words_and_writes_none(worded: Installation) -> None:
    outcome = worded.sync(dry_run=True)
    assert {write.field for write in outcome.writes} == {"score", *WORDS}
    assert beside(worded, WORDS["message"]) == [None, None, None]


# Whose cells they are


@pytest.mark.parametrize("theirs", ["của tôi", 0.5, "=1+1", True, "đúng hướng", " "], ids=str)
def test_a_cell_that_holds_anything_else_is_left_and_told_once_a_column(worded: Installation, theirs: object) -> None:
    put(worded, "G2", theirs)
    put(worded, "G3", theirs)
    before = worded.cells("sales", "OKR")
    for _ in range(2):
        outcome = worded.sync()
        change_current(worded.server, "sales", 0, 3, 7)
    after = worded.cells("sales", "OKR")
    assert (after["G2"], after["G3"]) == (before["G2"], before["G3"])
    kept = [found for found in worded.records.snapshots()[0].problems if found.code == "words-kept"]
    assert [(found.cell and found.cell.a1, dict(found.facts)["header"]) for found in kept] == [("G2", "Mức")]
    assert outcome.result is PassResult.OK


def test_what_is_left_is_said_in_both_languages_with_what_to_do(worded: Installation) -> None:
    put(worded, "I3", "hỏi Lan")
    outcome = worded.sync()
    assert outcome.snapshot is not None
    found = next(each for each in outcome.snapshot.problems if each.code == "words-kept")
    assert message_of(found, "vi").startswith("Ở cột “Cần sửa” trên “OKR”, 1 ô có nội dung không do okr-sheets ghi")
    assert "“hỏi Lan”" in message_of(found, "en")
    assert hint_of(found, "vi").startswith("Hãy xóa trống")


def test_what_a_person_types_over_our_words_stays_and_an_emptied_cell_is_ours_again(worded: Installation) -> None:
    worded.sync()
    put(worded, "I3", "đang hỏi")
    put(worded, "E3", "chín")
    worded.sync()
    assert beside(worded, WORDS["message"])[1] == "đang hỏi"
    put(worded, "I3", "")
    worded.sync()
    assert str(beside(worded, WORDS["message"])[1]).startswith("E: “chín”")


def test_a_persons_text_is_not_emptied_where_we_have_nothing_to_say(worded: Installation) -> None:
    worded.sync()
    put(worded, "I3", "đang hỏi")
    change_current(worded.server, "sales", 0, 2, 5)
    assert "words-kept" not in codes(worded.sync())
    assert beside(worded, WORDS["message"])[1] == "đang hỏi"


@pytest.mark.parametrize("text", ["KR 1 viết lại", "KR 3"], ids=["reworded", "like another"])
def test_words_beside_a_reworded_key_result_are_still_ours(worded: Installation, text: str) -> None:
    worded.sync()
    put(worded, "B2", text)
    assert "words-kept" not in codes(worded.sync())
    change_current(worded.server, "sales", 0, 1, 9)
    assert "words-kept" not in codes(worded.sync())
    assert beside(worded, WORDS["band"])[0] == "đúng hướng"


def test_words_are_ours_where_two_texts_were_exchanged(worded: Installation) -> None:
    worded.sync()
    put(worded, "B2", "KR 2")
    put(worded, "B3", "KR 1")
    change_current(worded.server, "sales", 0, 2, 5)
    put(worded, "E2", "chín")
    assert "words-kept" not in codes(worded.sync())
    [first, second, _] = beside(worded, WORDS["message"])
    assert (str(first)[:9], second) == ("E: “chín”", None)


def test_words_that_came_along_in_a_copied_tab_are_ours(installation: Installation) -> None:
    installation.spreadsheet("sales", {"OKR": [HEADER, *key_results(2, "tám", 8)]})
    installation.configure(WORDED)
    installation.sync()
    copied = {"sourceSheetId": 0, "newSheetId": 77, "newSheetName": "OKR mới", "insertSheetIndex": 1}
    installation.server.edit("sales", {"duplicateSheet": copied})
    change_current(installation.server, "sales", 77, 2, 5)
    installation.later(1000)
    outcome = installation.sync()
    assert "words-kept" not in codes(outcome)
    assert beside(installation, WORDS["message"], "OKR mới") == [None, None, None]
    assert beside(installation, WORDS["message"]) == [None, TO_MEND, None]


def test_a_record_of_our_words_that_is_lost_makes_none_of_peoples_ours(worded: Installation) -> None:
    worded.sync()
    put(worded, "I2", "của tôi")
    worded.records.forget(["sales"])
    put(worded, "E2", 9)
    outcome = worded.sync(accept=True)
    assert beside(worded, WORDS["message"])[0] == "của tôi"
    assert beside(worded, WORDS["band"])[0] == "chệch hướng", "nobody knows any more that it is ours"
    assert "words-kept" in codes(outcome)
    put(worded, "G2", "")
    worded.sync()
    assert beside(worded, WORDS["band"])[0] == "đúng hướng"
    put(worded, "E4", 1)
    worded.sync()
    assert beside(worded, WORDS["band"])[2] == "chệch hướng", "what said just what we say was taken for ours"


# Where nothing can be written


def protected(server: LocalSheets) -> None:
    area = {"sheetId": 0, "startColumnIndex": 6, "endColumnIndex": 7}
    protect = {"range": area, "editors": {"users": ["person@local.invalid"]}}
    server.edit("sales", {"addProtectedRange": {"protectedRange": protect}})


def merged(server: LocalSheets) -> None:
    area = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 4, "startColumnIndex": 6, "endColumnIndex": 7}
    server.edit("sales", {"mergeCells": {"range": area, "mergeType": "MERGE_ALL"}})


@pytest.mark.parametrize(
    ("block", "reason", "count"),
    [(protected, "its cells are protected", 2), (merged, "merged cells cover its cells", 1)],
)
def test_a_column_that_takes_nothing_is_told_and_scores_are_written_all_the_same(
    worded: Installation, block: Callable[[LocalSheets], None], reason: str, count: int
) -> None:
    block(worded.server)
    outcome = worded.sync()
    assert outcome.snapshot is not None
    [found] = [each for each in outcome.snapshot.problems if each.code == "words-unwritten"]
    assert message_of(found, "en") == f"Under “Mức” on “OKR”, {count} cells were not written: {reason}."
    assert scores(worded) == {"KR 1": 0.2, "KR 2": None, "KR 3": 0.8}
    assert beside(worded, WORDS["message"])[1] == TO_MEND


def test_a_column_beyond_the_tab_and_cells_that_several_share_are_told(worded: Installation) -> None:
    more = 'text = "Mục tiêu"\nband = { column = "ZZ" }\npace = "Nhịp"'
    worded.configure(WORDED.replace('text = "Mục tiêu"', more))
    outcome = worded.sync()
    assert outcome.snapshot is not None
    found = [dict(each.facts) for each in outcome.snapshot.problems if each.code == "words-unwritten"]
    assert {(each["header"], each["reason"]) for each in found} == {
        ("ZZ", "the tab ends before it"),
        ("Nhịp", "several rows or fields share its cells"),
    }
    assert scores(worded)["KR 1"] == 0.2


@pytest.mark.parametrize("read", ['skip = { column = "I", blank = false }', 'key_result.owner = { column = "I" }'])
def test_a_column_for_words_that_is_read_by_its_letter_is_refused(worded: Installation, read: str) -> None:
    """Else a row whose message is a reason to skip it would lose its message, and count again."""
    name, _, source = read.partition(" = ")
    where = 'title = "OKR*"\n' if name == "skip" else 'text = "Kết quả then chốt"\n'
    worded.configure(WORDED.replace(where, f"{where}{name.rpartition('.')[2]} = {source}\n"))
    outcome = worded.sync()
    assert (outcome.result, codes(outcome)) == (PassResult.REFUSED, ["score-is-source"])
    assert beside(worded, WORDS["message"]) == [None, None, None]


# Hostile texts


@pytest.mark.parametrize(
    "text", [*HOSTILE.values(), "@all", "<users/all>", "[x](https://evil.example)", "'=1", "+84 9"]
)
def test_whatever_a_cell_says_a_message_is_text_on_one_short_cell(worded: Installation, text: str) -> None:
    text = "".join(char for char in text[:4000] if char >= " ")
    cells: dict[str, Any] = {"start": {"sheetId": 0, "rowIndex": 2, "columnIndex": 4}, "fields": "userEnteredValue"}
    cells["rows"] = [{"values": [{"userEnteredValue": {"stringValue": text}}]}]
    worded.server.edit("sales", {"updateCells": cells})
    outcome = worded.sync()
    assert outcome.result is PassResult.OK
    told = beside(worded, WORDS["message"])[1]
    assert isinstance(told, str)
    assert told.startswith("E: “")
    assert len(told) <= LONGEST
    book = worded.client.read_book("sales")
    assert book.tabs[0].formulas == {}
    assert worded.sync().result is PassResult.UNCHANGED


@pytest.mark.parametrize(
    "text", ["=1+1", "+84", "-5", "@all", "'=1", "'", "12,5", "TRUE", "28/11/2026", "#N/A!", " a\nb "]
)
def test_what_looks_like_something_else_is_written_as_the_text_that_it_is(worded: Installation, text: str) -> None:
    write = CellWrite(CellRef("sales", 0, "OKR", 1, 8), "key_result", "k", None, text, "", field="message")
    [answer] = worded.client.write("sales", [write])
    [read] = worded.client.read_book("sales").tabs
    assert (answer.value(1, 8), read.value(1, 8), read.formulas) == (text, text, {})


def test_more_than_a_cell_should_hold_is_counted() -> None:
    assert fitted([]) == ""
    assert fitted(["a", "b"]) == "a\nb"
    assert fitted(["a" * 300, "b" * 300, "c"]) == "a" * 300 + "\n… (+2)"
    assert len(fitted(["a" * 4000])) < LONGEST
    assert fitted(["a" * 4000, "b"]).endswith("a…\n… (+1)")


# Rows that move meanwhile


def sort_all(server: LocalSheets) -> None:
    area = {"sheetId": 0, "startRowIndex": 1, "endRowIndex": 5, "startColumnIndex": 0, "endColumnIndex": 10}
    specs = [{"dimensionIndex": 1, "sortOrder": "DESCENDING"}]
    server.edit("sales", {"sortRange": {"range": area, "sortSpecs": specs}})


@pytest.mark.parametrize("move", [insert_row, move_row, sort_all], ids=lambda move: move.__name__)
@pytest.mark.parametrize("answered", [True, False], ids=["answered", "unanswered"])
def test_words_end_beside_their_rows_whatever_moved_under_the_write(
    installation: Installation, move: Callable[[LocalSheets], None], answered: bool
) -> None:
    rows: list[list[object]] = [
        *key_results(2, "tám", 8),
        ["Bán tốt hơn", "KR của tôi", 0, 10, 6, None, "tôi viết", None, "hỏi Lan"],
    ]
    installation.spreadsheet("sales", {"OKR": [HEADER, *rows]})
    installation.configure(WORDED)
    installation.server.before(WRITE, move)
    if not answered:
        lose_the_answer(installation.server)
    installation.sync()
    installation.server.clear_faults()
    installation.sync()
    assert _by_text(installation) == {
        "KR 1": ("chệch hướng", None),
        "KR 2": (None, TO_MEND),
        "KR 3": ("đúng hướng", None),
        "KR của tôi": ("tôi viết", "hỏi Lan"),
    }


def _by_text(installation: Installation) -> dict[object, tuple[object, object]]:
    columns = (beside(installation, name) for name in ("Kết quả then chốt", WORDS["band"], WORDS["message"]))
    return {text: (band, message) for text, band, message in zip(*columns, strict=True) if text}
