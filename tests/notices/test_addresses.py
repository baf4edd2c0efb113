"""Where addresses are kept: in files that nobody else may read, or in the environment; no error tells of one."""

from pathlib import Path

import pytest

from sync.config.notify import AddressSource
from sync.config.secrets import SecretError
from sync.notices.addresses import address_of, plainly

SECRET = "gchat://space/key/token"


def test_a_file_with_an_address(tmp_path: Path) -> None:
    path = tmp_path / "chat.url"
    path.write_text(f"{SECRET}\n", encoding="utf-8")
    path.chmod(0o600)
    assert address_of(AddressSource(file=path)) == SECRET


def test_a_variable_of_the_environment() -> None:
    assert address_of(AddressSource(env="OKR_CHAT"), {"OKR_CHAT": SECRET}) == SECRET


@pytest.mark.parametrize(
    ("text", "mode", "why"),
    [
        (SECRET, 0o644, "can be read by others"),
        (SECRET, 0o640, "can be read by others"),
        ("", 0o600, "holds no address"),
        (f"{SECRET} {SECRET}", 0o600, "holds more than one address"),
    ],
)
def test_a_file_that_is_not_used(tmp_path: Path, text: str, mode: int, why: str) -> None:
    path = tmp_path / "chat.url"
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    with pytest.raises(SecretError) as error:
        address_of(AddressSource(file=path))
    assert why in str(error.value)
    assert "gchat" not in str(error.value)


def test_a_file_or_a_variable_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SecretError, match="No such file"):
        address_of(AddressSource(file=tmp_path / "none"))
    with pytest.raises(SecretError, match=r"\$OKR_CHAT holds no address"):
        address_of(AddressSource(env="OKR_CHAT"), {})


def test_plain_text_is_asked_for_and_a_person_takes_the_place_of_all_other_receivers() -> None:
    account = "mailtos://u:p%40ss@mail.example?from=okr@a.vn&to=all@a.vn&cc=boss@a.vn&bcc=x@a.vn&format=html"
    assert plainly(account) == (
        "mailtos://u:p%40ss@mail.example?from=okr%40a.vn&to=all%40a.vn&cc=boss%40a.vn&bcc=x%40a.vn&format=text"
    )
    assert plainly(account, "lan@a.vn") == ("mailtos://u:p%40ss@mail.example?from=okr%40a.vn&to=lan%40a.vn&format=text")
