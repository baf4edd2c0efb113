"""People in the configuration."""

from pathlib import Path

import pytest

from sync.config.people import listed
from sync.config.settings import ConfigError, load_config
from sync.domain.cycle_records import Person

SPREADSHEET = '[[spreadsheet]]\nid = "a"\n[[spreadsheet.tab]]\ntitle = "T"\nkey_result.text = "KR"\n'


def people(folder: Path, toml: str) -> tuple[Person, ...]:
    path = folder / "config.toml"
    path.write_text(toml + SPREADSHEET, encoding="utf-8")
    return listed(load_config(path, {}).people)


def faults(folder: Path, toml: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        people(folder, toml)
    return caught.value.told("en")


def test_each_has_a_table_under_the_name(tmp_path: Path) -> None:
    found = people(tmp_path, '[people."Nguyễn An"]\nemail = "An@Example.com"\nunit = "Bán hàng"\nmanager = "Mai"\n')
    assert found == (Person(name="Nguyễn An", email="an@example.com", unit="Bán hàng", manager="Mai"),)


def test_one_person_under_two_spellings_has_one_address(tmp_path: Path) -> None:
    table = '[people]\n"Lê Huỷ" = {{ email = "huy@example.com" }}\n"Lê Hủy" = {{ email = "{}" }}\n'
    assert len(people(tmp_path, table.format("huy@example.com"))) == 2
    assert faults(tmp_path, table.format("khac@example.com")) == [
        "people: Lê Huỷ, Lê Hủy are one person with two addresses; leave one of them"
    ]


def test_what_is_no_address_is_refused(tmp_path: Path) -> None:
    [fault] = faults(tmp_path, '[people.An]\nemail = "an"\n')
    assert fault == "people.An.email: 'an' is not an e-mail address"


def test_an_unknown_key_is_told_with_the_nearest_known_one(tmp_path: Path) -> None:
    [fault] = faults(tmp_path, '[people.An]\nemial = "an@example.com"\n')
    assert fault == "people.An.emial: is not known; did you mean “email”?"
