"""People: one person under two spellings is one, and an address is nobody's where it is in doubt."""

import unicodedata

import pytest

from sync.domain.cells import CellRef
from sync.domain.cycle_records import Person
from sync.domain.keys import person_key
from sync.domain.people import people_of, two_addresses


def at(row: int) -> CellRef:
    return CellRef("book", 1, "Nhân sự", row, 0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lê Huỷ", "Lê Hủy"),
        ("Hoà Bình", "HÒA BÌNH"),
        ("Thuý", "Thúy"),
        ("Nguyễn Khoẻ", "Nguyễn  Khỏe "),
        ("Hoàng", "Hòang"),
        ("Quý", "Qúy"),
        ("Trần Quốc Tuấn", unicodedata.normalize("NFD", "Trần Quốc Tuấn")),
        ("An\u200b", "an"),
    ],
)
def test_two_spellings_of_a_name_are_one_person(one: str, other: str) -> None:
    assert person_key(one) == person_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Thùy", "Thúy"),
        ("Hoa", "Hòa"),
        ("Lan", "Lân"),
        ("Tân", "Tấn"),
        ("Dũng", "Đũng"),
        ("Trang", "Trăng"),
        ("Tư", "Tu"),
    ],
)
def test_names_with_other_tones_or_letters_are_other_people(one: str, other: str) -> None:
    assert person_key(one) != person_key(other)


def test_nobody_has_no_key() -> None:
    assert person_key(" \u200b") == ""


def test_lists_add_up() -> None:
    people = people_of([Person(name="Huỷ", email="huy@example.com"), Person(name="Hủy", unit="Bán hàng", cell=at(1))])
    assert people.person("hủy") == Person(name="Huỷ", email="huy@example.com", unit="Bán hàng")
    assert people.person("HUY@example.com") == people.person("Huỷ")
    assert people.person("Ai đó") is None


def test_who_signs_in_is_known_by_every_name_and_by_the_address_itself() -> None:
    people = people_of([Person(name="Nguyễn An", email="an@example.com"), Person(name="An", email="an@example.com")])
    assert people.keys_of("An@Example.com") == {
        person_key("Nguyễn An"),
        person_key("An"),
        person_key("an@example.com"),
    }
    assert people.keys_of("x@example.com") == {person_key("x@example.com")}


def test_one_person_with_two_addresses_is_told_and_has_none() -> None:
    listed = [
        Person(name="Huỷ", email="huy@example.com"),
        Person(name="Hủy", email="huy2@example.com", cell=at(1)),
        Person(name="Bình", email="binh@example.com", cell=at(2)),
        Person(name="bình", email="binh2@example.com", cell=at(3)),
    ]
    assert [(found.code, found.cell, dict(found.facts)["other"]) for found in two_addresses(listed)] == [
        ("two-addresses", at(1), "[people]"),
        ("two-addresses", at(3), "Nhân sự!A3"),
    ]
    people = people_of(listed)
    assert people.keys == {}
    assert people.keys_of("huy2@example.com") == {person_key("huy2@example.com")}


def test_the_same_address_twice_is_no_contradiction() -> None:
    listed = [Person(name="An", email="an@example.com"), Person(name="an", email="an@example.com", cell=at(1))]
    assert list(two_addresses(listed)) == []
