"""The configuration file: settings, or all faults at once, each by its key path and in words."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic_core import PydanticKnownError

from sync.config.faults import TEXTS
from tests.support.settings_files import SMALLEST, TAB, faults, load


def in_tab(folder: Path, text: str) -> dict[str, str]:
    """The faults of one tab, by their key path below it."""
    found = faults(folder, '[[spreadsheet]]\nid = "abc"\n[[spreadsheet.tab]]\ntitle = "OKR"\n' + text)
    return {key.removeprefix("spreadsheet[1].tab[1]").removeprefix("."): fault for key, fault in found.items()}


def test_the_smallest_file(tmp_path: Path) -> None:
    config = load(tmp_path, SMALLEST)
    assert config.spreadsheet[0].every == 300
    assert config.state == tmp_path / "state"
    assert config.database_url == f"sqlite:///{tmp_path}/state/okr-sheets.db"
    assert config.scoring.bands.on_track == Decimal("0.6")


def test_all_faults_are_told_at_once_each_by_its_path(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        """
        [page]
        prot = 8000
        [scoring]
        on_track = 2
        [[spreadsheet]]
        id = "not an id"
        every = "soon"
        numbers = "Vietnamese"
        [[spreadsheet.tab]]
        title = "OKR"
        [[spreadsheet.tab]]
        titel = "OKR"
        numbers = "xx"
        header_row = 0
        objective.text = { header = "O", column = "B" }
        """,
    )
    assert set(found) == {
        "page.prot",
        "scoring.on_track",
        "spreadsheet[1].id",
        "spreadsheet[1].every",
        "spreadsheet[1].numbers",
        "spreadsheet[1].tab[1]",
        "spreadsheet[1].tab[2].title",
        "spreadsheet[1].tab[2].titel",
        "spreadsheet[1].tab[2].numbers",
        "spreadsheet[1].tab[2].header_row",
        "spreadsheet[1].tab[2].objective.text",
    }
    assert found["page.prot"] == "is not known; did you mean “port”?"
    assert found["spreadsheet[1].tab[2].titel"] == "is not known; did you mean “title”?"
    assert found["spreadsheet[1].tab[2].title"] == "is missing"
    assert "'xx' is not a language of numbers" in found["spreadsheet[1].tab[2].numbers"]
    assert "'soon' is not a time" in found["spreadsheet[1].every"]


@pytest.mark.parametrize(
    ("text", "key", "meant"),
    [
        ('objective = { text = "O", skore = "Điểm" }', "objective.skore", "“score”"),
        ('key_result = { txt = "KR" }', "key_result.txt", "“text”"),
        ('key_result.text = { haeder = "KR" }', "key_result.text.haeder", "“header”"),
        ('key_result.text = "KR"\nskip = [{ header = "A", iss = "1" }]', "skip[1].iss", "“is”"),
        ('key_result.text = "KR"\nkey_result.score = { header = "Đ", decimal = 1 }', "key_result.score.decimal", "“decimals”"),  # noqa: E501
        ('key_results.text = "KR"', "key_results", "“key_result”"),
        ('key_result.text = "KR"\nzzz = 1', "zzz", "known here: title, numbers"),
    ],
)  # fmt: skip
def test_an_unknown_key_is_refused_with_the_nearest_known_one(tmp_path: Path, text: str, key: str, meant: str) -> None:
    assert meant in in_tab(tmp_path, text)[key]


@pytest.mark.parametrize(
    ("text", "key", "sentence"),
    [
        ("", "", "says nothing of objective"),
        ('objective = { owner = "A" }', "objective", "it needs the id of objectives that are read elsewhere"),
        ("key_result.text = []", "key_result.text", "name exactly one of header"),
        ("key_result.text = {}", "key_result.text", "name exactly one of header"),
        ('key_result.text = { column = "A1" }', "key_result.text.column", "is not a column such as B"),
        ('key_result.text = { cell = "B0" }', "key_result.text.cell", "is not a cell such as B2"),
        ('key_result.text = { header = "KR", pattern = "(" }', "key_result.text.pattern", "no regular expression"),
        ('key_result.text = { column = "B", nth = 2 }', "key_result.text", "go with header"),
        ('key_result.text = { header = "KR", nth = 0 }', "key_result.text.nth", "greater than or equal to 1"),
        ('key_result.text = { header = "B", pick = "sum" }', "key_result.text", "adds up numbers"),
        ('key_result.current = { check_in = true, rows = "sum" }', "key_result.current", 'by pick = "sum"'),
        ('key_result = { text = "B", target = { check_in = true } }', "key_result", "check_in goes with current"),
        ('key_result = { text = "B", repeat = ["1", "2"] }', "key_result", "write {} where the items differ"),
        ('key_result.text = { cell = "B2", above = true }', "key_result.text", "go with header or column"),
        ('key_result.text = { header = "W *", pick = "last", above = true }', "key_result.text", "without pick"),
        ('key_result.text = { header = "A", separator = "-" }', "key_result.text", "separator goes with join"),
        ('key_result.text = { join = ["A", "B"], column = "C" }', "key_result.text", "name exactly one of"),
        ('key_result.text = { join = ["A", { column = "1" }] }', "key_result.text.join[2].column", "is not a column"),
        ('key_result = { text = "KR", target = { header = "T", line = true } }', "key_result", "goes with each"),
        ('key_result = { text = { header = "KR", line = true }, each = "^- (.+)$" }', "key_result", "goes with each"),
        ('key_result = { text = "KR", each = "x", when = { header = "T", line = true, is = "a" } }', "key_result", "or a condition"),  # noqa: E501
        ('objective = { text = "O", owner = { header = "A", line = true } }', "objective", "goes with each"),
        ('key_result.text = "KR"\nskip = { header = "T", line = true, blank = true }', "", "goes with each"),
        ('key_result.text = "KR"\nskip = { join = ["A", { field = "text" }], blank = true }', "", "they cannot use field"),  # noqa: E501
        ('key_result = { text = "KR", id = { join = ["A", { field = "nix" }] } }', "key_result", "'nix' names no other field"),  # noqa: E501
        ('key_result = { text = { join = [{ field = "id" }] }, id = { join = [{ field = "text" }] } }', "key_result", "names no other field"),  # noqa: E501
        ('key_result = { text = "KR", current = { join = ["A", "Đ"] }, score = "Đ" }', "key_result", "never both"),
        ('key_result = { text = "KR", current = "Đ", message = "Đ" }', "key_result", "never both"),
        ('key_result = { text = "KR", message = "Ghi", band = "Ghi" }', "key_result", "a column of its own"),
        ('key_result = { text = "KR", band = { cell = "B2" } }', "key_result.band", "goes to a column"),
        ('key_result = { text = "KR", message = "Ghi", when = { header = "Ghi", blank = true } }', "", "ask for what we write"),  # noqa: E501
        ('key_result = { text = "KR", message = "Ghi" }\nskip = { header = "Ghi", blank = false }', "", "ask for what we write"),  # noqa: E501
        ('key_result = { text = "KR", score = { header = "Đ", above = true } }', "key_result.score", "goes to a column"),  # noqa: E501
        ('key_result.text = "KR"\nskip = { header = "A" }', "skip", "exactly one of is, matches, blank, fill"),
        ('key_result.text = "KR"\nskip = { header = "A", fill = "orange" }', "skip.fill", "is no colour such as"),
        ('key_result.text = "KR"\nskip = { header = "A", fill = "#fff", is = "a" }', "skip.fill", "is no colour"),
        ('key_result.text = "KR"\nskip = { header = "A", fill = "none", is = "a" }', "skip", "blank, fill"),
        ('key_result.text = "KR"\nskip = { tab_title = true, fill = "none" }', "skip", "fill looks at a cell"),
        ('key_result.text = "KR"\nskip = { header = "A", matches = "[" }', "skip.matches", "no regular expression"),
        ('key_result.text = "KR"\nskip = { field = "text", blank = true }', "", "they cannot use field"),
        ('key_result.text = "KR"\nkey_result.score = { value = "1" }', "key_result.score", "goes to a column"),
        ('key_result.text = "KR"\nkey_result.score = { header = "Đ", scale = 5 }', "key_result.score.scale", "1, 10, 100"),  # noqa: E501
        ('key_result.text = "KR"\nkey_result.metric.value = "linaer"', "key_result.metric", "is not one of linear"),
        ('key_result.text = "KR"\nkey_result.direction = { header = "H", words = { "Tụt" = "down" } }', "key_result.direction.words.Tụt", "'increase' or 'decrease'"),  # noqa: E501
        ('key_result.text = "KR"\nkey_result.metric = { header = "M", words = { x = "unknown" } }', "key_result.metric.words.x", "'linear', "),  # noqa: E501
        ('objective = { text = "O", level = { header = "C", words = { "Tổ" = "team" } } }', "objective.level.words.Tổ", "'company', 'department' or 'individual'"),  # noqa: E501
        ('objective = { text = "O", status = { header = "S", words = { "Huỷ" = "cancelled" } } }', "objective.status.words.Huỷ", "'draft', 'active' or 'closed'"),  # noqa: E501
        ('key_result.text = "KR"\nkey_result.words = { x = 2 }', "key_result.words.x", "less than or equal to 1"),
        ('key_result.text = "KR"\nkey_result.words = { x = nan }', "key_result.words.x", "equal to"),
        ('key_result.text = "KR"\nkey_result.target = { field = "txt" }', "key_result", "'txt' names no other field"),
        ('key_result.text = "KR"\nkey_result.target = { field = "target" }', "key_result", "names no other field"),
        ('key_result.text = "KR"\nkey_result.progress = "Điểm"\nkey_result.score = "Điểm"', "key_result", "never both"),
        ('key_result.text = "KR"\nkey_result.progress = ["%", "ĐIỂM"]\nkey_result.score = "Điểm"', "key_result", "never both"),  # noqa: E501
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_in_words(tmp_path: Path, text: str, key: str, sentence: str) -> None:
    assert sentence in in_tab(tmp_path, text)[key]


def test_a_fault_in_one_of_several_kinds_of_key_results_is_told_by_its_number(tmp_path: Path) -> None:
    kinds = '[[spreadsheet.tab.key_result]]\ntext = "KR"\n[[spreadsheet.tab.key_result]]\ntext = { column = "1" }\n'
    assert list(in_tab(tmp_path, kinds)) == ["key_result[2].text.column"]
    assert list(in_tab(tmp_path, 'key_result.text = { column = "1" }')) == ["key_result.text.column"]


@pytest.mark.parametrize(
    ("more", "fills"),
    [
        ("", False),
        ('skip = { header = "A", is = "x" }', False),
        ('skip = { header = "A", fill = "#f9cb9c" }', True),
        ('until = [{ header = "A", is = "x" }, { header = "A", fill = "none" }]', True),
        ('key_result.when = { header = "KR", fill = "none" }', True),
    ],
)
def test_colours_are_read_only_where_a_condition_looks_at_them(tmp_path: Path, more: str, fills: bool) -> None:
    assert load(tmp_path, f"{SMALLEST}{more}").spreadsheet[0].looks_at_fills is fills


def test_a_tab_without_any_title_is_refused(tmp_path: Path) -> None:
    assert "spreadsheet[1].tab[1].title" in faults(tmp_path, SMALLEST.replace('"OKR"', "[]"))


@pytest.mark.parametrize(
    "score",
    ['{ header = "Điểm", under = "Q2" }', '{ header = "Điểm", nth = 2 }', '{ column = "B" }', '"Tiến độ"'],
)
def test_progress_and_score_may_be_different_columns(tmp_path: Path, score: str) -> None:
    load(tmp_path, SMALLEST + f'key_result.progress = {{ header = "Điểm", under = "Q1" }}\nkey_result.score = {score}')


@pytest.mark.parametrize(("every", "seconds"), [('"30s"', 30), ('"5m"', 300), ('"1h"', 3600), ('"5 m"', 300)])
def test_time_is_written_as_people_write_it(tmp_path: Path, every: str, seconds: int) -> None:
    config = load(tmp_path, SMALLEST.replace('"abc"', f'"abc"\nevery = {every}'))
    assert config.spreadsheet[0].every == seconds


@pytest.mark.parametrize("every", ['"0s"', '"-5m"', '"1d"', '""', '"169h"', '"99999999999h"'])
def test_no_time_more_than_a_week_and_unknown_units_are_refused(tmp_path: Path, every: str) -> None:
    assert "spreadsheet[1].every" in faults(tmp_path, SMALLEST.replace('"abc"', f'"abc"\nevery = {every}'))


@pytest.mark.parametrize("every", ["0s", "169h", "99999999999h"])
def test_a_time_out_of_range_is_quoted_as_it_was_written_with_what_may_be(tmp_path: Path, every: str) -> None:
    text = SMALLEST.replace('"abc"', f'"abc"\nevery = "{every}"')
    write = f'{every} is too short or too long; write a time from "1s" to "168h"'
    assert faults(tmp_path, text)["spreadsheet[1].every"] == write
    assert faults(tmp_path, text, "vi")["spreadsheet[1].every"].endswith('hãy viết từ "1s" đến "168h"')


@pytest.mark.parametrize(
    ("given", "meant"), [("60%", "0.6"), ("0,6", "0.6"), ("66,5 %", "0.665"), ("100%", "1"), ("sixty", "")]
)
def test_a_number_that_is_written_as_a_text_is_told_as_toml_writes_it(tmp_path: Path, given: str, meant: str) -> None:
    told = faults(tmp_path, f'[scoring]\non_track = "{given}"\n{SMALLEST}')["scoring.on_track"]
    write = f"; write {meant}, without quotes" if meant else ""
    assert told == f"Input should be a valid decimal (given: {given!r}){write}"


@pytest.mark.parametrize("every", ["5", '"5"'])
def test_a_time_without_its_unit_is_asked_about(tmp_path: Path, every: str) -> None:
    found = faults(tmp_path, SMALLEST.replace('"abc"', f'"abc"\nevery = {every}'))["spreadsheet[1].every"]
    assert found == '5 may be seconds or minutes; write "5s" or "5m"'


@pytest.mark.parametrize("every", ['"5 phút"', '"5 minutes"', "true", "[5]"])
def test_a_time_in_other_words_is_quoted_with_what_to_write(tmp_path: Path, every: str) -> None:
    found = faults(tmp_path, SMALLEST.replace('"abc"', f'"abc"\nevery = {every}'))["spreadsheet[1].every"]
    assert found.endswith('is not a time; write it as "30s", "5m" or "1h", in seconds, minutes or hours')
    assert every.strip('"').lower() in found.lower()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (f"[scoring]\non_track = 60\n{SMALLEST}", "scoring.on_track"),
        (SMALLEST.replace('"abc"', '"abc"\nmost_changes = 60'), "spreadsheet[1].most_changes"),
        (f'{SMALLEST}key_result.words = {{ "Tốt" = 60 }}', "spreadsheet[1].tab[1].key_result.words.Tốt"),
    ],
)
def test_a_share_in_percent_is_told_as_a_share(tmp_path: Path, text: str, key: str) -> None:
    assert faults(tmp_path, text)[key].endswith("; 1 is everything, and 60 % is written 0.6")
    assert faults(tmp_path, text, "vi")[key].endswith("; 1 là toàn bộ, 60 % viết là 0.6")


@pytest.mark.parametrize("title", ['"OKR"', '"okr "', '["Q1", "OKR"]'])
def test_one_tab_mapped_twice_in_the_same_way_is_one_fault(tmp_path: Path, title: str) -> None:
    found = faults(tmp_path, SMALLEST + TAB.replace('"OKR"', title))
    assert found == {
        "spreadsheet[1]": "the tab 'OKR' is mapped twice in the same way; take one of the two [[spreadsheet.tab]] out"
    }


@pytest.mark.parametrize("other", [TAB.replace('"KR"', '"KR Q2"'), TAB + "header_row = 20", TAB.replace("OKR", "Q2")])
def test_other_parts_of_one_tab_and_other_tabs_may_be_mapped_too(tmp_path: Path, other: str) -> None:
    assert len(load(tmp_path, SMALLEST + other).spreadsheet[0].tab) == 2


def test_a_spreadsheet_may_be_given_by_its_address(tmp_path: Path) -> None:
    address = "https://docs.google.com/spreadsheets/d/1AbC-_x/edit#gid=0"
    assert load(tmp_path, SMALLEST.replace("abc", address)).spreadsheet[0].id == "1AbC-_x"


def test_one_spreadsheet_is_listed_once(tmp_path: Path) -> None:
    assert "listed twice" in faults(tmp_path, SMALLEST + SMALLEST)[""]


def test_faults_are_told_in_vietnamese_too(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        """
        [page]
        prot = 8000
        host = "0.0.0.0"
        [[spreadsheet]]
        id = "not an id"
        every = "soon"
        most_changes = 2
        [[spreadsheet.tab]]
        titel = "OKR"
        header_row = 0
        objective.text = { header = "O", column = "B" }
        key_result = { text = "KR", xyz = "zero" }
        """,
        "vi",
    )
    assert found["page.prot"] == "không có khóa này; ý bạn là “port”?"
    assert found["spreadsheet[1].id"] == "'not an id' không phải mã, cũng không phải địa chỉ của một bảng tính"
    assert found["spreadsheet[1].every"].startswith("'soon' không phải khoảng thời gian; hãy viết như \"30s\"")
    assert found["spreadsheet[1].most_changes"].startswith("phải từ 1 trở xuống (đang ghi: 2); 1 là toàn bộ")
    assert found["spreadsheet[1].tab[1].title"] == "còn thiếu"
    assert found["spreadsheet[1].tab[1].header_row"] == "phải từ 1 trở lên (đang ghi: 0)"
    assert found["spreadsheet[1].tab[1].objective.text"].startswith("hãy ghi đúng một trong header, column")
    assert found["spreadsheet[1].tab[1].key_result.xyz"].startswith("không có khóa này; ở đây có: ")


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        *((f"{name}_type", None) for name in ("string", "bool", "int", "float", "decimal")),
        *((f"{name}_parsing", None) for name in ("bool", "int", "float", "decimal")),
        *(("int_from_float", None), ("finite_number", None)),
        *(("greater_than", {"gt": 0}), ("greater_than_equal", {"ge": 0}), ("less_than_equal", {"le": 0})),
        *((kind, {"expected": "1"}) for kind in ("literal_error", "enum")),
    ],
)
def test_what_pydantic_refuses_is_told_in_english_as_pydantic_tells_it(kind: Any, facts: dict[str, Any] | None) -> None:
    assert TEXTS[kind] == PydanticKnownError(kind, facts).message_template


def test_the_environment_names_another_endpoint(tmp_path: Path) -> None:
    config = load(tmp_path, SMALLEST, {"OKR_SHEETS_GOOGLE_ENDPOINT": "http://127.0.0.1:8001/"})
    assert config.google.endpoint == "http://127.0.0.1:8001"


def test_paths_are_seen_from_the_files_own_folder(tmp_path: Path) -> None:
    config = load(tmp_path, 'state = "data"\n[google]\ncredentials = "key.json"\n' + SMALLEST)
    assert (config.state, config.google.credentials) == (tmp_path / "data", tmp_path / "key.json")


def test_the_language_of_a_spreadsheet_holds_for_its_tabs_unless_they_say_otherwise(tmp_path: Path) -> None:
    second = '[[spreadsheet.tab]]\ntitle = "EN"\nnumbers = "en_US"\nkey_result.text = "KR"\n'
    config = load(tmp_path, SMALLEST.replace('"abc"', '"abc"\nnumbers = "vi_VN"') + second)
    assert [mapping.numbers for mapping in config.spreadsheet[0].mappings()] == ["vi_VN", "en_US"]


@pytest.mark.parametrize("bands", ["done = 0.5", "at_risk = 0.7", "at_risk = -1", "done = 1.1", "on_track = nan"])
def test_bands_stand_in_order(tmp_path: Path, bands: str) -> None:
    assert any(key.startswith("scoring") for key in faults(tmp_path, f"[scoring]\n{bands}\n{SMALLEST}"))


def test_rules_that_are_switched_off_are_known_by_their_codes(tmp_path: Path) -> None:
    text = f'[rules]\noff = ["no-owner", "skipped-level"]\n{SMALLEST}'
    assert load(tmp_path, text).rules.off == {"no-owner", "skipped-level"}
    assert load(tmp_path, SMALLEST).rules.off == frozenset()


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("no-ownr", "“no-ownr” is no rule that can be switched off; did you mean “no-owner”?"),
        ("Too_Few_Key_Results", "did you mean “too-few-key-results”?"),
        ("no-key-result", "“no-key-result” is no rule that can be switched off; did you mean"),
        ("xyz", "“xyz” is no rule that can be switched off; these are: too-many-objectives, "),
    ],
)
def test_an_unknown_rule_is_refused_with_the_nearest_known_one(tmp_path: Path, code: str, sentence: str) -> None:
    found = faults(tmp_path, f'[rules]\noff = ["no-owner", "{code}"]\n{SMALLEST}')
    assert list(found) == ["rules.off[2]"]
    assert sentence in found["rules.off[2]"]
