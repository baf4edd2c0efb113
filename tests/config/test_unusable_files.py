"""Configuration files that are mistyped, that are none, or that hold a secret: said in words, and never quoted."""

from pathlib import Path

import pytest

from sync.config.faults import Fault
from sync.config.file import parse_toml
from sync.config.settings import ConfigError, load_config
from tests.support.settings_files import SMALLEST, TAB, faults


@pytest.mark.parametrize(
    ("right", "wrong", "key", "write"),
    [
        ("[[spreadsheet]]", "[spreadsheet]", "spreadsheet", "write [[spreadsheet]], with two brackets"),
        ("[[spreadsheet.tab]]", "[spreadsheet.tab]", "spreadsheet[1].tab", "write [[spreadsheet.tab]], with two"),
        ("\n[[spreadsheet]]", "[[page]]\n[[spreadsheet]]", "page", "write [page], with one bracket"),
        ('title = "OKR"', 'title = { a = "OKR" }', "spreadsheet[1].tab[1].title", "must be a list in [ ]"),
    ],
)
def test_a_header_with_too_few_or_too_many_brackets(
    tmp_path: Path, right: str, wrong: str, key: str, write: str
) -> None:
    assert write in faults(tmp_path, SMALLEST.replace(right, wrong))[key]


@pytest.mark.parametrize("header", ["spreadsheet", "spreadsheet.tab"])
def test_a_header_that_stands_twice_lacks_a_bracket(tmp_path: Path, header: str) -> None:
    text = SMALLEST + (TAB if header == "spreadsheet.tab" else SMALLEST)
    found = faults(tmp_path, text.replace(f"[[{header}]]", f"[{header}]"))[""]
    assert found == f"[{header}] stands twice; each of several is written with two brackets: [[{header}]]"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("title = “OKR”", 'line 5 has curly quotes, which TOML does not know; write it with straight ones: title = "OKR"'),  # noqa: E501
        ('title = ["OKR”]', 'write it with straight ones: title = ["OKR"]'),
        ("title = ‘OKR’", "write it with straight ones: title = 'OKR'"),
        ("header_row = 1,5", "line 5 has a number with a comma; write a point: header_row = 1.5"),
        (r'title = "C:\Users\okr"', r"write the path between single ones: title = 'C:\Users\okr'"),
        ("title\u00a0= “OKR”", 'line 5 has curly quotes, which TOML does not know; write it with straight ones: title = "OKR"'),  # noqa: E501
        ('title\u00a0= "OKR"', 'line 5 has characters that cannot be seen, as web pages and chats have them; write it anew: title = "OKR"'),  # noqa: E501
        ('\u200btitle = "OKR"', 'write it anew: title = "OKR"'),
        ("bands = { Tốt = 60, at_risk = 1 }", 'write it so: bands = { "Tốt" = 60, at_risk = 1 }'),
        ("Mục tiêu = 1", 'line 5 has a name with letters or spaces that TOML takes only between quotes; write it so: "Mục tiêu" = 1'),  # noqa: E501
        (r'title = "O\u0000KR"', "'O\\x00KR' holds a character \\u0000"),
        ("title = OKR", "is not valid TOML in line 5, column 9: “Invalid value”"),
        ("title = OKR  # “quoted”,\u00a01,5", "is not valid TOML in line 5, column 9: “Invalid value”"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_what_is_mistyped_is_shown_as_it_should_be(tmp_path: Path, line: str, said: str, line_end: str) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(SMALLEST.replace('title = "OKR"', line).replace("\n", line_end).encode())
    with pytest.raises(ConfigError) as caught:
        load_config(path, {})
    assert said in str(caught.value)


def test_a_password_in_a_mistyped_line_is_not_quoted(tmp_path: Path) -> None:
    found = faults(tmp_path, "database = “postgresql://okr:hunter2@db/okr”\n" + SMALLEST)[""]
    assert found.endswith('straight ones: database = "postgresql://[secret]@db/okr"')


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("[[spreadsheet", "is not valid TOML"), ("a = 1\na = 2", "is not valid TOML"), ("", "is missing")],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, text: str, sentence: str) -> None:
    assert any(sentence in fault for fault in faults(tmp_path, text).values())


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[page]\ntitle = OKR", "không phải TOML hợp lệ ở dòng 2, cột 9; bộ đọc TOML báo: “Invalid value”"),
        ("[page]\ntabs = [1", "không phải TOML hợp lệ ở cuối tệp; bộ đọc TOML báo: “Unclosed array”"),
    ],
)
def test_the_place_where_the_parser_stumbled_is_told_in_vietnamese_and_its_own_words_are_quoted(
    text: str, sentence: str
) -> None:
    with pytest.raises(Fault) as caught:
        parse_toml(text)
    assert caught.value.told("vi") == sentence


def test_a_missing_file_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"copy config\.example\.toml"):
        load_config(tmp_path / "none.toml", {})


def test_the_content_of_a_key_is_no_path_and_is_not_quoted(tmp_path: Path) -> None:
    text = '[google]\ncredentials = \'{"private_key": "hunter2"}\'\n' + SMALLEST
    found = faults(tmp_path, text)["google.credentials"]
    assert found == "is the content of a key file; save it as a file and name that"


def test_a_password_in_a_wrong_place_is_not_quoted(tmp_path: Path) -> None:
    found = faults(tmp_path, '[google]\nendpoint = "postgresql://okr:hunter2@db/okr"\n' + SMALLEST)
    assert found["google.endpoint"] == "'postgresql://[secret]@db/okr' is not an address such as http://127.0.0.1:8001"


def test_a_file_saved_by_notepad_is_read(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALLEST.encode())
    assert load_config(path, {}).spreadsheet[0].id == "abc"


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-16", "is saved as UTF-16, not as UTF-8: save it anew, in Notepad by"),
        ("utf-16-le", "is saved as UTF-16, not as UTF-8: save it anew"),
        ("cp1258", r"is saved as an old code page such as windows-1258, not as UTF-8 \(line 5\): save it anew"),
    ],
)
def test_a_file_that_is_no_utf8_says_what_it_is_and_how_to_save_it(tmp_path: Path, encoding: str, said: str) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(SMALLEST.replace("OKR", "Đơn").encode(encoding))
    with pytest.raises(ConfigError, match=said):
        load_config(path, {})
