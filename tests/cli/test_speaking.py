"""Help and wrong usage, in the language of the terminal."""

import pytest
from click.testing import CliRunner, Result

from sync.cli import main

VIETNAMESE = {"LC_ALL": "vi_VN.UTF-8"}
ENGLISH = {"LC_ALL": "C.UTF-8"}


def typed(*words: str, environment: dict[str, str]) -> Result:
    return CliRunner().invoke(main, words, prog_name="okr-sheets", env=environment)


def unwrapped(result: Result) -> str:
    return " ".join(result.output.split())


def test_help_speaks_the_language_of_the_terminal() -> None:
    vietnamese = unwrapped(typed("sync", "--help", environment=VIETNAMESE))
    assert "Cách dùng: okr-sheets sync [TÙY_CHỌN]" in vietnamese
    assert "--config ĐƯỜNG_DẪN" in vietnamese
    assert "Một lượt qua mọi bảng tính." in vietnamese
    assert "một tệp cho mỗi công ty. [mặc định: config.toml]" in vietnamese
    assert "Hiện phần trợ giúp này rồi thoát." in vietnamese
    english = unwrapped(typed("sync", "--help", environment=ENGLISH))
    assert "Usage: okr-sheets sync [OPTIONS]" in english
    assert "--config PATH" in english
    assert "One pass over every spreadsheet." in english
    assert "a folder with one for each company. [default: config.toml]" in english


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        (ENGLISH, "Keep the results of a period for good, whatever becomes of its tabs."),
        (VIETNAMESE, "Giữ nguyên kết quả của một kỳ, dù các trang tính của kỳ ấy có ra sao."),
    ],
)
def test_the_list_of_commands_says_whole_sentences_and_the_exit_codes(environment: dict[str, str], said: str) -> None:
    output = unwrapped(typed("--help", environment=environment))
    assert said in output
    assert "130" in output


@pytest.mark.parametrize(
    ("words", "vietnamese", "english"),
    [
        (("snyc",), "Lỗi: không có lệnh snyc; có lẽ là sync", "Error: there is no command snyc; perhaps sync"),
        (
            ("sync", "--jsn"),
            "Lỗi: không có tùy chọn --jsn; có lẽ là --json",
            "Error: there is no option --jsn; perhaps --json",
        ),
        (("map",), "Lỗi: cần có 'SPREADSHEET'", "Error: 'SPREADSHEET' is needed"),
        (("demo", "--port", "x"), "Lỗi: '--port' phải là số nguyên", "Error: '--port' takes a whole number"),
        (
            ("local-sheets", "--import", "none.xlsx"),
            "Lỗi: '--import' không phải là tệp dùng được",
            "Error: '--import' names no file that can be used",
        ),
        (
            ("map", "none.xlsx"),
            "Lỗi: none.xlsx: không có tệp hay thư mục này",
            "Error: none.xlsx: No such file or directory",
        ),
        (
            ("doctor", "--quota"),
            "Lỗi: --quota và --yes chỉ dùng cùng --probe",
            "Error: --quota and --yes go with --probe",
        ),
        (
            ("notify", "--test", "--dry-run"),
            "Lỗi: --dry-run không gửi gì, còn --test thì có",
            "Error: --dry-run sends nothing, and --test does",
        ),
        (("check", "--config", "none.toml"), "Lỗi: Không dùng được none.toml", "Error: none.toml cannot be used"),
    ],
)
def test_wrong_usage_is_told_with_what_may_be_meant(words: tuple[str, ...], vietnamese: str, english: str) -> None:
    for environment, said in ((VIETNAMESE, vietnamese), (ENGLISH, english)):
        result = typed(*words, environment=environment)
        assert result.exit_code == 2
        assert said in result.output
        assert "Traceback" not in result.output
